package seal

import (
	"bytes"
	"errors"
	"testing"
)

// vault makes a key folder with organisations t1 and t2.
func vault(t testing.TB) (*Vault, string) {
	t.Helper()
	dir := t.TempDir()
	v, err := Create(dir)
	must(t, err)
	must(t, v.CreateTenant("t1"))
	must(t, v.CreateTenant("t2"))
	t.Cleanup(func() { v.Close() })
	return v, dir
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func someone(t testing.TB, v *Vault, tenant string) string {
	t.Helper()
	s, err := v.NewSubject(tenant)
	must(t, err)
	return s
}

func TestSealThenUnseal(t *testing.T) {
	v, dir := vault(t)
	s := someone(t, v, "t1")
	sealed, err := v.Seal("t1", s, "people_person.name", []byte("Rosa"))
	must(t, err)
	if bytes.Contains(sealed, []byte("Rosa")) || len(sealed) != 4+Added || v.SubjectOf(sealed) != s {
		t.Fatalf("sealed = %x, of %s", sealed, v.SubjectOf(sealed))
	}
	again, err := Open(dir)
	must(t, err)
	defer again.Close()
	plain, err := again.Unseal("t1", "people_person.name", sealed)
	if err != nil || string(plain) != "Rosa" {
		t.Fatalf("%q, %v", plain, err)
	}
}

func TestUnsealRefusesWhatWasChanged(t *testing.T) {
	v, _ := vault(t)
	s := someone(t, v, "t1")
	sealed, err := v.Seal("t1", s, "a.b", []byte("a note"))
	must(t, err)
	for i := range len(sealed) * 8 {
		bad := bytes.Clone(sealed)
		bad[i/8] ^= 1 << (i % 8)
		if plain, err := v.Unseal("t1", "a.b", bad); err == nil {
			t.Fatalf("bit %d flipped: opened as %q", i, plain)
		}
	}
	for n := range len(sealed) {
		if _, err := v.Unseal("t1", "a.b", sealed[:n]); err == nil {
			t.Fatalf("cut to %d bytes: opened", n)
		}
	}
	if _, err := v.Unseal("t1", "a.c", sealed); !errors.Is(err, ErrDamaged) {
		t.Fatalf("another place: %v", err)
	}
	if _, err := v.Unseal("t2", "a.b", sealed); err == nil {
		t.Fatal("another organisation: opened")
	}
}

func TestEraseThenNothingOpens(t *testing.T) {
	v, dir := vault(t)
	s, other := someone(t, v, "t1"), someone(t, v, "t1")
	gone, err := v.Seal("t1", s, "a.b", []byte("gone"))
	must(t, err)
	kept, err := v.Seal("t1", other, "a.b", []byte("kept"))
	must(t, err)
	second, err := Open(dir)
	must(t, err)
	defer second.Close()
	_, err = second.Unseal("t1", "a.b", gone)
	must(t, err)
	must(t, v.Erase("t1", s))
	must(t, v.Erase("t1", s))
	for _, w := range []*Vault{v, second} {
		if _, err := w.Unseal("t1", "a.b", gone); !errors.Is(err, ErrErased) {
			t.Fatalf("erased: %v", err)
		}
		if _, err := w.Seal("t1", s, "a.b", nil); !errors.Is(err, ErrErased) {
			t.Fatalf("seal for an erased person: %v", err)
		}
		if plain, err := w.Unseal("t1", "a.b", kept); err != nil || string(plain) != "kept" {
			t.Fatalf("the other person: %q, %v", plain, err)
		}
	}
}
