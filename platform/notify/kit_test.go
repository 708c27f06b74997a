package notify

import (
	"bytes"
	"context"
	"log/slog"
	"testing"
	"time"

	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/db/dbtest"
	"alongside/platform/i18n"
	"alongside/platform/job"
	"alongside/platform/scope"
	"alongside/platform/seal"
)

// taken is a channel that keeps letters; then says what becomes of each.
type taken struct {
	letters []Letter
	then    func(l Letter) error
}

func (c *taken) Send(_ context.Context, l Letter) error {
	c.letters = append(c.letters, l)
	if c.then == nil {
		return nil
	}
	return c.then(l)
}

type world struct {
	*testing.T
	d       *db.DB
	clk     *clock.Fake
	v       *seal.Vault
	g       *Gate
	r       *job.Runner
	log     *bytes.Buffer
	app     *taken
	mail    *taken
	sms     *taken
	rosa    string // an account
	rosaNot string // another
}

func each(t *testing.T, fn func(w *world)) {
	dbtest.Run(t, []db.Migrations{job.Migrations(), Migrations()}, func(t *testing.T, d *db.DB, v *seal.Vault, clk *clock.Fake) {
		w := &world{T: t, d: d, clk: clk, v: v, log: &bytes.Buffer{}, app: &taken{}, mail: &taken{}, sms: &taken{}}
		w.g = New(Deps{
			DB: d, Clock: clk, Words: []string{"x.waits"},
			Say:      func(l i18n.Lang, key string) string { return string(l) + ":" + key },
			Origin:   func() string { return "https://a.example" },
			Channels: map[string]Channel{App: w.app, Mail: w.mail, SMS: w.sms},
		})
		w.r = w.runner()
		w.rosa, w.rosaNot = w.subject(), w.subject()
		fn(w)
	})
}

func (w *world) runner() *job.Runner {
	return job.NewRunner(w.d, w.clk, slog.New(slog.NewTextHandler(w.log, nil)), w.g.Jobs()).In(job.Outside)
}

func (w *world) subject() string {
	s, err := w.v.NewSubject("t1")
	if err != nil {
		w.Fatal(err)
	}
	return s
}

func (w *world) write(fn func(tx *db.Tx) error) {
	w.Helper()
	if err := w.d.Write(w.as("coordinator"), fn); err != nil {
		w.Fatal(err)
	}
}

func (w *world) as(who string) context.Context {
	return scope.With(w.Context(), scope.Scope{Tenant: "t1", Actor: who})
}

func (w *world) device(channel, address string) (id string) {
	w.Helper()
	w.write(func(tx *db.Tx) (err error) {
		id, err = AddDevice(tx, Device{Account: w.rosa, Channel: channel, Address: address, Language: i18n.Spanish})
		return err
	})
	return id
}

func (w *world) open(channel string) {
	w.Helper()
	w.write(func(tx *db.Tx) error {
		return OpenChannel(tx, channel, NotNeeded, "made-up people only, nothing leaves")
	})
}

func (w *world) message(key string) Message {
	return Message{Key: key, Word: "x.waits", Path: "/board", To: []string{w.rosa}, Channels: []string{App, Mail, SMS}, Useful: time.Hour}
}

func (w *world) send(key string) {
	w.Helper()
	w.write(func(tx *db.Tx) error { return w.g.Send(tx, w.message(key)) })
}

func (w *world) sweep() {
	w.Helper()
	if _, err := w.r.Sweep(w.Context()); err != nil {
		w.Fatal(err)
	}
}

func (w *world) state(key, device string) (state string) {
	w.Helper()
	err := w.d.Read(w.as("x"), func(tx *db.Tx) error {
		return tx.Row("SELECT state FROM notify_delivery WHERE tenant = $1 AND message = $2 AND device = $3", key, device).Scan(&state)
	})
	if err != nil {
		w.Fatal(err)
	}
	return state
}
