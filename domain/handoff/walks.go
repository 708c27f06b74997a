package handoff

import (
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/i18n"
)

// mostWalks is how many people one peer's list holds.
const mostWalks = 500

// WalkedWith lists the people whom a peer walks with in a hand-off that is on
// its way or has arrived, the latest first. It reads ids only.
func (s *Service) WalkedWith(tx *db.Tx, peer ref.Account) ([]ref.Person, error) {
	rows, err := tx.Query(`SELECT person, MAX(requested_at) FROM handoff_handoff
		WHERE tenant = $1 AND peer = $2 AND lane IN ($3, $4) GROUP BY person ORDER BY 2 DESC, person LIMIT $5`,
		peer, LaneWalking, LaneAfter, mostWalks)
	if err != nil {
		return nil, errs.Wrap("handoff: walked with", err)
	}
	defer rows.Close()
	var out []ref.Person
	for rows.Next() {
		var p ref.Person
		var at int64
		if err := rows.Scan(&p, &at); err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, errs.Wrap("handoff: walked with", rows.Err())
}

// OnOne reports whether one of these people is on a hand-off that has neither
// arrived nor ended. It reads no more than that.
func (s *Service) OnOne(tx *db.Tx, people []ref.Person) (bool, error) {
	for _, p := range people {
		var n int64
		err := tx.Row(`SELECT COUNT(*) FROM handoff_handoff WHERE tenant = $1 AND person = $2 AND lane IN ($3, $4, $5, $6)`,
			p, LaneFile, LaneHeld, LaneWaiting, LaneWalking).Scan(&n)
		if err != nil || n > 0 {
			return n > 0, errs.Wrap("handoff: on one", err)
		}
	}
	return false, nil
}

// LastSites are the names of the sites at which some people were last asked for,
// where whoever is in the scope may see hand-offs.
func (s *Service) LastSites(tx *db.Tx, some []ref.Person) (map[ref.Person]string, error) {
	out := make(map[ref.Person]string, len(some))
	if err := s.Allow(tx, "handoff.view"); errs.Is(err, errs.Denied) {
		return out, nil
	} else if err != nil {
		return nil, errs.Wrap("handoff: last sites", err)
	}
	names, err := s.siteNames(tx)
	for _, p := range some {
		if err != nil {
			return nil, errs.Wrap("handoff: last sites", err)
		}
		var at []ref.Site
		at, err = db.Column[ref.Site](tx, "SELECT site FROM handoff_handoff WHERE tenant = $1 AND person = $2 ORDER BY requested_at DESC LIMIT 1", p)
		if len(at) > 0 {
			out[p] = names[at[0]]
		}
	}
	return out, errs.Wrap("handoff: last sites", err)
}

// About is whom a hand-off is about. An id alone names nobody.
func (s *Service) About(tx *db.Tx, h ref.Handoff) (p ref.Person, err error) {
	err = tx.Row("SELECT person FROM handoff_handoff WHERE tenant = $1 AND handoff = $2", h).Scan(&p)
	return p, errs.Wrap("handoff: about", err)
}

// StepWords are the words on a step's button.
func StepWords(name string) i18n.Text {
	for _, s := range Flow().Steps {
		if s.Name == name {
			return s.Label
		}
	}
	return i18n.Text{EN: name, ES: name, AR: name}
}
