package soak_test

import (
	"slices"
	"testing"

	"alongside/platform/soak"
)

func TestCountIsATenthUnlessInSoak(t *testing.T) {
	for _, c := range []struct {
		soak string
		full int
		want int
	}{{"", 20, 2}, {"", 5, 1}, {"", 0, 1}, {"1", 20, 20}, {"1", 0, 1}, {"0", 20, 2}} {
		t.Setenv(soak.FullVar, c.soak)
		if got := soak.Count(c.full); got != c.want {
			t.Errorf("soak=%q: Count(%d) = %d, want %d", c.soak, c.full, got, c.want)
		}
	}
}

func TestASeedPlaysTheSameRunAgain(t *testing.T) {
	t.Setenv(soak.SeedVar, "42")
	a, b, other := soak.Rand(t, 1), soak.Rand(t, 1), soak.Rand(t, 2)
	x := a.Uint64()
	if y := b.Uint64(); x != y {
		t.Errorf("same seed and stream gave %d and %d", x, y)
	}
	if y := other.Uint64(); x == y {
		t.Error("two streams of one seed gave the same number")
	}
}

func TestWithoutASeedRunsDiffer(t *testing.T) {
	t.Setenv(soak.SeedVar, "")
	if soak.Rand(t, 1).Uint64() == soak.Rand(t, 1).Uint64() {
		t.Error("two runs without a seed were the same")
	}
}

func TestSomeAreAllInASoak(t *testing.T) {
	t.Setenv(soak.SeedVar, "7")
	for full, want := range map[string]int{"1": 3, "": 1} {
		t.Setenv(soak.FullVar, full)
		got := soak.Some(t, 2, "en", "es", "ar")
		if again := soak.Some(t, 2, "en", "es", "ar"); len(got) != want || !slices.Equal(got, again) {
			t.Errorf("soak=%q: %v, then %v", full, got, again)
		}
	}
}
