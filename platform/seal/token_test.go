package seal

import (
	"bytes"
	"testing"
)

func TestToken(t *testing.T) {
	v, dir := vault(t)
	again, err := Open(dir)
	must(t, err)
	defer again.Close()
	seen := map[string]string{}
	for _, tenant := range []string{"", "t1", "t2"} {
		for _, use := range []string{"email", "link"} {
			for _, b := range []string{"", "rosa@example.org", "rosa@example.com"} {
				tok := v.Token(tenant, use, []byte(b))
				if len(tok) != TokenSize || !bytes.Equal(tok, again.Token(tenant, use, []byte(b))) {
					t.Fatalf("%q %q %q: %x", tenant, use, b, tok)
				}
				name := tenant + "/" + use + "/" + b
				if twin, ok := seen[string(tok)]; ok {
					t.Fatalf("%s and %s have one token", name, twin)
				}
				seen[string(tok)] = name
			}
		}
	}
}

func TestKeysOfTheProgram(t *testing.T) {
	v, dir := vault(t)
	again, err := Open(dir)
	must(t, err)
	other, _ := vault(t)
	keys := map[[32]byte]bool{
		v.root: true, v.DatabaseKey(): true, v.HeadKey(): true, v.RootKey("a"): true, v.RootKey("b"): true,
		other.DatabaseKey(): true, other.HeadKey(): true,
	}
	if len(keys) != 7 || v.DatabaseKey() != again.DatabaseKey() || v.HeadKey() != again.HeadKey() {
		t.Fatalf("%d keys of 7 differ", len(keys))
	}
	if _, err := Create(dir); err == nil {
		t.Fatal("keys were made over keys")
	}
	if _, err := Open(t.TempDir()); err == nil {
		t.Fatal("an empty folder was opened")
	}
	if !bytes.Equal(v.SigningKey("t1"), again.SigningKey("t1")) || bytes.Equal(v.SigningKey("t1"), v.SigningKey("t2")) {
		t.Fatal("signing keys are not the organisation's own")
	}
}
