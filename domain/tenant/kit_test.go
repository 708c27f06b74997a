package tenant

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"alongside/platform/errs"
	"alongside/platform/i18n"
	"alongside/platform/seal"
)

func catalogue(t *testing.T) *i18n.Catalogue {
	t.Helper()
	c, err := i18n.Load(i18n.Source{Prefix: "tenant", FS: Words()})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func asError(err error, e **errs.Error) bool { return errors.As(err, e) }

// The sheets as they are printed, in each language, bring lost keys back.
func TestSheetsBringLostKeysBack(t *testing.T) {
	dir := t.TempDir()
	v, err := seal.Create(dir)
	if err == nil {
		err = v.CreateTenant("t1")
	}
	if err != nil {
		t.Fatal(err)
	}
	subject, err := v.NewSubject("t1")
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := v.Seal("t1", subject, "a.b", []byte("note"))
	if err != nil {
		t.Fatal(err)
	}
	kit, err := v.Kit("t1")
	if err != nil {
		t.Fatal(err)
	}
	kit.Name = "3 ACEHKMPRTWXY3479ACEHKMPRT" // a name that looks like a line of a share
	for _, lang := range i18n.Langs() {
		sheets := Sheets(kit, catalogue(t).In(lang))
		for _, key := range []string{"root.key", "t1/tenant.key"} {
			if err := os.Remove(filepath.Join(dir, "keys", key)); err != nil {
				t.Fatal(err)
			}
		}
		if err := seal.Recover(dir, "t1", sheets[1].Text(), sheets[0].Text()); err != nil {
			t.Fatalf("%s: %v\n%s", lang, err, sheets[0].Text())
		}
		again, err := seal.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		if plain, err := again.Unseal("t1", "a.b", sealed); err != nil || string(plain) != "note" {
			t.Fatalf("%s: %q, %v", lang, plain, err)
		}
		again.Close()
	}
}

func TestPageSaysEverything(t *testing.T) {
	v, err := seal.Create(t.TempDir())
	if err == nil {
		err = v.CreateTenant("t1")
	}
	if err != nil {
		t.Fatal(err)
	}
	kit, err := v.Kit("t1")
	if err != nil {
		t.Fatal(err)
	}
	kit.Name = `<b>Åse & Co</b>`
	for _, lang := range i18n.Langs() {
		page := Page(kit, catalogue(t).In(lang))
		for _, want := range []string{`lang="` + string(lang) + `" dir="` + lang.Dir() + `"`, "&lt;b&gt;Åse &amp; Co&lt;/b&gt;", kit.Made.UTC().Format("2006-01-02")} {
			if !strings.Contains(page, want) {
				t.Errorf("%s: no %q", lang, want)
			}
		}
		for _, line := range append(kit.A.Lines(), kit.B.Lines()...) {
			row := "<td>" + strings.Join(strings.Fields(line)[1:], "</td>\n<td>") + "</td>"
			if !strings.Contains(page, row) {
				t.Errorf("%s: the page lacks line %s", lang, line)
			}
		}
		if strings.Contains(page, "⟦") || strings.Contains(page, "src=") || strings.Contains(page, "href=") {
			t.Errorf("%s: a word is missing, or the page needs another file", lang)
		}
	}
}

// Making a kit is refused in the words of absence for an organisation that is
// not here, and without keys nothing is recorded.
func TestKitWithoutKeys(t *testing.T) {
	onBoth(t, func(t *testing.T, ctx context.Context, s *Service) {
		o := make1(t, ctx, s, "Riverside", "GB", "Europe/London")
		if err := s.Vault.EndTenant(string(o.ID)); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Kit(ctx, o.ID); err == nil {
			t.Fatal("a kit without keys")
		}
	})
}
