package rota

import (
	"net/url"
	"time"

	"alongside/domain/ref"
	"alongside/platform/notify"
	"alongside/platform/page"
	"alongside/platform/page/ui"
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
		Devices: []notify.Device{{ID: "d", Channel: notify.Mail, Address: "rosa@lanternford.example"}, {ID: "e", Channel: notify.Push}, {ID: "f", Channel: notify.SMS, Address: "+15550100199"}},
		Unused:  []string{notify.SMS},
		Fates:   map[string]notify.Fate{"d": {State: notify.Refused, At: v.Now.Add(-time.Hour)}},
	}
}

// sampleChannels are one that goes, one at whose other end nobody answers, and one
// that is shut, with a reason that says too little.
func sampleChannels(v *page.View) channelsForm {
	open := func(channel, why string) notify.Opening {
		return notify.Opening{Channel: channel, Basis: notify.NotNeeded, Why: why, OpenedAt: v.Now.AddDate(0, -2, 0)}
	}
	return channelsForm{
		Act: "a", Channel: notify.SMS, In: url.Values{"basis": {notify.Agreement}, "why": {"Signed"}},
		Problems: []page.Problem{{Field: ui.Key(notify.SMS, "why"), Say: v.T("rota.error.channel-why")}},
		All: []notify.Faring{
			{Channel: notify.Push, Exists: true, Latest: open(notify.Push, "The words are sealed for the browser alone."), Ways: 4, Went: 31, WentAt: v.Now.Add(-time.Hour)},
			{Channel: notify.Mail, Exists: true, Latest: open(notify.Mail, "Our own mail server, in this house."), Ways: 6, Waits: 2, Since: v.Now.Add(-9 * time.Minute), Lost: 1, LostAt: v.Now.Add(-3 * time.Hour)},
			{Channel: notify.SMS},
		},
	}
}
