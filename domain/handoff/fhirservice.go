package handoff

import "alongside/platform/fhir"

// FHIRService is what is held of a ServiceRequest: what is asked for, and for
// whom.
type FHIRService struct {
	Source  string // the same for this request each time it is read; personal
	Status  string // draft, active, on-hold, revoked, completed, entered-in-error, unknown
	What    string // the code's words, or its code
	Patient string // subject
	Urgent  bool   // priority is urgent, asap or stat
	Not     bool   // it asks that this not be done
	Reasons []fhir.Coding
}

// ReadFHIRServiceRequest reads a ServiceRequest. When there are issues it was
// refused.
func ReadFHIRServiceRequest(resource []byte) (FHIRService, []FHIRIssue) {
	var s fhir.ServiceRequest
	if err := fhir.Decode(resource, &s); err != nil {
		return FHIRService{}, []FHIRIssue{faultIssue("ServiceRequest", err)}
	}
	if s.ResourceType != "ServiceRequest" {
		return FHIRService{}, []FHIRIssue{{"structure", "resourceType", "is not ServiceRequest"}}
	}
	issues := missing("ServiceRequest", []mustHave{
		{"status", s.Status != ""},
		{"intent", s.Intent != ""},
		{"subject", pointsTo(s.Subject) != ""},
		{"code", s.Code != nil && conceptText(s.Code) != ""},
	})
	for _, f := range fhir.Check(resource) {
		issues = append(issues, FHIRIssue{"value", "ServiceRequest." + f.Place, f.Reason})
	}
	if len(issues) > 0 {
		return FHIRService{}, issues
	}
	out := FHIRService{
		Source: identifierKey(s.Identifier, nil), Status: s.Status, What: conceptText(s.Code),
		Patient: pointsTo(s.Subject), Reasons: codings(s.ReasonCode),
		Urgent: s.Priority == "urgent" || s.Priority == "asap" || s.Priority == "stat", Not: s.DoNotPerform != nil && *s.DoNotPerform,
	}
	if out.Source == "" {
		out.Source = "ServiceRequest/" + s.ID
	}
	return out, nil
}

// SamePerson checks that a task and the request it is about speak of one
// person. Both come from the same sender, so their references are compared as
// they are written.
func SamePerson(t FHIRTask, s FHIRService) []FHIRIssue {
	if t.Patient == s.Patient {
		return nil
	}
	return []FHIRIssue{{"business-rule", "Task.for", "is not the person whom the ServiceRequest is for"}}
}
