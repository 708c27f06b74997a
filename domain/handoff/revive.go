package handoff

import (
	"bytes"

	"alongside/platform/db"
)

// revived starts again what a step stopped that is taken back: its follow-ups,
// and after a death that was noted by mistake everything of that person.
func (s *Service) revived(tx *db.Tx, h Handoff, e Event, in Input) error {
	back, err := s.events.Get(tx, h.ID, e.Corrects)
	if err != nil {
		return err
	}
	if back.Step == StepMeet {
		return s.stopFollowUps(tx, h.ID)
	}
	if err := s.followAgain(tx, h, back); err != nil || back.Step != StepClose || back.Value != died {
		return err
	}
	return s.livesAfterAll(tx, h, e, in)
}

const followUpsAgain = `UPDATE handoff_followup SET state = 'open', answered_at = 0, version = version + 1
	WHERE tenant = $1 AND person = $2 AND state = 'stopped' AND answered_at = $3`

// followAgain opens the follow-ups again that a step stopped, under each of the person's
// records; one that the step itself had begun is over.
func (s *Service) followAgain(tx *db.Tx, h Handoff, back Event) error {
	records, err := s.People.Same(tx, h.Person)
	if err != nil {
		return err
	}
	for _, r := range records {
		if _, err := tx.Exec(followUpsAgain, r, back.RecordedAt); err != nil {
			return err
		}
	}
	_, err = tx.Exec(agreedBack, tx.Now(), h.ID, back.Seq)
	return err
}

// livesAfterAll takes back what a death that was noted by mistake brought: who
// was to be told of it, and the ends of the person's other hand-offs.
func (s *Service) livesAfterAll(tx *db.Tx, h Handoff, e Event, in Input) error {
	if _, err := tx.Exec("DELETE FROM handoff_farewell WHERE tenant = $1 AND handoff = $2 AND told_at = 0", h.ID); err != nil {
		return err
	}
	return s.reviveNext(tx, h, e, in)
}

// reviveNext takes back the ending of the person's other hand-off that this one's
// ending brought with it; that one takes back the next.
func (s *Service) reviveNext(tx *db.Tx, h Handoff, e Event, in Input) error {
	records, err := s.People.Same(tx, h.Person)
	if err != nil {
		return err
	}
	others, err := s.ofRecords(tx, records, "state = 'closed' AND closed_reason = 'died'")
	if err != nil {
		return err
	}
	for _, o := range others {
		last, err := s.last(tx, o)
		if err != nil {
			return err
		}
		if !bytes.Equal(last.ActKey, act(tx, "died", string(h.ID))) {
			continue
		}
		return s.append(tx, o, Event{
			Handoff: o.ID, Person: o.Person, Seq: o.Events + 1, Step: StepUndo, From: o.State, To: last.From, At: e.At,
			RecordedAt: tx.Now(), Actor: e.Actor, Role: e.Role, Corrects: last.Seq, ActKey: act(tx, "undo", string(h.ID)),
		}, in)
	}
	return nil
}

// righted follows what was put right: the windows of follow-ups with the time
// they met, fewer of them with a contact that was not agreed to, and all that an
// ending by death stops or, if it was none, lets go on. Of this hand-off nothing
// begins again: it has ended.
func (s *Service) righted(tx *db.Tx, before, after Handoff, e Event, in Input) error {
	if err := s.shiftFollowUps(tx, after.ID, after.MetAt.Sub(before.MetAt)); err != nil {
		return err
	}
	dead, was := after.ClosedReason == died, before.ClosedReason == died
	switch {
	case after.Contact != before.Contact && (after.State == NotNow || after.State == SupportNotNow):
		return s.asTheyAgreed(tx, after, e)
	case dead && !was:
		e.Value = died
		return s.ended(tx, after, e, in)
	case was && !dead:
		return s.livesAfterAll(tx, after, e, in)
	}
	return nil
}
