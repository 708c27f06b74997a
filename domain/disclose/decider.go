package disclose

import (
	"slices"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
)

// leads reports whether an account may be named to decide about a demand.
func (s *Service) leads(tx *db.Tx, who ref.Account) (bool, error) {
	if s.Leads == nil {
		return true, nil
	}
	return s.Leads(tx, who)
}

// decides reports whether whoever asks decides about a demand: the one who was named, or
// anyone who answers for what leaves once that one does so no longer. Without it nothing
// about the person would ever leave again, their key would wait for good, and nobody
// would be told why.
func (s *Service) decides(tx *db.Tx, d Demand) (bool, error) {
	if string(d.Decider) == tx.Scope().Actor {
		return true, nil
	}
	leads, err := s.leads(tx, d.Decider)
	return !leads, err
}

// forAsker are those demands of a list that whoever asks decides about, with the look at
// each. The others are not shown.
func (s *Service) forAsker(tx *db.Tx, list []Demand) ([]Demand, error) {
	e := audit.Entry{Kind: audit.Look, Action: "disclose.demands"}
	var failed error
	out := slices.DeleteFunc(list, func(d Demand) bool {
		mine, err := s.decides(tx, d)
		if err != nil {
			failed = err
		}
		if mine {
			e.Subjects = append(e.Subjects, string(d.Lock))
		}
		tx.Settle(string(d.Lock))
		return !mine
	})
	if failed != nil || len(out) == 0 {
		return nil, failed
	}
	return out, audit.Write(tx, e)
}
