package table

import (
	"fmt"
	"strings"
)

// Refusal says where a file cannot be taken and why.
type Refusal struct {
	Line   int    // from 1, the header being line 1
	Column string // name of the column; empty where no single one is at fault
	Say    string
}

// Error returns place and reason: line 7, column "time": …
func (r *Refusal) Error() string {
	if r.Column == "" {
		return fmt.Sprintf("line %d: %s", r.Line, r.Say)
	}
	return fmt.Sprintf("line %d, column %q: %s", r.Line, r.Column, r.Say)
}

func refuse(line int, column, format string, args ...any) error {
	return &Refusal{line, column, fmt.Sprintf(format, args...)}
}

// listed names columns for a message, a dozen at most; one with a comma in its
// name stands in quotes, as it has to on the command line.
func listed(names []string) string {
	const most = 12
	var told []string
	for _, name := range names[:min(len(names), most)] {
		if strings.Contains(name, ",") {
			name = `"` + name + `"`
		}
		told = append(told, name)
	}
	if len(names) > most {
		told[most-1] += " …"
	}
	return strings.Join(told, ", ")
}
