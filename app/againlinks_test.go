package app

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"alongside/domain/access"
	"alongside/domain/handoff"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/scope"
)

// A list whose end was cut off, or that is gone, is refused too: the keys beside it
// say how long it was.
func TestARestoreByAListThatWasCutIsRefused(t *testing.T) {
	w := newTown(t)
	peer := w.guest("here", access.Peer, own)
	c := w.copied()
	w.must(w.a.Access.Pause(w.operator("here"), peer.account))
	w.revoke()
	for name, harm := range map[string]func(path string, b []byte) error{
		"cut":  func(path string, b []byte) error { return os.Truncate(path, int64(bytes.IndexByte(b, '\n')+1)) },
		"gone": func(path string, _ []byte) error { return os.Remove(path) },
	} {
		keys := w.newest()
		path := filepath.Join(keys, string(w.orgs["here"].ID), "taken.log")
		b, err := os.ReadFile(path)
		w.must(err)
		w.must(harm(path, b))
		for _, by := range []copies{{keys: keys}, {keys: c.keys, data: keys}} {
			at := w.elsewhere()
			if _, err := restore(w.Context(), at, c.data, by.keys, by.data); !errors.Is(err, errLists) {
				t.Errorf("%s (ledgers %v): %v", name, by.data != "", err)
			}
		}
	}
}

// A link that was replaced since the copy was made, because a device was lost or a card
// was found, opens nothing after it was put back; what took its place opens.
func TestARestoreRevivesNoLink(t *testing.T) {
	w := newTown(t)
	org := string(w.orgs["here"].ID)
	outside := scope.With(w.Context(), scope.Scope{Tenant: org, Actor: "link:test", Purpose: scope.Treatment})
	service, site, h := ref.Destination(w.ids["here"]["service"]), ref.Site(w.ids["here"]["site"]), ref.Handoff(w.ids["here"]["handoff"])
	places := func(a *App) handoff.Places {
		p, err := a.Handoffs.Places(w.operator("here"))
		w.must(err)
		return p
	}
	old := places(w.a)
	device, err := w.a.Handoffs.Bind(outside, old.Desks[service], "press")
	w.must(err)
	c := w.copied()
	w.must(w.a.Handoffs.NewDesk(w.operator("here"), service))
	w.must(w.a.Handoffs.NewLink(w.operator("here"), site))
	w.must(w.a.Handoffs.NewLink(w.operator("here"), site))
	card := func(turn int64) (token string) {
		w.must(w.a.DB.Read(w.operator("here"), func(tx *db.Tx) error {
			token = handoff.OwnToken(tx, h, turn)
			return nil
		}))
		return token
	}
	lead := scope.With(w.Context(), scope.Scope{Tenant: org, Actor: string(w.guest("here", access.Coordinator, own).account), Role: access.Coordinator, Purpose: scope.Treatment})
	w.must(w.a.Handoffs.NewCard(lead, h))
	now := places(w.a)
	b, did := w.putBack(c.data, w.newest(), "")
	if did.Ended["links"] != 4 {
		t.Errorf("%+v", did)
	}
	d, err := b.Handoffs.DeskFor(outside, handoff.DeskKey{Token: old.Desks[service], Device: device})
	if !errs.Is(err, errs.NotFound) {
		t.Errorf("the lost device: bound %v, %v", d.Bound, err)
	}
	if _, err := b.Handoffs.SiteByLink(outside, old.Asks[site]); !errs.Is(err, errs.NotFound) {
		t.Errorf("the old link of a site: %v", err)
	}
	if _, err := b.Handoffs.OwnPage(outside, card(1)); !errs.Is(err, errs.NotFound) {
		t.Errorf("the card that was found: %v", err)
	}
	if _, err := b.Handoffs.OwnPage(outside, card(2)); err != nil {
		t.Errorf("the card that took its place: %v", err)
	}
	if p := places(b); p.Asks[site] != now.Asks[site] || p.Desks[service] != now.Desks[service] {
		t.Error("what took its place does not open")
	}
}

// A peer who was parted from somebody does not walk with them again.
func TestARestoreBringsNoPeerBack(t *testing.T) {
	w := newTown(t)
	peer := w.guest("here", access.Peer, own)
	person := walksWith(t, w.a, string(w.orgs["here"].ID), peer.account, people.Person{Name: "Quillfeather"})
	walkers := func(a *App) (n int) {
		w.must(a.DB.Read(w.operator("here"), func(tx *db.Tx) error {
			all, err := a.Day.Walkers(tx, person)
			n = len(all)
			return err
		}))
		return n
	}
	c := w.copied()
	w.must(w.a.DB.Write(w.operator("here"), func(tx *db.Tx) error { return w.a.Day.End(tx, person, peer.account) }))
	if b, _ := w.putBack(c.data, c.keys, ""); walkers(b) != 1 {
		t.Fatal("the test proves nothing: the copy has no walk")
	}
	if b, did := w.putBack(c.data, w.newest(), ""); walkers(b) != 0 || did.Ended["walks"] != 1 {
		t.Errorf("%d walk with them; %+v", walkers(b), did)
	}
}
