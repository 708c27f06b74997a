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
	List    bool // it was a list that named others too
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
// person whose own account acts, by each of their records, newest day first. On
// a day, lists that named them among others come last, and whoever did most
// comes first. It is what was recorded before one entry, 0 for the newest;
// earlier is where the page before it begins, 0 when there is none.
func (s *Service) Looks(tx *db.Tx, zone *time.Location, before int64) (looks []Look, earlier int64, err error) {
	all, err := s.selves(tx)
	if errs.Is(err, errs.NotFound) {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, err
	}
	leaves, err := audit.HistoryBefore(tx, all, mostLooks, before)
	if len(leaves) == mostLooks {
		leaves = wholeDays(leaves, zone)
		earlier = leaves[len(leaves)-1].Number
	}
	return grouped(leaves, zone, len(all)), earlier, errs.Wrap("disclose: looks", err)
}

// wholeDays leaves out the last day, which may go on: it stands on the next page.
// A day that fills a page alone stays.
func wholeDays(leaves []audit.Leaf, zone *time.Location) []audit.Leaf {
	last := dayIn(zone, leaves[len(leaves)-1])
	first := slices.IndexFunc(leaves, func(l audit.Leaf) bool { return dayIn(zone, l).Equal(last) })
	if first == 0 {
		return leaves
	}
	return leaves[:first]
}

func dayIn(zone *time.Location, l audit.Leaf) time.Time {
	at := l.When().In(zone)
	return time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, zone)
}

// grouped puts together what one someone did in one way on one day. A look that
// names more than the person's own records was at a list with others in it.
func grouped(leaves []audit.Leaf, zone *time.Location, records int) []Look {
	var out []Look
	for _, l := range leaves {
		one := Look{Day: dayIn(zone, l), Actor: l.Actor, Kind: l.Kind, Purpose: l.Purpose, List: l.Kind == audit.Look && l.Of > records, Last: l.When()}
		i := slices.IndexFunc(out, one.with)
		if i < 0 {
			i, out = len(out), append(out, one)
		}
		out[i].Times++
	}
	slices.SortStableFunc(out, func(a, b Look) int {
		switch {
		case !a.Day.Equal(b.Day):
			return b.Day.Compare(a.Day)
		case a.List != b.List:
			return map[bool]int{false: -1, true: 1}[a.List]
		}
		return b.Times - a.Times
	})
	return out
}

// with reports whether two are said together.
func (l Look) with(o Look) bool {
	return o.Day.Equal(l.Day) && o.Actor == l.Actor && o.Kind == l.Kind && o.Purpose == l.Purpose && o.List == l.List
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
