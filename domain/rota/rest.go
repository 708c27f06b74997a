package rota

import (
	"time"

	"alongside/domain/ref"
)

// Rest is how long someone should have between two shifts: eleven hours in
// each twenty-four, Directive 2003/88/EC, article 3. Countries have their own
// rules; this one is said everywhere and enforced nowhere.
const Rest = 11 * time.Hour

// Stretch is the longest that turns can follow each other and leave [Rest] in a day
// and night.
const Stretch = 24*time.Hour - Rest

// Short is a rest that is too short, two turns at once, or turns that follow each
// other without a rest for too long.
type Short struct {
	Peer   ref.Account
	Ends   time.Time     // of the turn before; of the last, where they follow each other
	Begins time.Time     // of the turn after; of the first, where they follow each other
	Long   time.Duration // how long they follow each other; 0 for a rest that is too short
}

// Hours is how long the rest is, 0 when the turns overlap.
func (s Short) Hours() time.Duration { return max(0, s.Begins.Sub(s.Ends)) }

// row is turns of one peer that follow each other, and where it stands among what was
// found; -1 for nowhere.
type row struct {
	from, to time.Time
	found    int
}

// TooShort finds the rests shorter than [Rest] among turns in the order of
// their beginning, and turns that follow each other for longer than [Stretch]. One
// turn that is as long was typed so, and is not said again.
func TooShort(turns []Turn) []Short {
	rows := map[ref.Account]*row{}
	var out []Short
	for _, t := range turns {
		r := rows[t.Peer]
		switch {
		case t.Peer == "":
			continue
		case r != nil && t.From.Equal(r.to):
			r.to = t.To
			out = r.long(out, t.Peer)
			continue
		case r != nil && t.From.Sub(r.to) < Rest:
			out = append(out, Short{Peer: t.Peer, Ends: r.to, Begins: t.From})
			rows[t.Peer] = &row{t.From, maxTime(r.to, t.To), -1}
			continue
		}
		rows[t.Peer] = &row{t.From, t.To, -1}
	}
	return out
}

// long says once of a row that it is too long, and then how long it has become.
func (r *row) long(out []Short, peer ref.Account) []Short {
	s := Short{Peer: peer, Ends: r.to, Begins: r.from, Long: r.to.Sub(r.from)}
	switch {
	case s.Long <= Stretch:
		return out
	case r.found >= 0:
		out[r.found] = s
		return out
	}
	r.found = len(out)
	return append(out, s)
}
