package assessment

import (
	"fmt"
	"strings"
)

// Document is the list of instruments for a reader without the program: code,
// state and terms of each, with what is left out and why. tool/docs writes it, so
// that an instrument is two files and no more.
func (c Catalogue) Document() string {
	var b strings.Builder
	b.WriteString("# Instruments\n\n| code | name | tier | state | scores |\n|---|---|---|---|---|\n")
	for _, e := range c.entries(false) {
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s |\n", e.Code, e.Name, e.Tier, e.State, strings.Join(e.Scores, ", "))
	}
	for _, e := range c.entries(false) {
		e.document(&b)
	}
	return b.String()
}

func (e entry) document(b *strings.Builder) {
	fmt.Fprintf(b, "\n## %s\n\nLicence: %s\n\nSource: %s\n", e.Code, e.Licence, e.Source)
	if e.Refuses != "" {
		fmt.Fprintf(b, "\nNot scored: %s.\n", e.Refuses)
	}
	points(b, "Left out", e.Gaps)
	points(b, "Not verified", e.Unverified)
}

func points(b *strings.Builder, head string, list []string) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(b, "\n%s:\n", head)
	for _, s := range list {
		fmt.Fprintf(b, "- %s\n", s)
	}
}
