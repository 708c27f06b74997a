package handoff

import (
	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// RoleLeft is who ends a hand-off when its person leaves altogether.
const RoleLeft = "left"

// Withdraw ends the hand-offs of someone who leaves, by their choice, and moves
// their own page to an address that nobody has. What is counted stays. For the
// same person again it does nothing.
func (s *Service) Withdraw(tx *db.Tx, person ref.Person) error {
	all, err := s.handoffs.List(tx, "WHERE tenant = $1 AND person = $2 ORDER BY handoff", person)
	if err != nil {
		return errs.Wrap("handoff: withdraw", err)
	}
	for _, h := range all {
		if err := s.withdraw(tx, h); err != nil {
			return errs.Wrap("handoff: withdraw", err)
		}
	}
	return nil
}

func (s *Service) withdraw(tx *db.Tx, h Handoff) error {
	if h.State != Closed {
		in := Input{Act: "left", Role: RoleLeft, ClosedReason: "their_choice"}
		if err := s.take(tx, h.ID, StepClose, in); err != nil {
			return err
		}
	}
	before, err := s.find(tx, h.ID)
	if err != nil {
		return err
	}
	after := before
	after.OwnTurn++
	after.OwnKey = linkKey(tx.Vault(), tx.Scope().Tenant, ownLink(tx, h.ID, after.OwnTurn))
	changes, err := s.handoffs.Update(tx, &before, &after)
	if err != nil {
		return err
	}
	replaced(tx, ownLinks, h.ID, after.OwnTurn)
	return s.record(tx, audit.Change, "handoff.card", h, changes)
}
