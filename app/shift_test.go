package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"alongside/domain/engagement"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/browsertest"
	"alongside/platform/db"
	"alongside/platform/id"
	"alongside/platform/scope"
)

// A whole shift on one phone, 360 wide. The network is cut three times, once so
// that what was sent arrives and its answer does not. A tab is killed with notes
// waiting, and once while one is being sent. In the middle of it the phone goes
// to a colleague, while notes of Rosa's wait on it. At the end each note is there
// once, in the order it was written, under the name of who wrote it.
func TestAWholeShift(t *testing.T) {
	y := newYard(t)
	ines, starling := y.another("Ada", "Starlingmoor")
	_, plover := y.another("Rosa", "Plovermead")
	hand := browsertest.Open(t, browsertest.Browser(t), y.addr, browsertest.Options{})
	y.comeIn(hand, "Rosa")
	y.writeOf(hand, y.person, "1 by the pond, with a network")

	tab := y.alone(hand, plover)

	// The phone is handed on; what waits is Rosa's.
	tab.Click(`form[action="/sign-out"] button`)
	y.cut.Store(false)
	y.comeIn(tab, "Ada")
	y.waits(tab, 0)
	if all := tab.Text("body"); strings.Contains(all, "Zebrafinch") || strings.Contains(all, "Plovermead") {
		t.Errorf("Ines sees whom Rosa walks with: %s", all)
	}
	y.cut.Store(true)
	y.writeOf(tab, starling, "8 by a colleague, in the yard")
	y.waits(tab, 1)
	tab.Close()
	y.cut.Store(false)
	tab = y.beside(hand)
	y.waits(tab, 0)
	tab.Click(`form[action="/sign-out"] button`)
	y.comeIn(tab, "Rosa")
	y.waits(tab, 0)
	y.nothingPlain(tab, "sent")

	y.inOrder(y.rosa, y.person, "1 by the pond, with a network", "2 in the cellar", "still in the cellar",
		"4 in the lift, no answer came", "6 on the stairs", "7 at the door")
	y.inOrder(y.rosa, plover, "3 in the cellar, of another", "5 in the lift, no answer came")
	y.inOrder(ines, starling, "8 by a colleague, in the yard")
	for name, who := range map[string]context.Context{"Rosa": y.rosa, "Ines": ines} {
		if list, err := y.a.Outbox.Kept(who); err != nil || len(list.Waiting) != 0 {
			t.Errorf("%d of %s’s wait for a person, %v", len(list.Waiting), name, err)
		}
	}
}

// alone is Rosa's part of the shift, until the phone is handed on with four of
// her notes on it.
func (y *yard) alone(hand *browsertest.Page, other ref.Person) *browsertest.Page {
	y.Helper()
	// A cellar: two notes, the tab is killed, another begins.
	y.cut.Store(true)
	tab := y.beside(hand)
	y.writeOf(tab, y.person, "2 in the cellar")
	y.writeOf(tab, other, "3 in the cellar, of another")
	tab.Close()
	tab = y.beside(hand)
	y.waits(tab, 2)
	y.writeOf(tab, y.person, "still in the cellar")
	y.waits(tab, 3)
	y.cut.Store(false)
	tab.Go(y.addr + "/today")
	y.waits(tab, 0)

	// A lift: it arrives, the answer does not, and the tab is killed.
	y.deaf.Store(true)
	y.writeOf(tab, y.person, "4 in the lift, no answer came")
	y.waits(tab, 1)
	y.writeOf(tab, other, "5 in the lift, no answer came")
	tab.Close()
	tab = y.beside(hand)
	y.waits(tab, 2)
	y.cut.Store(true)
	y.deaf.Store(false)
	y.writeOf(tab, y.person, "6 on the stairs")
	y.writeOf(tab, y.person, "7 at the door")
	y.waits(tab, 4)
	y.nothingPlain(tab, "waiting")
	return tab
}

// beside is another tab of the same phone, at Today, after it met the network or
// found none. The first one stands by, as a browser does.
func (y *yard) beside(hand *browsertest.Page) *browsertest.Page {
	y.Helper()
	hand.Go("about:blank")
	tab := hand.Tab(y.addr + "/today")
	met(tab)
	return tab
}

// waits: so many of whoever is signed in wait on the phone.
func (y *yard) waits(p *browsertest.Page, n int) {
	y.Helper()
	p.WaitFor(fmt.Sprintf(`document.querySelectorAll('[data-resting] li[data-state="waiting"]').length === %d && document.documentElement.dataset.met === "yes"`, n))
}

// another is a peer, made if there is none of that name, who walks with someone
// whom they promised to call.
func (y *yard) another(name, person string) (context.Context, ref.Person) {
	y.Helper()
	who := y.rosa
	if name != "Rosa" {
		sc := mustScope(y.rosa)
		sc.Actor = string(y.invite(name))
		who = scope.With(y.Context(), sc)
	}
	var out ref.Person
	y.must(y.a.DB.Write(who, func(tx *db.Tx) error {
		p, err := people.New().Add(tx, people.Person{Name: person})
		out = p.ID
		if err != nil {
			return err
		}
		return y.a.Day.Begin(tx, p.ID, ref.Account(mustScope(who).Actor))
	}))
	_, err := y.a.Day.Note(who, engagement.Contact{
		SentAs: id.New(time.Now()), Person: out, Way: engagement.Call, Reached: true, Minutes: 5,
		Next: "i_call", NextAt: time.Now().Add(time.Hour), Note: "0 before the shift",
	})
	y.must(err)
	return who, out
}

// inOrder: these notes and no others were written of a person after the first,
// each once, in this order, by whoever reads.
func (y *yard) inOrder(who context.Context, person ref.Person, want ...string) {
	y.Helper()
	c, err := y.a.Day.With(who, person)
	y.must(err)
	slices.SortFunc(c.Contacts, func(a, b engagement.Noted) int {
		return cmp.Or(a.NotedAt.Compare(b.NotedAt), cmp.Compare(a.ID, b.ID))
	})
	var got []string
	for _, n := range c.Contacts[1:] {
		got = append(got, n.Note)
		if string(n.Peer) != mustScope(who).Actor || len(n.By) > 0 || n.Apart {
			y.Errorf("%q is by %s, corrected by %v, apart %v", n.Note, n.Peer, n.By, n.Apart)
		}
	}
	if !slices.Equal(got, want) {
		y.Errorf("on record:\n%s\nwritten:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	began := slices.IsSortedFunc(c.Contacts[1:], func(a, b engagement.Noted) int { return a.StartedAt.Compare(b.StartedAt) })
	if !began {
		y.Error("what was written later began earlier")
	}
}
