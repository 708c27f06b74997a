package app

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"alongside/domain/access"
	"alongside/domain/disclose"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/page"
)

// An order of a court, from the first word to what left: it is written down, the
// named person decides to obey, writes down what was told, and the account says
// so. Nobody else can, a second press tells nothing twice, and a subpoena alone
// never comes so far.
func TestAnOrderIsObeyedOnAPage(t *testing.T) {
	w := newTown(t)
	lead, other := w.guest("here", access.Supervisor, own), w.guest("here", access.Supervisor, own)
	person := w.ids["here"]["person"]
	post := func(g guest, path string, f url.Values) answer {
		f.Set("act", page.NewAct(noon()))
		return w.ask(g, http.MethodPost, path, f)
	}
	post(lead, "/demands", url.Values{"person": {person}, "kind": {"court-order"}, "from_whom": {"Plumtree Court"}, "at-hand": {"ordered"}, "decider": {string(lead.account)}})
	path := regexp.MustCompile(`/demands/[0-9a-z]+/decide`).FindString(w.see(lead, "/demands", []string{"Plumtree Court"}))
	obey := strings.TrimSuffix(path, "decide") + "obey"
	told := func() url.Values { return url.Values{"told": {"name"}, "way": {"print"}} }
	if a := post(lead, obey, told()); a.status != http.StatusNotFound {
		t.Errorf("told before it was decided: %d", a.status)
	}
	if a := post(lead, path, url.Values{"decision": {disclose.Comply}, "basis": {"42 CFR 2.64"}}); a.status != http.StatusSeeOther {
		t.Fatalf("%d %s", a.status, a.body)
	}
	w.see(lead, "/demands", []string{obey, "what was told", "The person sees it"})
	w.see(other, "/demands", nil, obey)
	if a := post(other, obey, told()); a.status != http.StatusNotFound {
		t.Errorf("told by another: %d", a.status)
	}
	if a := post(lead, obey, url.Values{"way": {"print"}}); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, obey) {
		t.Errorf("nothing named: %d", a.status)
	}
	f := told()
	post(lead, obey, f)
	if a := w.ask(lead, http.MethodPost, obey, f); a.status != http.StatusSeeOther {
		t.Errorf("pressed twice: %d", a.status)
	}
	w.see(lead, "/demands", nil, obey)
	w.must(w.a.DB.Write(w.operator("here"), func(tx *db.Tx) error {
		lines, err := w.a.Door.Accounting(tx, ref.Person(person), "all")
		if len(lines) != 1 || lines[0].Basis != disclose.ByOrder || lines[0].Name != "Plumtree Court" {
			t.Errorf("the account: %+v", lines)
		}
		return err
	}))
}
