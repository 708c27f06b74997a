package clock

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestANoteIsWhatTheClockSaidLast(t *testing.T) {
	path := filepath.Join(t.TempDir(), "note")
	at := time.Date(2026, 3, 8, 7, 0, 0, 123_000, time.UTC)
	for i, keep := range []time.Time{at, at.Add(-time.Hour), at.Add(24 * time.Hour)} {
		n, err := OpenNote(path)
		if err != nil {
			t.Fatal(err)
		}
		if want := []time.Time{{}, at, at.Add(-time.Hour)}[i]; !n.Last().Equal(want) {
			t.Errorf("it says %v, want %v", n.Last(), want)
		}
		for _, k := range []time.Time{keep.Add(time.Minute), keep} {
			if err := n.Keep(k); err != nil {
				t.Fatal(err)
			}
		}
		if err := n.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestADamagedNoteSaysNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "note")
	n, err := OpenNote(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := n.Keep(time.Now()); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	n.Close()
	for name, b := range map[string][]byte{"cut": whole[:100], "empty": {}, "turned": append([]byte{}, whole...)} {
		if name == "turned" {
			b[12] ^= 1
		}
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		n, err := OpenNote(path)
		if err != nil || !n.Last().IsZero() {
			t.Errorf("%s: %v %v", name, n.Last(), err)
		}
		n.Close()
	}
}
