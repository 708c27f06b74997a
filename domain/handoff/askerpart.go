package handoff

import (
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
)

// What the person begins anew is theirs (0128): whoever asked first goes on reading the
// part that they asked for.

// askedLast is when whoever asked did so last: not when the person asked again.
const askedLast = `(SELECT MAX(e.at) FROM handoff_event e WHERE e.tenant = h.tenant AND e.handoff = h.handoff AND
	(e.step IN ('ask', 'hold', 'release', 'found', 'confirm') OR e.step = 'look_again' AND e.role <> 'person' OR e.step = 'reopen' AND e.role = 'asker'))`

// askEnded reports whether the page of whoever asked has ended.
func askEnded(tx *db.Tx, h ref.Handoff) (bool, error) {
	var at int64
	err := tx.Row("SELECT "+askedLast+" FROM handoff_handoff h WHERE h.tenant = $1 AND h.handoff = $2", h).Scan(&at)
	return tx.Now().After(db.Instant(at).Add(StatusLife)), err
}

// bareEvents are a hand-off's events without what is sealed: steps, times and choices.
func bareEvents(tx *db.Tx, h ref.Handoff) ([]Event, error) {
	rows, err := tx.Query(`SELECT seq, step, state_to, at, role, peer, expected_at, corrects, about, value,
		CASE WHEN LENGTH(whereabouts) > 0 THEN 1 ELSE 0 END FROM handoff_event WHERE tenant = $1 AND handoff = $2 ORDER BY seq`, h)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Event
	for rows.Next() {
		var e Event
		var at, expected, where int64
		if err := rows.Scan(&e.Seq, &e.Step, &e.To, &at, &e.Role, &e.Peer, &expected, &e.Corrects, &e.About, &e.Value, &where); err != nil {
			return nil, err
		}
		if e.At, e.Expected = db.Instant(at), db.Instant(expected); where > 0 {
			e.Where = "said"
		}
		out = append(out, e)
	}
	return out, rows.Err()
}

// askersPart are the events up to where the person began anew: after they had met, or
// when the page of whoever asked had ended.
func askersPart(events []Event) []Event {
	back, met, asked := undone(events), false, time.Time{}
	for i, e := range events {
		switch {
		case back[e.Seq]:
		case e.Step == StepMeet:
			met = true
		case e.Step == StepReopen && e.Role != RoleAsker && (met || e.At.After(asked.Add(StatusLife))):
			return events[:i]
		case askersAsk(e):
			asked = e.At
		}
	}
	return events
}

// askersAsk reports whether an event is one of askedLast.
func askersAsk(e Event) bool {
	switch e.Step {
	case StepAsk, StepHold, StepRelease, StepFound, StepConfirm:
		return true
	case StepLookAgain:
		return e.Role != RolePerson
	}
	return e.Step == StepReopen && e.Role == RoleAsker
}

// whereIsTheirs reports whether where the person is was last said by whoever asked, or
// by who put it right for them; the person's own word of it is for peers.
func whereIsTheirs(events []Event) bool {
	theirs := true
	for _, e := range events {
		if e.Where != "" || e.Step == StepCorrect && e.About == "whereabouts" {
			theirs = e.Role == RoleAsker
		}
	}
	return theirs
}

// asAsked is a hand-off as far as whoever asked for it may see: that part of it, and
// whether they may read where the person is.
func asAsked(tx *db.Tx, h Handoff) (Handoff, bool, error) {
	events, err := bareEvents(tx, h.ID)
	if err != nil {
		return h, false, err
	}
	if part := askersPart(events); len(part) < len(events) {
		h = Fold(h, part)
	}
	return h, whereIsTheirs(events), nil
}
