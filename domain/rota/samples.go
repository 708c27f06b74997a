package rota

import (
	"time"

	"alongside/domain/ref"
	"alongside/platform/notify"
	"alongside/platform/page"
)

func sampleWeek(v *page.View) Week {
	zone := v.Local(v.Now).Location()
	monday := DayOf(v.Now, zone).Monday()
	w := Week{
		Edits: true, Orders: true, Site: "s", Monday: monday, Today: DayOf(v.Now, zone), Places: []Place{{"s", "Lanternford General, emergency"}, {"t", "Tallow House"}},
		Names:  map[ref.Account]string{"r": "Rosa Demo", "i": "Idris Demo", "l": "Lena Demo"},
		People: []Person{{"i", "Idris Demo"}, {"l", "Lena Demo"}, {"r", "Rosa Demo"}},
	}
	p := Plan{Zone: zone, Shifts: []Shift{
		{ID: "day", Site: "s", Peer: "r", From: monday, Begins: 8 * 60, Ends: 16 * 60, Repeats: Daily},
		{ID: "late", Site: "s", Peer: "i", From: monday, Begins: 16 * 60, Ends: 0, Repeats: Daily},
	}, Aways: []Away{{Peer: "i", From: monday.Add(2), Until: monday.Add(2)}}, Changes: []Change{{Shift: "late", Day: monday.Add(1), Peer: "r"}}}
	w.Turns = p.Turns(monday.At(0, zone), monday.Add(4).At(0, zone))
	w.Short = []Short{
		{Peer: "r", Ends: monday.Add(2).At(0, zone), Begins: monday.Add(2).At(8*60, zone)},
		{Peer: "i", Ends: monday.Add(4).At(8*60, zone), Begins: monday.Add(3).At(8*60, zone), Long: 24 * time.Hour},
	}
	return w
}

func sampleMine(v *page.View) Mine {
	now := v.Now.Truncate(time.Hour)
	on := Turn{Shift: "a", Day: DayOf(now, v.Local(now).Location()), Site: "s", Peer: "r", From: now.Add(-3 * time.Hour), To: now.Add(5 * time.Hour)}
	next := Turn{Shift: "b", Day: on.Day.Add(1), Site: "s", Peer: "r", From: on.To.Add(8 * time.Hour), To: on.To.Add(16 * time.Hour)}
	return Mine{
		Goes: true, On: []Turn{on}, Turns: []Turn{on, next}, Short: TooShort([]Turn{on, next}), Feed: "t0123",
		Aways:   []Away{{ID: "x", From: on.Day.Add(5), Until: on.Day.Add(9)}},
		Asked:   []Waiting{{Handoff: "h", Site: "s", At: v.Now.Add(-4 * time.Minute)}, {Handoff: "l", Kind: ForLive, Site: "s", At: v.Now.Add(-2 * time.Minute)}},
		Wishes:  []Wish{{Listener{"l", "Lena Demo"}, v.Now.Add(-time.Hour)}},
		Places:  map[ref.Site]string{"s": "Lanternford General, emergency"},
		Peer:    Peer{Languages: []string{"es"}},
		Devices: []notify.Device{{ID: "d", Channel: notify.Mail, Address: "rosa@lanternford.example"}, {ID: "e", Channel: notify.Push}},
	}
}
