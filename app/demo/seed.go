package demo

import (
	"context"
	"fmt"
	"strings"
	"time"

	"alongside/domain/handoff"
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
// tokens of its pages for asking.
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
		site, token, err := f.Handoffs.AddSite(ctx, handoff.Site{Name: s.Name, Duty: s.Duty, Promise: s.Minutes})
		if err != nil {
			return err
		}
		f.sites, f.tokens = append(f.sites, site), append(f.tokens, token)
	}
	for _, s := range f.org.Services {
		d, err := f.Handoffs.AddDestination(ctx, handoff.Destination{Name: s.Name, Phone: s.Phone, About: s.About})
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
	if now := tonight(); n < len(now) {
		s = now[n]
	}
	f.Clock.Set(f.now.Add(-s.ago))
	names := aliases()
	link := scope.With(ctx, scope.Scope{Tenant: f.Tenant, Actor: "link:demo", Purpose: scope.Treatment})
	receipt, err := f.Handoffs.Ask(link, handoff.Ask{
		Handoff: handoff.Handoff{Answer: f.answer(n), Where: places()[n%len(places())], Language: f.language(n)},
		Name:    names[n%len(names)], Act: f.act(), Site: f.sites[n%len(f.sites)].ID,
	})
	if err != nil {
		return err
	}
	return f.play(f.as(ctx, "peer", f.Peers[n%len(f.Peers)]), receipt.ID, n, s.until)
}

func (f *filler) answer(n int) string {
	return []string{"yes", "yes", "not_asked", "yes", "cannot_yet"}[n%5]
}

func (f *filler) language(n int) string { return []string{"", "es", "", "", "ar"}[n%5] }

func (f *filler) act() string { f.acts++; return fmt.Sprintf("demo-%d", f.acts) }

// play takes the steps of the path up to the last, at believable times.
func (f *filler) play(ctx context.Context, h ref.Handoff, n int, until string) error {
	path := []struct {
		step  string
		after time.Duration
		in    handoff.Input
	}{
		{handoff.StepAck, 3 * time.Minute, handoff.Input{}},
		{handoff.StepSetOut, time.Minute, handoff.Input{Minutes: 15}},
		{handoff.StepMeet, time.Duration(12+n%14) * time.Minute, handoff.Input{}},
		{handoff.StepAgree, 40 * time.Minute, handoff.Input{Destination: f.to[n%len(f.to)].ID, How: "signed", Days: 90}},
		{handoff.StepAccept, time.Hour, handoff.Input{}},
		{handoff.StepIntro, 3 * time.Hour, handoff.Input{Mode: "room", Present: 3}},
		{handoff.StepConnect, 20 * time.Hour, handoff.Input{ConnSource: []string{"receiver", "person"}[n%2]}},
	}
	last, reason, _ := strings.Cut(until, ":")
	for _, p := range path {
		if last == handoff.StepAsk {
			return nil
		}
		if p.step == handoff.StepAgree && (last == handoff.StepNotNow || last == handoff.StepClose) {
			return f.aside(ctx, h, last, reason)
		}
		f.Clock.Add(p.after)
		p.in.Act = f.act()
		if err := f.Handoffs.Take(ctx, h, p.step, p.in); err != nil {
			return err
		}
		if p.step == last {
			return nil
		}
	}
	return nil
}

// aside ends a story that leaves the path once they have met.
func (f *filler) aside(ctx context.Context, h ref.Handoff, last, reason string) error {
	f.Clock.Add(25 * time.Minute)
	n := f.acts
	in := handoff.Input{Act: f.act(), ClosedReason: reason}
	if last == handoff.StepNotNow {
		reasons := handoff.NotNowReasons()
		in.Contact, in.Reason = handoff.Contacts()[n%4].Value, reasons[n%len(reasons)].Value
	}
	return f.Handoffs.Take(ctx, h, last, in)
}
