package seal

import (
	"bytes"
	"testing"
)

// The aim is 2 µs or less for 500 bytes; the audit and the field kit call
// these for every personal value.

func BenchmarkSeal(b *testing.B) {
	v, _ := vault(b)
	s, note := someone(b, v, "t1"), bytes.Repeat([]byte("x"), 500)
	b.ReportAllocs()
	for b.Loop() {
		_, err := v.Seal("t1", s, "people_person.note", note)
		must(b, err)
	}
}

func BenchmarkUnseal(b *testing.B) {
	v, _ := vault(b)
	sealed, err := v.Seal("t1", someone(b, v, "t1"), "people_person.note", bytes.Repeat([]byte("x"), 500))
	must(b, err)
	b.ReportAllocs()
	for b.Loop() {
		_, err := v.Unseal("t1", "people_person.note", sealed)
		must(b, err)
	}
}

// Ten times as many people as keys lie ready: every one is read from its slot.
func BenchmarkUnsealCold(b *testing.B) {
	v, _ := vault(b)
	var all [][]byte
	for range 10 * openedKeys {
		x, err := v.Seal("t1", someone(b, v, "t1"), "people_person.note", bytes.Repeat([]byte("x"), 500))
		must(b, err)
		all = append(all, x)
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		_, err := v.Unseal("t1", "people_person.note", all[i%len(all)])
		must(b, err)
	}
}

func BenchmarkNewSubject(b *testing.B) {
	v, _ := vault(b)
	for b.Loop() {
		someone(b, v, "t1")
	}
}

func BenchmarkToken(b *testing.B) {
	v, _ := vault(b)
	for b.Loop() {
		v.Token("t1", "email", []byte("rosa@example.org"))
	}
}

// A note behind ten thousand others costs as much as the first: one fsync.
func BenchmarkNote(b *testing.B) {
	v, _ := vault(b)
	must(b, v.Note("t1", "consent", "c1"))
	must(b, v.tenants["t1"].note(make([]saying, 10_000)))
	b.ReportAllocs()
	for b.Loop() {
		must(b, v.Note("t1", "consent", "c1"))
	}
}
