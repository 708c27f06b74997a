package app

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"alongside/domain/access"
	"alongside/domain/disclose"
	"alongside/domain/handoff"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/page"
	"alongside/platform/scope"
	"alongside/platform/seal"
)

// Leaving is said before it is done, and done at once.
func TestAPersonLeaves(t *testing.T) {
	w := newTown(t)
	g, person := w.walker()
	before := w.lines()
	w.see(g, "/mine/leave", []string{"can no longer be read", "Yes, I want to leave", "Goes at once"}, "Quillfeather")
	if a := w.ask(g, http.MethodPost, "/mine/leave", url.Values{}); a.status != http.StatusUnprocessableEntity {
		t.Errorf("without saying that they mean it: %d", a.status)
	}
	w.see(g, "/mine/held", []string{"Quillfeather note"})
	a := w.ask(g, http.MethodPost, "/mine/leave", url.Values{"sure": {"yes"}})
	if a.status != http.StatusOK || !strings.Contains(a.body, "You have left") {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if a := w.ask(g, http.MethodGet, "/mine/held", nil); !toSignIn(a) {
		t.Errorf("still signed in: %d", a.status)
	}
	w.unreadable(person, g.account)
	peer := w.guest("here", access.Peer, own)
	if a := w.ask(peer, http.MethodGet, "/board", nil); a.status != http.StatusOK || strings.Contains(a.body, "Quillfeather") {
		t.Errorf("the board: %d", a.status)
	}
	for g, want := range map[guest]int{peer: http.StatusNotFound, w.guest("here", access.Coordinator, own): http.StatusOK} {
		if a := w.ask(g, http.MethodGet, "/handoff/"+w.ids["here"]["handoff"], nil); a.status != want || strings.Contains(a.body, "Quillfeather") {
			t.Errorf("the hand-off: %d, want %d", a.status, want)
		}
	}
	if after := w.lines(); after != before {
		t.Errorf("%d hand-offs are counted, %d were", after, before)
	}
	if _, err := w.a.Access.Link(w.operator("here"), g.account, page.NewAct(noon())); err == nil {
		t.Error("a new sign-in link can be made for them")
	}
	w.must(w.a.Mine.EraseNow(w.operator("here"))) // again is no error
}

// Who left is told that nobody from here comes to them. So no coordinator is asked to
// find a peer for them, as is asked for somebody else whose walk ended.
func TestNobodyIsSoughtForWhoLeft(t *testing.T) {
	w := newTown(t)
	g, lead := w.person(), w.guest("here", access.Coordinator, own)
	w.guest("here", access.Peer, own)
	alone := w.ids[mates]["person"]
	w.must(w.a.DB.Write(w.operator("here"), func(tx *db.Tx) error { return w.a.Day.EndAll(tx, ref.Person(alone)) }))
	if a := w.ask(g, http.MethodPost, "/mine/leave", url.Values{"sure": {"yes"}}); a.status != http.StatusOK {
		t.Fatalf("leave: %d %s", a.status, a.body)
	}
	w.see(lead, "/coverage", []string{`value="` + alone + `"`}, w.ids["here"]["person"])
}

func (w *town) lines() (n int) {
	w.Helper()
	w.must(w.a.Handoffs.Lines(w.operator("here"), func(handoff.Line) error { n++; return nil }))
	return n
}

// unreadable checks that the keys are gone and that no cell of any table, nor
// what can be opened of it, holds a word of the person.
func (w *town) unreadable(person ref.Person, account ref.Account) {
	w.Helper()
	org := string(w.orgs["here"].ID)
	for _, subject := range []string{string(person), string(account)} {
		if _, err := w.a.Vault.Seal(org, subject, "x", []byte("x")); !errs.Is(err, errs.NotFound) {
			w.Errorf("%s: can still be sealed for: %v", subject, err)
		}
	}
	for _, cell := range w.cells(w.a.DB) {
		if strings.Contains(cell, "Quillfeather") || strings.Contains(cell, "555-0190") {
			w.Errorf("a cell says %.80q", cell)
		}
		if plain, err := w.a.Vault.Unseal(org, "handoff_event.note", []byte(cell)); err == nil && strings.Contains(string(plain), "Quillfeather") {
			w.Error("a sealed note can be opened")
		}
	}
}

// cells are all cells of all tables, as text.
func (w *town) cells(d *db.DB) (out []string) {
	w.Helper()
	w.must(d.Read(scope.AsSystem(w.Context(), "test"), func(tx *db.Tx) error {
		var tables []string
		rows, err := tx.SysQuery("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
		w.must(err)
		for rows.Next() {
			var name string
			w.must(rows.Scan(&name))
			tables = append(tables, name)
		}
		rows.Close()
		for _, t := range tables {
			rows, err := tx.SysQuery("SELECT * FROM " + t)
			w.must(err)
			cols, err := rows.Columns()
			w.must(err)
			for rows.Next() {
				row, into := make([]any, len(cols)), make([]any, len(cols))
				for i := range row {
					into[i] = &row[i]
				}
				w.must(rows.Scan(into...))
				for _, v := range row {
					switch v := v.(type) {
					case string:
						out = append(out, v)
					case []byte:
						out = append(out, string(v))
					}
				}
			}
			rows.Close()
		}
		return nil
	}))
	if len(out) < 100 {
		w.Errorf("only %d cells were read", len(out))
	}
	return out
}

// While a court's demand is open the words are kept, the page says the same, and
// they go when it is decided.
func TestACourtsDemandMakesTheErasureWait(t *testing.T) {
	w := newTown(t)
	g, person := w.walker()
	lead := w.guest("here", access.Supervisor, own)
	as := scope.With(w.Context(), scope.Scope{Tenant: string(w.orgs["here"].ID), Actor: string(lead.account), Role: access.Supervisor, Purpose: scope.Operations})
	var d disclose.Demand
	w.must(w.a.DB.Write(as, func(tx *db.Tx) (err error) {
		d, err = w.a.Door.Hold(tx, disclose.Demand{Kind: "police", FromWhom: "A made-up office", Person: person, Decider: lead.account, Quiet: true})
		return err
	}))
	w.see(g, "/mine/leave", nil, "court", "police", "demand")
	a := w.ask(g, http.MethodPost, "/mine/leave", url.Values{"sure": {"yes"}})
	if a.status != http.StatusOK || strings.Contains(a.body, "court") {
		t.Fatalf("%d %s", a.status, a.body)
	}
	org := string(w.orgs["here"].ID)
	if _, err := w.a.Vault.Seal(org, string(person), "x", []byte("x")); err != nil {
		t.Errorf("the key went while a demand was open: %v", err)
	}
	w.must(w.a.DB.Write(as, func(tx *db.Tx) error { return w.a.Door.Decide(tx, d.ID, disclose.Refuse, "", "") }))
	w.must(w.a.Mine.EraseNow(w.operator("here")))
	w.unreadable(person, g.account)
}

// An older copy is put back: who left since stays gone, cannot sign in, and what
// they allowed is not allowed.
func TestARestoreBringsNobodyBack(t *testing.T) {
	w := newTown(t)
	g, person := w.walker()
	backup, keys := t.TempDir(), t.TempDir()
	w.must(w.a.backUp(w.Context(), io.Discard, backup, ""))
	if a := w.ask(g, http.MethodPost, "/mine/leave", url.Values{"sure": {"yes"}}); a.status != http.StatusOK {
		t.Fatal(a.status)
	}
	w.must(w.a.Vault.CopyTo(keys))
	c := Config{Data: t.TempDir() + "/new", Clock: w.a.Clock, Log: w.a.Log, Origin: w.a.Origin}
	did, err := restore(w.Context(), c, backup, keys, "")
	if err != nil || did.Erased != 1 {
		t.Fatalf("%+v, %v", did, err)
	}
	b, err := Open(w.Context(), c)
	w.must(err)
	defer b.Close()
	old := w.a
	w.a = b
	w.unreadable(person, g.account)
	if _, err := b.Access.Link(w.operator("here"), g.account, page.NewAct(noon())); err == nil {
		t.Error("they can sign in again")
	}
	w.a = old
	if did, err := restore(w.Context(), c, backup, keys, ""); err != errNotEmpty {
		t.Errorf("a restore writes over data: %+v %v", did, err)
	}
}

// In an older copy sign-ins and links stand again that ended since: nobody comes in by
// them.
func TestARestoreSignsEveryoneOut(t *testing.T) {
	w := newTown(t)
	g := w.guest("here", access.Peer, own)
	link, err := w.a.Access.Link(w.operator("here"), g.account, page.NewAct(noon()))
	w.must(err)
	backup, keys := t.TempDir(), t.TempDir()
	w.must(w.a.backUp(w.Context(), io.Discard, backup, keys))
	w.must(w.a.Access.Pause(w.operator("here"), g.account))
	c := Config{Data: t.TempDir() + "/new", Clock: w.a.Clock, Log: w.a.Log, Origin: w.a.Origin}
	if _, err := restore(w.Context(), c, backup, keys, ""); err != nil {
		t.Fatal(err)
	}
	b, err := Open(w.Context(), c)
	w.must(err)
	defer b.Close()
	if _, err := b.Access.OpenLink(w.Context(), link.Token, page.NewAct(noon()), access.Device{}); !errs.Is(err, errs.NotFound) {
		t.Errorf("a link that was withdrawn opens: %v", err)
	}
	r := httptest.NewRequest(http.MethodGet, "/board", nil)
	r.AddCookie(&http.Cookie{Name: "__Host-alongside", Value: g.cookie})
	b.Access.Middleware(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if _, in := access.Current(r.Context()); in {
			t.Error("a sign-in that was ended is there again")
		}
	})).ServeHTTP(httptest.NewRecorder(), r)
}

// The keys' copy is older than the erasure: what is left of the newer ledger is
// carried over before anything opens.
func TestARestoreAppliesANewerLedger(t *testing.T) {
	w := newTown(t)
	g, person := w.walker()
	backup, keys, left := t.TempDir(), t.TempDir(), t.TempDir()
	w.must(w.a.backUp(w.Context(), io.Discard, backup, keys))
	if a := w.ask(g, http.MethodPost, "/mine/leave", url.Values{"sure": {"yes"}}); a.status != http.StatusOK {
		t.Fatal(a.status)
	}
	org := string(w.orgs["here"].ID)
	ledger, err := os.ReadFile(filepath.Join(w.a.keys(), org, "erasures.log"))
	w.must(err)
	w.must(os.MkdirAll(filepath.Join(left, org), 0o700))
	w.must(os.WriteFile(filepath.Join(left, org, "erasures.log"), ledger, 0o600))
	without := Config{Data: t.TempDir() + "/a", Clock: w.a.Clock, Log: w.a.Log, Origin: w.a.Origin}
	if did, err := restore(w.Context(), without, backup, keys, ""); err != nil || did.Erased != 0 {
		t.Fatalf("the test proves nothing: %+v %v", did, err)
	}
	with := Config{Data: t.TempDir() + "/b", Clock: w.a.Clock, Log: w.a.Log, Origin: w.a.Origin}
	if did, err := restore(w.Context(), with, backup, keys, left); err != nil || did.Erased != 1 {
		t.Fatalf("%+v, %v", did, err)
	}
	v, err := seal.OpenWith(with.vault())
	w.must(err)
	defer v.Close()
	if _, err := v.Seal(org, string(person), "x", []byte("x")); !errs.Is(err, errs.NotFound) {
		t.Errorf("the key came back: %v", err)
	}
}

// A copy with one byte changed, or with another's keys, is refused.
func TestADamagedBackupIsRefused(t *testing.T) {
	w := newTown(t)
	backup, keys := t.TempDir(), t.TempDir()
	w.must(w.a.backUp(w.Context(), io.Discard, backup, keys))
	names, err := filepath.Glob(filepath.Join(backup, "*.db"))
	w.must(err)
	text, err := os.ReadFile(names[0])
	w.must(err)
	text[len(text)/2] ^= 1
	w.must(os.WriteFile(names[0], text, 0o600))
	c := Config{Data: t.TempDir() + "/a", Clock: w.a.Clock, Log: w.a.Log, Origin: w.a.Origin}
	if _, err := restore(w.Context(), c, backup, keys, ""); !errors.Is(err, errDamaged) {
		t.Errorf("%v", err)
	}
}
