package handoff

import (
	"strings"
	"time"
	"unicode"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// alikeWithin is how far apart two asks may be to be offered as one.
const alikeWithin = 12 * time.Hour

// Alike is another hand-off that may be for the same person.
type Alike struct {
	ID    ref.Handoff
	Site  string
	State string
	At    time.Time
}

// marks writes down what a new hand-off has in common with another for the same
// person: the name in use, the number, where they are, and the form. They are keyed marks,
// useless by themselves, and gone after the hours in which they are of use.
func (s *Service) marks(tx *db.Tx, h Handoff, a Ask) error {
	if _, err := tx.Exec("DELETE FROM handoff_alike WHERE tenant = $1 AND asked_at < $2", tx.Now().Add(-2*alikeWithin)); err != nil {
		return err
	}
	for _, what := range []string{nameMark(a.Person.Name), numberMark(a.Person.Phone), placeMark(h.Site, h.Where), formMark(h.Site, a.Act)} {
		if what == "" {
			continue
		}
		mark := act(tx, "alike", what)
		if _, err := tx.Exec("INSERT INTO handoff_alike (tenant, handoff, mark, asked_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING", h.ID, mark, tx.Now()); err != nil {
			return err
		}
	}
	return nil
}

func nameMark(name string) string {
	if name = folded(name); len([]rune(name)) < 2 {
		return ""
	}
	return "name/" + name
}

// placeMark is the same for two asks from one bed, with a name or without.
func placeMark(site ref.Site, where string) string {
	if where = folded(where); where == "" {
		return ""
	}
	return "place/" + string(site) + "/" + where
}

// formMark is the same for two asks by one form of a site that was sent with other words.
func formMark(site ref.Site, act string) string {
	if act == "" {
		return ""
	}
	return "form/" + string(site) + "/" + act
}

// twin is the newest other ask that came by the same form; empty for none. It
// reads ids only.
func twin(tx *db.Tx, site ref.Site, h ref.Handoff, form string) (other ref.Handoff, err error) {
	err = tx.Row(`SELECT handoff FROM handoff_alike WHERE tenant = $1 AND mark = $2 AND handoff <> $3
		ORDER BY asked_at DESC, handoff DESC LIMIT 1`, act(tx, "alike", formMark(site, form)), h).Scan(&other)
	if errs.Is(err, errs.NotFound) {
		return "", nil
	}
	return other, err
}

func folded(words string) string { return strings.Join(strings.Fields(strings.ToLower(words)), " ") }

func numberMark(phone string) string {
	digits := strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, phone)
	if len(digits) < 7 {
		return ""
	}
	return "number/" + digits
}

const selectAlike = `SELECT DISTINCT h.handoff, h.site, h.state, h.requested_at FROM handoff_handoff h
	JOIN handoff_alike b ON b.tenant = h.tenant AND b.handoff = h.handoff
	JOIN handoff_alike a ON a.tenant = b.tenant AND a.mark = b.mark
	WHERE h.tenant = $1 AND a.handoff = $2 AND h.handoff <> $2 AND h.state NOT IN ('closed', 'unconfirmed')
		AND b.asked_at > a.asked_at - $3 AND b.asked_at < a.asked_at + $3 ORDER BY h.requested_at LIMIT 5`

// alike are the hand-offs that may be for the same person as h. It reads ids,
// states and times only, so nobody's record is looked at by it.
func (s *Service) alike(tx *db.Tx, h Handoff) ([]Alike, error) {
	return s.likes(tx, selectAlike, h.ID, alikeWithin.Microseconds())
}

func (s *Service) likes(tx *db.Tx, sql string, args ...any) ([]Alike, error) {
	sites, err := s.siteNames(tx)
	if err != nil {
		return nil, err
	}
	rows, err := tx.Query(sql, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Alike
	for rows.Next() {
		var a Alike
		var site ref.Site
		var at int64
		if err := rows.Scan(&a.ID, &site, &a.State, &at); err != nil {
			return nil, err
		}
		a.Site, a.At = sites[site], db.Instant(at)
		out = append(out, a)
	}
	return out, rows.Err()
}

// join notes which hand-off goes on for both; part forgets it.
func (s *Service) join(tx *db.Tx, h Handoff, e Event, in Input) error {
	if e.Step == StepPart {
		_, err := tx.Exec("DELETE FROM handoff_join WHERE tenant = $1 AND handoff = $2", h.ID)
		return err
	}
	with, err := s.alike(tx, h)
	if err != nil {
		return err
	}
	for _, a := range with {
		if string(a.ID) == in.SameAs {
			_, err := tx.Exec("INSERT INTO handoff_join (tenant, handoff, leads, joined_at) VALUES ($1, $2, $3, $4)", h.ID, a.ID, tx.Now())
			return err
		}
	}
	return conflict("handoff.error.not-alike")
}

// mayOpenJoined is mayOpen for one that was joined to another: it is for whoever may
// open the one that goes on, so that they can part the two again. Of that it reads
// only whose it is.
func (s *Service) mayOpenJoined(tx *db.Tx, h Handoff) error {
	var on Handoff
	err := tx.Row(`SELECT h.handoff, h.person, h.peer, h.state, h.closed_reason FROM handoff_join j
		JOIN handoff_handoff h ON h.tenant = j.tenant AND h.handoff = j.leads WHERE j.tenant = $1 AND j.handoff = $2`,
		h.ID).Scan(&on.ID, &on.Person, &on.Peer, &on.State, &on.ClosedReason)
	if err != nil {
		return errs.Wrap("handoff: joined", err)
	}
	err = s.mayOpen(tx, on)
	tx.Settle(string(on.Person)) // of the one that goes on nothing is shown
	return err
}

const selectJoined = `SELECT h.handoff, h.site, h.state, h.requested_at FROM handoff_join j
	JOIN handoff_handoff h ON h.tenant = j.tenant AND h.handoff = j.handoff
	WHERE j.tenant = $1 AND j.leads = $2 AND h.closed_reason = 'joined' ORDER BY j.joined_at LIMIT 5`

// joinedTo are the hand-offs that were joined to h. It reads ids, states and times.
func (s *Service) joinedTo(tx *db.Tx, h Handoff) ([]Alike, error) {
	return s.likes(tx, selectJoined, h.ID)
}

// leading is the hand-off that goes on for one that was joined to it.
func (s *Service) leading(tx *db.Tx, h Handoff) (Handoff, error) {
	for range 5 {
		if h.ClosedReason != joined {
			return h, nil
		}
		var leads ref.Handoff
		err := tx.Row("SELECT leads FROM handoff_join WHERE tenant = $1 AND handoff = $2", h.ID).Scan(&leads)
		if errs.Is(err, errs.NotFound) {
			return h, nil
		}
		if err == nil {
			h, err = s.find(tx, leads)
		}
		if err != nil {
			return h, err
		}
	}
	return h, nil
}
