package engagement

import (
	"time"

	"alongside/domain/audit"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/notify"
)

// addressFor is where a person is reached by a way to be reminded; empty where they
// have none, or want none.
func addressFor(p people.Person, how string) string {
	switch {
	case how == notify.Mail:
		return p.Email
	case how == notify.SMS && p.Texts:
		return p.Phone
	}
	return ""
}

// Reaches reports, at the moment a word goes, whether a person may still be told it by
// the way that they chose: whoever ended texts since gets none. It goes to the number
// or address that they have now. The look at it is recorded.
func (s *Service) Reaches(tx *db.Tx, person ref.Person) (bool, error) {
	r, err := s.remindOf(tx, person)
	if err != nil || r.How == noReminder || r.Device == "" {
		return false, errs.Wrap("engagement: reaches", err)
	}
	p, err := s.People.Find(tx, person)
	if err != nil {
		return false, errs.Wrap("engagement: reaches", err)
	}
	address := addressFor(p, r.How)
	if address != "" {
		err = notify.Readdress(tx, r.Device, string(person), address)
	}
	if err == nil {
		err = audit.Record(tx, audit.Entry{Kind: audit.Look, Action: bellRemind, Record: "engagement_remind/" + string(person)}, string(person))
	}
	return err == nil && address != "", errs.Wrap("engagement: reaches", err)
}

// unreminded is the key of why no reminder goes out though one was chosen; "" while
// one goes, and where none was chosen.
func (s *Service) unreminded(tx *db.Tx, r Remind, p people.Person) (string, error) {
	if r.How == noReminder {
		return "", nil
	}
	can, err := s.Gate.CanUse(tx, r.How)
	switch {
	case err != nil:
		return "", err
	case !can:
		return "engagement.remind.shut", nil
	case r.How == notify.SMS && !p.Texts:
		return "engagement.remind.no-texts", nil
	case addressFor(p, r.How) == "":
		return "engagement.error.no-address", nil
	}
	return "", nil
}

// reminded are those of the appointments of which a reminder was sent.
func (s *Service) reminded(tx *db.Tx, list []Appointment) (map[ref.Appointment]bool, error) {
	out := map[ref.Appointment]bool{}
	for _, a := range list {
		if a.State != Planned {
			continue
		}
		was, err := s.Gate.Reached(tx, "remind/"+remindKey(a), string(a.Person))
		if err != nil {
			return nil, errs.Wrap("engagement: reminded", err)
		}
		out[a.ID] = was
	}
	return out, nil
}

// ringsWithin is how long after its instant a reminder may still be on its way.
const ringsWithin = 5 * time.Minute

// bellAt is when a reminder of an appointment comes. It never does where less time was
// left than the person chose; over says so, or that the instant has passed.
func (d Diary) bellAt(a Appointment, now time.Time) (at time.Time, over bool) {
	at = a.StartsAt.Add(-time.Duration(d.Remind.Ahead) * time.Hour)
	return at, at.Before(now.Add(-ringsWithin))
}
