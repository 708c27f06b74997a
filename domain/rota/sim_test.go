package rota

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"alongside/domain/ref"
	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/db/dbtest"
	"alongside/platform/errs"
	"alongside/platform/i18n"
	"alongside/platform/job"
	"alongside/platform/live"
	"alongside/platform/notify"
)

// sim is one organisation and everything that can go wrong around it, played by
// a seed: the program dies around any claim, any send, any yes and inside any
// rung, bells ring twice, the disk is full for a while or refuses one write,
// channels are down or lie about what they sent, and the clock is set forward
// and back. True time is apart from the clock.
type sim struct {
	*testing.T
	d      *db.DB
	clk    *clock.Fake
	s      *Service
	gate   *notify.Gate
	rng    *rand.Rand
	rung   *job.Runner
	out    *job.Runner
	true_  time.Time     // what really is
	off    time.Duration // what the clock says is so much later
	down   time.Time     // the program is not running until then
	full   time.Time     // the disk is full until then
	quiet  map[string]time.Time
	crash  bool
	calm   bool   // no more faults
	fault  string // the write that the disk refuses now
	blind  bool   // the last look of a runner was refused
	hurt   []time.Time
	events []simEvent
	trace  strings.Builder
	faces  []string // accounts in the order in which they were first seen
	moves  []simMove
	sent   []simLetter
	jumps  []time.Time
	passes []time.Time
	downs  [][2]time.Time // when the program was away or could not write
	last   time.Time      // what the clock said last, in a file that needs no room
	begun  time.Time
	over   time.Time // when somebody said yes
	round  int64
}

type simEvent struct {
	at time.Time
	do func()
}

// simMove is a rung that was climbed, in true time.
type simMove struct {
	at    time.Time
	round int64
	step  int64
	wait  time.Duration
}

type simLetter struct {
	at                   time.Time
	channel, account, id string
	text                 string
}

// simDB is a database in memory, so that ten thousand seeds do not wear a disk.
func simDB(t *testing.T) (*db.DB, *clock.Fake) {
	dir, err := os.MkdirTemp("/dev/shm", "alongside-sim-")
	if err != nil {
		dir = t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	clk := clock.NewFake(dbtest.Noon())
	d, err := db.Open(t.Context(), db.Options{Dir: dir, Vault: dbtest.Vault(t, dir), Clock: clk})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if err := d.Migrate(t.Context(), append(tables(), faults())); err != nil {
		t.Fatal(err)
	}
	return d, clk
}

func newSim(t *testing.T, d *db.DB, clk *clock.Fake, seed uint64) *sim {
	m := &sim{T: t, d: d, clk: clk, rng: rand.New(rand.NewPCG(seed, 4)), quiet: map[string]time.Time{}}
	// The night of a clock change, so that the wall clock's own leaps are in it.
	m.true_ = []time.Time{
		time.Date(2026, 3, 8, 6, 30, 0, 0, time.UTC), time.Date(2026, 11, 1, 5, 10, 0, 0, time.UTC),
		time.Date(2028, 2, 29, 4, 40, 0, 0, time.UTC), time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC),
	}[m.rng.IntN(4)]
	m.begun = m.true_
	m.tell()
	m.gate = notify.New(notify.Deps{
		DB: d, Clock: clk, Words: Says(), Say: func(_ i18n.Lang, key string) string { return key },
		Origin:   func() string { return "https://a.example" },
		Channels: map[string]notify.Channel{notify.App: simChannel{m, notify.App}, notify.SMS: simChannel{m, notify.SMS}},
	})
	ny, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	m.s = New(Deps{
		DB: d, Gate: m.gate, Hub: &live.Hub{}, Changed: func(string) {},
		Allow:  func(*db.Tx, string) error { return nil },
		Names:  func(*db.Tx, []ref.Account) (map[ref.Account]string, error) { return nil, nil },
		Staff:  m.staff,
		Places: func(*db.Tx) ([]Place, error) { return nil, nil },
		Zone:   func(*db.Tx) (*time.Location, error) { return ny, nil },
		Same:   func(_ *db.Tx, p ref.Person) ([]ref.Person, error) { return []ref.Person{p}, nil },
	})
	m.empty()
	m.people()
	m.start()
	return m
}

// empty leaves the tables as the migrations made them.
func (m *sim) empty() {
	m.must(m.d.Write(as("sim"), func(tx *db.Tx) error {
		for _, table := range []string{
			"rota_shift", "rota_change", "rota_away", "rota_peer", "rota_known", "rota_rung", "rota_run", "rota_asked", "rota_step",
			"notify_channel", "notify_device", "notify_delivery", "job_job", "sim_fault",
		} {
			if _, err := tx.Exec("DELETE FROM " + table + " WHERE tenant = $1"); err != nil {
				return err
			}
		}
		_, err := tx.SysExec("DELETE FROM job_clock WHERE tenant = ''")
		return err
	}))
}

// people are three peers on duty and a supervisor, some with a telephone.
func (m *sim) people() {
	m.must(m.d.Write(as("sim"), func(tx *db.Tx) error {
		if err := notify.OpenChannel(tx, notify.SMS, notify.NotNeeded, "made-up people only"); err != nil {
			return err
		}
		for i, a := range []ref.Account{"rosa", "ines", "omar", "sol"} {
			if a != "sol" {
				s := Shift{ID: ref.Shift(a), Site: "ward", Peer: a, From: "2026-01-01", Begins: int64(i) * 150, Ends: int64(i) * 150, Repeats: Daily}
				if _, err := m.s.shifts.Insert(tx, &s); err != nil {
					return err
				}
			}
			sealer, err := tx.Vault().NewSubject("t1")
			if err != nil {
				return err
			}
			if err := addSimPhone(tx, a, sealer); err != nil {
				return err
			}
		}
		return m.ladder(tx)
	}))
}

// ladder gives some nights a ladder of their own: other waits, and now and then
// without its first two rungs.
func (m *sim) ladder(tx *db.Tx) error {
	if m.rng.IntN(2) == 0 {
		return nil
	}
	for i, r := range DefaultLadder()[m.rng.IntN(3):] {
		r.Place, r.Wait = int64(i+1), 60+m.rng.Int64N(180)
		if _, err := m.s.rungs.Insert(tx, &r); err != nil {
			return err
		}
	}
	return nil
}

// addSimPhone gives an account a telephone. The address is sealed under a key
// of its own, for these accounts are only names.
func addSimPhone(tx *db.Tx, a ref.Account, subject string) error {
	if _, err := notify.AddDevice(tx, notify.Device{ID: "sms-" + string(a), Account: subject, Channel: notify.SMS, Address: "+15550100"}); err != nil {
		return err
	}
	_, err := tx.Exec("UPDATE notify_device SET account = $2 WHERE tenant = $1 AND device = $3", a, "sms-"+string(a))
	return err
}

// staff is asked in the middle of a rung's transaction: the place for a death
// or a full disk.
func (m *sim) staff(_ *db.Tx, role string) ([]ref.Account, error) {
	m.perhapsDie(60)
	if role == "supervisor" {
		return []ref.Account{"sol"}, nil
	}
	return []ref.Account{"rosa", "ines", "omar"}, nil
}

// perhapsDie ends the program here, once in n: nothing after this line runs, no
// lease is given back, what was not committed is gone.
func (m *sim) perhapsDie(n int) {
	if m.calm || m.rng.IntN(n) > 0 {
		return
	}
	m.crash = true
	m.say("dies")
	runtime.Goexit()
}

// simChannel is a way out that may be down, may lie, and at which the program
// may die.
type simChannel struct {
	m    *sim
	name string
}

// Send takes a letter, or not.
func (c simChannel) Send(_ context.Context, l notify.Letter) error {
	m := c.m
	m.perhapsDie(40)
	if m.true_.Before(m.quiet[c.name]) {
		return errs.New(errs.Unavailable, "down", "")
	}
	m.sent = append(m.sent, simLetter{m.true_, c.name, l.Account, l.ID, l.Text})
	m.say("letter", c.name, m.face(l.Account), l.Text)
	m.perhapsDie(40)
	if !m.calm && m.rng.IntN(12) == 0 { // it went out, and says that it did not
		m.say("lies")
		if c.name == notify.SMS {
			return notify.ErrUnsure
		}
		return errs.New(errs.Unavailable, "lied", "")
	}
	return nil
}

// start starts the program anew.
func (m *sim) start() {
	m.crash = false
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	m.rung = job.NewRunner(m.d, m.clk, log, m.twice(m.s.Jobs())).Remembering(m)
	m.out = job.NewRunner(m.d, m.clk, log, m.twice(m.gate.Jobs())).Remembering(m).In(job.Outside)
}

// Last is what the clock said when the program was last alive.
func (m *sim) Last() time.Time { return m.last }

// Keep notes what it says.
func (m *sim) Keep(t time.Time) error { m.last = t; return nil }

// twice lets a bell now and then ring twice.
func (m *sim) twice(handlers map[string]job.Handler) map[string]job.Handler {
	out := map[string]job.Handler{}
	for kind, h := range handlers {
		out[kind] = func(ctx context.Context, j job.Job) error {
			m.perhapsDie(100) // claimed, and that is all
			err := h(ctx, j)
			if !m.calm && m.rng.IntN(6) == 0 {
				m.say("again", kind)
				err = errors.Join(err, again2(h(ctx, j)))
			}
			m.perhapsDie(100) // all is written, and nobody knows
			return err
		}
	}
	return out
}

// again2 lets pass that the second of two runners comes too late.
func again2(err error) error {
	if errs.Is(err, errs.Conflict) {
		return nil
	}
	return err
}

func (m *sim) must(err error) {
	m.Helper()
	if err != nil {
		m.Fatalf("%v\n%s", err, m.trace.String())
	}
}

// tell puts the clock where it is wrong by off.
func (m *sim) tell() { m.clk.Set(m.true_.Add(m.off)) }

func (m *sim) say(words ...string) {
	fmt.Fprintf(&m.trace, "%s %s\n", m.true_.Sub(m.begun).Truncate(time.Millisecond), strings.Join(words, " "))
}

// face names an account by when it was first seen: whom the lot puts first is
// the vault's affair, and differs from run to run.
func (m *sim) face(a string) string {
	i := slices.Index(m.faces, a)
	if i < 0 {
		i, m.faces = len(m.faces), append(m.faces, a)
	}
	return fmt.Sprintf("#%d", i)
}
