package consent

import (
	"encoding/json"
	"slices"
	"time"

	"alongside/platform/errs"
	"alongside/platform/fhir"
)

// A consent in FHIR R4 (Consent resource). What this program knows of one is
// said as a refusal of everything (policyRule OPTOUT) and one nested provision
// that permits. Inside it stand, as provisions of their own, the sensitive
// matters that may be told and those that may not.
type fhirConsent struct {
	ResourceType     string                 `json:"resourceType"`
	ID               string                 `json:"id,omitempty"`
	Meta             *fhirMeta              `json:"meta,omitempty"`
	Language         string                 `json:"language,omitempty"`
	Status           string                 `json:"status"`
	Scope            fhir.CodeableConcept   `json:"scope"`
	Category         []fhir.CodeableConcept `json:"category"`
	Patient          fhir.Reference         `json:"patient"`
	DateTime         string                 `json:"dateTime,omitempty"`
	Performer        []fhir.Reference       `json:"performer,omitempty"`
	Organization     []fhir.Reference       `json:"organization,omitempty"`
	SourceAttachment *fhirAttachment        `json:"sourceAttachment,omitempty"`
	PolicyRule       *fhir.CodeableConcept  `json:"policyRule,omitempty"`
	Verification     []fhirVerification     `json:"verification,omitempty"`
	Provision        *fhirProvision         `json:"provision,omitempty"`
}

type fhirMeta struct {
	LastUpdated string        `json:"lastUpdated,omitempty"`
	Security    []fhir.Coding `json:"security,omitempty"`
}

type fhirAttachment struct {
	Title string `json:"title,omitempty"`
}

type fhirVerification struct {
	Verified bool   `json:"verified"`
	Date     string `json:"verificationDate,omitempty"`
}

type fhirProvision struct {
	Type          string                 `json:"type,omitempty"`
	Period        *fhir.Period           `json:"period,omitempty"`
	Actor         []fhirActor            `json:"actor,omitempty"`
	Action        []fhir.CodeableConcept `json:"action,omitempty"`
	SecurityLabel []fhir.Coding          `json:"securityLabel,omitempty"`
	Purpose       []fhir.Coding          `json:"purpose,omitempty"`
	Class         []fhir.Coding          `json:"class,omitempty"`
	Provision     []fhirProvision        `json:"provision,omitempty"`
}

type fhirActor struct {
	Role      fhir.CodeableConcept `json:"role"`
	Reference fhir.Reference       `json:"reference"`
}

// The code systems. Ours stand for what FHIR has no codes for.
const (
	sysActCode       = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
	sysActReason     = "http://terminology.hl7.org/CodeSystem/v3-ActReason"
	sysParticipation = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType"
	sysConfidential  = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"
	sysScope         = "http://terminology.hl7.org/CodeSystem/consentscope"
	sysAction        = "http://terminology.hl7.org/CodeSystem/consentaction"
	sysLOINC         = "http://loinc.org"
	sysKind          = "urn:alongside:consent-kind"
	sysClass         = "urn:alongside:recipient-class"
)

func concept(system, code string) fhir.CodeableConcept {
	return fhir.CodeableConcept{Coding: []fhir.Coding{{System: system, Code: code}}}
}

// WriteFHIR writes a consent as it stands at an instant. What R4 cannot say is
// refused with the reason and never said wider: a consent that ends with an
// event, or that goes through an intermediary. One that waits to be read back is
// written with the instant at which it lapses as its end.
func WriteFHIR(c Consent, at time.Time) ([]byte, error) {
	switch {
	case c.UntilEvent != "":
		return nil, unsaid("provision.period", "it ends with an event, and R4 knows only a day")
	case c.RecipientKind == Through:
		return nil, unsaid("provision.actor", "it goes through a go-between, and R4 has no way to say for whom")
	}
	r := fhirConsent{
		ResourceType: "Consent", ID: string(c.ID), Status: "inactive", Meta: metaOf(c),
		Scope: concept(sysScope, "patient-privacy"), Category: categories(c.Regime),
		Patient:      fhir.Reference{Reference: "Patient/" + string(c.Person), Display: c.SignedAs},
		DateTime:     fhirTime(c.GivenAt),
		Organization: []fhir.Reference{{Display: c.Discloser}},
		Provision:    &fhirProvision{Provision: []fhirProvision{permission(c)}},
	}
	optOut := concept(sysActCode, "OPTOUT")
	r.PolicyRule = &optOut
	if c.inForce(at) {
		r.Status = "active"
	}
	if c.Language != "other" {
		r.Language = c.Language
	}
	signature(&r, c)
	return json.Marshal(r)
}

func unsaid(place, reason string) error {
	return &errs.Error{Kind: errs.Invalid, Op: "consent: fhir", Place: place, Err: fhir.Fault{Place: place, Reason: reason}}
}

func metaOf(c Consent) *fhirMeta {
	m := &fhirMeta{Security: []fhir.Coding{{System: sysConfidential, Code: "R"}}}
	if !c.RecordedAt.IsZero() {
		m.LastUpdated = fhirTime(c.RecordedAt)
	}
	return m
}

func categories(regime string) []fhir.CodeableConcept {
	out := []fhir.CodeableConcept{concept(sysLOINC, "59284-0")}
	if RuleOf(regime).Notice {
		out = append(out, concept(sysActCode, "42CFRPart2"))
	}
	return out
}

func signature(r *fhirConsent, c Consent) {
	switch {
	case c.Signer == Own:
		r.Performer = []fhir.Reference{{Reference: r.Patient.Reference}}
	case c.SignerName != "":
		r.Performer = []fhir.Reference{{Display: c.SignerName}}
	default: // alone and not of age: no reader may take it for one's own
		r.Performer = []fhir.Reference{{Type: "Patient"}}
	}
	if c.How == Paper && c.Paper != "" {
		r.SourceAttachment = &fhirAttachment{Title: c.Paper}
	}
	if c.signed() {
		r.Verification = []fhirVerification{{Verified: true, Date: fhirTime(c.GivenAt)}}
	}
}

// permission is the one provision that permits.
func permission(c Consent) fhirProvision {
	p := fhirProvision{
		Type: "permit", Period: &fhir.Period{Start: fhirTime(c.GivenAt)}, Actor: []fhirActor{actorOf(c)},
		Action: []fhir.CodeableConcept{concept(sysAction, "disclose")}, Class: codings(sysKind, c.What),
	}
	if end := c.lastInstant(); !end.IsZero() {
		p.Period.End = fhirTime(end)
	}
	p.Purpose = codings(sysActReason, []string{c.Purpose})
	if c.tpo() {
		p.Purpose = codings(sysActReason, ofTPO())
	}
	yes, no := codings(sysActCode, c.Labels), codings(sysActCode, otherLabels(c.Labels))
	if len(yes) > 0 {
		p.Provision = append(p.Provision, fhirProvision{Type: "permit", SecurityLabel: yes})
	}
	if len(no) > 0 {
		p.Provision = append(p.Provision, fhirProvision{Type: "deny", SecurityLabel: no})
	}
	return p
}

// lastInstant is the last microsecond in which a consent is in force, which is
// what FHIR calls an end; zero when there is none.
func (c Consent) lastInstant() time.Time {
	end := c.UntilAt
	if c.waits() && (end.IsZero() || c.ConfirmBy.Before(end)) {
		end = c.ConfirmBy
	}
	if end.IsZero() {
		return end
	}
	return end.Add(-time.Microsecond)
}

func actorOf(c Consent) fhirActor {
	a := fhirActor{Role: concept(sysParticipation, "PRCP")}
	switch c.RecipientKind {
	case Named:
		a.Reference.Reference = "Organization/" + string(c.Recipient)
	case ByClass, ByTPO:
		class := c.Class
		if c.RecipientKind == ByTPO {
			class = ByTPO
		}
		a.Role.Coding = append(a.Role.Coding, fhir.Coding{System: sysClass, Code: class})
		a.Reference = fhir.Reference{Type: "Organization", Display: class}
	}
	return a
}

func codings(system string, codes []string) []fhir.Coding {
	var out []fhir.Coding
	for _, c := range codes {
		out = append(out, fhir.Coding{System: system, Code: c})
	}
	return out
}

func otherLabels(named []string) []string {
	var out []string
	for _, o := range Labels() {
		if !slices.Contains(named, o.Value) {
			out = append(out, o.Value)
		}
	}
	return out
}

func fhirTime(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000Z") }
