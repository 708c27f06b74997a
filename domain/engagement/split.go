package engagement

import (
	"slices"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
)

// Span is a stretch of a peer's time with one person. A group is one span for
// each person in it.
type Span struct {
	Person   ref.Person
	From, To time.Time
}

// Split shares a peer's time out among the people it was spent with. A minute
// with three people is twenty seconds with each, so that no minute counts
// twice: the shares add up to the time that was spent with anyone, to the
// microsecond. The order of the spans does not matter.
func Split(spans []Span) map[ref.Person]time.Duration {
	spans = slices.DeleteFunc(slices.Clone(spans), func(s Span) bool { return !s.From.Before(s.To) })
	out := map[ref.Person]time.Duration{}
	edges := edgesOf(spans)
	for i := 1; i < len(edges); i++ {
		share(out, within(spans, edges[i-1], edges[i]), edges[i].Sub(edges[i-1]))
	}
	return out
}

func edgesOf(spans []Span) []time.Time {
	var out []time.Time
	for _, s := range spans {
		out = append(out, s.From, s.To)
	}
	slices.SortFunc(out, time.Time.Compare)
	return slices.CompactFunc(out, time.Time.Equal)
}

// within are the people a stretch was spent with, each once, in order.
func within(spans []Span, from, to time.Time) []ref.Person {
	var out []ref.Person
	for _, s := range spans {
		if !s.From.After(from) && !s.To.Before(to) {
			out = append(out, s.Person)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// share adds an equal part for each; what does not divide goes to the first.
func share(out map[ref.Person]time.Duration, who []ref.Person, d time.Duration) {
	if len(who) == 0 {
		return
	}
	part := (d / time.Duration(len(who))).Truncate(time.Microsecond)
	for _, p := range who {
		out[p] += part
	}
	out[who[0]] += d - part*time.Duration(len(who))
}

// Together is a peer's own time: with how many people, how often, how long.
type Together struct {
	People, Times, Tries int
	Spent                time.Duration
	By                   map[ref.Person]time.Duration
}

const selectSpans = `SELECT c.person, c.reached, c.started_at, c.minutes FROM engagement_contact c
	WHERE c.tenant = $1 AND c.peer = $2 AND c.started_at >= $3 AND c.started_at < $4 AND NOT EXISTS (
		SELECT 1 FROM engagement_over o WHERE o.tenant = c.tenant AND o.old = c.contact AND o.person = c.person)`

// timeOf reads the time of whoever is in the scope, and of nobody else.
func (s *Service) timeOf(tx *db.Tx, from, to time.Time) (Together, error) {
	var out Together
	rows, err := tx.Query(selectSpans, me(tx), from, to)
	if err != nil {
		return out, err
	}
	defer rows.Close()
	var spans []Span
	for rows.Next() {
		var person ref.Person
		var reached, started, minutes int64
		if err := rows.Scan(&person, &reached, &started, &minutes); err != nil {
			return out, err
		}
		if reached == 0 {
			out.Tries++
			continue
		}
		out.Times++
		at := time.UnixMicro(started)
		spans = append(spans, Span{person, at, at.Add(time.Duration(minutes) * time.Minute)})
	}
	out.By = Split(spans)
	out.People = len(out.By)
	for _, d := range out.By {
		out.Spent += d
	}
	return out, rows.Err()
}
