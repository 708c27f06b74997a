package consent

import (
	"slices"

	"alongside/domain/tenant"
	"alongside/platform/db"
	"alongside/platform/scope"
)

// Rule is what a privacy law asks of a consent and of what is told under one.
//
// Under Part 2 a yes that was only spoken opens nothing. HIPAA lets treatment,
// payment and operations be told without an authorization, so a spoken yes is
// more than it asks; for anything else it asks a signature (45 CFR 164.508(c)), and for a
// counsellor's own notes whatever they are told for (164.508(a)(2)).
// GDPR asks that a consent be explicit and informed, not that it be written
// (articles 7 and 9).
//
// That a record may not be used against the person in court is a rule of Part 2 alone
// (42 CFR 2.32(a)(1)); HIPAA wants it said that what was told may be passed on and is then
// guarded no longer (45 CFR 164.508(c)(2)(iii)). Of the others nothing is said that this
// project has not read.
type Rule struct {
	Regime      string
	SpokenFor   []string // purposes for which a spoken yes is enough
	NotesSigned bool     // a counsellor's own notes are told by a signature alone
	Notice      bool     // each disclosure carries a notice of 42 CFR 2.32
	Years       int      // how far back an accounting reaches; 0: all there is
	ByState     bool     // who signs when the person is not of age is asked of the law of the state (42 CFR 2.14)
	Onward      string   // key of the sentence about what becomes of it where it goes
	OneForAll   bool     // knows one consent for care, payment and operations (42 CFR 2.31(a)(4)(i), 45 CFR 164.506(b))
	Minors      string   // what the organisation says of it, one of tenant.MinorSigns; "" where nobody has said it
}

// Rules lists the laws. The accounting of Part 2 reaches back 3 years (42 CFR
// 2.25), HIPAA's 6 (45 CFR 164.528); who is bound by both keeps the longer.
func Rules() []Rule {
	all := []string{scope.Treatment, scope.Payment, scope.Operations, scope.OwnRequest, scope.Emergency, scope.Research, TPO}
	return []Rule{
		{Regime: tenant.Part2, Notice: true, Years: 6, ByState: true, Onward: "consent.rights.onward", OneForAll: true},
		{Regime: tenant.HIPAAOnly, SpokenFor: append(ofTPO(), TPO), NotesSigned: true, Years: 6, Onward: "consent.rights.onward-health", OneForAll: true},
		{Regime: tenant.GDPR, SpokenFor: all, Onward: "consent.rights.onward-other"},
		{Regime: tenant.NoRegime, SpokenFor: all, Onward: "consent.rights.onward-other"},
	}
}

// RuleOf returns a law's rule. One that is not known is answered by the
// strictest.
func RuleOf(regime string) Rule {
	all := Rules()
	i := slices.IndexFunc(all, func(r Rule) bool { return r.Regime == regime })
	return all[max(i, 0)]
}

// minorUnsaid, minorAlone and minorWithParent report why a signature of someone
// who is not of age cannot be taken: nobody has said what the state's law asks;
// the law wants a parent to sign too; the law lets nobody sign but the minor.
func (r Rule) minorUnsaid(c Consent) bool {
	return r.ByState && r.Minors == "" && (c.Signer == Minor || c.Signer == MinorAndParent)
}

func (r Rule) minorAlone(c Consent) bool {
	return r.ByState && r.Minors == tenant.MinorBoth && c.Signer == Minor
}

func (r Rule) minorWithParent(c Consent) bool {
	return r.ByState && r.Minors == tenant.MinorAlone && c.Signer == MinorAndParent
}

// takes reports whether the law obeys a consent given in that way.
func (r Rule) takes(c Consent) bool {
	return c.signed() || r.hears(c.Purpose) && !(r.NotesSigned && c.Sort == Notes)
}

// hears reports whether a yes for the purpose may be only spoken. A purpose that was
// not said is none.
func (r Rule) hears(purpose string) bool { return slices.Contains(r.SpokenFor, purpose) }

// Hears reports whether the law of the organisation takes a yes for the purpose that
// was only spoken.
func Hears(tx *db.Tx, purpose string) (bool, error) {
	r, err := rule(tx)
	return r.hears(purpose), err
}
