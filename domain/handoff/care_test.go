package handoff

import (
	"strings"
	"testing"
	"time"

	"alongside/platform/page"
)

// TestTheCardSaysWhoIsCalled: the number is theirs, not of somebody on duty.
func TestTheCardSaysWhoIsCalled(t *testing.T) {
	now := time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)
	for _, v := range statusViews(t, now) {
		var b strings.Builder
		c := Care{ID: "r", Name: "Rosa Demo", Place: "Mill Lane", Due: now, Help: true, Phone: "+15550142"}
		if err := cares(v, "a", []Care{c}).Render(page.With(t.Context(), page.Setting{View: v}), &b); err != nil {
			t.Fatal(err)
		}
		_, button, _ := strings.Cut(b.String(), `href="tel:`)
		button, _, _ = strings.Cut(button, "</a>")
		if !strings.Contains(button, "Rosa Demo") || !strings.Contains(button, "+15550142") {
			t.Errorf("%s: %s", v.Lang, button)
		}
	}
}
