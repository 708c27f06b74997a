package bridge

import "testing"

func TestTheListsForgetNothing(t *testing.T) {
	for _, r := range Records() {
		for _, bad := range r.Check() {
			t.Error(bad)
		}
	}
}
