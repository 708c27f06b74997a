package consent

import (
	"slices"
	"time"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
)

// Decision is a yes: which consent, what of the question it covers, and the
// notice that goes with whatever is told.
type Decision struct {
	Consent Consent
	Covers  []string
	Notice  string // empty where the law asks for none
}

// Decide answers a question with the one consent in force that covers most of
// it, the newest of several. When none covers any of it, for whatever reason,
// a legal hold among them, the answer is errs.Denied, always in the same words.
//
// An instant still to come is judged as if it were now. One gone by is judged
// twice: the consent must have been in force then and be in force now, so that
// asking about the past never brings anything to life again.
func (s *Service) Decide(tx *db.Tx, a Ask) (Decision, error) {
	d, err := s.decide(tx, a)
	if errs.Is(err, errs.Denied) {
		return Decision{}, denied()
	}
	return d, errs.Wrap("consent: live", err)
}

func (s *Service) decide(tx *db.Tx, a Ask) (Decision, error) {
	list, err := gate(tx, a)
	if err != nil || len(list) == 0 {
		return Decision{}, orDenied(err)
	}
	if held, err := s.held(tx, a.Person); held || err != nil {
		return Decision{}, orDenied(err)
	}
	r, err := rule(tx)
	if err != nil {
		return Decision{}, err
	}
	if list, err = s.candidates(tx, a, list, r); err != nil {
		return Decision{}, err
	}
	var best Decision
	for _, c := range list {
		if covers := c.tells(a); len(covers) > len(best.Covers) {
			best = Decision{Consent: c, Covers: covers}
		}
	}
	if len(best.Covers) == 0 {
		return best, denied()
	}
	if r.Notice {
		best.Notice = Statement1
	}
	return best, nil
}

func (s *Service) held(tx *db.Tx, p ref.Person) (bool, error) {
	if s.Held == nil {
		return false, nil
	}
	return s.Held(tx, p)
}

func orDenied(err error) error {
	if err == nil {
		return denied()
	}
	return err
}

// candidates are those of a list that are in force, were given for the purpose
// and reach the recipient.
func (s *Service) candidates(tx *db.Tx, a Ask, list []Consent, r Rule) ([]Consent, error) {
	latest, err := audit.Latest(tx)
	if err != nil {
		return nil, err
	}
	w := who{s: s, tx: tx, ask: a}
	var out []Consent
	for _, c := range list {
		if !c.serves(a.Purpose) || !r.takes(c) || !c.liveAt(a.At, tx.Now(), db.Instant(latest)) {
			continue
		}
		reaches, err := w.reachedBy(c)
		if err != nil {
			return nil, err
		}
		if reaches {
			out = append(out, c)
		}
	}
	return out, nil
}

// liveAt is inForce now, and at the instant asked about.
func (c Consent) liveAt(at, now, reached time.Time) bool {
	if at.After(now) {
		now = at
	}
	return c.inForce(moment(c, now, reached)) && (at.IsZero() || !at.Before(c.GivenAt))
}

// who is the recipient of a question, read at most once and only when a consent
// does not name it.
type who struct {
	s      *Service
	tx     *db.Tx
	ask    Ask
	read   bool
	is     Recipient
	isMine bool
}

func (w *who) reachedBy(c Consent) (bool, error) {
	switch {
	case w.ask.Recipient == "":
		return false, nil
	case c.Recipient == w.ask.Recipient, slices.Contains(c.members(), string(w.ask.Recipient)):
		return true, nil
	case c.RecipientKind == Named:
		return false, nil
	}
	if err := w.look(); err != nil {
		return false, err
	}
	switch c.RecipientKind {
	case ByTPO:
		return w.ofClass(w.is.Kind), nil
	case ByClass:
		return w.is.Kind == c.Class && w.ofClass(c.Class), nil
	case Through:
		return c.Class == Provider && w.is.Via == c.Recipient && w.is.Kind == Provider && w.isMine, nil
	}
	return false, nil
}

// ofClass reports whether the recipient counts as one of a class: the person's
// own, but for those who help to run the program.
func (w *who) ofClass(class string) bool {
	return class == Helper || w.isMine && field.Offered(Classes(), class)
}

func (w *who) look() error {
	if w.read {
		return nil
	}
	var err error
	if w.is, err = w.s.RecipientOf(w.tx, w.ask.Recipient); err != nil && !errs.Is(err, errs.NotFound) {
		return err
	}
	w.isMine, err = isMine(w.tx, w.ask.Person, w.ask.Recipient)
	w.read = true
	return err
}
