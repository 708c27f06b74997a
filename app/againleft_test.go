package app

import (
	"testing"

	"alongside/domain/access"
	"alongside/domain/mine"
	"alongside/domain/people"
	"alongside/platform/db"
)

// Somebody who ended texts and then left since the copy was made stops no restore: they
// are let go of again, and there is nothing left to shut.
func TestWhoShutAWayAndLeftStopsNoRestore(t *testing.T) {
	w := newTown(t)
	peer := w.guest("here", access.Peer, own)
	person := walksWith(t, w.a, string(w.orgs["here"].ID), peer.account, people.Person{Name: "Wigeon", Phone: "555-0190", Texts: true})
	c := w.copied()
	w.must(w.change(person, func(p *people.Person) { p.Texts = false }))
	w.must(w.a.DB.Write(w.operator("here"), func(tx *db.Tx) error { return w.a.Mine.Leave(tx, person, mine.WhyAsked) }))
	w.must(w.a.Mine.EraseNow(w.operator("here")))
	_, did := w.putBack(c.data, w.newest(), "")
	if did.Erased != 1 || did.Ended["ways to reach somebody"] != 0 {
		t.Errorf("%+v", did)
	}
}
