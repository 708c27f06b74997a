package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"alongside": main})
}

// TestScripts runs the program as its users type it, one file of
// testdata/script a story. $RENE and $CHAD are hospital files, $GRAVITY a folder
// of referrals.
func TestScripts(t *testing.T) {
	cases, err := filepath.Abs("../../domain/handoff/testdata/fhir")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(cases); err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("RENE", filepath.Join(cases, "Rene_Hills_733abdda-2bfa-485f-9c83-ed9b206889b2.subset.json"))
			e.Setenv("CHAD", filepath.Join(cases, "Chad_Pfeffer_1c911236-e7da-42a6-a3bd-3a3b4e55d5cd.subset.json"))
			e.Setenv("GRAVITY", filepath.Join(cases, "gravity"))
			return nil
		},
	})
}
