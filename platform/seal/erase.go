package seal

import (
	"errors"
	"os"
	"path/filepath"
)

// Erase destroys a person's key. First a signed line goes to the ledger, then
// the slot is overwritten in place, both durable before it returns; a power
// cut between the two is made good when the key store is next opened. To erase
// someone twice is no error. Solid-state disks and copying file systems may
// keep old blocks for a while; what lies in them is locked with tenant.key.
func (v *Vault) Erase(tenant, subject string) error {
	s, ok := parseID(subject)
	if !ok {
		return ErrNoKey
	}
	t, _, err := v.tenant(tenant)
	if err != nil {
		return err
	}
	if _, err := t.read(s); errors.Is(err, ErrErased) {
		return nil
	} else if err != nil {
		return err
	}
	err = t.erase([]slotID{s}, v.clock.Now())
	v.open.forget(openedName{tenant, s})
	return trouble("erase", err)
}

// overwrite empties slots, begins a new epoch and notes how much of the ledger
// is carried out.
func (t *tenant) overwrite(slots []slotID, ledger int64) error {
	for _, s := range slots {
		b := erasedSlot(s)
		if _, err := t.file.WriteAt(b[:], s.offset()); err != nil {
			return err
		}
	}
	epoch, err := readNumber(t.file, epochAt)
	if err != nil {
		return err
	}
	if err := t.file.Sync(); err != nil {
		return err
	}
	return errors.Join(
		writeNumber(t.file, epochAt, epoch+1),
		writeNumber(t.file, appliedAt, uint64(ledger)),
		t.file.Sync(),
	)
}

func (t *tenant) ledger() (*os.File, error) {
	return os.OpenFile(filepath.Join(t.dir, "erasures.log"), os.O_RDWR|os.O_CREATE, 0o600)
}
