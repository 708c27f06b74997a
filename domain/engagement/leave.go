package engagement

import (
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/notify"
)

// Leave ends every walk of someone who leaves, and every reminder of theirs, so
// that nobody is told to call and nothing is sent. For the same person again it
// does nothing.
func (s *Service) Leave(tx *db.Tx, person ref.Person) error {
	walks, err := s.with(tx, person)
	if err != nil {
		return errs.Wrap("engagement: leave", err)
	}
	for _, w := range walks {
		if err := s.End(tx, person, w.Peer); err != nil {
			return errs.Wrap("engagement: leave", err)
		}
	}
	return errs.Wrap("engagement: leave", s.silence(tx, person))
}

// silence takes down the bells of what lies ahead and forgets the address that
// they would go to.
func (s *Service) silence(tx *db.Tx, person ref.Person) error {
	list, err := s.ahead(tx, person)
	if err != nil {
		return err
	}
	for _, a := range list {
		if err := s.hush(tx, a); err != nil {
			return err
		}
	}
	before, err := s.remindOf(tx, person)
	if err != nil || before.Version == 0 {
		return err
	}
	if before.Device != "" {
		if err := notify.ForgetDevice(tx, before.Device, string(person)); err != nil {
			return err
		}
	}
	after := before
	after.How, after.Device = noReminder, ""
	_, err = s.putRemind(tx, before, after)
	return err
}
