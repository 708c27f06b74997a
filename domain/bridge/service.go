package bridge

import (
	"time"

	"alongside/domain/access"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/flow"
)

// Recipient is someone outside who can be told something.
type Recipient struct {
	ID   ref.Recipient
	Name string
}

// Told is what goes with a note that may be read: the statement of the law, and
// what the consent allows.
type Told struct {
	Notice string // empty where the law asks for none
	Named  bool   // the name they use may be told too
	Why    string // what for, as a consent calls it
	Until  time.Time
	Event  string // what ends the consent; empty when a time does
}

// Reading is one time that a recipient read a note.
type Reading struct {
	At time.Time
	To string
}

// Outlet is the one door by which anything is told.
type Outlet interface {
	// Recipients lists everyone who can be told something, by name.
	Recipients(tx *db.Tx) ([]Recipient, error)
	// Covers answers whether a recipient may be told a note that touches on
	// these matters, now. Nothing is told by asking.
	Covers(tx *db.Tx, n Note) (bool, error)
	// Tell lets it out, by a link, and writes down that it was told; errs.Denied
	// when no consent covers it any more.
	Tell(tx *db.Tx, n Note) (Told, error)
	// Readings are the times that a note was let out, newest first.
	Readings(tx *db.Tx, n Note) ([]Reading, error)
}

// Deps are what the service is made of. All are required.
type Deps struct {
	DB     *db.DB
	People *people.Service
	Out    Outlet
	Allow  func(tx *db.Tx, action string, what access.Resource) error         // policy; errs.Denied
	Names  func(tx *db.Tx, ids []ref.Account) (map[ref.Account]string, error) // work names
	Self   func(tx *db.Tx) (ref.Person, error)                                // whose own account acts; errs.NotFound when nobody's
	Walks  func(tx *db.Tx, peer ref.Account, person ref.Person) (bool, error) // whether the two walk together

	Wards   Wards
	Ladder  Ladder
	Changed func(tenant string) // something about a live request changed: open pages look again
}

// Service does what can be done here. Each method decides, writes and records
// in one transaction.
type Service struct {
	Deps
	notes     *field.Record[Note]
	approvals *field.Record[Approval]
	lives     *field.Record[Live]
	advices   *field.Record[Advice]
	outcomes  *field.Record[Outcome]
	noteFlow  *flow.Flow[Note]
	liveFlow  *flow.Flow[Live]
}

// New returns the service.
func New(d Deps) *Service {
	return &Service{
		Deps: d, notes: Notes(), approvals: Approvals(), lives: Lives(), advices: Advices(), outcomes: Outcomes(),
		noteFlow: NoteFlow(), liveFlow: LiveFlow(),
	}
}

func me(tx *db.Tx) ref.Account { return ref.Account(tx.Scope().Actor) }

func absent(op string) error { return errs.New(errs.NotFound, "bridge: "+op, "") }

// other is the answer to a form that came before with something else in it:
// nothing is dropped in silence, and whoever wrote it writes it anew.
func other(op string) error { return errs.New(errs.Conflict, "bridge: "+op, "error.old-form") }

func refuse(place, say string) error { return errs.At("bridge", place, say) }

// Door is how someone comes to what is a person's: whoever walks with them, or
// the person to their own.
type Door struct {
	Person ref.Person
	Own    bool // Person is whoever's account it is
}

// enter decides, and returns whom it is about.
func (s *Service) enter(tx *db.Tx, d Door) (ref.Person, error) {
	if d.Own {
		if err := s.Allow(tx, "bridge.own", access.Own(tx.Scope().Actor)); err != nil {
			return "", err
		}
		return s.Self(tx)
	}
	together, err := s.Walks(tx, me(tx), d.Person)
	if err != nil {
		return "", err
	}
	attrs := map[string]string{"walks": "no"}
	if together {
		attrs["walks"] = "yes"
	}
	return d.Person, s.Allow(tx, "bridge.note", access.Resource{Kind: "Person", ID: string(d.Person), Attrs: attrs})
}

// role is who acts, as the table of a note's steps calls them.
func (d Door) role(tx *db.Tx) string {
	if d.Own {
		return access.Participant
	}
	return tx.Scope().Role
}
