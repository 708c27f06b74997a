package mine

import (
	"encoding/json"

	"alongside/domain/audit"
	"alongside/domain/consent"
	"alongside/domain/disclose"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/module"
	"alongside/platform/seal"
)

// Deps are what a person's own view is made of; app wires them.
type Deps struct {
	DB       *db.DB
	Vault    *seal.Vault
	Consents *consent.Service
	Allow    func(tx *db.Tx, action string) error // policy; errs.Denied
	// Records are those of every domain. It is asked each time, because this
	// domain's own are among them.
	Records func() []module.Record
	// Resources are what FHIR has a form for of what is held about a person, and
	// owe a look at them.
	Resources func(tx *db.Tx, person ref.Person) ([]json.RawMessage, error)
	// End ends an account, and reports whether nothing of it is left to use.
	End func(tx *db.Tx, account ref.Account) (ended bool, err error)
	// Parting is what others do when someone leaves, before the key goes. Each
	// may be called again for the same person.
	Parting []func(tx *db.Tx, person ref.Person) error
	// Same lists every record of one person, the one by which they are shown
	// first; nil: there is never more than one.
	Same func(tx *db.Tx, person ref.Person) ([]ref.Person, error)
	// People lists those who are here, by id, after one of them.
	People func(tx *db.Tx, after ref.Person, most int) ([]ref.Person, error)
}

// Service is what a person can do with what is held about them, and what the
// organisation must do for them.
type Service struct {
	Deps
	disputes *field.Record[Dispute]
	leavings *field.Record[Leaving]
	settings *field.Record[Setting]
}

// New returns the service.
func New(d Deps) *Service {
	if d.Same == nil {
		d.Same = func(_ *db.Tx, person ref.Person) ([]ref.Person, error) { return []ref.Person{person}, nil }
	}
	return &Service{d, Disputes(), Leavings(), Settings()}
}

// participant is the role a person reads their own record in.
const participant = "participant"

// about lists the records that are about people.
func (s *Service) about() (out []module.Record) {
	for _, r := range s.Records() {
		if _, ok := r.About(); ok {
			out = append(out, r)
		}
	}
	return out
}

// titles is what the person calls the rows of a table, by the table.
func (s *Service) titles() map[string]words {
	out := map[string]words{}
	for _, r := range s.about() {
		out[r.Name()], _ = r.About()
	}
	return out
}

// me is the person whose own account acts; NotFound when it is nobody's.
func me(tx *db.Tx) (ref.Person, error) { return disclose.Me(tx) }

// looked records a look at a person, and at whoever else is owed one: what a
// court asked is sealed under a key of its own.
func looked(tx *db.Tx, action string, person ref.Person) error {
	looks, _ := tx.Owed()
	e := audit.Entry{Kind: audit.Look, Action: action, Subjects: []string{string(person)}}
	for _, l := range looks {
		if l != string(person) {
			e.Subjects = append(e.Subjects, l)
		}
	}
	return errs.Wrap("mine: "+action, audit.Write(tx, e))
}

func changed(tx *db.Tx, action string, person ref.Person, row string, changes []field.Change) error {
	return audit.Write(tx, audit.Entry{
		Kind: audit.Change, Action: action, Subjects: []string{string(person)}, Record: row, Changes: changes,
	})
}
