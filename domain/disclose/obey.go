package disclose

import (
	"slices"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/scope"
)

// Obey tells an authority what its order names, after the named person decided
// to comply. form is the id of the form: sent twice it is told once, and with
// other words it is a Conflict. It is recorded like everything that is told, and
// hidden from the person only while the law forbids to tell them.
func (s *Service) Obey(tx *db.Tx, form ref.Disclosure, which ref.Demand, way string, items []Item) (Told, error) {
	told, err := s.obey(tx, form, which, way, items)
	return told, errs.Wrap("disclose: obey", err)
}

func (s *Service) obey(tx *db.Tx, form ref.Disclosure, which ref.Demand, way string, items []Item) (Told, error) {
	d, err := s.demands.Get(tx, which)
	mine := false
	if err == nil {
		mine, err = s.decides(tx, d)
	}
	switch {
	case err != nil:
		return Told{}, err
	case d.Decision != Comply || !mine || d.Person == "":
		tx.Settle(string(d.Lock))
		return Told{}, errs.New(errs.Denied, "disclose: obey", "")
	case len(items) == 0:
		return Told{}, errs.At("obey", "told", "disclose.needs-what")
	case !field.Offered(Ways(), way):
		return Told{}, errs.At("obey", "way", "error.pick-one")
	}
	if have, err := s.disclosures.Get(tx, form); err == nil {
		same := have.Demand == which && have.Way == way && slices.Equal(have.What, kindsOf(items))
		tx.Settle(string(have.Person))
		return Told{ID: have.ID, Items: items}, sentAgain(tx, same, "disclose.demands", string(d.Lock), string(d.reader()))
	} else if !errs.Is(err, errs.NotFound) {
		return Told{}, err
	}
	if err := record(tx, "disclose.obey", d, nil); err != nil {
		return Told{}, err
	}
	row, err := s.writeFor(tx, Disclosure{
		ID: form, Person: d.Person, ToWhom: d.FromWhom, Demand: d.ID, Way: way, What: kindsOf(items),
		Purpose: scope.Operations, Basis: ByOrder, Hidden: d.Quiet,
	}, d.reader())
	return Told{ID: row.ID, Items: items}, err
}

// ToObey lists the demands that the asker decided to comply with and under which
// nothing was told so far, oldest first, and records the look at each.
func (s *Service) ToObey(tx *db.Tx) ([]Demand, error) {
	list, err := s.demands.List(tx, `WHERE tenant = $1 AND decision = 'comply'
		AND demand NOT IN (SELECT demand FROM disclose_disclosure WHERE tenant = $1 AND demand <> '') ORDER BY decided_at, demand`)
	if err == nil {
		list, err = s.forAsker(tx, list)
	}
	return list, errs.Wrap("disclose: to obey", err)
}
