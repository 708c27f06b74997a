package rota

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"alongside/domain/ref"
)

func zone(t testing.TB, name string) *time.Location {
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func clockOf(t testing.TB, s string) int64 {
	m, ok := ParseClock(s)
	if !ok {
		t.Fatal(s)
	}
	return m
}

func night(t testing.TB, repeats string, from, until Day) Shift {
	return Shift{ID: "n", Site: "ward", Peer: "rosa", From: from, Until: until, Begins: clockOf(t, "22:00"), Ends: clockOf(t, "06:00"), Repeats: repeats}
}

func TestAShiftFollowsTheClockOnTheWall(t *testing.T) {
	ny := zone(t, "America/New_York")
	for day, hours := range map[Day]float64{
		"2026-03-06": 8, "2026-03-07": 7, // the clocks go forward on the 8th
		"2026-10-31": 9, "2026-11-01": 8, // and back on the 1st
		"2028-02-28": 8, "2028-02-29": 8, // a leap day
	} {
		turn := night(t, Daily, "2026-01-01", "").turn(day, ny)
		if got := turn.To.Sub(turn.From).Hours(); got != hours {
			t.Errorf("%s: %v hours, want %v", day, got, hours)
		}
		if turn.From.In(ny).Format("15:04") != "22:00" || turn.To.In(ny).Format("15:04") != "06:00" {
			t.Errorf("%s: %v to %v", day, turn.From.In(ny), turn.To.In(ny))
		}
	}
}

func TestATimeTheClockSkipsOrShowsTwice(t *testing.T) {
	ny := zone(t, "America/New_York")
	skipped, _ := time.Parse(time.RFC3339, "2026-03-08T03:30:00-04:00")
	if got := Day("2026-03-08").At(clockOf(t, "02:30"), ny); !got.Equal(skipped) {
		t.Error(got.In(ny))
	}
	first, _ := time.Parse(time.RFC3339, "2026-11-01T01:30:00-04:00")
	if got := Day("2026-11-01").At(clockOf(t, "01:30"), ny); !got.Equal(first) {
		t.Error(got.In(ny))
	}
}

// Shifts that meet around the clock leave nobody uncovered and nobody doubled,
// at any minute, in any zone, through every change of the clock.
func TestShiftsThatMeetCoverEveryMinuteOnce(t *testing.T) {
	for _, name := range []string{"America/New_York", "Europe/London", "Australia/Lord_Howe", "Africa/Cairo", "America/Santiago", "UTC"} {
		z := zone(t, name)
		rapid.Check(t, func(r *rapid.T) {
			cut := rapid.Int64Range(0, dayMinutes-1).Draw(r, "cut")
			p := Plan{Zone: z, Shifts: []Shift{
				{ID: "a", Peer: "a", From: "2024-01-01", Begins: cut, Ends: (cut + 480) % dayMinutes, Repeats: Daily},
				{ID: "b", Peer: "b", From: "2024-01-01", Begins: (cut + 480) % dayMinutes, Ends: (cut + 960) % dayMinutes, Repeats: Daily},
				{ID: "c", Peer: "c", From: "2024-01-01", Begins: (cut + 960) % dayMinutes, Ends: cut, Repeats: Daily},
			}}
			at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.Int64Range(0, 3*365*24*60).Draw(r, "minute")) * time.Minute)
			if on := p.OnDuty(at, ""); len(on) != 1 {
				r.Fatalf("%s, %v: %v", name, at.In(z), on)
			}
		})
		for _, around := range changesOf(z) {
			for m := -180; m < 180; m++ {
				p := Plan{Zone: z, Shifts: []Shift{
					{ID: "a", Peer: "a", From: "2024-01-01", Begins: 150, Ends: 90, Repeats: Daily},
					{ID: "b", Peer: "b", From: "2024-01-01", Begins: 90, Ends: 150, Repeats: Daily},
				}}
				if on := p.OnDuty(around.Add(time.Duration(m)*time.Minute), ""); len(on) != 1 {
					t.Fatalf("%s, %v: %v", name, around.Add(time.Duration(m)*time.Minute).In(z), on)
				}
			}
		}
	}
}

// changesOf finds the changes of a zone's clock in 2026.
func changesOf(z *time.Location) (out []time.Time) {
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for ; at.Year() == 2026; at = at.Add(30 * time.Minute) {
		if offset(at, z) != offset(at.Add(-30*time.Minute), z) {
			out = append(out, at)
		}
	}
	return out
}

func TestRepeats(t *testing.T) {
	days := func(repeats string, from, until Day) (out []string) {
		p := Plan{Zone: time.UTC, Shifts: []Shift{night(t, repeats, from, until)}}
		for _, turn := range p.Turns(Day("2028-02-14").At(0, time.UTC), Day("2028-03-21").At(0, time.UTC)) {
			out = append(out, string(turn.Day[5:]))
		}
		return out
	}
	for _, c := range []struct {
		repeats     string
		from, until Day
		want        string
	}{
		{Once, "2028-02-29", "", "[02-29]"},
		{Weekly, "2028-02-29", "", "[02-29 03-07 03-14]"},
		{Weekly, "2028-02-15", "2028-02-29", "[02-15 02-22 02-29]"},
		{Fortnightly, "2028-02-15", "", "[02-15 02-29 03-14]"},
		{Daily, "2028-02-28", "2028-03-01", "[02-28 02-29 03-01]"},
	} {
		if got := fmt.Sprint(days(c.repeats, c.from, c.until)); got != c.want {
			t.Errorf("%s from %s: %s, want %s", c.repeats, c.from, got, c.want)
		}
	}
	if Day("2026-02-29").Valid() || !Day("2028-02-29").Valid() || Day("soon").Valid() {
		t.Error("the 29th of February is a day in leap years only")
	}
}

func TestSwapCoverRemoveAndTimeOff(t *testing.T) {
	p := Plan{Zone: time.UTC, Shifts: []Shift{night(t, Daily, "2026-03-01", "")}}
	p.Changes = []Change{{Shift: "n", Day: "2026-03-02", Peer: "ines"}, {Shift: "n", Day: "2026-03-03", Removed: true}, {Shift: "n", Day: "2026-03-05", Peer: "omar"}}
	p.Aways = []Away{{Peer: "rosa", From: "2026-03-04", Until: "2026-03-05"}, {Peer: "omar", From: "2026-03-05", Until: "2026-03-05"}}
	want := map[Day][]ref.Account{
		"2026-03-01": {"rosa"}, "2026-03-02": {"ines"}, "2026-03-03": nil, "2026-03-04": nil, "2026-03-05": nil, "2026-03-06": {"rosa"},
	}
	for day, who := range want {
		at := day.At(23*60, time.UTC)
		if got := p.OnDuty(at, "ward"); !slices.Equal(got, who) {
			t.Errorf("%s: %v, want %v", day, got, who)
		}
		if got := p.OnDuty(at, "elsewhere"); len(got) != 0 {
			t.Errorf("%s: %v on duty at another site", day, got)
		}
	}
	open := p.Turns(Day("2026-03-04").At(0, time.UTC), Day("2026-03-06").At(0, time.UTC))
	if len(open) != 2 || open[0].Peer != "" || open[0].Usual != "rosa" || open[1].Peer != "" {
		t.Errorf("what needs cover is not shown: %+v", open)
	}
	next := p.Next(Day("2026-03-03").At(12*60, time.UTC), "ward")
	if len(next) != 1 || next[0].Day != "2026-03-06" {
		t.Errorf("next: %+v", next)
	}
}

func TestShortRestIsSaid(t *testing.T) {
	at := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	turn := func(peer ref.Account, from, to time.Duration) Turn {
		return Turn{Peer: peer, From: at.Add(from * time.Hour), To: at.Add(to * time.Hour)}
	}
	for name, c := range map[string]struct {
		turns []Turn
		want  int
	}{
		"eleven hours are enough":  {[]Turn{turn("a", 0, 8), turn("a", 19, 27)}, 0},
		"ten are not":              {[]Turn{turn("a", 0, 8), turn("a", 18, 26)}, 1},
		"one long turn in two":     {[]Turn{turn("a", 0, 8), turn("a", 8, 12)}, 0},
		"thirteen hours in two":    {[]Turn{turn("a", 0, 8), turn("a", 8, 13)}, 0},
		"a day and night in three": {[]Turn{turn("a", 0, 8), turn("b", 8, 16), turn("a", 8, 16), turn("a", 16, 24)}, 1},
		"a day and night in one":   {[]Turn{turn("a", 0, 24)}, 0},
		"two at once":              {[]Turn{turn("a", 0, 8), turn("a", 4, 12)}, 1},
		"two people":               {[]Turn{turn("a", 0, 8), turn("b", 9, 12)}, 0},
		"nobody needs no rest":     {[]Turn{turn("", 0, 8), turn("", 9, 12)}, 0},
		"short inside a long turn": {[]Turn{turn("a", 0, 24), turn("a", 2, 4), turn("a", 36, 40)}, 1},
	} {
		if got := TooShort(c.turns); len(got) != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
