package app

import (
	"slices"
	"testing"

	"alongside/domain/access"
)

// A way on that leads nowhere is worse than none.
func TestEveryWayLeadsSomewhere(t *testing.T) {
	var pages []string
	for _, r := range allRoutes() {
		if r.Method == "GET" {
			pages = append(pages, r.Pattern)
		}
	}
	for _, w := range ways() {
		for _, role := range append([]string{access.Peer, access.Coordinator}, w.roles...) {
			if path := w.path(role); !slices.Contains(pages, path) {
				t.Errorf("%s leads to %s, and no page is there", w.label, path)
			}
		}
	}
}
