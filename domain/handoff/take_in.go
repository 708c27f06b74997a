package handoff

import (
	"context"
	"slices"

	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/id"
)

// TakeIn keeps one overdose visit of a hospital file as a hand-off that nobody
// is told of until someone confirms that the person was asked. The same visit
// again changes nothing; a first visit to a service that a later file shows is
// added. Another visit under the same number is not taken: two visits must not
// become one.
func (s *Service) TakeIn(ctx context.Context, f FHIRFound) (Taken, error) {
	var out Taken
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "import.run"); err != nil {
			return err
		}
		var err error
		out, err = s.takeIn(tx, f)
		return err
	})
	return out, errs.Wrap("handoff: take in "+f.Place, err)
}

func (s *Service) takeIn(tx *db.Tx, f FHIRFound) (Taken, error) {
	key := act(tx, "file", f.Source)
	seen, err := s.asked(tx, key)
	if err != nil {
		return Taken{}, err
	}
	switch {
	case f.Mistake && seen == "":
		return Taken{}, nil
	case f.Mistake:
		return s.takenBack(tx, seen)
	case seen == "":
		return Taken{Kept: true}, s.fresh(tx, f, key)
	}
	var at int64
	err = tx.Row("SELECT event_at FROM handoff_handoff WHERE tenant = $1 AND handoff = $2", seen).Scan(&at)
	if err == nil && at != f.EventAt.UnixMicro() {
		return Taken{Why: saysOtherTime}, nil
	}
	if err != nil {
		return Taken{}, err
	}
	kept, err := s.later(tx, seen, f)
	return Taken{Kept: kept}, err
}

// takenBack ends a hand-off that nobody has begun, because the visit never was.
// Where people here have, it is theirs to end.
func (s *Service) takenBack(tx *db.Tx, id ref.Handoff) (Taken, error) {
	in := Input{Role: RoleImport, ClosedReason: "by_mistake", At: tx.Now(), Act: "mistake"}
	kept, err := s.once(tx, id, StepClose, in, Unconfirmed)
	if err != nil || kept {
		return Taken{Kept: kept}, err
	}
	var state string
	err = tx.Row("SELECT state FROM handoff_handoff WHERE tenant = $1 AND handoff = $2", id).Scan(&state)
	if err != nil || state == Closed {
		return Taken{}, err
	}
	return Taken{Why: saysPeopleDo}, nil
}

func (s *Service) fresh(tx *db.Tx, f FHIRFound, key []byte) error {
	p := people.Person{Provisional: true, Name: f.Patient.Name, LegalName: f.Patient.LegalName, Languages: offered(f.Patient.Languages)}
	person, err := s.People.Known(tx, f.Patient.Key, p)
	if err != nil {
		return err
	}
	site, err := s.siteNamed(tx, f.Site)
	if err != nil {
		return err
	}
	h := Handoff{Person: person, Site: site.ID, Source: "fhir", EventAt: f.EventAt.UTC(), ActKey: key}
	if h, err = s.start(tx, h, Event{Step: StepFound, To: Unconfirmed, At: tx.Now(), Role: RoleImport}); err != nil {
		return err
	}
	_, err = s.later(tx, h.ID, f)
	return err
}

// later adds what a file shows beyond the visit itself: a first visit to a
// service, and a death, after which nobody is told anything any more.
func (s *Service) later(tx *db.Tx, id ref.Handoff, f FHIRFound) (bool, error) {
	kept := false
	if f.Evidence != nil {
		in := Input{Role: RoleImport, ConnSource: "record", At: f.Evidence.At.UTC(), Act: "shown"}
		added, err := s.once(tx, id, StepShown, in, Unconfirmed)
		if err != nil {
			return false, err
		}
		kept = added
	}
	if !f.Patient.Deceased.Known {
		return kept, nil
	}
	in := Input{Role: RoleImport, ClosedReason: "died", At: f.Patient.Deceased.At.UTC(), Act: "died"}
	added, err := s.once(tx, id, StepClose, in, Unconfirmed, Connected)
	return kept || added, err
}

// once takes a step where the hand-off is in one of the states, and does
// nothing where it is not or where it was taken before.
func (s *Service) once(tx *db.Tx, id ref.Handoff, step string, in Input, states ...string) (bool, error) {
	var state string
	err := tx.Row("SELECT state FROM handoff_handoff WHERE tenant = $1 AND handoff = $2", id).Scan(&state)
	if err != nil || !slices.Contains(states, state) {
		return false, err
	}
	return true, s.take(tx, id, step, in)
}

// siteNamed finds a site by the name a file gives it, or makes it. A file that
// names none gets one site for all.
func (s *Service) siteNamed(tx *db.Tx, name string) (Site, error) {
	if name = cut(name, 80); name == "" {
		name = "Hospital files"
	}
	rows, err := s.sites.List(tx, "WHERE tenant = $1 AND name = $2", name)
	if err != nil || len(rows) > 0 {
		return append(rows, Site{})[0], err
	}
	site := Site{ID: ref.Site(id.New(tx.Now())), Name: name, Door: DoorWard, Turn: 1}
	site.LinkKey = linkKey(tx.Vault(), tx.Scope().Tenant, AskToken(tx, site))
	_, err = s.sites.Insert(tx, &site)
	return site, err
}

// offered keeps of a file's languages those the program can name.
func offered(codes []string) []string {
	var out []string
	for _, c := range codes {
		base := c
		if len(c) > 2 && c[2] == '-' {
			base = c[:2]
		}
		if field.Offered(people.Languages(), base) && !slices.Contains(out, base) {
			out = append(out, base)
		}
	}
	return out
}
