package workforce

import (
	"context"
	"slices"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// One is a page as its reader may see it: an entry of their own, or a whole
// co-reflection.
type One struct {
	ID     string
	Entry  Entry   // of their own; of a co-reflection nothing
	Shared bool    // the entry stands in a co-reflection that the reader left
	Thread []Entry // what is written in a co-reflection, in order
	Here   []ref.Account
	Names  map[ref.Account]string
	Me     ref.Account
	Begun  bool // the reader began it, and may invite
	Asks   []Colleague
}

// Together reports whether it is a co-reflection.
func (o One) Together() bool { return len(o.Here) > 0 }

// One opens a page. One of somebody else is NotFound, as one that there is not.
func (s *Service) One(ctx context.Context, id string) (out One, err error) {
	err = s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.enter(tx); err != nil {
			return err
		}
		if out, err = s.one(tx, id); err != nil {
			return err
		}
		return looked(tx)
	})
	return out, errs.Wrap("workforce: one", err)
}

func (s *Service) one(tx *db.Tx, id string) (One, error) {
	parts, err := s.partsOf(tx, id)
	if err != nil {
		return One{}, err
	}
	together, err := s.may(tx, "workforce.together", beganBy(parts), in(parts, me(tx)))
	if err != nil {
		return One{}, err
	}
	if together {
		return s.thread(tx, id, parts)
	}
	e, err := s.own(tx, id)
	return One{ID: id, Entry: e, Me: me(tx), Shared: e.Thread != ""}, err
}

// partsOf are all who take part or took part.
func (s *Service) partsOf(tx *db.Tx, thread string) ([]Part, error) {
	return s.parts.List(tx, "WHERE tenant = $1 AND thread = $2 ORDER BY joined_at, account", thread)
}

// in reports whether an account takes part now.
func in(parts []Part, who ref.Account) bool {
	return slices.ContainsFunc(parts, func(p Part) bool { return p.Account == who && p.LeftAt.IsZero() })
}

// beganBy is who began a co-reflection.
func beganBy(parts []Part) ref.Account {
	for _, p := range parts {
		if p.By == p.Account {
			return p.Account
		}
	}
	return ""
}

// Whoever was invited reads the first words, their own, and what the others wrote
// since.
const whereThread = `WHERE tenant = $1 AND thread = $2 AND gone_at = 0 AND (account = $3 OR account = $4 OR written_at >= $5)
	ORDER BY written_at, entry`

func (s *Service) thread(tx *db.Tx, id string, parts []Part) (One, error) {
	out := One{ID: id, Me: me(tx)}
	var joined Part
	var all []ref.Account
	for _, p := range parts {
		if all = append(all, p.Account); p.LeftAt.IsZero() {
			out.Here = append(out.Here, p.Account)
		}
		if p.Account == out.Me {
			joined = p
		}
	}
	list, err := s.entries.List(tx, whereThread, id, out.Me, beganBy(parts), joined.JoinedAt)
	if err != nil {
		return out, err
	}
	out.Thread = readable(list)
	if out.Names, err = s.Names(tx, all); err != nil {
		return out, err
	}
	if out.Begun, err = s.may(tx, "workforce.invite", beganBy(parts), true); err != nil || !out.Begun {
		return out, err
	}
	out.Asks, err = s.others(tx, all)
	return out, err
}

// others are the peers who may still be invited: who took part once is not asked
// again.
func (s *Service) others(tx *db.Tx, but []ref.Account) ([]Colleague, error) {
	all, err := s.Peers(tx)
	return slices.DeleteFunc(all, func(c Colleague) bool { return slices.Contains(but, c.ID) }), err
}
