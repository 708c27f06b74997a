package disclose_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"alongside/domain/consent"
	"alongside/domain/disclose"
	"alongside/domain/ref"
	"alongside/domain/tenant"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/scope"
)

func (h *house) emergency() disclose.Emergency {
	return disclose.Emergency{
		Person: h.person, ToWhom: "Dr Made-Up", Facility: "Mercy General", Nature: "not breathing", Unable: "unconscious",
		Way: "spoken", Items: []disclose.Item{item(consent.Name)},
	}
}

func (h *house) breakGlass(who string, e disclose.Emergency) (out disclose.Told, err error) {
	err = h.db.Write(as(who), func(tx *db.Tx) error {
		out, err = h.s.BreakGlass(tx, e)
		return err
	})
	return out, err
}

func (h *house) review(who string, which ref.Disclosure, says string) error {
	return h.db.Write(as(who), func(tx *db.Tx) error { return h.s.Review(tx, which, says, "they could not speak") })
}

// Whoever breaks the glass says everything the law wants written down.
func TestAnEmergencyWithoutAReasonIsRefused(t *testing.T) {
	onBoth(t, func(h *house) {
		for place, change := range map[string]func(e *disclose.Emergency){
			"to_whom":  func(e *disclose.Emergency) { e.ToWhom = "" },
			"facility": func(e *disclose.Emergency) { e.Facility = "" },
			"nature":   func(e *disclose.Emergency) { e.Nature = "" },
			"unable":   func(e *disclose.Emergency) { e.Unable = "" },
			"what":     func(e *disclose.Emergency) { e.Items = nil },
			"way":      func(e *disclose.Emergency) { e.Way = "" },
		} {
			e := h.emergency()
			change(&e)
			_, err := h.breakGlass("acct1", e)
			var said *errs.Error
			if !errors.As(err, &said) || said.Kind != errs.Invalid || said.Place != place {
				h.Errorf("%s: %v", place, err)
			}
		}
	})
}

// It needs no consent, is looked at by somebody else, once, and the person sees
// it and is told.
func TestAnEmergencyIsReviewedByAnotherAndTold(t *testing.T) {
	onBoth(t, func(h *house) {
		told, err := h.breakGlass("acct1", h.emergency())
		if err != nil || len(told.Items) != 1 {
			h.Fatalf("%+v %v", told, err)
		}
		if err := h.review("acct1", told.ID, "right"); !errs.Is(err, errs.Conflict) {
			h.Errorf("reviewed by whoever did it: %v", err)
		}
		if err := h.review("acct2", told.ID, "fine"); !errs.Is(err, errs.Invalid) {
			h.Errorf("a finding that is none: %v", err)
		}
		h.waiting(1)
		h.must(h.review("acct2", told.ID, "wrong"))
		h.waiting(0)
		if err := h.review("acct3", told.ID, "right"); !errs.Is(err, errs.Conflict) {
			h.Errorf("reviewed twice: %v", err)
		}
		h.write("acct1", func(tx *db.Tx) error { return h.s.Known(tx, told.ID) })
		line := h.accounting("all")[0]
		if line.Name != "Dr Made-Up" || line.Address != "Mercy General" || line.Basis != disclose.ByEmergency || !line.Reviewed ||
			line.Purpose != scope.Emergency || !line.KnownAt.Equal(h.clk.Now()) {
			h.Errorf("the person sees %+v", line)
		}
		if err := h.review("acct2", "nothing", "right"); !errs.Is(err, errs.NotFound) {
			h.Errorf("one that is not here: %v", err)
		}
	})
}

func (h *house) waiting(want int) {
	h.Helper()
	h.write("acct2", func(tx *db.Tx) error {
		list, err := h.s.Unreviewed(tx)
		if len(list) != want {
			h.Errorf("%d wait for a second person, want %d", len(list), want)
		}
		return err
	})
}

func (h *house) hold(change func(d *disclose.Demand)) (out disclose.Demand) {
	h.Helper()
	d := disclose.Demand{Person: h.person, Kind: "subpoena", FromWhom: "Made-up County Court", Reference: "12/34", Compelled: true, Decider: "lead"}
	if change != nil {
		change(&d)
	}
	h.write("acct1", func(tx *db.Tx) error {
		var err error
		out, err = h.s.Hold(tx, d)
		return err
	})
	return out
}

func (h *house) decide(who string, d disclose.Demand, decision, basis string) error {
	return h.db.Write(as(who), func(tx *db.Tx) error { return h.s.Decide(tx, d.ID, decision, basis, "asked our lawyer") })
}

// While a demand is open nothing about the person leaves, as if they were not
// here; a medical emergency is no demand.
func TestNothingLeavesUnderAHold(t *testing.T) {
	onBoth(t, func(h *house) {
		h.give(nil)
		d := h.hold(nil)
		_, err := h.tell(h.telling(item(consent.Name)))
		h.denied("under a hold", err)
		if _, err := h.breakGlass("acct1", h.emergency()); err != nil {
			h.Errorf("an emergency: %v", err)
		}
		for _, who := range []string{"acct1", "admin"} {
			if err := h.decide(who, d, disclose.Refuse, ""); !errs.Is(err, errs.NotFound) {
				h.Errorf("decided by %s: %v", who, err)
			}
		}
		h.must(h.decide("lead", d, disclose.Refuse, ""))
		if _, err := h.tell(h.telling(item(consent.Name))); err != nil {
			h.Errorf("after the decision: %v", err)
		}
		if err := h.decide("lead", d, disclose.Refuse, ""); !errs.Is(err, errs.Conflict) {
			h.Errorf("decided twice: %v", err)
		}
	})
}

// A demand that is about nobody would seem to stop something: it is refused, and
// nothing is kept of it.
func TestADemandAboutNobody(t *testing.T) {
	onBoth(t, func(h *house) {
		err := h.db.Write(as("acct1"), func(tx *db.Tx) error {
			_, err := h.s.Hold(tx, disclose.Demand{Kind: "subpoena", FromWhom: "Made-up County Court", Decider: "lead"})
			return err
		})
		var said *errs.Error
		if !errors.As(err, &said) || said.Kind != errs.Invalid || said.Place != "person" {
			h.Errorf("%v", err)
		}
		h.write("lead", func(tx *db.Tx) error {
			list, err := h.s.ToDecide(tx)
			if len(list) != 0 {
				h.Errorf("%+v", list)
			}
			return err
		})
	})
}

// A subpoena alone, a warrant, the police: none is enough under Part 2. A judge's
// order is, and what is told is accounted for.
func TestASubpoenaAloneIsNotEnough(t *testing.T) {
	onBoth(t, func(h *house) {
		for _, kind := range []string{"subpoena", "warrant", "police", "court-order", "other", "child-protection"} {
			d := h.hold(func(d *disclose.Demand) { d.Kind = kind })
			if err := h.decide("lead", d, disclose.Comply, "they insist"); !errs.Is(err, errs.Invalid) {
				h.Errorf("%s: %v", kind, err)
			}
			_, err := h.obey("lead", d)
			h.notObeyed("undecided", err)
			if err := h.decide("lead", d, disclose.Report, ""); (err == nil) != (kind == "child-protection") {
				h.Errorf("a report for %s: %v", kind, err)
			}
		}
		d := h.hold(func(d *disclose.Demand) { d.Ordered = true })
		if err := h.decide("lead", d, disclose.Comply, ""); !errs.Is(err, errs.Invalid) {
			h.Errorf("without saying which order: %v", err)
		}
		h.must(h.decide("lead", d, disclose.Comply, "2.64"))
		_, err := h.obey("acct1", d)
		h.notObeyed("by somebody else", err)
		_, err = h.obey("lead", d)
		h.must(err)
		if line := h.accounting("all")[0]; line.Basis != disclose.ByOrder || line.Name != "Made-up County Court" {
			h.Errorf("%+v", line)
		}
	})
}

// Where the law forbids it the person is not told, in the account or the log.
func TestAQuietOrderStaysQuiet(t *testing.T) {
	onBothUnder(t, tenant.HIPAAOnly, func(h *house) {
		before := len(h.history())
		d := h.hold(func(d *disclose.Demand) { d.Quiet = true })
		h.must(h.decide("lead", d, disclose.Comply, "state law 1"))
		if got := len(h.history()); got != before {
			h.Errorf("the person's history shows the demand: %d, %d before", got, before)
		}
		_, err := h.obey("lead", d)
		h.must(err)
		if got := len(h.history()); got != before {
			h.Errorf("the person's history shows what was told: %d, %d before", got, before)
		}
		if lines := h.accounting("all"); len(lines) != 0 {
			h.Errorf("%+v", lines)
		}
	})
}

func (h *house) obey(who string, d disclose.Demand) (out disclose.Told, err error) {
	err = h.db.Write(as(who), func(tx *db.Tx) error {
		out, err = h.s.Obey(tx, "", d.ID, "print", []disclose.Item{item(consent.Name)})
		return err
	})
	return out, err
}

func (h *house) notObeyed(when string, err error) {
	h.Helper()
	if !errs.Is(err, errs.Denied) {
		h.Errorf("%s: %v", when, err)
	}
}

// Each law's account holds what that law asks for, as far back as it asks.
func TestEachLawsAccount(t *testing.T) {
	onBoth(t, func(h *house) {
		hub := h.recipient("Made-up Exchange", consent.Intermediary, "")
		far := func(c *consent.Consent) { c.UntilAt = h.clk.Now().AddDate(9, 0, 0) }
		h.give(far)
		h.give(func(c *consent.Consent) { far(c); c.Purpose = scope.OwnRequest })
		h.give(func(c *consent.Consent) {
			far(c)
			c.RecipientKind, c.Recipient, c.Members = consent.Through, hub, string(h.clinic)
			c.Purpose = scope.Research
		})
		tell := func(purpose, way string) {
			ask := h.telling(item(consent.Name))
			ask.Purpose, ask.Way = purpose, way
			_, err := h.tell(ask)
			h.must(err)
		}
		everything := func() {
			tell(scope.Treatment, "page")
			tell(scope.Treatment, "fhir")
			tell(scope.OwnRequest, "print")
			tell(scope.Research, "fhir")
		}
		everything()
		h.clk.Add(time.Microsecond)
		h.clk.Set(h.clk.Now().AddDate(3, 0, 0))
		everything()
		h.clk.Set(h.clk.Now().AddDate(3, 0, 0))
		for law, want := range map[string]int{"all": 8, "part2": 3, "intermediary": 1, "hipaa": 2} {
			if lines := h.accounting(law); len(lines) != want {
				h.Errorf("%s: %d lines, want %d: %+v", law, len(lines), want, lines)
			}
		}
		err := h.db.Write(as("acct1"), func(tx *db.Tx) error { _, err := h.s.Accounting(tx, h.person, "law of the sea"); return err })
		if !errs.Is(err, errs.Invalid) {
			h.Errorf("a law nobody knows: %v", err)
		}
		newest := h.accounting("all")
		if !slices.IsSortedFunc(newest, func(a, b disclose.Line) int { return b.At.Compare(a.At) }) {
			h.Error("not newest first")
		}
	})
}
