package ui

import (
	"time"

	"github.com/a-h/templ"
)

// HeadProps is how a page begins.
type HeadProps struct {
	Over  string          // small words above: the place, the code
	Title string          // the one h1
	Lead  string          // one or two sentences
	Aside templ.Component // a ring beside the title; nil for none
}

// CardProps is one card.
type CardProps struct {
	ID    string          // for parts that are replaced live, and for anchors; "" for none
	Title string          // "" for a card without heading
	Level int             // heading level, 2 (usual) or 3; 0 is 2
	Says  string          // muted line under the title
	Lamp  bool            // it waits for the reader: a lamp-coloured edge
	Tags  []TagProps      // above the title when Lamp, under the text otherwise
	Aside templ.Component // a button or ring beside the title; nil for none
}

// headed reports whether the card begins with anything of its own.
func (p CardProps) headed() bool {
	return p.Title != "" || p.Says != "" || len(p.Tags) > 0 || p.Aside != nil
}

// TagProps is a pill of one to four words.
type TagProps struct {
	Words string
	Tone  Tone
}

// Entry is one thing that happened.
type Entry struct {
	At        time.Time
	Words     string // what happened
	Who       string // who did it; "" leaves it out
	Note      string // free words
	Corrected bool   // a later entry corrects this one
	Path, Go  string // where it is opened, and in which words; "" for nowhere
}

// EmptyProps says that there is nothing, and what one can do.
type EmptyProps struct {
	Title string // "No one is waiting"
	Says  string // "We will show it here at once."
	Path  string // where the action leads; "" for none
	Go    string // the action's words
}

// NoticeProps is a message at the top of a page.
type NoticeProps struct {
	Tone  Tone
	Title string
	Says  string // "" when the children say it
	Alert bool   // read aloud at once; only for what just happened
}

func (p NoticeProps) role() string {
	if p.Alert {
		return "alert"
	}
	return "note"
}

// Fact is one line of a list of facts.
type Fact struct {
	Label string
	Value string // "" is shown as "not said"
	Dial  bool   // a telephone that one tap calls
}

// Cell is one cell of a table.
type Cell struct {
	Words  string
	Path   string // a link when not ""
	Tag    Tone   // with Tagged, drawn as a tag of that tone
	Tagged bool
}

// Column is one column of a table.
type Column struct {
	Words  string
	Number bool // right-hand aligned figures
}

// TableProps is a table of words and figures.
type TableProps struct {
	Caption string // what the table shows
	Titled  bool   // words on the page say it already: the caption is heard, not seen
	Columns []Column
	Rows    [][]Cell
}

// column is the name of a column, which stands beside a figure on a narrow screen.
func (p TableProps) column(i int) string {
	if i < len(p.Columns) {
		return p.Columns[i].Words
	}
	return ""
}

func (p TableProps) cellClass(i int) string {
	if i < len(p.Columns) && p.Columns[i].Number {
		return "number"
	}
	return ""
}

// PocketProps is what a person is told before they keep a page on their phone.
type PocketProps struct {
	Key    string // opaque: whose it is
	Hours  int
	Title  string
	Says   string
	Keep   string // button
	Kept   string // said once it is kept
	Forget string // button
}
