package disclose

import (
	"cmp"
	"time"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/domain/tenant"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/id"
)

// Decisions about a demand.
const (
	Refuse  = "refuse"
	Comply  = "comply"  // tell what the order names
	Report  = "report"  // a report that the law requires was made; no record leaves
	Nothing = "nothing" // the demand was withdrawn, or is about someone else
)

// Demand is one by a court, the police or another authority. While it is not
// decided, nothing about the person leaves. It has a key of its own: whoever made
// it, and what was decided, outlive what is kept of the person.
type Demand struct {
	ID         ref.Demand
	Lock       ref.Person // the demand's own key
	Person     ref.Person // whom it is about
	Kind       string     // one of DemandKinds
	FromWhom   string
	Reference  string
	Ordered    bool // a court's order under 42 CFR part 2, subpart E, is at hand
	Compelled  bool // a subpoena or the like is at hand
	Quiet      bool // the law forbids telling the person
	ReceivedAt time.Time
	ReceivedBy string
	Decider    ref.Account // the one named person who decides
	Decision   string
	Before     string // the basis as an older program kept it, in the open; nothing writes it
	Basis      string // which order or law
	Note       string
	DecidedAt  time.Time
	Version    int64
}

// Hold records a demand and stops everything about the person. A demand about
// nobody is Invalid: it would stop nothing and seem to. Whoever received it names
// one person who decides. What whoever asks is told is Neither, the same for
// everyone; only the decision is ever told them, by that person. The same form
// twice is one demand; with other words it is a Conflict.
func (s *Service) Hold(tx *db.Tx, d Demand) (Demand, error) {
	d, err := s.hold(tx, d)
	return d, errs.Wrap("disclose: hold", err)
}

func (s *Service) hold(tx *db.Tx, d Demand) (Demand, error) {
	switch {
	case d.Person == "":
		return d, errs.At("demand", "person", "disclose.needs-person")
	case !field.Offered(DemandKinds(), d.Kind):
		return d, errs.At("demand", "kind", "error.pick-one")
	case d.FromWhom == "":
		return d, errs.At("demand", "from_whom", "disclose.needs-from")
	case d.Decider == "":
		return d, errs.At("demand", "decider", "disclose.needs-decider")
	}
	if have, err := s.demands.Get(tx, d.ID); err == nil {
		return have, sentAgain(tx, d.sameForm(have, tx.Scope().Actor), "disclose.demand", string(have.Lock))
	} else if !errs.Is(err, errs.NotFound) {
		return d, err
	}
	leads, err := s.leads(tx, d.Decider)
	if err == nil && !leads {
		err = errs.At("demand", "decider", "disclose.needs-decider")
	}
	if err != nil {
		return d, err
	}
	lock, err := tx.Vault().NewSubject(tx.Scope().Tenant)
	if err != nil {
		return d, err
	}
	d.ID, d.Lock, d.ReceivedAt, d.ReceivedBy = cmp.Or(d.ID, ref.Demand(id.New(tx.Now()))), ref.Person(lock), tx.Now(), tx.Scope().Actor
	d.Decision, d.Basis, d.Note, d.DecidedAt, d.Version = "", "", "", time.Time{}, 0
	changes, err := s.demands.Insert(tx, &d)
	if err != nil {
		return d, err
	}
	d.noted(tx)
	return d, record(tx, "disclose.hold", d, changes)
}

// sameForm reports whether a form says what it said before, by the same hand.
// What was decided since is no other form.
func (d Demand) sameForm(have Demand, by string) bool {
	return have.ReceivedBy == by && have.Person == d.Person && have.Kind == d.Kind && have.FromWhom == d.FromWhom &&
		have.Reference == d.Reference && have.Decider == d.Decider &&
		have.Ordered == d.Ordered && have.Compelled == d.Compelled && have.Quiet == d.Quiet
}

// Neither is the key of the words for whoever makes a demand, whether or not
// the person is known here (42 CFR 2.13(c)).
const Neither = "disclose.neither"

// Held reports whether a demand about the person is not decided yet.
func Held(tx *db.Tx, person ref.Person) (bool, error) {
	var n int64
	err := tx.Row("SELECT COUNT(*) FROM disclose_demand WHERE tenant = $1 AND person = $2 AND decided_at = 0", person).Scan(&n)
	return person != "" && n > 0, errs.Wrap("disclose: held", err)
}

// Holds reports whether a demand about any record of a person is open.
func (s *Service) Holds(tx *db.Tx, person ref.Person) (bool, error) {
	if s.Same == nil {
		return Held(tx, person)
	}
	all, err := s.Same(tx, person)
	if err != nil {
		return false, err
	}
	return HeldAny(tx, all)
}

// HeldAny reports whether a demand about any of these is open: what a court asks
// for may lie in each record of a person.
func HeldAny(tx *db.Tx, all []ref.Person) (bool, error) {
	for _, p := range all {
		if held, err := Held(tx, p); held || err != nil {
			return held, err
		}
	}
	return false, nil
}

// Decide records the decision about a demand and ends the hold. Only the named
// person can (see decides): for anyone else the demand is not there. Under Part 2 an order of
// a court is needed to comply, and a subpoena alone, a warrant or a policeman's
// word is refused; a report about a child leaves no record behind it.
func (s *Service) Decide(tx *db.Tx, which ref.Demand, decision, basis, note string) error {
	before, err := s.own(tx, which)
	if err != nil {
		return err
	}
	after := before
	after.Decision, after.Basis, after.Note, after.DecidedAt, after.Decider = decision, basis, note, tx.Now(), ref.Account(tx.Scope().Actor)
	if err := s.lawful(tx, after); err != nil {
		return errs.Wrap("disclose: decide", err)
	}
	changes, err := s.demands.Update(tx, &before, &after)
	if err != nil {
		return errs.Wrap("disclose: decide", err)
	}
	after.noted(tx)
	return record(tx, "disclose.decide", after, changes)
}

// own reads a demand that waits for the asker's decision; NotFound otherwise.
func (s *Service) own(tx *db.Tx, which ref.Demand) (Demand, error) {
	d, err := s.demands.Get(tx, which)
	mine := false
	if err == nil {
		mine, err = s.decides(tx, d)
	}
	switch {
	case err != nil:
		return d, errs.Wrap("disclose: demand", err)
	case !mine:
		return d, errs.New(errs.NotFound, "disclose: demand of another", "")
	case !d.DecidedAt.IsZero():
		return d, errs.New(errs.Conflict, "disclose: demand", "disclose.decided")
	}
	return d, nil
}

// ToDecide lists the demands that wait for the asker's decision, oldest first,
// and records the look at each.
func (s *Service) ToDecide(tx *db.Tx) ([]Demand, error) {
	list, err := s.demands.List(tx, "WHERE tenant = $1 AND decided_at = 0 ORDER BY received_at, demand")
	if err == nil {
		list, err = s.forAsker(tx, list)
	}
	return list, errs.Wrap("disclose: to decide", err)
}

// lawful refuses a decision that the organisation's law does not allow.
func (s *Service) lawful(tx *db.Tx, d Demand) error {
	regime, err := tenant.RegimeOf(tx)
	if err != nil {
		return err
	}
	part2 := regime == tenant.Part2
	switch {
	case !field.Offered(DecisionKinds(), d.Decision):
		return errs.At("decision", "decision", "error.pick-one")
	case d.Decision == Report && d.Kind != "child-protection":
		return errs.At("decision", "decision", "disclose.report-child")
	case d.Decision != Comply:
		return nil
	case part2 && !d.Ordered:
		return errs.At("decision", "ordered", "disclose.needs-order")
	case d.Basis == "":
		return errs.At("decision", "basis", "disclose.needs-basis")
	}
	return nil
}

// reader is in whose history it stands that something was told: the person's, and that of
// the demand's own key where the law forbids telling them.
func (d Demand) reader() ref.Person {
	if d.Quiet {
		return d.Lock
	}
	return d.Person
}

func record(tx *db.Tx, action string, d Demand, changes []field.Change) error {
	e := audit.Entry{
		Kind: audit.Change, Action: action, Subjects: []string{string(d.Lock)},
		Record: "disclose_demand/" + string(d.ID), Changes: changes,
	}
	if d.Person != "" && !d.Quiet {
		e.Subjects = append(e.Subjects, string(d.Person))
	}
	return audit.Write(tx, e)
}
