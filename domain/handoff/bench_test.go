package handoff

import (
	"bytes"
	"testing"
	"time"

	"alongside/platform/clock"
	"alongside/platform/cputest"
	"alongside/platform/db"
	"alongside/platform/db/dbtest"
	"alongside/platform/i18n"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// BenchmarkBoardCrowded reads a board of fifty, and the same with ten thousand
// hand-offs open: who waits, whom others walk with, and what a flood brought.
func BenchmarkBoardCrowded(b *testing.B) {
	dir := b.TempDir()
	clk := clock.NewFake(clock.System{}.Now())
	d, err := db.Open(b.Context(), db.Options{Dir: dir, Vault: dbtest.Vault(b, dir), Clock: clk})
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close()
	if err := d.Migrate(b.Context(), tables()); err != nil {
		b.Fatal(err)
	}
	w := newWorld(b, d, clk)
	read := func(b *testing.B) {
		defer cputest.Each(b)()
		for b.Loop() {
			if got, err := w.s.Board(as("peer", "rosa"), nil); err != nil || len(got.Waiting) != PageSize {
				b.Fatal(len(got.Waiting), err)
			}
		}
	}
	for i := range PageSize {
		w.ask(b, i)
	}
	b.Run("fifty", read)
	for i := range 9950 {
		clk.Add(2 * time.Second)
		w.ask(b, PageSize+i)
	}
	if err := w.look(func(tx *db.Tx) error {
		_, err := tx.Exec(`UPDATE handoff_handoff SET state = 'met', lane = 'walking', peer = 'idris' WHERE tenant = $1 AND handoff IN
			(SELECT handoff FROM handoff_handoff WHERE tenant = $1 ORDER BY handoff DESC LIMIT 4000)`)
		if err == nil {
			_, err = tx.Exec(`UPDATE handoff_handoff SET state = 'held', lane = 'held' WHERE tenant = $1 AND handoff IN
				(SELECT handoff FROM handoff_handoff WHERE tenant = $1 AND lane = 'waiting' ORDER BY handoff DESC LIMIT 3000)`)
		}
		return err
	}); err != nil {
		b.Fatal(err)
	}
	b.Run("ten-thousand", read)
}

// BenchmarkBoard is the service and the drawing of a board of fifty, without
// the frame.
func BenchmarkBoard(b *testing.B) {
	dir := b.TempDir()
	clk := clock.NewFake(clock.System{}.Now())
	d, err := db.Open(b.Context(), db.Options{Dir: dir, Vault: dbtest.Vault(b, dir), Clock: clk})
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close()
	if err := d.Migrate(b.Context(), tables()); err != nil {
		b.Fatal(err)
	}
	w := newWorld(b, d, clk)
	for i := range 50 {
		w.ask(b, i)
	}
	words, err := i18n.Load(i18n.Source{Prefix: "handoff", FS: Words()}, ui.Words())
	if err != nil {
		b.Fatal(err)
	}
	v := &page.View{Words: words.In(i18n.English), Lang: i18n.English, Now: clk.Now()}
	ctx := page.With(b.Context(), page.Setting{View: v})
	b.Run("read", func(b *testing.B) {
		defer cputest.Each(b)()
		for b.Loop() {
			if _, err := w.s.Board(as("peer", "rosa"), nil); err != nil {
				b.Fatal(err)
			}
		}
	})
	board, err := w.s.Board(as("peer", "rosa"), nil)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("draw", func(b *testing.B) {
		defer cputest.Each(b)()
		for b.Loop() {
			var out bytes.Buffer
			if err := boardPart(v, "act", board).Render(ctx, &out); err != nil {
				b.Fatal(err)
			}
		}
	})
}
