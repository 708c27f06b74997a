package handoff

import (
	"cmp"
	"slices"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// Walker is someone to whom a hand-off can be handed over.
type Walker struct {
	ID   ref.Account
	Name string
}

// around reads what stands around a hand-off: others that may be for the same
// person, and for whoever may hand it over, to whom.
func (s *Service) around(tx *db.Tx, d *Detail) error {
	var err error
	if d.Alike, err = s.alike(tx, d.Handoff); err != nil {
		return err
	}
	if d.Joined, err = s.joinedTo(tx, d.Handoff); err != nil || tx.Scope().Role == "peer" {
		return err
	}
	d.Walkers, err = s.walkers(tx, d.Handoff.Person, d.Handoff.Peer)
	return err
}

// walkers are those who can walk with the person instead of someone, by name.
func (s *Service) walkers(tx *db.Tx, person ref.Person, instead ref.Account) ([]Walker, error) {
	all, err := s.canWalk(tx)
	if err != nil {
		return nil, err
	}
	names, err := s.Names(tx, all)
	if err != nil {
		return nil, err
	}
	var out []Walker
	for _, a := range all {
		known := false
		if person != "" {
			if known, err = s.Knows(tx, a, person); err != nil {
				return nil, err
			}
		}
		if a != instead && !known {
			out = append(out, Walker{a, names[a]})
		}
	}
	slices.SortFunc(out, func(a, b Walker) int { return cmp.Compare(a.Name+string(a.ID), b.Name+string(b.ID)) })
	return out, nil
}

func walkerOptions(list []Walker) []ui.OptionProps {
	out := make([]ui.OptionProps, len(list))
	for i, w := range list {
		out[i] = ui.OptionProps{Value: string(w.ID), Label: w.Name}
	}
	return out
}

// opens reports whether whoever looks may open the other as well: what has arrived or
// ended is not every peer's (mayOpen).
func (a Alike) opens(v *page.View) bool {
	peer := v.Signed != nil && v.Signed.Role == "peer"
	return !peer || !settled(a.State)
}

// joins reports whether this hand-off can still be joined to another.
func (f viewForm) joins() bool { return slices.Contains(early(), f.State) }
