package app

import (
	"context"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"alongside/domain/access"
	"alongside/domain/engagement"
	"alongside/domain/handoff"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/domain/rota"
	"alongside/domain/tenant"
	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/i18n"
	"alongside/platform/job"
	"alongside/platform/notify"
)

// alerts lets the rota's ladder hear of hand-offs, and whoever asked hear of
// the ladder, without the two knowing each other. Who met walks together from
// then on.
type alerts struct {
	rota *rota.Service
	met  func(tx *db.Tx, what string, h handoff.Handoff) error
	// beside says who hears of what happened beside the path.
	beside func(tx *db.Tx, h handoff.Handoff) (who []ref.Account, desk bool, err error)
}

// Happened passes on what a ladder cares about, and what a peer's day does.
func (a alerts) Happened(tx *db.Tx, what string, h handoff.Handoff) error {
	if what == handoff.AlertVoiced {
		return a.rota.Beside(tx, rota.Aside{Handoff: h.ID, What: what, Number: h.VoicedAt.UnixMicro(), Site: h.Site, Desk: true})
	}
	if what == handoff.AlertBeside {
		who, desk, err := a.beside(tx, h)
		if err != nil {
			return err
		}
		return a.rota.Beside(tx, rota.Aside{Handoff: h.ID, What: what, Number: h.Events, Site: h.Site, To: who, Desk: desk})
	}
	if err := a.met(tx, what, h); err != nil {
		return err
	}
	if what == handoff.AlertLeft {
		return nil // nothing presses: the overview shows who has nobody
	}
	kinds := map[string]string{
		handoff.AlertAsked: rota.EventAsked, handoff.AlertReopened: rota.EventAnew, handoff.AlertGivenBack: rota.EventAsked,
		handoff.AlertAcknowledged: rota.EventTaken, handoff.AlertMet: rota.EventOver, handoff.AlertHandedOver: rota.EventHanded, handoff.AlertEnded: rota.EventOver,
	}
	return a.rota.Happened(tx, rota.Event{
		What: kinds[what], Handoff: h.ID, Site: h.Site, Person: h.Person, Language: h.Language, Gender: h.WishGender, Lived: h.WishLived, Peer: h.Peer, MeetBy: h.DueAt,
	})
}

// Standing is how the asking goes, in roles and counts. Where a site has no
// telephone, none is promised.
func (a alerts) Standing(tx *db.Tx, h ref.Handoff) (handoff.Standing, error) {
	st, err := a.rota.Standing(tx, h)
	if err == nil && st.Next == rota.Telephone {
		var site handoff.Site
		if site, err = handoff.Sites().Get(tx, st.Site); site.Duty == "" {
			st.Next = ""
		}
	}
	out := handoff.Standing{Next: st.Next, NextAt: st.NextAt, Phone: st.Phone, Unheard: st.Unheard}
	for _, d := range st.Done {
		out.Asked = append(out.Asked, handoff.AskedOf{Who: d.Who, Count: int(d.People), At: d.At})
	}
	return out, err
}

// makeGate makes the one gate for outbound words.
func (a *App) makeGate() error {
	channels := map[string]notify.Channel{
		notify.App:  notify.Pages{Hub: a.Hub},
		notify.Push: notify.Pusher{Vault: a.Vault, Contact: a.Outside.contact(a.Origin()), Client: notify.Client(), Hosts: notify.PushHosts()},
	}
	if a.Outside.SMTP != "" {
		post, err := notify.ParsePost(a.Outside.SMTP)
		if err != nil {
			return err
		}
		channels[notify.Mail] = post
	}
	if err := a.Outside.signing().Check(); err != nil {
		return err
	}
	if a.Outside.SMS != "" {
		texts, err := notify.ParseTexts(a.Outside.SMS, a.Outside.SMSToken)
		if err != nil {
			return err
		}
		channels[notify.SMS] = texts
	}
	a.Gate = notify.New(notify.Deps{
		DB: a.DB, Clock: a.Clock, Words: append(rota.Says(), engagement.Says()...), Origin: a.Origin, Channels: channels,
		Typed: func(tx *db.Tx, key string) (notify.Typed, error) { return a.Day.Typed(tx, key) },
		Say:   func(lang i18n.Lang, key string) string { return a.Words.In(lang).T(key) },
		Still: a.stillTold,
	})
	return nil
}

// stillTold reports whether someone may be told a word at this moment: that
// someone waits, only who takes part in answering; the rest, any account that is
// open, and a person who is here and has not died.
func (a *App) stillTold(tx *db.Tx, account, word string) (bool, error) {
	roles, err := a.Access.Held(tx, ref.Account(account))
	if err == nil && len(roles) == 0 && slices.Contains(engagement.Says(), word) {
		return a.reminded(tx, ref.Person(account))
	}
	if err != nil || !slices.Contains(rota.Says(), word) {
		return len(roles) > 0, err
	}
	return slices.ContainsFunc(roles, func(r string) bool {
		return slices.Contains([]string{access.Peer, access.Supervisor, access.Coordinator}, r)
	}), nil
}

// reminded reports whether a person may be told what they asked to be told: they are
// here, have not died, and want it still.
func (a *App) reminded(tx *db.Tx, person ref.Person) (bool, error) {
	here, err := people.New().Here(tx, person)
	if err != nil || !here {
		return false, err
	}
	died, err := a.Handoffs.Died(tx, person)
	if err != nil || died {
		return false, err
	}
	return a.Day.Reaches(tx, person)
}

// cares lets the overview of hand-offs show who is out alone.
type cares struct{ rota *rota.Service }

// Cares lists them.
func (c cares) Cares(ctx context.Context) ([]handoff.Care, error) {
	list, err := c.rota.Outs(ctx)
	out := make([]handoff.Care, len(list))
	for i, o := range list {
		out[i] = handoff.Care{ID: string(o.Peer), Name: o.Name, Place: o.Place, Due: o.DueAt, Help: o.Asked(), Phone: o.Phone}
	}
	return out, err
}

func (a *App) makeRota(allow func(tx *db.Tx, action string) error) {
	a.Rota = rota.New(rota.Deps{
		DB: a.DB, Gate: a.Gate, Hub: a.Hub, Allow: allow, Names: a.Access.Names, Staff: a.Access.Holders, Zone: a.Tenants.Zone, Same: people.New().Same, Push: a.canPush,
		Places:  a.places,
		Changed: func(tenant string) { a.Hub.Tell(handoff.Topic(tenant)); a.Hub.Tell(liveTopic(tenant)) },
	})
}

// canPush reports whether a browser's subscription can be used.
func (a *App) canPush(subscription string) error {
	return a.Gate.Channels[notify.Push].(notify.Pusher).CheckSubscription(subscription)
}

// places are the organisation's sites, by name.
func (a *App) places(tx *db.Tx) ([]rota.Place, error) {
	names, err := a.Handoffs.SiteNames(tx)
	var out []rota.Place
	for id, name := range names {
		out = append(out, rota.Place{ID: id, Name: name})
	}
	slices.SortFunc(out, func(a, b rota.Place) int { return strings.Compare(a.Name+string(a.ID), b.Name+string(b.ID)) })
	return out, err
}

// ring starts the runners of bells. What it returns waits until they have
// stopped, which they do when ctx ends.
func (a *App) ring(ctx context.Context) (wait func()) {
	runner := job.NewRunner(a.DB, a.Clock, a.Log, a.bells())
	forget := a.remember(runner)
	outside := runner.In(job.Outside)
	done := make(chan bool, 2)
	go func() { runner.Run(ctx); done <- true }()
	go func() { outside.Run(ctx); done <- true }()
	return func() { <-done; <-done; forget() }
}

// bells are the handlers of all bells.
func (a *App) bells() map[string]job.Handler {
	out := a.Gate.Jobs()
	for _, m := range a.Modules {
		maps.Copy(out, m.Jobs)
	}
	for kind, h := range out {
		out[kind] = a.orWait(h)
	}
	return out
}

// pauseLook is how often a bell of a paused organisation looks whether it may
// ring, and so how late the first one rings when it is taken up again.
const pauseLook = 20 * time.Second

// orWait hangs a bell of a paused organisation up again: nothing of it is done,
// and nothing is lost.
func (a *App) orWait(h job.Handler) job.Handler {
	return func(ctx context.Context, j job.Job) error {
		err := h(ctx, j)
		if tenant.IsPaused(err) {
			return job.Again(a.Clock.Now().Add(pauseLook))
		}
		return err
	}
}

// clockNote is the file in which a machine keeps what its clock said last.
const clockNote = "clock.note"

// remember gives the runner a memory of the clock that needs no room on the disk.
// Without one it goes by what the database says.
func (a *App) remember(r *job.Runner) (forget func()) {
	note, err := clock.OpenNote(filepath.Join(a.Data, clockNote))
	if err != nil {
		a.Log.Warn("no note of the clock", "err", err)
		return func() {}
	}
	r.Remembering(note)
	return func() { note.Close() }
}

// openChannel writes down that a channel may leave the building, or, without a
// reason, no longer.
func (a *App) openChannel(ctx context.Context, channel, basis, why string) error {
	if basis == "" {
		return a.Rota.ShutChannel(ctx, channel)
	}
	return a.Rota.OpenChannel(ctx, channel, basis, why)
}

func (a *App) openings(ctx context.Context) (out []notify.Opening, err error) {
	err = a.DB.Read(ctx, func(tx *db.Tx) error {
		if err := a.allow(tx, "channel.view"); err != nil {
			return err
		}
		out, err = notify.Openings(tx)
		return err
	})
	return out, err
}
