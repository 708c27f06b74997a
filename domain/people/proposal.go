package people

import (
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/i18n"
)

// Proposal says that two records may be one person, and why. Someone decides;
// nothing follows by itself.
type Proposal struct {
	One, Two  ref.Person // in order of their ids
	Why       []string
	At        time.Time
	Answer    string
	DecidedBy string
	DecidedAt time.Time
	Version   int64
}

// The answers.
const (
	answerSame = "same"
	answerTwo  = "two"
)

func saysMerged() i18n.Text { return i18n.Text{EN: "Joined", ES: "Unidas", AR: "تم ضمهما"} }
func saysParted() i18n.Text {
	return i18n.Text{EN: "Parted again", ES: "Separadas de nuevo", AR: "تم فصلهما من جديد"}
}

// Reasons are why two records are proposed.
func Reasons() []field.Option {
	return []field.Option{
		{Value: samePhone, Label: i18n.Text{EN: "same phone", ES: "mismo teléfono", AR: "الهاتف نفسه"}},
		{Value: sameEmail, Label: i18n.Text{EN: "same e-mail", ES: "mismo correo", AR: "البريد نفسه"}},
		{Value: sameName, Label: i18n.Text{EN: "same name", ES: "mismo nombre", AR: "الاسم نفسه"}},
	}
}

func answers() []field.Option {
	return []field.Option{
		{Value: answerSame, Label: i18n.Text{EN: "the same person", ES: "la misma persona", AR: "الشخص نفسه"}},
		{Value: answerTwo, Label: i18n.Text{EN: "two people", ES: "dos personas", AR: "شخصان"}},
	}
}

// Proposals says what a proposal's record holds.
func Proposals() *field.Record[Proposal] {
	return field.Define("people_proposal", field.Keys[Proposal]{ID: []string{"one", "two"}},
		field.Field[Proposal]{Column: "one", Kind: field.Ref, At: func(p *Proposal) any { return &p.One }},
		field.Field[Proposal]{Column: "two", Kind: field.Ref, At: func(p *Proposal) any { return &p.Two }},
		field.Field[Proposal]{
			Column: "why", Kind: field.Choices, Options: Reasons(), At: func(p *Proposal) any { return &p.Why },
			Label: i18n.Text{EN: "Why they may be one person", ES: "Por qué podrían ser una persona", AR: "لماذا قد يكونان شخصا واحدا"},
		},
		field.Field[Proposal]{
			Column: "at", Kind: field.Instant, At: func(p *Proposal) any { return &p.At },
			Label: i18n.Text{EN: "Seen", ES: "Visto", AR: "لوحظ"},
		},
		field.Field[Proposal]{
			Column: "answer", Kind: field.Choice, Options: answers(), At: func(p *Proposal) any { return &p.Answer },
			Label: i18n.Text{EN: "Decided", ES: "Decidido", AR: "القرار"},
		},
		field.Field[Proposal]{Column: "decided_by", Kind: field.Ref, At: func(p *Proposal) any { return &p.DecidedBy }},
		field.Field[Proposal]{
			Column: "decided_at", Kind: field.Instant, At: func(p *Proposal) any { return &p.DecidedAt },
			Label: i18n.Text{EN: "Decided at", ES: "Decidido el", AR: "وقت القرار"},
		},
		field.Field[Proposal]{Column: "version", Kind: field.Version, At: func(p *Proposal) any { return &p.Version }},
	)
}

// crowd is how many records may share a mark and still be proposed: beyond it
// it is the telephone of a house, or a name that many have.
const crowd = 10

const insertProposal = `INSERT INTO people_proposal (tenant, one, two, why, at, answer, decided_by, decided_at, version)
	VALUES ($1, $2, $3, $4, $5, '', '', 0, 0) ON CONFLICT DO NOTHING`

// propose looks for records that share a mark with a person and proposes them.
// It reads no record, only marks.
func (s *Service) propose(tx *db.Tx, year int64, p *Person) error {
	why := map[pair][]string{}
	for _, m := range under(tx, year).marks(p) {
		others, err := marked(tx, year, m, p.ID)
		if err != nil {
			return err
		}
		for _, o := range others {
			one, two := ordered(o, p.ID)
			why[pair{one, two}] = append(why[pair{one, two}], m.why)
		}
	}
	for two, reasons := range why {
		if _, err := proposePair(tx, two, reasons); err != nil {
			return err
		}
	}
	return nil
}

// marked are the others that share a mark and may be proposed by it; none when
// they are a crowd.
func marked(tx *db.Tx, year int64, m mark, but ref.Person) ([]ref.Person, error) {
	least := 0
	if !m.alone() {
		least = 1
	}
	out, err := db.Column[ref.Person](tx, selectMarked, year, m.key, but, least, crowd+1)
	if len(out) > crowd {
		return nil, err
	}
	return out, err
}

func ordered(a, b ref.Person) (ref.Person, ref.Person) {
	if a > b {
		return b, a
	}
	return a, b
}

// settle writes down what was decided of two records; a pair that nobody
// proposed is kept too, so that it is not proposed again.
func (s *Service) settle(tx *db.Tx, a, b ref.Person, answer string) error {
	one, two := ordered(a, b)
	if _, err := tx.Exec(insertProposal, one, two, "", tx.Now()); err != nil {
		return err
	}
	before, err := s.proposals.Get(tx, one, two)
	if err != nil {
		return err
	}
	after := before
	after.Answer, after.DecidedBy, after.DecidedAt = answer, tx.Scope().Actor, tx.Now()
	_, err = s.proposals.Update(tx, &before, &after)
	return err
}

// Part says that two records are two people.
func (s *Service) Part(tx *db.Tx, a, b ref.Person) error {
	return errs.Wrap("people: part", s.settle(tx, a, b, answerTwo))
}

// Open lists proposals that nobody has decided yet, oldest first.
func (s *Service) Open(tx *db.Tx, most int) ([]Proposal, error) {
	list, err := s.proposals.List(tx, "WHERE tenant = $1 AND decided_at = 0 ORDER BY at, one, two LIMIT $2", most)
	return list, errs.Wrap("people: open proposals", err)
}
