package handoff

import (
	"strconv"
	"time"

	"alongside/domain/ref"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// overviewForm is the overview with who is out alone.
type overviewForm struct {
	Overview
	Cares []Care
	Act   string
	Loads bool // may see how much each peer carries
}

// cares are those who went out alone: who needs a call now, which stands before all else,
// or the others.
func (f overviewForm) cares(now time.Time, calls bool) (out []Care) {
	for _, c := range f.Cares {
		if c.calls(now) == calls {
			out = append(out, c)
		}
	}
	return out
}

func (f overviewForm) lead(v *page.View) string {
	var waiting, overdue int64
	for _, s := range f.Sites {
		waiting, overdue = waiting+s.Waiting, overdue+s.Overdue
	}
	switch {
	case waiting == 0:
		return ""
	case overdue == 0:
		return v.N("handoff.overview.beside", int(waiting))
	}
	return v.N("handoff.overview.beside", int(waiting)) + " " + v.N("handoff.overview.overdue", int(overdue))
}

func (f overviewForm) sites(v *page.View) ui.TableProps {
	var rows [][]ui.Cell
	for _, s := range f.Sites {
		over := ui.Cell{Words: count(s.Overdue)}
		if s.Overdue > 0 {
			over.Tagged, over.Tag = true, ui.Lamp
		}
		rows = append(rows, []ui.Cell{{Words: s.Name}, {Words: count(s.Waiting)}, {Words: count(s.Unsaid)}, over, {Words: lasted(v, time.Duration(s.OldestMin)*time.Minute)}})
	}
	return ui.TableProps{Caption: v.T("handoff.overview.sites"), Columns: columns(v, "site", "waiting", "unsaid", "overdue", "oldest"), Rows: rows}
}

func waitTitle(v *page.View, w Waits, minutes bool) string {
	if minutes {
		return v.T("handoff.overview.since", "Site", ui.Apart(w.Site), "Time", lasted(v, max(0, v.Now.Sub(w.Since))))
	}
	return v.T("handoff.board.someone", "Site", ui.Apart(w.Site))
}

func waitTags(v *page.View, w Waits) []ui.TagProps {
	tags := []ui.TagProps{{Words: stateWords(v, w.State)}}
	if w.Overdue && !w.Since.IsZero() && w.State != Connected {
		tags = append(tags, ui.TagProps{Words: v.T("handoff.board.late"), Tone: ui.Lamp})
	}
	return tags
}

func tickAnchor(t time.Duration) string {
	switch t {
	case 0:
		return "start"
	case 14 * day * time.Hour:
		return "end"
	}
	return "middle"
}

func loadRows(v *page.View, list []Load) [][]ui.Cell {
	var out [][]ui.Cell
	for _, l := range list {
		out = append(out, []ui.Cell{
			{Words: l.Name, Path: CarriedPath(l.ID)},
			{Words: count(l.Walking)},
			{Words: count(l.After)},
			{Words: count(l.Due)},
			{Words: strconv.Itoa(int(l.OnCall / time.Hour))},
		})
	}
	return out
}

// carriedForm is what one peer carries, to hand over.
type carriedForm struct {
	Carried
	Act      string
	Chosen   []string
	To       ref.Account // to whom, as it was said
	Problems []page.Problem
}

func (f carriedForm) people(v *page.View) ui.ChoiceProps {
	p := ui.ChoiceProps{Name: "handoffs", Label: v.T("handoff.load.which"), Values: f.Chosen, Say: page.ProblemOf(f.Problems, "handoffs")}
	if len(f.Cards) > 1 {
		p.Options = append(p.Options, ui.OptionProps{Value: allOfThem, Label: v.T("handoff.load.all", "N", len(f.Cards))})
	}
	for _, c := range f.Cards {
		p.Options = append(p.Options, ui.OptionProps{Value: string(c.ID), Label: cardTitle(v, c), Hint: stateWords(v, c.State)})
	}
	return p
}

func (f carriedForm) to(v *page.View) ui.ChoiceProps {
	q := question("new_peer")
	return ui.ChoiceProps{Name: "new_peer", Label: v.Text(q.Label), Values: []string{string(f.To)}, Options: walkerOptions(f.Walkers), Say: page.ProblemOf(f.Problems, "new_peer")}
}

// warned reports whether a form just said that its new peer has days off: pressed once
// more, it is done.
func warned(v *page.View, say string) bool { return say != "" && say == v.T(daysOff) }

func overviewDoc(v *page.View, f overviewForm) page.Doc {
	return page.Doc{Title: v.T("handoff.overview.title"), Kind: page.Worker, Live: "/overview/live", Body: overviewPart(v, f)}
}

func coursesDoc(v *page.View, list []Course) page.Doc {
	return page.Doc{Title: v.T("handoff.chart.title"), Kind: page.Worker, Body: coursesBody(v, list)}
}

func figuresDoc(v *page.View, f figuresForm) page.Doc {
	return page.Doc{Title: v.T("handoff.figures.title"), Kind: page.Worker, Body: figuresBody(v, f)}
}

// loadsForm is who carries how much, and how many people were handed over just now.
type loadsForm struct {
	List   []Load
	Handed int
}

func loadsDoc(v *page.View, f loadsForm) page.Doc {
	return page.Doc{Title: v.T("handoff.load.title"), Kind: page.Worker, Body: loadsBody(v, f)}
}

func carriedDoc(v *page.View, f carriedForm) page.Doc {
	return withProblems(page.Doc{Title: v.T("handoff.load.title"), Kind: page.Worker, Body: carriedBody(v, f), Narrow: true}, f.Problems)
}

func careTitle(v *page.View, c Care) string {
	switch {
	case c.Help:
		return v.T("handoff.care.help", "Peer", ui.Apart(c.Name))
	case c.Due.Before(v.Now):
		return v.T("handoff.care.silent", "Peer", ui.Apart(c.Name), "When", v.When(c.Due))
	}
	return v.T("handoff.care.out", "Peer", ui.Apart(c.Name), "When", v.When(c.Due))
}
