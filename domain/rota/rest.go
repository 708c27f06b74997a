package rota

import (
	"time"

	"alongside/domain/ref"
)

// Rest is how long someone should have between two shifts: eleven hours in
// each twenty-four, Directive 2003/88/EC, article 3. Countries have their own
// rules; this one is said everywhere and enforced nowhere.
const Rest = 11 * time.Hour

// Short is a rest that is too short, or two turns at once.
type Short struct {
	Peer   ref.Account
	Ends   time.Time // of the turn before
	Begins time.Time // of the turn after
}

// Hours is how long the rest is, 0 when the turns overlap.
func (s Short) Hours() time.Duration { return max(0, s.Begins.Sub(s.Ends)) }

// TooShort finds the rests shorter than [Rest] among turns in the order of
// their beginning. Turns that follow each other without a break are one.
func TooShort(turns []Turn) []Short {
	ends := map[ref.Account]time.Time{}
	var out []Short
	for _, t := range turns {
		if t.Peer == "" {
			continue
		}
		end, had := ends[t.Peer]
		if had && !t.From.Equal(end) && t.From.Sub(end) < Rest {
			out = append(out, Short{t.Peer, end, t.From})
		}
		if t.To.After(end) {
			ends[t.Peer] = t.To
		}
	}
	return out
}
