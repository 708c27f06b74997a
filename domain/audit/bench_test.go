package audit_test

import (
	"context"
	"fmt"
	"runtime"
	"syscall"
	"testing"
	"time"

	"alongside/domain/audit"
	"alongside/platform/db"
	"alongside/platform/db/dbtest"
)

// openBench opens an encrypted SQLite with a log that is not new.
func openBench(b *testing.B, leaves int) *db.DB {
	dir := b.TempDir()
	v := dbtest.Vault(b, dir)
	d, err := db.Open(context.Background(), db.Options{Dir: dir, Vault: v})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { d.Close() })
	if err := d.Migrate(context.Background(), []db.Migrations{{Name: "audit", FS: audit.Migrations()}}); err != nil {
		b.Fatal(err)
	}
	for done := 0; done < leaves; done += 500 {
		writeMany(b, d, 500, single)
	}
	return d
}

func single(i int) audit.Entry {
	return audit.Entry{
		Kind: audit.Look, Action: "handoff.see", Record: fmt.Sprintf("handoff_handoff/%026d", i),
		Subjects: []string{fmt.Sprintf("%021d", (i*7919)%20000)},
	}
}

func board(int) audit.Entry {
	e := audit.Entry{Kind: audit.Look, Action: "handoff.board"}
	for i := range 50 {
		e.Subjects = append(e.Subjects, fmt.Sprintf("%021d", i))
	}
	return e
}

func writeMany(b *testing.B, d *db.DB, n int, what func(int) audit.Entry) {
	err := d.Write(as("t1"), func(tx *db.Tx) error {
		for i := range n {
			if err := audit.Write(tx, what(i)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

// cpu is what this process has used.
func cpu() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// benchWrite measures the leaves alone: many in one transaction, so that
// beginning and committing do not count.
func benchWrite(b *testing.B, what func(int) audit.Entry) {
	d := openBench(b, 100000)
	runtime.GC()
	before, n := cpu(), 0
	b.ReportAllocs()
	b.ResetTimer()
	for n < b.N {
		writeMany(b, d, 250, what)
		n += 250
	}
	b.StopTimer()
	b.ReportMetric(float64((cpu()-before).Nanoseconds())/1e3/float64(n), "cpu-µs/leaf")
}

func BenchmarkWrite(b *testing.B)      { benchWrite(b, single) }
func BenchmarkWriteBoard(b *testing.B) { benchWrite(b, board) }

// BenchmarkVerify measures how long a leaf takes to verify.
func BenchmarkVerify(b *testing.B) {
	const leaves = 20000
	d := openBench(b, leaves)
	b.ResetTimer()
	for range b.N {
		results, err := audit.Verify(context.Background(), d, nil, nil)
		if err != nil || results[0].Verdict != audit.OK {
			b.Fatal(results, err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/1e3/float64(b.N)/leaves, "µs/leaf")
}
