package engagement

import (
	"context"
	"slices"
	"time"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/i18n"
)

// Carry is whether a person lets their plan, and what helps in a hard moment,
// rest on the phones of those who walk with them, for the hours without a
// network. Until they say so it does not.
type Carry struct {
	Person  ref.Person
	Peers   bool
	SaidBy  string // who noted it: the person, or a peer to whom they said it
	SaidAt  time.Time
	Version int64
}

// Carries says what that record holds.
func Carries() *field.Record[Carry] {
	return field.Define("engagement_carry",
		field.Keys[Carry]{
			ID: []string{"person"}, Title: i18n.Text{EN: "Where your plan is at hand", ES: "Dónde está su plan a mano", AR: "أين تكون خطتك في المتناول"},
			Subject: func(c *Carry) string { return string(c.Person) },
		},
		field.Field[Carry]{Column: "person", Kind: field.Ref, At: func(c *Carry) any { return &c.Person }},
		field.Field[Carry]{
			Column: "peers", Kind: field.Flag, Label: i18n.Text{EN: "On the phone of my peer", ES: "En el teléfono de mi par", AR: "على هاتف مرافقي"},
			At: func(c *Carry) any { return &c.Peers },
		},
		field.Field[Carry]{Column: "said_by", Kind: field.Ref, At: func(c *Carry) any { return &c.SaidBy }},
		field.Field[Carry]{
			Column: "said_at", Kind: field.Instant, Label: i18n.Text{EN: "Said", ES: "Dicho", AR: "قيل"},
			At: func(c *Carry) any { return &c.SaidAt },
		},
		field.Field[Carry]{Column: "version", Kind: field.Version, At: func(c *Carry) any { return &c.Version }},
	)
}

func (s *Service) carryOf(tx *db.Tx, person ref.Person) (Carry, error) {
	c, err := s.carries.Get(tx, person)
	if errs.Is(err, errs.NotFound) {
		return Carry{Person: person}, nil
	}
	return c, err
}

// SetCarry notes what a person said of it: on their own page, or to a peer who
// walks with them. The same again changes nothing.
func (s *Service) SetCarry(ctx context.Context, d Door, peers bool) error {
	err := s.write(ctx, func(tx *db.Tx) error {
		person, err := s.enter(tx, d, "engagement.plan")
		if err != nil {
			return err
		}
		if _, err := s.People.Find(tx, person); err != nil {
			return err
		}
		before, err := s.carryOf(tx, person)
		if err != nil {
			return err
		}
		if before.Peers == peers {
			return audit.Record(tx, audit.Entry{Kind: audit.Look, Action: "engagement.carry"}, string(person))
		}
		if !peers {
			tx.TakenBack(CarryKind, string(person))
		}
		after := before
		after.Peers, after.SaidBy, after.SaidAt = peers, tx.Scope().Actor, tx.Now()
		changes, err := s.putCarry(tx, before, after)
		if err != nil {
			return err
		}
		return audit.Record(tx, audit.Entry{Kind: audit.Change, Action: "engagement.carry", Record: "engagement_carry/" + string(person), Changes: changes}, string(person))
	})
	return errs.Wrap("engagement: carry", err)
}

func (s *Service) putCarry(tx *db.Tx, before, after Carry) ([]field.Change, error) {
	if before.Version == 0 {
		after.Version = 1
		return s.carries.Insert(tx, &after)
	}
	return s.carries.Update(tx, &before, &after)
}

// carried are those who let their plan rest on the phone of whoever is in the
// scope. It reads ids only.
func (s *Service) carried(tx *db.Tx) ([]ref.Person, error) {
	return db.Column[ref.Person](tx, `SELECT c.person FROM engagement_carry c JOIN engagement_walk w ON w.tenant = c.tenant AND w.person = c.person
		WHERE c.tenant = $1 AND c.peers = 1 AND w.peer = $2 AND w.ended_at = 0 ORDER BY c.person LIMIT 500`, me(tx))
}

// rests reports whether a person's plan may be on the phone of whoever is in the
// scope: they walk together, and the person said so.
func (s *Service) rests(tx *db.Tx, person ref.Person, walks []Walk) (bool, error) {
	if !along(tx, walks) {
		return false, nil
	}
	c, err := s.carryOf(tx, person)
	return c.Peers, err
}

// along reports whether one of these walks is of whoever is in the scope.
func along(tx *db.Tx, walks []Walk) bool {
	return slices.ContainsFunc(walks, func(w Walk) bool { return w.Peer == me(tx) })
}

// says is the key of the words for how it stands.
func (c Carry) says() string {
	if c.Peers {
		return "engagement.carry.yes"
	}
	return "engagement.carry.no"
}

// ownHours is how long a person's own phone keeps what helps in a hard moment,
// once they said that it may: as long as any phone may keep a page.
const ownHours = 72
