package consent

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"alongside/platform/fhir"
)

// What is done with an element of a Consent that someone sends.
const (
	taken = ""     // it is read
	apart = "left" // it says nothing about what is allowed, and is left alone
)

// shape is every element this program knows, by its path. Any other is refused:
// it might make the consent narrower, and what is not understood is never left
// out. The text is why an element is refused.
func shape() map[string]string {
	const policy = "it follows a policy that the program cannot read"
	return map[string]string{
		"resourceType": taken, "id": apart, "text": apart, "identifier": apart, "contained": apart, "extension": apart,
		"meta": taken, "meta.versionId": apart, "meta.lastUpdated": apart, "meta.source": apart, "meta.profile": apart, "meta.security": taken,
		"language": taken, "status": taken, "scope": taken, "category": taken, "patient": taken, "dateTime": taken, "performer": taken,
		"organization": taken, "sourceReference": apart, "verification": taken, "provision": taken,
		"sourceAttachment": taken, "sourceAttachment.title": taken, "sourceAttachment.contentType": apart, "sourceAttachment.language": apart,
		"sourceAttachment.data": apart, "sourceAttachment.url": apart, "sourceAttachment.hash": apart, "sourceAttachment.size": apart, "sourceAttachment.creation": apart,
		"verification.verified": taken, "verification.verificationDate": taken, "verification.verifiedWith": apart,
		"policyRule": taken, "policy": policy, "implicitRules": policy, "modifierExtension": "it changes the meaning in a way the program does not know",
		"provision.type": taken, "provision.period": taken, "provision.actor": taken, "provision.action": taken, "provision.purpose": taken,
		"provision.class": taken, "provision.securityLabel": taken, "provision.provision": taken,
		"provision.code": "it allows single codes, and the program knows only kinds", "provision.data": "it allows single records, and the program knows only kinds",
		"provision.dataPeriod": "it allows only what is from certain days", "provision.extension": "it adds a condition the program does not know",
		"provision.modifierExtension": "it adds a condition the program does not know",
		"provision.actor.role":        taken, "provision.actor.reference": taken,
	}
}

// datatypes are the elements inside a code, a reference or a period.
func datatypes() []string {
	return strings.Fields("coding text system version code display userSelected reference type identifier display start end value use")
}

// strange looks for elements that are not in shape, and for those it refuses.
func strange(raw []byte) []fhir.Fault {
	var all any
	if err := json.Unmarshal(raw, &all); err != nil {
		return []fhir.Fault{{Reason: "it is not JSON"}}
	}
	w := shapeWalk{known: shape()}
	w.into("", "", all)
	slices.SortFunc(w.faults, func(a, b fhir.Fault) int { return strings.Compare(a.Place, b.Place) })
	return w.faults
}

type shapeWalk struct {
	known  map[string]string
	faults []fhir.Fault
}

// into walks a value. path is where it stands, place the same with numbers.
func (w *shapeWalk) into(path, place string, v any) {
	switch v := v.(type) {
	case map[string]any:
		for name, inner := range v {
			w.member(path, place, name, inner)
		}
	case []any:
		for i, inner := range v {
			w.into(path, fmt.Sprintf("%s[%d]", place, i), inner)
		}
	}
}

func (w *shapeWalk) member(path, place, name string, v any) {
	path, place = strings.TrimPrefix(path+"."+name, "."), strings.TrimPrefix(place+"."+name, ".")
	path = strings.ReplaceAll(path, "provision.provision", "provision")
	if name == "provision" {
		path = "provision"
	}
	says, known := w.known[path]
	switch {
	case known && says == taken:
		w.into(path, place, v)
	case known && says != apart:
		w.faults = append(w.faults, fhir.Fault{Place: place, Reason: says})
	case !known && !slices.Contains(datatypes(), name):
		w.faults = append(w.faults, fhir.Fault{Place: place, Reason: "the program does not know this element"})
	case !known:
		w.into(path, place, v)
	}
}
