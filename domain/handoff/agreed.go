package handoff

import (
	"time"

	"alongside/platform/db"
)

// What someone agreed to with "not now" is a promise: it stands on a list, also where
// they had not met yet and no follow-up is there that could keep it (0129).

// agreedHours names such a follow-up among those of its hand-off: it is counted from no
// meeting.
const agreedHours = 0

// Agreed reports whether a follow-up is what the person agreed to with "not now".
func (f FollowUp) Agreed() bool { return f.Hours == agreedHours }

// agreedIn is when it fits: "later today" from now on, a call or a text the next day.
func agreedIn(contact string, now time.Time) (opens, closes time.Time) {
	if contact == ContactReturn {
		return now, now.Add(12 * time.Hour)
	}
	return now.Add(12 * time.Hour), now.Add(48 * time.Hour)
}

// asTheyAgreed keeps of the follow-ups what the person said is fine after "not now":
// one call or one text is the next one, "later today" is one of today, and silence is
// none.
func (s *Service) asTheyAgreed(tx *db.Tx, h Handoff, e Event) error {
	if h.Contact == "" || h.Contact == ContactNone {
		return s.stopFollowUps(tx, h.ID)
	}
	if e.Step == StepContact { // what they had agreed to before is so no longer
		if _, err := tx.Exec(followUpStop+" AND hours = 0", tx.Now(), h.ID); err != nil {
			return err
		}
	}
	var first int64
	if err := tx.Row(followUpNext, tx.Now(), h.ID).Scan(&first); err != nil {
		return err
	}
	if first > 0 && h.Contact != ContactReturn {
		_, err := tx.Exec(followUpStop+" AND closes_at <> $4", tx.Now(), h.ID, first)
		return err
	}
	if err := s.stopFollowUps(tx, h.ID); err != nil {
		return err
	}
	f := FollowUp{Handoff: h.ID, Began: e.Seq, Hours: agreedHours, Person: h.Person, Peer: h.Peer, State: FollowOpen}
	f.OpensAt, f.ClosesAt = agreedIn(h.Contact, tx.Now())
	_, err := s.followUps.Insert(tx, &f)
	return err
}

const (
	agreedBack = "UPDATE handoff_followup SET state = 'stopped', answered_at = $2, version = version + 1 WHERE tenant = $1" + itsOpen + " AND began = $4 AND hours = 0"
	agreedFree = "SELECT COUNT(*) FROM (SELECT 1 FROM handoff_followup WHERE tenant = $1 AND peer = '' AND state = 'open' AND " + agreedOnes + " AND opens_at <= $2 LIMIT $3) AS few"
	agreedList = "WHERE tenant = $1 AND peer = '' AND state = 'open' AND " + agreedOnes + " ORDER BY closes_at"
	agreedHere = "SELECT COUNT(*) FROM handoff_followup WHERE tenant = $1 AND handoff = $2 AND peer = '' AND " + agreedOnes + " AND state || '' = 'open'"
	agreedOnes = `(hours = 0 OR EXISTS (SELECT 1 FROM handoff_handoff n WHERE n.tenant = handoff_followup.tenant AND n.handoff = handoff_followup.handoff AND n.state = 'not_now'))`
)

// agreedAnybody reports whether any peer may keep what the person of a hand-off agreed
// to: nobody walked with them, or whoever did has left.
func agreedAnybody(tx *db.Tx, h Handoff) (bool, error) {
	var n int64
	err := tx.Row(agreedHere, h.ID).Scan(&n)
	return n > 0, err
}
