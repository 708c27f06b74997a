package handoff

import (
	"cmp"
	"context"
	"encoding/json"
	"time"

	"alongside/domain/audit"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/id"
)

// Ask is what the page for asking sends. Nothing in it must name the person.
type Ask struct {
	Handoff               // the asked fields: answer, whereabouts, language, know, asker
	Person  people.Person // what the peer should call them, and how to reach them; all may be empty
	Act     string        // id of the form
	Source  string        // which door; empty is the site's own
	Site    ref.Site
}

// Receipt is what whoever asked gets: the link of the status page and the code
// for the next shift; Own is the link of the person's own page.
type Receipt struct {
	ID    ref.Handoff
	Token string
	Own   string
	Code  string

	Before *Receipt // another ask that this form made, with other words; nil for none
}

// Ask asks for a peer. The scope is that of the site's link. The same form twice
// gives the same receipt. The same form with other words is an ask of its own:
// it may be for someone else, and nobody is left without a peer. After it
// returns, the ask is on disk and on every board.
func (s *Service) Ask(ctx context.Context, a Ask) (Receipt, error) {
	var out Receipt
	err := s.DB.Write(ctx, func(tx *db.Tx) (err error) {
		out, err = s.ask(tx, a)
		return err
	})
	return out, errs.Wrap("handoff: ask", err)
}

func (s *Service) ask(tx *db.Tx, a Ask) (Receipt, error) {
	site, err := s.sites.Get(tx, a.Site)
	if err != nil {
		return Receipt{}, err
	}
	key, err := a.key(tx, site.ID)
	if err != nil {
		return Receipt{}, err
	}
	if seen, err := s.asked(tx, key); err != nil || seen != "" {
		return s.withTwin(tx, site, seen, a.Act, cmp.Or(err, shownStill(tx, site, seen)))
	}
	h, err := s.begin(tx, a, site, key)
	return s.withTwin(tx, site, h.ID, a.Act, err)
}

// withTwin is the receipt of an ask, with that of another by the same form. On a device
// that strangers share, the one before may be anybody's: nothing of it is handed over.
func (s *Service) withTwin(tx *db.Tx, site Site, h ref.Handoff, form string, err error) (Receipt, error) {
	if err != nil {
		return Receipt{}, err
	}
	out := s.receipt(tx, h)
	if site.self() || site.Door == DoorTablet {
		return out, nil
	}
	other, err := twin(tx, site.ID, h, form)
	if other != "" {
		before := s.receipt(tx, other)
		out.Before = &before
	}
	return out, err
}

// key is what an ask is known by: its form, and what stands in it.
func (a Ask) key(tx *db.Tx, site ref.Site) ([]byte, error) {
	said, err := json.Marshal([]any{Handoffs().Export(&a.Handoff), people.Persons().Export(&a.Person)})
	return act(tx, "ask/"+string(site), a.Act+"/"+string(said)), err
}

func (s *Service) receipt(tx *db.Tx, h ref.Handoff) Receipt {
	if h == "" {
		return Receipt{}
	}
	return Receipt{ID: h, Token: StatusToken(tx, h), Own: OwnToken(tx, h, 1), Code: Code(tx, h)}
}

// asked finds the hand-off that this very form already made.
func (s *Service) asked(tx *db.Tx, key []byte) (ref.Handoff, error) {
	var h ref.Handoff
	err := tx.Row("SELECT handoff FROM handoff_handoff WHERE tenant = $1 AND act_key = $2", key).Scan(&h)
	if errs.Is(err, errs.NotFound) {
		return "", nil
	}
	return h, err
}

// tabletShows is how long a form that is sent twice on a ward's tablet shows its code
// again: a double press. After that somebody else may hold it, and go back.
const tabletShows = time.Minute

func shownStill(tx *db.Tx, site Site, h ref.Handoff) error {
	if site.Door != DoorTablet || h == "" {
		return nil
	}
	var at int64
	err := tx.Row("SELECT at FROM handoff_event WHERE tenant = $1 AND handoff = $2 AND seq = 1", h).Scan(&at)
	if err == nil && tx.Now().After(db.Instant(at).Add(tabletShows)) {
		err = errs.New(errs.Invalid, "ask: once more on a tablet", "error.old-form")
	}
	return err
}

func (s *Service) begin(tx *db.Tx, a Ask, site Site, key []byte) (Handoff, error) {
	a.Person.Provisional = true
	if a.Language != "" {
		a.Person.Languages = []string{a.Language}
	}
	person, err := s.People.Add(tx, a.Person)
	if err != nil {
		return Handoff{}, err
	}
	h := a.Handoff
	h.Person, h.Site, h.Source, h.ActKey = person.ID, site.ID, source(a, site), key
	if site.self() {
		h.Answer = "yes" // who asks for themselves has said so
	}
	h.EventAt = tx.Now()
	// A promise of so long, measured from the ask; Fold turns it into a time.
	h.RequestedAt, h.DueAt = tx.Now(), tx.Now().Add(site.Promised())
	step, err := s.atTheDoor(tx, site)
	if err != nil {
		return h, err
	}
	role := asking(tx.Scope().Role, site)
	_, to, err := s.flow.Take("", step, role, Facts{Now: h})
	if err != nil {
		return h, err
	}
	h, err = s.start(tx, h, Event{Step: step, To: to, At: tx.Now(), Value: h.Answer, Role: role})
	if err != nil {
		return h, err
	}
	return h, s.marks(tx, h, a)
}

// source is the door a hand-off came in by: what the worker says who typed it
// in, else the site's own.
func source(a Ask, site Site) string {
	switch {
	case a.Source != "":
		return a.Source
	case site.Door != "":
		return site.Door
	}
	return DoorWard
}

// asking is the role in the flow of whoever asks: an account's own, the person
// at a door of their own, else whoever holds a site's link.
func asking(role string, site Site) string {
	switch {
	case role != "":
		return role
	case site.self():
		return RolePerson
	}
	return RoleAsker
}

// atTheDoor is how an ask comes in: told to the peers at once, or kept until
// someone looks, when a link brings more in a minute than its site lets in. A
// worker who types in a phone call has looked already.
func (s *Service) atTheDoor(tx *db.Tx, site Site) (string, error) {
	if tx.Scope().Role != "" {
		return StepAsk, nil
	}
	var n int64
	err := tx.Row(`SELECT COUNT(*) FROM (SELECT 1 FROM handoff_handoff
		WHERE tenant = $1 AND site = $2 AND requested_at > $3 AND requested_at <= $4 LIMIT $5) AS recent`,
		site.ID, tx.Now().Add(-time.Minute), tx.Now(), site.flood()).Scan(&n)
	if err != nil || n < site.flood() {
		return StepAsk, err
	}
	return StepHold, nil
}

// start stores a new hand-off with its first event, and records it.
func (s *Service) start(tx *db.Tx, h Handoff, e Event) (Handoff, error) {
	if err := s.name(tx, &h); err != nil {
		return h, err
	}
	e.Handoff, e.Person, e.Seq = h.ID, h.Person, 1
	e.Actor, e.RecordedAt, e.ActKey = tx.Scope().Actor, tx.Now(), h.ActKey
	h = h.after(e, e.At)
	changes, err := s.handoffs.Insert(tx, &h)
	if err != nil {
		return h, err
	}
	if _, err := s.events.Insert(tx, &e); err != nil {
		return h, err
	}
	if err := s.alert(tx, h, e); err != nil {
		return h, err
	}
	s.changed(tx)
	return h, s.record(tx, audit.Change, action(e.Step), h, changes)
}

// name gives the hand-off its id and what follows from it. An id whose code is
// in use on the site now is not taken.
func (s *Service) name(tx *db.Tx, h *Handoff) error {
	for range 8 {
		h.ID = ref.Handoff(id.New(tx.Now()))
		h.CodeKey = codeKey(tx, h.Site, Code(tx, h.ID))
		var n int64
		err := tx.Row(`SELECT COUNT(*) FROM handoff_handoff
			WHERE tenant = $1 AND code_key = $2 AND requested_at > $3`,
			h.CodeKey, tx.Now().Add(-StatusLife).UnixMicro()).Scan(&n)
		if err != nil {
			return err
		}
		if n == 0 {
			break
		}
	}
	tenant := tx.Scope().Tenant
	h.StatusKey = linkKey(tx.Vault(), tenant, StatusToken(tx, h.ID))
	h.OwnTurn = 1
	h.OwnKey = linkKey(tx.Vault(), tenant, ownLink(tx, h.ID, h.OwnTurn))
	return nil
}
