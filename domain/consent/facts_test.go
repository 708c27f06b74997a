package consent_test

import (
	"slices"
	"testing"

	"alongside/domain/consent"
	"alongside/platform/i18n"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// A copy speaks to the person who gave the consent. Where someone else signed for them,
// it does not say that they signed, read or heard it themselves; and a minor who signed
// alone is not told that someone else did.
func TestACopySaysWhoSigned(t *testing.T) {
	all, err := i18n.Load(i18n.Source{Prefix: "consent", FS: consent.Words()})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		signer    string
		says, not []string
	}{
		{consent.Own, []string{"You signed on a screen", "You read it", "You"}, []string{"They signed on a screen"}},
		{consent.Minor, []string{"You signed on a screen", "You, not yet of age", "Why this signature counts"}, []string{"Why someone else may sign for you"}},
		{consent.MinorAndParent, []string{"You signed on a screen", "You, not yet of age, and a parent"}, nil},
		{consent.Guardian, []string{"They signed on a screen", "They read it", "Someone who decides for you"}, []string{"You signed on a screen", "You read it"}},
		{consent.Representative, []string{"They signed on a screen", "They read it"}, []string{"You signed on a screen", "You read it"}},
	} {
		s := consent.Shown{Consent: consent.Consent{
			RecipientKind: consent.Named, How: consent.Signed, Rights: consent.Read, Warned: true, Copied: "page", Language: "en",
			Signer: c.signer, SignerName: "Made-Up Guardian", SignerWhy: "A made-up reason.",
		}}
		v := &page.View{Words: all.In(i18n.English), Lang: i18n.English}
		facts := s.All(v)
		has := func(words string) bool {
			return slices.ContainsFunc(facts, func(f ui.Fact) bool { return f.Label == words || f.Value == words })
		}
		for _, words := range c.says {
			if !has(words) {
				t.Errorf("%s: the copy does not say %q: %v", c.signer, words, facts)
			}
		}
		for _, words := range c.not {
			if has(words) {
				t.Errorf("%s: the copy says %q", c.signer, words)
			}
		}
	}
}
