package outbox

import (
	"testing"

	"alongside/domain/audit"
	"alongside/domain/people"
	"alongside/platform/db"
)

// TestTwoOfOneNameThatWait are told apart; one who is alone with a name is shown
// as before.
func TestTwoOfOneNameThatWait(t *testing.T) {
	each(t, func(w *world) {
		first := w.blue
		keep := func(act string) {
			w.take(w.rosa(), w.sent("rosa", act, "kite"))
			w.take(w.rosa(), w.sent("rosa", act, "another kite"))
		}
		keep(w.id())
		if l := w.kept(w.rosa()); len(l.Waiting) != 1 || l.Waiting[0].Alike != nil {
			w.Fatalf("alone with a name: %+v", l.Waiting)
		}
		w.must(w.d.Write(w.rosa(), func(tx *db.Tx) error {
			one, err := people.New().Find(tx, first)
			if err != nil {
				return err
			}
			p, err := people.New().Add(tx, people.Person{Name: one.Name})
			w.blue = p.ID
			if err != nil {
				return err
			}
			return audit.Write(tx, audit.Entry{Kind: audit.Change, Action: "people.add", Subjects: []string{string(first), string(p.ID)}})
		}))
		keep(w.id())
		l := w.kept(w.rosa())
		if len(l.Waiting) != 2 {
			w.Fatalf("%d wait", len(l.Waiting))
		}
		for _, one := range l.Waiting {
			if one.Alike == nil || one.Alike.Site != "site of "+string(one.Item.Person) {
				w.Errorf("looks like the other: %+v", one.Alike)
			}
		}
	})
}
