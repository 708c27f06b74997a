package access

import (
	"net/http/httptest"
	"testing"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/id"
)

// Who comes in by a card that they made for somebody else is led to the notice, and does
// not take it away from somebody who has a way of their own.
func TestACardDoesNotTakeTheNoticeAway(t *testing.T) {
	onBoth(t, func(base *world) {
		w := base.walked()
		a, _ := w.signedIn(email, Participant)
		p := w.person("t1")
		w.own[p] = Owner{Account: a.ID, Person: p}
		key := w.password(a, "a long walk by the river")
		enter := func() Arrival {
			w.clk.Add(codeStep * 3)
			got, err := w.SignIn(w.Context(), Typed{email, "a long walk by the river", codeAt(key, stepOf(w.clk.Now()))}, phone)
			w.must(err)
			return got
		}
		enter()
		w.clk.Add(aWhile)
		c := w.card("t1", p, "Blue", "en")
		for range 2 {
			w.clk.Add(aWhile)
			_, err := w.enter("Blue", said(c))
			w.must(err)
		}
		if in := enter(); in.Told {
			w.Error("whoever came in by the card took the notice away")
		}
		if in := enter(); !in.Told {
			w.Error("told twice")
		}
	})
}

// A card opens nothing once its account works here too, also where somebody is signed in
// by it at that moment, and not in the new role.
func TestASignInByACardEndsWhenSomebodyBeginsToWorkHere(t *testing.T) {
	onBoth(t, func(base *world) {
		w := base.walked()
		p := w.person("t1")
		c := w.card("t1", p, "Blue", "en")
		in, err := w.enter("Blue", said(c))
		w.must(err)
		before := w.as(in.Token)
		_, err = w.SetRoles(w.operator(), in.Account, []string{Participant, Peer})
		w.must(err)
		if _, err := w.ActAs(before, Peer); !errs.Is(err, errs.NotFound) {
			w.Errorf("by five words they act as a peer: %v", err)
		}
		if w.in(in.Token) {
			w.Error("they are signed in by a card, and work here")
		}
	})
}

// Whoever has a card makes no other way to come in, which would outlive the card.
func TestACardMakesNoOtherWay(t *testing.T) {
	onBoth(t, func(base *world) {
		w := base.walked()
		c := w.card("t1", w.person("t1"), "Blue", "en")
		in, err := w.enter("Blue", said(c))
		w.must(err)
		ctx := w.as(in.Token)
		if _, err := w.AskToAdd(ctx, phone); !errs.Is(err, errs.Conflict) {
			w.Errorf("a passkey: %v", err)
		}
		if err := w.Add(ctx, "", nil, phone); !errs.Is(err, errs.Conflict) {
			w.Errorf("a passkey asked for elsewhere: %v", err)
		}
		if err := w.SetPassword(ctx, "a long walk by the river", "123456"); !errs.Is(err, errs.Conflict) {
			w.Errorf("a password: %v", err)
		}
		web := &Web{S: w.Service}
		rec := httptest.NewRecorder()
		w.must(web.passwordPage(rec, httptest.NewRequest("GET", "/account/password", nil).WithContext(ctx)))
		if to := rec.Header().Get("Location"); to != "/account" {
			w.Errorf("the page to set a password up: %d %s", rec.Code, to)
		}
		w.must(w.DropPasskey(ctx, w.passkey(in.Account)))
	})
}

// passkey puts a passkey of another sign-in into the database, and returns its id.
func (w *walked) passkey(a ref.Account) string {
	w.Helper()
	key := id.New(w.clk.Now())
	w.must(w.DB.Write(w.at("t1"), func(tx *db.Tx) error {
		_, err := tx.Exec(`INSERT INTO access_passkey (tenant, account, passkey, credential, device, created_at, used_at) VALUES ($1, $2, $3, $4, '', $5, 0)`, a, key, []byte{}, tx.Now())
		return err
	}))
	return key
}

// A card is stopped where somebody came in by it, too: only the one who stops it stays.
func TestWhoStopsACardPutsOthersOut(t *testing.T) {
	onBoth(t, func(base *world) {
		w := base.walked()
		c := w.card("t1", w.person("t1"), "Blue", "en")
		thief, err := w.enter("Blue", said(c))
		w.must(err)
		in, err := w.enter("Blue", said(c))
		w.must(err)
		w.must(w.DropCard(w.as(in.Token)))
		if w.in(thief.Token) {
			w.Error("whoever has the missing card is still signed in")
		}
		if !w.in(in.Token) {
			w.Error("they were signed out by it themselves")
		}
	})
}

// A person whose records were joined may have an account by each: a new card makes void
// the cards of all.
func TestANewCardMakesThoseOfEachRecordVoid(t *testing.T) {
	onBoth(t, func(base *world) {
		w := base.walked()
		one, two := w.person("t1"), w.person("t1")
		old := w.card("t1", one, "Blue", "en")
		lost := w.card("t1", two, "Green", "en")
		thief, err := w.enter("Green", said(lost))
		w.must(err)
		w.one[two] = one
		fresh := w.card("t1", two, "Red", "en")
		for alias, c := range map[string]GivenCard{"Blue": old, "Green": lost} {
			if _, err := w.enter(alias, said(c)); !errs.Is(err, errs.Invalid) {
				w.Errorf("%s still opens: %v", alias, err)
			}
		}
		if w.in(thief.Token) {
			w.Error("whoever had the lost card is still signed in")
		}
		in, err := w.enter("Red", said(fresh))
		if err != nil || in.Account != w.own[one].Account {
			w.Errorf("%+v %v", in, err)
		}
	})
}
