package rota

import (
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/i18n"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

func at(day, hour int) time.Time { return time.Date(2026, 3, day, hour, 0, 0, 0, time.UTC) }

// TestDaysOffUnmakeNoShiftThatHasBegun: who takes today off in the evening was there in
// the morning; who takes it off at noon is there until their hours end.
func TestDaysOffUnmakeNoShiftThatHasBegun(t *testing.T) {
	for hour, worked := range map[int]time.Duration{7: 0, 8: 8 * time.Hour, 12: 8 * time.Hour, 20: 8 * time.Hour} {
		each(t, func(w *world) {
			w.must(w.s.Add(as("cosmo"), dayShift("a", "rosa", "2026-03-02")))
			w.clk.Set(at(2, hour))
			w.must(w.s.TakeOff(as("rosa"), Away{ID: "off", From: "2026-03-02", Until: "2026-03-03"}))
			w.wantHours(worked)
			w.wantOff(2, true)
			w.wantOff(4, false)
			if worked > 0 {
				w.wantNoons("rosa", "-", "rosa")
			} else {
				w.wantNoons("-", "-", "rosa")
			}
		})
	}
}

// TestRestAfterAHardCallBeginsAtOnce, in the middle of a shift, by day and by night,
// and leaves what is over as it was.
func TestRestAfterAHardCallBeginsAtOnce(t *testing.T) {
	each(t, func(w *world) {
		w.must(w.s.Add(as("cosmo"), dayShift("a", "rosa", "2026-03-02")))
		w.must(w.s.Add(as("cosmo"), Shift{ID: "n", Site: "ward", Peer: "ines", From: "2026-03-02", Begins: 22 * 60, Ends: 6 * 60, Repeats: Daily}))
		w.clk.Set(at(3, 12))
		w.must(w.s.Hard(as("rosa"), "a", "", 1))
		w.wantNoons("rosa", "-", "rosa")
		w.clk.Set(at(4, 2))
		w.must(w.s.Hard(as("ines"), "b", "", 1))
		w.must(w.d.Read(as("x"), func(tx *db.Tx) error {
			p, err := w.s.plan(tx, tx.Now(), tx.Now())
			if on := p.OnDuty(tx.Now(), "ward"); len(on) != 0 {
				w.Error("still asked at night:", on)
			}
			return err
		}))
	})
}

// wantOff holds whether rosa has days off at noon of a day.
func (w *world) wantOff(day int, want bool) {
	w.Helper()
	w.clk.Set(at(day, 12))
	w.must(w.d.Read(as("x"), func(tx *db.Tx) error {
		got, err := w.s.Off(tx, "rosa")
		if got != want {
			w.Errorf("on the %d. she is off: %v", day, got)
		}
		return err
	}))
}

// wantHours holds how long rosa was on call on the first two days.
func (w *world) wantHours(want time.Duration) {
	w.Helper()
	w.must(w.d.Read(as("x"), func(tx *db.Tx) error {
		got, err := w.s.OnCall(tx, at(2, 0), at(4, 0))
		if got["rosa"] != want {
			w.Errorf("%s on call, want %s", got["rosa"], want)
		}
		return err
	}))
}

// TestWhatIsTypedIsAskedBack: a day that is over, and hours that are a whole day.
func TestWhatIsTypedIsAskedBack(t *testing.T) {
	each(t, func(w *world) {
		w.clk.Set(at(4, 12))
		whole := dayShift("b", "rosa", "2026-03-04")
		whole.Ends = whole.Begins
		for say, n := range map[string]Shift{"rota.error.past": dayShift("a", "rosa", "2026-03-03"), "rota.error.whole": whole} {
			if err := w.s.Enter(as("cosmo"), n, false); !errs.Is(err, errs.Invalid) || sayOf(err) != say {
				w.Errorf("%v, want %s", err, say)
			}
		}
		if err := w.s.TakeOff(as("rosa"), Away{ID: "off", From: "2026-03-03", Until: "2026-03-05"}); sayOf(err) != "rota.error.past" {
			w.Error(err)
		}
		other := dayShift("c", "rosa", "2026-03-05")
		other.Site = "a site of another organisation"
		if err := w.s.Enter(as("cosmo"), other, false); sayOf(err) != "error.pick-one" {
			w.Error("a shift at a place that is not here:", err)
		}
		if err := w.s.SetLadder(as("cosmo"), other.Site, DefaultLadder()); sayOf(err) != "error.pick-one" {
			w.Error("who is asked at a place that is not here:", err)
		}
		w.must(w.s.Enter(as("cosmo"), whole, true))
		w.clk.Set(at(5, 12))
		w.must(w.s.Enter(as("cosmo"), whole, true)) // the same form again, a day later: it is there
		one, err := w.s.Turn(as("cosmo"), "b", "2026-03-04")
		w.must(err)
		if got := one.To.Sub(one.Turn.From); got != 24*time.Hour {
			w.Error(got)
		}
	})
}

// sayOf is the key of what an error says to people.
func sayOf(err error) string {
	var e *errs.Error
	for errors.As(err, &e) {
		if e.Say != "" {
			return e.Say
		}
		err = e.Err
	}
	return ""
}

// TestWhatIsOverIsNotSwapped, nor offered.
func TestWhatIsOverIsNotSwapped(t *testing.T) {
	each(t, func(w *world) {
		w.must(w.s.Add(as("cosmo"), dayShift("a", "rosa", "2026-03-02")))
		w.must(w.s.Add(as("cosmo"), Shift{ID: "b", Site: "ward", Peer: "ines", From: "2026-03-02", Begins: 18 * 60, Ends: 20 * 60, Repeats: Daily}))
		w.clk.Set(at(3, 17))
		offered := func(shift string, day Day) (out []string) {
			one, err := w.s.Turn(as("cosmo"), "b", day)
			w.must(err)
			for _, o := range swapOptions(w.view(i18n.English), turnForm{OneTurn: one}) {
				out = append(out, o.Value)
			}
			return out
		}
		if got := strings.Join(offered("b", "2026-03-03"), ", "); strings.Contains(got, "a 2026-03-03") || !strings.Contains(got, "a 2026-03-04") {
			w.Error("offered:", got)
		}
		if got := offered("b", "2026-03-02"); len(got) != 0 {
			w.Error("for one that is over:", got)
		}
		err := w.s.Swap(as("cosmo"), Held{"b", "2026-03-04", "ines"}, Held{"a", "2026-03-03", "rosa"})
		if sayOf(err) != "rota.error.over" {
			w.Error(err)
		}
		w.must(w.s.Swap(as("cosmo"), Held{"b", "2026-03-04", "ines"}, Held{"a", "2026-03-04", "rosa"}))
	})
}

func (w *world) view(l i18n.Lang) *page.View {
	w.Helper()
	words, err := i18n.Load(i18n.Source{Prefix: "rota", FS: Words()}, ui.Words())
	w.must(err)
	return &page.View{Words: words.In(l), Lang: l, Zone: time.UTC, Now: w.clk.Now()}
}

// TestHoursAreSaidInWords, in the plural that each language asks for.
func TestHoursAreSaidInWords(t *testing.T) {
	each(t, func(w *world) {
		for l, want := range map[i18n.Lang][]string{
			i18n.English: {"In 30 minutes", "In 1 hour", "In 1 hour and a half", "In 4 hours", "45 minutes", "1 hour", "7 hours and 30 minutes"},
			i18n.Spanish: {"En 30 minutos", "En 1 hora", "En 1 hora y media", "En 4 horas", "45 minutos", "1 hora", "7 horas y 30 minutos"},
			i18n.Arabic:  {"بعد 30 دقيقة", "بعد ساعة", "بعد ساعة ونصف", "بعد 4 ساعات", "45 دقيقة", "ساعة", "7 ساعات و30 دقيقة"},
		} {
			v := w.view(l)
			got := []string{inTime(v, 30), inTime(v, 60), inTime(v, 90), inTime(v, 240), lasts(v, 45*time.Minute), lasts(v, time.Hour), lasts(v, 450*time.Minute)}
			for i := range got {
				if plain := regexp.MustCompile("[\u2066-\u2069]").ReplaceAllString(got[i], ""); plain != want[i] {
					w.Errorf("%s: %q, want %q", l, plain, want[i])
				}
			}
		}
	})
}

// TestOnlyWhoMakesTheRotaIsShownItsForms: a supervisor reads the week.
func TestOnlyWhoMakesTheRotaIsShownItsForms(t *testing.T) {
	each(t, func(w *world) {
		w.duty("rosa")
		for _, may := range []bool{true, false} {
			w.s.Allow = func(_ *db.Tx, action string) error {
				if !may && action != "rota.week" {
					return errs.New(errs.Denied, "no", "")
				}
				return nil
			}
			week, err := w.s.Week(as("sol"), "", "")
			w.must(err)
			v, b := w.view(i18n.English), new(strings.Builder)
			w.must(weekBody(v, weekForm{Week: week, Act: "a"}).Render(page.With(w.Context(), page.Setting{View: v}), b))
			for _, way := range []string{"/rota/add", "/rota/turn/", "/rota/ladder"} {
				if strings.Contains(b.String(), way) != may {
					w.Errorf("%s is shown: %v", way, !may)
				}
			}
		}
	})
}

// TestPagesSpeakOfSteps: a ladder and its rungs are words of ours, not of a page.
func TestPagesSpeakOfSteps(t *testing.T) {
	v := (&world{T: t, clk: clock.NewFake(at(2, 12))}).view
	bad := regexp.MustCompile(`(?i)\b(ladder|rung|escalera)|السلم|الدرج`)
	for _, l := range i18n.Langs() {
		for _, k := range []string{"error.ladder-nobody", "error.ladder-telephone", "error.ladder-wait", "error.ladder-channels", "ladder.follows", "ladder.own", "ladder.every", "ladder.follow"} {
			if says := v(l).T("rota." + k); bad.MatchString(says) {
				t.Error(says)
			}
		}
	}
	for _, r := range Module(&Web{S: New(Deps{})}).Records {
		lived, _ := Peers().Field("lived")
		for _, text := range append(r.Plain(), lived.Hint) {
			for _, l := range i18n.Langs() {
				if bad.MatchString(text.In(l)) {
					t.Error(text.In(l))
				}
			}
		}
	}
}

// TestNobodyNowIsSaid: the week that holds today says when no peer is on duty at the
// place at this minute, and no other week does.
func TestNobodyNowIsSaid(t *testing.T) {
	each(t, func(w *world) {
		w.must(w.s.Add(as("cosmo"), dayShift("a", "rosa", "2026-03-02")))
		for _, c := range []struct {
			now time.Time
			day Day
			gap bool
		}{{at(4, 12), "2026-03-04", false}, {at(4, 20), "2026-03-04", true}, {at(4, 20), "2026-03-11", false}} {
			w.clk.Set(c.now)
			week, err := w.s.Week(as("cosmo"), "ward", c.day)
			w.must(err)
			if week.Gap != c.gap {
				w.Errorf("at %s, the week of %s: nobody now: %v", c.now, c.day, week.Gap)
			}
		}
	})
}
