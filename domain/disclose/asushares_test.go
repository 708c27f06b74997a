package disclose_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"alongside/domain/consent"
	"alongside/domain/disclose"
	"alongside/domain/ref"
	"alongside/platform/errs"
	"alongside/platform/scope"
)

// request is a question as another project's consent service is asked it.
type request struct {
	Context struct {
		Actor, PatientId []struct{ Value string }
		Content          struct {
			Entry []struct{ Resource json.RawMessage }
		}
	}
}

func asked(t *testing.T, name string) (request, []disclose.Item) {
	t.Helper()
	raw, err := os.ReadFile("../consent/testdata/asushares/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var r request
	if err := json.Unmarshal(raw, &r); err != nil {
		t.Fatal(err)
	}
	items := []disclose.Item{{Kind: consent.Status}}
	for _, e := range r.Context.Content.Entry {
		items = append(items, disclose.Item{Kind: consent.Answers, Labels: labelsBy(t, string(e.Resource)), Body: e.Resource})
	}
	return r, items
}

// labelsBy labels a resource by that project's rules, as a sender would.
func labelsBy(t *testing.T, resource string) []string {
	t.Helper()
	raw, err := os.ReadFile("../consent/testdata/asushares/sensitivity-rules.subset.json")
	if err != nil {
		t.Fatal(err)
	}
	var all struct {
		Rules []struct {
			Labels   []struct{ Code string }
			CodeSets []struct{ Codes []struct{ Code string } }
		}
	}
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, r := range all.Rules {
		for _, c := range r.CodeSets {
			if strings.Contains(resource, `"`+c.Codes[0].Code+`"`) {
				out = append(out, r.Labels[0].Code)
			}
		}
	}
	return out
}

// Permitted where a consent covers it and names its label; denied where it does
// not; and where no consent is found, nothing at all is told.
func TestRequestsOfAnotherConsentService(t *testing.T) {
	onBoth(t, func(h *house) {
		tell := func(name string, person ref.Person) (disclose.Told, error) {
			r, items := asked(t, name)
			if len(r.Context.Actor) != 1 || len(r.Context.PatientId) != 1 {
				h.Fatalf("%+v", r)
			}
			return h.tell(disclose.Telling{Person: person, Recipient: h.clinic, Purpose: scope.Treatment, Way: "fhir", Items: items})
		}
		_, none := tell("example-request-no-consent-found.json", "4242424242")
		h.denied("no consent found", none)
		_, err := tell("example-request-permit.json", h.person)
		h.denied("before the consent", err)
		narrow := h.give(func(c *consent.Consent) { c.What, c.Labels = []string{consent.Answers}, nil })
		told, err := tell("example-request-permit.json", h.person)
		if err != nil || len(told.Items) != 1 || strings.Contains(string(told.Items[0].Body.(json.RawMessage)), "alfentanil") {
			h.Errorf("without the label: %d items, %v", len(told.Items), err)
		}
		_, err = tell("example-request-deny.json", h.person)
		h.denied("something else", err)
		h.revoke(narrow)
		h.give(func(c *consent.Consent) { c.What = []string{consent.Answers} })
		told, err = tell("example-request-permit.json", h.person)
		if err != nil || len(told.Items) != 2 || told.Notice == "" {
			h.Errorf("with the label: %d items, %v", len(told.Items), err)
		}
		if errs.KindOf(none) != errs.Denied || len(h.accounting("all")) != 2 {
			h.Errorf("account: %+v", h.accounting("all"))
		}
	})
}
