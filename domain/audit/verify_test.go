package audit_test

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"alongside/domain/audit"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// What was found once is found for ever: the program goes on after an attack,
// and that does not hide it.
func TestEachAttackHasItsWordAndPlace(t *testing.T) {
	onEach(t, func(l *log, a attack) {
		l.fill(leaves)
		before := l.checkpoint()
		if got := l.verify(before); got != "ok 23" {
			l.Fatalf("before the attack: %s", got)
		}
		a.do(l)
		if got := l.verify(nil); got != a.want {
			l.Errorf("without a checkpoint: %s, want %s", got, a.want)
		}
		if got := l.verify(before); got != a.want {
			l.Errorf("with a checkpoint: %s, want %s", got, a.want)
		}
		l.fill(4)
		if got := l.verify(nil); strings.HasPrefix(got, "ok") {
			l.Errorf("after four more leaves: %s", got)
		}
	})
}

func TestOnlyACheckpointTellsOfAWholeOlderCopy(t *testing.T) {
	onBoth(t, func(l *log) {
		l.fill(9)
		older := l.copy()
		l.fill(14)
		signed := l.checkpoint()
		l.restore(older)
		if got := l.verify(nil); got != "ok 9" {
			l.Errorf("without a checkpoint: %s", got)
		}
		if got := l.verify(signed); got != "rolled back 9" {
			l.Errorf("with a checkpoint: %s", got)
		}
		l.clk.Add(time.Hour)
		l.fill(20)
		if got := l.verify(signed); got != "rolled back 9" {
			l.Errorf("after it went on: %s", got)
		}
	})
}

// Someone who holds the keys too makes the whole log anew: all stamps fit. Only
// the checkpoint that left the house knows better, and it cannot know where.
func TestACheckpointTellsOfALogMadeAnewWithTheKeys(t *testing.T) {
	onBoth(t, func(l *log) {
		l.clk.Add(24 * time.Hour)
		l.fill(9)
		signed := l.checkpoint()
		l.wipe()
		l.clk.Add(-24 * time.Hour)
		l.fill(9)
		if got := l.verify(nil); got != "ok 9" {
			l.Errorf("without a checkpoint: %s", got)
		}
		if got := l.verify(signed); got != "edited 0" {
			l.Errorf("with a checkpoint: %s", got)
		}
	})
}

func TestALogThatMustBeThereIsMissed(t *testing.T) {
	onBoth(t, func(l *log) {
		l.fill(3)
		signed := l.checkpoint()
		l.wipe()
		results, err := audit.Verify(context.Background(), l.db, nil, []string{"t1"})
		l.must(err)
		if len(results) != 1 || results[0].Verdict != audit.Truncated {
			l.Errorf("got %+v", results)
		}
		if got := l.verify(signed); got != "rolled back 0" {
			l.Errorf("with a checkpoint: %s", got)
		}
	})
}

func TestAnEmptyLogCanBeSignedAndVerified(t *testing.T) {
	onBoth(t, func(l *log) {
		signed := l.checkpoint()
		l.fill(2)
		if got := l.verify(signed); got != "ok 2" {
			l.Error(got)
		}
	})
}

func TestALongLogIsReadInPieces(t *testing.T) {
	onBoth(t, func(l *log) {
		l.must(l.db.Write(l.ctx, func(tx *db.Tx) error {
			for i := range 1203 {
				if err := audit.Write(tx, entry(i)); err != nil {
					return err
				}
			}
			return nil
		}))
		l.sequence()
		signed := l.checkpoint()
		if got := l.verify(signed); got != "ok 1203" {
			l.Error(got)
		}
		swap(400, 1100)(l)
		if got := l.verify(signed); got != "reordered 400" {
			l.Error(got)
		}
	})
}

func TestCheckpointOfAnotherHandIsRefused(t *testing.T) {
	onBoth(t, func(l *log) {
		l.fill(2)
		signed := string(l.checkpoint())
		for _, bad := range []string{
			"", "x", strings.Replace(signed, "\n2\n", "\n3\n", 1),
			strings.Replace(signed, "alongside/t1", "alongside/t2", 1), strings.Replace(signed, "alongside/t1", "alongside/t9", 1),
		} {
			_, err := audit.Verify(context.Background(), l.db, []byte(bad), nil)
			if !errs.Is(err, errs.Invalid) {
				l.Errorf("%q: %v", bad, err)
			}
		}
	})
}

func TestABrokenHeadIsNotSigned(t *testing.T) {
	onBoth(t, func(l *log) {
		l.fill(8)
		shorten(5)(l)
		if _, err := audit.Checkpoint(context.Background(), l.db, "t1"); !errs.Is(err, errs.Conflict) {
			l.Errorf("got %v", err)
		}
	})
}

func TestRunVerifyPrintsALineForEachOrganisation(t *testing.T) {
	onBoth(t, func(l *log) {
		l.fill(3)
		l.must(l.db.Write(as("t2"), func(tx *db.Tx) error { return audit.Write(tx, entry(0)) }))
		var out bytes.Buffer
		code, err := audit.RunVerify(context.Background(), audit.Verification{DB: l.db}, &out)
		l.must(err)
		if want := "ok\tt1\t3 leaves\nok\tt2\t1 leaves\n"; code != 0 || out.String() != want {
			l.Errorf("%d %q", code, out.String())
		}
		editEntry(0, "handoff.see", "handoff.say")(l)
		out.Reset()
		code, err = audit.RunVerify(context.Background(), audit.Verification{DB: l.db, JSON: true}, &out)
		l.must(err)
		var results []audit.Result
		l.must(json.Unmarshal(out.Bytes(), &results))
		if code != 1 || len(results) != 2 || results[0].Verdict != audit.Edited || results[1].Verdict != audit.OK {
			l.Errorf("%d %s", code, out.String())
		}
	})
}

// A head that was tampered with is never made good by going on: the place stays
// known, and no checkpoint vouches for the log again.
func TestABrokenHeadStaysBroken(t *testing.T) {
	onBoth(t, func(l *log) {
		l.fill(leaves)
		shorten(13)(l)
		for range 3 {
			l.fill(2)
			if got := l.verify(nil); got != "truncated 13" {
				t.Error(got)
			}
			if _, err := audit.Checkpoint(context.Background(), l.db, "t1"); !errs.Is(err, errs.Conflict) {
				t.Errorf("signed: %v", err)
			}
		}
	})
}
