package plot

import (
	"fmt"
	"io"
	"math"
	"strings"
)

const (
	columns = 64
	rows    = 20
	letters = "ox+*#@%&=~abcdefghijklmnpqrstuvwyz"
)

// Terminal writes the picture in letters, a letter for each line; where two
// lines meet the later one shows.
func Terminal(out io.Writer, p Picture) error {
	grid := make([][]byte, rows+1)
	for i := range grid {
		grid[i] = []byte(strings.Repeat(" ", columns+1))
	}
	end := p.end()
	for i, l := range p.Lines {
		for c := range columns + 1 {
			if y, ok := l.at(end * float64(c) / columns); ok {
				grid[int(math.Round((1-y)*rows))][c] = letters[i%len(letters)]
			}
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", p.Title)
	for r, cells := range grid {
		label := "     "
		if r%5 == 0 {
			label = fmt.Sprintf("%3d %%", 100-r*100/rows)
		}
		fmt.Fprintf(&b, "%s |%s\n", label, strings.TrimRight(string(cells), " "))
	}
	at := ticks(end, 6)
	fmt.Fprintf(&b, "      +%s\n", strings.Repeat("-", columns+1))
	fmt.Fprintln(&b, under(at, end, short))
	fmt.Fprintf(&b, "%s\n\n", strings.Repeat(" ", 7+(columns-len(p.X))/2)+p.X)
	for i, l := range p.Lines {
		fmt.Fprintf(&b, "  %c  %s\n", letters[i%len(letters)], l.Name)
		if l.AtRisk != nil {
			counts := under(at, end, func(v float64) string { return fmt.Sprint(l.AtRisk(v)) })
			fmt.Fprintln(&b, "still"+counts[5:])
		}
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// under writes words below the places of an axis, each centred on its place.
func under(at []float64, end float64, say func(float64) string) string {
	cells := []byte(strings.Repeat(" ", columns+20))
	for _, v := range at {
		word := say(v)
		from := 7 + int(math.Round(v/end*columns)) - len(word)/2
		copy(cells[from:], word)
	}
	return strings.TrimRight(string(cells), " ")
}
