package handoff

import (
	"time"

	"alongside/domain/audit"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/flow"
	"alongside/platform/live"
)

// Grant is the consent that a step records: this person, this destination, for
// this long.
type Grant struct {
	Person      ref.Person
	Destination ref.Destination
	How         string
	Until       time.Time
}

// Consents is what a hand-off needs of consent: to record one, to take it back
// at once, and to be told at this moment whether a recipient is covered.
type Consents interface {
	Give(tx *db.Tx, g Grant) (ref.Consent, error)
	Revoke(tx *db.Tx, c ref.Consent, how string) error
	Covers(tx *db.Tx, person ref.Person, recipient string) (bool, error)
}

// Discloser is the one door out of the program: what a service sees of a person goes
// by it.
type Discloser interface {
	// Tell hands a service or a site the name in use and how things stand, if a
	// consent in force covers that, and writes it into the account. way is "page"
	// or "fhir". told is false where nothing may be told, for whatever reason;
	// notice is what goes with it.
	Tell(tx *db.Tx, person ref.Person, to, way string) (notice string, told bool, err error)
}

// Deps are what the service is made of. All are required but the last eleven:
// without them nobody is alerted, knows anyone, or can be handed to, and the
// board has nothing beside hand-offs.
type Deps struct {
	DB       *db.DB
	People   *people.Service
	Consents Consents
	Allow    func(tx *db.Tx, action string) error                                 // policy; errs.Denied
	Names    func(tx *db.Tx, peers []ref.Account) (map[ref.Account]string, error) // work names
	Out      Discloser
	Hub      *live.Hub
	// Said is what the person says is not right in what happened, by the event's
	// number; it owes a look at them.
	Said   func(tx *db.Tx, person ref.Person, h ref.Handoff) (map[int64][]string, error)
	Alerts Alerts
	Asking Asking
	Knows  func(tx *db.Tx, peer ref.Account, person ref.Person) (bool, error) // outside of here: never sent to each other
	Staff  func(tx *db.Tx, role string) ([]ref.Account, error)                // accounts of a role that are open
	OnCall func(tx *db.Tx, from, to time.Time) (map[ref.Account]time.Duration, error)
	Off    func(tx *db.Tx, peer ref.Account) (bool, error)           // whether they have days off now
	Hears  func(tx *db.Tx) (bool, error)                             // whether the law takes a yes to a service that was only spoken
	Sees   func(tx *db.Tx, person ref.Person) bool                   // whether whoever looks may see what somebody allowed
	Asked  func(tx *db.Tx, h ref.Handoff) (string, error)            // where whoever looks says that they do not go, while they are asked; "" when they are not
	Walks  func(tx *db.Tx, person ref.Person) ([]ref.Account, error) // who walks with a person, whatever brought them together
	// Wards is what else places ask for.
	Wards Wards
}

// Service does what can be done with a hand-off. Each method decides, writes,
// records and rings in one transaction.
type Service struct {
	Deps
	handoffs     *field.Record[Handoff]
	brief        *field.Excerpt[Handoff] // what a card shows
	events       *field.Record[Event]
	sites        *field.Record[Site]
	destinations *field.Record[Destination]
	tasks        *field.Record[Task]
	followUps    *field.Record[FollowUp]
	intervals    *field.Record[Interval]
	farewells    *field.Record[Farewell]
	flow         *flow.Flow[Facts]
}

// New returns the service.
func New(d Deps) *Service {
	return &Service{
		Deps: d.complete(), handoffs: Handoffs(), brief: onCards(), events: Events(), sites: Sites(), destinations: Destinations(), tasks: Tasks(),
		followUps: FollowUps(), intervals: Intervals(), farewells: Farewells(), flow: Flow(),
	}
}

// Topic is what an organisation's boards watch.
func Topic(tenant string) string { return "handoff/" + tenant }

func (s *Service) changed(tx *db.Tx) {
	tenant := tx.Scope().Tenant
	tx.AfterCommit(func() { s.Hub.Tell(Topic(tenant)) })
}

// act is the mark of a form, so that the same form sent twice is found.
func act(tx *db.Tx, what, form string) []byte {
	return tx.Vault().Token(tx.Scope().Tenant, useAct, []byte(what+"/"+form))
}

func (s *Service) find(tx *db.Tx, h ref.Handoff) (Handoff, error) {
	return s.handoffs.Get(tx, h)
}

// record writes the leaf for a change or a look at a hand-off.
func (s *Service) record(tx *db.Tx, kind audit.Kind, action string, h Handoff, changes []field.Change) error {
	return audit.Write(tx, audit.Entry{
		Kind: kind, Action: action, Subjects: []string{string(h.Person)},
		Record: "handoff_handoff/" + string(h.ID), Changes: changes,
	})
}

func absent(op string) error { return errs.New(errs.NotFound, op, "") }
