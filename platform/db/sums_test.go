package db_test

import (
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ncruces/go-sqlite3"

	"alongside/platform/db"
	"alongside/platform/db/dbtest"
)

func open(t *testing.T, dir string) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), db.Options{Dir: dir, Vault: vault(t, dir), Log: dbtest.Log(t)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// bring brings the log of a folder to its main file, as another program may at
// any moment.
func bring(t *testing.T, dir string) {
	t.Helper()
	c, err := sqlite3.Open("file:" + filepath.Join(dir, db.DatabaseFile) + "?vfs=alongside")
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	key := vault(t, dir).DatabaseKey()
	if err := c.Exec("PRAGMA hexkey='" + hex.EncodeToString(key[:]) + "'"); err != nil {
		t.Fatal(err)
	}
	if err := c.Exec("SELECT count(*) FROM sqlite_schema"); err != nil { // only who has read knows of the log
		t.Fatal(err)
	}
	if _, _, err := c.WALCheckpoint("main", sqlite3.CHECKPOINT_PASSIVE); err != nil {
		t.Fatal(err)
	}
}

// The first page says that there are checksums. A program that found it in the
// log, and not in the main file, sets and checks them all the same.
func TestPagesCarryTheirSumsWhoeverBringsThemToTheMainFile(t *testing.T) {
	dir := folder(t)
	first := open(t, dir)
	together(t, first, 150) // the file grows, so its first page is in the log
	second := open(t, dir)
	bring(t, dir)
	err := second.Write(dbtest.Scope(t.Context(), "t1"), func(tx *db.Tx) error {
		_, err := tx.Exec("UPDATE note_note SET said = said WHERE tenant = $1")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	first.Close()
	if err := second.Close(); err != nil { // the last one out brings the log to the main file
		t.Fatal(err)
	}
	if found, err := db.Doctor(t.Context(), dir, vault(t, dir)); err != nil || len(found) > 0 {
		t.Fatal(found, err)
	}
	if _, err := everything(t, dir); err != nil {
		t.Fatal(err)
	}
}

func TestSumsAreCheckedWhileTheFirstPageIsInTheLog(t *testing.T) {
	dir := folder(t)
	d := open(t, dir)
	ids := together(t, d, 150)
	d.Close()
	path := filepath.Join(dir, db.DatabaseFile)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	first := open(t, dir)
	err = first.Write(dbtest.Scope(t.Context(), "t2"), func(tx *db.Tx) error { // far from the others, and the file grows
		_, err := tx.Exec(insertNote, "z", strings.Repeat("z", 100_000), []byte{})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for at := 8*4096 + 100; at < len(b); at += 4096 { // pages of the notes
		b[at] ^= 1
	}
	write(t, path, b)
	if oneByOne(t, open(t, dir), "a bit flipped in the main file", ids) == 0 {
		t.Fatal("the flip did not matter: the test looks at nothing")
	}
}

// What one program wrote to the log and took back must not come over what
// another has committed there since.
func TestWhatWasTakenBackIsNotWrittenOverAnothersCommit(t *testing.T) {
	dir := folder(t)
	first, second := open(t, dir), open(t, dir)
	ctx := dbtest.Scope(t.Context(), "t1")
	err := first.Write(ctx, func(tx *db.Tx) error {
		for i := range 40 { // a little more than the cache holds, which goes to the log before the commit
			if _, err := tx.Exec(insertNote, fmt.Sprint("big", i), strings.Repeat("x", 50_000), []byte{}); err != nil {
				return err
			}
		}
		return errors.New("no")
	})
	if err == nil {
		t.Fatal("it was kept")
	}
	ids := together(t, second, 150)
	if n := oneByOne(t, first, "after another's commit", ids); n != 0 {
		t.Fatal(n, "notes cannot be read")
	}
	if err := first.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec("DELETE FROM note_note WHERE tenant = $1 AND id = 'none'")
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if n := oneByOne(t, second, "after another's commit", ids); n != 0 {
		t.Fatal(n, "notes cannot be read")
	}
}
