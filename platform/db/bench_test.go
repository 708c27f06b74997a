//go:build unix

package db_test

import (
	"encoding/hex"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/ncruces/go-sqlite3"

	"alongside/platform/db"
	"alongside/platform/db/dbtest"
	"alongside/platform/id"
)

// cpu is what this process has used of the processors, in microseconds.
func cpu() float64 {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1000
}

func openBench(b *testing.B) *db.DB {
	dir := b.TempDir()
	d, err := db.Open(b.Context(), db.Options{Dir: dir, Vault: dbtest.Vault(b, dir)})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { d.Close() })
	if err := d.Migrate(b.Context(), notes()); err != nil {
		b.Fatal(err)
	}
	return d
}

// BenchmarkRaw is what the machine can do: one connection, one 200-byte row per
// FULL commit, through the same encryption, checksums and file system.
func BenchmarkRaw(b *testing.B) {
	dir := b.TempDir()
	key := [32]byte{1}
	c, err := sqlite3.Open("file:" + dir + "/raw.db?vfs=adiantum")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { c.Close() })
	must := func(err error) {
		if err != nil {
			b.Fatal(err)
		}
	}
	must(c.Exec("PRAGMA hexkey='" + hex.EncodeToString(key[:]) + "'"))
	must(c.EnableChecksums("main"))
	must(c.Exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE note (tenant TEXT NOT NULL, id TEXT NOT NULL, said TEXT NOT NULL, PRIMARY KEY (tenant, id))"))
	s, _, err := c.Prepare("INSERT INTO note VALUES ('t1', ?1, ?2)")
	must(err)
	defer s.Close()
	said := row()
	used := cpu()
	for b.Loop() {
		must(s.BindText(1, id.Secret(16)))
		must(s.BindText(2, said))
		must(s.Exec())
	}
	b.ReportMetric((cpu()-used)/float64(b.N), "cpu-µs/op")
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "commits/s")
}

func BenchmarkWrite1(b *testing.B)  { benchWrite(b, 1) }
func BenchmarkWrite16(b *testing.B) { benchWrite(b, 16) }
func BenchmarkWrite64(b *testing.B) { benchWrite(b, 64) }

func benchWrite(b *testing.B, clients int) {
	d := openBench(b)
	ctx := dbtest.Scope(b.Context(), "t1")
	said := row()
	var left atomic.Int64
	before := d.Stats()
	used := cpu()
	b.ResetTimer()
	left.Store(int64(b.N))
	done := make(chan bool)
	for range clients {
		go func() {
			for left.Add(-1) >= 0 {
				err := d.Write(ctx, func(tx *db.Tx) error {
					_, err := tx.Exec(insertNote, id.Secret(16), said, []byte{})
					return err
				})
				if err != nil {
					b.Error(err)
				}
			}
			done <- true
		}()
	}
	for range clients {
		<-done
	}
	b.StopTimer()
	after := d.Stats()
	b.ReportMetric((cpu()-used)/float64(b.N), "cpu-µs/op")
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "commits/s")
	b.ReportMetric(float64(after.Commits-before.Commits)/float64(after.Groups-before.Groups), "commits/fsync")
}

func BenchmarkRead(b *testing.B) {
	d := openBench(b)
	ctx := dbtest.Scope(b.Context(), "t1")
	err := d.Write(ctx, func(tx *db.Tx) error {
		for range 50 {
			if _, err := tx.Exec(insertNote, id.Secret(16), row(), []byte{}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		n := 0
		err := d.Read(ctx, func(tx *db.Tx) error {
			rows, err := tx.Query("SELECT id, said, at FROM note_note WHERE tenant = $1")
			for err == nil && rows.Next() {
				var id, said string
				var at int64
				err = rows.Scan(&id, &said, &at)
				n++
			}
			return err
		})
		if err != nil || n != 50 {
			b.Fatal(n, err)
		}
	}
}

// BenchmarkStart opens a database whose sixteen domains are up to date.
func BenchmarkStart(b *testing.B) {
	dir := b.TempDir()
	v := dbtest.Vault(b, dir)
	var list []db.Migrations
	for i := range 16 {
		list = append(list, db.Migrations{Name: string(rune('a' + i)), FS: notes()[0].FS})
		if i > 0 {
			list[i].FS = one("x", step("CREATE TABLE "+list[i].Name+"_x (tenant TEXT NOT NULL PRIMARY KEY);"))[0].FS
		}
	}
	for b.Loop() {
		d, err := db.Open(b.Context(), db.Options{Dir: dir, Vault: v})
		if err != nil {
			b.Fatal(err)
		}
		if err := d.Migrate(b.Context(), list); err != nil {
			b.Fatal(err)
		}
		d.Close()
	}
}
