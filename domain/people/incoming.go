package people

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"alongside/platform/sheet"
)

// Incoming is one person as a file gives them. Key is what the file knows them
// by: its own number, or everything it says of them.
type Incoming struct {
	Line   int
	Key    string
	Said   string // everything the file says of them that is kept
	Person Person
}

// Bad is why a row is not kept. Column counts from 1; 0 is the whole row. It
// never holds what stands in the cell.
type Bad struct {
	Line   int    `json:"line"`
	Column int    `json:"column,omitempty"`
	Header string `json:"header,omitempty"`
	Reason string `json:"reason"`
}

// String is the line for a terminal.
func (b Bad) String() string { return sheet.Where(b.Line, b.Column, b.Header) + b.Reason }

// RowReader turns rows of a file into people.
type RowReader struct {
	m     Mapping
	dates Dates
	today time.Time
	most  map[string]int
	tongs map[string]string
}

// NewRowReader reads rows by a mapping. Days are days of today's zone, and one
// after today is refused.
func NewRowReader(m Mapping, d Dates, today time.Time) *RowReader {
	return &RowReader{m: m, dates: d, today: today, most: limits(), tongs: tongues()}
}

// Read returns the person of a row, or everything that is wrong with it.
func (r *RowReader) Read(row sheet.Row) (Incoming, []Bad) {
	in := Incoming{Line: row.Line}
	if row.Problem != nil {
		return in, []Bad{r.bad(row.Line, row.Problem.Column, row.Problem.Say)}
	}
	c := &cells{r: r, row: row}
	p := &in.Person
	c.names(p)
	p.Pronouns = c.text(colPronouns)
	p.Languages = c.languages()
	p.Phone, p.Email = c.phone(), c.email()
	p.Voicemail = c.flag(colVoicemail) && !c.flag(colNoVoicemail)
	p.Texts = c.flag(colTexts) && !c.flag(colNoTexts)
	p.Safety = c.long(colSafety)
	if c.flag(colNoContact) {
		p.Voicemail, p.Texts, p.NoCalls = false, false, true
		p.Safety = strings.TrimSpace(c.spoken(colNoContact) + "\n" + p.Safety)
	}
	p.CreatedAt = c.since()
	in.Said = said(p)
	in.Key = "csv/row/" + in.Said
	if id := c.text(colID); id != "" {
		in.Key = "csv/id/" + id
	}
	return in, c.bad
}

// said is everything that is kept of a row, for the mark by which it is known
// again.
func said(p *Person) string {
	out := []string{
		p.Name, p.LegalName, p.Pronouns, strings.Join(p.Languages, " "), p.Phone, strings.ToLower(p.Email),
		strconv.FormatBool(p.Voicemail), strconv.FormatBool(p.Texts), p.Safety, p.CreatedAt.Format(time.DateOnly),
	}
	if p.NoCalls {
		out = append(out, colNoContact) // only then: a row that was read before there was this rule stays the same row
	}
	return strings.Join(out, "\x00")
}

func (r *RowReader) bad(line, column int, say string) Bad {
	b := Bad{Line: line, Column: column, Reason: say}
	if column > 0 && column <= len(r.m.Header) {
		b.Header = r.m.Header[column-1]
	}
	return b
}

// cells are one row on its way to a person.
type cells struct {
	r   *RowReader
	row sheet.Row
	bad []Bad
}

func (c *cells) refuse(column, say string) {
	c.bad = append(c.bad, c.r.bad(c.row.Line, c.r.m.at[column]+1, say))
}

// spoken is a column's heading as a sentence; nothing where it is no words but a
// code.
func (c *cells) spoken(column string) string {
	h := strings.TrimSpace(c.r.m.Header[c.r.m.at[column]])
	if !strings.Contains(h, " ") {
		return ""
	}
	return h + "."
}

// long is a cell with its lines; what is too long is refused.
func (c *cells) long(column string) string {
	i, ok := c.r.m.at[column]
	if !ok || i >= len(c.row.Cells) {
		return ""
	}
	s := tidyCell(c.row.Cells[i])
	if n := c.r.most[column]; n > 0 && utf8.RuneCountInString(s) > n {
		c.refuse(column, "is longer than "+strconv.Itoa(n)+" characters")
		return ""
	}
	return s
}

// text is a cell on one line.
func (c *cells) text(column string) string { return strings.Join(strings.Fields(c.long(column)), " ") }

// value is a cell in which words for "nothing" are nothing.
func (c *cells) value(column string) string {
	s := c.text(column)
	switch strings.ToLower(s) {
	case "n/a", "na", "none", "null", "nil", "-", "--", "—", "?", "unknown", "#n/a", "ninguno", "ninguna", "no tiene", "desconocido", "لا يوجد", "غير معروف":
		return ""
	}
	return s
}

// tidyCell takes away what spreadsheets put around a value: the signs that make
// it text (="…" or a leading '), spaces of every kind, and marks of direction.
func tidyCell(s string) string {
	s = strings.TrimFunc(s, around)
	if inner, ok := strings.CutPrefix(s, `="`); ok && strings.HasSuffix(inner, `"`) {
		s = inner[:len(inner)-1]
	}
	if rest, ok := strings.CutPrefix(s, "'"); ok && len(rest) > 0 && (rest[0] >= '0' && rest[0] <= '9' || rest[0] == '+') {
		s = rest
	}
	return strings.TrimFunc(strings.ReplaceAll(s, "\r\n", "\n"), around)
}

func around(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) }

// names fills the name in use and the one on papers. A name on papers alone, or
// a first and a family name, are the name in use until the person says another.
func (c *cells) names(p *Person) {
	use, first, last, legal := c.text(colName), c.text(colFirst), c.text(colLast), c.text(colLegal)
	if _, ok := c.r.m.at[colFirst]; !ok && use != "" {
		use, last = strings.TrimSpace(use+" "+last), ""
	}
	whole := strings.TrimSpace(first + " " + last)
	switch {
	case use == "" && whole != "":
		use = whole
	case use == "":
		use, legal = legal, ""
	case legal == "" && whole != "" && whole != use:
		legal = whole
	}
	if legal == use {
		legal = ""
	}
	p.Name, p.LegalName = use, legal
	if len(c.bad) == 0 && Fold(use) == "" {
		c.refuse(c.nameColumn(), "there is no name; any name will do")
	}
	if len(c.bad) == 0 && utf8.RuneCountInString(use) > c.r.most[colName] {
		c.refuse(c.nameColumn(), "is longer than "+strconv.Itoa(c.r.most[colName])+" characters")
	}
}

func (c *cells) nameColumn() string {
	for _, column := range []string{colName, colFirst, colLast} {
		if _, ok := c.r.m.at[column]; ok {
			return column
		}
	}
	return colLegal
}
