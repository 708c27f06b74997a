package app

import (
	"encoding/json"
	"fmt"
	"io"

	"alongside/domain/people"
)

// peopleReport says what becomes of a file while it is read, as lines or as one
// JSON object, so that a file with a million bad rows needs no memory for them.
type peopleReport struct {
	out io.Writer
	raw bool

	Kept     int `json:"kept"`
	Already  int `json:"already_there"`
	Refused  int `json:"refused"`
	Proposed int `json:"proposed"`

	lines int // problems written so far
}

func newPeopleReport(out io.Writer, raw bool) *peopleReport {
	return &peopleReport{out: out, raw: raw}
}

func (r *peopleReport) total() int { return r.Kept + r.Already + r.Refused }

func (r *peopleReport) mapping(m people.Mapping) {
	if r.raw {
		fmt.Fprintf(r.out, `{"mapping":%s,"not_kept":%s,"problems":[`, encoded(m.Places()), encoded(m.NotKept()))
		return
	}
	says := map[string]string{}
	for _, c := range people.Columns() {
		says[c.Name] = c.Says
	}
	for _, p := range m.Places() {
		fmt.Fprintf(r.out, "column %d (%s) is %s: %s\n", p.Column, p.Header, p.Field, says[p.Field])
	}
	for _, p := range m.NotKept() {
		fmt.Fprintf(r.out, "column %d (%s) is not kept\n", p.Column, p.Header)
	}
}

func encoded(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		return []byte("null")
	}
	return b
}

// refuse writes what is wrong with one row.
func (r *peopleReport) refuse(bad ...people.Bad) {
	r.Refused++
	for _, b := range bad {
		if !r.raw {
			fmt.Fprintf(r.out, "refused %s\n", b)
			continue
		}
		if r.lines > 0 {
			fmt.Fprint(r.out, ",")
		}
		r.lines++
		fmt.Fprintf(r.out, "%s", encoded(b))
	}
}

func (r *peopleReport) took(t people.TakenIn) {
	r.Kept += t.Kept
	r.Already += t.Already
	r.Proposed += t.Proposed
	for _, d := range t.Differs {
		r.refuse(people.Bad{Line: d.Line, Reason: "is here already under this id and says something else; change it on the person's page"})
	}
}

func (r *peopleReport) end(dry bool) {
	if r.raw {
		counts := encoded(struct {
			*peopleReport
			Dry bool `json:"dry_run"`
		}{r, dry})
		fmt.Fprintf(r.out, "],%s\n", counts[1:])
		return
	}
	if r.total() == 0 {
		fmt.Fprintln(r.out, "the file has a header and no rows")
	}
	if r.Proposed > 0 {
		fmt.Fprintf(r.out, "%d %s may be one person: someone decides on the page /people/duplicates\n", r.Proposed, pairs(r.Proposed))
	}
	if dry {
		fmt.Fprintln(r.out, "nothing was kept: this was a dry run")
	}
	fmt.Fprintf(r.out, "kept %d, already there %d, refused %d\n", r.Kept, r.Already, r.Refused)
}

func pairs(n int) string {
	if n == 1 {
		return "pair"
	}
	return "pairs"
}
