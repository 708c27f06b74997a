package main

import (
	"net/http"
	"testing"
	"time"

	"alongside/platform/crashtest"
)

// TestAFullDiskTellsNoLies lets the disk run full with less and less room left,
// so that it ends at another write each time. Who is told that a peer was asked
// for has asked; crisis help and the page of whoever asked before stay up; with
// room again it goes on by itself. A program that starts while the disk is full
// does the same.
func TestAFullDiskTellsNoLies(t *testing.T) {
	build(t)
	disk := crashtest.NewSmallDisk(t, 32)
	if disk == nil {
		return
	}
	t.Setenv("TMPDIR", disk.Dir)
	h := newHouse(t)
	p := h.up(t)
	before, err := h.once(t.Context(), p, 0)
	if err != nil {
		t.Fatal(err)
	}
	refused, n := 0, 1
	for _, left := range []int64{1 << 20, 300 << 10, 80 << 10, 36 << 10, 16 << 10, 4 << 10, 0} {
		disk.Fill(left)
		for range 60 {
			n++
			if _, err := h.once(t.Context(), p, n); err != nil {
				refused++
				break
			}
		}
		h.stands(t, before)
		disk.Free()
		healed(t, h, func() bool { n++; _, err := h.once(t.Context(), p, n); return err == nil })
	}
	if refused == 0 {
		t.Error("the disk never ran full")
	}
	p.Kill()
	disk.Fill(0)
	p = h.begin(t)
	h.stands(t, before)
	disk.Free()
	healed(t, h, func() bool { n++; _, err := h.once(t.Context(), p, n); return err == nil })
	got, err := h.found(t.Context(), p)
	if err != nil || len(got) != len(h.asked) {
		t.Fatalf("%d of %d that were acknowledged are there: %v", len(got), len(h.asked), err)
	}
	p.Kill()
	if err := h.verify(t.Context(), p); err != nil {
		t.Error(err)
	}
	t.Logf("%d asks were acknowledged, and the disk was full %d times", len(got), refused)
}

// stands looks at what is there also on a full disk.
func (h *house) stands(t *testing.T, before string) {
	t.Helper()
	for page, what := range map[string]string{"/crisis": "crisis help", before: "the page of whoever asked before"} {
		if status, text, _, err := h.body(t.Context(), http.MethodGet, h.addr+page, nil); err != nil || status != http.StatusOK {
			t.Errorf("on a full disk %s answers %d %v %.300s", what, status, err, text)
		}
	}
}

func healed(t *testing.T, h *house, works func() bool) {
	t.Helper()
	for range 100 {
		if works() {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("with room again it does not go on")
}
