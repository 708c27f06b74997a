package rota

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"alongside/domain/ref"
	"alongside/platform/clock"
	"alongside/platform/i18n"
	"alongside/platform/page"

	"github.com/a-h/templ"
)

// shown is a part of a page, as a browser gets it.
func (w *world) shown(v *page.View, part templ.Component) string {
	w.Helper()
	var b strings.Builder
	w.must(part.Render(page.With(w.Context(), page.Setting{View: v}), &b))
	return b.String()
}

// TestSinceWhenSomeoneWaitsStaysTrue: the page stays open through a night, and looks again
// only when something changes. "0 minutes ago" was read there hours later.
func TestSinceWhenSomeoneWaitsStaysTrue(t *testing.T) {
	w := &world{T: t, clk: clock.NewFake(at(2, 12))}
	for _, l := range i18n.Langs() {
		v := w.view(l)
		for _, ago := range []time.Duration{0, time.Minute, 14 * time.Hour} {
			asked := Waiting{Handoff: "h", Site: "ward", At: v.Now.Add(-ago)}
			if html := w.shown(v, mineBody(v, mineForm{Mine: Mine{Goes: true, Asked: []Waiting{asked}}, Act: "a"})); !strings.Contains(html, v.When(asked.At)) {
				t.Errorf("%s, asked %s ago: the page does not say %q", l, ago, v.When(asked.At))
			}
		}
	}
}

// TestWhoMakesTheRotaIsTold: a coordinator can have no shift, and hears where nobody
// supervises. Theirs is the way to be told, which stood folded under shifts that never come.
func TestWhoMakesTheRotaIsTold(t *testing.T) {
	w := &world{T: t, clk: clock.NewFake(at(2, 12))}
	for _, l := range i18n.Langs() {
		v := w.view(l)
		for _, goes := range []bool{true, false} {
			html := w.shown(v, mineBody(v, mineForm{Mine: Mine{Goes: goes}, Act: "a"}))
			for _, says := range []string{v.T("rota.mine.empty-lead"), v.T("rota.mine.none"), `action="/rota/off"`} {
				if strings.Contains(html, says) != goes {
					t.Errorf("%s: goes %v, and %q is there: %v", l, goes, says, !goes)
				}
			}
			if folded := strings.Contains(html, "<details"); folded != goes || !strings.Contains(html, `action="/rota/reach/mail"`) {
				t.Errorf("%s: goes %v, and the ways to be told are folded: %v", l, goes, folded)
			}
		}
	}
}

// TestThereIsSomebodyToTalkTo: another supervisor, and where there is none a coordinator.
// Where nobody is, the page asks no question that has no answer.
func TestThereIsSomebodyToTalkTo(t *testing.T) {
	each(t, func(w *world) {
		w.staff["coordinator"] = []ref.Account{"cosmo"}
		want := func(who, listener string) {
			w.Helper()
			list, _, err := w.s.Listeners(as(who))
			if w.must(err); len(list) != 1 || string(list[0].ID) != listener {
				w.Errorf("%s can talk to %v, want %s", who, list, listener)
			}
		}
		want("rosa", "sol")
		want("sol", "cosmo")
		w.staff["supervisor"] = nil
		want("rosa", "cosmo")
		w.must(w.s.Hard(as("rosa"), "act", "cosmo", 0))
		w.sweep()
		w.wantTold("cosmo")
		for _, l := range i18n.Langs() {
			v := w.view(l)
			for _, some := range [][]Listener{nil, {{"cosmo", "Cosmo"}}} {
				f := hardForm{Listeners: some, Act: "a", Problems: []page.Problem{{Field: "listener", Say: "no"}}}
				if f.Problems = f.lacks(v); !strings.Contains(w.shown(v, hardBody(v, f)), `id="f-`+f.Problems[0].Field+`"`) {
					w.Errorf("%s: what lacks leads to %s, which is not there", l, f.Problems[0].Field)
				}
				if html := w.shown(v, hardBody(v, hardForm{Listeners: some, Act: "a"})); strings.Contains(html, v.T("rota.hard.who")) != (len(some) > 0) {
					w.Errorf("%s: with %d to talk to the page asks: %v", l, len(some), len(some) == 0)
				}
			}
		}
	})
}

// TestNoPageCountsOnASupervisor: where nobody supervises, a coordinator hears and calls.
func TestNoPageCountsOnASupervisor(t *testing.T) {
	w := &world{T: t, clk: clock.NewFake(at(2, 12))}
	role := regexp.MustCompile(`(?i)supervis|مشرف`)
	for _, l := range i18n.Langs() {
		for _, key := range []string{"rota.gap-says", "rota.alone.lead", "rota.alone.says"} {
			if says := w.view(l).T(key); role.MatchString(says) {
				t.Errorf("%s: %s", l, says)
			}
		}
	}
}

// TestWhatIsOverStaysAsItWas: when somebody left, the days on which they were there read
// "Needs cover" and "Nobody yet".
func TestWhatIsOverStaysAsItWas(t *testing.T) {
	each(t, func(w *world) {
		w.clk.Set(at(4, 12))
		w.must(w.s.Add(as("cosmo"), dayShift("a", "rosa", "2026-03-02")))
		w.must(w.s.Cover(as("cosmo"), "a", "2026-03-03", ""))
		w.staff["peer"] = []ref.Account{"ines", "omar"}
		week, err := w.s.Week(as("cosmo"), "ward", "2026-03-04")
		w.must(err)
		var who []ref.Account
		for _, turn := range week.Turns {
			who = append(who, turn.Peer)
		}
		if !slices.Equal(who, []ref.Account{"rosa", "", "", "", "", "", ""}) {
			w.Errorf("the week's turns are of %q", who)
		}
		for _, l := range i18n.Langs() {
			v, html := w.view(l), w.shownWeek(l, "2026-03-04")
			if n := strings.Count(html, v.T("rota.needs-cover")); n != 5 { // from Wednesday on
				w.Errorf("%s: %d of seven days need cover", l, n)
			}
		}
	})
}

// TestWhoWasRefusedStaysPicked: "they have taken that day off" stood above another name.
func TestWhoWasRefusedStaysPicked(t *testing.T) {
	w := &world{T: t, clk: clock.NewFake(at(2, 12))}
	v := w.view(i18n.English)
	f := turnForm{OneTurn: OneTurn{Turn{Peer: "rosa"}, Week{People: []Person{{"rosa", "Rosa"}, {"ines", "Ines"}}}}, Act: "a"}
	for who, in := range map[string]url.Values{"rosa": nil, "ines": {"peer": {"ines"}}, "": {"peer": {""}}} {
		f.In = in
		if html := w.shown(v, turnBody(v, f)); strings.Count(html, " checked") != 1 || !strings.Contains(html, `value="`+who+`" checked`) {
			t.Errorf("picked %v: %s", in, html)
		}
	}
}
