package handoff

import (
	"bytes"
	"testing"

	"alongside/platform/clock"
	"alongside/platform/cputest"
	"alongside/platform/db"
	"alongside/platform/db/dbtest"
	"alongside/platform/i18n"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

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
