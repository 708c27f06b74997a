package statcli

import (
	"flag"
	"math"

	"alongside/platform/stat"
	"alongside/platform/stat/design"
	"alongside/platform/stat/table"
)

// twoFlags name two columns side by side, or one column of values with a
// column of two groups (and, for pairs, of subjects).
type twoFlags struct{ a, b, value, by, subject string }

func (t *twoFlags) set(f *flag.FlagSet) {
	f.StringVar(&t.a, "a", "", "")
	f.StringVar(&t.b, "b", "", "")
	f.StringVar(&t.value, "value", "", "")
	f.StringVar(&t.by, "by", "", "")
	f.StringVar(&t.subject, "subject", "", "")
}

// two is what was read: values of a and b, in pairs if so asked.
type two struct {
	a, b         []float64
	nameA, nameB string
}

func (t *twoFlags) read(c *call, n *notes, paired bool) (two, error) {
	long := t.value != "" || t.by != "" || t.subject != ""
	if long && (t.a != "" || t.b != "") {
		return two{}, use("two columns are named by --a and --b, or one by --value and --by, not both ways at once")
	}
	if err := apart("--a", t.a, "--b", t.b); err != nil {
		return two{}, err
	}
	if long {
		return t.long(c, n, paired)
	}
	if err := needed("--a", t.a, "--b", t.b); err != nil {
		return two{}, err
	}
	columns, err := gather(c, n, table.Want{Name: t.a, Gaps: !paired}, table.Want{Name: t.b, Gaps: !paired})
	if err != nil {
		return two{}, err
	}
	out := two{columns[0].Numbers, columns[1].Numbers, t.a, t.b}
	if !paired {
		out.a, out.b = present(out.a), present(out.b)
		if n.LeftOut != nil {
			*n.LeftOut = 2*len(columns[0].Numbers) - len(out.a) - len(out.b)
		}
	}
	return out, nil
}

func present(values []float64) []float64 {
	var out []float64
	for _, v := range values {
		if !math.IsNaN(v) {
			out = append(out, v)
		}
	}
	return out
}

// gather reads columns of the file.
func gather(c *call, n *notes, wants ...table.Want) ([]design.Column, error) {
	r, closing, err := c.open()
	if err != nil {
		return nil, err
	}
	defer closing()
	if err := r.Select(c.drop, wants...); err != nil {
		return nil, err
	}
	columns, err := r.Gather()
	if err == nil {
		n.took(c, r)
	}
	return columns, err
}

// long reads values under one another; the first group in order is a.
func (t *twoFlags) long(c *call, n *notes, paired bool) (two, error) {
	if err := needed("--value", t.value, "--by", t.by); err != nil {
		return two{}, err
	}
	if err := apart("--value", t.value, "--by", t.by, "--subject", t.subject); err != nil {
		return two{}, err
	}
	if !paired && t.subject != "" {
		return two{}, use("--subject makes pairs, so --paired belongs to it")
	}
	if paired && t.subject == "" {
		return two{}, use("--subject is missing: pairs under one another need to know who is who")
	}
	wants := []table.Want{{Name: t.value}, {Name: t.by, Kind: table.Text}}
	if paired {
		wants = append(wants, table.Want{Name: t.subject, Kind: table.Text})
	}
	columns, err := gather(c, n, wants...)
	if err != nil {
		return two{}, err
	}
	groups := columns[1]
	if len(groups.Levels) != 2 {
		return two{}, stat.Refuse(stat.OneGroup, "two groups are compared; column %q holds %d", t.by, len(groups.Levels))
	}
	out := two{nameA: groups.Levels[0], nameB: groups.Levels[1]}
	if paired {
		return out, out.pair(columns, t.subject)
	}
	for i, v := range columns[0].Numbers {
		if groups.Codes[i] == 0 {
			out.a = append(out.a, v)
		} else {
			out.b = append(out.b, v)
		}
	}
	return out, nil
}

// pair brings the two values of each subject together.
func (t *two) pair(columns []design.Column, name string) error {
	subjects := columns[2]
	values := [2][]float64{make([]float64, len(subjects.Levels)), make([]float64, len(subjects.Levels))}
	times := [2][]int{make([]int, len(subjects.Levels)), make([]int, len(subjects.Levels))}
	for i, v := range columns[0].Numbers {
		g, s := columns[1].Codes[i], subjects.Codes[i]
		values[g][s] = v
		times[g][s]++
	}
	for s := range subjects.Levels {
		if times[0][s] != 1 || times[1][s] != 1 {
			return stat.Refuse(stat.Uneven, "each value of column %q must have one row in both groups", name)
		}
	}
	t.a, t.b = values[0], values[1]
	return nil
}
