package statcli

import (
	"alongside/platform/stat"
	"alongside/platform/stat/model"
	"alongside/platform/stat/table"
)

// The shapes that several answers share.

type estimateJSON struct {
	Estimate table.Num `json:"estimate"`
	Lower    table.Num `json:"lower"`
	Upper    table.Num `json:"upper"`
}

func estimateOf(e stat.Estimate) estimateJSON {
	return estimateJSON{table.Num(e.Value), table.Num(e.Lower), table.Num(e.Upper)}
}

type testJSON struct {
	Statistic table.Num `json:"statistic"`
	DF        table.Num `json:"df"`
	P         table.Num `json:"p"`
}

func testOf(t stat.Test) testJSON {
	return testJSON{table.Num(t.Statistic), table.Num(t.DF), table.Num(t.P)}
}

// notes is what every answer from a file carries.
type notes struct {
	LeftOut  *int     `json:"left_out,omitempty"`
	Subjects *int     `json:"left_out_subjects,omitempty"` // who had one value of a pair only
	Notes    []string `json:"notes,omitempty"`
	cells    bool     // LeftOut counts cells, not rows
}

// took notes what was done to the rows.
func (n *notes) took(c *call, r *table.Reader) {
	if c.drop {
		left := r.LeftOut()
		n.LeftOut = &left
	}
}

func (n *notes) note(words string) { n.Notes = append(n.Notes, words) }

func (n *notes) words(p *page) {
	if n.LeftOut != nil && n.cells {
		p.say("Missing cells passed over: %d.", *n.LeftOut)
	} else if n.LeftOut != nil {
		p.say("Rows left out for a missing cell: %d.", *n.LeftOut)
	}
	if n.Subjects != nil {
		p.say("Subjects left out because they have one value of two: %d.", *n.Subjects)
	}
	for _, words := range n.Notes {
		p.say("%s", words)
	}
}

// termJSON is a coefficient of a regression.
type termJSON struct {
	Name string `json:"name"`
	estimateJSON
	SE table.Num `json:"se"`
	testJSON
}

func termsOf(terms []model.Term) []termJSON {
	out := make([]termJSON, len(terms))
	for i, t := range terms {
		out[i] = termOf(t)
	}
	return out
}

func termOf(t model.Term) termJSON {
	return termJSON{
		t.Name, estimateOf(t.Estimate), table.Num(t.SE),
		testJSON{table.Num(t.T), table.Num(t.DF), table.Num(t.P)},
	}
}

func termWords(p *page, terms []termJSON) {
	var rows [][]string
	for _, t := range terms {
		rows = append(rows, []string{
			t.Name, short(t.Estimate), short(t.SE), between(t.Lower, t.Upper),
			short(t.Statistic), short(t.DF), pWords(t.P),
		})
	}
	p.columns([]string{"", "estimate", "se", p.interval(), "t", "df", "p"}, rows)
}
