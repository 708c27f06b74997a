// Package soak gives tests their two sizes. `make test` runs a tenth of the
// long counts; `make soak` (ALONGSIDE_SOAK=1) runs them in full. Chance is
// seeded: the seed is written to the test's log, and ALONGSIDE_SEED plays the
// same run again.
//
// It is not a library because it is two environment variables that the
// Makefile and every long test agree on.
package soak

import (
	"math/rand/v2"
	"os"
	"strconv"
)

// Names of the environment variables.
const (
	FullVar = "ALONGSIDE_SOAK"
	SeedVar = "ALONGSIDE_SEED"
)

// Full reports whether the full counts are asked for.
func Full() bool { return os.Getenv(FullVar) == "1" }

// Count returns full in a soak, otherwise a tenth of it, and never less than 1.
func Count(full int) int {
	if Full() {
		return max(full, 1)
	}
	return max(full/10, 1)
}

// Log is what a test offers to write to; *testing.T does.
type Log interface {
	Helper()
	Logf(format string, args ...any)
}

// Rand returns a source of chance for one test and logs its seed. The stream
// tells tests of one run apart: give each its own number, the same every time.
// A seed that is not a number counts as none.
func Rand(t Log, stream uint64) *rand.Rand {
	t.Helper()
	seed, err := strconv.ParseUint(os.Getenv(SeedVar), 10, 64)
	if err != nil {
		seed = rand.Uint64()
	}
	t.Logf("seed: %s=%d", SeedVar, seed)
	return rand.New(rand.NewPCG(seed, stream))
}

// Some returns all of these in a soak, otherwise one of them by chance. The stream
// is as Rand's.
func Some[T any](t Log, stream uint64, all ...T) []T {
	t.Helper()
	if Full() {
		return all
	}
	n := Rand(t, stream).IntN(len(all))
	return all[n : n+1]
}
