package access

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/id"
	"alongside/platform/seal"
)

// noted is what the key folder knows to be taken back, as "kind id".
func (w *world) noted() (out []string) {
	w.Helper()
	list, err := w.vault.Noted("t1")
	w.must(err)
	for _, n := range list {
		out = append(out, n.Kind+" "+n.ID)
	}
	return out
}

func (w *world) stopAgain(since bool, all ...[2]string) (out Stopped) {
	w.Helper()
	var list []Note
	for _, n := range all {
		list = append(list, Note{seal.Noted{Kind: n[0], ID: n[1], At: w.clk.Now()}, since})
	}
	w.must(w.DB.Write(w.operator(), func(tx *db.Tx) (err error) {
		out, err = w.StopAgain(tx, list)
		return err
	}))
	return out
}

// What is taken from an account is noted; what is given to it is not.
func TestWhatIsTakenFromAnAccountIsNoted(t *testing.T) {
	onBoth(t, func(w *world) {
		a, _ := w.invite(email, Peer, Supervisor)
		op, want := w.operator(), "account "+string(a.ID)
		hour := func(n int) time.Time { return w.clk.Now().Add(time.Duration(n) * time.Hour) }
		_, err := w.SetRoles(op, a.ID, []string{Peer})
		w.must(err)
		w.must(w.SetUntil(op, a.ID, hour(2)))
		w.must(w.SetUntil(op, a.ID, hour(1)))
		w.must(w.Pause(op, a.ID))
		if got := w.noted(); !slices.Equal(got, []string{want, want, want, want}) {
			w.Errorf("taken: %q", got)
		}
		w.must(w.Reopen(op, a.ID))
		w.must(w.SetUntil(op, a.ID, hour(3)))
		w.must(w.SetUntil(op, a.ID, time.Time{}))
		_, err = w.SetRoles(op, a.ID, []string{Peer, Coordinator})
		w.must(err)
		_, err = w.Link(op, a.ID, id.New(w.clk.Now()))
		w.must(err)
		if got := w.noted(); len(got) != 4 {
			w.Errorf("given: %q", got)
		}
		w.must(w.DB.Write(op, func(tx *db.Tx) error { _, err := w.EndOwn(tx, a.ID); return err }))
		if got := w.noted(); len(got) != 4 {
			w.Errorf("of a worker nothing was taken: %q", got)
		}
		own, _ := w.invite("ana@made-up.example", Participant)
		w.must(w.DB.Write(op, func(tx *db.Tx) error { _, err := w.EndOwn(tx, own.ID); return err }))
		if got := w.noted(); len(got) != 5 || got[4] != "account "+string(own.ID) {
			w.Errorf("who left: %q", got)
		}
	})
}

// Each card that is stopped is noted by its own id: by another, by whoever has it, by
// two records that are parted.
func TestWhatOpensNoMoreIsNoted(t *testing.T) {
	onBoth(t, func(base *world) {
		w := base.walked()
		p := w.person("t1")
		first := w.card("t1", p, "Blue", "en")
		if got := w.noted(); len(got) > 0 {
			w.Fatalf("a first card: %q", got)
		}
		second := w.card("t1", p, "Blue", "en")
		in, err := w.enter("Blue", said(second))
		w.must(err)
		w.must(w.DropCard(w.as(in.Token)))
		w.card("t1", p, "Blue", "en")
		w.must(w.DB.Write(w.at("t1"), func(tx *db.Tx) error { return w.EndCardsMade(tx, in.Account, w.clk.Now(), w.clk.Now()) }))
		var cards []string
		w.must(w.DB.Read(w.at("t1"), func(tx *db.Tx) error {
			rows, err := tx.Query(`SELECT card FROM access_card WHERE tenant = $1 AND account = $2 AND ended_at > 0`, in.Account)
			for err == nil && rows.Next() {
				var c string
				err = rows.Scan(&c)
				cards = append(cards, "card "+c)
			}
			return err
		}))
		got := w.noted()
		slices.Sort(got)
		slices.Sort(cards)
		if len(cards) != 3 || !slices.Equal(got, cards) {
			w.Errorf("noted %q, stopped %q", got, cards)
		}
		if _, err := w.enter("Blue", said(first)); err == nil {
			w.Error("the first opens")
		}
	})
}

func TestAWayInThatIsTakenAwayIsNoted(t *testing.T) {
	onBoth(t, func(base *world) {
		w := base.walked()
		a, in := w.signedIn(email, Peer)
		ctx := w.as(in.Token)
		key := w.passkey(a.ID)
		w.must(w.DropPasskey(ctx, key))
		w.must(w.DropPassword(ctx)) // there is none
		if got := w.noted(); !slices.Equal(got, []string{"passkey " + key}) {
			w.Fatalf("%q", got)
		}
		w.password(a, "a long walk by the river")
		w.must(w.DropPassword(ctx))
		if got := w.noted(); len(got) != 2 || got[1] != "password "+string(a.ID) {
			w.Errorf("%q", got)
		}
	})
}

// What an older copy brought back is stopped again; what was noted before that copy
// was made stops a card, which never opens again, and no account.
func TestWhatWasStoppedIsStoppedAgain(t *testing.T) {
	onBoth(t, func(base *world) {
		w := base.walked()
		peer, in := w.signedIn(email, Peer)
		key := w.passkey(peer.ID)
		w.password(peer, "a long walk by the river")
		c := w.card("t1", w.person("t1"), "Blue", "en")
		var card string
		w.must(w.DB.Read(w.at("t1"), func(tx *db.Tx) error {
			return tx.Row(`SELECT card FROM access_card WHERE tenant = $1 AND ended_at = 0`).Scan(&card)
		}))
		account := [2]string{"account", string(peer.ID)}
		before := [][2]string{account, {"password", string(peer.ID)}, {"consent", "x"}, {"card", "nothing"}, {"passkey", "nothing"}}
		if got := w.stopAgain(false, before...); !reflect.DeepEqual(got, Stopped{}) || !w.in(in.Token) {
			w.Errorf("what is older than the copy: %+v", got)
		}
		if got := w.stopAgain(false, [2]string{"card", card}, [2]string{"passkey", key}); !reflect.DeepEqual(got, Stopped{Cards: 1, Passkeys: 1}) {
			w.Errorf("what never opens again: %+v", got)
		}
		if _, err := w.enter("Blue", said(c)); err == nil {
			w.Error("the card opens")
		}
		since := [][2]string{account, account, {"password", string(peer.ID)}, {"card", card}, {"passkey", key}, {"account", "nobody"}}
		if got := w.stopAgain(true, since...); !reflect.DeepEqual(got, Stopped{Paused: []ref.Account{peer.ID}, Passwords: 1}) {
			w.Errorf("since the copy: %+v", got)
		}
		if w.in(in.Token) {
			w.Error("a paused account is signed in")
		}
		w.must(w.Reopen(w.operator(), peer.ID))
		w.wayless(peer.ID)
	})
}

// wayless checks that nothing is left to come in by.
func (w *world) wayless(a ref.Account) {
	w.Helper()
	w.must(w.DB.Read(w.operator(), func(tx *db.Tx) error {
		has, err := hasWay(tx, a)
		if has {
			w.Error("a way in is left")
		}
		return err
	}))
}
