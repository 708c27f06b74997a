package consent_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"alongside/domain/consent"
	"alongside/domain/ref"
	"alongside/domain/tenant"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/i18n"
	"alongside/platform/scope"
)

// whole is a consent with everything in it, signed on paper.
func (h *house) whole() consent.Consent {
	c := h.draft()
	c.How, c.Paper, c.SignedAs, c.Language = consent.Paper, "blue folder, shelf 2", "Rene Made-Up", "es"
	c.Rights, c.Warned, c.Copied, c.Labels = consent.Heard, true, "paper", []string{"SUD"}
	return c
}

func placeOf(err error) (place, say string) {
	var e *errs.Error
	if errors.As(err, &e) {
		return e.Place, e.Say
	}
	return "", ""
}

// spoilt says, for each element, how to leave it out.
func spoilt(h *house) map[string]func(c *consent.Consent) {
	other := func(c *consent.Consent) {
		c.Signer, c.SignerName, c.SignerWhy = consent.Guardian, "Made-Up Guardian", "court paper 12"
	}
	return map[string]func(c *consent.Consent){
		"recipient consent.needs-both":           func(c *consent.Consent) { c.Person = "" },
		"recipient consent.needs-which":          func(c *consent.Consent) { c.Recipient = "" },
		"recipient_kind consent.needs-recipient": func(c *consent.Consent) { c.RecipientKind = "anyone" },
		"class consent.needs-class":              func(c *consent.Consent) { c.RecipientKind = consent.ByClass },
		"members consent.needs-members":          func(c *consent.Consent) { c.RecipientKind = consent.Through },
		"what consent.needs-what":                func(c *consent.Consent) { c.What = nil },
		"labels consent.needs-label":             func(c *consent.Consent) { c.Labels = []string{"EVERYTHING"} },
		"purpose consent.needs-purpose":          func(c *consent.Consent) { c.Purpose = "" },
		"purpose consent.needs-tpo":              func(c *consent.Consent) { c.RecipientKind = consent.ByTPO },
		"purpose consent.own-request":            func(c *consent.Consent) { c.What = []string{consent.Attendance} },
		"how consent.needs-how":                  func(c *consent.Consent) { c.How = "" },
		"how consent.needs-signature":            func(c *consent.Consent) { c.How = consent.Spoken },
		"given_at consent.given-later":           func(c *consent.Consent) { c.GivenAt = h.clk.Now().Add(time.Minute) },
		"until_event consent.until-both":         func(c *consent.Consent) { c.UntilEvent = "support-ends" },
		"until_event consent.needs-until": func(c *consent.Consent) {
			c.UntilAt, c.UntilEvent = time.Time{}, "one-day"
		},
		"until_at consent.needs-until": func(c *consent.Consent) {
			c.UntilAt, c.Purpose = time.Time{}, scope.Research
		},
		"until_at consent.until-past":           func(c *consent.Consent) { c.UntilAt = h.clk.Now() },
		"signed_as consent.needs-name":          func(c *consent.Consent) { c.SignedAs = "" },
		"rights consent.needs-rights":           func(c *consent.Consent) { c.Rights = "" },
		"warned consent.needs-warning":          func(c *consent.Consent) { c.Warned = false },
		"paper consent.needs-paper":             func(c *consent.Consent) { c.Paper = "" },
		"language consent.needs-language":       func(c *consent.Consent) { c.Language = "" },
		"copied consent.needs-copy":             func(c *consent.Consent) { c.Copied = "" },
		"signer consent.needs-signer":           func(c *consent.Consent) { c.Signer = "somebody" },
		"signer_why consent.needs-signer-why":   func(c *consent.Consent) { other(c); c.SignerWhy = "" },
		"signer_name consent.needs-signer-name": func(c *consent.Consent) { other(c); c.SignerName = "" },
		"sort consent.notes-apart":              func(c *consent.Consent) { c.What = append(c.What, consent.Counsel) },
		"condition consent.no-condition": func(c *consent.Consent) {
			c.Sort, c.What, c.Condition = consent.Notes, []string{consent.Counsel}, true
		},
		"recipient_kind consent.early-named": func(c *consent.Consent) {
			c.Early, c.RecipientKind, c.Class = true, consent.ByClass, consent.Provider
		},
	}
}

// Each element that is left out is refused, and its place is named. An element
// that no line here leaves out is one nobody has tried.
func TestAConsentWithoutAnElementIsRefused(t *testing.T) {
	onBothUnder(t, tenant.Part2, func(h *house) {
		h.give(h.whole())
		tried := spoilt(h)
		for name, spoil := range tried {
			c := h.whole()
			spoil(&c)
			_, err := h.try(c)
			place, say := placeOf(err)
			if !errs.Is(err, errs.Invalid) || place+" "+say != name {
				h.Errorf("%s: %v", name, err)
			}
		}
		words, err := i18n.Load(i18n.Source{Prefix: "consent", FS: consent.Words()})
		h.must(err)
		for _, e := range consent.Elements() {
			known := slices.ContainsFunc(keys(tried), func(k string) bool { return strings.HasPrefix(k, e.Place+" ") })
			if !known && e.Place != "discloser" {
				h.Errorf("nobody tries to leave out %s", e.Place)
			}
		}
		for name := range tried {
			if _, say, _ := strings.Cut(name, " "); !words.In(i18n.English).Has(say) {
				h.Errorf("no words for %s", say)
			}
		}
	})
}

func keys[V any](m map[string]V) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	return out
}

// Who may tell is the organisation, unless the consent names someone else.
func TestTheOrganisationIsWhoTells(t *testing.T) {
	onBothUnder(t, tenant.Part2, func(h *house) {
		if c := h.give(h.whole()); c.Discloser != "Riverside t1" || c.Regime != tenant.Part2 {
			h.Errorf("%q under %q", c.Discloser, c.Regime)
		}
	})
}

// Under Part 2 a spoken yes opens nothing, also one that an earlier law took.
func TestASpokenYesUnderEachLaw(t *testing.T) {
	for regime, taken := range map[string]bool{tenant.Part2: false, tenant.HIPAAOnly: true, tenant.GDPR: true, tenant.NoRegime: true} {
		onBothUnder(t, regime, func(h *house) {
			if _, err := h.try(h.draft()); (err == nil) != taken {
				h.Errorf("%s: %v", regime, err)
			}
			c := h.draft()
			c.Purpose = scope.Research
			if _, err := h.try(c); (err == nil) != (regime == tenant.GDPR || regime == tenant.NoRegime) {
				h.Errorf("%s, for research: %v", regime, err)
			}
			c = h.draft()
			c.Sort, c.What = consent.Notes, []string{consent.Counsel}
			if _, err := h.try(c); (err == nil) != (regime == tenant.GDPR || regime == tenant.NoRegime) {
				h.Errorf("%s, a counsellor's own notes: %v", regime, err)
			}
		})
	}
	onBothUnder(t, tenant.HIPAAOnly, func(h *house) {
		h.give(h.draft())
		if _, err := h.live(h.ask()); err != nil {
			h.Errorf("before: %v", err)
		}
		h.rule("t1", tenant.Part2)
		if _, err := h.live(h.ask()); !errs.Is(err, errs.Denied) {
			h.Errorf("after the law changed: %v", err)
		}
	})
}

func (h *house) rule(t, regime string) {
	h.Helper()
	h.must(h.db.Write(as(t), func(tx *db.Tx) error {
		before, err := tenant.Tenants().Get(tx, ref.Tenant(t))
		h.must(err)
		after := before
		after.Regime = regime
		_, err = tenant.Tenants().Update(tx, &before, &after)
		return err
	}))
}

// A counsellor's notes go with a consent of their own, and with no other.
func TestACounsellorsNotesStandApart(t *testing.T) {
	onBothUnder(t, tenant.Part2, func(h *house) {
		notes := h.whole()
		notes.Sort, notes.What = consent.Notes, []string{consent.Counsel}
		h.give(h.whole())
		a := h.ask()
		a.What = []string{consent.Counsel}
		if _, err := h.live(a); !errs.Is(err, errs.Denied) {
			h.Errorf("with a general consent: %v", err)
		}
		h.give(notes)
		if _, err := h.live(a); err != nil {
			h.Errorf("with its own: %v", err)
		}
		a.What = []string{consent.Counsel, consent.Status}
		if _, err := h.live(a); !errs.Is(err, errs.Denied) {
			h.Errorf("together with something else: %v", err)
		}
	})
}

// minors says what the law of the state asks, as the organisation does.
func (h *house) minors(t, signs string) {
	h.Helper()
	s := tenant.New(tenant.Deps{DB: h.db, Clock: h.clk})
	h.clk.Add(time.Second)
	h.must(s.RuleMinors(h.ctx, ref.Tenant(t), signs, "A made-up law about who may sign."))
}

// Who signs when the person is not of age is for the law of the state, and for
// the organisation to say; until it has, neither way is taken (42 CFR 2.14).
func TestWhoSignsForAMinorIsTheStatesLaw(t *testing.T) {
	onBothUnder(t, tenant.Part2, func(h *house) {
		tried := func(when, signer, want string) {
			h.Helper()
			c := h.whole()
			c.Signer, c.SignerWhy, c.SignerName = signer, "the law of the state", "Made-Up Parent"
			_, err := h.try(c)
			place, say := placeOf(err)
			if say != want || want != "" && place != "signer" || want == "" && err != nil {
				h.Errorf("%s, %s: %v", when, signer, err)
			}
		}
		h.minors("t2", tenant.MinorAlone) // another organisation's word counts for nothing here
		tried("nobody said it", consent.Minor, "consent.minor-unsaid")
		tried("nobody said it", consent.MinorAndParent, "consent.minor-unsaid")
		tried("nobody said it", consent.Own, "")
		h.minors("t1", tenant.MinorBoth)
		tried("both sign", consent.Minor, "consent.minor-both")
		tried("both sign", consent.MinorAndParent, "")
		h.minors("t1", tenant.MinorAlone)
		tried("they sign alone", consent.Minor, "")
		tried("they sign alone", consent.MinorAndParent, "consent.minor-alone")
		h.minors("t1", tenant.MinorByAge)
		tried("it depends", consent.Minor, "")
		tried("it depends", consent.MinorAndParent, "")
		c := h.whole()
		c.Signer, c.SignerWhy = consent.MinorAndParent, "the law of the state"
		if place, _ := placeOf(second(h.try(c))); place != "signer_name" {
			h.Errorf("without the parent's name: %q", place)
		}
	})
	onBothUnder(t, tenant.GDPR, func(h *house) {
		c := h.whole()
		c.Signer, c.SignerWhy = consent.Minor, "the law of the place"
		h.give(c)
	})
}

func second[A, B any](_ A, b B) B { return b }

// Someone else signs: who and why stand on the record, and are sealed.
func TestSomeoneElseSigns(t *testing.T) {
	onBothUnder(t, tenant.Part2, func(h *house) {
		h.minors("t1", tenant.MinorByAge)
		c := h.whole()
		c.Signer, c.SignerWhy = consent.Minor, "state law lets a minor of 14 sign"
		minor := h.give(c)
		c.Signer, c.SignerName = consent.MinorAndParent, "Made-Up Parent"
		h.give(c)
		h.must(h.db.Read(h.ctx, func(tx *db.Tx) error {
			var raw []byte
			h.must(tx.Row("SELECT signer_why FROM consent_consent WHERE tenant = $1 AND consent = $2", minor.ID).Scan(&raw))
			if len(raw) == 0 || strings.Contains(string(raw), "minor") {
				h.Errorf("stored as %q", raw)
			}
			return nil
		}))
	})
}
