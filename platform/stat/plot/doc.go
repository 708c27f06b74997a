// Package plot draws curves that go by steps, for paper and screen as SVG and
// for a terminal in letters. Intervals are drawn, the numbers still watched
// stand under the axis, and every line has its own dash or letter, so that
// nothing hangs on colour alone. It is ours because no Go library draws a
// survival curve with its numbers at risk, and it is small.
package plot

// Step is where a curve changes: from X on it lies at Y. Limits that do not
// exist are NaN.
type Step struct{ X, Y, Lower, Upper float64 }

// LinesMost is how many curves keep a mark of their own.
const LinesMost = len(letters)

// Line is one curve. It begins at From and Steps are in order of X.
type Line struct {
	Name   string
	From   float64
	Steps  []Step
	Last   float64               // where the curve ends
	AtRisk func(x float64) int64 // how many were still watched; may be nil
}

// Picture is a set of curves from 0 to 1 over time from 0.
type Picture struct {
	Title string // what it shows, in a sentence
	Drawn string // what is drawn beside the curves where there is room: the limits
	X, Y  string // what the axes are
	Lines []Line
}

// end is the last time on the axis.
func (p Picture) end() float64 {
	end := 0.0
	for _, l := range p.Lines {
		end = max(end, l.Last)
	}
	if end == 0 {
		return 1
	}
	return end
}

// at is the height of a curve at x, and whether it reaches that far.
func (l Line) at(x float64) (float64, bool) {
	if x > l.Last {
		return 0, false
	}
	y := l.From
	for _, s := range l.Steps {
		if s.X > x {
			break
		}
		y = s.Y
	}
	return y, true
}
