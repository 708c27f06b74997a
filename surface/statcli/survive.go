package statcli

import (
	"flag"

	"alongside/platform/stat"
	"alongside/platform/stat/survival"
	"alongside/platform/stat/table"
)

// watched are the flags that every question about time shares.
type watched struct{ time, event, by string }

func (w *watched) set(f *flag.FlagSet) {
	f.StringVar(&w.time, "time", "", "column of times, 0 or more: `COL`")
	f.StringVar(&w.event, "event", "", "column of events, 0 for none and 1: `COL`")
	f.StringVar(&w.by, "by", "", "column of groups: `COL`")
}

// needed refuses a question without its columns, or with one of them twice;
// more are flags that are needed besides.
func (w watched) needed(more ...any) error {
	if err := needed(append([]any{"--time", w.time, "--event", w.event}, more...)...); err != nil {
		return err
	}
	return apart("--time", w.time, "--event", w.event, "--by", w.by)
}

// study counts the rows of the file as they are read.
func (w watched) study(c *call, n *notes) (*survival.Study, error) {
	r, closing, err := c.open()
	if err != nil {
		return nil, err
	}
	defer closing()
	wants := []table.Want{{Name: w.time, Kind: table.Time}, {Name: w.event, Kind: table.Event}}
	if w.by != "" {
		wants = append(wants, table.Want{Name: w.by, Kind: table.Text})
	}
	if err := r.Select(c.drop, wants...); err != nil {
		return nil, err
	}
	s := &survival.Study{}
	if err := w.count(s, r); err != nil {
		return nil, err
	}
	n.took(c, r)
	return s, nil
}

// groupsMost is how many groups are compared or told of; a column of names by
// mistake has one for each row.
const groupsMost = 1000

func (w watched) count(s *survival.Study, r *table.Reader) error {
	byName := map[string]*survival.Group{}
	if w.by == "" {
		byName[""] = s.Group("all")
	}
	for {
		ok, err := r.Next()
		if err != nil || !ok {
			return err
		}
		g, err := w.group(s, r, byName)
		if err != nil {
			return err
		}
		if err := g.Add(r.Number(0), int(r.Number(1))); err != nil {
			return err
		}
	}
}

// group is that of the present row, held in byName too so that none is looked up
// by a new string.
func (w watched) group(s *survival.Study, r *table.Reader, byName map[string]*survival.Group) (*survival.Group, error) {
	if w.by == "" {
		return byName[""], nil
	}
	if g := byName[string(r.Text(2))]; g != nil {
		return g, nil
	}
	if len(byName) == groupsMost {
		return nil, stat.Refuse(stat.TooFew, "%s has too many different values: more than %d groups", w.by, groupsMost)
	}
	name := string(r.Text(2))
	byName[name] = s.Group(name)
	return byName[name], nil
}

// single makes the event one that happened or did not: 0 and 1, or 1 and 2 as
// older data sets have it.
func single(s *survival.Study, column string, n *notes) error {
	codes := s.Codes()
	lower, err := oneKind(codes, column)
	if err != nil {
		return err
	}
	if lower {
		s.Lower()
		n.note(oneTwoNote(column, codes))
	}
	return nil
}

// oneKind tells whether codes are 1 and 2 for censored and event.
func oneKind(codes []int, column string) (lower bool, err error) {
	most, least := codes[len(codes)-1], codes[0]
	if most <= 1 {
		return false, nil
	}
	if most == 2 && least >= 1 {
		return true, nil
	}
	return false, stat.Refuse(stat.OutOfRange,
		"column %q holds several kinds of event; cuminc takes those, this takes 0 and 1 (or 1 and 2)", column)
}

func oneTwoNote(column string, codes []int) string {
	if len(codes) == 1 {
		return "Column " + column + " holds 2 alone: 2 is taken as the event, as R does, so everybody had it."
	}
	return "Column " + column + " holds 1 and 2: 2 is taken as the event, 1 as none, as R does."
}
