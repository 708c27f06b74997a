package app

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/domain/ref"
	"alongside/domain/tenant"
	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/db/dbtest"
	"alongside/platform/id"
	"alongside/platform/scope"
)

// A PostgreSQL is put back by its own tools. The same is done again in it, by the instant
// at which that copy was made.
func TestAPostgresThatWasPutBackRevivesNothing(t *testing.T) {
	url := dbtest.Postgres(t, nil)
	at := Config{Data: filepath.Join(t.TempDir(), "d"), Postgres: url, Clock: clock.NewFake(time.Now().Add(-2 * time.Hour))}
	a, err := Make(t.Context(), at)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	w := &town{T: t, a: a, orgs: map[string]tenant.Tenant{}}
	o, err := a.Tenants.Create(scope.With(t.Context(), scope.Scope{Actor: "operator:test", Role: "operator", Purpose: scope.Operations}), "Made-up Org", "US", "UTC")
	w.must(err)
	w.orgs["here"] = o
	var ids []ref.Account
	for _, email := range []string{"ana@made-up.example", "ben@made-up.example"} {
		in, err := a.Access.Invite(w.operator("here"), access.Newcomer{Name: "Made-up", Email: email, Roles: []string{access.Peer}}, id.New(a.Clock.Now()))
		w.must(err)
		w.must(a.Access.Pause(w.operator("here"), in.Account.ID))
		ids = append(ids, in.Account.ID)
	}
	w.must(a.DB.Write(w.operator("here"), func(tx *db.Tx) error { // as it was before
		_, err := tx.Exec("UPDATE access_account SET suspended_at = 0 WHERE tenant = $1")
		return err
	}))
	made := func(d time.Duration) string { return a.Clock.Now().Add(d).Format(time.RFC3339) }
	if code, out, sorry := w.typed("restore", "--data", at.Data, "--postgres", url, "--made", made(time.Hour)); code != 0 || !w.opens(a, ids[0]) {
		t.Fatalf("noted long before the copy: %d %s %s", code, out, sorry)
	}
	code, out, sorry := w.typed("restore", "--data", at.Data, "--postgres", url, "--made", made(0))
	if code != 0 || !strings.Contains(out, "accounts 2,") || w.opens(a, ids[0]) || w.opens(a, ids[1]) {
		t.Errorf("%d %s %s", code, out, sorry)
	}
	path := filepath.Join(at.Data, "keys", string(o.ID), "taken.log")
	b, err := os.ReadFile(path)
	w.must(err)
	w.must(os.WriteFile(path, b[bytes.IndexByte(b, '\n')+1:], 0o600))
	if code, _, sorry := w.typed("restore", "--data", at.Data, "--postgres", url, "--made", made(0)); code != 1 || !strings.Contains(sorry, "changed or cut") {
		t.Errorf("a line cut out: %d %s", code, sorry)
	}
	for _, made := range []string{"yesterday", time.Now().Add(time.Hour).Format(time.RFC3339)} {
		if code, _, sorry := w.typed("restore", "--data", at.Data, "--postgres", url, "--made", made); code != 2 {
			t.Errorf("made %s: %d %s", made, code, sorry)
		}
	}
}

// What stopped half-way in a PostgreSQL is opened by no command until the same restore
// has come to its end.
func TestARestoreOfAPostgresThatStoppedIsNotOpened(t *testing.T) {
	url := dbtest.Postgres(t, nil)
	at := Config{Data: filepath.Join(t.TempDir(), "d"), Postgres: url}
	a, err := Make(t.Context(), at)
	if err != nil {
		t.Fatal(err)
	}
	a.Close()
	w := &town{T: t}
	w.must(begin(at.Data))
	check := []string{"audit", "verify", "--data", at.Data, "--postgres", url}
	if code, _, sorry := w.typed(check...); code != 1 || !strings.Contains(sorry, "was not finished") {
		t.Errorf("opened: %d %s", code, sorry)
	}
	if code, _, sorry := w.typed("restore", "--data", at.Data, "--postgres", url, "--made", time.Now().Format(time.RFC3339)); code != 0 {
		t.Errorf("once more: %d %s", code, sorry)
	}
	if code, _, sorry := w.typed(check...); code != 0 {
		t.Errorf("after it: %d %s", code, sorry)
	}
}
