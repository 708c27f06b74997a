package handoff

import (
	"bytes"
	"context"
	"slices"
	"time"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/flow"
)

// OwnLife is how long the person's page can still be opened after the hand-off
// ended. It is our own choice (0005): long enough to say thank you, or that
// something was not right.
const OwnLife = 14 * 24 * time.Hour

// Own is a hand-off as the person it is about sees it: who comes, what is next,
// who is told, and what they can change.
type Own struct {
	State     string
	Joined    bool // asked for twice; the other one goes on
	Back      bool // they said that they are here again, and nothing happened since
	Name      string
	PeerName  string
	Expected  time.Time
	AskedAt   time.Time
	MetAt     time.Time
	DueAt     time.Time
	SlotAt    time.Time
	Overdue   bool
	Alone     bool // no peer is left to say yes
	Duty      string
	Door      string      // by which they came
	Calls     bool        // nobody said where they are: a peer calls
	Mode      string      // how they were introduced
	Contact   string      // what they said is fine, after "not now"
	Numbered  bool        // a number of theirs is known
	Service   Destination // the service that is told, while a live consent covers it
	Covered   bool
	Next      []flow.Step[Facts]
	Ended     string // why it ended, as it is noted
	Thanked   bool
	Waits     string    // what they said last that waits for an answer: a step, or ""
	Answer    string    // what those who answer for peers told them last
	AnswerAt  time.Time // when
	Connected time.Time
	RightedAt time.Time // when whoever asked, or they, last put an answer right
}

// OwnPage reads the person's own page by its link. An address that moved, ended
// or never was is NotFound.
func (s *Service) OwnPage(ctx context.Context, token string) (Own, error) {
	var out Own
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		h, err := s.byOwn(tx, token)
		if err != nil {
			return err
		}
		if out, err = s.own(tx, h); err != nil {
			return err
		}
		return s.record(tx, audit.Look, "handoff.own", h, nil)
	})
	return out, errs.Wrap("handoff: own page", err)
}

func (s *Service) byOwn(tx *db.Tx, token string) (Handoff, error) {
	link, which, ok := SplitOwn(token)
	if !ok {
		return Handoff{}, absent("own link")
	}
	h, err := s.find(tx, which)
	if err != nil {
		return h, err
	}
	if !bytes.Equal(h.OwnKey, linkKey(tx.Vault(), tx.Scope().Tenant, link)) {
		tx.Settle(string(h.Person))
		return Handoff{}, absent("own link")
	}
	gone := h.ClosedReason == "died" || (!h.EndedAt.IsZero() && tx.Now().After(h.EndedAt.Add(OwnLife)))
	if gone {
		tx.Settle(string(h.Person))
		return Handoff{}, absent("own link ended")
	}
	return h, nil
}

func (s *Service) own(tx *db.Tx, h Handoff) (Own, error) {
	out := Own{
		State: h.State, Joined: h.ClosedReason == joined, Expected: h.ExpectedAt, AskedAt: h.RequestedAt, MetAt: h.MetAt, DueAt: h.DueAt,
		SlotAt: h.SlotAt, Overdue: h.Overdue(tx.Now()), Next: fromSilence(s.flow.Next(h.State, RolePerson), h), Connected: h.ConnectedAt,
	}
	var err error
	if out.Alone, err = s.left(tx, h); err != nil {
		return out, err
	}
	person, err := s.People.Find(tx, h.Person)
	if err != nil {
		return out, err
	}
	site, err := s.sites.Get(tx, h.Site)
	if err != nil {
		return out, err
	}
	out.Name, out.Duty, out.Door, out.Calls, out.Mode = person.Name, site.Duty, h.Source, h.Where == "", h.Mode
	out.Ended = h.ClosedReason
	out.Contact, out.Numbered = h.Contact, person.Phone != ""
	names, err := s.Names(tx, some1(h.Peer))
	if err != nil {
		return out, err
	}
	out.PeerName = names[h.Peer]
	if out.Thanked, err = s.thanked(tx, h); err != nil {
		return out, err
	}
	if out.Waits, err = unheard(tx, h); err != nil {
		return out, err
	}
	if out.RightedAt, err = lastRighted(tx, h.ID); err != nil {
		return out, err
	}
	last, err := s.last(tx, h)
	if out.Back = last.Step == StepBack && last.Role == RolePerson; err != nil {
		return out, err
	}
	heard, err := s.events.List(tx, "WHERE tenant = $1 AND handoff = $2 AND step = $3 ORDER BY seq DESC LIMIT 1", h.ID, StepHeard)
	if err != nil {
		return out, err
	}
	for _, e := range heard {
		out.Answer, out.AnswerAt = e.Note, e.At
	}
	if h.Destination != "" {
		out.Covered, err = s.Consents.Covers(tx, h.Person, string(h.Destination))
	}
	if out.Next = withYes(out.Next, h, out.Covered); err != nil || !out.Covered {
		return out, err
	}
	out.Service, err = s.destinations.Get(tx, h.Destination)
	return out, err
}

// withYes leaves "take back the yes" out where there is none, and where it would only
// say that its days are over; and without a yes that holds, "ask the same service again".
func withYes(steps []flow.Step[Facts], h Handoff, covered bool) []flow.Step[Facts] {
	return slices.DeleteFunc(steps, func(s flow.Step[Facts]) bool {
		back := s.Name == StepTakeBack && (h.Consent == "" || h.ClosedReason == died || s.To == flow.Stay && !covered)
		return back || s.Name == StepReoffer && !covered
	})
}

// thanked reports whether the person said thank you since a peer was last asked for.
func (s *Service) thanked(tx *db.Tx, h Handoff) (bool, error) {
	var n int64
	err := tx.Row("SELECT COUNT(*) FROM handoff_event WHERE tenant = $1 AND handoff = $2 AND step = $3 AND recorded_at >= $4",
		h.ID, StepThanks, h.RequestedAt).Scan(&n)
	return n > 0, err
}

// unheard is what the person said last, where it waits for an answer.
func unheard(tx *db.Tx, h Handoff) (step string, err error) {
	if h.VoicedAt.IsZero() {
		return "", nil
	}
	err = tx.Row(`SELECT step FROM handoff_event WHERE tenant = $1 AND handoff = $2 AND step IN ($3, $4) ORDER BY seq DESC LIMIT 1`,
		h.ID, StepNotRight, StepOther).Scan(&step)
	return step, err
}

func some1(a ref.Account) []ref.Account {
	if a == "" {
		return nil
	}
	return []ref.Account{a}
}

// left reports that someone waits, and no peer is left to say yes.
func (s *Service) left(tx *db.Tx, h Handoff) (bool, error) {
	if h.State != Requested {
		return false, nil
	}
	st, err := s.Asking.Standing(tx, h.ID)
	return !st.hopes(), err
}

// OwnState is a mark that changes whenever the person's page would, also by time
// alone, and NotFound where the page is. It shows nothing, so watching is not looking.
func (s *Service) OwnState(ctx context.Context, token string) (int64, error) {
	var n int64
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		h, err := s.byOwn(tx, token)
		if err != nil {
			return err
		}
		tx.Settle(string(h.Person))
		left, err := s.left(tx, h)
		if n = 4 * h.Version; left {
			n++
		}
		if h.Overdue(tx.Now()) {
			n += 2
		}
		return err
	})
	return n, errs.Wrap("handoff: own state", err)
}

// OwnStep takes a step for the person, by the link of their page: they changed
// their mind, take a yes back, say thank you, or that something was not right.
func (s *Service) OwnStep(ctx context.Context, token, step string, in Input) error {
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		h, err := s.byOwn(tx, token)
		if err != nil {
			return err
		}
		in.Role, in.AskedBy, in.ClosedReason, in.At = RolePerson, "person", "their_choice", time.Time{}
		return s.take(tx, h.ID, step, in)
	})
	return errs.Wrap("handoff: own step", err)
}

// NewCard moves the person's page to a new address, which ends the old one: a
// card was left where someone else could find it.
func (s *Service) NewCard(ctx context.Context, id ref.Handoff) error {
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "handoff.step"); err != nil {
			return err
		}
		h, err := s.find(tx, id)
		if err != nil {
			return err
		}
		if anothers(h, tx.Scope().Role, tx.Scope().Actor) {
			tx.Settle(string(h.Person))
			return absent("a card of whom another peer walks with")
		}
		after := h
		after.OwnTurn++
		after.OwnKey = linkKey(tx.Vault(), tx.Scope().Tenant, ownLink(tx, h.ID, after.OwnTurn))
		changes, err := s.handoffs.Update(tx, &h, &after)
		if err != nil {
			return err
		}
		replaced(tx, ownLinks, h.ID, after.OwnTurn)
		return s.record(tx, audit.Change, "handoff.card", h, changes)
	})
	return errs.Wrap("handoff: new card", err)
}
