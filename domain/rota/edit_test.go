package rota

import (
	"slices"
	"strings"
	"testing"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/notify"
)

func TestEveryFieldHasItsColumn(t *testing.T) {
	each(t, func(w *world) {
		w.must(w.d.Read(as("x"), func(tx *db.Tx) error {
			for _, r := range Module(&Web{S: w.s}).Records {
				bad, err := r.CheckTable(tx)
				if err != nil {
					return err
				}
				for _, b := range append(bad, r.Check()...) {
					w.Error(b)
				}
			}
			return nil
		}))
	})
}

// who is on duty by day, from Monday the 2nd of March 2026, at noon.
func (w *world) noons(days int) (out []string) {
	w.Helper()
	w.must(w.d.Read(as("x"), func(tx *db.Tx) error {
		at := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
		p, err := w.s.plan(tx, at, at.AddDate(0, 0, days))
		for i := range days {
			on := "-"
			for _, a := range p.OnDuty(at.AddDate(0, 0, i), "ward") {
				on = string(a)
			}
			out = append(out, on)
		}
		return err
	}))
	return out
}

func (w *world) wantNoons(want ...string) {
	w.Helper()
	if got := w.noons(len(want)); !slices.Equal(got, want) {
		w.Fatalf("on duty %v, want %v", got, want)
	}
}

func dayShift(id ref.Shift, peer ref.Account, from Day) Shift {
	return Shift{ID: id, Site: "ward", Peer: peer, From: from, Begins: 8 * 60, Ends: 16 * 60, Repeats: Daily}
}

func TestTheRotaIsMadeAndChanged(t *testing.T) {
	each(t, func(w *world) {
		cosmo := as("cosmo")
		w.must(w.s.Add(cosmo, dayShift("a", "rosa", "2026-03-02")))
		w.must(w.s.Add(cosmo, dayShift("a", "ines", "2026-03-02"))) // the same form again
		w.wantNoons("rosa", "rosa", "rosa")
		w.must(w.s.Cover(cosmo, "a", "2026-03-03", "ines"))
		w.must(w.s.Cover(cosmo, "a", "2026-03-03", "omar"))
		w.must(w.s.Cancel(cosmo, "a", "2026-03-04"))
		w.wantNoons("rosa", "omar", "-", "rosa")
		if err := w.s.Cover(cosmo, "a", "2026-03-04", "ines"); !errs.Is(err, errs.NotFound) {
			w.Fatal("a day left out could be covered:", err)
		}
		w.must(w.s.Add(cosmo, Shift{ID: "b", Site: "ward", Peer: "ines", From: "2026-03-05", Begins: 18 * 60, Ends: 20 * 60, Repeats: Once}))
		w.must(w.s.Swap(cosmo, Held{"a", "2026-03-05", "rosa"}, Held{"b", "2026-03-05", "ines"}))
		w.wantNoons("rosa", "omar", "-", "ines", "rosa")
		w.must(w.s.End(cosmo, "a", "2026-03-06"))
		w.wantNoons("rosa", "omar", "-", "ines", "-", "-")
		if err := w.s.Swap(cosmo, Held{"a", "2026-03-02", "rosa"}, Held{"a", "2026-03-02", "rosa"}); !errs.Is(err, errs.Invalid) {
			w.Fatal(err)
		}
		if n := w.leaves(); n != 8 { // the swap is two
			w.Fatal("changes recorded:", n)
		}
	})
}

func TestWhatCannotBeAShiftIsSaid(t *testing.T) {
	each(t, func(w *world) {
		for place, n := range map[string]Shift{
			"from_day":  {From: "2026-02-29", Repeats: Once},
			"until_day": {From: "2026-03-02", Until: "2026-03-01", Repeats: Once},
			"begins":    {From: "2026-03-02", Begins: -1, Repeats: Once},
			"ends":      {From: "2026-03-02", Ends: dayMinutes, Repeats: Once},
			"repeats":   {From: "2026-03-02", Repeats: "yearly"},
		} {
			if err := w.s.Add(as("cosmo"), n); !errs.Is(err, errs.Invalid) || !strings.Contains(err.Error(), place) {
				w.Error(place, err)
			}
		}
	})
}

func TestTimeOffIsOnesOwn(t *testing.T) {
	each(t, func(w *world) {
		w.must(w.s.Add(as("cosmo"), dayShift("a", "rosa", "2026-03-02")))
		off := Away{ID: "off", From: "2026-03-03", Until: "2026-03-04"}
		w.must(w.s.TakeOff(as("rosa"), off))
		w.must(w.s.TakeOff(as("rosa"), off))
		w.wantNoons("rosa", "-", "-", "rosa")
		if err := w.s.BackOn(as("ines"), "off"); !errs.Is(err, errs.NotFound) {
			w.Fatal(err)
		}
		w.must(w.s.BackOn(as("rosa"), "off"))
		w.wantNoons("rosa", "rosa")
		if err := w.s.TakeOff(as("rosa"), Away{ID: "x", From: "2026-03-04", Until: "2026-03-03"}); !errs.Is(err, errs.Invalid) {
			w.Fatal(err)
		}
	})
}

func TestTheWeekAndOnesOwnPage(t *testing.T) {
	each(t, func(w *world) {
		w.must(w.s.Add(as("cosmo"), dayShift("a", "rosa", "2026-03-01")))
		w.must(w.s.Add(as("cosmo"), Shift{ID: "n", Peer: "rosa", From: "2026-03-03", Begins: 22 * 60, Ends: 6 * 60, Repeats: Once}))
		week, err := w.s.Week(as("cosmo"), "", "2026-03-04")
		w.must(err)
		if week.Monday != "2026-03-02" || week.Site != "ward" || len(week.Turns) != 8 || len(week.Short) != 2 || len(week.People) != 4 {
			w.Fatalf("%+v", week)
		}
		other, err := w.s.Week(as("cosmo"), "elsewhere", "2026-03-04")
		w.must(err)
		if len(other.Turns) != 1 || other.Turns[0].Shift != "n" {
			w.Fatalf("a shift for all sites is at each, and no other: %+v", other.Turns)
		}
		one, err := w.s.Turn(as("cosmo"), "n", "2026-03-03")
		w.must(err)
		if one.Turn.Peer != "rosa" {
			w.Fatalf("%+v", one.Turn)
		}
		m, err := w.s.Mine(as("rosa"))
		w.must(err)
		if len(m.On) != 1 || len(m.Turns) != 16 || m.Feed != "" {
			w.Fatalf("%d on, %d turns, feed %q", len(m.On), len(m.Turns), m.Feed)
		}
		m, err = w.s.Mine(as("ines"))
		w.must(err)
		if len(m.Turns) != 0 || len(m.Asked) != 0 {
			w.Fatalf("someone else's: %+v", m)
		}
	})
}

func TestOnesOwnPageShowsWhoWaitsOnlyToWhoIsAsked(t *testing.T) {
	each(t, func(w *world) {
		w.duty("rosa")
		w.asks("h1")
		for who, want := range map[string]int{"rosa": 1, "ines": 0} {
			m, err := w.s.Mine(as(who))
			w.must(err)
			if len(m.Asked) != want {
				w.Errorf("%s sees %v", who, m.Asked)
			}
		}
	})
}

func TestTheCalendarLinkIsPrivateNeutralAndCanBeChanged(t *testing.T) {
	each(t, func(w *world) {
		w.must(w.s.Add(as("cosmo"), dayShift("a", "rosa", "2026-03-01")))
		w.must(w.s.Add(as("cosmo"), dayShift("b", "ines", "2026-03-01")))
		w.must(w.s.NewFeed(as("rosa")))
		m, err := w.s.Mine(as("rosa"))
		w.must(err)
		cal, err := w.s.Feed(as("link:x"), m.Feed, "Shift")
		w.must(err)
		s := string(cal)
		if n := strings.Count(s, "BEGIN:VEVENT"); n != 61 {
			w.Errorf("%d events", n)
		}
		if !strings.Contains(s, "SUMMARY:Shift") || !strings.Contains(s, "DTSTART:20260302T080000Z") {
			w.Error(s[:400])
		}
		for _, no := range []string{"ward", "Mercy", "rosa", "ines", "peer", "recovery"} {
			if strings.Contains(s, no) {
				w.Errorf("%q stands in the calendar", no)
			}
		}
		again, err := w.s.Feed(as("link:x"), m.Feed, "Shift")
		w.must(err)
		if string(again) != s {
			w.Error("the same rota gives another calendar: events would double")
		}
		w.must(w.s.NewFeed(as("rosa")))
		for _, dead := range []string{m.Feed, m.Feed + "x", "t1" + strings.Repeat("0", 26)} {
			if _, err := w.s.Feed(as("link:x"), dead, "Shift"); !errs.Is(err, errs.NotFound) {
				w.Error(dead, err)
			}
		}
		w.must(w.s.NewFeed(as("omar")))
		m, err = w.s.Mine(as("omar"))
		w.must(err)
		empty, err := w.s.Feed(as("link:x"), m.Feed, "Shift")
		w.must(err)
		if strings.Contains(string(empty), "VEVENT") || !strings.HasPrefix(string(empty), "BEGIN:VCALENDAR\r\n") {
			w.Error(string(empty))
		}
	})
}

func TestWaysToBeToldAreOnesOwn(t *testing.T) {
	each(t, func(w *world) {
		rosa, err := w.v.NewSubject("t1")
		w.must(err)
		for address, channel := range map[string]string{"": notify.Mail, "rosa": notify.Mail, "ro sa@a.example": notify.Mail, "12": notify.SMS, "555+010+0199": notify.SMS, "call me": notify.SMS, "x": notify.Push} {
			if err := w.s.Reach(as(rosa), channel, address, "d1", "en"); !errs.Is(err, errs.Invalid) {
				w.Error(channel, address, err)
			}
		}
		w.must(w.s.Reach(as(rosa), notify.SMS, " +1 (555) 01-00 ", "d1", "en"))
		w.must(w.s.Reach(as(rosa), notify.SMS, "+15550100", "d1", "en"))
		m, err := w.s.Mine(as(rosa))
		w.must(err)
		if len(m.Devices) != 1 || m.Devices[0].Channel != notify.SMS || m.Devices[0].Address != "+15550100" {
			w.Fatalf("%+v", m.Devices)
		}
		if m, err := w.s.Mine(as("ines")); err != nil || len(m.Devices) != 0 {
			w.Fatalf("another sees them: %+v %v", m.Devices, err)
		}
		if err := w.s.Unreach(as("ines"), "d1"); !errs.Is(err, errs.NotFound) {
			w.Fatal(err)
		}
		w.must(w.s.Unreach(as(rosa), "d1"))
	})
}

func TestWhatPolicyRefusesIsNotDone(t *testing.T) {
	each(t, func(w *world) {
		w.duty("rosa")
		w.asks("h1")
		w.s.Allow = func(*db.Tx, string) error { return errs.New(errs.Denied, "no", "") }
		ctx := as("rosa")
		_, err1 := w.s.Week(ctx, "", "")
		_, err2 := w.s.Turn(ctx, "shift-rosa", "2026-03-01")
		_, err3 := w.s.Mine(ctx)
		for what, err := range map[string]error{
			"week": err1, "turn": err2, "mine": err3, "add": w.s.Add(ctx, dayShift("x", "rosa", "2026-03-01")),
			"cover": w.s.Cover(ctx, "shift-rosa", "2026-03-01", ""), "off": w.s.TakeOff(ctx, Away{ID: "x", From: "2026-03-01", Until: "2026-03-01"}),
			"pass": w.s.Pass(ctx, "h1"), "know": w.s.Know(ctx, "h1"), "feed": w.s.NewFeed(ctx), "speak": w.s.Speak(ctx, nil),
			"ladder": w.s.SetLadder(ctx, "ward", DefaultLadder()), "follow": w.s.FollowLadder(ctx, "ward"), "reach": w.s.Reach(ctx, notify.SMS, "+15550100", "d", "en"),
			"back": w.s.BackOn(ctx, "x"), "unreach": w.s.Unreach(ctx, "d"),
		} {
			if !errs.Is(err, errs.Denied) {
				w.Errorf("%s: %v", what, err)
			}
		}
	})
}
