package db_test

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"alongside/platform/db"
	"alongside/platform/db/dbtest"
	"alongside/platform/errs"
	"alongside/platform/soak"
)

// add opens a folder, writes one note and closes it.
func add(t *testing.T, dir, id string) {
	t.Helper()
	d, err := db.Open(t.Context(), db.Options{Dir: dir, Vault: vault(t, dir)})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	err = d.Write(dbtest.Scope(t.Context(), "t1"), func(tx *db.Tx) error {
		tx.Attest([]byte(id))
		_, err := tx.Exec(insertNote, id, said(id), []byte{})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func put(t *testing.T, from, to, name string) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(from, name))
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(to, name), b)
}

// opens opens a folder and returns what was logged.
func opens(t *testing.T, dir string) (string, error) {
	t.Helper()
	var log bytes.Buffer
	d, err := db.Open(t.Context(), db.Options{Dir: dir, Vault: vault(t, dir), Log: slog.New(slog.NewTextHandler(&log, nil))})
	if err == nil {
		err = d.Close()
	}
	return log.String(), err
}

func refused(t *testing.T, dir, want string) {
	t.Helper()
	_, err := opens(t, dir)
	if !errs.Is(err, errs.Unavailable) || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "alongside doctor") {
		t.Fatalf("%v, want %q", err, want)
	}
}

func TestOlderDatabasePutBackIsRefused(t *testing.T) {
	dir := folder(t)
	add(t, dir, "a")
	older := copied(t, dir)
	add(t, dir, "b")
	put(t, older, dir, db.DatabaseFile)
	refused(t, dir, "commits were lost, or an older copy was put in its place")
}

func TestOtherHistoryOfTheSameLengthIsRefused(t *testing.T) {
	dir := folder(t)
	add(t, dir, "a")
	other := copied(t, dir)
	add(t, dir, "b")
	add(t, other, "c")
	put(t, other, dir, db.DatabaseFile)
	refused(t, dir, "the same number of commits with different contents")
}

func TestDatabaseThatIsGoneIsNotMadeAnew(t *testing.T) {
	dir := folder(t)
	add(t, dir, "a")
	os.Remove(filepath.Join(dir, db.DatabaseFile))
	refused(t, dir, "the database file is gone")
}

func TestMissingSideFileIsBegunAnewAndLogged(t *testing.T) {
	dir := folder(t)
	add(t, dir, "a")
	os.Remove(filepath.Join(dir, db.SideFile))
	for _, want := range []bool{true, false} {
		log, err := opens(t, dir)
		if err != nil || strings.Contains(log, "the side file was not there") != want {
			t.Fatal(log, err)
		}
	}
	fresh := t.TempDir()
	dbtest.Vault(t, fresh)
	if log, err := opens(t, fresh); err != nil || log != "" {
		t.Fatal("a new folder is nothing to warn of:", log, err)
	}
}

func TestFlippedBitInTheSideFileNeverOpensAnOlderDatabase(t *testing.T) {
	dir := folder(t)
	for _, id := range []string{"a", "b"} {
		add(t, dir, id)
	}
	older := copied(t, dir)
	add(t, dir, "c")
	add(t, dir, "d")
	put(t, older, dir, db.DatabaseFile) // two commits behind: each slot alone gives it away
	path := filepath.Join(dir, db.SideFile)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rnd := soak.Rand(t, 4)
	for range soak.Count(1000) {
		at := flip(t, path, rnd)
		if _, err := opens(t, dir); !errs.Is(err, errs.Unavailable) {
			t.Fatalf("flipped at %d: %v", at, err)
		}
		write(t, path, whole)
	}
}

func TestTornSideFileLagsAndDamagedOneIsRefused(t *testing.T) {
	dir := folder(t)
	for _, id := range []string{"a", "b", "c"} {
		add(t, dir, id)
	}
	whole, err := os.ReadFile(filepath.Join(dir, db.SideFile))
	if err != nil || len(whole) != 3*512 {
		t.Fatal(len(whole), err)
	}
	zero := make([]byte, 512)
	for name, c := range map[string]struct {
		file []byte
		ok   bool
	}{
		"first slot torn":  {slicesOf(zero, whole[512:]), true},
		"second slot torn": {slicesOf(whole[:512], zero, whole[1024:]), true},
		"no mark yet":      {whole[:1024], true},
		"both torn":        {slicesOf(zero, zero, whole[1024:]), false},
		"the mark torn":    {slicesOf(whole[:1024], zero), false},
		"cut":              {whole[:300], false},
		"empty":            {nil, false},
	} {
		write(t, filepath.Join(dir, db.SideFile), c.file)
		_, err := opens(copiedAs(t, dir))
		if (err == nil) != c.ok || err != nil && !strings.Contains(err.Error(), "damaged") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func slicesOf(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

func copiedAs(t *testing.T, dir string) (*testing.T, string) { return t, copied(t, dir) }

func TestWrongKeyIsSaid(t *testing.T) {
	dir := folder(t)
	add(t, dir, "a")
	os.RemoveAll(filepath.Join(dir, "keys"))
	os.Remove(filepath.Join(dir, db.SideFile))
	dbtest.Vault(t, dir)
	refused(t, dir, "the key of this folder does not open "+db.DatabaseFile)
}
