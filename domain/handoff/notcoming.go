package handoff

import (
	"slices"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
)

// A service that has said yes keeps a place. When the hand-off ends before they came, its
// page says that they are not expected any more, whatever the ending was, and in the same
// words; for as long as the consent holds, and a week at most (0142). Where the person
// wants no service any more, or took the yes back, nothing stands there.

const (
	notComingFor = 7 * day * time.Hour
	notComing    = `state = 'closed' AND closed_reason <> 'joined' AND accepted_at > 0 AND connected_at < consent_at AND ended_at > $3`
)

const selectEndedFrom = "SELECT state_from FROM handoff_event WHERE tenant = $1 AND handoff = $2 AND step = 'close' ORDER BY seq DESC LIMIT 1"

// stillWaited leaves out those that ended where no place was kept for them: the service
// itself had said no since.
func stillWaited(tx *db.Tx, all []Handoff) ([]Handoff, error) {
	var out []Handoff
	for _, h := range all {
		kept := true
		if h.State == Closed {
			var err error
			if kept, err = keptAPlace(tx, h.ID); err != nil {
				return nil, err
			}
		}
		if !kept {
			tx.Settle(string(h.Person)) // read and not shown
			continue
		}
		out = append(out, h)
	}
	return out, nil
}

func keptAPlace(tx *db.Tx, h ref.Handoff) (bool, error) {
	var from string
	err := tx.Row(selectEndedFrom, h).Scan(&from)
	return slices.Contains([]string{Accepted, Introduced, Travelling, Missed, OutOfTouch}, from), err
}

// freed reports that a service had said yes to them, they have not come, and nobody
// expects now that they will.
func (h Handoff) freed() bool {
	return !h.AcceptedAt.IsZero() && !h.visited() && (h.State == Met || h.State == OutOfTouch)
}
