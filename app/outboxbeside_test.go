package app

import (
	"strings"
	"testing"
	"time"

	"alongside/domain/engagement"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/browsertest"
	"alongside/platform/db"
	"alongside/platform/id"
)

// quiet is a person with whom Rosa walks and who is on nobody's Today.
func (y *yard) quiet(name string) ref.Person {
	y.Helper()
	var out ref.Person
	y.must(y.a.DB.Write(y.rosa, func(tx *db.Tx) error {
		p, err := people.New().Add(tx, people.Person{Name: name})
		out = p.ID
		if err != nil {
			return err
		}
		return y.a.Day.Begin(tx, p.ID, ref.Account(mustScope(y.rosa).Actor))
	}))
	_, err := y.a.Day.Note(y.rosa, engagement.Contact{SentAs: id.New(time.Now()), Person: out, Way: engagement.Call, Reached: true, Minutes: 5})
	y.must(err)
	return out
}

// Of a person whose page was opened, and who is not on Today, all is at hand
// that one needs: the form for a note, the appointments with their place, and
// the plan if the person said so; on the phone of nobody else.
func TestWhatIsBesideAPageThatWasOpened(t *testing.T) {
	y := newYard(t)
	y.person = y.quiet("Plovermead")
	y.hard()
	y.must(y.a.Day.SetCarry(y.rosa, engagement.Door{Person: y.person}, true))
	y.must(y.a.Day.Meet(y.rosa, engagement.Appointment{
		ID: ref.Appointment(id.New(time.Now())), Person: y.person, With: "The clinic", Place: "Third floor, by the stairs", StartsAt: time.Now().Add(72 * time.Hour).Truncate(time.Minute),
	}))
	p := browsertest.Open(t, browsertest.Browser(t), y.addr, browsertest.Options{})
	y.comeIn(p, "Rosa")
	y.at(p, "")
	met(p)
	y.nothingPlain(p, "pages ")
	p.Go(y.addr + "/today")
	met(p)
	y.cut.Store(true)
	for rest, want := range map[string]string{"": "Plovermead", "/note": "Plovermead", "/diary": "by the stairs", "/hard": "heron pond, and tea", "/plan": "heron pond, and tea"} {
		if got := y.at(p, rest); !strings.Contains(got, want) {
			t.Errorf("%s without a network: %s", rest, got)
		}
	}
	p.Shot("diary-offline")
	y.write(p, "A kestrel over the yard.")
	if got := p.Text("[data-resting]"); !strings.Contains(got, "A note") || !strings.Contains(got, "Plovermead") {
		t.Errorf("what waits: %s", got)
	}
	p.Shot("today-what-waits")
	y.nothingPlain(p, "waiting")
}

// What waits is told apart: what it is, about whom, and when, on the clock of
// the organisation; who comes after on the same phone is told nothing.
func TestWhatWaitsIsToldApart(t *testing.T) {
	y := newYard(t)
	p := browsertest.Open(t, browsertest.Browser(t), y.addr, browsertest.Options{})
	y.comeIn(p, "Rosa")
	y.cut.Store(true)
	y.write(p, "A kestrel over the yard.")
	got := p.Text("[data-resting] li")
	at := time.Now().UTC()
	if !strings.Contains(got, "A note · ") || !strings.Contains(got, "Zebrafinch") || !strings.Contains(got, at.Format("15:04")) && !strings.Contains(got, at.Add(-time.Minute).Format("15:04")) {
		t.Errorf("at %s it says: %s", at.Format("15:04"), got)
	}
	said := browsertest.Eval[string](p, `pocket.clock(Date.UTC(2026, 10, 28, 12, 0), "Asia/Kathmandu")`)
	if said != "17:45" {
		t.Errorf("noon in Kathmandu is %s", said)
	}
}
