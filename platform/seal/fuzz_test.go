package seal

import (
	"bytes"
	"testing"
)

// FuzzUnseal: bytes that Seal did not make never open, and never panic.
func FuzzUnseal(f *testing.F) {
	v, _ := vault(f)
	good, err := v.Seal("t1", someone(f, v, "t1"), "a.b", []byte("a note"))
	must(f, err)
	f.Add(good)
	f.Add(good[:Added])
	f.Add([]byte{version})
	f.Add(append(bytes.Clone(good), 0))
	f.Fuzz(func(t *testing.T, b []byte) {
		plain, err := v.Unseal("t1", "a.b", b)
		if (err == nil) != bytes.Equal(b, good) {
			t.Fatalf("%x: %q, %v", b, plain, err)
		}
		if s := v.SubjectOf(b); s != "" {
			if _, ok := parseID(s); !ok {
				t.Fatalf("%q is no id", s)
			}
		}
	})
}

// FuzzShare: whatever is typed is a share or is refused with its line.
func FuzzShare(f *testing.F) {
	v, _ := vault(f)
	k := kit(f, v, "t1")
	f.Add(text(k.A))
	f.Add("1 ACEH\n9. ACEH")
	f.Add("2: aceh-aceh-aceh-aceh-aceh-aceh-aceh\n\n")
	f.Fuzz(func(t *testing.T, s string) {
		if share, err := parseShare("first", s); err == nil {
			again, err := parseShare("first", text(share))
			if err != nil || again != share {
				t.Fatalf("%q does not come back: %v", s, err)
			}
		}
	})
}

func FuzzLedger(f *testing.F) {
	v, _ := vault(f)
	someone(f, v, "t1")
	ten := v.tenants["t1"]
	line := ten.ledger.line(saying{newSlotID(0).String(), v.clock.Now()}, chained{})
	f.Add([]byte(line))
	f.Add([]byte("v1 a 1 b c\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		ends, err := ten.readLedger(b)
		if err == nil && len(ends) > 0 && !bytes.HasPrefix(b, []byte(line)) {
			t.Fatalf("%q was taken", b)
		}
	})
}

// FuzzNotes: a line is taken from whoever signed it for this list, and from
// nobody else.
func FuzzNotes(f *testing.F) {
	v, _ := vault(f)
	someone(f, v, "t1")
	taken := v.tenants["t1"].taken
	said := saying{"consent c1", v.clock.Now()}
	line := taken.line(said, chained{})
	erasure := *taken
	erasure.use = v.tenants["t1"].ledger.use
	f.Add([]byte(line))
	f.Add([]byte(erasure.line(said, chained{})))
	f.Add([]byte("v1 consent c1 1 b c\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := taken.read(b)
		if err == nil && len(got) > 0 && !bytes.HasPrefix(b, []byte(line)) {
			t.Fatalf("%q was taken", b)
		}
	})
}
