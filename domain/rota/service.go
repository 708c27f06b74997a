package rota

import (
	"time"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/live"
	"alongside/platform/notify"
)

// Place is a site as the rota knows it.
type Place struct {
	ID   ref.Site
	Name string
}

// Deps are what the service is made of. All but Push are required.
type Deps struct {
	DB      *db.DB
	Gate    *notify.Gate
	Hub     *live.Hub
	Allow   func(tx *db.Tx, action string) error                                 // policy; errs.Denied
	Names   func(tx *db.Tx, peers []ref.Account) (map[ref.Account]string, error) // work names
	Staff   func(tx *db.Tx, role string) ([]ref.Account, error)                  // accounts of a role that are open
	Places  func(tx *db.Tx) ([]Place, error)                                     // the organisation's sites, by name
	Zone    func(tx *db.Tx) (*time.Location, error)                              // the organisation's
	Same    func(tx *db.Tx, person ref.Person) ([]ref.Person, error)             // every record of a person
	Push    func(subscription string) error                                      // whether a browser's subscription can be used; nil where none can
	Changed func(tenant string)                                                  // after a rung: boards and status pages look again
}

// Service does what can be done with the rota and its ladder. Each method
// decides, writes, records and rings in one transaction.
type Service struct {
	Deps
	shifts  *field.Record[Shift]
	changes *field.Record[Change]
	aways   *field.Record[Away]
	peers   *field.Record[Peer]
	known   *field.Record[Known]
	rungs   *field.Record[Rung]
	runs    *field.Record[Run]
	asked   *field.Record[Asked]
	steps   *field.Record[StepDone]
	alones  *field.Record[Alone]
}

// New returns the service.
func New(d Deps) *Service {
	return &Service{d, Shifts(), Changes(), Aways(), Peers(), Knowns(), Rungs(), Runs(), Askeds(), Steps(), Alones()}
}

// plan reads what the rota says of the days around the time.
func (s *Service) plan(tx *db.Tx, from, to time.Time) (Plan, error) {
	zone, err := s.Zone(tx)
	if err != nil {
		return Plan{}, err
	}
	p := Plan{Zone: zone, Now: tx.Now()}
	first, last := DayOf(from, zone).Add(-2), DayOf(to, zone).Add(1)
	p.Shifts, err = s.shifts.List(tx, `WHERE tenant = $1 AND from_day <= $2 AND (until_day = '' OR until_day >= $3)
		AND (repeats <> 'once' OR from_day >= $3) ORDER BY shift`, last, first)
	if err != nil {
		return p, err
	}
	if len(p.Shifts) == 0 {
		return p, nil
	}
	if p.Changes, err = s.changes.List(tx, "WHERE tenant = $1 AND day >= $2 AND day <= $3", first, last); err != nil {
		return p, err
	}
	if p.Aways, err = s.aways.List(tx, "WHERE tenant = $1 AND until_day >= $2 AND from_day <= $3", first, last); err != nil {
		return p, err
	}
	p.Here, err = s.staff(tx, "peer", "supervisor")
	return p, err
}

// staff are the open accounts with one of the roles; never nil.
func (s *Service) staff(tx *db.Tx, roles ...string) ([]ref.Account, error) {
	out := []ref.Account{}
	for _, role := range roles {
		some, err := s.Staff(tx, role)
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	return out, nil
}

// recordShift writes the leaf for a change of the rota, for whom it is about.
func recordShift(tx *db.Tx, action string, shift ref.Shift, who ...ref.Account) error {
	var subjects []string
	for _, a := range who {
		if a != "" {
			subjects = append(subjects, string(a))
		}
	}
	return audit.Write(tx, audit.Entry{Kind: audit.Change, Action: action, Subjects: subjects, Record: "rota_shift/" + string(shift)})
}

func me(tx *db.Tx) ref.Account { return ref.Account(tx.Scope().Actor) }

func refuse(place, say string) error { return errs.At("rota", place, say) }
