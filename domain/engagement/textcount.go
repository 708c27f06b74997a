package engagement

import (
	"time"

	"alongside/domain/access"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/notify"
)

// Unanswered are texts that came in and that nobody has placed: someone may have
// asked for help in one. It is shown where those look who can do something.
type Unanswered struct {
	All   int64
	Alone int64     // of these, from someone here with whom nobody walks
	Since time.Time // the oldest of those
}

const selectUnanswered = `SELECT COUNT(*), COUNT(CASE WHEN why = $3 THEN 1 END), COALESCE(MIN(CASE WHEN why = $3 THEN came_at END), 0)
	FROM engagement_textin WHERE tenant = $1 AND state = $2`

// Unanswered counts them. It shows nothing of any.
func (s *Service) Unanswered(tx *db.Tx) (u Unanswered, err error) {
	err = tx.Row(selectUnanswered, InWaits, InAlone).Scan(&u.All, &u.Alone, &u.Since)
	return u, errs.Wrap("engagement: unanswered", err)
}

// lonely is a source for supervisors: someone wrote who is known here and has
// nobody.
type lonely struct{ s *Service }

// Lines gives one line for all of them.
func (l lonely) Lines(tx *db.Tx) ([]Item, error) {
	if tx.Scope().Role != access.Supervisor {
		return nil, nil
	}
	u, err := l.s.Unanswered(tx)
	if err != nil || u.Alone == 0 {
		return nil, err
	}
	return []Item{{
		Key: "lonely " + u.Since.Format("20060102150405.000000"), Rank: Promise, Asked: true, At: u.Since, Why: "lonely", Count: u.Alone, Path: "/coverage",
	}}, nil
}

// ring tells coordinators that a text waits, once in an hour.
func (s *Service) ring(tx *db.Tx) error {
	who, err := s.Staff(tx, access.Coordinator)
	if err != nil || len(who) == 0 {
		return err
	}
	to := make([]string, len(who))
	for i, a := range who {
		to[i] = string(a)
	}
	return s.Gate.Send(tx, notify.Message{
		Key: "texts/" + tx.Now().Format("2006010215"), Word: wordNew, Path: "/texts", To: to,
		Channels: []string{notify.App, notify.Push, notify.Mail, notify.SMS}, Useful: usefulHello,
	})
}
