package disclose_test

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"alongside/domain/audit"
	"alongside/domain/consent"
	"alongside/domain/disclose"
	"alongside/domain/ref"
	"alongside/domain/tenant"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/scope"
)

func checkOfWork() disclose.Agreement {
	return disclose.Agreement{
		Kind: disclose.Audit, Who: "Made-up Auditor", Body: "Made-up Health Board", Ground: "agency", Aim: "are people met in time",
		Paper: "signed, blue binder", Promises: []string{"back-only"}, What: []string{consent.Status},
	}
}

func studyOfWork() disclose.Agreement {
	a := checkOfWork()
	a.Kind, a.Ground, a.Copies = disclose.Study, "board", true
	a.Promises = []string{"back-only", "destroy", "retain", "resist", "nobody"}
	return a
}

func (h *house) agree(a disclose.Agreement, days int64) (out disclose.Agreement, err error) {
	err = h.db.Write(as("admin"), func(tx *db.Tx) error {
		out, err = h.s.Agree(tx, a, days)
		return err
	})
	return out, err
}

func (h *house) approve(who string, which ref.Agreement) error {
	return h.db.Write(as(who), func(tx *db.Tx) error { return h.s.Approve(tx, which) })
}

// opened is an agreement for thirty days that a second person approved.
func (h *house) opened(a disclose.Agreement) disclose.Agreement {
	h.Helper()
	a, err := h.agree(a, 30)
	h.must(err)
	h.must(h.approve("lead", a.ID))
	return a
}

func (h *house) under(a disclose.Agreement, way string, items ...disclose.Item) (out disclose.Told, err error) {
	err = h.db.Write(as("lead"), func(tx *db.Tx) error {
		out, err = h.s.TellUnder(tx, disclose.Under{Agreement: a.ID, Person: h.person, Way: way, Items: items})
		return err
	})
	return out, err
}

// shut: a no is one no, whatever stands in the way.
func (h *house) shut(when string, err error) {
	h.Helper()
	if !errs.Is(err, errs.Denied) || err.Error() != "disclose: tell under: denied" {
		h.Errorf("%s: %v", when, err)
	}
}

// An agreement without a fact that the law asks for is refused, where it is
// missing.
func TestAnAgreementNeedsEveryFact(t *testing.T) {
	onBoth(t, func(h *house) {
		drop := func(name string) func(*disclose.Agreement) {
			return func(a *disclose.Agreement) {
				a.Promises = slices.DeleteFunc(slices.Clone(a.Promises), func(p string) bool { return p == name })
			}
		}
		for _, c := range []struct {
			of     disclose.Agreement
			place  string
			change func(*disclose.Agreement)
		}{
			{checkOfWork(), "kind", func(a *disclose.Agreement) { a.Kind = "curiosity" }},
			{checkOfWork(), "who", func(a *disclose.Agreement) { a.Who = " " }},
			{checkOfWork(), "body", func(a *disclose.Agreement) { a.Body = "" }},
			{checkOfWork(), "aim", func(a *disclose.Agreement) { a.Aim = "" }},
			{checkOfWork(), "paper", func(a *disclose.Agreement) { a.Paper = "" }},
			{checkOfWork(), "ground", func(a *disclose.Agreement) { a.Ground = "board" }},
			{checkOfWork(), "copies", func(a *disclose.Agreement) { a.Ground, a.Copies = "qualified", true }},
			{checkOfWork(), "promises", drop("back-only")},
			{checkOfWork(), "promises", func(a *disclose.Agreement) { a.Copies = true }},
			{checkOfWork(), "what", func(a *disclose.Agreement) { a.What = nil }},
			{checkOfWork(), "what", func(a *disclose.Agreement) { a.What = []string{consent.Counsel} }},
			{checkOfWork(), "what", func(a *disclose.Agreement) { a.What = []string{consent.Attendance} }},
			{studyOfWork(), "ground", func(a *disclose.Agreement) { a.Ground = "agency" }},
			{studyOfWork(), "promises", drop("resist")},
			{studyOfWork(), "promises", drop("nobody")},
			{studyOfWork(), "promises", drop("destroy")},
		} {
			a := c.of
			c.change(&a)
			_, err := h.agree(a, 30)
			var said *errs.Error
			if !errors.As(err, &said) || said.Kind != errs.Invalid || said.Place != c.place {
				h.Errorf("%s: %v", c.place, err)
			}
		}
		for _, days := range []int64{-1, 0, 366} {
			if _, err := h.agree(checkOfWork(), days); !errs.Is(err, errs.Invalid) {
				h.Errorf("%d days: %v", days, err)
			}
		}
	})
}

// It opens nothing until somebody else has approved it, once.
func TestASecondPersonApprovesAnAgreement(t *testing.T) {
	onBoth(t, func(h *house) {
		a, err := h.agree(checkOfWork(), 30)
		h.must(err)
		_, err = h.under(a, "page", item(consent.Status))
		h.shut("before it is approved", err)
		if err := h.approve("admin", a.ID); !errs.Is(err, errs.Conflict) {
			h.Errorf("by whoever wrote it down: %v", err)
		}
		_, err = h.under(a, "page", item(consent.Status))
		h.shut("approved by whoever wrote it down", err)
		h.must(h.approve("lead", a.ID))
		if err := h.approve("other", a.ID); !errs.Is(err, errs.Conflict) {
			h.Errorf("twice: %v", err)
		}
		if err := h.approve("lead", "nothing"); !errs.Is(err, errs.NotFound) {
			h.Errorf("one that is not here: %v", err)
		}
		_, err = h.under(a, "page", item(consent.Status))
		h.must(err)
	})
}

// What it names leaves, and nothing else, with the law's words; the account and
// the log say so.
func TestAnAgreementOpensTheLeast(t *testing.T) {
	onBoth(t, func(h *house) {
		a := h.opened(checkOfWork())
		told, err := h.under(a, "page", item(consent.Status, "SUD"), item(consent.Name), item(consent.Status, "HIV"), item(consent.Counsel))
		h.must(err)
		if len(told.Items) != 1 || told.Items[0].Kind != consent.Status || told.Notice != disclose.LimitAudit {
			h.Errorf("left: %+v", told)
		}
		b := h.opened(studyOfWork())
		told, err = h.under(b, "export", item(consent.Status))
		if err != nil || told.Notice != disclose.LimitStudy {
			h.Errorf("for a study: %+v %v", told, err)
		}
		lines := h.accounting("hipaa")
		if len(lines) != 2 || len(h.accounting("part2")) != 0 {
			h.Fatalf("accounts: %+v", lines)
		}
		slices.SortFunc(lines, func(a, b disclose.Line) int { return len(a.Basis) - len(b.Basis) })
		if l := lines[0]; l.Basis != disclose.ByAudit || l.Name != "Made-up Auditor" || l.Address != "Made-up Health Board" || l.Purpose != scope.Operations || !slices.Equal(l.What, []string{consent.Status}) {
			h.Errorf("the check: %+v", l)
		}
		if l := lines[1]; l.Basis != disclose.ByStudy || l.Purpose != scope.Research {
			h.Errorf("the study: %+v", l)
		}
		leaf := slices.IndexFunc(h.history(), func(l audit.Leaf) bool { return l.Kind == audit.Disclosure && l.Under == string(a.ID) })
		if leaf < 0 {
			h.Error("the log does not name the agreement")
		}
	})
}

// Its end, its last second, a clock set back, a hold, another law, a copy where
// none may be taken: nothing leaves, in the same words, and nothing is in the
// account.
func TestWhatShutsAnAgreement(t *testing.T) {
	for name, shut := range map[string]func(h *house, a disclose.Agreement){
		"it was ended": func(h *house, a disclose.Agreement) {
			h.write("admin", func(tx *db.Tx) error { return h.s.EndAgreement(tx, a.ID) })
		},
		"its time is over": func(h *house, _ disclose.Agreement) { h.clk.Add(30 * 24 * time.Hour) },
		"a legal demand":   func(h *house, _ disclose.Agreement) { h.hold(nil) },
		"another law": func(h *house, _ disclose.Agreement) {
			h.write("admin", func(tx *db.Tx) error {
				before, err := tenant.Tenants().Get(tx, "t1")
				h.must(err)
				after := before
				after.Regime = tenant.HIPAAOnly
				_, err = tenant.Tenants().Update(tx, &before, &after)
				return err
			})
		},
		"a clock set back": func(h *house, _ disclose.Agreement) {
			h.clk.Add(31 * 24 * time.Hour)
			h.write("lead", func(tx *db.Tx) error {
				return audit.Write(tx, audit.Entry{Kind: audit.Look, Action: "test.look", Subjects: []string{string(h.person)}})
			})
			h.sequence()
			h.clk.Add(-30 * 24 * time.Hour)
		},
	} {
		t.Run(name, func(t *testing.T) {
			onBoth(t, func(h *house) {
				a := h.opened(checkOfWork())
				if name == "its time is over" {
					h.clk.Add(-time.Second)
				}
				_, err := h.under(a, "page", item(consent.Status))
				h.must(err)
				if name == "its time is over" {
					h.clk.Add(time.Second)
				}
				shut(h, a)
				_, err = h.under(a, "page", item(consent.Status))
				h.shut(name, err)
				if lines := h.accounting("all"); len(lines) != 1 {
					h.Errorf("account: %+v", lines)
				}
			})
		})
	}
	onBoth(t, func(h *house) {
		a := h.opened(checkOfWork())
		for _, way := range []string{"print", "export", "link", "fhir", "message", "pigeon", ""} {
			_, err := h.under(a, way, item(consent.Status))
			h.shut("by "+way, err)
		}
		_, err := h.under(a, "page", item(consent.Name))
		h.shut("what it does not name", err)
		_, err = h.under(disclose.Agreement{ID: "nothing"}, "page", item(consent.Status))
		h.shut("no agreement", err)
	})
}

// Only Part 2 has this rule. Elsewhere nothing can even be written down.
func TestOtherLawsOpenNothing(t *testing.T) {
	for _, law := range []string{tenant.HIPAAOnly, tenant.GDPR, tenant.NoRegime} {
		onBothUnder(t, law, func(h *house) {
			for _, a := range []disclose.Agreement{checkOfWork(), studyOfWork()} {
				_, err := h.agree(a, 30)
				var said *errs.Error
				if !errors.As(err, &said) || said.Say != "disclose.agreed.other-law" {
					h.Errorf("under %s: %v", law, err)
				}
			}
		})
	}
}

// Many tell while one ends it: no line in the log says that something was told
// after the end.
func TestEndingAnAgreementWhileOthersTell(t *testing.T) {
	onBoth(t, func(h *house) {
		for range 3 {
			a := h.opened(checkOfWork())
			var all sync.WaitGroup
			for i := range 6 {
				all.Go(func() {
					if i == 3 {
						if err := h.db.Write(as("admin"), func(tx *db.Tx) error { return h.s.EndAgreement(tx, a.ID) }); err != nil {
							h.Error(err)
						}
						return
					}
					if _, err := h.under(a, "page", item(consent.Status)); err != nil && !errs.Is(err, errs.Denied) {
						h.Error(err)
					}
				})
			}
			all.Wait()
			h.sequence()
			h.must(h.db.Read(as("acct1"), func(tx *db.Tx) error {
				told, err := audit.History(tx, string(h.person), 99, 0)
				h.must(err)
				row, err := disclose.Agreements().Get(tx, a.ID)
				for _, l := range told {
					if l.Under == string(a.ID) && l.When().After(row.EndedAt) {
						h.Errorf("told after the end: %+v", l)
					}
				}
				return err
			}))
		}
	})
}
