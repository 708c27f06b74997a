package people

import (
	"context"
	"strings"
	"testing"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/db/dbtest"
	"alongside/platform/errs"
	"alongside/platform/scope"
	"alongside/platform/seal"
	"alongside/platform/sheet"
)

// world is one organisation whose people are found, taken in and joined.
type world struct {
	*Registry
	d    *db.DB
	clk  *clock.Fake
	may  map[string]bool // actions that the asker may not do are false
	walk []ref.Person    // whom the asker walks with
	near map[ref.Person]Around
	read []ref.Person // of whom what is around them was read
}

func tables() []db.Migrations {
	return []db.Migrations{{Name: "audit", FS: audit.Migrations()}, {Name: "people", FS: Migrations()}}
}

func each(t *testing.T, fn func(t *testing.T, w *world)) {
	dbtest.Run(t, tables(), func(t *testing.T, d *db.DB, _ *seal.Vault, clk *clock.Fake) { fn(t, newWorld(d, clk)) })
}

func newWorld(d *db.DB, clk *clock.Fake) *world {
	w := &world{d: d, clk: clk, may: map[string]bool{}}
	allow := func(_ *db.Tx, action string) error {
		if may, said := w.may[action]; said && !may {
			return errs.New(errs.Denied, action, "")
		}
		return nil
	}
	w.Registry = NewRegistry(Deps{
		Parted: func(*db.Tx, Merge) error { return nil },
		Walk:   func(*db.Tx, ref.Person) (string, error) { return "", nil },
		DB:     d, Clock: clk, People: New(), Allow: allow,
		AllowOf:  func(tx *db.Tx, action string, _ ref.Person) error { return allow(tx, action) },
		Caseload: func(*db.Tx, ref.Account) ([]ref.Person, error) { return w.walk, nil },
		Around: func(_ *db.Tx, some []ref.Person) (map[ref.Person]Around, error) {
			w.read = append(w.read, some...)
			return w.near, nil
		},
	})
	return w
}

func ctx(t testing.TB) context.Context {
	return scope.With(t.Context(), scope.Scope{Tenant: "t1", Actor: "anna", Role: "coordinator", Purpose: scope.Treatment})
}

// add stores a person.
func (w *world) add(t testing.TB, p Person) ref.Person {
	t.Helper()
	err := w.d.Write(ctx(t), func(tx *db.Tx) (err error) {
		if p, err = w.People.Add(tx, p); err != nil {
			return err
		}
		return changed(tx, "people.add", "", p.ID)
	})
	if err != nil {
		t.Fatal(err)
	}
	return p.ID
}

// find returns the names that a search shows, in order.
func (w *world) find(t testing.TB, text string) string {
	t.Helper()
	found, err := w.Search(ctx(t), text)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, p := range found.People {
		out = append(out, p.Name)
	}
	return strings.Join(out, ", ")
}

// rowsOf reads the rows of a CSV text.
func rowsOf(t testing.TB, text string) (good []Incoming, bad []Bad) {
	t.Helper()
	file, err := sheet.New(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	m, err := Guess(file.Header, "")
	if err != nil {
		t.Fatal(err)
	}
	r := NewRowReader(m, MonthFirst, dbtest.Noon())
	for {
		row, ok, err := file.Next()
		if err != nil {
			t.Fatal(err)
		}
		if !ok {
			return good, bad
		}
		in, wrong := r.Read(row)
		if bad = append(bad, wrong...); len(wrong) == 0 {
			good = append(good, in)
		}
	}
}

// takeIn takes in all rows.
func (w *world) takeIn(t testing.TB, rows []Incoming, how Taking) TakenIn {
	t.Helper()
	out, err := w.TakeIn(ctx(t), rows, how)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
