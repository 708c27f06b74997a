package consent

import (
	"cmp"
	"slices"

	"alongside/domain/tenant"
	"alongside/platform/db"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// Minority is what a form says of signatures of people who are not of age.
type Minority struct {
	ByState bool // the law asks what the law of the state is
	tenant.Minors
}

// MinorsHere is that of the organisation of the transaction.
func MinorsHere(tx *db.Tx) (Minority, error) {
	r, err := rule(tx)
	if err != nil || !r.ByState {
		return Minority{}, err
	}
	said, err := tenant.MinorsOf(tx)
	return Minority{true, said}, err
}

// signer is the question who signs, without the answers that the state's law
// does not take, and with the sentence that says what it asks.
func signer(v *page.View, m Minority, value string, problems []page.Problem) ui.ChoiceProps {
	p := choices(v, "signer", cmp.Or(value, Own), problems)
	if !m.ByState {
		return p
	}
	r := Rule{ByState: true, Minors: m.Signs}
	p.Options = slices.DeleteFunc(p.Options, func(o ui.OptionProps) bool {
		c := Consent{Signer: o.Value}
		return r.minorAlone(c) || r.minorWithParent(c)
	})
	if p.Hint = v.T("consent.minor-unsaid"); m.Signs != "" {
		p.Hint = v.T("consent.minor-says", "Says", ui.Apart(m.Says))
	}
	return p
}
