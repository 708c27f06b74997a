package app

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"alongside/domain/access"
	"alongside/domain/tenant"
	"alongside/platform/db"
)

// An administrator decides on a page which law binds, who signs when somebody is not of
// age, and by which clock it goes. What is refused is said where it was typed, and typed
// words stay; the same form twice is one decision.
func TestAnAdministratorDecidesOnAPage(t *testing.T) {
	w := newTown(t)
	g := w.guest("here", access.Administrator, own)
	post := func(what string, f url.Values) answer { return w.ask(g, http.MethodPost, "/organisation/"+what, f) }
	w.see(g, "/organisation", []string{"42 CFR Part 2 and HIPAA", "It is the law of your country", "Not said yet. Under Part 2 no minor can sign", "UTC"})
	for _, c := range []struct {
		what, field, says string
		form              url.Values
	}{
		{"law", "why", "Say in a sentence why this law", url.Values{"regime": {tenant.HIPAAOnly}, "why": {"because so"}}},
		{"law", "regime", "", url.Values{"regime": {"mine"}, "why": {"because so"}}},
		{"minors", "says", "Say in a sentence what the law of your state asks", url.Values{"signs": {tenant.MinorBoth}, "says": {"because so"}}},
		{"clock", "zone", "Give the time zone by its name", url.Values{"zone": {"because so"}}},
	} {
		a := post(c.what, c.form)
		if a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, `href="#f-`+c.field+`"`) || !strings.Contains(a.body, c.says) || !strings.Contains(a.body, "because so") || strings.Count(a.body, `id="problems"`) != 1 {
			t.Errorf("%s without its %s: %d", c.what, c.field, a.status)
		}
	}
	law := url.Values{"regime": {tenant.HIPAAOnly}, "why": {"Our lawyer read it: no federal help."}}
	for _, send := range []struct {
		what string
		form url.Values
	}{{"law", law}, {"law", law}, {"minors", url.Values{"signs": {tenant.MinorBoth}, "says": {"Until eighteen a parent signs as well."}}}, {"clock", url.Values{"zone": {"America/New_York"}}}} {
		if a := post(send.what, send.form); a.status != http.StatusSeeOther {
			t.Errorf("%s: %d", send.what, a.status)
		}
	}
	w.see(g, "/organisation", []string{"HIPAA only", "Our lawyer read it", "They sign with a parent", "Until eighteen a parent signs as well.", "America/New_York"}, "Not said yet")
	all, err := w.a.Tenants.Rulings(w.operator("here"), w.orgs["here"].ID)
	w.must(err)
	w.must(w.a.DB.Read(w.operator("here"), func(tx *db.Tx) error {
		law, err := tenant.RegimeOf(tx)
		if law != tenant.HIPAAOnly || len(all) != 1 || all[0].By != string(g.account) {
			t.Errorf("%q binds, by %+v", law, all)
		}
		return err
	}))
	there := w.guest("there", access.Administrator, own)
	w.see(there, "/organisation", []string{"It is the law of your country", "Each state has its own rule"}, "Our lawyer")
	if a := w.ask(there, http.MethodPost, "/organisation/law", law); a.status != http.StatusSeeOther {
		t.Errorf("the law of the other: %d", a.status)
	}
	w.see(there, "/organisation", []string{"HIPAA only"}, "Each state has its own rule", "Not said yet")
}

// Two have the page open. Who decides second reads what the first decided before theirs
// takes its place; with the page as it stands then, it does.
func TestADecisionSinceIsNotUndone(t *testing.T) {
	w := newTown(t)
	g := w.guest("here", access.Administrator, own)
	lastRead := func() (law, minors string) {
		t.Helper()
		found := regexp.MustCompile(`name="last" value="([^"]*)"`).FindAllStringSubmatch(w.ask(g, http.MethodGet, "/organisation", nil).body, -1)
		if len(found) != 2 {
			t.Fatalf("%d forms say what was decided last", len(found))
		}
		return found[0][1], found[1][1]
	}
	send := func(what, last string, f url.Values) answer {
		f.Set("last", last)
		return w.ask(g, http.MethodPost, "/organisation/"+what, f)
	}
	for _, c := range []struct {
		what          string
		first, second url.Values
	}{
		{ // first: another law asks nothing of minors that was not said already
			"minors",
			url.Values{"signs": {tenant.MinorBoth}, "says": {"Until eighteen a parent signs as well."}},
			url.Values{"signs": {tenant.MinorAlone}, "says": {"Somebody else thought so: alone."}},
		},
		{
			"law",
			url.Values{"regime": {tenant.GDPR}, "why": {"We moved, in a made-up town."}},
			url.Values{"regime": {tenant.NoRegime}, "why": {"Somebody else thought so."}},
		},
	} {
		pick := func() string {
			law, minors := lastRead()
			return map[string]string{"law": law, "minors": minors}[c.what]
		}
		before := pick()
		if a := send(c.what, before, c.first); a.status != http.StatusSeeOther {
			t.Fatalf("%s: %d", c.what, a.status)
		}
		if a := send(c.what, before, c.second); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "Someone decided this since") || !strings.Contains(a.body, "Somebody else thought so") {
			t.Errorf("%s: the second, with the page of before: %d", c.what, a.status)
		}
		if a := send(c.what, pick(), c.second); a.status != http.StatusSeeOther {
			t.Errorf("%s: the second, with the page of now: %d", c.what, a.status)
		}
	}
}
