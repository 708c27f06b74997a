package disclose_test

import (
	"sync"
	"testing"
	"time"

	"alongside/domain/audit"
	"alongside/domain/consent"
	"alongside/domain/disclose"
	"alongside/domain/tenant"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/i18n"
	"alongside/platform/scope"
)

func TestTheRecordIsComplete(t *testing.T) {
	onBoth(t, func(h *house) {
		h.must(h.db.Read(as("acct1"), func(tx *db.Tx) error {
			for _, r := range disclose.Module(&disclose.Web{}).Records {
				bad, err := r.CheckTable(tx)
				h.must(err)
				for _, b := range append(bad, r.Check()...) {
					t.Error(b)
				}
			}
			return nil
		}))
	})
	m := disclose.Module(&disclose.Web{})
	if bad := m.Forgotten(); len(bad) > 0 {
		t.Error(bad)
	}
	words, err := i18n.Load(i18n.Source{Prefix: "disclose", FS: m.Words})
	if err != nil || !words.In(i18n.Arabic).Has(disclose.Neither) {
		t.Error(err)
	}
}

// Only what the consent covers leaves, by kind and by label, with the notice
// and the scope; and the line in the account and in the log says so.
func TestOnlyWhatIsCoveredLeaves(t *testing.T) {
	onBoth(t, func(h *house) {
		given := h.give(nil)
		told, err := h.tell(h.telling(item(consent.Name), item(consent.Plan), item(consent.Status, "SUD"), item(consent.Status, "SUD", "HIV")))
		h.must(err)
		if len(told.Items) != 2 || told.Items[0].Body != "body of name" || len(told.Items[1].Labels) != 1 {
			h.Errorf("left: %+v", told.Items)
		}
		if told.Notice != consent.Statement1 || !told.Scope.UntilAt.Equal(given.UntilAt) || len(told.Scope.What) != 2 {
			h.Errorf("with it: %+v", told)
		}
		lines := h.accounting("all")
		if len(lines) != 1 || lines[0].Name != "Made-up Clinic" || lines[0].Address == "" || lines[0].Consent != given.ID ||
			!lines[0].At.Equal(h.clk.Now()) || len(lines[0].What) != 2 || lines[0].Purpose != scope.Treatment {
			h.Errorf("account: %+v", lines)
		}
		leaf := h.history()[1]
		if leaf.Kind != audit.Disclosure || leaf.To != string(h.clinic) || leaf.Under != string(given.ID) {
			h.Errorf("log: %+v", leaf)
		}
	})
}

// Without a consent for exactly this, nothing leaves, nothing is written into
// the account, and no answer differs from another.
func TestWithoutConsentNothingLeaves(t *testing.T) {
	onBoth(t, func(h *house) {
		_, err := h.tell(h.telling(item(consent.Name)))
		h.denied("no consent", err)
		h.give(nil)
		for name, change := range map[string]func(t *disclose.Telling){
			"another purpose":   func(t *disclose.Telling) { t.Purpose = scope.Payment },
			"another recipient": func(t *disclose.Telling) { t.Recipient = "nobody" },
			"another person":    func(t *disclose.Telling) { t.Person = "nobody" },
			"nothing":           func(t *disclose.Telling) { t.Items = nil },
			"not covered":       func(t *disclose.Telling) { t.Items = []disclose.Item{item(consent.Plan)} },
			"a label":           func(t *disclose.Telling) { t.Items = []disclose.Item{item(consent.Name, "HIV")} },
			"attendance":        func(t *disclose.Telling) { t.Items = []disclose.Item{item(consent.Attendance)} },
		} {
			ask := h.telling(item(consent.Name))
			change(&ask)
			_, err := h.tell(ask)
			h.denied(name, err)
		}
		ask := h.telling(item(consent.Name))
		ask.Way = "pigeon"
		if _, err := h.tell(ask); !errs.Is(err, errs.Invalid) {
			h.Errorf("a way that is none: %v", err)
		}
		if lines := h.accounting("all"); len(lines) != 0 {
			h.Errorf("account: %+v", lines)
		}
	})
}

// A proof that someone came is made only when they ask for it.
func TestProofOfAttendanceOnlyAtTheirRequest(t *testing.T) {
	onBoth(t, func(h *house) {
		h.give(func(c *consent.Consent) { c.What, c.Purpose = []string{consent.Attendance}, scope.OwnRequest })
		ask := h.telling(item(consent.Attendance))
		_, err := h.tell(ask)
		h.denied("for care", err)
		ask.Purpose = scope.OwnRequest
		_, err = h.tell(ask)
		h.must(err)
	})
}

func TestTheNoticeGoesByTheLawAndTheWay(t *testing.T) {
	for regime, want := range map[string][2]string{
		tenant.Part2: {consent.Statement1, consent.Statement2}, tenant.GDPR: {"", ""}, tenant.HIPAAOnly: {"", ""},
	} {
		onBothUnder(t, regime, func(h *house) {
			h.give(nil)
			for i, way := range []string{"export", "message"} {
				ask := h.telling(item(consent.Name))
				ask.Way = way
				told, err := h.tell(ask)
				if err != nil || told.Notice != want[i] {
					h.Errorf("%s by %s: %q %v", regime, way, told.Notice, err)
				}
			}
		})
	}
}

// An export asks again for each piece: when the consent ends in the middle, the
// rest stays.
func TestItEndsInTheMiddleOfAnExport(t *testing.T) {
	onBoth(t, func(h *house) {
		h.give(nil)
		left := 0
		for range 10 {
			if _, err := h.tell(h.telling(item(consent.Name))); err == nil {
				left++
			}
			h.clk.Add(12 * time.Minute)
		}
		if left != 5 || len(h.accounting("all")) != 5 {
			h.Errorf("%d pieces left", left)
		}
	})
}

// A message that was queued asks when it is sent, not when it was written.
func TestAQueuedMessageAsksWhenItIsSent(t *testing.T) {
	onBoth(t, func(h *house) {
		given := h.give(nil)
		queued := h.telling(item(consent.Name))
		h.write("acct1", func(tx *db.Tx) error { return h.c.Revoke(tx, given.ID, consent.Spoken) })
		_, err := h.tell(queued)
		h.denied("sent after it was taken back", err)
	})
}

// Many tell while one takes it back. However they interleave, no line in the
// log says that something was told after it was taken back.
func TestTakingBackWhileOthersTell(t *testing.T) {
	onBoth(t, func(h *house) {
		for range 5 {
			given := h.give(nil)
			var all sync.WaitGroup
			for i := range 8 {
				all.Add(1)
				go func() {
					defer all.Done()
					if i == 4 {
						h.revoke(given)
						return
					}
					if _, err := h.tell(h.telling(item(consent.Name))); err != nil && !errs.Is(err, errs.Denied) {
						h.Error(err)
					}
				}()
			}
			all.Wait()
			over := false
			for _, leaf := range h.oldestFirst() {
				over = over || leaf.Action == "consent.revoke" && leaf.Record == "consent_consent/"+string(given.ID)
				if over && leaf.Kind == audit.Disclosure && leaf.Under == string(given.ID) {
					h.Fatalf("told after it was taken back: %+v", leaf)
				}
			}
			if !over {
				h.Fatal("it was not taken back")
			}
		}
	})
}

func (h *house) revoke(c consent.Consent) {
	err := h.db.Write(as("acct2"), func(tx *db.Tx) error { return h.c.Revoke(tx, c.ID, consent.Spoken) })
	if err != nil {
		h.Error(err)
	}
}

func (h *house) oldestFirst() []audit.Leaf {
	h.Helper()
	list := h.history()
	out := make([]audit.Leaf, 0, len(list))
	for i := len(list) - 1; i >= 0; i-- {
		out = append(out, list[i])
	}
	return out
}
