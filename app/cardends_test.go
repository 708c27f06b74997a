package app

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/domain/audit"
	"alongside/domain/handoff"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/page"
	"alongside/platform/scope"
)

// Two people were taken for one, and the card that one of them was handed opens what is
// held of the other: once they are two again it opens nothing, and whoever came in by it
// is out. A card that is made later stays, however often it is said that they are two.
func TestACardOfThoseWhoAreTwoAgainIsVoid(t *testing.T) {
	w := newTown(t)
	one, two := w.someone("Kittiwake"), w.someone("Dunlin")
	w.cardFor(one, "Blue Heron")
	lead := scope.With(w.Context(), scope.Scope{
		Tenant: string(w.orgs["here"].ID), Actor: string(w.account("here", access.Coordinator, "Cora")), Role: access.Coordinator, Purpose: scope.Treatment,
	})
	w.must(w.a.Registry.Join(lead, one, two))
	wrong := w.cardFor(two, "Red Kite")
	in, err := w.byCard("Red Kite", wrong)
	w.must(err)
	var merge string
	w.must(w.a.DB.Read(lead, func(tx *db.Tx) error {
		return tx.Row("SELECT merge FROM people_merge WHERE tenant = $1 AND joined = $2", two).Scan(&merge)
	}))
	w.a.Clock.(*clock.Fake).Add(time.Minute)
	_, err = w.a.Registry.Undo(lead, merge)
	w.must(err)
	if _, err := w.byCard("Red Kite", wrong); !errs.Is(err, errs.Invalid) {
		t.Errorf("it still opens: %v", err)
	}
	if got := w.ask(guest{in.Account, in.Session, in.Token}, http.MethodGet, "/mine", nil); !toSignIn(got) {
		t.Errorf("whoever came in by it is there still: %d", got.status)
	}
	later := w.cardFor(one, "Blue Heron")
	_, err = w.a.Registry.Undo(lead, merge)
	w.must(err)
	if _, err := w.byCard("Blue Heron", later); err != nil {
		t.Errorf("a card that was made since is void: %v", err)
	}
}

// someone is a person of whom nothing else is known.
func (w *town) someone(name string) (out ref.Person) {
	w.Helper()
	w.must(w.a.DB.Write(w.operator("here"), func(tx *db.Tx) error {
		p, err := people.New().Add(tx, people.Person{Name: name})
		if err != nil {
			return err
		}
		out = p.ID
		return audit.Write(tx, audit.Entry{Kind: audit.Change, Action: "import.people", Subjects: []string{string(p.ID)}})
	}))
	return out
}

// cardFor makes a card and returns its words.
func (w *town) cardFor(p ref.Person, alias string) string {
	w.Helper()
	w.a.Clock.(*clock.Fake).Add(time.Minute)
	c, err := w.a.Access.GiveCard(w.operator("here"), p, access.CardAsk{Alias: alias, Language: "en"}, page.NewAct(w.a.Clock.Now()))
	w.must(err)
	return strings.Join(c.Words, " ")
}

func (w *town) byCard(alias, words string) (access.Arrival, error) {
	return w.a.Access.SignInByCard(w.Context(), access.TypedCard{Alias: alias, Words: words}, access.Device{Net: page.NewAct(w.a.Clock.Now())})
}

// A card of somebody who has died opens nothing to whoever finds it, and neither does the
// phone on which it was typed.
func TestACardOfWhoDiedIsVoid(t *testing.T) {
	w := newTown(t)
	peer := w.newcomer("here", access.Peer, own)
	ctx := scope.With(w.Context(), scope.Scope{Tenant: string(w.orgs["here"].ID), Actor: string(peer.account), Role: access.Peer, Purpose: scope.Treatment})
	h := ref.Handoff(w.ids["here"]["handoff"])
	var person ref.Person
	w.must(w.a.DB.Read(ctx, func(tx *db.Tx) error {
		return tx.Row("SELECT person FROM handoff_handoff WHERE tenant = $1 AND handoff = $2", h).Scan(&person)
	}))
	words := w.cardFor(person, "Blue Heron")
	in, err := w.byCard("Blue Heron", words)
	w.must(err)
	for _, step := range []string{handoff.StepAck, handoff.StepMeet} {
		w.must(w.a.Handoffs.Take(ctx, h, step, handoff.Input{Act: page.NewAct(time.Now())}))
	}
	if got := w.ask(guest{in.Account, in.Session, in.Token}, http.MethodGet, "/mine", nil); got.status != http.StatusOK {
		t.Fatalf("the test proves nothing: %d", got.status)
	}
	w.must(w.a.Handoffs.Take(ctx, h, handoff.StepClose, handoff.Input{Act: page.NewAct(time.Now()), ClosedReason: "died"}))
	if got := w.ask(guest{in.Account, in.Session, in.Token}, http.MethodGet, "/mine", nil); !toSignIn(got) {
		t.Errorf("whoever has the phone reads on: %d", got.status)
	}
	if _, err := w.byCard("Blue Heron", words); !errs.Is(err, errs.Invalid) {
		t.Errorf("whoever has the card comes in: %v", err)
	}
}

// An account that cannot be tied to the person is not left behind, nor is a link to it:
// the person is nobody, or has a page of their own already, here by a card.
func TestAPageOfOnesOwnIsMadeWholeOrNotAtAll(t *testing.T) {
	w := newTown(t)
	has := w.someone("Kittiwake")
	w.cardFor(has, "Blue Heron")
	count := func() (n int) {
		w.must(w.a.DB.Read(w.operator("here"), func(tx *db.Tx) error {
			return tx.Row("SELECT (SELECT COUNT(*) FROM access_account WHERE tenant = $1) + (SELECT COUNT(*) FROM access_link WHERE tenant = $1)").Scan(&n)
		}))
		return n
	}
	before := count()
	for _, person := range []ref.Person{"nobody", has} {
		if _, err := w.a.link(w.operator("here"), person, "kittiwake@made-up.example"); err == nil {
			t.Errorf("%s: tied", person)
		}
	}
	if n := count(); n != before {
		t.Errorf("%d accounts and links, %d before", n, before)
	}
	if _, err := w.a.link(w.operator("here"), w.someone("Dunlin"), "dunlin@made-up.example"); err != nil || count() != before+2 {
		t.Errorf("and where it can be: %v, %d", err, count())
	}
}
