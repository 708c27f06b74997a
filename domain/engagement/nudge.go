package engagement

import (
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/notify"
)

// Reachable reports whether a person chose a way to be reminded, and it is in use.
func (s *Service) Reachable(tx *db.Tx, person ref.Person) (bool, error) {
	r, err := s.remindOf(tx, person)
	if err != nil || r.How == noReminder || r.Device == "" {
		return false, err
	}
	return s.Gate.CanUse(tx, r.How)
}

// Nudge tells a person, by the way that they chose and by no other, that there
// is something new for them. Whoever chose none is told nothing. The same key
// is told once.
func (s *Service) Nudge(tx *db.Tx, key string, person ref.Person) error {
	r, err := s.remindOf(tx, person)
	if err != nil || r.How == noReminder || r.Device == "" {
		return err
	}
	return s.Gate.Send(tx, notify.Message{
		Key: "nudge/" + key, Word: wordNew, To: []string{string(person)},
		Channels: []string{r.How}, Useful: usefulNudge,
	})
}

// usefulNudge is how long it is of use to say that there is something new.
const usefulNudge = 24 * time.Hour
