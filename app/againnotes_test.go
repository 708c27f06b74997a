package app

import (
	"testing"

	"alongside/domain/bridge"
	"alongside/domain/consent"
	"alongside/domain/engagement"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/id"
)

// opened sends a note, and opens it on its recipient's device.
func (q *quay) opened(words string) (ref.Note, bridge.Key) {
	q.Helper()
	n, token := q.send(words)
	secret, err := q.a.Bridge.Bind(q.visitor(token), token, id.New(noon()))
	q.must(err)
	return n, bridge.Key{Token: token, Device: secret}
}

// said writes a note that has the person's yes and is not sent.
func (q *quay) said(words string) ref.Note {
	q.Helper()
	n := bridge.Note{ID: ref.Note(id.New(noon())), Recipient: q.clinic, Body: words, Touches: []string{"MH"}}
	q.must(q.a.Bridge.Begin(q.rosa, bridge.Door{Person: q.person}, n))
	one, err := q.a.Bridge.Note(q.own, bridge.Door{Own: true}, n.ID)
	q.must(err)
	q.must(q.a.Bridge.Approve(q.own, bridge.Door{Own: true}, n.ID, one.Mark, ""))
	return n.ID
}

// A note to a care team that was taken back since the copy was made is not there for
// whoever had its link, nor by a link that was replaced; and a yes that was taken back
// sends nothing. Without the newer list each of them stands.
func TestARestoreRevivesNoNote(t *testing.T) {
	q := newQuay(t, Config{Clock: clock.NewFake(noon())})
	w := &town{T: t, a: q.a}
	door, own := bridge.Door{Person: q.person}, bridge.Door{Own: true}
	back, backKey := q.opened(hers)
	lost, lostKey := q.opened(hers)
	undone := q.said(hers)
	c := w.copied()
	q.must(q.a.Bridge.Back(q.own, own, back))
	q.must(q.a.Bridge.Relink(q.rosa, door, lost))
	q.must(q.a.Bridge.Relink(q.rosa, door, lost))
	q.must(q.a.Bridge.Undo(q.own, own, undone))
	now, err := q.a.Bridge.Note(q.rosa, door, lost)
	q.must(err)

	open := func(a *App, k bridge.Key) bool {
		s, err := a.Bridge.Open(q.visitor(k.Token), k)
		if err != nil && !errs.Is(err, errs.NotFound) {
			t.Fatal(err)
		}
		return s.Words.Body == hers
	}
	old, _ := w.putBack(c.data, c.keys, "")
	if !open(old, backKey) || !open(old, lostKey) || old.Bridge.Send(q.rosa, door, undone) != nil {
		t.Fatal("the test proves nothing: they do not stand in the copy")
	}
	b, did := w.putBack(c.data, w.newest(), "")
	if open(b, backKey) {
		t.Error("the note that was taken back is read")
	}
	if open(b, lostKey) {
		t.Error("it is read by the link that was replaced")
	}
	if err := b.Bridge.Send(q.rosa, door, undone); err == nil {
		t.Error("it is sent without a yes")
	}
	if one, err := b.Bridge.Note(q.rosa, door, lost); err != nil || one.Token != now.Token {
		t.Errorf("what took its place does not open: %v", err)
	}
	if did.Ended["notes"] != 2 || did.Ended["links of notes"] != 2 {
		t.Errorf("%v", did.Ended)
	}
}

// Two people who were taken for one and parted since the copy was made are not joined
// again: on one's own page would stand what the other allowed.
func TestARestoreJoinsNobodyAgain(t *testing.T) {
	q := newQuay(t, Config{Clock: clock.NewFake(noon())})
	w := &town{T: t, a: q.a}
	var m people.Merge
	q.must(q.a.DB.Write(q.op, func(tx *db.Tx) error {
		other, err := people.New().Add(tx, people.Person{Name: "Wigeon"})
		q.must(err)
		_, err = q.a.Consents.Give(tx, consent.Consent{
			Person: other.ID, Recipient: q.clinic, What: []string{consent.Name}, Purpose: "TREAT", UntilAt: noon().AddDate(1, 0, 0),
			How: consent.Signed, SignedAs: "Wigeon", Language: "en", Rights: consent.Read, Warned: true, Copied: "paper",
		})
		q.must(err)
		m, err = people.New().Merge(tx, q.person, other.ID)
		return err
	}))
	allowed := func(a *App) (n int) {
		q.must(a.DB.Write(q.own, func(tx *db.Tx) error {
			mine, err := a.Door.Mine(tx)
			n = len(mine.Consents)
			looks, _ := tx.Owed()
			tx.Settle(looks...)
			return err
		}))
		return n
	}
	c := w.copied()
	q.must(q.a.DB.Write(q.op, func(tx *db.Tx) error {
		_, err := people.New().Unmerge(tx, m.ID)
		return err
	}))
	if old, _ := w.putBack(c.data, c.keys, ""); allowed(old) != 2 {
		t.Fatal("the test proves nothing: they are not joined in the copy")
	}
	if b, did := w.putBack(c.data, w.newest(), ""); allowed(b) != 1 || did.Ended["joined records"] != 1 {
		t.Errorf("one's own page shows %d permissions; %v", allowed(b), did.Ended)
	}
}

// A plan that its person took off the telephones of peers since the copy was made is not
// on them again.
func TestARestorePutsNoPlanOnAPhone(t *testing.T) {
	q := newQuay(t, Config{Clock: clock.NewFake(noon())})
	w := &town{T: t, a: q.a}
	rests := func(a *App) (yes bool) {
		q.must(a.DB.Read(q.op, func(tx *db.Tx) error {
			return tx.Row("SELECT peers FROM engagement_carry WHERE tenant = $1 AND person = $2", q.person).Scan(&yes)
		}))
		return yes
	}
	own := engagement.Door{Own: true}
	q.must(q.a.Day.SetCarry(q.own, own, true))
	c := w.copied()
	q.must(q.a.Day.SetCarry(q.own, own, false))
	if old, _ := w.putBack(c.data, c.keys, ""); !rests(old) {
		t.Fatal("the test proves nothing: it does not rest there in the copy")
	}
	if b, did := w.putBack(c.data, w.newest(), ""); rests(b) || did.Ended["plans on a phone"] != 1 {
		t.Errorf("it rests there: %v", did.Ended)
	}
}
