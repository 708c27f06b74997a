//go:build linux

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
		writeMany(b, d, 500, done, scattered)
	}
	return d
}

// single is a look at one of as many people as an organisation walks with at a
// time; scattered at one of as many as it ever knew.
func single(i int) audit.Entry    { return oneOf(i, 300) }
func scattered(i int) audit.Entry { return oneOf(i, 20000) }

func oneOf(i, people int) audit.Entry {
	return audit.Entry{
		Kind: audit.Look, Action: "handoff.see", Record: fmt.Sprintf("handoff_handoff/%026d", i),
		Subjects: []string{fmt.Sprintf("%021d", (i*7919)%people)},
	}
}

func board(int) audit.Entry {
	e := audit.Entry{Kind: audit.Look, Action: "handoff.board"}
	for i := range 50 {
		e.Subjects = append(e.Subjects, fmt.Sprintf("%021d", i))
	}
	return e
}

// writeMany returns what the calls of Write alone used.
func writeMany(b *testing.B, d *db.DB, n, from int, what func(int) audit.Entry) (used time.Duration) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	err := d.Write(as("t1"), func(tx *db.Tx) error {
		before := cpu(threadOnly)
		defer func() { used = cpu(threadOnly) - before }()
		for i := range n {
			if err := audit.Write(tx, what(from+i)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return used
}

// threadOnly is Linux's RUSAGE_THREAD, which the syscall package does not name.
const threadOnly = 1

// cpu is what this process, or this thread, has used.
func cpu(who int) time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(who, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// benchWrite measures leaves, 250 to a transaction, so that what counts is the
// leaf and not the fsync. It reports the CPU of Write alone, and of everything:
// the leaf's share of the commit, of writing the log back, of collecting garbage.
func benchWrite(b *testing.B, what func(int) audit.Entry) {
	d := openBench(b, 50000)
	runtime.GC()
	n, alone := 0, time.Duration(0)
	before := cpu(syscall.RUSAGE_SELF)
	b.ReportAllocs()
	b.ResetTimer()
	for n < b.N {
		alone += writeMany(b, d, 250, n, what)
		n += 250
	}
	b.StopTimer()
	each := func(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1e3 / float64(n) }
	b.ReportMetric(each(alone), "cpu-µs/write")
	b.ReportMetric(each(cpu(syscall.RUSAGE_SELF)-before), "cpu-µs/all")
}

func BenchmarkWrite(b *testing.B)          { benchWrite(b, single) }
func BenchmarkWriteScattered(b *testing.B) { benchWrite(b, scattered) }
func BenchmarkWriteBoard(b *testing.B)     { benchWrite(b, board) }

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
