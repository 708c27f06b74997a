package people

import "encoding/json"

// WriteFHIR is a person as a FHIR Patient, R4. Whether a voicemail or a text is
// fine, pronouns and what is safe have no element there that others read; they
// are on the page that goes with it.
func (p Person) WriteFHIR() ([]byte, error) {
	type value struct {
		System string `json:"system,omitempty"`
		Use    string `json:"use,omitempty"`
		Text   string `json:"text,omitempty"`
		Value  string `json:"value,omitempty"`
	}
	type coding struct {
		System string `json:"system"`
		Code   string `json:"code"`
	}
	type concept struct {
		Coding []coding `json:"coding"`
	}
	type speaks struct {
		Language concept `json:"language"`
	}
	out := struct {
		ResourceType  string   `json:"resourceType"`
		ID            string   `json:"id"`
		Name          []value  `json:"name,omitempty"`
		Telecom       []value  `json:"telecom,omitempty"`
		Communication []speaks `json:"communication,omitempty"`
	}{ResourceType: "Patient", ID: string(p.ID)}
	add := func(to *[]value, v value) {
		if v.Text != "" || v.Value != "" {
			*to = append(*to, v)
		}
	}
	add(&out.Name, value{Use: "usual", Text: p.Name})
	add(&out.Name, value{Use: "official", Text: p.LegalName})
	add(&out.Telecom, value{System: "phone", Value: p.Phone})
	add(&out.Telecom, value{System: "email", Value: p.Email})
	for _, l := range p.Languages {
		out.Communication = append(out.Communication, speaks{concept{[]coding{{"urn:ietf:bcp:47", l}}}})
	}
	return json.Marshal(out)
}
