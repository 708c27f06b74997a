package seal_test

import (
	"bytes"
	"errors"
	"testing"

	"alongside/platform/seal"
	"alongside/platform/seal/sealtest"
)

func TestABoxOpensForItsOrganisationAlone(t *testing.T) {
	dir := t.TempDir()
	v, err := seal.Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, org := range []string{"here", "there"} {
		if err := v.CreateTenant(org); err != nil {
			t.Fatal(err)
		}
	}
	key, err := v.BoxKey("here")
	if err != nil {
		t.Fatal(err)
	}
	box := sealtest.Box(t, key, "item of rosa", []byte("Kite season."))
	if bytes.Contains(box, []byte("Kite")) {
		t.Fatal("it can be read through the box")
	}
	again, err := seal.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := again.OpenBox("here", "item of rosa", box); err != nil || string(plain) != "Kite season." {
		t.Fatalf("%q %v", plain, err)
	}
	if _, err := v.OpenBox("there", "item of rosa", box); !errors.Is(err, seal.ErrDamaged) {
		t.Errorf("another organisation: %v", err)
	}
	if _, err := v.OpenBox("here", "item of ines", box); !errors.Is(err, seal.ErrDamaged) {
		t.Errorf("under another's name: %v", err)
	}
	for n := range box {
		if _, err := v.OpenBox("here", "item of rosa", box[:n]); !errors.Is(err, seal.ErrDamaged) {
			t.Fatalf("cut to %d bytes: %v", n, err)
		}
		flipped := bytes.Clone(box)
		flipped[n] ^= 4
		if _, err := v.OpenBox("here", "item of rosa", flipped); !errors.Is(err, seal.ErrDamaged) {
			t.Fatalf("byte %d changed: %v", n, err)
		}
	}
	if err := v.EndTenant("here"); err != nil {
		t.Fatal(err)
	}
	if _, err := v.OpenBox("here", "item of rosa", box); err == nil {
		t.Error("it opens after the organisation ended")
	}
}
