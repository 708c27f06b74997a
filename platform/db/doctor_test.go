package db_test

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"alongside/platform/db"
	"alongside/platform/db/dbtest"
	"alongside/platform/seal"
	"alongside/platform/soak"
)

// closed is a folder with some 2 MB in its main file: notes, notes too long for
// a page, and pages that are free again.
func closed(t *testing.T) (dir string, ids []string) {
	t.Helper()
	dir = folder(t)
	d, err := db.Open(t.Context(), db.Options{Dir: dir, Vault: vault(t, dir)})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	ctx := dbtest.Scope(t.Context(), "t1")
	ids = together(t, d, 1500)
	err = d.Write(ctx, func(tx *db.Tx) error {
		for i := range 20 {
			if _, err := tx.Exec(insertNote, fmt.Sprint("long", i), "", bytes.Repeat([]byte("long"), 15_000)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	err = d.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec("DELETE FROM note_note WHERE tenant = $1 AND (id LIKE $2 OR id LIKE $3)", "long1%", "n12__")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return dir, slices.DeleteFunc(ids, func(id string) bool { return len(id) == 5 && strings.HasPrefix(id, "n12") })
}

func TestEveryFlippedBitOfTheMainFileIsReportedAndNoneServed(t *testing.T) {
	dir, ids := closed(t)
	path := filepath.Join(dir, db.DatabaseFile)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	well(t, dir)
	rnd, refused := soak.Rand(t, 3), 0
	const flips, atATime = 200, 10
	for range flips / atATime {
		want := map[int64]bool{}
		for range atATime {
			want[flip(t, path, rnd)/4096+1] = true
		}
		found, err := db.Doctor(t.Context(), dir, vault(t, dir))
		if err != nil {
			t.Fatal(err)
		}
		got := map[int64]bool{}
		for _, f := range found {
			if f.Where == db.DatabaseFile && f.Page > 0 {
				got[f.Page] = true
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("flipped in pages %v, reported %v of %v", want, got, found)
		}
		refused += readDamaged(t, dir, ids)
		write(t, path, whole)
	}
	if refused == 0 {
		t.Fatal("no read was ever refused: the test looks at nothing")
	}
	well(t, dir)
}

// well fails the test when the doctor finds something.
func well(t *testing.T, dir string) {
	t.Helper()
	found, err := db.Doctor(t.Context(), dir, vault(t, dir))
	if err != nil || len(found) > 0 {
		t.Fatal(found, err)
	}
}

// readDamaged opens a copy and reads note by note; none may have changed.
func readDamaged(t *testing.T, dir string, ids []string) (refused int) {
	t.Helper()
	to := copied(t, dir)
	d, err := db.Open(t.Context(), db.Options{Dir: to, Vault: vault(t, to)})
	if err != nil {
		return 1
	}
	defer d.Close()
	return oneByOne(t, d, "main file", ids)
}

func TestDoctorSpeaksOfWhatIsWrong(t *testing.T) {
	whole, _ := closed(t)
	for name, c := range map[string]struct {
		hurt func(dir string) error
		want string
	}{
		"cut in a page": {
			func(dir string) error { return os.Truncate(filepath.Join(dir, db.DatabaseFile), 5*4096+100) },
			"page 6: the file ends in the middle of this page",
		},
		"cut between pages": {
			func(dir string) error { return os.Truncate(filepath.Join(dir, db.DatabaseFile), 40*4096) },
			"it does not open",
		},
		"another key": {func(dir string) error {
			os.RemoveAll(filepath.Join(dir, "keys"))
			dbtest.Vault(t, dir)
			return nil
		}, "this is not the key that it was made with"},
		"no database":     {func(dir string) error { return os.Remove(filepath.Join(dir, db.DatabaseFile)) }, "the database file is gone"},
		"no side file":    {func(dir string) error { return os.Remove(filepath.Join(dir, db.SideFile)) }, "it is not there"},
		"empty side file": {func(dir string) error { return os.Truncate(filepath.Join(dir, db.SideFile), 0) }, "is damaged"},
		"a strange type": {func(dir string) error {
			d, err := db.Open(t.Context(), db.Options{Dir: dir, Vault: vault(t, dir)})
			if err != nil {
				return err
			}
			defer d.Close()
			return d.Write(dbtest.Scope(t.Context(), "t1"), func(tx *db.Tx) error {
				_, err := tx.SysExec("CREATE TABLE note_odd (tenant TEXT NOT NULL PRIMARY KEY, at TIMESTAMPTZ NOT NULL)")
				return err
			})
		}, "note_odd.at is of type TIMESTAMPTZ"},
	} {
		dir := copied(t, whole)
		if err := c.hurt(dir); err != nil {
			t.Fatal(err)
		}
		found, err := db.Doctor(t.Context(), dir, vault(t, dir))
		if err != nil || !strings.Contains(fmt.Sprint(found), c.want) {
			t.Errorf("%s: %v, %v, want %q", name, found, err, c.want)
		}
	}
}

func TestDoctorLooksWhileAProgramWrites(t *testing.T) {
	dir := folder(t)
	c := startChild(t, dir, "n", 0)
	c.kept(100)
	go c.kept(0)
	for range 5 {
		well(t, dir)
	}
}

func TestNothingReadableLiesInTheFolder(t *testing.T) {
	dir, _ := killed(t, 30) // with a log and an index of it
	key := vault(t, dir).DatabaseKey()
	seen := 0
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		seen++
		if info, err := e.Info(); err == nil && e.Name() == db.DatabaseFile && info.Mode().Perm() != 0o600 {
			t.Errorf("%s may be read by others: %v", e.Name(), info.Mode())
		}
		for _, s := range []string{"note_note", "SQLite format", "n00001 says", hex.EncodeToString(key[:])} {
			if bytes.Contains(b, []byte(s)) {
				t.Errorf("%s holds %q", filepath.Base(path), s)
			}
		}
		return err
	})
	if err != nil || seen < 4 {
		t.Fatal(seen, err)
	}
}

func TestBackupIsWholeUnderItsOwnKey(t *testing.T) {
	dir, ids := closed(t)
	d, err := db.Open(t.Context(), db.Options{Dir: dir, Vault: vault(t, dir)})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	to := t.TempDir()
	other := dbtest.Vault(t, to)
	path := filepath.Join(to, db.DatabaseFile)
	if err := d.Backup(t.Context(), path, other.DatabaseKey()); err != nil {
		t.Fatal(err)
	}
	if err := d.Backup(t.Context(), path, other.DatabaseKey()); err == nil {
		t.Fatal("a backup was overwritten")
	}
	found, err := db.Doctor(t.Context(), to, other)
	if err != nil || len(found) != 1 || found[0].Where != db.SideFile { // it has none yet
		t.Fatal(found, err)
	}
	restored(t, to, other, ids)
	well(t, to)
}

func restored(t *testing.T, dir string, v *seal.Vault, ids []string) {
	t.Helper()
	d, err := db.Open(t.Context(), db.Options{Dir: dir, Vault: v})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if n := oneByOne(t, d, "backup", ids); n > 0 {
		t.Fatal(n, "notes refused")
	}
}
