package handoff

import (
	"strings"
	"testing"
	"time"

	"alongside/platform/errs"
)

// TestACallNeedsANumber: "one call is fine" of somebody whose number nobody has is a
// promise that nobody can keep. The number is asked for with it, kept, and asked no more.
func TestACallNeedsANumber(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		w.walk(t, r.ID, StepMeet)
		for _, step := range []string{StepNotNow, StepSupport} {
			for _, contact := range []string{"call", "text"} {
				if err := w.take(t, r.ID, "rosa", step, Input{Act: step + contact, Contact: contact, ReachOn: "  "}); !errs.Is(err, errs.Invalid) {
					t.Errorf("%s, one %s is fine, and no number: %v", step, contact, err)
				}
			}
		}
		w.must(t, r.ID, StepSupport, Input{Contact: "call", ReachOn: " 555  0177 "})
		if d := w.view(t, r.ID); d.State != SupportNotNow || d.Person.Phone != "555 0177" {
			t.Errorf("%s, the number is %q", d.State, d.Person.Phone)
		}
		w.own(t, r, StepNotNow, Input{Contact: "text", ReachOn: "555 0199"})
		if d := w.view(t, r.ID); d.State != NotNow || d.Person.Phone != "555 0177" {
			t.Errorf("%s, and a number that is known became %q", d.State, d.Person.Phone)
		}
	})
}

// TestWhoAskedMayNotKnowANumber: their "not now" is never refused for want of one.
func TestWhoAskedMayNotKnowANumber(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		if err := w.s.Change(nurse(), r.Token, StepNotNow, Input{Act: "x", Contact: "call"}); err != nil {
			t.Fatal(err)
		}
		w.clk.Add(13 * time.Hour)
		if list := w.dues(t, "peer", "ben"); len(list) != 1 || list[0].Person.Phone != "" {
			t.Fatalf("on the list: %+v", list)
		}
		page := statusViews(t, w.clk.Now())[0]
		tags := ""
		for _, tag := range dueTags(page, w.dues(t, "peer", "ben")[0]) {
			tags += tag.Words + " "
		}
		if !strings.Contains(tags, "No number yet") {
			t.Errorf("whoever is to call reads %q", tags)
		}
	})
}

// TestAContactIsChangedWhenTheySayOtherwise: by the person or by whoever they say it to.
// What was agreed before is on no list any more, silence ends it, and both can be read.
func TestAContactIsChangedWhenTheySayOtherwise(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		l := w.staffed()
		r := w.ask(t, 1)
		w.walk(t, r.ID, StepMeet)
		w.must(t, r.ID, StepNotNow, Input{Contact: ContactReturn})
		w.clk.Add(time.Minute)
		if err := w.take(t, r.ID, "rosa", StepContact, Input{Contact: "call"}); !errs.Is(err, errs.Invalid) {
			t.Errorf("a call without a number: %v", err)
		}
		w.must(t, r.ID, StepContact, Input{Contact: "call", ReachOn: "555-0177"})
		list := w.dues(t, "peer", "rosa")
		if len(list) != 1 || list[0].Contact != "call" || list[0].OpensAt.Before(w.clk.Now()) {
			t.Errorf("one call, from tomorrow: %+v", list)
		}
		w.clk.Add(time.Minute)
		before := len(l.heard)
		w.own(t, r, StepContact, Input{Contact: ContactNone})
		if n := len(w.dues(t, "supervisor", "dana")); n != 0 {
			t.Errorf("nobody is to get in touch, and %d are to", n)
		}
		if now := l.heard[before:]; len(now) != 1 || !strings.HasPrefix(now[0], AlertEnded) {
			t.Errorf("those who walk with them hear %v", now)
		}
		d := w.view(t, r.ID)
		if d.State != NotNow || d.Contact != ContactNone {
			t.Errorf("%s, %s", d.State, d.Contact)
		}
		if text := says(t, d); !strings.Contains(text, "Come back later today") || !strings.Contains(text, "One call is fine") || !strings.Contains(text, "Nobody contacts them") {
			t.Errorf("what they said stands so:\n%s", text)
		}
	})
}

// TestSupportKeepsSomeContact: who wants no service and no contact either says "not now".
func TestSupportKeepsSomeContact(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		w.walk(t, r.ID, StepMeet)
		w.must(t, r.ID, StepSupport, Input{Contact: "call", ReachOn: "555-0177"})
		w.clk.Add(time.Minute)
		if err := w.take(t, r.ID, "rosa", StepContact, Input{Contact: ContactNone}); !errs.Is(err, errs.Invalid) {
			t.Errorf("no contact at all: %v", err)
		}
		w.must(t, r.ID, StepContact, Input{Contact: "text"})
		if d := w.view(t, r.ID); d.State != SupportNotNow || d.Contact != "text" {
			t.Errorf("%s, %s", d.State, d.Contact)
		}
	})
}
