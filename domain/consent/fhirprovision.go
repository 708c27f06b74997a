package consent

import (
	"slices"
	"strings"

	"alongside/domain/ref"
	"alongside/platform/fhir"
	"alongside/platform/field"
)

// inner reads the provisions inside one that permits: which sensitive matters
// are meant too, and what is taken out again. A sensitive matter that nobody
// speaks of is not meant.
func (rd *fhirReader) inner(c *Consent, list []fhirProvision) {
	const place = "provision.provision.provision"
	known := func(v string) bool { return field.Offered(Labels(), v) }
	var no []string
	for _, p := range list {
		bare := p.Period == nil && len(p.Actor)+len(p.Action)+len(p.Purpose)+len(p.Provision) == 0
		byLabel, byClass := len(p.SecurityLabel) > 0, len(p.Class) > 0
		switch {
		case !bare || byLabel == byClass:
			rd.bad(place, "it is nested deeper than the program's own consents")
		case byLabel && p.Type == "permit":
			c.Labels = append(c.Labels, rd.codes(p.SecurityLabel, sysActCode, place+".securityLabel", known)...)
		case byLabel && p.Type == "deny":
			no = append(no, rd.codes(p.SecurityLabel, sysActCode, place+".securityLabel", known)...)
		case byClass && p.Type == "deny":
			out := rd.codes(p.Class, sysKind, place+".class", func(v string) bool { return field.Offered(Kinds(), v) })
			c.What = slices.DeleteFunc(slices.Clone(c.What), func(w string) bool { return slices.Contains(out, w) })
		default:
			rd.bad(place+".type", "it says neither permit nor deny in a way the program knows")
		}
	}
	c.Labels = slices.DeleteFunc(c.Labels, func(l string) bool { return slices.Contains(no, l) })
	if len(c.What) == 0 && len(list) > 0 {
		rd.bad(place, "nothing is left of what it permits")
	}
}

// multiply makes one consent for each recipient and purpose.
func (rd *fhirReader) multiply(c Consent, p fhirProvision) []Consent {
	purposes := rd.purposes(p.Purpose)
	if len(p.Actor) == 0 {
		rd.bad("provision.provision.actor", "it is missing, and without it everyone could be told")
	}
	var out []Consent
	for _, a := range p.Actor {
		one := c
		rd.recipient(&one, a)
		for _, purpose := range purposes {
			one.Purpose = purpose
			out = append(out, one)
		}
	}
	return out
}

// purposes reads what it is for. The three that the law calls by one name are
// one.
func (rd *fhirReader) purposes(list []fhir.Coding) []string {
	out := rd.codes(list, sysActReason, "provision.provision.purpose", Asked)
	all := func(p string) bool { return slices.Contains(out, p) }
	if len(out) == len(ofTPO()) && !slices.ContainsFunc(ofTPO(), func(p string) bool { return !all(p) }) {
		return []string{TPO}
	}
	return out
}

// recipient reads who may be told: a service by its id here, or a class.
func (rd *fhirReader) recipient(c *Consent, a fhirActor) {
	const place = "provision.provision.actor"
	role := a.Role.Coding
	if len(role) == 0 || role[0].System != sysParticipation || role[0].Code != "PRCP" && role[0].Code != "IRCP" {
		rd.bad(place+".role", "it names someone who is not told, and what that means is not known here")
		return
	}
	id, named := strings.CutPrefix(a.Reference.Reference, "Organization/")
	class := len(role) == 2 && role[1].System == sysClass && a.Reference.Reference == ""
	switch {
	case named && len(role) == 1 && idLike(id):
		c.RecipientKind, c.Recipient = Named, ref.Recipient(id)
	case class && role[1].Code == ByTPO:
		c.RecipientKind = ByTPO
	case class && field.Offered(Classes(), role[1].Code):
		c.RecipientKind, c.Class = ByClass, role[1].Code
	default:
		rd.bad(place+".reference", "it does not name a recipient by an id of this program")
	}
}
