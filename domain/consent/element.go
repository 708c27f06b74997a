package consent

import (
	"slices"

	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/scope"
)

// When a consent must have an element.
type occasion int

const (
	always  occasion = iota + 1
	signing          // when it is signed, and not an early one that is still to be read back
)

// Element is one thing a consent is not complete without: its column, where the
// law asks for it, and the words for whoever left it out. Empty Cite means that
// the law does not name it and this program asks for it all the same.
type Element struct {
	Place, Cite string
	when        occasion
	say         string
	missing     func(c Consent, r Rule) bool
}

// Elements lists what a consent must have, in the order in which it is asked
// for. Citations are of 42 CFR part 2 as of 16 April 2024.
func Elements() []Element {
	return slices.Concat(agreed(), told(), signed(), sealedApart())
}

func agreed() []Element {
	return []Element{
		{"recipient", "2.31(a)(4)(i)", always, "consent.needs-both", func(c Consent, _ Rule) bool { return c.Person == "" }},
		{"recipient", "2.31(a)(4)(i)", always, "consent.needs-which", func(c Consent, _ Rule) bool {
			return (c.RecipientKind == Named || c.RecipientKind == Through) && c.Recipient == ""
		}},
		{"recipient_kind", "2.31(a)(4)", always, "consent.needs-recipient", func(c Consent, _ Rule) bool { return !field.Offered(RecipientKinds(), c.RecipientKind) }},
		{"class", "2.31(a)(4)", always, "consent.needs-class", func(c Consent, _ Rule) bool {
			return c.RecipientKind == ByClass && !field.Offered(Classes(), c.Class) || c.Class != "" && !field.Offered(Classes(), c.Class)
		}},
		{"members", "2.31(a)(4)(ii)", always, "consent.needs-members", func(c Consent, _ Rule) bool {
			return c.RecipientKind == Through && c.Members == "" && c.Class != Provider
		}},
		{"what", "2.31(a)(3)", always, "consent.needs-what", func(c Consent, _ Rule) bool { return len(c.What) == 0 || !allOffered(Kinds(), c.What) }},
		{"labels", "2.31(a)(3)", always, "consent.needs-label", func(c Consent, _ Rule) bool { return !allOffered(Labels(), c.Labels) }},
		{"purpose", "2.31(a)(5)", always, "consent.needs-purpose", func(c Consent, _ Rule) bool { return !field.Offered(Purposes(), c.Purpose) }},
		{"purpose", "2.31(a)(4)(i)", always, "consent.needs-tpo", func(c Consent, _ Rule) bool { return c.RecipientKind == ByTPO && !c.tpo() }},
		{"purpose", "", always, "consent.own-request", func(c Consent, _ Rule) bool {
			return slices.Contains(c.What, Attendance) && c.Purpose != scope.OwnRequest
		}},
		{"how", "2.31(a)(8)", always, "consent.needs-how", func(c Consent, _ Rule) bool { return !field.Offered(Hows(), c.How) }},
		{"how", "2.31(a)(8)", always, "consent.needs-signature", func(c Consent, r Rule) bool { return !r.takes(c) }},
	}
}

func told() []Element {
	return []Element{
		{"given_at", "2.31(a)(9)", always, "consent.given-later", func(c Consent, _ Rule) bool { return c.GivenAt.After(c.RecordedAt) }},
		{"until_event", "2.31(a)(7)", always, "consent.until-both", func(c Consent, _ Rule) bool {
			return c.UntilEvent != "" && !c.UntilAt.IsZero()
		}},
		{"until_event", "2.31(a)(7)", always, "consent.needs-until", func(c Consent, _ Rule) bool {
			return c.UntilEvent != "" && !field.Offered(Events(), c.UntilEvent)
		}},
		{"until_at", "2.31(a)(7)", always, "consent.needs-until", func(c Consent, _ Rule) bool {
			return c.UntilAt.IsZero() && c.UntilEvent == "" && c.Purpose != "" && !mayBeOpen(c.Purpose)
		}},
		{"until_at", "2.31(a)(7)", always, "consent.until-past", func(c Consent, _ Rule) bool {
			return !c.UntilAt.IsZero() && !c.UntilAt.After(c.RecordedAt)
		}},
	}
}

func signed() []Element {
	return []Element{
		{"signed_as", "2.31(a)(1)", signing, "consent.needs-name", func(c Consent, _ Rule) bool { return c.SignedAs == "" }},
		{"discloser", "2.31(a)(2)", signing, "consent.needs-discloser", func(c Consent, _ Rule) bool { return c.Discloser == "" }},
		{"rights", "2.31(a)(6)", signing, "consent.needs-rights", func(c Consent, _ Rule) bool { return !field.Offered(Manners(), c.Rights) }},
		{"warned", "2.31(a)(10)", signing, "consent.needs-warning", func(c Consent, _ Rule) bool {
			return mayBeOpen(c.Purpose) && !c.Warned
		}},
		{"paper", "", signing, "consent.needs-paper", func(c Consent, _ Rule) bool { return c.How == Paper && c.Paper == "" }},
		{"language", "", signing, "consent.needs-language", func(c Consent, _ Rule) bool { return !field.Offered(Languages(), c.Language) }},
		{"copied", "", signing, "consent.needs-copy", func(c Consent, _ Rule) bool { return !field.Offered(Copies(), c.Copied) }},
		{"signer", "2.31(a)(8)", always, "consent.needs-signer", func(c Consent, _ Rule) bool { return !field.Offered(Signers(), c.Signer) }},
		{"signer", "2.14", always, "consent.minor-unsaid", func(c Consent, r Rule) bool { return r.minorUnsaid(c) }},
		{"signer", "2.14(b)(1)", always, "consent.minor-both", func(c Consent, r Rule) bool { return r.minorAlone(c) }},
		{"signer", "2.14(a)", always, "consent.minor-alone", func(c Consent, r Rule) bool { return r.minorWithParent(c) }},
		{"signer_why", "2.14, 2.15", always, "consent.needs-signer-why", func(c Consent, _ Rule) bool { return c.Signer != Own && c.SignerWhy == "" }},
		{"signer_name", "2.14, 2.15", always, "consent.needs-signer-name", func(c Consent, _ Rule) bool {
			return c.Signer != Own && c.Signer != Minor && c.SignerName == ""
		}},
	}
}

// sealedApart keeps a counsellor's notes by themselves, and an early consent
// narrow.
func sealedApart() []Element {
	return []Element{
		{"sort", "2.31(b)", always, "consent.notes-apart", func(c Consent, _ Rule) bool {
			return !field.Offered(Sorts(), c.Sort) || slices.Contains(c.What, Counsel) != (c.Sort == Notes) || c.Sort == Notes && len(c.What) > 1
		}},
		{"condition", "2.31(b)", always, "consent.no-condition", func(c Consent, _ Rule) bool { return c.Sort == Notes && c.Condition }},
		{"recipient_kind", "", always, "consent.early-named", func(c Consent, _ Rule) bool {
			return c.Early && (c.RecipientKind != Named || c.Purpose != scope.Treatment || c.Sort != General)
		}},
	}
}

// check refuses a consent that lacks an element, and names the first it lacks.
func check(c Consent, r Rule) error {
	lacks := lacking(c, r, c.signed() && !c.waits(), func(string) bool { return true })
	if len(lacks) > 0 {
		return errs.At("consent: check", lacks[0].Place, lacks[0].Say)
	}
	return nil
}

// Lack is one place where a consent lacks something, and the words for it.
type Lack struct{ Place, Say string }

// lacking lists what a consent lacks among the places that were asked, once for each
// place; whole is when it must have the elements of a signed one.
func lacking(c Consent, r Rule, whole bool, asked func(place string) bool) (out []Lack) {
	for _, e := range Elements() {
		named := slices.ContainsFunc(out, func(l Lack) bool { return l.Place == e.Place })
		if !named && (e.when == always || whole) && asked(e.Place) && e.missing(c, r) {
			out = append(out, Lack{e.Place, e.say})
		}
	}
	return out
}
