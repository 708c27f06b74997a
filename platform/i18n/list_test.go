package i18n_test

import (
	"testing"

	"alongside/platform/i18n"
)

func TestAListHasTheCommaOfItsLanguage(t *testing.T) {
	c, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	for lang, want := range map[i18n.Lang]string{i18n.English: "a, b", i18n.Spanish: "a, b", i18n.Arabic: "a، b"} {
		if got := c.In(lang).List([]string{"a", "b"}); got != want {
			t.Errorf("%s: %q, want %q", lang, got, want)
		}
	}
}
