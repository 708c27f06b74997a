package handoff

import (
	"slices"
	"strings"

	"alongside/platform/fhir"
)

// fhirReasons is why an encounter took place, as far as the encounter says it:
// codes, and references to conditions elsewhere in the file.
type fhirReasons struct {
	codes []fhir.Coding
	refs  []string
}

// newerEncounter is the part of R5 that some senders mix into R4: a list of
// classes comes with reasons and a period under other names.
type newerEncounter struct {
	ActualPeriod *fhir.Period `json:"actualPeriod"`
	Reason       []struct {
		Value []struct {
			Concept   *fhir.CodeableConcept `json:"concept"`
			Reference *fhir.Reference       `json:"reference"`
		} `json:"value"`
	} `json:"reason"`
}

// newer reads what R5, or STU3, calls differently into the fields of R4.
func newer(raw []byte, v *fhir.Encounter) {
	var n newerEncounter
	if !v.Class.Listed {
		older(raw, v)
		return
	}
	if fhir.Decode(raw, &n) != nil {
		return
	}
	if v.Period == nil {
		v.Period = n.ActualPeriod
	}
	for _, r := range n.Reason {
		for _, x := range r.Value {
			if x.Concept != nil {
				v.ReasonCode = append(v.ReasonCode, *x.Concept)
			}
			if x.Reference != nil {
				v.ReasonReference = append(v.ReasonReference, *x.Reference)
			}
		}
	}
}

// older reads the reason of an emergency visit under the name it has in STU3.
func older(raw []byte, v *fhir.Encounter) {
	var o struct {
		Reason []fhir.CodeableConcept `json:"reason"`
	}
	if v.ReasonCode == nil && fhirClassOf(v.Class) == classEmergency && fhir.Decode(raw, &o) == nil {
		v.ReasonCode = o.Reason
	}
}

// reasonsOf collects the reasons of an encounter. A reference into the
// encounter itself is followed at once.
func reasonsOf(v *fhir.Encounter) fhirReasons {
	r := fhirReasons{codes: codings(v.ReasonCode)}
	for _, ref := range v.ReasonReference {
		r.refs = append(r.refs, ref.Reference)
	}
	for _, d := range v.Diagnosis {
		if d.Condition != nil {
			r.refs = append(r.refs, d.Condition.Reference)
		}
	}
	r.refs = slices.DeleteFunc(r.refs, func(ref string) bool {
		id, inside := strings.CutPrefix(ref, "#")
		if inside {
			r.codes = append(r.codes, containedCondition(v, id)...)
		}
		return inside || ref == ""
	})
	return r
}

func containedCondition(v *fhir.Encounter, id string) []fhir.Coding {
	for _, raw := range v.Contained {
		var c fhir.Condition
		if fhir.Decode(raw, &c) == nil && c.ID == id && c.ResourceType == "Condition" && stands(&c) && c.Code != nil {
			return c.Code.Coding
		}
	}
	return nil
}

func codings(all []fhir.CodeableConcept) []fhir.Coding {
	var out []fhir.Coding
	for _, c := range all {
		out = append(out, c.Coding...)
	}
	return out
}

// isCode reports that a coding says something: a code, and of which system.
func isCode(c fhir.Coding) bool { return c.System != "" && c.Code != "" }

func anyMeans(all []fhir.Coding, m fhirMeaning) bool {
	return slices.ContainsFunc(all, func(c fhir.Coding) bool { return fhirMeans(c) == m })
}

// stands reports that a condition was not taken back by whoever noted it.
func stands(c *fhir.Condition) bool {
	if c.VerificationStatus == nil {
		return true
	}
	return !slices.ContainsFunc(c.VerificationStatus.Coding, func(k fhir.Coding) bool {
		return k.Code == "refuted" || k.Code == "entered-in-error"
	})
}

// ofVisit reports that a condition is a diagnosis of the encounter it names,
// not one that the person brought along.
func ofVisit(c *fhir.Condition) bool {
	return c.Encounter != nil && slices.ContainsFunc(codings(c.Category), func(k fhir.Coding) bool {
		return k.Code == "encounter-diagnosis"
	})
}

// visitStart returns when an encounter began, or why that cannot be said.
func visitStart(v *fhir.Encounter) (start fhirInstant, says string) {
	if v.Period == nil || v.Period.Start == "" {
		return start, saysNoStart
	}
	at, p, says := fhir.Time(v.Period.Start)
	switch {
	case says != "":
		return start, saysBadStart + says
	case p != fhir.Second:
		return start, saysDayOnly
	}
	if end, p, says := fhir.Time(v.Period.End); says == "" && p == fhir.Second && end.Before(at) {
		return start, saysEndsFirst
	}
	return fhirInstant(at.UnixMicro()), ""
}

// fhirInstant is microseconds since 1970: what is kept of a time while a file
// is gone through.
type fhirInstant int64
