package handoff

import (
	"context"
	"slices"
	"time"

	"alongside/domain/audit"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/flow"
)

// Detail is one hand-off as its page shows it.
type Detail struct {
	Handoff
	Person       people.Person
	Site         Site
	Destination  Destination
	Destinations []Destination
	Events       []Event
	Next         []flow.Step[Facts]
	PeerName     string
	Actors       map[ref.Account]string
	Code         string
	FollowUps    []FollowUp         // that are open
	Alike        []Alike            // that may be for the same person
	Joined       []Alike            // that were joined to this one
	Walkers      []Walker           // to whom it can be handed over
	Own          string             // token of the person's own page
	Covered      bool               // a live consent covers the service
	Often        bool               // a service was offered again as often as the site lets a peer
	Hears        bool               // the law takes a yes that was only spoken
	Sees         bool               // whoever looks may see what the person allowed
	Asked        string             // where whoever looks says that they do not go; "" when they are not asked
	Said         map[int64][]string // what the person says is not right, by the event's number
	Standing     Standing           // how the asking goes, for who cannot go themselves
}

// View reads a hand-off for whoever is in the scope.
func (s *Service) View(ctx context.Context, id ref.Handoff) (Detail, error) {
	var out Detail
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "handoff.view"); err != nil {
			return err
		}
		h, err := s.find(tx, id)
		if err != nil {
			return err
		}
		if err := s.mayOpen(tx, h); err != nil {
			return err
		}
		if out, err = s.detail(tx, h); err != nil {
			return err
		}
		return s.record(tx, audit.Look, "handoff.view", h, nil)
	})
	return out, errs.Wrap("handoff: view "+string(id), err)
}

// Version is a mark that changes whenever the hand-off does. It shows nothing, so
// watching is not looking.
func (s *Service) Version(ctx context.Context, id ref.Handoff) (n int64, err error) {
	err = s.DB.Read(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "handoff.view"); err != nil {
			return err
		}
		h, err := s.find(tx, id)
		if err != nil {
			return err
		}
		err = s.mayOpen(tx, h)
		tx.Settle(string(h.Person)) // last: whether they may open it is read of the person, too
		n = h.Version
		return err
	})
	return n, errs.Wrap("handoff: version", err)
}

func (s *Service) detail(tx *db.Tx, h Handoff) (Detail, error) {
	d := Detail{Handoff: h, Next: timely(h, tx.Now(), s.flow.Next(h.State, tx.Scope().Role)), Code: Code(tx, h.ID), Sees: s.Sees(tx, h.Person)}
	others := anothers(h, tx.Scope().Role, tx.Scope().Actor)
	if others {
		d.Next = slices.DeleteFunc(d.Next, func(s flow.Step[Facts]) bool { return slices.Contains(walkersOnly(), s.Name) })
	}
	if h.OwnTurn > 0 && h.State != Unconfirmed && h.ClosedReason != died && !others {
		d.Own = OwnToken(tx, h.ID, h.OwnTurn)
	}
	var err error
	if d.Person, err = s.People.Find(tx, h.Person); err != nil {
		return d, err
	}
	if d.FollowUps, err = s.followUpsOf(tx, h.ID); err != nil {
		return d, err
	}
	if err := s.around(tx, &d); err != nil {
		return d, err
	}
	if d.Events, err = s.history(tx, h.ID); err != nil {
		return d, err
	}
	role, actor := tx.Scope().Role, tx.Scope().Actor
	d.Next = takeable(d.Next, d.Events[len(d.Events)-1], actor, role, tx.Now())
	if role == "peer" {
		d.Events = slices.DeleteFunc(d.Events, func(e Event) bool { return forLeads(e.Step) })
	}
	if err := s.offered(tx, &d); err != nil {
		return d, err
	}
	if d.Actors, err = s.Names(tx, append(actors(d.Events), h.Peer)); err != nil {
		return d, err
	}
	d.PeerName = d.Actors[h.Peer]
	if d.Hears, err = s.Hears(tx); err != nil {
		return d, err
	}
	if d.Asked, err = s.Asked(tx, h.ID); err != nil {
		return d, err
	}
	if d.Said, err = s.Said(tx, h.Person, h.ID); err != nil {
		return d, err
	}
	if err := s.asking(tx, &d); err != nil {
		return d, err
	}
	return s.places(tx, d)
}

// timely leaves out the milestones whose day has not come: a button that can
// only say "too soon" is no help.
func timely(h Handoff, now time.Time, steps []flow.Step[Facts]) []flow.Step[Facts] {
	return slices.DeleteFunc(steps, func(s flow.Step[Facts]) bool {
		nobody := s.Name == StepTakeOn && h.Peer != ""
		if apart(s.Name) || nobody || s.Name == StepPart && h.ClosedReason != joined {
			return true
		}
		if s.Name == StepThere && h.ConnectedAt.IsZero() {
			return true
		}
		days := map[string]int{StepStayed30: 30, StepStayed90: 90}[s.Name]
		return days > 0 && daysOn(days)(Facts{Now: h, At: now}) != nil
	})
}

func (s *Service) places(tx *db.Tx, d Detail) (Detail, error) {
	var err error
	if d.Site, err = s.sites.Get(tx, d.Handoff.Site); err != nil {
		return d, err
	}
	if d.Destinations, err = s.destinations.List(tx, "WHERE tenant = $1 ORDER BY name"); err != nil {
		return d, err
	}
	if d.Handoff.Destination == "" {
		d.Next = withYes(d.Next, d.Handoff, false)
		return d, nil
	}
	if d.Destination, err = s.destinations.Get(tx, d.Handoff.Destination); err != nil {
		return d, err
	}
	d.Covered, err = s.Consents.Covers(tx, d.Handoff.Person, string(d.Handoff.Destination))
	d.Next = withYes(d.Next, d.Handoff, d.Covered)
	return d, err
}

func actors(events []Event) []ref.Account {
	var out []ref.Account
	for _, e := range events {
		if e.Role == "peer" || e.Role == "supervisor" || e.Role == "coordinator" {
			out = append(out, ref.Account(e.Actor))
		}
	}
	return out
}

// Line is a hand-off in the list for other programs: ids, states and times, and
// nothing that anyone wrote.
type Line struct {
	ID             ref.Handoff `json:"id"`
	State          string      `json:"state"`
	Source         string      `json:"source"`
	Person         ref.Person  `json:"person"`
	EventAt        *time.Time  `json:"event_at"`
	RequestedAt    *time.Time  `json:"requested_at"`
	AckAt          *time.Time  `json:"acknowledged_at"`
	MetAt          *time.Time  `json:"met_at"`
	IntroducedAt   *time.Time  `json:"introduced_at"`
	ConnectedAt    *time.Time  `json:"connected_at"`
	ConnSource     *string     `json:"connected_source"`
	Destination    *string     `json:"destination"`
	DeclinedReason *string     `json:"declined_reason"`
	ClosedReason   *string     `json:"closed_reason"`
	Overdue        bool        `json:"overdue"`
}

// Lines lists the organisation's hand-offs, oldest event first. It reads in
// pages, each recorded as one look at the people on it.
func (s *Service) Lines(ctx context.Context, each func(Line) error) error {
	after, last := int64(-1<<62), ""
	for {
		var page []Handoff
		var now time.Time
		err := s.DB.Write(ctx, func(tx *db.Tx) error {
			if err := s.Allow(tx, "handoff.export"); err != nil {
				return err
			}
			var err error
			now = tx.Now()
			page, err = s.handoffs.List(tx, `WHERE tenant = $1 AND (event_at > $2 OR (event_at = $3 AND handoff > $4))
				ORDER BY event_at, handoff LIMIT 200`, after, after, last)
			if err != nil {
				return err
			}
			return s.recordList(tx, "handoff.export", page, nil)
		})
		if err != nil || len(page) == 0 {
			return errs.Wrap("handoff: list", err)
		}
		for _, h := range page {
			if err := each(h.line(now)); err != nil {
				return err
			}
		}
		end := page[len(page)-1]
		after, last = micros(end.EventAt), string(end.ID)
	}
}

func (h Handoff) line(now time.Time) Line {
	return Line{
		ID: h.ID, State: h.State, Source: h.Source, Person: h.Person, Overdue: h.Overdue(now),
		EventAt: instant(h.EventAt), RequestedAt: instant(h.RequestedAt), AckAt: instant(h.AckAt),
		MetAt: instant(h.MetAt), IntroducedAt: instant(h.IntroducedAt), ConnectedAt: instant(h.ConnectedAt),
		ConnSource: some(h.ConnSource), Destination: some(string(h.Destination)),
		DeclinedReason: some(h.DeclinedReason), ClosedReason: some(h.ClosedReason),
	}
}

func instant(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

func some(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
