package handoff

import (
	"fmt"
	"strconv"
	"time"

	"alongside/platform/page"
	"alongside/platform/page/ui"
	"alongside/platform/stat"
	"alongside/platform/suppress"
)

// figuresForm is the page of figures. Veiled is for who does not answer for the
// work: nothing that is about one to ten people.
type figuresForm struct {
	Figures
	Of      string
	Periods []Period
	Veiled  bool
}

// Period is a stretch of time that the page offers, by name.
type Period struct {
	Of       string
	From, To time.Time
}

// quarters are the last eight whole quarters before now, newest first. They do
// not overlap, so nobody learns anything from the difference of two.
func quarters(now time.Time) []Period {
	var out []Period
	first := time.Date(now.Year(), (now.Month()-1)/3*3+1, 1, 0, 0, 0, 0, now.Location())
	for range 8 {
		from := first.AddDate(0, -3, 0)
		out = append(out, Period{fmt.Sprintf("%d-%d", from.Year(), (from.Month()-1)/3+1), from, first})
		first = from
	}
	return out
}

// recent is the period that only those who answer for the work may see.
func recent(now time.Time) Period { return Period{"", now.AddDate(0, 0, -90), now} }

func (p Period) words(v *page.View) string {
	if p.Of == "" {
		return v.T("handoff.figures.recent")
	}
	return p.Of[:4] + " · " + p.Of[5:] + "/4"
}

func (f figuresForm) options(v *page.View) []ui.OptionProps {
	out := make([]ui.OptionProps, len(f.Periods))
	for i, p := range f.Periods {
		out[i] = ui.OptionProps{Value: p.Of, Label: p.words(v)}
	}
	return out
}

// chosen names the period that is shown, and where another can be chosen.
func (f figuresForm) chosen(v *page.View) string {
	for _, p := range f.Periods {
		if p.Of == f.Of {
			return p.words(v)
		}
	}
	return v.T("handoff.figures.period")
}

// share is one line of the funnel: so many of so many.
type share struct {
	key   string
	n, of int64
}

// funnel is the way in its order; every line has its own denominator. Who said
// not now, who was not found, whom we do not hear from and who died are in it.
func (t Tally) funnel() []share {
	return []share{
		{"said", t.Said, t.Asked},
		{"met", t.Met, t.Asked},
		{"agreed", t.Agreed, t.Asked},
		{"referred", t.Referred, t.Asked},
		{"introduced", t.Introduced, t.Asked},
		{"warm", t.Warm, t.Introduced},
		{"connected", t.Connected, t.Asked},
		{"month", t.Retained30, t.Month},
		{"quarter", t.Retained90, t.Quarter},
	}
}

func (t Tally) beside() []share {
	return []share{
		{"not_now", t.NotNow, t.Asked},
		{"not_found", t.NotFound, t.Asked},
		{"lost", t.Lost, t.Asked},
		{"died", t.Died, t.Asked},
		{"open", t.Open, t.Asked},
	}
}

// mayShow says of each line of the tables of a whole whether it may be shown.
func (f figuresForm) mayShow(lines []share) []bool {
	counts := []int64{f.All.Asked, f.All.Connected, f.All.Agreed, f.All.Met} // these first: they matter most
	for _, l := range append(f.All.funnel(), f.All.beside()...) {
		counts = append(counts, l.n, l.of)
	}
	shown := suppress.Row(counts...)
	known := map[int64]bool{}
	for i, n := range counts {
		known[n] = known[n] || shown[i]
	}
	out := make([]bool, len(lines))
	for i, l := range lines {
		out[i] = !f.Veiled || known[l.n] && known[l.of]
	}
	return out
}

func (f figuresForm) rows(v *page.View, lines []share) [][]ui.Cell {
	may := f.mayShow(lines)
	var out [][]ui.Cell
	for i, l := range lines {
		name := ui.Cell{Words: v.T("handoff.figures.line-" + l.key)}
		if !may[i] {
			out = append(out, []ui.Cell{name, {Words: v.T("handoff.figures.few")}, {Words: "–"}, {Words: "–"}, {Words: "–"}})
			continue
		}
		share, interval := "–", "–"
		if e, err := stat.Wilson(int(l.n), int(l.of), stat.Level); err == nil {
			share, interval = percent(e.Value), ui.Apart(percent(e.Lower)+" – "+percent(e.Upper))
		}
		out = append(out, []ui.Cell{name, {Words: count(l.n)}, {Words: count(l.of)}, {Words: share}, {Words: interval}})
	}
	return out
}

func count(n int64) string       { return strconv.FormatInt(n, 10) }
func percent(p float64) string   { return strconv.FormatFloat(100*p, 'f', 1, 64) + " %" }
func (f figuresForm) few() bool  { return f.Veiled && suppress.Small(f.All.Asked) }
func (f figuresForm) none() bool { return f.All.Asked == 0 }

func columns(v *page.View, keys ...string) []ui.Column {
	out := make([]ui.Column, len(keys))
	for i, k := range keys {
		out[i] = ui.Column{Words: v.T("handoff.figures.col-" + k), Number: i > 0}
	}
	return out
}

func (f figuresForm) table(v *page.View, caption string, lines []share) ui.TableProps {
	return ui.TableProps{Caption: v.T(caption), Columns: columns(v, "what", "count", "of", "share", "interval"), Rows: f.rows(v, lines)}
}

// times is the table of how long each took, among those for whom it happened.
func (f figuresForm) times(v *page.View) ui.TableProps {
	t := f.All
	var rows [][]ui.Cell
	for _, l := range []struct {
		key  string
		list []time.Duration
	}{{"said", t.ToYes}, {"met", t.ToMet}, {"introduced", t.ToIntro}, {"connected", t.ToFirst}} {
		half, most := "–", "–"
		n := int64(len(l.list))
		shown := f.mayShow([]share{{n: n, of: t.Asked}})[0]
		if q, ok := quantile(l.list, 0.5); ok && shown {
			p90, _ := quantile(l.list, 0.9)
			half, most = lasted(v, q), lasted(v, p90)
		}
		people := v.T("handoff.figures.few")
		if shown {
			people = count(n)
		}
		rows = append(rows, []ui.Cell{{Words: v.T("handoff.figures.line-" + l.key)}, {Words: half}, {Words: most}, {Words: people}})
	}
	return ui.TableProps{Caption: v.T("handoff.figures.times"), Columns: columns(v, "until", "half", "most", "count"), Rows: rows}
}

// lasted is a stretch of time in one unit.
func lasted(v *page.View, d time.Duration) string {
	switch {
	case d < 2*time.Hour:
		return v.N("handoff.figures.minutes", int(d/time.Minute))
	case d < 2*day*time.Hour:
		return v.N("handoff.figures.hours", int(d/time.Hour))
	}
	return v.N("handoff.figures.days", int(d/(day*time.Hour)))
}

// parts is a table by site or by hour: never by peer.
func (f figuresForm) parts(v *page.View, caption, first string, parts []Part) ui.TableProps {
	asked, met, arrived := make([]int64, len(parts)), make([]int64, len(parts)), make([]int64, len(parts))
	for i, p := range parts {
		asked[i], met[i], arrived[i] = p.Asked, p.Met, p.Connected
	}
	a, m, c := suppress.Column(asked...), suppress.Column(met...), suppress.Column(arrived...)
	var rows [][]ui.Cell
	for i, p := range parts {
		row := suppress.Row(p.Asked, p.Met, p.Connected)
		cell := func(n int64, by bool, at int) ui.Cell {
			if f.Veiled && !(by && row[at]) {
				return ui.Cell{Words: v.T("handoff.figures.few")}
			}
			return ui.Cell{Words: count(n)}
		}
		half := ui.Cell{Words: "–"}
		if q, ok := quantile(p.ToMet, 0.5); ok && (!f.Veiled || m[i] && row[1]) {
			half.Words = lasted(v, q)
		}
		rows = append(rows, []ui.Cell{{Words: p.Name}, cell(p.Asked, a[i], 0), cell(p.Met, m[i], 1), cell(p.Connected, c[i], 2), half})
	}
	return ui.TableProps{Caption: v.T(caption), Columns: columns(v, first, "asked", "met", "connected", "half-met"), Rows: rows}
}
