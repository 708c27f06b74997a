package consent_test

import (
	"encoding/json"
	"testing"
	"time"

	"alongside/domain/audit"
	"alongside/domain/consent"
	"alongside/domain/tenant"
	"alongside/platform/db"
	"alongside/platform/scope"
)

func (h *house) check(a consent.Ask) (out consent.Answer) {
	h.Helper()
	h.must(h.db.Write(h.ctx, func(tx *db.Tx) error {
		var err error
		out, err = h.s.Check(tx, a)
		return err
	}))
	return out
}

func (h *house) text(a consent.Answer) string {
	h.Helper()
	b, err := json.Marshal(a)
	h.must(err)
	return string(b)
}

const no = `{"decision":"deny","reason":"not-covered","consent_id":"","covers":[],"notice":""}`

// Nobody can tell from a no whether the person is here.
func TestEveryNoIsTheSameNo(t *testing.T) {
	onBothUnder(t, tenant.Part2, func(h *house) {
		stranger := h.ask()
		stranger.Person = "06ekxdz75a07ae0gphtzmmmkv4"
		given := h.give(h.whole())
		asks := map[string]consent.Ask{"nobody of that id": stranger}
		for name, change := range map[string]func(a *consent.Ask){
			"what is no id":        func(a *consent.Ask) { a.Person = "Rene; DROP TABLE\n" },
			"no person":            func(a *consent.Ask) { a.Person = "" },
			"someone without any":  func(a *consent.Ask) { a.Person = h.newPerson() },
			"recipient unknown":    func(a *consent.Ask) { a.Recipient = "nobody" },
			"no recipient":         func(a *consent.Ask) { a.Recipient = "" },
			"another recipient":    func(a *consent.Ask) { a.Recipient = "detox" },
			"another purpose":      func(a *consent.Ask) { a.Purpose = scope.Payment },
			"after its end":        func(a *consent.Ask) { a.At = given.UntilAt },
			"before it was given":  func(a *consent.Ask) { a.At = given.GivenAt.Add(-time.Microsecond) },
			"a label not named":    func(a *consent.Ask) { a.Labels = []string{"HIV"} },
			"nothing of it agreed": func(a *consent.Ask) { a.What = []string{consent.Plan} },
		} {
			a := h.ask()
			change(&a)
			asks[name] = a
		}
		for name, a := range asks {
			if got := h.text(h.check(a)); got != no {
				h.Errorf("%s: %s", name, got)
			}
		}
		h.held = h.person
		if got := h.text(h.check(h.ask())); got != no {
			h.Errorf("under a legal demand: %s", got)
		}
		h.held = ""
		h.must(h.revoke(given.ID))
		if got := h.text(h.check(h.ask())); got != no {
			h.Errorf("taken back: %s", got)
		}
	})
}

func TestAYesSaysWhatAndSendsTheNotice(t *testing.T) {
	for regime, notice := range map[string]string{tenant.Part2: consent.Statement1, tenant.HIPAAOnly: "", tenant.GDPR: ""} {
		onBothUnder(t, regime, func(h *house) {
			given := h.give(h.whole())
			a := h.ask()
			a.What, a.Labels = nil, []string{"SUD"}
			got := h.check(a)
			want := consent.Answer{Decision: "permit", Reason: "consent", Consent: string(given.ID), Covers: []string{"status", "name"}, Notice: notice}
			if h.text(got) != h.text(want) {
				h.Errorf("%s: %s", regime, h.text(got))
			}
			a.What = []string{consent.Contact, consent.Status}
			if got := h.check(a); len(got.Covers) != 1 || got.Covers[0] != consent.Status {
				h.Errorf("%s: %v", regime, got.Covers)
			}
		})
	}
}

// That it was asked stands in the person's history, whatever the answer.
func TestAskingIsRecorded(t *testing.T) {
	onBoth(t, func(h *house) {
		h.check(h.ask())
		h.give(h.draft())
		h.check(h.ask())
		h.sequence()
		h.must(h.db.Read(h.ctx, func(tx *db.Tx) error {
			list, err := audit.History(tx, string(h.person), 9, 0)
			if err != nil || len(list) != 3 || list[0].Action != "consent.check" || list[2].Action != "consent.check" {
				h.Errorf("%+v %v", list, err)
			}
			if len(list) == 3 && list[0].Record != list[2].Record {
				h.Errorf("a yes leaves another trace than a no: %+v", list)
			}
			return err
		}))
	})
}
