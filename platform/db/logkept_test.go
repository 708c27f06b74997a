package db_test

import (
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"alongside/platform/db"
	"alongside/platform/db/dbtest"
)

// What two programs commit in turn is what the main file holds in the end,
// whoever brought it there and from wherever: what is taken back, what is too
// large for the cache and goes to the log before its commit, and a log that
// either of them starts over leave nothing behind.
func TestTheMainFileHoldsWhatWasCommittedWhoeverBroughtIt(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		dir := folder(t)
		both := []*db.DB{open(t, dir), open(t, dir)}
		want := map[string]string{}
		for n := range rapid.IntRange(1, 12).Draw(rt, "steps") {
			d := both[rapid.IntRange(0, 1).Draw(rt, "who")]
			switch how := rapid.SampledFrom([]string{"small", "small", "middle", "large", "again", "taken back", "brought", "memory"}).Draw(rt, "how"); how {
			case "brought":
				bring(t, dir)
			case "memory":
				d.Shrink()
			default:
				putNotes(t, d, want, how, fmt.Sprint(n))
			}
		}
		for _, d := range both {
			if err := d.Close(); err != nil {
				rt.Fatal(err)
			}
		}
		if found, err := db.Doctor(t.Context(), dir, vault(t, dir)); err != nil || len(found) > 0 {
			rt.Fatal(found, err)
		}
		got, err := everything(t, dir)
		if err != nil || !maps.Equal(got, want) {
			rt.Fatal(len(got), len(want), err)
		}
	})
}

// putNotes writes some notes in one transaction and says what is there now.
func putNotes(t *testing.T, d *db.DB, want map[string]string, how, n string) {
	t.Helper()
	count, words := 3, n+strings.Repeat(n, 500)
	switch how {
	case "middle", "again":
		count, words = 8, n+strings.Repeat("x", 70_000)
	case "large", "taken back":
		count, words = 40, n+strings.Repeat("x", 70_000)
	}
	if how == "again" { // over what is there
		n = ""
	}
	err := d.Write(dbtest.Scope(t.Context(), "t1"), func(tx *db.Tx) error {
		for i := range count {
			if _, err := tx.Exec("INSERT INTO note_note (tenant, id, said, sealed) VALUES ($1, $2, $3, $4) ON CONFLICT (tenant, id) DO UPDATE SET said = excluded.said", fmt.Sprint(n, "-", i), words, []byte{}); err != nil {
				return err
			}
		}
		if how == "taken back" {
			return errTakenBack
		}
		return nil
	})
	if how == "taken back" && errors.Is(err, errTakenBack) {
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	for i := range count {
		want[fmt.Sprint(n, "-", i)] = words
	}
}

var errTakenBack = errors.New("taken back")
