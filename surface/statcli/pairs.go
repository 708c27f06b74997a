package statcli

import (
	"flag"
	"fmt"
	"math"

	"alongside/platform/stat"
	"alongside/platform/stat/design"
	"alongside/platform/stat/table"
)

// twoFlags name two columns side by side, or one column of values with a
// column of two groups (and, for pairs, of subjects).
type twoFlags struct{ a, b, value, by, subject string }

func (t *twoFlags) set(f *flag.FlagSet) {
	f.StringVar(&t.a, "a", "", "one column of numbers: `COL`")
	f.StringVar(&t.b, "b", "", "the other, taken from it: `COL`")
	f.StringVar(&t.value, "value", "", "column of all numbers, where they stand under one another: `COL`")
	f.StringVar(&t.by, "by", "", "column of the two groups, with --value: `COL`")
	f.StringVar(&t.subject, "subject", "", "column that says who is who, for pairs with --value: `COL`")
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
			*n.LeftOut, n.cells = 2*len(columns[0].Numbers)-len(out.a)-len(out.b), true
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
	columns, _, err := gatherLines(c, n, wants...)
	return columns, err
}

// gatherLines also returns the line of each row.
func gatherLines(c *call, n *notes, wants ...table.Want) ([]design.Column, []int, error) {
	r, closing, err := c.open()
	if err != nil {
		return nil, nil, err
	}
	defer closing()
	if err := r.Select(c.drop, wants...); err != nil {
		return nil, nil, err
	}
	columns, lines, err := r.GatherLines()
	if err == nil {
		n.took(c, r)
	}
	return columns, lines, err
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
	columns, lines, err := gatherLines(c, n, wants...)
	if err != nil {
		return two{}, err
	}
	groups := columns[1]
	if len(groups.Levels) != 2 {
		return two{}, stat.Refuse(stat.OneGroup, "two groups are compared; column %q holds %d", t.by, len(groups.Levels))
	}
	out := two{nameA: groups.Levels[0], nameB: groups.Levels[1]}
	if paired {
		return out, out.pair(columns, lines, c.drop, n)
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

// pair brings the two values of each subject together. With drop, who has one
// value only is left out and counted.
func (t *two) pair(columns []design.Column, lines []int, drop bool, n *notes) error {
	values, subjects := columns[0].Numbers, columns[2]
	row := make([][2]int, len(subjects.Levels)) // from 1
	for i := range values {
		g, s := columns[1].Codes[i], subjects.Codes[i]
		if row[s][g] > 0 {
			return &table.Refusal{Line: lines[i], Column: subjects.Name, Say: fmt.Sprintf("this subject already has a row in this group, on line %d", lines[row[s][g]-1])}
		}
		row[s][g] = i + 1
	}
	alone := 0
	for _, r := range row {
		switch {
		case r[0] > 0 && r[1] > 0:
			t.a, t.b = append(t.a, values[r[0]-1]), append(t.b, values[r[1]-1])
		case drop:
			alone++
		default:
			return &table.Refusal{Line: lines[max(r[0], r[1])-1], Column: subjects.Name, Say: "this subject has a row in one group only; --drop-missing leaves such subjects out"}
		}
	}
	if drop {
		n.Subjects = &alone
	}
	return nil
}
