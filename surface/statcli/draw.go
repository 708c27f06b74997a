package statcli

import (
	"errors"
	"fmt"
	"math"
	"os"

	"alongside/platform/errs"
	"alongside/platform/stat"
	"alongside/platform/stat/plot"
	"alongside/platform/stat/survival"
)

// drawn draws the picture: to the terminal, as SVG on standard output, or into
// a file beside the usual answer.
func drawn(c *call, where picture, r result, p plot.Picture) (result, error) {
	if len(p.Lines) > plot.LinesMost {
		return nil, stat.Refuse(stat.OutOfRange, "a picture of %d lines cannot be read; the most is %d", len(p.Lines), plot.LinesMost)
	}
	switch where {
	case "terminal":
		return r, errs.Written(plot.Terminal(c.out, p))
	case "svg":
		return quiet{}, errs.Written(plot.SVG(c.out, p))
	}
	f, err := os.OpenFile(string(where), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644) //nolint:gosec // a picture is made to be shown
	if errors.Is(err, os.ErrExist) {
		return nil, fmt.Errorf("%s is already there; name another file, or take it away first", where)
	}
	if err != nil {
		return nil, fmt.Errorf("the picture cannot be written to %s: %s", where, errs.Plain(err))
	}
	err = plot.SVG(f, p)
	if shut := f.Close(); err == nil {
		err = shut
	}
	if err != nil {
		_ = os.Remove(string(where)) // half a picture is none, and would stand in the way of the next
	}
	return r, errs.Written(err)
}

// quiet is an answer that was already given.
type quiet struct{}

func (quiet) words(*page) {}

// curvePicture draws Kaplan–Meier curves.
func curvePicture(curves []*survival.Curve, w watched, l survival.Limits, level float64) plot.Picture {
	p := plot.Picture{
		Title: "Share without the event (Kaplan–Meier)", Drawn: fmt.Sprintf("thin lines: %s limits", percent(level)),
		X: named(w.time), Y: "share without the event",
	}
	for _, c := range curves {
		line := plot.Line{Name: named(c.Group), From: 1, Last: c.Last(), AtRisk: func(x float64) int64 { return int64(c.At(x, l).AtRisk) }}
		for i := range c.Len() {
			if s := c.Step(i, l); s.Events > 0 {
				line.Steps = append(line.Steps, plot.Step{X: s.Time, Y: s.Survival, Lower: s.Lower, Upper: s.Upper})
			}
		}
		p.Lines = append(p.Lines, line)
	}
	return p
}

// sharePicture draws cumulative incidence, a line for each group and cause.
func sharePicture(groups []*survival.Incidence, w watched, l survival.Limits, level float64) plot.Picture {
	p := plot.Picture{
		Title: "Share with each event (Aalen–Johansen)", Drawn: fmt.Sprintf("thin lines: %s limits", percent(level)),
		X: named(w.time), Y: "share with the event",
	}
	for _, g := range groups {
		for k, cause := range g.Causes {
			line := plot.Line{
				Name: fmt.Sprintf("%s, event %d", named(g.Group), cause), Last: g.Last(),
				AtRisk: func(x float64) int64 { return int64(g.At(x).AtRisk) },
			}
			for _, s := range g.Steps {
				in := g.Limits(s.Of[k], s.Time, l)
				line.Steps = append(line.Steps, plot.Step{X: s.Time, Y: s.Of[k].Value, Lower: or(in.Lower, 0), Upper: or(in.Upper, 0)})
			}
			p.Lines = append(p.Lines, line)
		}
	}
	return p
}

func or(v, other float64) float64 {
	if math.IsNaN(v) {
		return other
	}
	return v
}
