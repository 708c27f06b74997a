package app

import (
	"path/filepath"
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/domain/engagement"
	"alongside/domain/handoff"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/db/dbtest"
	"alongside/platform/i18n"
	"alongside/platform/id"
	"alongside/platform/job"
	"alongside/platform/notify"
)

// vigil is an organisation that sends texts by a folder, and Blue, who walks with
// Rosa, wants to be reminded by text, and has something in their diary.
type vigil struct {
	*ladderTown
	*testing.T
	dir  string
	h    ref.Handoff
	own  string // the person's page
	blue ref.Person
}

func newVigil(t *testing.T) *vigil {
	t.Helper()
	w := &vigil{ladderTown: newLadderTown(t), T: t, dir: t.TempDir()}
	w.Gate.Channels[notify.SMS] = notify.Drop{Dir: w.dir}
	w.must(w.openChannel(operatorOf(t, w.tenant), notify.SMS, notify.NotNeeded, "a modem of our own"))
	w.runner = job.NewRunner(w.DB, w.clk, dbtest.Log(t), w.bells())
	w.beyond = w.runner.In(job.Outside)
	r, err := w.Handoffs.Ask(w.as(t, "", "link:mercy"), handoff.Ask{
		Handoff: handoff.Handoff{Answer: "yes", Where: "Bay 7"}, Person: people.Person{Name: "Blue", Phone: "555-0123", Texts: true}, Act: "form-1", Site: w.site.ID,
	})
	w.must(err)
	w.h, w.own = r.ID, r.Own
	rosa := w.as(t, access.Peer, w.rosa)
	w.must(w.Handoffs.Take(rosa, w.h, handoff.StepAck, handoff.Input{Act: "ack"}))
	w.must(w.Handoffs.Take(rosa, w.h, handoff.StepMeet, handoff.Input{Act: "met"}))
	d, err := w.Handoffs.View(rosa, w.h)
	w.must(err)
	w.blue = d.Handoff.Person
	remind := engagement.Remind{How: notify.SMS, Word: engagement.RemindWords()[0].Value, Ahead: 24}
	w.must(w.Day.SetRemind(rosa, engagement.Door{Person: w.blue}, remind, i18n.English))
	return w
}

func (w *vigil) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// expects puts something into Blue's diary, so many hours from now, for which a
// colleague goes along.
func (w *vigil) expects(hours int, along ref.Account) {
	w.Helper()
	w.must(w.Day.Meet(w.as(w.T, access.Peer, w.rosa), engagement.Appointment{
		ID: ref.Appointment(id.New(w.clk.Now())), Person: w.blue, With: "The clinic", Along: along, StartsAt: w.clk.Now().Add(time.Duration(hours) * time.Hour),
	}))
}

// texts are how many have gone out.
func (w *vigil) texts() int {
	w.Helper()
	files, err := filepath.Glob(filepath.Join(w.dir, "*"))
	w.must(err)
	return len(files)
}

// TestAPersonIsReminded by the way that they chose: they hold no account here.
func TestAPersonIsReminded(t *testing.T) {
	w := newVigil(t)
	w.expects(25, "")
	w.wait(t, 59*time.Minute)
	if n := w.texts(); n != 0 {
		t.Fatalf("%d texts before their time", n)
	}
	w.wait(t, 5*time.Minute)
	if n := w.texts(); n != 1 {
		t.Errorf("%d texts went out, want the reminder", n)
	}
}

// TestADeathStopsWhatIsOut: no reminder goes to the telephone of someone who has
// died, and nobody has them on their day. When it was a mistake all of it stands
// again.
func TestADeathStopsWhatIsOut(t *testing.T) {
	w := newVigil(t)
	ines := w.colleague("Ines")
	w.expects(25, ines)
	day := func() int {
		d, err := w.Day.Today(w.as(t, access.Peer, ines))
		w.must(err)
		return len(d.Lines)
	}
	sol := w.as(t, access.Supervisor, w.sol)
	w.must(w.Handoffs.Take(sol, w.h, handoff.StepClose, handoff.Input{Act: "end", ClosedReason: "died"}))
	w.wait(t, 65*time.Minute)
	if n := w.texts(); n != 0 {
		t.Errorf("%d texts went out after a death", n)
	}
	w.clk.Add(22 * time.Hour)
	if n := day(); n != 0 {
		t.Errorf("whoever meant to go along has %d lines of them on Today", n)
	}
	w.must(w.Handoffs.Take(sol, w.h, handoff.StepUndo, handoff.Input{Act: "undo"}))
	if n := day(); n != 1 {
		t.Errorf("it was a mistake, and who goes along has %d lines", n)
	}
	w.expects(26, "")
	w.wait(t, 125*time.Minute)
	if n := w.texts(); n != 1 {
		t.Errorf("it was a mistake, and %d reminders went out", n)
	}
}

// TestWhoWalkedWithThemHearsItToo: also a peer who was on none of their hand-offs
// hears of a death from a human first.
func TestWhoWalkedWithThemHearsItToo(t *testing.T) {
	w := newVigil(t)
	ines := w.colleague("Ines")
	w.must(w.DB.Write(w.as(t, access.Peer, ines), func(tx *db.Tx) error { return w.Day.Begin(tx, w.blue, ines) }))
	sol := w.as(t, access.Supervisor, w.sol)
	w.must(w.Handoffs.Take(sol, w.h, handoff.StepClose, handoff.Input{Act: "end", ClosedReason: "died"}))
	o, err := w.Handoffs.Overview(sol)
	w.must(err)
	told := map[ref.Account]bool{}
	for _, x := range o.ToTell {
		told[x.Peer] = true
	}
	if len(o.ToTell) != 2 || !told[w.rosa] || !told[ines] {
		t.Errorf("to tell in person: %+v", o.ToTell)
	}
}

func (w *vigil) colleague(name string) ref.Account {
	w.Helper()
	inv, err := w.Access.Invite(operatorOf(w.T, w.tenant), access.Newcomer{Name: name, Email: name + "@made-up.example", Roles: []string{access.Peer}}, id.New(w.clk.Now()))
	w.must(err)
	return inv.Account.ID
}
