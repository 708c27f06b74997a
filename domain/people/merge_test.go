package people

import (
	"fmt"
	"strings"
	"testing"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// dump is every stored byte of people, in order.
func (w *world) dump(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	err := w.d.Read(ctx(t), func(tx *db.Tx) error {
		for _, table := range []string{"people_person", "people_token", "people_mark", "people_source"} {
			rows, err := tx.Query("SELECT * FROM " + table + " WHERE tenant = $1 ORDER BY 2, 3")
			if err != nil {
				return err
			}
			defer rows.Close()
			cols, err := rows.Columns()
			if err != nil {
				return err
			}
			for rows.Next() {
				cells := make([]any, len(cols))
				into := make([]any, len(cols))
				for i := range cells {
					into[i] = new([]byte)
					if s := cols[i]; s == "provisional" || s == "voicemail" || s == "texts" || s == "no_calls" || s == "created_at" || s == "version" || s == "year" || s == "bare" {
						into[i] = new(int64)
					}
				}
				if err := rows.Scan(into...); err != nil {
					return err
				}
				for i := range into {
					if p, ok := into[i].(*[]byte); ok {
						fmt.Fprintf(&b, "%x ", *p)
					} else {
						fmt.Fprint(&b, *into[i].(*int64), " ")
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestJoinedIsOneAndPartedIsExactlyWhatItWas(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.add(t, Person{Name: "Blue", Phone: "555-010-0134", Texts: true, Safety: "Not at night"})
		b := w.add(t, Person{Name: "Ana Quill", LegalName: "Ana Maria Quill", Email: "ana@made-up.example", Safety: "Ask for Ana", NoCalls: true})
		before := w.dump(t)
		if err := w.Join(ctx(t), b, a); err != nil {
			t.Fatal(err)
		}
		if got := w.find(t, "blue"); got != "Ana Quill" {
			t.Errorf("by the other name: %q", got)
		}
		one, err := w.One(ctx(t), a)
		if err != nil {
			t.Fatal(err)
		}
		if one.ID != b || one.Phone != "555-010-0134" || one.Texts || one.MayRing() || !strings.Contains(one.Safety, "night") || !strings.Contains(one.Safety, "Ana") || len(one.Merges) != 1 {
			t.Errorf("together: %+v", one)
		}
		if err := w.Join(ctx(t), a, b); !errs.Is(err, errs.Conflict) {
			t.Errorf("joined twice: %v", err)
		}
		if _, err := w.Undo(ctx(t), one.Merges[0].ID); err != nil {
			t.Fatal(err)
		}
		if w.dump(t) != before {
			t.Error("something is not what it was")
		}
		if w.find(t, "blue") != "Blue" || w.find(t, "maria") != "Ana Quill" {
			t.Error("they are not two again")
		}
		if _, err := w.Undo(ctx(t), one.Merges[0].ID); err != nil {
			t.Errorf("parted twice: %v", err)
		}
		if err := w.Join(ctx(t), a, b); err != nil || w.find(t, "maria") != "Blue" {
			t.Errorf("joined again, the other way: %v", err)
		}
	})
}

// TestBothKeysStay: whose key is erased is unreadable, the other record is not.
func TestBothKeysStay(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a, b := w.add(t, Person{Name: "Blue"}), w.add(t, Person{Name: "Ana Quill"})
		if err := w.Join(ctx(t), b, a); err != nil {
			t.Fatal(err)
		}
		err := w.d.Write(ctx(t), func(tx *db.Tx) error { return tx.Vault().Erase(tx.Scope().Tenant, string(a)) })
		if err != nil {
			t.Fatal(err)
		}
		one, err := w.One(ctx(t), b)
		if err != nil || one.Records[0].Name != "Ana Quill" || one.Records[1].Name == "Blue" {
			t.Errorf("%+v %v", one.Records, err)
		}
	})
}

func TestManyRecordsOfOnePerson(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		var ids []ref.Person
		for i := range 5 {
			ids = append(ids, w.add(t, Person{Name: "Ana " + letters(i)}))
		}
		for _, two := range [][2]int{{1, 0}, {3, 2}, {2, 1}, {4, 3}} { // each joins all that either stands for
			if err := w.Join(ctx(t), ids[two[0]], ids[two[1]]); err != nil {
				t.Fatal(err)
			}
		}
		for _, id := range ids {
			one, err := w.One(ctx(t), id)
			if err != nil || len(one.Records) != 5 || one.ID != ids[4] {
				t.Errorf("%d records, shown by %s: %v", len(one.Records), one.Name, err)
			}
		}
		if got := w.find(t, "ana"); strings.Contains(got, ",") {
			t.Errorf("found %q", got)
		}
	})
}

func TestOneWhoIsNotHereIsNotJoined(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a := w.add(t, Person{Name: "Blue"})
		for _, do := range []func() error{
			func() error { return w.Join(ctx(t), a, "nobody") },
			func() error { return w.Part(ctx(t), "nobody", a) },
			func() error { _, err := w.Undo(ctx(t), "nothing"); return err },
			func() error { _, err := w.One(ctx(t), "nobody"); return err },
		} {
			if err := do(); !errs.Is(err, errs.NotFound) {
				t.Errorf("%v", err)
			}
		}
	})
}
