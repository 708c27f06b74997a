package people

import (
	"fmt"
	"strings"
	"testing"

	"alongside/platform/db"
)

func (w *world) takeInText(t *testing.T, text string) TakenIn {
	t.Helper()
	rows, bad := rowsOf(t, text)
	if len(bad) > 0 {
		t.Fatal(bad)
	}
	return w.takeIn(t, rows, Taking{})
}

func TestTakenInOnceHoweverOften(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		text := "Name,Phone\nAna Quill,555-010-0134\nBo Fable,555-010-0135\nAna Quill,555-010-0134\n"
		for round, want := range []TakenIn{{Kept: 2, Already: 1}, {Already: 3}} {
			if got := w.takeInText(t, text); fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("round %d: %+v", round, got)
			}
		}
		if n := count(t, w, "people_person"); n != 2 {
			t.Errorf("%d people", n)
		}
		if n := count(t, w, "people_pending"); n != 0 {
			t.Errorf("%d wait to be found", n)
		}
	})
}

// TestDuplicatesAreProposedAndNeverJoined by a number, an address or a name.
func TestDuplicatesAreProposedAndNeverJoined(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.add(t, Person{Name: "Ana Quill", Phone: "+1 (555) 010-0134", Email: "ana@made-up.example"})
		got := w.takeInText(t, `Name,Phone,Email
Anna Quil,5550100134,
A. Q.,,ANA@made-up.example
"Quill, Ana",,
Ana Quill,555-010-9999,
Bo Fable,555-010-0177,
Ash Made,555-010-0177,
Zed Zed,,
`)
		if got.Kept != 7 || count(t, w, "people_merge") != 0 {
			t.Errorf("%+v", got)
		}
		pairs, more, err := w.Pairs(ctx(t))
		if err != nil {
			t.Fatal(err)
		}
		why := map[string]bool{}
		for _, p := range pairs {
			why[strings.Join([]string{min(p.A.Name, p.B.Name), max(p.A.Name, p.B.Name), strings.Join(p.Why, "+")}, "|")] = true
		}
		for _, want := range []string{
			"Ana Quill|Anna Quil|phone", "A. Q.|Ana Quill|email", "Ana Quill|Quill, Ana|name", "Ash Made|Bo Fable|phone",
		} {
			if !why[want] {
				t.Errorf("not proposed: %s", want)
			}
		}
		// Two of one name with two numbers are two, unless someone says otherwise:
		// of the three of that name, only the one without a number is proposed.
		if len(pairs) != 5 || more != 0 {
			t.Errorf("%d pairs: %v", len(pairs), why)
		}
	})
}

// TestDecidedIsNotProposedAgain, whichever way.
func TestDecidedIsNotProposedAgain(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.takeInText(t, "Name,Phone\nAna Quill,555-010-0134\nBo Fable,555-010-0134\nAsh Made,555-010-0134\n")
		pairs, _, err := w.Pairs(ctx(t))
		if err != nil || len(pairs) != 3 {
			t.Fatal(len(pairs), err)
		}
		if err := w.Part(ctx(t), pairs[0].One, pairs[0].Two); err != nil {
			t.Fatal(err)
		}
		if err := w.Join(ctx(t), pairs[1].One, pairs[1].Two); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Rebuild(ctx(t), false, func(int) {}); err != nil {
			t.Fatal(err)
		}
		if left, _, err := w.Pairs(ctx(t)); err != nil || len(left) != 1 {
			t.Errorf("%d left, %v", len(left), err)
		}
	})
}

// TestACrowdIsNotProposed: a shelter's telephone makes nobody one person.
func TestACrowdIsNotProposed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		var b strings.Builder
		b.WriteString("Name,Phone\n")
		for i := range 300 {
			fmt.Fprintf(&b, "Ana %s,555-010-0100\nBo %s,555-011-%04d\n", letters(i), letters(i), i/2)
		}
		if got := w.takeInText(t, b.String()); got.Proposed != 150 {
			t.Errorf("%+v", got)
		}
	})
}

func TestOneNumberTwoStories(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.takeInText(t, "Record ID,Name,Phone\n7,Ana Quill,555-010-0134\n")
		got := w.takeInText(t, "Record ID,Name,Phone\n7,Ana Quill,555-010-0134\n7,Bo Fable,555-010-0134\n")
		if got.Already != 1 || len(got.Differs) != 1 || got.Differs[0].Line != 3 || w.find(t, "fable") != "" {
			t.Errorf("%+v", got)
		}
	})
}

// TestWhoWasLeftBehindIsCaughtUp: unseen people are found after it.
func TestWhoWasLeftBehindIsCaughtUp(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		rows, _ := rowsOf(t, "Name,Phone\nAna Quill,555-010-0134\nBo Fable,555-010-0134\n")
		w.takeIn(t, rows, Taking{Unseen: true})
		if got := w.find(t, "quill"); got != "" {
			t.Errorf("unseen, and found: %q", got)
		}
		if err := w.CatchUp(ctx(t)); err != nil {
			t.Fatal(err)
		}
		if got := w.find(t, "quill"); got != "Ana Quill" || count(t, w, "people_proposal") != 1 || count(t, w, "people_pending") != 0 {
			t.Errorf("found %q", got)
		}
	})
}

func TestADryRunKeepsNothing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		rows, _ := rowsOf(t, "Name,Phone\nAna Quill,555-010-0134\nAna Quill,555-010-0134\n")
		got := w.takeIn(t, rows, Taking{Dry: true, Seen: map[string][]byte{}})
		if got.Kept != 1 || got.Already != 1 || count(t, w, "people_person") != 0 {
			t.Errorf("%+v", got)
		}
	})
}

// TestWhoMayNotImportKeepsNothing.
func TestWhoMayNotImportKeepsNothing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.may["import.run"] = false
		rows, _ := rowsOf(t, "Name\nAna Quill\n")
		if _, err := w.TakeIn(ctx(t), rows, Taking{}); err == nil || count(t, w, "people_person") != 0 {
			t.Errorf("kept: %v", err)
		}
	})
}

// TestNothingOfAPersonIsReadableInTheTables.
func TestNothingOfAPersonIsReadableInTheTables(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.takeInText(t, "Record ID,Name,Phone,Email\nR-4711,Ana Quill,555-010-0134,ana@made-up.example\n")
		for _, word := range []string{"Ana", "quill", "0134", "made-up", "4711"} {
			if strings.Contains(w.dump(t), fmt.Sprintf("%x", word)) {
				t.Errorf("%s is readable", word)
			}
		}
	})
}

func TestRecordsAreWhole(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		err := w.d.Read(ctx(t), func(tx *db.Tx) error {
			for _, r := range Module(nil).Records {
				bad, err := r.CheckTable(tx)
				if bad = append(bad, r.Check()...); err != nil || len(bad) > 0 {
					t.Errorf("%v %v", bad, err)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
