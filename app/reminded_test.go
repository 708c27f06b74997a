package app

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/domain/audit"
	"alongside/domain/engagement"
	"alongside/domain/handoff"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/i18n"
	"alongside/platform/notify"
)

// change changes what is written down of a person.
func (w *vigil) change(person ref.Person, how func(p *people.Person)) {
	w.Helper()
	w.must(w.DB.Write(w.as(w.T, access.Peer, w.rosa), func(tx *db.Tx) error {
		before, err := people.New().Find(tx, person)
		if err != nil {
			return err
		}
		after := before
		how(&after)
		if _, err := people.New().Update(tx, before, after); err != nil {
			return err
		}
		return audit.Record(tx, audit.Entry{Kind: audit.Change, Action: "people.edit"}, string(person))
	}))
}

// went is what lies in the folder, all of it.
func (w *vigil) went() string {
	w.Helper()
	files, err := filepath.Glob(filepath.Join(w.dir, "*"))
	w.must(err)
	var out strings.Builder
	for _, f := range files {
		body, err := os.ReadFile(f)
		w.must(err)
		out.Write(body)
	}
	return out.String()
}

// TestStopEndsReminders: whoever writes "stop" gets no reminder by text either, also
// one that was on its way, and their diary says why.
func TestStopEndsReminders(t *testing.T) {
	w := newVigil(t)
	w.expects(25, "")
	w.must(w.Day.Arrive(operatorOf(t, w.tenant), engagement.Arrived{ID: "1", From: "5550123", Words: "STOP"}))
	w.wait(t, 65*time.Minute)
	if got := w.went(); got != "" {
		t.Errorf("after a stop went out: %s", got)
	}
	d, err := w.Day.Diary(w.as(t, access.Peer, w.rosa), engagement.Door{Person: w.blue})
	if w.must(err); d.Silent == "" {
		t.Error("the diary does not say that no reminder goes out")
	}
}

// TestAReminderFollowsTheNumber: it goes to the number that the person has when it
// goes, and never to one that is somebody else's by then.
func TestAReminderFollowsTheNumber(t *testing.T) {
	w := newVigil(t)
	w.expects(25, "")
	w.change(w.blue, func(p *people.Person) { p.Phone = "555-0188" })
	w.wait(t, 65*time.Minute)
	if got := w.went(); !strings.Contains(got, `"to":"5550188"`) || strings.Contains(got, "0123") || strings.Contains(got, "/o/") {
		t.Errorf("went out: %s", got)
	}
}

// TestAReminderSpeaksTheirLanguage: a peer whose page is in English writes it down for
// somebody who speaks Arabic.
func TestAReminderSpeaksTheirLanguage(t *testing.T) {
	w := newVigil(t)
	w.change(w.blue, func(p *people.Person) { p.Languages = []string{"fr", "ar", "en"} })
	remind := engagement.Remind{How: notify.SMS, Word: engagement.RemindWords()[0].Value, Ahead: 24}
	w.must(w.Day.SetRemind(w.as(t, access.Peer, w.rosa), engagement.Door{Person: w.blue}, remind, i18n.English))
	w.expects(25, "")
	w.wait(t, 65*time.Minute)
	if got := w.went(); !strings.Contains(got, w.Words.In(i18n.Arabic).T(remind.Word)) {
		t.Errorf("went out: %s", got)
	}
}

// TestNoReminderIsPromisedByAShutWay: what cannot go is refused where it is chosen, and
// said where it was chosen before.
func TestNoReminderIsPromisedByAShutWay(t *testing.T) {
	w := newVigil(t)
	rosa, door := w.as(t, access.Peer, w.rosa), engagement.Door{Person: w.blue}
	silent := func(what string, want bool) {
		t.Helper()
		d, err := w.Day.Diary(rosa, door)
		if w.must(err); (d.Silent != "") != want {
			t.Errorf("%s: the diary says %q", what, d.Silent)
		}
	}
	silent("open", false)
	w.must(w.openChannel(operatorOf(t, w.tenant), notify.SMS, "", ""))
	silent("shut", true)
	w.change(w.blue, func(p *people.Person) { p.Email = "blue@made-up.example" })
	remind := engagement.Remind{How: notify.Mail, Word: engagement.RemindWords()[0].Value, Ahead: 24}
	if err := w.Day.SetRemind(rosa, door, remind, i18n.English); err == nil {
		t.Error("a reminder by e-mail is promised, and there is no way for one")
	}
	if d, err := w.Day.Diary(rosa, door); err != nil || d.Remind.How != notify.SMS {
		t.Errorf("what was chosen before is gone: %q %v", d.Remind.How, err)
	}
}

// TestADeathHoldsForTheOtherRecord: two records were joined, and a death noted on a
// hand-off of one stops the reminders of the other, and who walks with them by it.
func TestADeathHoldsForTheOtherRecord(t *testing.T) {
	w := newVigil(t)
	w.expects(25, "")
	second := w.ask(t, w.Handoffs, 2)
	w.must(w.DB.Write(w.as(t, access.Supervisor, w.sol), func(tx *db.Tx) error {
		other, err := w.Handoffs.About(tx, second.ID)
		if err == nil {
			_, err = people.New().Merge(tx, other, w.blue)
		}
		return err
	}))
	sol := w.as(t, access.Supervisor, w.sol)
	w.must(w.Handoffs.Take(sol, second.ID, handoff.StepClose, handoff.Input{Act: "end", ClosedReason: "died"}))
	w.wait(t, 65*time.Minute)
	if got := w.went(); got != "" {
		t.Errorf("after a death went out: %s", got)
	}
	if on, err := w.Day.Caseload(w.as(t, access.Peer, w.rosa)); err != nil || len(on) != 0 {
		t.Errorf("rosa walks with %d still: %v", len(on), err)
	}
}

// TestTheDiarySaysWhenAReminderComes: by its instant, or that none comes because less
// time is left than was chosen; nothing more once it went.
func TestTheDiarySaysWhenAReminderComes(t *testing.T) {
	w := newVigil(t)
	h, err := w.Handler()
	w.must(err)
	says := func(when string, comes, near bool) {
		t.Helper()
		text := w.visitor(t, h, w.rosa).send(http.MethodGet, "/walk/"+string(w.blue)+"/diary", url.Values{}).Body.String()
		if strings.Contains(text, ">Reminder<") != comes || strings.Contains(text, "Less time is left") != near {
			t.Errorf("%s: %s", when, text)
		}
	}
	says("nothing ahead", false, false)
	w.expects(25, "")
	says("an hour before it comes", true, false)
	w.wait(t, 65*time.Minute)
	says("it went", false, false)
	w.expects(3, "")
	says("sooner than a day before", true, true)
	w.must(w.openChannel(operatorOf(t, w.tenant), notify.SMS, "", ""))
	says("the way is shut, which the page says of itself", false, false)
}
