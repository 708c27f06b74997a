package people

import (
	"fmt"
	"strings"
	"testing"

	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/db/dbtest"
)

// BenchmarkTakeIn is the cost of one person of a file, with what makes them
// found and without.
func BenchmarkTakeIn(b *testing.B) {
	for _, how := range []Taking{{}, {Unseen: true}} {
		b.Run(fmt.Sprintf("unseen=%v", how.Unseen), func(b *testing.B) {
			w := benchWorld(b)
			var text strings.Builder
			text.WriteString("First Name,Last Name,Mobile,Email,Language,OK to text\n")
			for i := range b.N {
				fmt.Fprintf(&text, "Ana%s,Quill%s,555%07d,p%d@made-up.example,Spanish,no\n", letters(i), letters(i*7), i, i)
			}
			b.ResetTimer()
			rows, bad := rowsOf(b, text.String())
			if len(bad) > 0 {
				b.Fatal(bad[0])
			}
			for len(rows) > 0 {
				n := min(BatchMost, len(rows))
				w.takeIn(b, rows[:n], how)
				rows = rows[n:]
			}
		})
	}
}

func letters(i int) string {
	return string([]byte{byte('a' + i%26), byte('a' + i/26%26), byte('a' + i/676%26)})
}

func benchWorld(b *testing.B) *world {
	dir := b.TempDir()
	clk := clock.NewFake(dbtest.Noon())
	d, err := db.Open(b.Context(), db.Options{Dir: dir, Vault: dbtest.Vault(b, dir), Clock: clk})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { d.Close() })
	if err := d.Migrate(b.Context(), tables()); err != nil {
		b.Fatal(err)
	}
	return newWorld(d, clk)
}
