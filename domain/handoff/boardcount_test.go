package handoff

import (
	"strings"
	"testing"

	"alongside/platform/i18n"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// TestABoardSaysWhereCountingEnded: a count that was cut off is never shown as
// the whole.
func TestABoardSaysWhereCountingEnded(t *testing.T) {
	words, err := i18n.Load(i18n.Source{Prefix: "handoff", FS: Words()}, ui.Words())
	if err != nil {
		t.Fatal(err)
	}
	v := &page.View{Words: words.In(i18n.English), Lang: i18n.English}
	for _, key := range []string{"handoff.board.held", "handoff.board.unasked", "handoff.overview.late"} {
		if got := counted(v, key, MostCounted-1); strings.Contains(got, "At least") || !strings.HasPrefix(got, "199 ") {
			t.Errorf("one less: %q", got)
		}
		if got := counted(v, key, MostCounted); !strings.HasPrefix(got, "At least 200 ") {
			t.Errorf("the most: %q", got)
		}
	}
}
