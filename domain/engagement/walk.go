package engagement

import (
	"context"
	"slices"
	"time"

	"alongside/domain/access"
	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/i18n"
	"alongside/platform/id"
)

// Walk is one peer walking with one person, from a day on. A person may walk
// with more than one.
type Walk struct {
	ID       ref.Walk
	Person   ref.Person
	Peer     ref.Account
	BeganAt  time.Time
	EndedAt  time.Time // zero while they walk together
	ChangeAt time.Time // the person would like someone else; zero while they did not say so
	HelloAt  time.Time // the person would like to hear from the peer; over once they did
	LeftAt   time.Time // the person left for good
	Version  int64
}

// Walks says what that record holds.
func Walks() *field.Record[Walk] {
	when := func(column string, label i18n.Text, at func(*Walk) any) field.Field[Walk] {
		return field.Field[Walk]{Column: column, Kind: field.Instant, Label: label, At: at}
	}
	return field.Define("engagement_walk",
		field.Keys[Walk]{
			ID: []string{"walk"}, Title: i18n.Text{EN: "Who walks with you", ES: "Quién camina con usted", AR: "من يسير معك"},
			Subject: func(w *Walk) string { return string(w.Person) },
		},
		field.Field[Walk]{Column: "walk", Kind: field.Ref, FHIR: "CareTeam.id", At: func(w *Walk) any { return &w.ID }},
		field.Field[Walk]{Column: "person", Kind: field.Ref, FHIR: "CareTeam.subject", At: func(w *Walk) any { return &w.Person }},
		field.Field[Walk]{Column: "peer", Kind: field.Ref, FHIR: "CareTeam.participant.member", At: func(w *Walk) any { return &w.Peer }},
		when("began_at", i18n.Text{EN: "Walking together since", ES: "Caminan juntos desde", AR: "يسيران معا منذ"}, func(w *Walk) any { return &w.BeganAt }),
		when("ended_at", i18n.Text{EN: "Until", ES: "Hasta", AR: "حتى"}, func(w *Walk) any { return &w.EndedAt }),
		when("change_at", i18n.Text{EN: "Would like someone else since", ES: "Prefiere a otra persona desde", AR: "يفضل شخصا آخر منذ"}, func(w *Walk) any { return &w.ChangeAt }),
		when("hello_at", i18n.Text{EN: "Would like to hear from the peer since", ES: "Quiere saber del par desde", AR: "يود سماع المرافق منذ"}, func(w *Walk) any { return &w.HelloAt }),
		when("left_at", i18n.Text{EN: "You left on", ES: "Usted se fue el", AR: "غادرت في"}, func(w *Walk) any { return &w.LeftAt }),
		field.Field[Walk]{Column: "version", Kind: field.Version, At: func(w *Walk) any { return &w.Version }},
	)
}

// together asks without reading anything that owes a look.
func (s *Service) together(tx *db.Tx, person ref.Person, peer ref.Account) (bool, error) {
	var n int64
	err := tx.Row("SELECT COUNT(*) FROM engagement_walk WHERE tenant = $1 AND person = $2 AND peer = $3 AND ended_at = 0", person, peer).Scan(&n)
	return n > 0, err
}

// with are those who walk with a person now, the longest first.
func (s *Service) with(tx *db.Tx, person ref.Person) ([]Walk, error) {
	return s.walks.List(tx, "WHERE tenant = $1 AND person = $2 AND ended_at = 0 ORDER BY began_at, walk", person)
}

// looked is with, for a neighbour's transaction: the look is recorded here, so
// that nothing is owed when nothing is to be changed.
func (s *Service) looked(tx *db.Tx, person ref.Person) ([]Walk, error) {
	walks, err := s.with(tx, person)
	if err != nil || len(walks) == 0 {
		return nil, err
	}
	return walks, audit.Record(tx, audit.Entry{Kind: audit.Look, Action: "engagement.with"}, string(person))
}

// Begin lets a peer walk with a person from now on, in the caller's
// transaction: they met, so they walk together. Two who do already go on.
func (s *Service) Begin(tx *db.Tx, person ref.Person, peer ref.Account) error {
	return errs.Wrap("engagement: begin", s.begin(tx, person, peer))
}

func (s *Service) begin(tx *db.Tx, person ref.Person, peer ref.Account) error {
	if already, err := s.together(tx, person, peer); err != nil || already {
		return err
	}
	w := Walk{ID: ref.Walk(id.New(tx.Now())), Person: person, Peer: peer, BeganAt: tx.Now()}
	changes, err := s.walks.Insert(tx, &w)
	if err == nil {
		err = s.People.Met(tx, person)
	}
	if err != nil {
		return err
	}
	return audit.Record(tx, audit.Entry{Kind: audit.Change, Action: "engagement.begin", Record: "engagement_walk/" + string(w.ID), Changes: filled(changes)})
}

// End lets a person walk on without this peer, in the caller's transaction. Two
// who do not walk together stay as they are.
func (s *Service) End(tx *db.Tx, person ref.Person, peer ref.Account) error {
	walks, err := s.looked(tx, person)
	if err != nil {
		return errs.Wrap("engagement: end", err)
	}
	for _, w := range walks {
		if w.Peer != peer {
			continue
		}
		after := w
		after.EndedAt = tx.Now()
		if err := s.changeWalk(tx, "engagement.end", w, after); err != nil {
			return errs.Wrap("engagement: end", err)
		}
	}
	return nil
}

// Walkers are the accounts that walk with a person now. Ids name nobody.
func (s *Service) Walkers(tx *db.Tx, person ref.Person) ([]ref.Account, error) {
	out, err := db.Column[ref.Account](tx, "SELECT DISTINCT peer FROM engagement_walk WHERE tenant = $1 AND person = $2 AND ended_at = 0 ORDER BY peer", person)
	return out, errs.Wrap("engagement: walkers", err)
}

// EndAll lets nobody walk with a person any more, in the caller's transaction.
func (s *Service) EndAll(tx *db.Tx, person ref.Person) error {
	walks, err := s.looked(tx, person)
	for _, w := range walks {
		if err != nil {
			break
		}
		err = s.End(tx, person, w.Peer)
	}
	return errs.Wrap("engagement: end", err)
}

// Depart stops what walks with someone who leaves: nobody walks with them, no
// reminder goes out, and the way to reach them is forgotten. For the same
// person again it does nothing.
func (s *Service) Depart(tx *db.Tx, person ref.Person) error {
	if err := s.EndAll(tx, person); err != nil {
		return err
	}
	if err := s.closeWalks(tx, person); err != nil {
		return errs.Wrap("engagement: depart", err)
	}
	list, err := s.ahead(tx, person)
	if err != nil {
		return errs.Wrap("engagement: depart", err)
	}
	for _, a := range list {
		if err := s.hush(tx, a); err != nil {
			return errs.Wrap("engagement: depart", err)
		}
	}
	if err := s.forgetDevice(tx, person); err != nil {
		return errs.Wrap("engagement: depart", err)
	}
	return audit.Record(tx, audit.Entry{Kind: audit.Change, Action: "engagement.depart"}, string(person))
}

// closeWalks notes on every walk with someone that they left, so that nobody looks for
// a peer for them.
func (s *Service) closeWalks(tx *db.Tx, person ref.Person) error {
	walks, err := s.walks.List(tx, "WHERE tenant = $1 AND person = $2 AND left_at = 0 ORDER BY began_at, walk", person)
	for _, w := range walks {
		if err != nil {
			break
		}
		after := w
		after.LeftAt = tx.Now()
		err = s.changeWalk(tx, "engagement.depart", w, after)
	}
	return err
}

// WalkedWith lists the people a peer walks with, the latest first. It reads ids
// only.
func (s *Service) WalkedWith(tx *db.Tx, peer ref.Account) ([]ref.Person, error) {
	return db.Column[ref.Person](tx, "SELECT person FROM engagement_walk WHERE tenant = $1 AND peer = $2 AND ended_at = 0 ORDER BY began_at DESC, walk LIMIT 500", peer)
}

// Match is Begin by whoever looks after who walks with whom. instead is the
// walk that ends with it; empty for none.
func (s *Service) Match(ctx context.Context, person ref.Person, peer ref.Account, instead ref.Walk) error {
	err := s.DB.Write(ctx, func(tx *db.Tx) error { return s.match(tx, person, peer, instead) })
	return errs.Wrap("engagement: match", err)
}

func (s *Service) match(tx *db.Tx, person ref.Person, peer ref.Account, instead ref.Walk) error {
	if err := s.mayWith(tx, "engagement.match", person); err != nil {
		return err
	}
	if _, err := s.People.Find(tx, person); err != nil {
		return err
	}
	if err := s.isPeer(tx, peer); err != nil {
		return err
	}
	if err := s.begin(tx, person, peer); err != nil {
		return err
	}
	if err := s.endInstead(tx, person, peer, instead); err != nil {
		return err
	}
	return audit.Record(tx, audit.Entry{Kind: audit.Look, Action: "engagement.match"}, string(person))
}

// isPeer refuses an account that does not walk with anyone.
func (s *Service) isPeer(tx *db.Tx, a ref.Account) error {
	for _, role := range []string{access.Peer, access.Supervisor} {
		who, err := s.Staff(tx, role)
		if err != nil || slices.Contains(who, a) {
			return err
		}
	}
	return refuse("peer", "error.pick-one")
}

// endInstead ends a walk that another took the place of.
func (s *Service) endInstead(tx *db.Tx, person ref.Person, peer ref.Account, which ref.Walk) error {
	if which == "" {
		return nil
	}
	w, err := s.walkOf(tx, person, which)
	if err != nil || w.Peer == peer || !w.EndedAt.IsZero() {
		return err
	}
	after := w
	after.EndedAt = tx.Now()
	return s.changeWalk(tx, "engagement.part", w, after)
}

// walkOf is a walk of that person; one of someone else is NotFound.
func (s *Service) walkOf(tx *db.Tx, person ref.Person, which ref.Walk) (Walk, error) {
	w, err := s.walks.Get(tx, which)
	if err == nil && w.Person != person {
		tx.Settle(string(w.Person))
		err = absent("walk of another")
	}
	return w, err
}

// Part ends that a peer walks with a person. What they did together stays. One
// that has ended stays ended.
func (s *Service) Part(ctx context.Context, person ref.Person, walk ref.Walk) error {
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.mayWith(tx, "engagement.part", person); err != nil {
			return err
		}
		before, err := s.walkOf(tx, person, walk)
		if err != nil {
			return err
		}
		after := before
		if after.EndedAt.IsZero() {
			after.EndedAt = tx.Now()
		}
		return s.changeWalk(tx, "engagement.part", before, after)
	})
	return errs.Wrap("engagement: part", err)
}

// changeWalk keeps what became of a walk. One that ends is noted: no older copy brings a
// peer back to somebody who walks with another.
func (s *Service) changeWalk(tx *db.Tx, action string, before, after Walk) error {
	if before.EndedAt.IsZero() && !after.EndedAt.IsZero() {
		tx.TakenBack(WalkKind, string(after.ID))
	}
	return s.keepWalk(tx, action, before, after)
}

func (s *Service) keepWalk(tx *db.Tx, action string, before, after Walk) error {
	changes, err := s.walks.Update(tx, &before, &after)
	if err != nil {
		return err
	}
	return audit.Record(tx, audit.Entry{Kind: audit.Change, Action: action, Record: "engagement_walk/" + string(after.ID), Changes: changes})
}
