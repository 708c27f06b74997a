package app

import (
	"strings"
	"testing"
	"time"

	"alongside/domain/handoff"
	"alongside/domain/ref"
	"alongside/platform/browsertest"
	"alongside/platform/id"
)

// walked is a hand-off on which Rosa and the person met, with its follow-ups.
func (y *yard) walked(name string) ref.Handoff {
	y.Helper()
	h := y.asked(name)
	for _, in := range []struct {
		step string
		in   handoff.Input
	}{{handoff.StepAck, handoff.Input{}}, {handoff.StepSetOut, handoff.Input{Minutes: 5}}, {handoff.StepMeet, handoff.Input{Mode: "in_person", Present: 2}}} {
		in.in.Act = id.New(time.Now())
		y.must(y.a.Handoffs.Take(y.rosa, h, in.step, in.in))
	}
	return h
}

// What came of a follow-up, and a line of Today that can wait, are taken without
// a network like any other step: they wait, and are there once.
func TestFollowUpsAndWaitingWithoutANetwork(t *testing.T) {
	y := newYard(t)
	h := y.walked("Plovermead")
	p := browsertest.Open(t, browsertest.Browser(t), y.addr, browsertest.Options{})
	y.comeIn(p, "Rosa")
	p.Go(y.addr + "/handoff/" + string(h))
	met(p)
	y.cut.Store(true)
	p.Go(y.addr + "/handoff/" + string(h))
	y.opened(p, `form[action^="/followups/"]`)
	browsertest.Eval[bool](p, `(document.querySelector('form[action^="/followups/"] input[value="called"]').checked = true)`)
	p.Shot("follow-offline")
	p.Click(`form[action^="/followups/"] button[value="` + handoff.StepNotReached + `"]`)
	y.waits(p, 1)
	y.opened(p, `form[action="/today/later"]`)
	browsertest.Eval[bool](p, `(() => {
		const form = document.querySelector('form[action="/today/later"]');
		form.querySelector('input[name="why"]').checked = true;
		return form.querySelector('input[name="wait"]').checked = true;
	})()`)
	p.Click(`form[action="/today/later"] button`)
	y.waits(p, 2)
	p.Shot("today-follow-waiting")
	y.nothingPlain(p, "waiting")
	y.cut.Store(false)
	p.Go(y.addr + "/today")
	y.waits(p, 0)
	if got := y.steps(h); strings.Count(got, handoff.StepNotReached+" Rosa") != 1 {
		t.Errorf("taken: %s", got)
	}
	list, err := y.a.Outbox.Kept(y.rosa)
	y.must(err)
	if len(list.Waiting) != 0 {
		t.Errorf("%d wait for a person: %+v", len(list.Waiting), list.Waiting)
	}
	day, err := y.a.Day.Today(y.rosa)
	y.must(err)
	if day.Later != 1 {
		t.Errorf("%d lines were put off", day.Later)
	}
}
