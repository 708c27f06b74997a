package demo

import (
	"context"
	"fmt"
	"time"

	"alongside/domain/handoff"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/clock"
	"alongside/platform/scope"
)

// Cast is what the world needs of the program for one organisation.
type Cast struct {
	Tenant   string
	Handoffs *handoff.Service
	Peers    []ref.Account
	Lead     ref.Account // the coordinator, who sets up sites and services
	Clock    *Clock
}

// Clock stands where the story stands while the world is made, and then runs
// with the machine's.
type Clock struct {
	*clock.Fake
	live bool
}

// NewClock returns a clock that stands at the machine's time.
func NewClock() *Clock { return &Clock{Fake: clock.NewFake(clock.System{}.Now())} }

// Now is the story's time, and after Run the machine's.
func (c *Clock) Now() time.Time {
	if c.live {
		return clock.System{}.Now()
	}
	return c.Fake.Now()
}

// Run lets the clock go on with the machine's. It is called once, before the
// program answers anyone.
func (c *Clock) Run() { c.live = true }

// Fill makes an organisation's sites, services and hand-offs and returns the
// tokens of its pages for asking, in the order of its sites.
func Fill(ctx context.Context, c Cast, o Org) ([]string, error) {
	f := &filler{Cast: c, org: o, now: c.Clock.Now()}
	if err := f.places(ctx); err != nil {
		return nil, err
	}
	for n := range o.People {
		if err := f.handoff(ctx, n); err != nil {
			return nil, fmt.Errorf("made-up hand-off %d of %s: %w", n, o.Name, err)
		}
	}
	f.Clock.Set(f.now)
	return f.tokens, nil
}

type filler struct {
	Cast
	org    Org
	now    time.Time
	sites  []handoff.Site
	to     []handoff.Destination
	tokens []string
	acts   int
}

func (f *filler) as(ctx context.Context, role string, who ref.Account) context.Context {
	return scope.With(ctx, scope.Scope{Tenant: f.Tenant, Actor: string(who), Role: role, Purpose: scope.Treatment})
}

func (f *filler) places(ctx context.Context) error {
	ctx = f.as(ctx, "coordinator", f.Lead)
	for _, s := range f.org.Sites {
		site, token, err := f.Handoffs.AddSite(ctx, handoff.Site{Name: s.Name, Door: s.Door, Duty: s.Duty, Promise: s.Minutes, Flood: s.Flood})
		if err != nil {
			return err
		}
		f.sites, f.tokens = append(f.sites, site), append(f.tokens, token)
	}
	for _, s := range f.org.Services {
		d, err := f.Handoffs.AddDestination(ctx, handoff.Destination{
			Name: s.Name, Phone: s.Phone, About: s.About, Takes: s.Takes, Hours: s.Hours, Languages: s.Languages, Medicine: s.Medicine, Way: s.Way,
		})
		if err != nil {
			return err
		}
		f.to = append(f.to, d)
	}
	return nil
}

// handoff plays the nth story of the organisation.
func (f *filler) handoff(ctx context.Context, n int) error {
	s := before(n)
	if now := tonight(f.org); n < len(now) {
		s = now[n]
	}
	f.Clock.Set(f.now.Add(-s.ago))
	names := aliases()
	site := f.sites[min(f.door(s.door), len(f.sites)-1)]
	if s.door == "" {
		site = f.sites[n%f.org.wards()]
	}
	ask := handoff.Ask{
		Handoff: handoff.Handoff{Answer: f.answer(n), Where: places()[n%len(places())], Language: f.language(n)},
		Person:  people.Person{Name: names[n%len(names)]}, Act: f.act(), Site: site.ID,
	}
	if s.door == handoff.DoorPerson || s.door == handoff.DoorFamily {
		ask.Where, ask.Person.Phone, ask.Person.Texts = "", "555-0199", true
	}
	link := scope.With(ctx, scope.Scope{Tenant: f.Tenant, Actor: "link:demo", Purpose: scope.Treatment})
	receipt, err := f.Handoffs.Ask(link, ask)
	if err != nil {
		return err
	}
	return f.play(f.as(ctx, "peer", f.Peers[n%len(f.Peers)]), receipt, n, s)
}

// door is the number of the site with that door; the last when there is none.
func (f *filler) door(kind string) int {
	for i, s := range f.org.Sites {
		if kind != "" && s.Door == kind {
			return i
		}
	}
	return len(f.sites)
}

func (f *filler) answer(n int) string {
	return []string{"yes", "yes", "not_asked", "yes", "cannot_yet"}[n%5]
}

func (f *filler) language(n int) string { return []string{"", "es", "", "", "ar"}[n%5] }

func (f *filler) act() string { f.acts++; return fmt.Sprintf("demo-%d", f.acts) }

// play takes the beats of a story, at believable times, and between them answers
// its follow-ups; what would lie ahead of now has not happened yet.
func (f *filler) play(ctx context.Context, r handoff.Receipt, n int, s story) error {
	k := &kept{f: f, r: r, silent: n%9 == 5}
	for i, b := range f.beats(n, s) {
		at := f.Clock.Now().Add(b.after)
		if at.After(f.now) {
			break
		}
		if err := k.until(ctx, at); err != nil {
			return err
		}
		f.Clock.Set(at)
		b.in.Act = f.act()
		if err := f.take(ctx, r, b); err != nil {
			return fmt.Errorf("%s: %w", b.step, err)
		}
		k.heard(b.step)
		if b.step == handoff.StepMeet {
			k.met(at, i+2) // the ask itself is the first event
		}
	}
	return k.until(ctx, f.now)
}

// take takes a step as whoever takes it: the person by their own page, or the
// peer.
func (f *filler) take(ctx context.Context, r handoff.Receipt, b beat) error {
	if b.step == handoff.StepNotRight || b.step == handoff.StepThanks {
		link := scope.With(ctx, scope.Scope{Tenant: f.Tenant, Actor: "link:demo", Purpose: scope.Treatment})
		return f.Handoffs.OwnStep(link, r.Own, b.step, b.in)
	}
	return f.Handoffs.Take(ctx, r.ID, b.step, b.in)
}
