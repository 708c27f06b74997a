package alongside_test

import (
	"slices"
	"strings"
)

// library is a module that others wrote: where it may be imported, and why we
// have it. One that is not here is refused; so is a row nobody uses.
type library struct {
	path, folders, why string
}

func libraries() []library {
	return []library{
		{"github.com/SherClockHolmes/webpush-go", "platform/notify", "notifications of a browser, sealed for it alone (RFC 8291)"},
		{"github.com/a-h/templ", "platform/page surface domain", "pages as typed functions: a page cannot forget an argument"},
		{"github.com/alexedwards/argon2id", "domain/access", "the standard's way to keep a password"},
		{"github.com/boombuler/barcode", "platform/page", "the square that a camera reads: on a card, or for an app for codes"},
		{"github.com/cedar-policy/cedar-go", "domain/access", "policy that a compliance officer can read"},
		{"github.com/chromedp/cdproto", "platform/browsertest", "drives Chromium in tests"},
		{"github.com/chromedp/chromedp", "platform/browsertest", "drives Chromium in tests"},
		{"github.com/go-json-experiment/json", "platform/fhir platform/strictjson domain/handoff", "reads JSON a piece at a time and says where it stopped"},
		{"github.com/go-webauthn/webauthn", "domain/access", "passkeys"},
		{"github.com/hbollon/go-edlib", "domain/people platform/guess", "how many slips of the pen lie between two words"},
		{"github.com/jackc/pgx/v5", "platform/db", "PostgreSQL through database/sql"},
		{"github.com/ncruces/go-sqlite3", "platform/db tool/bench", "SQLite without cgo, encrypted"},
		{"github.com/nicksnyder/go-i18n/v2", "platform/i18n", "plural rules of every language"},
		{"github.com/realclientip/realclientip-go", "surface/web", "who asks, as the proxies in front wrote it: a header that is often read wrongly"},
		{"github.com/pquerna/otp", "domain/access", "one-time codes"},
		{"github.com/pressly/goose/v3", "platform/db", "migrations, one table of versions a domain"},
		{"github.com/prometheus/client_golang", "surface/web", "figures for those who run it"},
		{"github.com/emersion/go-ical", "platform/ical", "calendars that every phone reads (RFC 5545)"},
		{"github.com/emersion/go-smtp", "platform/notify", "a mail server of the tests own"},
		{"github.com/rogpeppe/go-internal", "...", "journeys at the command line as texts, in tests"},
		{"github.com/wneessen/go-mail", "platform/notify", "e-mail by SMTP"},
		{"golang.org/x/crypto", "platform/tlsauto", "certificates that renew themselves (ACME)"},
		{"golang.org/x/mod", "domain/audit", "the Merkle log that Go itself relies on"},
		{"golang.org/x/net", "...", "reads the forms of a page, in tests"},
		{"golang.org/x/sys", "platform/seal platform/db", "file locks on Windows"},
		{"golang.org/x/text", "platform/i18n platform/fold domain", "languages, and letters folded alike"},
		{"gonum.org/v1/gonum", "platform/stat", "distributions and matrices"},
		{"lukechampine.com/adiantum", "platform/db", "the cipher of the database, to look at a page without SQLite"},
		{"pgregory.net/rapid", "...", "properties tried on many made-up inputs, in tests"},
	}
}

func libraryRules() []rule {
	return []rule{{
		name:  "libraries have a place",
		why:   "a library used in one folder can be changed in one folder; libraries() in conventions_libraries_test.go has the rows",
		check: checkLibraries,
		bad: []string{
			"-- domain/x/x.go --\npackage x\nimport _ \"example.org/unknown\"\n",
			"-- domain/x/x.go --\npackage x\nimport _ \"github.com/ncruces/go-sqlite3\"\n",
		},
		good: []string{"-- platform/x/x.go --\npackage x\nimport _ \"net/http\"\n"},
	}}
}

func checkLibraries(t *tree) []finding {
	var out []finding
	whole := t.file("Makefile") != nil
	used := map[string]bool{}
	eachImport(t, func(s *source, line int, to string) {
		if first, _, _ := strings.Cut(to, "/"); !strings.Contains(first, ".") {
			return
		}
		i := slices.IndexFunc(libraries(), func(l library) bool { return to == l.path || strings.HasPrefix(to, l.path+"/") })
		if i < 0 {
			out = append(out, found(s.path+" "+to, line, "%s has no row", to))
			return
		}
		l := libraries()[i]
		used[l.path] = true
		if !s.isTest() && !s.generated && !slices.ContainsFunc(strings.Fields(l.folders), s.isIn) {
			out = append(out, found(s.path+" "+to, line, "%s belongs in %s", l.path, l.folders))
		}
	})
	for _, l := range libraries() {
		if whole && !used[l.path] {
			out = append(out, found("libraries "+l.path, 0, "nobody imports %s", l.path))
		}
	}
	return out
}

// isIn reports whether the file lies in a folder, "..." being any.
func (s *source) isIn(dir string) bool { return dir == "..." || s.under(dir) }
