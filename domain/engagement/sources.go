package engagement

import (
	"strconv"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
)

// walking is engagement's own source: the people whom a peer walks with.
type walking struct{ s *Service }

// Lines gives at most one line for each person, the most pressing.
func (w walking) Lines(tx *db.Tx) ([]Item, error) {
	mine, err := w.s.caseload(tx)
	if err != nil {
		return nil, err
	}
	limits, err := w.s.limits(tx)
	if err != nil {
		return nil, err
	}
	var out []Item
	for _, c := range mine {
		if i, ok := c.item(tx.Now(), me(tx), limits); ok {
			out = append(out, i)
		}
	}
	return out, nil
}

// item is why a person stands on Today; ok is false when they do not.
func (c Companion) item(now time.Time, peer ref.Account, l Limits) (Item, bool) {
	i := Item{Person: c.Walk.Person, Path: walkPath(c.Walk.Person), Noted: true}
	st := c.Standing
	switch {
	case !st.WorryAt.IsZero():
		i.Rank, i.At, i.Why = Safety, st.WorryAt, "worry"
	case c.Walk.HelloAt.After(st.ReachedAt):
		i.Rank, i.At, i.Why, i.Asked = Promise, c.Walk.HelloAt, "hello", true
	case st.Apart > 0:
		i.Rank, i.At, i.Why, i.Count, i.Noted = Promise, st.ReachedAt, "apart", st.Apart, false
	case !st.NextAt.IsZero() && promised(st.Next) && st.NextBy == peer && due(st.NextAt, now):
		i.Rank, i.At, i.Why = Promise, st.NextAt, "next-"+st.Next
	case !st.NextAt.IsZero() && st.Next == "they_call" && st.NextAt.Before(now):
		i.Rank, i.At, i.Why = Window, st.NextAt, "next-they_call"
	case st.Tries > 0 && l.mayTry(st, now):
		i.Rank, i.At, i.Why, i.Count = Window, st.TriedAt, "tried", st.Tries
	case st.Tries == 0 && now.Sub(c.lastSeen()) > l.silence():
		i.Rank, i.At, i.Why, i.Count = Silence, c.lastSeen(), "silence", days(now.Sub(c.lastSeen()))
	default:
		return i, false
	}
	i.Key = i.Why + " " + string(i.Person) + " " + strconv.FormatInt(i.At.UnixMicro(), 10)
	return i, true
}

// due: a promise is shown from the beginning of its day.
func due(at, now time.Time) bool { return !at.After(now.Add(12 * time.Hour)) }

func days(d time.Duration) int64 { return int64(d / (24 * time.Hour)) }

// lastSeen is when they were last in touch, or began.
func (c Companion) lastSeen() time.Time {
	if c.Standing.ReachedAt.IsZero() {
		return c.Walk.BeganAt
	}
	return c.Standing.ReachedAt
}
