package access

import (
	"bytes"
	"context"
	"encoding/base32"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/db/dbtest"
	"alongside/platform/id"
	"alongside/platform/job"
	"alongside/platform/scope"
	"alongside/platform/seal"
)

// world is a service under test in organisations t1 and t2.
type world struct {
	*testing.T
	*Service
	vault *seal.Vault
	clk   *clock.Fake
	log   *bytes.Buffer
	slow  int // slow comparisons made
}

func migrated() []db.Migrations {
	return []db.Migrations{{Name: "audit", FS: audit.Migrations()}, {Name: "access", FS: Migrations()}, job.Migrations()}
}

// onBoth runs fn on SQLite and on PostgreSQL.
func onBoth(t *testing.T, fn func(w *world)) {
	t.Helper()
	dbtest.Run(t, migrated(), func(t *testing.T, d *db.DB, v *seal.Vault, clk *clock.Fake) {
		fn(newWorld(t, d, v, clk))
	})
}

func newWorld(t *testing.T, d *db.DB, v *seal.Vault, clk *clock.Fake) *world {
	t.Helper()
	p, err := ReadPolicy(Policies())
	if err != nil {
		t.Fatal(err)
	}
	w := &world{T: t, vault: v, clk: clk, log: &bytes.Buffer{}}
	w.Service = New(Deps{
		DB: d, Clock: clk, Log: slog.New(slog.NewTextHandler(w.log, nil)), Policy: p,
		Origin: func() string { return "https://alongside.example" },
	})
	// The slow hash is replaced by a count: what must be equal is the work.
	w.hasher.compare = func(password, hash string) (bool, error) {
		w.slow++
		return hash == "hash of "+password, nil
	}
	return w
}

// restarted is the same world after the program was stopped and started.
func (w *world) restarted() *world {
	again := newWorld(w.T, w.DB, w.vault, w.clk)
	again.log = w.log
	return again
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *world) operator() context.Context {
	return scope.With(w.Context(), Operator("t1", "root"))
}

const email = "Rosa.Quayle@lanternford.example"

// invite makes an account in t1 and returns it with its link's token.
func (w *world) invite(email string, roles ...string) (Account, string) {
	w.Helper()
	in, err := w.Invite(w.operator(), Newcomer{Name: "Rosa Demo", Email: email, Roles: roles}, id.New(w.clk.Now()))
	w.must(err)
	return in.Account, in.Token
}

var phone = Device{Agent: "Firefox, Android", Net: "203.0.113.0/24"}

func (w *world) openLink(token string) (Arrival, error) {
	return w.OpenLink(w.Context(), token, id.New(w.clk.Now()), phone)
}

// signedIn makes an account and signs it in.
func (w *world) signedIn(email string, roles ...string) (Account, Arrival) {
	w.Helper()
	a, token := w.invite(email, roles...)
	in, err := w.openLink(token)
	w.must(err)
	return a, in
}

// as asks for a page with a sign-in's cookie and returns the context that the
// page's handler would see.
func (w *world) as(token string) context.Context {
	w.Helper()
	ctx, _ := w.ask(token)
	return ctx
}

func (w *world) ask(token string) (context.Context, *httptest.ResponseRecorder) {
	return w.askWithin(w.Context(), token)
}

func (w *world) askWithin(ctx context.Context, token string) (context.Context, *httptest.ResponseRecorder) {
	r := httptest.NewRequest(http.MethodGet, "https://alongside.example/board", nil).WithContext(ctx)
	if token != "" {
		r.AddCookie(&http.Cookie{Name: secureCookie, Value: token})
	}
	var seen context.Context
	rec := httptest.NewRecorder()
	w.Middleware(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { seen = r.Context() })).ServeHTTP(rec, r)
	return seen, rec
}

func (w *world) in(token string) bool {
	_, ok := Current(w.as(token))
	return ok
}

// password gives an account a password and the key of an app, and returns the
// key.
func (w *world) password(a Account, password string) []byte {
	w.Helper()
	key := []byte("key of the app of " + string(a.ID))
	ctx := scope.With(w.Context(), scope.Scope{Tenant: "t1", Actor: string(a.ID)})
	w.must(w.DB.Write(ctx, func(tx *db.Tx) error { return keepSecret(tx, "hash of "+password, key, 0) }))
	return key
}

func (w *world) signIn(email, password, code string) error {
	_, err := w.SignIn(w.Context(), Typed{email, password, code}, phone)
	return err
}

func (w *world) count(sql string, args ...any) int {
	w.Helper()
	var n int
	ctx := scope.AsSystem(w.Context(), "count in a test")
	w.must(w.DB.Read(ctx, func(tx *db.Tx) error { return tx.SysRow(sql, args...).Scan(&n) }))
	return n
}

// quiet fails when something personal stands in the log or an error.
func (w *world) quiet(errs ...error) {
	w.Helper()
	text := w.log.String()
	for _, err := range errs {
		if err != nil {
			text += err.Error()
		}
	}
	for _, private := range []string{"Rosa", "Quayle", "lanternford", "rosa.quayle", "a long walk", "203.0.113"} {
		if strings.Contains(strings.ToLower(text), strings.ToLower(private)) {
			w.Errorf("%q stands in the log or an error:\n%s", private, text)
		}
	}
}

func (w *world) history(a ref.Account) []string {
	w.Helper()
	var out []string
	w.must(w.DB.Read(scope.With(w.Context(), Operator("t1", "root")), func(tx *db.Tx) error {
		leaves, err := audit.History(tx, string(a), 50, 0)
		for _, l := range leaves {
			out = append(out, l.Action)
		}
		return err
	}))
	return out
}

const aWhile = 10 * time.Second

// keyOf reads the letters that the page shows for an app.
func keyOf(letters string) []byte {
	key, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(strings.ReplaceAll(strings.TrimSpace(letters), " ", ""))
	if err != nil {
		return nil
	}
	return key
}
