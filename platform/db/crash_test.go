package db_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"alongside/platform/db"
	"alongside/platform/db/dbtest"
	"alongside/platform/errs"
	"alongside/platform/seal"
	"alongside/platform/soak"
)

// folder makes a data folder with an empty table of notes.
func folder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	d, err := db.Open(t.Context(), db.Options{Dir: dir, Vault: dbtest.Vault(t, dir)})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := d.Migrate(t.Context(), notes()); err != nil {
		t.Fatal(err)
	}
	return dir
}

// copied is a copy of a folder, keys and all.
func copied(t *testing.T, dir string) string {
	t.Helper()
	to := t.TempDir()
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	return to
}

func vault(t *testing.T, dir string) *seal.Vault {
	t.Helper()
	v, err := seal.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// everything opens a folder and reads all notes, id to words.
func everything(t *testing.T, dir string) (map[string]string, error) {
	t.Helper()
	d, err := db.Open(t.Context(), db.Options{Dir: dir, Vault: vault(t, dir), Log: dbtest.Log(t)})
	if err != nil {
		return nil, err
	}
	defer d.Close()
	return allNotes(t, d)
}

func allNotes(t *testing.T, d *db.DB) (map[string]string, error) {
	all := map[string]string{}
	err := d.Read(dbtest.Scope(t.Context(), "t1"), func(tx *db.Tx) error {
		rows, err := tx.Query("SELECT id, said FROM note_note WHERE tenant = $1")
		if err != nil {
			return err
		}
		for rows.Next() {
			var id, said string
			if err := rows.Scan(&id, &said); err != nil {
				return err
			}
			all[id] = said
		}
		return rows.Err()
	})
	return all, err
}

// served fails the test when a note that was read is not what was written, or
// one that was acknowledged is missing.
func served(t *testing.T, what string, all map[string]string, acknowledged []string) {
	t.Helper()
	for id, words := range all {
		if words != said(id) {
			t.Fatalf("%s: %s was served changed", what, id)
		}
	}
	for _, id := range acknowledged {
		if all[id] == "" {
			t.Fatalf("%s: %s was acknowledged and is gone, without a word", what, id)
		}
	}
}

// killed is a folder whose program was killed after n notes, with all of them
// in the log, and what it had acknowledged.
func killed(t *testing.T, n int) (dir string, acknowledged []string) {
	t.Helper()
	dir = folder(t)
	c := startChild(t, dir, "n", n, "-child-stay")
	acknowledged = c.kept(n)
	c.kill()
	if len(acknowledged) < n {
		t.Fatal("the child wrote only", len(acknowledged))
	}
	return dir, acknowledged
}

func TestKilledProgramLosesNothing(t *testing.T) {
	dir := folder(t)
	var acknowledged []string
	for round := range soak.Count(80) {
		c := startChild(t, dir, fmt.Sprintf("r%d-", round), 0)
		acknowledged = append(acknowledged, c.kept(20+40*(round%10))...)
		acknowledged = append(acknowledged, c.kill()...)
		all, err := everything(t, dir)
		if err != nil {
			t.Fatal(err)
		}
		served(t, "after -9", all, acknowledged)
		if extra := len(all) - len(acknowledged); extra < 0 || extra > round+1 {
			t.Fatalf("%d notes more than were acknowledged", extra)
		}
	}
	if found, err := db.Doctor(t.Context(), dir, vault(t, dir)); err != nil || len(found) > 0 {
		t.Fatal(found, err)
	}
}

func TestLogCutOrFlippedAfterAKillIsCaught(t *testing.T) {
	dir, acknowledged := killed(t, 30)
	log, err := os.ReadFile(filepath.Join(dir, db.LogFile))
	if err != nil || len(log) < 100_000 {
		t.Fatal("no log to damage:", len(log), err)
	}
	all, err := everything(t, copied(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	served(t, "undamaged", all, acknowledged)
	rnd, rounds := soak.Rand(t, 1), soak.Count(600)
	caught := 0
	for range rounds {
		hurt, what := damaged(log, rnd)
		if caughtIn(t, dir, hurt, what, acknowledged) {
			caught++
		}
	}
	if caught < rounds*3/4 {
		t.Fatalf("only %d of %d mattered: the test looks at little", caught, rounds)
	}
}

// damaged is a log cut somewhere, or with one bit turned over.
func damaged(log []byte, rnd *rand.Rand) (hurt []byte, what string) {
	at := rnd.IntN(len(log))
	if rnd.IntN(2) == 0 {
		return log[:at], fmt.Sprintf("cut at %d of %d", at, len(log))
	}
	hurt = slices.Clone(log)
	hurt[at] ^= 1 << rnd.IntN(8)
	return hurt, fmt.Sprintf("a bit flipped at %d of %d", at, len(log))
}

// In a storm the log goes to the main file again and again, and the program may
// be killed in the middle of that.
func TestLogDamagedAfterAKillInAStormIsCaughtOrMissesNothing(t *testing.T) {
	rnd := soak.Rand(t, 5)
	for round := range soak.Count(150) {
		dir := folder(t)
		c := startChild(t, dir, "n", 0)
		acknowledged := c.kept(40 + rnd.IntN(80))
		acknowledged = append(acknowledged, c.kill()...)
		log, err := os.ReadFile(filepath.Join(dir, db.LogFile))
		if err != nil || len(log) == 0 {
			t.Fatal(len(log), err)
		}
		for range 4 {
			hurt, what := damaged(log, rnd)
			caughtIn(t, dir, hurt, fmt.Sprintf("round %d, %s", round, what), acknowledged)
		}
	}
}

// caughtIn opens a copy of dir with another log. Either it is refused, in words
// that the doctor explains, or nothing is missing.
func caughtIn(t *testing.T, dir string, log []byte, what string, acknowledged []string) bool {
	t.Helper()
	to := copied(t, dir)
	write(t, filepath.Join(to, db.LogFile), log)
	all, err := everything(t, to)
	if err == nil {
		served(t, what, all, acknowledged)
		return false
	}
	if !errs.Is(err, errs.Unavailable) || !strings.Contains(err.Error(), "alongside doctor") {
		t.Fatalf("%s: refused in other words: %v", what, err)
	}
	if _, again := everything(t, to); again == nil || again.Error() != err.Error() {
		t.Fatalf("%s: refused once, then %v", what, again)
	}
	found, err := db.Doctor(t.Context(), to, vault(t, to))
	if err != nil || !slices.ContainsFunc(found, func(f db.Finding) bool { return f.Where == db.SideFile }) ||
		!slices.ContainsFunc(found, func(f db.Finding) bool { return strings.HasSuffix(f.Where, "-wal") }) {
		t.Fatalf("%s: the doctor says %v, %v", what, found, err)
	}
	return true
}

func write(t *testing.T, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// oneByOne reads each note for itself, so that one page that is refused does
// not hide another that is served changed. It returns how many were refused.
func oneByOne(t *testing.T, d *db.DB, what string, ids []string) (refused int) {
	t.Helper()
	for _, id := range ids {
		var words string
		err := d.Read(dbtest.Scope(t.Context(), "t1"), func(tx *db.Tx) error {
			return tx.Row("SELECT said FROM note_note WHERE tenant = $1 AND id = $2", id).Scan(&words)
		})
		switch {
		case err == nil && words != said(id) || errs.Is(err, errs.NotFound):
			t.Fatalf("%s: %s was served changed: %v", what, id, err)
		case err != nil:
			refused++
		}
	}
	return refused
}

func TestBitFlippedInALiveLogIsNeverServed(t *testing.T) {
	rnd := soak.Rand(t, 2)
	refused := 0
	for i := range soak.Count(300) {
		dir := folder(t)
		d, err := db.Open(t.Context(), db.Options{Dir: dir, Vault: vault(t, dir), Log: dbtest.Log(t)})
		if err != nil {
			t.Fatal(err)
		}
		acknowledged := together(t, d, 150) // nearly every page of the log is then in use
		at := flip(t, filepath.Join(dir, db.LogFile), rnd)
		what := fmt.Sprintf("round %d, a bit flipped at %d while running", i, at)
		refused += oneByOne(t, d, what, acknowledged)
		d.Close() // brings what it can to the main file
		if all, err := everything(t, dir); err == nil {
			served(t, what+", opened again", all, acknowledged)
		} else {
			refused++
		}
	}
	if refused == 0 {
		t.Fatal("no flip ever mattered: the test looks at nothing")
	}
}

// together writes n notes in one transaction and returns their ids.
func together(t *testing.T, d *db.DB, n int) (ids []string) {
	t.Helper()
	for i := range n {
		ids = append(ids, fmt.Sprint("n", i))
	}
	err := d.Write(dbtest.Scope(t.Context(), "t1"), func(tx *db.Tx) error {
		for _, id := range ids {
			if _, err := tx.Exec(insertNote, id, said(id), []byte{}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

// flip turns one bit of a file over, in place, and returns where.
func flip(t *testing.T, path string, rnd *rand.Rand) int64 {
	t.Helper()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		t.Fatal(err)
	}
	at := rnd.Int64N(size)
	var b [1]byte
	if _, err := f.ReadAt(b[:], at); err != nil {
		t.Fatal(err)
	}
	b[0] ^= 1 << rnd.IntN(8)
	if _, err := f.WriteAt(b[:], at); err != nil {
		t.Fatal(err)
	}
	return at
}

func TestTwoProcessesWriteToOneFolder(t *testing.T) {
	dir := folder(t)
	d, err := db.Open(t.Context(), db.Options{Dir: dir, Vault: vault(t, dir), Log: dbtest.Log(t)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	const each = 150
	a, b := startChild(t, dir, "a", each), startChild(t, dir, "b", each)
	var mine sync.WaitGroup
	for w := range 4 {
		mine.Go(func() {
			for i := range each / 4 {
				id := fmt.Sprintf("mine%d-%d", w, i)
				err := d.Write(dbtest.Scope(t.Context(), "t1"), func(tx *db.Tx) error {
					_, err := tx.Exec(insertNote, id, said(id), []byte{})
					return err
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	acknowledged := append(a.kept(0), b.kept(0)...)
	mine.Wait()
	all, err := allNotes(t, d)
	if err != nil || len(acknowledged) != 2*each || len(all) != 2*each+each/4*4 {
		t.Fatal(len(acknowledged), len(all), err)
	}
	served(t, "three processes", all, acknowledged)
	d.Close()
	if _, err := everything(t, dir); err != nil {
		t.Fatal("after them the folder does not open:", err)
	}
}
