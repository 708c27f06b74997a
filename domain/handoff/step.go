package handoff

import (
	"context"
	"slices"
	"strings"
	"time"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/flow"
)

// action is the policy's and the audit's word for a step.
func action(step string) string { return "handoff." + strings.ReplaceAll(step, "_", "-") }

// Take takes one step on a hand-off for whoever is in the scope. A form sent
// twice takes it once. Who was second, a step that is not possible now and a
// guard that says no each get words; a hand-off of another organisation is
// NotFound.
func (s *Service) Take(ctx context.Context, h ref.Handoff, step string, in Input) error {
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "handoff.step"); err != nil {
			return err
		}
		in.Role, in.Peer = tx.Scope().Role, ref.Account(tx.Scope().Actor)
		return s.take(tx, h, step, in)
	})
	return errs.Wrap("handoff: "+step+" "+string(h), err)
}

// take is Take for one who may: the role is in the input.
func (s *Service) take(tx *db.Tx, id ref.Handoff, step string, in Input) error {
	h, err := s.find(tx, id)
	if err != nil {
		return err
	}
	if step != StepAck {
		if err := s.mayOpen(tx, h); err != nil {
			return err
		}
	}
	key := act(tx, "step/"+step, in.Act)
	if done, err := s.taken(tx, id, key); err != nil || done {
		return s.settleLook(tx, h, err)
	}
	if err := s.notTooOften(tx, h, step, in.Role); err != nil {
		return err
	}
	facts, err := s.facts(tx, h, step, in)
	if err == nil && step == StepUndo {
		facts.Last, err = s.last(tx, h)
	}
	if err != nil {
		return err
	}
	row, to, err := s.flow.Take(h.State, step, in.Role, facts)
	if err != nil && step == StepAck && h.Peer != "" && h.Peer == in.Peer {
		return s.settleLook(tx, h, nil) // it is theirs already: pressed twice
	}
	if err != nil {
		return second(h, step, err)
	}
	if step == StepCorrect {
		return s.putRight(tx, facts, key)
	}
	e := s.event(tx, facts, row, to)
	e.ActKey = key
	return s.append(tx, h, e, in)
}

// second finds better words for who pressed "I will go" a moment too late.
func second(h Handoff, step string, err error) error {
	if step == StepAck && errs.Is(err, errs.Conflict) && h.Peer != "" {
		return errs.New(errs.Conflict, "acknowledge", "handoff.error.someone-goes")
	}
	return err
}

func (s *Service) settleLook(tx *db.Tx, h Handoff, err error) error {
	if err != nil {
		return err
	}
	return s.record(tx, audit.Look, "handoff.view", h, nil)
}

func (s *Service) taken(tx *db.Tx, h ref.Handoff, key []byte) (bool, error) {
	var n int64
	err := tx.Row("SELECT COUNT(*) FROM handoff_event WHERE tenant = $1 AND handoff = $2 AND act_key = $3", h, key).Scan(&n)
	return n > 0, err
}

func (s *Service) facts(tx *db.Tx, h Handoff, step string, in Input) (Facts, error) {
	f := Facts{Now: h, Input: in, At: happened(tx, h, step, in), Actor: tx.Scope().Actor}
	site, err := s.sites.Get(tx, h.Site)
	if err != nil {
		return f, err
	}
	f.Reoffers = site.reoffers()
	if f.Unfit, err = s.unfit(tx, h, step, in); err != nil {
		return f, err
	}
	if asksContact(step) {
		if f.NoNumber, err = s.noNumber(tx, h.Person); err != nil {
			return f, err
		}
	}
	if step == StepRest {
		if f.RestsAt, err = restsAt(tx, h.ID); err != nil {
			return f, err
		}
	}
	if step == StepSeen {
		if f.Theirs, err = s.theirs(tx, h, in.Role); err != nil {
			return f, err
		}
	}
	if step == StepHandOver && in.NewPeer != "" && in.Anyway != string(in.NewPeer) {
		if f.Off, err = s.Off(tx, in.NewPeer); err != nil {
			return f, err
		}
	}
	if h.Destination == "" {
		return f, nil
	}
	f.Covered, err = s.Consents.Covers(tx, h.Person, string(h.Destination))
	return f, err
}

// happened is when a step was taken in the world: what the form says, and never
// later than now. A telephone whose clock is behind took none before anyone asked.
func happened(tx *db.Tx, h Handoff, step string, in Input) time.Time {
	early := in.Role != RoleImport && in.At.Before(h.RequestedAt) && !slices.Contains(needsOf(step), "at")
	if early || in.At.IsZero() || in.At.After(tx.Now()) {
		return tx.Now()
	}
	return in.At
}

func (s *Service) event(tx *db.Tx, f Facts, row flow.Step[Facts], to string) Event {
	h, in := f.Now, f.Input
	e := Event{
		Handoff: h.ID, Person: h.Person, Seq: h.Events + 1, Step: row.Name, From: h.State, To: to,
		Actor: tx.Scope().Actor, Role: in.Role, Value: in.value(row.Needs), Present: in.Present,
		Destination: in.Destination, Note: in.Note, RecordedAt: tx.Now(), At: f.At,
		Where: cut(in.Where, whereMost),
	}
	switch row.Name {
	case StepAck, StepMeet, StepTakeOn:
		e.Peer = in.Peer
	case StepHandOver:
		e.Peer = in.NewPeer
	case StepSetOut:
		e.Expected = tx.Now().Add(time.Duration(max(0, min(in.Minutes, 600))) * time.Minute)
	case StepAccept:
		e.Slot = in.Slot
	case StepIntro:
		if e.There = among(in.There, WhoThere()); in.Mode == modeCold {
			e.Present, e.There = 0, nil
		}
	case StepNotNow, StepSupport, StepContact:
		e.Contact = or(in.Contact, Contacts(), ContactNone)
	case StepFollowed:
		if h.State == OutOfTouch && !h.ConnectedAt.IsZero() {
			e.To = OutOfTouch
		}
	case StepThere:
		e.To = h.stood()
	case StepUndo:
		e.Corrects, e.To, e.At = f.Last.Seq, f.Last.From, tx.Now()
	}
	return e
}

// append stores the event and what the hand-off is after it.
func (s *Service) append(tx *db.Tx, h Handoff, e Event, in Input) error {
	if err := s.never(tx, h, &e); err != nil {
		return err
	}
	if err := s.consent(tx, h, &e, in); err != nil {
		return err
	}
	after, err := s.folded(tx, h, e)
	if err != nil {
		return err
	}
	changes, err := s.handoffs.Update(tx, &h, &after)
	if err != nil {
		return err
	}
	more, err := s.events.Insert(tx, &e)
	if err != nil {
		return err
	}
	if err := s.keepUp(tx, h, after, e, in); err != nil {
		return err
	}
	if err := s.alert(tx, after, e); err != nil {
		return err
	}
	s.changed(tx)
	return s.record(tx, audit.Change, action(e.Step), h, append(changes, noted(e.Step, more)...))
}

// noted keeps of an event's columns only its words: the rest is in the hand-off.
func noted(step string, changes []field.Change) []field.Change {
	return slices.DeleteFunc(changes, func(c field.Change) bool {
		right := step == StepCorrect && (c.Column == "was" || c.Column == "said")
		return c.Column != "note" && !right
	})
}

// never lets time on a hand-off run backwards: with a clock set back, an event
// is written down at the time of the one before it.
func (s *Service) never(tx *db.Tx, h Handoff, e *Event) error {
	var last int64
	err := tx.Row("SELECT recorded_at FROM handoff_event WHERE tenant = $1 AND handoff = $2 AND seq = $3",
		h.ID, h.Events).Scan(&last)
	if err != nil {
		return err
	}
	if before := time.UnixMicro(last).UTC(); e.RecordedAt.Before(before) {
		if e.At.Equal(e.RecordedAt) {
			e.At = before
		}
		e.RecordedAt = before
	}
	return nil
}

// consent does what a step says about consent: one is given, or taken back.
func (s *Service) consent(tx *db.Tx, h Handoff, e *Event, in Input) error {
	switch e.Step {
	case StepAgree:
		return s.agree(tx, h, e, in)
	case StepTakeBack:
		e.Consent = h.Consent
		return s.takeBack(tx, h, or(in.How, Sayings(), "spoken"))
	case StepQuiet:
		return s.takeBack(tx, h, "spoken")
	}
	return nil
}

// takeBack takes back each yes that the hand-off brought. From then on no service is told,
// says the step: one that was asked before, or twice, would go on to be.
func (s *Service) takeBack(tx *db.Tx, h Handoff, how string) error {
	all, err := db.Column[ref.Consent](tx, `SELECT DISTINCT consent FROM handoff_event
		WHERE tenant = $1 AND handoff = $2 AND step = $3 AND consent <> '' ORDER BY consent`, h.ID, StepAgree)
	for i := 0; err == nil && i < len(all); i++ {
		err = s.Consents.Revoke(tx, all[i], how)
	}
	return err
}

// agree records the consent that the step brings with it: for this one service,
// until a day that was said.
func (s *Service) agree(tx *db.Tx, h Handoff, e *Event, in Input) error {
	if _, err := s.destinations.Get(tx, in.Destination); err != nil {
		return refuse("destination", "error.pick-one")
	}
	days := in.Days
	if days < 1 || days > 365 {
		return refuse("days", "handoff.error.days")
	}
	var err error
	e.Consent, err = s.Consents.Give(tx, Grant{
		Person: h.Person, Destination: in.Destination, How: in.How, Until: tx.Now().AddDate(0, 0, int(days)),
	})
	return err
}

// folded is the hand-off after e. A correction, and a step taken back, change
// the past, so all events are read again; any other step only adds to what is
// known.
func (s *Service) folded(tx *db.Tx, h Handoff, e Event) (Handoff, error) {
	if e.Step != StepCorrect && e.Step != StepUndo {
		return h.after(e, e.At), nil
	}
	events, err := s.history(tx, h.ID)
	if err != nil {
		return h, err
	}
	return Fold(h, append(events, e)), nil
}

func (s *Service) history(tx *db.Tx, h ref.Handoff) ([]Event, error) {
	return s.events.List(tx, "WHERE tenant = $1 AND handoff = $2 ORDER BY seq", h)
}
