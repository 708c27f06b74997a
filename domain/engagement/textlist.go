package engagement

import (
	"context"

	"alongside/domain/access"
	"alongside/domain/audit"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// Strayed is a text that waits for a coordinator, with those who have its number.
type Strayed struct {
	TextIn
	Who []people.Person
}

// TextsWaiting lists them, the oldest first, at most fifty.
func (s *Service) TextsWaiting(ctx context.Context) ([]Strayed, error) {
	var out []Strayed
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "text.place", access.Resource{}); err != nil {
			return err
		}
		rows, err := s.textsIn.List(tx, "WHERE tenant = $1 AND state = $2 ORDER BY came_at, textin LIMIT 50", InWaits)
		if err != nil {
			return err
		}
		out = make([]Strayed, len(rows))
		for i, t := range rows {
			if out[i], err = s.strayed(tx, t); err != nil {
				return err
			}
		}
		return audit.Record(tx, audit.Entry{Kind: audit.Look, Action: "engagement.texts-in"})
	})
	return out, errs.Wrap("engagement: texts waiting", err)
}

func (s *Service) strayed(tx *db.Tx, t TextIn) (Strayed, error) {
	out := Strayed{TextIn: t}
	ids, err := s.People.ByNumber(tx, t.Sender)
	if err != nil || len(ids) == 0 {
		return out, err
	}
	found, err := s.People.Called(tx, ids)
	for _, p := range ids {
		out.Who = append(out.Who, found[p])
	}
	return out, err
}

// PlaceText puts a text that waits into the story of one of those who have its
// number. Twice is once.
func (s *Service) PlaceText(ctx context.Context, which string, person ref.Person) error {
	return s.settleText(ctx, which, "engagement.text-placed", func(tx *db.Tx, t *TextIn) error {
		one, err := s.strayed(tx, *t)
		if err != nil {
			return err
		}
		for _, p := range one.Who {
			if p.ID == person {
				words := t.Words
				t.State, t.Person, t.Sender, t.Words = InPlaced, person, "", ""
				return s.intoStory(tx, *t, words)
			}
		}
		return refuse("person", "error.pick-one")
	})
}

// ThrowText throws a text away that waits: its words are gone.
func (s *Service) ThrowText(ctx context.Context, which string) error {
	return s.settleText(ctx, which, "engagement.text-thrown", func(_ *db.Tx, t *TextIn) error {
		t.State, t.Sender, t.Words = InThrown, "", ""
		return nil
	})
}

func (s *Service) settleText(ctx context.Context, which, action string, how func(*db.Tx, *TextIn) error) error {
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "text.place", access.Resource{}); err != nil {
			return err
		}
		before, err := s.textsIn.Get(tx, which)
		if err != nil {
			return err
		}
		if before.State != InWaits {
			return audit.Record(tx, audit.Entry{Kind: audit.Look, Action: action, Record: before.row()}, before.subject())
		}
		after := before
		if err := how(tx, &after); err != nil {
			return err
		}
		changes, err := s.textsIn.Update(tx, &before, &after)
		if err != nil {
			return err
		}
		return audit.Record(tx, audit.Entry{Kind: audit.Change, Action: action, Record: before.row(), Changes: changes}, before.subject())
	})
	return errs.Wrap(action, err)
}

const selectWrote = `SELECT t.person, t.state, t.came_at FROM engagement_textin t JOIN engagement_walk w
	ON w.tenant = t.tenant AND w.person = t.person AND w.peer = $2 AND w.ended_at = 0
	WHERE t.tenant = $1 AND t.state IN ('story', 'placed', 'stopped') AND t.came_at >= COALESCE(
		(SELECT MAX(c.noted_at) FROM engagement_contact c WHERE c.tenant = t.tenant AND c.person = t.person AND c.peer <> ''), 0)
	ORDER BY t.came_at`

// wrote are the people a peer walks with who wrote since anything was noted of
// them.
type wrote struct{ s *Service }

// Lines gives one line for each of them, and one where they ended texts.
func (w wrote) Lines(tx *db.Tx) ([]Item, error) {
	rows, err := tx.Query(selectWrote, me(tx))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Item
	at := map[string]int{}
	for rows.Next() {
		var t TextIn
		if err := rows.Scan(&t.Person, &t.State, &t.CameAt); err != nil {
			return nil, err
		}
		why := "wrote"
		if t.State == InStopped {
			why = "stopped"
		}
		n, had := at[why+string(t.Person)]
		if !had {
			n, at[why+string(t.Person)] = len(out), len(out)
			out = append(out, Item{Rank: Promise, Person: t.Person, At: t.CameAt, Why: why, Asked: why == "wrote", Path: walkPath(t.Person), Noted: true})
		}
		out[n].Count++
		out[n].Key = why + " " + string(t.Person) + " " + t.CameAt.Format("20060102150405.000000")
	}
	return out, rows.Err()
}
