package seal

import "time"

// Ended is one line of an organisation's ledger of erasures.
type Ended struct {
	Subject string
	At      time.Time
}

// Erased lists whom an organisation's ledger names, in its order. A ledger that
// does not hold together is an error.
func (v *Vault) Erased(tenant string) ([]Ended, error) {
	t, _, err := v.tenant(tenant)
	if err != nil {
		return nil, err
	}
	b, err := t.ledger.bytes()
	if err != nil {
		return nil, trouble("read ledger", err)
	}
	ends, err := t.readLedger(b)
	out := make([]Ended, len(ends))
	for i, e := range ends {
		out[i] = Ended{e.slot.String(), e.at}
	}
	return out, trouble("read ledger", err)
}
