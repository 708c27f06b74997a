package engagement

import (
	"crypto/sha256"
	"slices"
	"time"

	"alongside/domain/access"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/flow"
	"alongside/platform/notify"
)

// Deps are what the service is made of. All are required.
type Deps struct {
	DB      *db.DB
	People  *people.Service
	Allow   func(tx *db.Tx, action string, what access.Resource) error         // policy; errs.Denied
	Names   func(tx *db.Tx, ids []ref.Account) (map[ref.Account]string, error) // work names
	Staff   func(tx *db.Tx, role string) ([]ref.Account, error)                // accounts of a role that are open
	Zone    func(tx *db.Tx) (*time.Location, error)                            // the organisation's
	Off     func(tx *db.Tx, peer ref.Account) (bool, error)                    // whether they have days off now
	Sources []Source                                                           // what else stands on Today
	Gate    *notify.Gate
	Near    func(tx *db.Tx, some []ref.Person) (map[ref.Person]people.Around, error) // what tells those of one name apart, as far as the asker may see it
	Self    func(tx *db.Tx) (ref.Person, error)                                      // whose own account acts; errs.NotFound when nobody's
	Account func(tx *db.Tx, person ref.Person) (ref.Account, error)                  // a person's own; "" when they have none
	Reply   func(tx *db.Tx, lang string) (string, error)                             // the fixed words that go back for a text that came in
	Died    func(tx *db.Tx, person ref.Person) (bool, error)                         // whether a person has died: then nothing goes out and nothing is asked
}

// Service does what can be done in a peer's day. Each method decides, writes
// and records in one transaction.
type Service struct {
	Deps
	walks     *field.Record[Walk]
	contacts  *field.Record[Contact]
	overs     *field.Record[Over]
	standings *field.Record[Standing]
	laters    *field.Record[Later]
	limitRows *field.Record[Limits]
	edits     *field.Record[Edit]
	stones    *field.Record[Stone]
	meetings  *field.Record[Appointment]
	reminds   *field.Record[Remind]
	carries   *field.Record[Carry]
	times     *field.Record[OwnTime]
	textsIn   *field.Record[TextIn]
	textDoors *field.Record[TextDoor]

	meetingFlow *flow.Flow[MeetingFacts]
}

// New returns the service.
func New(d Deps) *Service {
	if d.Off == nil {
		d.Off = func(*db.Tx, ref.Account) (bool, error) { return false, nil }
	}
	if d.Died == nil {
		d.Died = func(*db.Tx, ref.Person) (bool, error) { return false, nil }
	}
	return &Service{
		Deps: d, walks: Walks(), contacts: Contacts(), overs: Overs(), standings: Standings(),
		laters: Laters(), limitRows: LimitRecords(),
		edits: Edits(), stones: Stones(), meetings: Appointments(), reminds: Reminds(), carries: Carries(), times: OwnTimes(), textsIn: TextsIn(), textDoors: TextDoors(), meetingFlow: Meetings(),
	}
}

func me(tx *db.Tx) ref.Account { return ref.Account(tx.Scope().Actor) }

func absent(op string) error { return errs.New(errs.NotFound, "engagement: "+op, "") }

func refuse(place, say string) error { return errs.At("engagement", place, say) }

// mayWith asks the policies about whoever is in the scope and one person. The
// rules read whether the two walk together.
func (s *Service) mayWith(tx *db.Tx, action string, person ref.Person) error {
	together, err := s.together(tx, person, me(tx))
	if err != nil {
		return err
	}
	attrs := map[string]string{"walks": "no"}
	if together {
		attrs["walks"] = "yes"
	}
	return s.Allow(tx, action, access.Resource{Kind: "Person", ID: string(person), Attrs: attrs})
}

// filled leaves out of a new record the columns that hold nothing.
func filled(changes []field.Change) []field.Change {
	empty, zero := sha256.Sum256(nil), sha256.Sum256([]byte("0"))
	return slices.DeleteFunc(changes, func(c field.Change) bool { return c.Digest == empty || c.Digest == zero })
}
