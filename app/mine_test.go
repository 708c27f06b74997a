package app

import (
	"net/http"
	"strings"
	"testing"

	"alongside/domain/access"
	"alongside/domain/consent"
	"alongside/domain/disclose"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/scope"
)

// person is a guest whose own account it is.
func (w *town) person() guest {
	w.Helper()
	g := w.guest("here", access.Participant, own)
	w.must(w.a.DB.Write(w.operator("here"), func(tx *db.Tx) error {
		return w.a.Door.Belong(tx, g.account, ref.Person(w.ids["here"]["person"]))
	}))
	return g
}

// see asks for a page and says what it must and must not say.
func (w *town) see(g guest, path string, says []string, not ...string) string {
	w.Helper()
	a := w.ask(g, http.MethodGet, path, nil)
	if a.status != http.StatusOK || a.header.Get("Cache-Control") != "no-store" {
		w.Errorf("%s: %d", path, a.status)
	}
	for _, s := range says {
		if !strings.Contains(a.body, s) {
			w.Errorf("%s does not say %q:\n%s", path, s, a.body)
		}
	}
	for _, s := range not {
		if strings.Contains(a.body, s) {
			w.Errorf("%s says %q", path, s)
		}
	}
	return a.body
}

// In three taps: my page, this one, yes. From the next question on it is obeyed.
func TestAPersonTakesItBackInThreeTaps(t *testing.T) {
	w := newTown(t)
	g := w.person()
	one := "/mine/consents/" + w.ids["here"]["consent"]
	w.see(g, "/mine", []string{"/mine/held", "/mine/looks", "/mine/receipts", "/mine/take", "/mine/leave", "/mine/allow"})
	w.see(g, "/mine", []string{one, "Zanzibarquay Clinic", "/leave", "No one outside was told anything"}, "Yellowmarsh")
	w.see(g, one, []string{one + "/take-back"})
	w.inForce(true, "before the third tap")
	if a := w.ask(g, http.MethodPost, one+"/take-back", nil); a.status != http.StatusSeeOther || a.header.Get("Location") != one {
		t.Errorf("the third tap: %d", a.status)
	}
	w.inForce(false, "after it")
	if c := w.consentOf(w.ids["here"]["consent"]); c.RevokedHow != consent.Self || c.RevokedBy != string(g.account) {
		t.Errorf("%+v", c)
	}
	w.see(g, one, []string{"You took it back", "Zanzibarquay Clinic", "is told nothing more"}, "Take it back?", one+"/take-back")
	w.see(g, "/mine", []string{"You have not allowed anything"}, one)
}

// Nobody else's page shows it, and nobody else can take it back.
func TestNobodySeesWhatIsAnothers(t *testing.T) {
	w := newTown(t)
	w.person()
	other := w.guest("here", access.Participant, own)
	one := "/mine/consents/" + w.ids["here"]["consent"]
	w.see(other, "/mine", []string{"You have not allowed anything"}, "Zanzibarquay Clinic")
	w.see(other, "/mine/looks", []string{"No one has looked yet"})
	none := w.ask(other, http.MethodGet, "/no/such/page", nil).like("/no/such/page")
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		path := one
		if method == http.MethodPost {
			path += "/take-back"
		}
		w.same(method+" of another's", w.ask(other, method, path, nil).like(path), none)
	}
	w.inForce(true, "after somebody else tried")
	err := w.a.DB.Write(w.operator("here"), func(tx *db.Tx) error {
		return w.a.Door.Belong(tx, other.account, ref.Person(w.ids["here"]["person"]))
	})
	if err == nil {
		t.Error("one person has two accounts")
	}
}

// Who looked, by work name, how often and what for; and what was told, an
// emergency too, which counts as told to the person once they have seen it.
func TestAPersonSeesWhoLookedAndWhatWasTold(t *testing.T) {
	w := newTown(t)
	g, peer := w.person(), w.guest("here", access.Peer, own)
	for range 3 {
		w.see(peer, "/consents/"+w.ids["here"]["person"], nil)
	}
	as := scope.With(w.Context(), scope.Scope{Tenant: string(w.orgs["here"].ID), Actor: string(peer.account), Role: access.Peer, Purpose: scope.Treatment})
	w.must(w.a.DB.Write(as, func(tx *db.Tx) error {
		_, err := w.a.Door.BreakGlass(tx, disclose.Emergency{
			Person: ref.Person(w.ids["here"]["person"]), ToWhom: "Dr Made-Up", Facility: "Mercy", Nature: "not breathing", Unable: "unconscious",
			Way: "spoken", Items: []disclose.Item{{Kind: consent.Name}},
		})
		return err
	}))
	w.see(g, "/mine", []string{"Dr Made-Up", "You could not be asked"}, "not breathing")
	w.see(g, "/mine/looks", []string{"peer of here", "looked 3 times", "told someone once", "Care and support", "You"}, string(peer.account), w.ids["here"]["person"])
	told := 0
	w.must(w.a.DB.Write(w.operator("here"), func(tx *db.Tx) error {
		lines, err := w.a.Door.Accounting(tx, ref.Person(w.ids["here"]["person"]), "all")
		for _, l := range lines {
			if !l.KnownAt.IsZero() {
				told++
			}
		}
		return err
	}))
	if told != 1 {
		t.Errorf("%d emergencies count as told to the person", told)
	}
}
