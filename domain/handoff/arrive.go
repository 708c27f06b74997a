package handoff

import (
	"context"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/id"
)

// Arrival is what the service sees by its link: the name the person uses and
// where things stand, and only while a live consent covers it.
type Arrival struct {
	Name  string
	State string
	To    Destination
}

// SplitArrive takes the destination's token apart: the link's own token and the
// hand-off's id.
func SplitArrive(token string) (link string, h ref.Handoff, ok bool) {
	cut := len(token) - id.Size
	if cut <= id.Size {
		return "", "", false
	}
	return token[:cut], ref.Handoff(token[cut:]), true
}

// Arrive reads the service's page. No consent, an ended one, another service's
// link and no such hand-off are all NotFound.
func (s *Service) Arrive(ctx context.Context, token string) (Arrival, error) {
	var out Arrival
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		h, err := s.byArrive(tx, token)
		if err != nil {
			return err
		}
		person, err := s.People.Find(tx, h.Person)
		if err != nil {
			return err
		}
		to, err := s.destinations.Get(tx, h.Destination)
		if err != nil {
			return err
		}
		out = Arrival{person.Name, h.State, to}
		return audit.Write(tx, audit.Entry{
			Kind: audit.Disclosure, Action: "handoff.arrive", Subjects: []string{string(h.Person)},
			Record: "handoff_handoff/" + string(h.ID), To: string(h.Destination), Under: string(h.Consent),
		})
	})
	return out, errs.Wrap("handoff: arrive", err)
}

func (s *Service) byArrive(tx *db.Tx, token string) (Handoff, error) {
	link, id, ok := SplitArrive(token)
	if !ok {
		return Handoff{}, absent("arrive link")
	}
	h, err := s.find(tx, id)
	if err != nil {
		return h, err
	}
	covered := false
	if h.Destination != "" && ArriveToken(tx, h) == link {
		covered, err = s.Consents.Covers(tx, h.Person, string(h.Destination))
	}
	if err != nil {
		return h, err
	}
	if !covered {
		tx.Settle(string(h.Person))
		return h, absent("arrive link")
	}
	return h, nil
}

// Receive takes a step for the service, by its link: it can take the person, or
// they arrived.
func (s *Service) Receive(ctx context.Context, token, step string, in Input) error {
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		h, err := s.byArrive(tx, token)
		if err != nil {
			return err
		}
		in.Role, in.ConnSource = RoleDestination, "receiver"
		return s.take(tx, h.ID, step, in)
	})
	return errs.Wrap("handoff: receive", err)
}
