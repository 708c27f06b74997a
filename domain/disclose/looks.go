package disclose

import (
	"slices"
	"strings"
	"time"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// mostLooks is how many lines of the record one page reads.
const mostLooks = 500

// Look is what one someone did with what is held about a person, on one day and
// for one purpose.
type Look struct {
	Day     time.Time // midnight where the organisation is
	Actor   string    // an account's id, or what else acted; see Whose
	Kind    audit.Kind
	Purpose string
	Times   int
	Last    time.Time
}

// Whose says in one word what kind of actor it was.
func (l Look) Whose() string {
	switch {
	case strings.HasPrefix(l.Actor, "link:"):
		return "link"
	case strings.HasPrefix(l.Actor, "operator:"):
		return "operator"
	case l.Actor == "system":
		return "program"
	}
	return "account"
}

// Looks groups the record of who saw, changed or told something about the
// person whose own account acts, by each of their records, newest day first, and
// whoever did most on a day first in it.
func (s *Service) Looks(tx *db.Tx, zone *time.Location) ([]Look, error) {
	all, err := s.selves(tx)
	if errs.Is(err, errs.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	leaves, err := audit.HistoryOf(tx, all, mostLooks)
	return grouped(leaves, zone), errs.Wrap("disclose: looks", err)
}

func grouped(leaves []audit.Leaf, zone *time.Location) []Look {
	var out []Look
	for _, l := range leaves {
		at := l.When().In(zone)
		one := Look{Day: time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, zone), Actor: l.Actor, Kind: l.Kind, Purpose: l.Purpose, Last: l.When()}
		i := slices.IndexFunc(out, func(o Look) bool {
			return o.Day.Equal(one.Day) && o.Actor == one.Actor && o.Kind == one.Kind && o.Purpose == one.Purpose
		})
		if i < 0 {
			i, out = len(out), append(out, one)
		}
		out[i].Times++
	}
	slices.SortStableFunc(out, func(a, b Look) int {
		if c := b.Day.Compare(a.Day); c != 0 {
			return c
		}
		return b.Times - a.Times
	})
	return out
}

// accounts are those of the looks that have a name.
func accounts(looks []Look) []ref.Account {
	var out []ref.Account
	for _, l := range looks {
		if a := ref.Account(l.Actor); l.Whose() == "account" && !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	return out
}
