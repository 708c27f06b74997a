package handoff

import (
	"slices"
	"strings"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
)

// asksContact reports whether a step asks what contact is fine.
func asksContact(step string) bool {
	return step == StepNotNow || step == StepSupport || step == StepContact
}

// reachable holds that a call or a text that is fine can be made: on a number that is
// known, or that is said with it. What nobody can do is no promise (0135).
func reachable(f Facts) error {
	if f.Input.Role == RoleAsker { // who asked may not know of one
		return nil
	}
	rings := f.Input.Contact == "call" || f.Input.Contact == "text"
	if rings && f.NoNumber && strings.TrimSpace(f.Input.ReachOn) == "" {
		return refuse("reach_on", "handoff.error.no-number")
	}
	return nil
}

// noNumber reports that nobody knows a number of the person of a hand-off.
func (s *Service) noNumber(tx *db.Tx, person ref.Person) (bool, error) {
	p, err := s.People.Find(tx, person)
	return p.Phone == "", err
}

// keepNumber keeps the number that was said with a contact, where none was known. One
// that is known is changed on the person's own page, or put right.
func (s *Service) keepNumber(tx *db.Tx, h Handoff, e Event, in Input) error {
	number := cut(strings.Join(strings.Fields(in.ReachOn), " "), 40)
	if number == "" || e.Contact == ContactNone {
		return nil
	}
	before, err := s.People.Find(tx, h.Person)
	if err != nil || before.Phone != "" {
		return err
	}
	after := before
	after.Phone = number
	changes, err := s.People.Update(tx, before, after)
	if err != nil {
		return err
	}
	return audit.Write(tx, audit.Entry{
		Kind: audit.Change, Action: action(e.Step), Subjects: []string{string(h.Person)},
		Record: "people_person/" + string(h.Person), Changes: changes,
	})
}

// withoutNumber leaves out the question for a number where one is known.
func withoutNumber(needs []string, known bool) []string {
	if !known {
		return needs
	}
	return slices.DeleteFunc(slices.Clone(needs), func(n string) bool { return n == "reach_on" })
}
