package people

import (
	"fmt"
	"slices"
	"strings"
)

// Mapping says which column of a file is what. It is shown before anything is
// kept.
type Mapping struct {
	Header []string
	at     map[string]int // index in the header, by the column's name
}

// Place is one line of a mapping. Column counts from 1.
type Place struct {
	Column int    `json:"column"`
	Header string `json:"header"`
	Field  string `json:"field"`
}

// Guess reads a header. An order of --map ("Ref no=id, Notes=") goes before
// what is guessed; an empty name leaves a column out. A header in which nobody
// is named is refused, and so are two columns of one name where one is needed.
func Guess(header []string, order string) (Mapping, error) {
	m := Mapping{Header: header, at: map[string]int{}}
	left, err := m.order(order)
	if err != nil {
		return m, err
	}
	for _, c := range Columns() {
		if _, said := m.at[c.Name]; said {
			continue
		}
		i, err := m.find(c, left)
		if err != nil {
			return m, err
		}
		if i >= 0 {
			m.at[c.Name] = i
			left = append(left, i)
		}
	}
	if !m.names() {
		return m, refusal("no column of the first line is a name; the first line must say what the columns are. --map says it for columns called otherwise")
	}
	return m, nil
}

// refusal is why a file cannot be taken in, in words for a terminal.
type refusal string

func (r refusal) Error() string { return string(r) }

func (m Mapping) names() bool {
	for _, c := range []string{colName, colFirst, colLast, colLegal} {
		if _, ok := m.at[c]; ok {
			return true
		}
	}
	return false
}

// find looks for the first heading of a column that the header has.
func (m Mapping) find(c Column, taken []int) (int, error) {
	for _, short := range []func(string) string{func(s string) string { return s }, bare} {
		for _, h := range c.Headings {
			hits := m.called(heading(h), short, taken)
			if len(hits) > 1 {
				return -1, refusal(fmt.Sprintf("columns %d and %d are both called “%s”; say which is the %s with --map, by number: “#%d=%s”",
					hits[0]+1, hits[1]+1, m.Header[hits[0]], c.Name, hits[0]+1, c.Name))
			}
			if len(hits) == 1 {
				return hits[0], nil
			}
		}
	}
	return -1, nil
}

func (m Mapping) called(want string, short func(string) string, taken []int) []int {
	var out []int
	for i, h := range m.Header {
		if heading(short(h)) == want && !slices.Contains(taken, i) {
			out = append(out, i)
		}
	}
	return out
}

// order takes what was said by hand and returns which columns are spoken for.
func (m *Mapping) order(text string) ([]int, error) {
	var taken []int
	for _, line := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == '\n' || r == '\r' }) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "# ") {
			continue
		}
		cut := strings.LastIndexByte(line, '=')
		if cut < 0 {
			return nil, refusal(fmt.Sprintf("--map takes “column=field”; “%s” is none", line))
		}
		i, err := m.column(strings.TrimSpace(line[:cut]))
		if err != nil {
			return nil, err
		}
		if slices.Contains(taken, i) {
			return nil, refusal(fmt.Sprintf("--map names column %d twice", i+1))
		}
		taken = append(taken, i)
		name := strings.TrimSpace(line[cut+1:])
		if name == "" || name == "-" {
			continue
		}
		if !slices.Contains(columnNames(), name) {
			return nil, refusal(fmt.Sprintf("--map: there is no field “%s”; there are %s", name, strings.Join(columnNames(), ", ")))
		}
		if _, twice := m.at[name]; twice {
			return nil, refusal(fmt.Sprintf("--map names two columns as “%s”", name))
		}
		m.at[name] = i
	}
	return taken, nil
}

// column finds a column by its heading or, after a #, by its number.
func (m *Mapping) column(name string) (int, error) {
	var n int
	if _, err := fmt.Sscanf(name, "#%d", &n); err == nil && n >= 1 && n <= len(m.Header) {
		return n - 1, nil
	}
	hits := m.called(heading(name), func(s string) string { return s }, nil)
	switch len(hits) {
	case 1:
		return hits[0], nil
	case 0:
		return 0, refusal(fmt.Sprintf("--map: the file has no column called “%s”", name))
	}
	return 0, refusal(fmt.Sprintf("--map: several columns are called “%s”; name one by its number, such as “#%d=…”", name, hits[0]+1))
}

// Places lists what is kept, in the order of the file.
func (m Mapping) Places() []Place {
	var out []Place
	for name, i := range m.at {
		out = append(out, Place{i + 1, m.Header[i], name})
	}
	slices.SortFunc(out, func(a, b Place) int { return a.Column - b.Column })
	return out
}

// NotKept lists the columns that have no place in a person's record.
func (m Mapping) NotKept() []Place {
	var used []int
	for _, i := range m.at {
		used = append(used, i)
	}
	out := []Place{}
	for i, h := range m.Header {
		if !slices.Contains(used, i) {
			out = append(out, Place{Column: i + 1, Header: h})
		}
	}
	return out
}
