package rota

import (
	"strings"
	"testing"

	"alongside/platform/i18n"
	"alongside/platform/page"
)

// shownWeek is the page of a week, as the coordinator's browser gets it.
func (w *world) shownWeek(l i18n.Lang, day Day) string {
	w.Helper()
	week, err := w.s.Week(as("cosmo"), "ward", day)
	w.must(err)
	v, b := w.view(l), new(strings.Builder)
	w.must(weekBody(v, weekForm{Week: week, Act: "a"}).Render(page.With(w.Context(), page.Setting{View: v}), b))
	return b.String()
}

// TestTheWeekLeadsToToday: on a phone today stands far down. The link needs no
// script, and the page of another week leads to the day on its own page.
func TestTheWeekLeadsToToday(t *testing.T) {
	each(t, func(w *world) {
		w.clk.Set(at(6, 12))
		w.duty("rosa")
		for _, l := range i18n.Langs() {
			v := w.view(l)
			here, next := w.shownWeek(l, "2026-03-04"), w.shownWeek(l, "2026-03-09")
			today := v.T("rota.today", "Day", dayName(v, "2026-03-06"))
			if !strings.Contains(here, `href="#today"`) || !strings.Contains(here, `id="today" tabindex="-1">`+today) || strings.Count(here, `id="today"`) != 1 {
				w.Errorf("%s: the week of today does not lead to %q", l, today)
			}
			if !strings.Contains(next, `href="/rota?day=2026-03-06&amp;site=ward#today"`) || strings.Contains(next, `id="today"`) {
				w.Errorf("%s: the week after does not lead back to today", l)
			}
		}
	})
}

// TestHoursStandOnOneLine: a browser may break a line after a dash, unless what is
// on its two sides is joined.
func TestHoursStandOnOneLine(t *testing.T) {
	each(t, func(w *world) {
		w.clk.Set(at(6, 12))
		w.duty("rosa")
		for _, l := range i18n.Langs() {
			week := w.shownWeek(l, "2026-03-04")
			if all, whole := strings.Count(week, "–"), strings.Count(week, "\u2060–\u2060"); all == 0 || all != whole {
				w.Errorf("%s: of %d dashes %d hold their line", l, all, whole)
			}
		}
	})
}

// TestWhoRestsIsAskedForNothing: with days off after a hard call, whoever they were
// asked for is asked of somebody else at once.
func TestWhoRestsIsAskedForNothing(t *testing.T) {
	each(t, func(w *world) {
		w.duty("rosa", "ines")
		w.asks("h1")
		first := w.told()[0]
		w.must(w.s.Hard(as(first), "act", "", 1))
		w.sweep()
		if got := w.told(); len(got) != 2 || got[1] == first {
			w.Errorf("told %v", got)
		}
		mine, err := w.s.Mine(as(first))
		w.must(err)
		if len(mine.Asked) != 0 {
			w.Errorf("who rests is still asked for %d", len(mine.Asked))
		}
	})
}

// TestShortRestsAreNoWall: a shift that repeats has a short rest a day. The first is
// said, and the others stand behind one line.
func TestShortRestsAreNoWall(t *testing.T) {
	each(t, func(w *world) {
		w.clk.Set(at(4, 12))
		w.must(w.s.Add(as("cosmo"), Shift{ID: "long", Site: "ward", Peer: "rosa", From: "2026-03-02", Begins: 8 * 60, Ends: 23 * 60, Repeats: Daily}))
		read, err := w.s.Week(as("cosmo"), "ward", "2026-03-04")
		if w.must(err); len(read.Short) < 5 {
			w.Fatalf("%d short rests in a week of fifteen hours a day", len(read.Short))
		}
		for _, l := range i18n.Langs() {
			week, v := w.shownWeek(l, "2026-03-04"), w.view(l)
			if n := strings.Count(week, v.T("rota.rest")+"<"); n != 1 || !strings.Contains(week, v.N("rota.rest-more", len(read.Short)-1)) {
				w.Errorf("%s: %d short rests stand open: %s", l, n, week)
			}
		}
	})
}
