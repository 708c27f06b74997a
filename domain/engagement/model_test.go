package engagement

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/db/dbtest"
	"alongside/platform/id"
	"alongside/platform/seal"
	"alongside/platform/soak"
)

// history is one made-up story of two peers who write about the same person on
// two phones, mostly without a network: new contacts, corrections of what each
// had seen, the same thing sent one to ten times, another body under an id that
// was used, all in another order than it was written in, and a program that is
// started anew in between.
type history struct {
	*world
	rng    *rand.Rand
	person ref.Person
	sent   []sending
	bodies map[string][]string // id of the sender's → bodies, in the order they arrived
	stored map[string]ref.Contact
}

type sending struct {
	who context.Context
	c   Contact
}

func body(c Contact) string {
	return fmt.Sprintf("%s %d %q %q", c.Peer, c.Minutes, c.Note, c.InsteadOf)
}

func (h *history) write() {
	phones := []struct {
		who  context.Context
		name ref.Account
		seen []string
	}{{rosa(), "rosa", nil}, {ines(), "ines", nil}}
	for range 2 + h.rng.IntN(7) {
		p := &phones[h.rng.IntN(2)]
		c := Contact{
			SentAs: id.New(h.clk.Now()), Person: h.person, Peer: p.name, Way: Call, Reached: true, Minutes: 1 + h.rng.Int64N(90),
			StartedAt: h.clk.Now().Add(-time.Duration(h.rng.IntN(5000)) * time.Minute), Note: fmt.Sprint("note ", h.rng.IntN(1000)),
		}
		switch {
		case len(p.seen) > 0 && h.rng.IntN(2) == 0:
			c.InsteadOf = p.seen[h.rng.IntN(len(p.seen))]
		case len(h.sent) > 0 && h.rng.IntN(4) == 0:
			c.SentAs = h.sent[h.rng.IntN(len(h.sent))].c.SentAs
		}
		h.sent = append(h.sent, sending{p.who, c})
		p.seen = append(p.seen, c.SentAs)
		if h.rng.IntN(3) == 0 { // a moment with a network: both have seen everything
			all := append(slices.Clone(phones[0].seen), phones[1].seen...)
			phones[0].seen, phones[1].seen = all, slices.Clone(all)
		}
	}
}

func (h *history) send() {
	var all []sending
	for _, s := range h.sent {
		for range 1 + h.rng.IntN(10)/4 {
			all = append(all, s)
		}
	}
	h.rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	for _, s := range all {
		if h.rng.IntN(6) == 0 {
			h.s = New(h.deps())
		}
		h.one(s)
	}
}

// one sends and compares the answer with the model's.
func (h *history) one(s sending) {
	h.Helper()
	r, err := h.s.Note(s.who, s.c)
	h.must(err)
	key, b := s.c.SentAs, body(s.c)
	if !slices.Contains(h.bodies[key], b) {
		h.bodies[key] = append(h.bodies[key], b)
		h.stored[key+b] = ref.Contact(r.ID)
	}
	if h.stored[key+b] != ref.Contact(r.ID) {
		h.Fatalf("the same thing is %s now, it was %s", r.ID, h.stored[key+b])
	}
	if r.Apart != (h.bodies[key][0] != b) {
		h.Fatalf("answered apart=%v, and is number %d under its id", r.Apart, slices.Index(h.bodies[key], b))
	}
}

// check compares what can be read with the model: everything that was ever
// written, once each, word for word, and only what someone who had seen it
// corrected is marked so.
func (h *history) check() {
	h.Helper()
	c, err := h.s.With(rosa(), h.person)
	h.must(err)
	if len(c.Contacts) != len(h.stored) {
		h.Fatalf("%d can be read, %d were written", len(c.Contacts), len(h.stored))
	}
	replaced := map[ref.Contact]bool{}
	for _, n := range c.Contacts {
		if h.stored[n.SentAs+body(n.Contact)] != n.ID {
			h.Fatalf("%s is not as it was written: %s", n.ID, body(n.Contact))
		}
		for _, old := range n.corrects() {
			replaced[ref.Contact(old)] = true
		}
	}
	for _, n := range c.Contacts {
		if len(n.By) > 0 && !replaced[n.ID] {
			h.Fatalf("%s is marked as corrected by nobody", n.ID)
		}
		if len(n.By) == 0 && replaced[n.ID] && !h.loops(c, n.ID) {
			h.Fatalf("%s was corrected and stands", n.ID)
		}
	}
	h.stands(c)
}

// loops: what would take the place of what took its own place stays.
func (h *history) loops(c Companionship, which ref.Contact) bool {
	n, _ := c.contact(which)
	return len(n.corrects()) > 0
}

// stands: at least one of what was written always stands, and whenever two
// claim the same place someone is asked.
func (h *history) stands(c Companionship) {
	h.Helper()
	claims, standing := map[string]int{}, 0
	for _, n := range c.Contacts {
		if len(n.By) > 0 {
			continue
		}
		standing++
		claims[n.SentAs]++
		for _, old := range strings.Fields(n.InsteadOf) {
			claims["of "+old]++
		}
	}
	more := 0
	for _, n := range claims {
		more += max(0, n-1)
	}
	if standing == 0 || c.Standing.Apart != int64(more) {
		h.Fatalf("%d stand, %d are said to be written apart, %d are", standing, c.Standing.Apart, more)
	}
}

// Ten thousand histories in a soak, a tenth in a test: no silent overwrite.
func TestNothingIsWrittenOverInSilence(t *testing.T) {
	rng := soak.Rand(t, 61)
	dbtest.Run(t, tables(), func(t *testing.T, d *db.DB, v *seal.Vault, clk *clock.Fake) {
		w := newWorld(t, d, v, clk)
		n := soak.Count(10_000)
		if d.Engine() != db.SQLite {
			n /= 20 // a commit there costs ten times as much, and the rule is the same
		}
		for range n {
			h := &history{world: w, rng: rng, person: w.person(people.Person{Name: "Made Up"}), bodies: map[string][]string{}, stored: map[string]ref.Contact{}}
			w.walk("rosa", h.person)
			w.walk("ines", h.person)
			h.write()
			h.send()
			h.check()
		}
	})
}
