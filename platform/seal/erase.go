package seal

import (
	"errors"
	"time"
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
	err = t.erase([]ending{{slot: s, at: v.clock.Now()}})
	v.open.forget(openedName{tenant, s})
	return trouble("erase", err)
}

// ending is the end of one person's key.
type ending struct {
	slot slotID
	at   time.Time
}

// erase writes ledger lines and then empties the slots.
func (t *tenant) erase(ends []ending) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.alone(func() error {
		size, err := t.addLines(ends)
		if err != nil {
			return err
		}
		return t.overwrite(ends, size)
	})
}

// alone runs do with every other process kept away from the organisation's
// keys.
func (t *tenant) alone(do func() error) error {
	if err := lock(t.file); err != nil {
		return err
	}
	return errors.Join(do(), unlock(t.file))
}

// overwrite empties the slots that are here and live, begins a new epoch, and
// notes how many bytes of the ledger are carried out.
func (t *tenant) overwrite(ends []ending, ledger int64) error {
	for _, e := range ends {
		if _, err := t.read(e.slot); err != nil {
			continue
		}
		b := erasedSlot(e.slot)
		if _, err := t.file.WriteAt(b[:], e.slot.offset()); err != nil {
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
