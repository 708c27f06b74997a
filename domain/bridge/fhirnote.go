package bridge

import (
	"encoding/base64"
	"encoding/json"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// OwnDocuments are what a person approved, as FHIR DocumentReferences, R4, for
// that person. It owes a look at them.
func (s *Service) OwnDocuments(tx *db.Tx, person ref.Person) ([]json.RawMessage, error) {
	all, err := s.approvals.List(tx, "WHERE tenant = $1 AND person = $2 ORDER BY approved_at, approval", person)
	if err != nil {
		return nil, errs.Wrap("bridge: own documents", err)
	}
	out := make([]json.RawMessage, 0, len(all))
	for _, a := range all {
		b, err := json.Marshal(a.document())
		if err != nil {
			return nil, errs.Wrap("bridge: own documents", err)
		}
		out = append(out, b)
	}
	return out, nil
}

type (
	fhirCoding struct {
		System string `json:"system"`
		Code   string `json:"code"`
	}
	fhirConcept struct {
		Coding []fhirCoding `json:"coding,omitempty"`
		Text   string       `json:"text,omitempty"`
	}
	fhirRef struct {
		Reference string `json:"reference"`
	}
	fhirAttachment struct {
		ContentType string `json:"contentType"`
		Data        string `json:"data"`
		Creation    string `json:"creation"`
	}
	fhirContent struct {
		Attachment fhirAttachment `json:"attachment"`
	}
	document struct {
		ResourceType  string        `json:"resourceType"`
		ID            string        `json:"id"`
		Status        string        `json:"status"`
		DocStatus     string        `json:"docStatus"`
		Type          fhirConcept   `json:"type"`
		Subject       fhirRef       `json:"subject"`
		Date          string        `json:"date"`
		SecurityLabel []fhirConcept `json:"securityLabel,omitempty"`
		Content       []fhirContent `json:"content"`
	}
)

// document is the approval in FHIR: the very bytes that were approved. Who could
// read it has no element that others read; it stands on the page beside.
func (a Approval) document() document {
	at := a.At.UTC().Format(time.RFC3339)
	d := document{
		ResourceType: "DocumentReference", ID: a.ID, Status: "current", DocStatus: "final", Type: fhirConcept{Text: "A note to a care team"},
		Subject: fhirRef{"Patient/" + string(a.Person)}, Date: at,
		Content: []fhirContent{{fhirAttachment{"text/plain; charset=utf-8", base64.StdEncoding.EncodeToString([]byte(a.Body)), at}}},
	}
	if !a.OverAt.IsZero() {
		d.Status = "superseded"
	}
	for _, t := range a.Touches {
		d.SecurityLabel = append(d.SecurityLabel, fhirConcept{Coding: []fhirCoding{{"http://terminology.hl7.org/CodeSystem/v3-ActCode", t}}})
	}
	return d
}
