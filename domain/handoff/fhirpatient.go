package handoff

import (
	"cmp"
	"slices"
	"strings"

	"alongside/domain/people"
	"alongside/platform/fhir"
)

// fhirPatient reads what is needed of a patient. e is the entry the key is made
// of; the patient has been checked before.
func fhirPatient(e *fhir.Entry, p *fhir.Patient, o FHIROptions) FHIRPatient {
	out := FHIRPatient{
		Key:       patientKey(e, p, o.Sender),
		Name:      pickName(p.Name, "usual", "nickname", "official", "", "temp", "anonymous"),
		LegalName: pickName(p.Name, "official", ""),
		BirthDate: p.BirthDate,
		Gender:    p.Gender,
		Languages: languages(p),
	}
	out.known = cmp.Or(out.Key, looseKey(e, p))
	if name := people.Fold(out.Name + " " + out.LegalName); out.Key == "" && name != "" {
		out.Key = out.known + "|" + name
	}
	if p.DeceasedBoolean != nil {
		out.Deceased.Known = *p.DeceasedBoolean
	}
	if p.DeceasedDateTime != "" {
		out.Deceased = FHIRDeath{Known: true, At: o.time(p.DeceasedDateTime)}
	}
	return out
}

// pickName returns the first name whose use is asked for first. A former name
// is never picked.
func pickName(names []fhir.HumanName, uses ...string) string {
	for _, use := range uses {
		for _, n := range names {
			if n.Use != use {
				continue
			}
			if s := nameText(n, use); s != "" {
				return s
			}
		}
	}
	return ""
}

func nameText(n fhir.HumanName, use string) string {
	if n.Text != "" {
		return strings.TrimSpace(n.Text)
	}
	parts := slices.Clone(n.Given)
	if use != "nickname" || len(parts) == 0 {
		parts = append(parts, n.Family)
	}
	return strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
}

// languages returns BCP 47 tags, a preferred one first.
func languages(p *fhir.Patient) []string {
	var out []string
	for _, c := range p.Communication {
		tag := languageTag(c.Language)
		switch {
		case tag == "" || slices.Contains(out, tag):
		case c.Preferred != nil && *c.Preferred:
			out = slices.Insert(out, 0, tag)
		default:
			out = append(out, tag)
		}
	}
	return out
}

func languageTag(c *fhir.CodeableConcept) string {
	if c == nil {
		return ""
	}
	for _, k := range c.Coding {
		if k.Code != "" && (k.System == "" || k.System == "urn:ietf:bcp:47" || k.System == "urn:oid:2.16.840.1.113883.6.121") {
			return k.Code
		}
	}
	return ""
}
