package handoff

import (
	"fmt"
	"testing"
	"time"

	"alongside/platform/db"
	"alongside/platform/errs"
)

// Codes that open nothing are used up for a site's link, from wherever they
// come; right ones never count; a new link, another site and time begin anew.
func TestShiftCodesCannotBeGuessed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		try := func(site Site, code string) error { _, err := w.s.ByCode(nurse(), site, code); return err }
		for range 2 * codeBurst {
			if err := try(w.site, r.Code); err != nil {
				t.Fatalf("a ward that types right is slowed: %v", err)
			}
		}
		for i := range codeBurst {
			if err := try(w.site, fmt.Sprintf("NEVER %02d", i)); !errs.Is(err, errs.NotFound) {
				t.Fatalf("guess %d: %v", i, err)
			}
		}
		for _, code := range []string{"NEVER 99", r.Code} {
			if err := try(w.site, code); !errs.Is(err, errs.TooMany) {
				t.Errorf("%s after all tries were used: %v", code, err)
			}
		}
		again := New(w.s.Deps) // a restart
		if _, err := again.ByCode(nurse(), w.site, r.Code); !errs.Is(err, errs.TooMany) {
			t.Errorf("after a restart: %v", err)
		}
		moved := w.site
		moved.Turn++
		if err := try(moved, r.Code); err != nil {
			t.Errorf("by a new link: %v", err)
		}
		w.clk.Add(codeEvery + time.Second)
		if err := try(w.site, r.Code); err != nil {
			t.Errorf("two minutes later: %v", err)
		}
		w.clk.Set(w.clk.Now().AddDate(0, 0, -2))
		if err := try(w.site, "NEVER 98"); err == nil {
			t.Error("a clock set back opens a code")
		}
	})
}

// What is kept of a guess names neither the site nor the code.
func TestWhatIsKeptOfAGuess(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		_, err := w.s.ByCode(nurse(), w.site, "NEVER 11")
		if !errs.Is(err, errs.NotFound) {
			t.Fatal(err)
		}
		var who []byte
		err = w.s.DB.Read(nurse(), func(tx *db.Tx) error {
			return tx.SysRow("SELECT who FROM access_attempt WHERE what = 'shift-code'").Scan(&who)
		})
		if err != nil || len(who) == 0 || string(who) == string(w.site.ID) {
			t.Errorf("%q %v", who, err)
		}
	})
}
