package db_test

import (
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"alongside/platform/db"
	"alongside/platform/db/dbtest"
	"alongside/platform/errs"
)

func step(sql string) *fstest.MapFile {
	return &fstest.MapFile{Data: []byte("-- +goose Up\n" + sql + "\n")}
}

func one(name string, steps ...*fstest.MapFile) []db.Migrations {
	files := fstest.MapFS{}
	for i, s := range steps {
		files["0000"+string(rune('1'+i))+"_step.sql"] = s
	}
	return []db.Migrations{{Name: name, FS: files}}
}

func TestMigrationsAreCountedByDomainAndRunOnce(t *testing.T) {
	onBoth(t, func(p place) {
		first := step("CREATE TABLE thing_thing (tenant TEXT NOT NULL, n BIGINT NOT NULL, b BYTEA NOT NULL, d DOUBLE PRECISION NOT NULL DEFAULT 0, PRIMARY KEY (tenant, n));")
		second := step("ALTER TABLE thing_thing ADD COLUMN said TEXT NOT NULL DEFAULT 'x';\nUPDATE thing_thing SET said = 'y';")
		for _, list := range [][]db.Migrations{one("thing", first), one("thing", first), one("thing", first, second), one("thing", first, second)} {
			if err := p.Migrate(t.Context(), list); err != nil {
				t.Fatal(err)
			}
		}
		p.write(func(tx *db.Tx) error {
			_, err := tx.Exec("INSERT INTO thing_thing (tenant, n, b) VALUES ($1, $2, $3)", 1<<60, []byte("007"))
			return err
		})
		p.write(func(tx *db.Tx) error {
			var n int64
			var b []byte
			var versions, others int
			err := tx.Row("SELECT n, b FROM thing_thing WHERE tenant = $1 AND said = 'x'").Scan(&n, &b)
			if err == nil {
				err = tx.SysRow("SELECT max(version_id) FROM goose_thing").Scan(&versions)
			}
			if err == nil {
				err = tx.SysRow("SELECT max(version_id) FROM goose_note").Scan(&others)
			}
			if n != 1<<60 || string(b) != "007" || versions != 2 || others != 1 {
				t.Error(n, b, versions, others)
			}
			return err
		})
	})
}

func TestNewerDatabaseIsRefusedInWords(t *testing.T) {
	onBoth(t, func(p place) {
		a, b := step("CREATE TABLE thing_a (tenant TEXT NOT NULL PRIMARY KEY);"), step("CREATE TABLE thing_b (tenant TEXT NOT NULL PRIMARY KEY);")
		if err := p.Migrate(t.Context(), one("thing", a, b)); err != nil {
			t.Fatal(err)
		}
		err := p.Migrate(t.Context(), one("thing", a))
		if !errs.Is(err, errs.Unavailable) || !strings.Contains(err.Error(), "at step 2 and this program knows 1: a newer program has been here") {
			t.Fatal(err)
		}
	})
}

func TestBrokenStepLeavesNothingHalfDone(t *testing.T) {
	onBoth(t, func(p place) {
		err := p.Migrate(t.Context(), one("thing", step("CREATE TABLE thing_a (tenant TEXT NOT NULL PRIMARY KEY);\nINSERT INTO nowhere VALUES (1);")))
		if err == nil {
			t.Fatal("it went through")
		}
		if err := p.Migrate(t.Context(), one("thing", step("CREATE TABLE thing_a (tenant TEXT NOT NULL PRIMARY KEY);"))); err != nil {
			t.Fatal(err)
		}
	})
}

func TestSeveralProgramsMigrateAtOnce(t *testing.T) {
	list := func() []db.Migrations {
		var all []db.Migrations
		for _, name := range []string{"a", "b", "c", "d"} {
			all = append(all, one(name, step("CREATE TABLE "+name+"_x (tenant TEXT NOT NULL PRIMARY KEY);"), step("CREATE TABLE "+name+"_y (tenant TEXT NOT NULL PRIMARY KEY);"))...)
		}
		return all
	}
	t.Run("sqlite", func(t *testing.T) {
		dir := folder(t)
		migrateAll(t, list, db.Options{Dir: dir, Vault: vault(t, dir)})
		well(t, dir)
	})
	t.Run("postgres", func(t *testing.T) {
		migrateAll(t, list, db.Options{Postgres: dbtest.Postgres(t, nil)})
	})
}

func migrateAll(t *testing.T, list func() []db.Migrations, o db.Options) {
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			d, err := db.Open(t.Context(), o)
			if err != nil {
				t.Error(err)
				return
			}
			defer d.Close()
			if err := d.Migrate(t.Context(), list()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

func TestMigratedDatabaseIsNotTheOneFromBefore(t *testing.T) {
	dir := folder(t)
	add(t, dir, "a")
	older := copied(t, dir)
	d, err := db.Open(t.Context(), db.Options{Dir: dir, Vault: vault(t, dir)})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Migrate(t.Context(), one("thing", step("CREATE TABLE thing_a (tenant TEXT NOT NULL PRIMARY KEY);"))); err != nil {
		t.Fatal(err)
	}
	d.Close()
	put(t, older, dir, db.DatabaseFile)
	refused(t, dir, "an older copy was put in its place")
}

func TestFileIsAsAgreedAlsoAfterAVacuum(t *testing.T) {
	dir := folder(t)
	d, err := db.Open(t.Context(), db.Options{Dir: dir, Vault: vault(t, dir)})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	p := place{t, d, dbtest.Scope(t.Context(), "t1"), nil}
	p.note("a", "b")
	for _, before := range []string{"as made", "after a vacuum"} {
		for name, want := range map[string]string{"page_size": "4096", "journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "temp_store": "2"} {
			var got string
			p.write(func(tx *db.Tx) error { return tx.SysRow("SELECT * FROM pragma_" + name).Scan(&got) })
			if got != want {
				t.Errorf("%s: %s is %s, not %s", before, name, got, want)
			}
		}
		well(t, dir)
		if err := vacuum(p); err != nil { // the program never does; a person with the key may
			t.Fatal(err)
		}
	}
	d.Close()
	well(t, dir) // every page has its checksum, also those that the vacuum moved
	if _, err := opens(t, dir); err != nil {
		t.Fatal(err)
	}
}

// vacuum runs outside of any transaction, as it must.
func vacuum(p place) error {
	return p.Write(p.ctx, func(tx *db.Tx) error {
		for _, sql := range []string{"ROLLBACK", "VACUUM", "BEGIN IMMEDIATE"} {
			if _, err := tx.SysExec(sql); err != nil {
				return err
			}
		}
		return nil
	})
}
