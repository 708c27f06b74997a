package workforce

import (
	"time"

	"alongside/domain/access"
	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/seal"
)

// Colleague is a peer who may be invited.
type Colleague struct {
	ID    ref.Account
	Name  string
	Leads bool // also supervises, coordinates or looks after accounts here
}

// Deps are what the service is made of. All are required.
type Deps struct {
	DB    *db.DB
	Vault *seal.Vault
	Allow func(tx *db.Tx, action string, what access.Resource) error         // policy; errs.Denied
	Way   func(tx *db.Tx) (access.Standing, error)                           // whether this sign-in is by a way of its holder's own
	Peers func(tx *db.Tx) ([]Colleague, error)                               // who acts as a peer here, by name
	Names func(tx *db.Tx, ids []ref.Account) (map[ref.Account]string, error) // work names
}

// Service does what can be done with pages of one's own. Each method decides,
// writes and records in one transaction.
type Service struct {
	Deps
	entries *field.Record[Entry]
	parts   *field.Record[Part]
}

// New returns the service.
func New(d Deps) *Service { return &Service{Deps: d, entries: Entries(), parts: Parts()} }

// ShutError is why a sign-in opens no page, not even one's own: it was not made
// by a way of its holder's own. It says the same whether there are pages or not.
type ShutError struct {
	From time.Time // they open by themselves then; zero: by another sign-in
}

// Error is for the log.
func (*ShutError) Error() string { return "workforce: shut for this sign-in" }

// enter refuses a sign-in that is not by a way of its holder's own.
func (s *Service) enter(tx *db.Tx) error {
	if err := s.Allow(tx, "workforce.pages", access.Own(tx.Scope().Actor)); err != nil {
		return err
	}
	way, err := s.Way(tx)
	if err == nil && !way.Open {
		err = &ShutError{way.From}
	}
	return err
}

// may asks policy about what someone wrote or began; a no is an answer.
func (s *Service) may(tx *db.Tx, action string, writer ref.Account, part bool) (bool, error) {
	err := s.must(tx, action, writer, part)
	if errs.Is(err, errs.Denied) {
		return false, nil
	}
	return err == nil, err
}

// must asks policy about what someone wrote or began. Who comes here came in by a
// way of their own; the rules read it all the same.
func (s *Service) must(tx *db.Tx, action string, writer ref.Account, part bool) error {
	way, err := s.Way(tx)
	if err != nil {
		return err
	}
	attrs := map[string]string{"account": string(writer), "part": "no", "way": "other"}
	if part {
		attrs["part"] = "yes"
	}
	if way.Open {
		attrs["way"] = "own"
	}
	return s.Allow(tx, action, access.Resource{Kind: "Entry", Attrs: attrs})
}

func me(tx *db.Tx) ref.Account { return ref.Account(tx.Scope().Actor) }

func absent(op string) error { return errs.New(errs.NotFound, "workforce: "+op, "") }

func refuse(place, say string) error { return errs.At("workforce", place, say) }

// looked records a look at whatever was opened.
func looked(tx *db.Tx) error {
	return audit.Record(tx, audit.Entry{Kind: audit.Look, Action: "workforce.look"})
}

// changed records a change: that there was one, and the hash of sealed words.
func changed(tx *db.Tx, row string, changes []field.Change) error {
	var words []field.Change
	for _, c := range changes {
		if c.Column == "words" {
			words = append(words, c)
		}
	}
	return audit.Record(tx, audit.Entry{Kind: audit.Change, Action: "workforce.change", Record: row, Changes: words})
}
