package handoff

import (
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// keepUp keeps the follow-ups in step with the hand-off, in the transaction of
// what happened: they begin when peer and person met, go with the peer, and stop
// when the person wants no more contact, or is not there to be reached.
func (s *Service) keepUp(tx *db.Tx, before, after Handoff, e Event, in Input) error {
	if err := hangRest(tx, before, after); err != nil {
		return err
	}
	switch e.Step {
	case StepFollowed, StepNotReached, StepMoveUp:
		return s.answerFollowUp(tx, after, e, in)
	case StepMeet:
		if err := s.stopFollowUps(tx, after.ID); err != nil {
			return err
		}
		return s.beginFollowUps(tx, after, e.Seq)
	case StepNotNow, StepSupport, StepContact:
		if err := s.keepNumber(tx, after, e, in); err != nil {
			return err
		}
		return s.asTheyAgreed(tx, after, e)
	case StepJoin, StepPart:
		if err := s.join(tx, after, e, in); err != nil {
			return err
		}
		return s.stopFollowUps(tx, after.ID)
	case StepReopen:
		return s.stopFollowUps(tx, after.ID)
	case StepRest:
		return s.settleGone(tx, after.ID)
	case StepClose:
		return s.ended(tx, after, e, in)
	case StepUndo:
		return s.revived(tx, after, e, in)
	case StepCorrect:
		return s.righted(tx, before, after, e, in)
	}
	if after.Peer == before.Peer {
		return nil
	}
	_, err := tx.Exec(followUpPeer, after.Peer, after.ID)
	return err
}

// The open follow-ups of one hand-off are a handful. state is put together with
// nothing, so that SQLite finds them by the hand-off: by their state it goes
// through all that the organisation has open, for each step anyone takes.
const (
	itsOpen      = " AND handoff = $3 AND state || '' = 'open'"
	followUpPeer = "UPDATE handoff_followup SET peer = $2, version = version + 1 WHERE tenant = $1" + itsOpen
	followUpStop = "UPDATE handoff_followup SET state = 'stopped', answered_at = $2, version = version + 1 WHERE tenant = $1" + itsOpen
	followUpMove = `UPDATE handoff_followup SET opens_at = opens_at + $2, closes_at = closes_at + $2, version = version + 1
		WHERE tenant = $1` + itsOpen + " AND moves = 0"
	followUpGone = `UPDATE handoff_followup SET state = 'missed', answered_at = $2, version = version + 1
		WHERE tenant = $1` + itsOpen + " AND closes_at <= $2 AND closes_at < $4"
	followUpNext    = "SELECT COALESCE(MIN(closes_at), 0) FROM handoff_followup WHERE tenant = $1 AND closes_at > $2" + itsOpen
	followUpsOf     = "WHERE tenant = $1 AND handoff = $2 AND state || '' = 'open' ORDER BY closes_at"
	followUpsBefore = "WHERE tenant = $1 AND handoff = $2 AND state || '' = 'open' AND closes_at < $3 ORDER BY closes_at"
	stopPerson      = "UPDATE handoff_followup SET state = 'stopped', answered_at = $2, version = version + 1 WHERE tenant = $1 AND person = $3 AND state = 'open'"
)

func (s *Service) beginFollowUps(tx *db.Tx, h Handoff, began int64) error {
	list, err := s.programme(tx, h.Site)
	if err != nil {
		return err
	}
	for _, i := range list {
		f := FollowUp{Handoff: h.ID, Began: began, Hours: i.Hours, Person: h.Person, Peer: h.Peer, State: FollowOpen}
		f.OpensAt, f.ClosesAt = i.in(h.MetAt)
		if _, err := s.followUps.Insert(tx, &f); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) stopFollowUps(tx *db.Tx, h ref.Handoff) error {
	_, err := tx.Exec(followUpStop, tx.Now(), h)
	return err
}

// shiftFollowUps moves the windows when the time they met is put right. One that
// the peer has moved stays where they put it.
func (s *Service) shiftFollowUps(tx *db.Tx, h ref.Handoff, by time.Duration) error {
	if by == 0 {
		return nil
	}
	_, err := tx.Exec(followUpMove, by.Microseconds(), h)
	return err
}

// answerFollowUp notes what came of one: in touch, not reached, or another day.
func (s *Service) answerFollowUp(tx *db.Tx, h Handoff, e Event, in Input) error {
	began, hours := splitWhich(in.Which)
	f, err := s.followUps.Get(tx, h.ID, began, hours)
	if errs.Is(err, errs.NotFound) || err == nil && f.State != FollowOpen {
		return conflict("handoff.error.follow-up-over")
	}
	if err != nil {
		return err
	}
	after, err := f.answered(e, in, tx.Now())
	if err != nil {
		return err
	}
	if _, err = s.followUps.Update(tx, &f, &after); err != nil {
		return err
	}
	return s.letGo(tx, f)
}

// letGo settles the earlier ones of the same hand-off whose days had gone by:
// whoever says what came of a later one has nothing more to say of them. They
// count as missed.
func (s *Service) letGo(tx *db.Tx, f FollowUp) error {
	_, err := tx.Exec(followUpGone, tx.Now(), f.Handoff, f.ClosesAt)
	return err
}

// furthest is how far a follow-up can be moved in one go.
const furthest = 60 * day * time.Hour

// answered is the follow-up after an answer. One that was not reached stays open
// until its window closes; after that, what was tried is what there is.
func (f FollowUp) answered(e Event, in Input, now time.Time) (FollowUp, error) {
	switch e.Step {
	case StepFollowed:
		f.State, f.AnsweredAt = FollowDone, e.At
	case StepNotReached:
		f.Tries++
		if f.Late(now) {
			f.State, f.AnsweredAt = FollowMissed, now
		}
	case StepMoveUp:
		if !in.MovedTo.After(now) || in.MovedTo.After(now.Add(furthest)) {
			return f, refuse("moved_to", "handoff.error.moved-to")
		}
		f.OpensAt, f.ClosesAt, f.Moves = in.MovedTo, in.MovedTo.Add(f.ClosesAt.Sub(f.OpensAt)), f.Moves+1
	}
	return f, nil
}
