package plot

import (
	"bufio"
	"fmt"
	"html"
	"io"
	"math"
	"strings"
)

const (
	width, height     = 760.0, 440.0
	left, right       = 76.0, 24.0
	top, rowHeight    = 64.0, 22.0
	plotWidth         = width - left - right
	plotHeight        = height - top
	belowAxis         = 56.0
	ink, muted        = "#22302F", "#56645F"
	line, card        = "#E4DBCD", "#FFFFFF"
	face              = "Atkinson Hyperlegible Next, Atkinson Hyperlegible, sans-serif"
	legendRow, margin = 20.0, 16.0
)

// strokes are the colour and dash of each line in turn.
func strokes(i int) (colour, dash string) {
	colours := []string{"#12605B", "#A2401F", "#4B3F8F", "#2E6B2F", "#7A5200", "#22302F"}
	dashes := []string{"", "8 4", "2 4", "12 4 2 4", "5 2", "1 2"}
	return colours[i%len(colours)], dashes[(i+i/len(colours))%len(dashes)]
}

type svg struct {
	*bufio.Writer
	p   Picture
	end float64
	dy  float64 // what the legend takes
}

// SVG writes the picture as a file of its own: no script, no style sheet,
// nothing to fetch.
func SVG(out io.Writer, p Picture) error {
	s := svg{Writer: bufio.NewWriter(out), p: p, end: p.end()}
	s.dy = legendRow * math.Ceil(float64(len(p.Lines))/2)
	tall := height + s.dy + belowAxis + s.riskHeight()
	fmt.Fprintf(s, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %g" role="img" aria-labelledby="title" font-family="%s" font-size="15">`+"\n", width, tall, face)
	fmt.Fprintf(s, `<title id="title">%s</title>`+"\n", html.EscapeString(s.headline()))
	fmt.Fprintf(s, `<rect width="%g" height="%g" fill="%s"/>`+"\n", width, tall, card)
	s.text(margin, 28, "start", ink, s.headline())
	s.legend()
	s.axes()
	for i, l := range p.Lines {
		s.band(i, l)
	}
	for i, l := range p.Lines {
		s.curve(i, l)
	}
	s.risk()
	fmt.Fprintln(s, "</svg>")
	return s.Flush()
}

// headline is the title with what is drawn beside the curves.
func (s svg) headline() string {
	if s.p.Drawn == "" {
		return s.p.Title
	}
	return s.p.Title + "; " + s.p.Drawn
}

func (s svg) x(v float64) float64 { return left + v/s.end*plotWidth }
func (s svg) y(v float64) float64 { return top + s.dy + (1-v)*plotHeight }

func (s svg) text(x, y float64, anchor, fill, words string) {
	fmt.Fprintf(s, `<text x="%.1f" y="%.1f" text-anchor="%s" fill="%s">%s</text>`+"\n", x, y, anchor, fill, html.EscapeString(words))
}

func (s svg) legend() {
	for i, l := range s.p.Lines {
		x, y := margin+float64(i%2)*width/2, 28+legendRow*float64(i/2+1)
		colour, dash := strokes(i)
		fmt.Fprintf(s, `<path d="M%g %gh34" stroke="%s" stroke-width="3" stroke-dasharray="%s"/>`+"\n", x, y-5, colour, dash)
		s.text(x+42, y, "start", ink, l.Name)
	}
}

func (s svg) axes() {
	for _, v := range []float64{0, .25, .5, .75, 1} {
		fmt.Fprintf(s, `<path d="M%g %gH%g" stroke="%s"/>`+"\n", left, s.y(v), width-right, line)
		s.text(left-10, s.y(v)+5, "end", muted, short(v*100)+" %")
	}
	for _, v := range ticks(s.end, 7) {
		s.text(s.x(v), s.y(0)+22, "middle", muted, short(v))
	}
	s.text(left+plotWidth/2, s.y(0)+44, "middle", ink, s.p.X)
}

// path goes along a curve by steps, leaving out moves too small to see.
func (s svg) path(l Line, of func(Step) float64) string {
	const visible = 0.4
	var b strings.Builder
	px, py := s.x(0), s.y(l.From)
	fmt.Fprintf(&b, "M%.1f %.1f", px, py)
	for _, step := range l.Steps {
		v := of(step)
		if math.IsNaN(v) {
			continue
		}
		x, y := s.x(step.X), s.y(v)
		if x-px < visible && math.Abs(y-py) < visible {
			continue
		}
		fmt.Fprintf(&b, "H%.1fV%.1f", x, y)
		px, py = x, y
	}
	fmt.Fprintf(&b, "H%.1f", s.x(l.Last))
	return b.String()
}

func (s svg) curve(i int, l Line) {
	colour, dash := strokes(i)
	fmt.Fprintf(s, `<path d="%s" fill="none" stroke="%s" stroke-width="3" stroke-dasharray="%s"/>`+"\n",
		s.path(l, func(step Step) float64 { return step.Y }), colour, dash)
}

// band draws the limits as two thin lines, which do not hide one another.
func (s svg) band(i int, l Line) {
	colour, _ := strokes(i)
	for _, of := range []func(Step) float64{func(step Step) float64 { return step.Lower }, func(step Step) float64 { return step.Upper }} {
		fmt.Fprintf(s, `<path d="%s" fill="none" stroke="%s" stroke-opacity="0.4"/>`+"\n", s.path(l, of), colour)
	}
}

func (s svg) riskHeight() float64 {
	for _, l := range s.p.Lines {
		if l.AtRisk != nil {
			return rowHeight*float64(2*len(s.p.Lines)) + rowHeight
		}
	}
	return 0
}

// risk writes the numbers still watched under the axis.
func (s svg) risk() {
	if s.riskHeight() == 0 {
		return
	}
	y := s.y(0) + belowAxis + rowHeight
	s.text(margin, y, "start", muted, "Still watched")
	for i, l := range s.p.Lines {
		if l.AtRisk == nil {
			continue
		}
		colour, _ := strokes(i)
		y += rowHeight
		s.text(margin, y, "start", colour, l.Name)
		y += rowHeight
		for _, v := range ticks(s.end, 7) {
			s.text(s.x(v), y, "middle", ink, fmt.Sprint(l.AtRisk(v)))
		}
	}
}
