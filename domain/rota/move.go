package rota

import (
	"cmp"
	"slices"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/job"
	"alongside/platform/notify"
)

// again is what is done after the last rung, for as long as someone waits:
// whoever has come on duty since is asked too.
const again = "again"

// move climbs to the next rung that finds someone, asks them, and hangs up the
// bell for the rung after it.
func (s *Service) move(tx *db.Tx, r Run) error {
	ladder, err := s.ladder(tx, r.Site)
	if err != nil {
		return err
	}
	after := r
	who, rung, err := s.next(tx, &after, ladder)
	if err != nil {
		return err
	}
	after.Step, after.Open, after.MovedAt = r.Step+1, int64(len(who)), tx.Now()
	after.DueAt = tx.Now().Add(rung.wait())
	if err := s.ask(tx, after, rung, who); err != nil {
		return err
	}
	if _, err := s.runs.Update(tx, &r, &after); err != nil {
		return err
	}
	if err := job.Add(tx, bellRung, rungKey(after), after.DueAt); err != nil {
		return err
	}
	tenant := tx.Scope().Tenant
	tx.AfterCommit(func() { s.Changed(tenant) })
	return nil
}

// next finds the rung that r stands on after this move and whom it asks. A rung
// that finds nobody is passed over, but for the telephone's.
func (s *Service) next(tx *db.Tx, r *Run, ladder []Rung) ([]ref.Account, Rung, error) {
	for r.Rung < int64(len(ladder)) {
		rung := ladder[r.Rung]
		r.Rung++
		who, err := s.candidates(tx, *r, rung.Who)
		if err != nil || len(who) > 0 || rung.Who == Telephone {
			return who, rung, err
		}
	}
	last := ladder[len(ladder)-1]
	last.Who = again
	who, err := s.candidates(tx, *r, again)
	return who, last, err
}

// ask writes down who is asked, in counts for whoever waits, and sends word. Open pages
// always tell: by their message it is known, too, who was asked before.
func (s *Service) ask(tx *db.Tx, r Run, rung Rung, who []ref.Account) error {
	if rung.Who != again {
		done := StepDone{Handoff: r.Handoff, Round: r.Round, Step: r.Step, Who: rung.Who, People: int64(len(who)), At: tx.Now()}
		if _, err := s.steps.Insert(tx, &done); err != nil {
			return err
		}
	}
	for _, a := range who {
		row := Asked{Handoff: r.Handoff, Round: r.Round, Peer: a, Step: r.Step, At: tx.Now()}
		if _, err := s.asked.Insert(tx, &row); err != nil {
			return err
		}
	}
	if len(who) == 0 {
		return s.nobody(tx, r)
	}
	return s.Gate.Send(tx, notify.Message{
		Key: messageKey(r), Word: wordNew, Path: "/rota/mine", To: texts(who), Channels: append([]string{notify.App}, rung.Channels...), Useful: useful,
	})
}

// nobody tells coordinators, who do not walk, that nobody is left to ask where nobody
// supervises either: once in a round, and somebody must know.
func (s *Service) nobody(tx *db.Tx, r Run) error {
	heads, err := s.supervisors(tx, r.Site, r.TakenBy)
	if err != nil || len(others(heads, r.TakenBy)) > 0 {
		return err // who was asked, or comes on duty and is
	}
	return s.late(tx, r, nobodyKey(r))
}

// candidates are the accounts that a rung would ask now: none that was asked in
// this round, none that knows the person outside, and not whoever gave this
// hand-off back.
func (s *Service) candidates(tx *db.Tx, r Run, who string) ([]ref.Account, error) {
	var all []ref.Account
	var err error
	switch who {
	case Duty, Second, All:
		all, err = s.peersOnDuty(tx, r)
	case Supervisor:
		return s.answering(tx, r)
	case again:
		all, err = s.everyone(tx, r)
	}
	if err != nil || len(all) == 0 {
		return nil, err
	}
	if all, err = s.unasked(tx, r, all); err != nil {
		return nil, err
	}
	if (who == Duty || who == Second) && len(all) > 1 {
		all = all[:1]
	}
	return all, nil
}

func (s *Service) everyone(tx *db.Tx, r Run) ([]ref.Account, error) {
	peers, err := s.peersOnDuty(tx, r)
	if err != nil {
		return nil, err
	}
	supervisors, err := s.supervisors(tx, r.Site, "")
	for _, a := range supervisors {
		if !slices.Contains(peers, a) {
			peers = append(peers, a)
		}
	}
	return peers, err
}

// unasked leaves out who must not be asked, or not again.
func (s *Service) unasked(tx *db.Tx, r Run, all []ref.Account) ([]ref.Account, error) {
	var out []ref.Account
	for _, a := range all {
		if a == r.TakenBy {
			continue
		}
		reached, err := s.Gate.Reached(tx, messageKey(r), string(a))
		if err != nil {
			return nil, err
		}
		var n int
		err = tx.Row("SELECT COUNT(*) FROM rota_asked WHERE tenant = $1 AND handoff = $2 AND round = $3 AND peer = $4", r.Handoff, r.Round, a).Scan(&n)
		if err != nil {
			return nil, err
		}
		known, err := s.Knows(tx, a, r.Person)
		if err != nil {
			return nil, err
		}
		if !reached && !known && n == 0 {
			out = append(out, a)
		}
	}
	return out, nil
}

// peersOnDuty are the peers whose turn it is at the site, whoever should be
// asked first before the others: who is as the person asked for, then who has
// taken fewest in the last twelve hours, then by a lot that differs from
// hand-off to hand-off.
func (s *Service) peersOnDuty(tx *db.Tx, r Run) ([]ref.Account, error) {
	peers, err := s.onDuty(tx, r.Site, "peer")
	if err != nil || len(peers) < 2 {
		return peers, err
	}
	rows, err := s.peers.List(tx, "WHERE tenant = $1")
	if err != nil {
		return nil, err
	}
	load, err := s.load(tx)
	if err != nil {
		return nil, err
	}
	fits := map[ref.Account]int{}
	for _, p := range rows {
		fits[p.Account] = p.fits(r)
	}
	lot := func(a ref.Account) string {
		return string(tx.Vault().Token(tx.Scope().Tenant, "rota.lot", []byte(string(r.Handoff)+" "+string(a))))
	}
	slices.SortFunc(peers, func(a, b ref.Account) int {
		return cmp.Or(cmp.Compare(fits[b], fits[a]), cmp.Compare(load[a], load[b]), cmp.Compare(lot(a), lot(b)))
	})
	return peers, nil
}

// fits weighs what a peer says of themselves against what was asked for: the
// language before the gender, and that before what they have lived. It puts
// peers in order and leaves nobody out: someone comes.
func (p Peer) fits(r Run) int {
	n := 0
	if slices.Contains(p.Languages, r.Language) {
		n += 4
	}
	if r.Gender != "" && p.Gender == r.Gender {
		n += 2
	}
	if r.Lived != "" && slices.Contains(p.Lived, r.Lived) {
		n++
	}
	return n
}

// loadWindow is how far back the load of those on duty is weighed.
const loadWindow = 12 * time.Hour

func (s *Service) load(tx *db.Tx) (map[ref.Account]int, error) {
	rows, err := tx.Query("SELECT taken_by, COUNT(*) FROM rota_run WHERE tenant = $1 AND taken_at > $2 GROUP BY taken_by", tx.Now().Add(-loadWindow))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[ref.Account]int{}
	for rows.Next() {
		var a ref.Account
		var n int
		if err := rows.Scan(&a, &n); err != nil {
			return nil, err
		}
		out[a] = n
	}
	return out, rows.Err()
}

// answering are the supervisors that a rung asks: those on duty whom nobody has
// asked yet, as a peer for one; when there is none, everyone else who answers for it.
func (s *Service) answering(tx *db.Tx, r Run) ([]ref.Account, error) {
	on, err := s.onDuty(tx, r.Site, "supervisor")
	if err != nil {
		return nil, err
	}
	if on, err = s.unasked(tx, r, on); err != nil || len(on) > 0 {
		return on, err
	}
	all, err := s.Staff(tx, "supervisor")
	if err != nil {
		return nil, err
	}
	return s.unasked(tx, r, all)
}

// supervisors are those on duty, or all of them when none is: somebody must
// know. Whoever it is about is told only when there is nobody else.
func (s *Service) supervisors(tx *db.Tx, site ref.Site, about ref.Account) ([]ref.Account, error) {
	on, err := s.onDuty(tx, site, "supervisor")
	if on = others(on, about); err != nil || len(on) > 0 {
		return on, err
	}
	all, err := s.Staff(tx, "supervisor")
	if rest := others(all, about); len(rest) > 0 {
		return rest, err
	}
	return all, err
}

// heads are the supervisors who are told of something that is about someone; where nobody
// else supervises, the coordinators.
func (s *Service) heads(tx *db.Tx, site ref.Site, about ref.Account) ([]ref.Account, error) {
	who, err := s.supervisors(tx, site, about)
	if err != nil || len(others(who, about)) > 0 {
		return who, err
	}
	leads, err := s.Staff(tx, "coordinator")
	if rest := others(leads, about); err != nil || len(rest) > 0 {
		return rest, err
	}
	return who, nil
}

// others are all but one.
func others(all []ref.Account, but ref.Account) (out []ref.Account) {
	for _, a := range all {
		if a != but {
			out = append(out, a)
		}
	}
	return out
}

func (s *Service) onDuty(tx *db.Tx, site ref.Site, role string) ([]ref.Account, error) {
	p, err := s.plan(tx, tx.Now(), tx.Now())
	if err != nil {
		return nil, err
	}
	on := p.OnDuty(tx.Now(), site)
	if len(on) == 0 {
		return nil, nil
	}
	staff, err := s.Staff(tx, role)
	return slices.DeleteFunc(on, func(a ref.Account) bool { return !slices.Contains(staff, a) }), err
}
