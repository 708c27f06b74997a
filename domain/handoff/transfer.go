package handoff

import (
	"context"
	"slices"
	"strconv"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// Reassign hands several people over to another peer, all or none. The new peer
// sees the whole history; to the old one the hand-offs are not there any more
// from the next thing their device asks for. Of what says how, the form, the new peer
// and "all the same" count.
func (s *Service) Reassign(ctx context.Context, list []ref.Handoff, how Input) error {
	if len(list) == 0 {
		return refuse("handoffs", "error.pick-one")
	}
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "handoff.reassign"); err != nil {
			return err
		}
		for _, h := range list {
			in := Input{Act: how.Act, Role: tx.Scope().Role, Peer: ref.Account(tx.Scope().Actor), NewPeer: how.NewPeer, Anyway: how.Anyway}
			if err := s.take(tx, h, StepHandOver, in); err != nil {
				return err
			}
		}
		return nil
	})
	return errs.Wrap("handoff: reassign", err)
}

const leftBehind = `WHERE tenant = $1 AND peer = $2 AND lane IN ('walking', 'after', 'over') AND state <> 'closed' AND (state <> 'not_now' OR EXISTS
	(SELECT 1 FROM handoff_followup f WHERE f.tenant = handoff_handoff.tenant AND f.handoff = handoff_handoff.handoff AND f.state || '' = 'open')) ORDER BY handoff`

// PeerLeft takes a peer who is paused, or is no peer any more, off every
// hand-off, in the transaction in which they leave. Where the person waits or is
// walked with, the ladder asks for another peer at once; who has arrived at a
// service waits for a supervisor to name one, and who rests for the day on which
// they are heard from, for nothing presses. What was promised with "not now" is for any
// peer to keep.
func (s *Service) PeerLeft(tx *db.Tx, peer ref.Account) error {
	list, err := s.handoffs.List(tx, leftBehind, peer)
	if err != nil {
		return err
	}
	for _, h := range list {
		in := Input{Role: RoleSystem, Act: string(peer) + "/" + string(h.ID) + "/" + strconv.FormatInt(h.Events, 10)}
		if err := s.take(tx, h.ID, StepLeft, in); err != nil {
			return err
		}
	}
	return nil
}

// unfit reports whether whoever a step would bring to the person must not come:
// they know each other outside, or they are not a peer here.
func (s *Service) unfit(tx *db.Tx, h Handoff, step string, in Input) (bool, error) {
	who := in.Peer
	switch step {
	case StepHandOver:
		who = in.NewPeer
	case StepAck, StepTakeOn:
	default:
		return false, nil
	}
	if step == StepHandOver {
		may, err := s.canWalk(tx)
		if err != nil || !slices.Contains(may, who) {
			return true, err
		}
	}
	return s.Knows(tx, who, h.Person)
}

// canWalk are the accounts that can walk with someone.
func (s *Service) canWalk(tx *db.Tx) ([]ref.Account, error) {
	peers, err := s.Staff(tx, "peer")
	if err != nil {
		return nil, err
	}
	supervisors, err := s.Staff(tx, "supervisor")
	for _, a := range supervisors {
		if !slices.Contains(peers, a) {
			peers = append(peers, a)
		}
	}
	return peers, err
}

// handed is the hand-off after it changed hands.
func (h Handoff) handed(e Event) Handoff {
	switch e.Step {
	case StepHandOver, StepTakeOn:
		h.Peer = e.Peer
	case StepLeft:
		h.Peer = ""
	}
	if e.Step == StepLeft && e.To == Requested {
		h.AckAt, h.ExpectedAt = time.Time{}, time.Time{}
	}
	return h
}
