package people

import (
	"fmt"
	"strings"
	"testing"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
)

func TestFoundInTheOrganisation(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.add(t, Person{Name: "Blue", LegalName: "María del Carmen Vásquez", Phone: "(555) 010-0134"})
		w.add(t, Person{Name: "Ana Quill", Phone: "555-010-0177"})
		w.add(t, Person{Name: "Ana Fable"})
		w.add(t, Person{Name: "سَلمى الحسن", Phone: "٥٥٥ ٠١٠ ٠١٩٩"})
		for text, want := range map[string]string{
			"blue": "Blue", "MARIA": "Blue", "vasquez": "Blue", "basques": "Blue", "maría vásquez": "Blue", "vasquez maria": "Blue",
			"0134": "Blue", "555 010 0134": "Blue", "+1 555 010 0134": "", "555 010 9134": "",
			"ana fable": "Ana Fable", "quil": "Ana Quill", "anna quill": "Ana Quill", "سلمي": "سَلمى الحسن", "حسن": "سَلمى الحسن", "hasan": "سَلمى الحسن", "0199": "سَلمى الحسن",
			"nobody": "", "": "", "   ": "", "ue": "", "17": "", "del": "",
		} {
			if got := w.find(t, text); got != want {
				t.Errorf("%q finds %q, want %q", text, got, want)
			}
		}
		if got := w.find(t, "ana"); !strings.Contains(got, "Ana Quill") || !strings.Contains(got, "Ana Fable") {
			t.Errorf("ana finds %q", got)
		}
	})
}

// TestANewNameIsFoundAndTheOldOneNot: tokens follow what is written.
func TestANewNameIsFoundAndTheOldOneNot(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.add(t, Person{Name: "Blue", Phone: "555-010-0134"})
		err := w.d.Write(ctx(t), func(tx *db.Tx) error {
			before, err := w.People.Find(tx, id)
			if err != nil {
				return err
			}
			after := before
			after.Name, after.Phone = "Ana Quill", "555-010-0177"
			if _, err := w.People.Update(tx, before, after); err != nil {
				return err
			}
			return changed(tx, "people.edit", "", id)
		})
		if err != nil {
			t.Fatal(err)
		}
		for text, want := range map[string]string{"blue": "", "0134": "", "quill": "Ana Quill", "0177": "Ana Quill"} {
			if got := w.find(t, text); got != want {
				t.Errorf("%q finds %q, want %q", text, got, want)
			}
		}
	})
}

// TestWhoMayNotSearchFindsTheirOwn: a peer finds whom they walk with, also
// written wrong, and nobody else; that looks like nothing found.
func TestWhoMayNotSearchFindsTheirOwn(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		mine := w.add(t, Person{Name: "Blue Fable", Phone: "555-010-0134"})
		w.add(t, Person{Name: "Blue Quill"})
		w.walk, w.may["people.search"] = []ref.Person{mine}, false
		for text, want := range map[string]string{
			"blue": "Blue Fable", "bleu fabel": "Blue Fable", "fab": "Blue Fable", "0134": "Blue Fable", "34": "", "quill": "", "blue quill": "", "zzz": "",
		} {
			if got := w.find(t, text); got != want {
				t.Errorf("%q finds %q, want %q", text, got, want)
			}
		}
		w.may["people.work"] = false
		if _, err := w.Search(ctx(t), "blue"); err == nil {
			t.Error("who may not see people may search them")
		}
	})
}

// TestASearchIsOneLookAtWhomItShows: and at nobody else.
func TestASearchIsOneLookAtWhomItShows(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a, b := w.add(t, Person{Name: "Ana Quill"}), w.add(t, Person{Name: "Ana Fable"})
		c := w.add(t, Person{Name: "Bo Made"})
		w.walk, w.may["people.search"] = []ref.Person{a, b, c}, false
		w.find(t, "ana")
		for _, who := range []ref.Person{a, b, c} {
			n := looks(t, w, who)
			if want := map[bool]int{true: 1}[who != c]; n != want {
				t.Errorf("%d looks, want %d", n, want)
			}
		}
	})
}

// TestWhoIsShownUnderOneNameIsToldApart: what is around them is read of them, and
// of nobody whose name stands alone.
func TestWhoIsShownUnderOneNameIsToldApart(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		a, b := w.add(t, Person{Name: "Blue"}), w.add(t, Person{Name: "BLUE"})
		w.add(t, Person{Name: "Blue Fable"})
		w.near = map[ref.Person]Around{a: {With: []string{"Rosa"}, Site: "Mercy"}}
		found, err := w.Search(ctx(t), "blue")
		if err != nil || len(found.People) != 3 || len(w.read) != 2 {
			t.Fatalf("%d people, read of %d: %v", len(found.People), len(w.read), err)
		}
		for _, p := range found.People {
			alike, site := p.ID == a || p.ID == b, map[bool]string{true: "Mercy"}[p.ID == a]
			if p.Alike != alike || p.Site != site || len(p.With) != len(site)/5 {
				t.Errorf("%s: %+v", p.Name, p.Around)
			}
		}
	})
}

func looks(t *testing.T, w *world, who ref.Person) int {
	t.Helper()
	n := 0
	err := w.d.Read(ctx(t), func(tx *db.Tx) error {
		leaves, err := audit.History(tx, string(who), 100, 0)
		for _, l := range leaves {
			if l.Action == "people.search" {
				n++
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAtMostFiveTokensAPerson(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.add(t, Person{Name: "Ana Bo Cem Dee Eve", LegalName: "Fay Gus Hal Ida Joe", Phone: "555-010-0134"})
		if n := count(t, w, "people_token"); n != tokensMost {
			t.Errorf("%d tokens", n)
		}
	})
}

func count(t *testing.T, w *world, table string) (n int) {
	t.Helper()
	err := w.d.Read(ctx(t), func(tx *db.Tx) error {
		return tx.Row("SELECT COUNT(*) FROM " + table + " WHERE tenant = $1").Scan(&n)
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestForgottenIsFoundByNothing: after it no token and no mark of a person is
// left.
func TestForgottenIsFoundByNothing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		id := w.add(t, Person{Name: "Ana Quill", LegalName: "Ana Maria Quill", Phone: "555-010-0134", Email: "ana@made-up.example"})
		w.takeInText(t, "Name,Phone\nAna Quill,555-010-0134\n")
		err := w.d.Write(ctx(t), func(tx *db.Tx) error {
			if err := w.People.Forget(tx, id); err != nil {
				return err
			}
			return changed(tx, "people.forget", "", id)
		})
		if err != nil {
			t.Fatal(err)
		}
		left := 0
		for _, table := range []string{"people_token", "people_mark", "people_proposal"} {
			left += count(t, w, table)
		}
		if left == 0 || w.find(t, "maria") != "" || w.find(t, "quill") != "Ana Quill" {
			t.Error("the other one is gone too, or this one is still found")
		}
		if n := count(t, w, "people_proposal"); n != 0 {
			t.Errorf("%d proposals name who is gone", n)
		}
	})
}

// TestAnotherKeyEachYear: everyone is found before, between and after; nothing
// of the old key is left.
func TestAnotherKeyEachYear(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for i := range 100 {
			w.add(t, Person{Name: fmt.Sprintf("Ana Quill%s", letters(i))})
		}
		old := w.tokenSet(t)
		w.clk.Add(366 * 24 * 3600 * 1e9)
		met := false
		n, err := w.Rebuild(ctx(t), true, func(int) {
			if met {
				return
			}
			met = true
			if got := w.find(t, "quillcaa"); !strings.HasPrefix(got, "Ana Quillcaa") {
				t.Errorf("between keys: %q", got)
			}
			w.add(t, Person{Name: "Between Keys"})
		})
		if err != nil || n < 100 {
			t.Fatal(n, err)
		}
		if got := w.find(t, "between") + " " + w.find(t, "quillcaa"); !strings.HasPrefix(got, "Between Keys Ana Quillcaa") {
			t.Errorf("after: %q", got)
		}
		for token := range w.tokenSet(t) {
			if old[token] {
				t.Fatal("a token of last year is left")
			}
		}
	})
}

func (w *world) tokenSet(t *testing.T) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	err := w.d.Read(ctx(t), func(tx *db.Tx) error {
		rows, err := tx.Query("SELECT token FROM people_token WHERE tenant = $1")
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var b []byte
			if err := rows.Scan(&b); err != nil {
				return err
			}
			out[string(b)] = true
		}
		return rows.Err()
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
