package workforce

import (
	"context"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// shown is how many entries a page lists.
const shown = 20

// Pages is what someone has of their own.
type Pages struct {
	Writes   bool // may begin a page
	Together bool // and think with other peers
	Mine     []Entry
	Older    string // where the list goes on; empty at its end
	With     []Thread
}

// Thread is one co-reflection as a list shows it.
type Thread struct {
	ID    string
	First Entry // nothing to read when its writer erased it
	Own   bool  // begun by who reads
	By    string
}

// Pages lists what whoever asks wrote, and what they take part in; before is
// where the list goes on. Who neither may write nor ever wrote has no such page.
func (s *Service) Pages(ctx context.Context, before string) (out Pages, err error) {
	err = s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.enter(tx); err != nil {
			return err
		}
		if out, err = s.pages(tx, before); err != nil {
			return err
		}
		return looked(tx)
	})
	return out, errs.Wrap("workforce: pages", err)
}

func (s *Service) pages(tx *db.Tx, before string) (out Pages, err error) {
	if out.Writes, err = s.may(tx, "workforce.write", me(tx), false); err != nil {
		return out, err
	}
	if out.Together, err = s.may(tx, "workforce.together", me(tx), true); err != nil {
		return out, err
	}
	if err := s.known(tx, out.Writes); err != nil {
		return out, err
	}
	if out.Mine, err = s.mine(tx, out.Together, before); err != nil {
		return out, err
	}
	if len(out.Mine) > shown {
		out.Mine = out.Mine[:shown]
		out.Older = out.Mine[shown-1].ID
	}
	if out.Together && before == "" {
		out.With, err = s.threads(tx)
	}
	return out, err
}

// known answers NotFound for who may not write and has nothing here.
func (s *Service) known(tx *db.Tx, writes bool) error {
	if writes {
		return nil
	}
	var n int64
	err := tx.Row("SELECT COUNT(*) FROM workforce_entry WHERE tenant = $1 AND account = $2 AND gone_at = 0", me(tx)).Scan(&n)
	if err == nil && n == 0 {
		err = absent("pages of nobody")
	}
	return err
}

// Of what one wrote, the list leaves out what stands in a co-reflection that is
// listed beside it.
const (
	whereMine  = "WHERE tenant = $1 AND account = $2 AND gone_at = 0 AND (entry < $3 OR $3 = '')"
	notBeside  = " AND NOT EXISTS (SELECT 1 FROM workforce_part p WHERE p.tenant = workforce_entry.tenant AND p.thread = workforce_entry.thread AND p.account = workforce_entry.account AND p.left_at = 0)"
	newest     = " ORDER BY entry DESC"
	wherePart  = "WHERE tenant = $1 AND account = $2 AND left_at = 0 ORDER BY thread DESC"
	whereFirst = "WHERE tenant = $1 AND entry = thread AND gone_at = 0 AND EXISTS (SELECT 1 FROM workforce_part p WHERE p.tenant = workforce_entry.tenant AND p.thread = workforce_entry.thread AND p.account = $2 AND p.left_at = 0)"
)

// mine are one's own entries, newest first, one more than a page shows.
func (s *Service) mine(tx *db.Tx, together bool, before string) ([]Entry, error) {
	where := whereMine
	if together {
		where += notBeside
	}
	list, err := s.entries.ListMost(tx, shown+1, where+newest, me(tx), before)
	return readable(list), err
}

func readable(list []Entry) (out []Entry) {
	for _, e := range list {
		if e.readable() {
			out = append(out, e)
		}
	}
	return out
}

// threads are the co-reflections that whoever asks takes part in.
func (s *Service) threads(tx *db.Tx) ([]Thread, error) {
	parts, err := s.parts.List(tx, wherePart, me(tx))
	if err != nil {
		return nil, err
	}
	firsts, err := s.entries.List(tx, whereFirst, me(tx))
	if err != nil {
		return nil, err
	}
	by := map[string]Entry{}
	for _, e := range readable(firsts) {
		by[e.ID] = e
	}
	var out []Thread
	for _, p := range parts {
		t := Thread{ID: p.Thread, First: by[p.Thread], Own: p.By == p.Account}
		if t.By, err = s.nameOf(tx, p); err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, nil
}

// nameOf is the work name of who began what someone takes part in.
func (s *Service) nameOf(tx *db.Tx, p Part) (string, error) {
	names, err := s.Names(tx, []ref.Account{p.By})
	return names[p.By], err
}

// bare is what may be known of an entry before anything of it is opened.
type bare struct {
	account ref.Account
	thread  string
	gone    bool
}

func bareOf(tx *db.Tx, id string) (b bare, err error) {
	err = tx.Row("SELECT account, thread, gone_at <> 0 FROM workforce_entry WHERE tenant = $1 AND entry = $2", id).Scan(&b.account, &b.thread, &b.gone)
	return b, err
}

// own opens an entry of whoever asks; what is another's or nobody's is not here.
func (s *Service) own(tx *db.Tx, id string) (Entry, error) {
	b, err := bareOf(tx, id)
	if err != nil {
		return Entry{}, err
	}
	if err := s.must(tx, "workforce.own", b.account, false); err != nil {
		return Entry{}, err
	}
	e, err := s.entries.Get(tx, id)
	if err == nil && !e.readable() {
		tx.Settle(e.Lock)
		err = absent("entry that was erased")
	}
	return e, err
}
