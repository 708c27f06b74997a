package seal

import (
	"errors"
	"io"
	"os"
	"path/filepath"
)

// erasedList is the list of who was erased: each line says a person's id.
const erasedList = "erasures.log"

func (t *tenant) erasures() *chain {
	return &chain{path: filepath.Join(t.dir, erasedList), tenant: t.name, use: "alongside erasure 1", words: 1, sign: t.sign}
}

// readLedger reads and proves a ledger.
func (t *tenant) readLedger(b []byte) ([]ending, error) {
	said, err := t.ledger.read(b)
	out := make([]ending, len(said))
	for i, s := range said {
		slot, ok := parseID(s.says)
		if !ok {
			return nil, t.ledger.wrong(i, errors.New("names nobody"))
		}
		out[i] = ending{slot, s.at}
	}
	return out, err
}

// addLines makes endings part of the ledger, durably, and returns its size.
func (t *tenant) addLines(ends []ending) (size int64, err error) {
	var lines []saying
	for _, e := range ends {
		lines = append(lines, saying{e.slot.String(), e.at})
	}
	return t.ledger.add(lines)
}

// catchUp carries out what the ledger says and the slots do not show yet: a
// power cut came between, or the slots come from an older copy.
func (t *tenant) catchUp() error {
	st, err := os.Stat(t.ledger.path)
	if errors.Is(err, os.ErrNotExist) {
		return nil // Check speaks of it
	}
	done, err2 := readNumber(t.file, appliedAt)
	if err := errors.Join(err, err2); err != nil || uint64(st.Size()) <= done {
		return err
	}
	return t.alone(func() error {
		b, err := os.ReadFile(t.ledger.path)
		if err != nil {
			return err
		}
		ends, err := t.readLedger(b)
		if err != nil {
			return err
		}
		return t.overwrite(ends, int64(len(whole(b))))
	})
}

// ApplyLedger carries the erasures of another copy of an organisation's ledger
// over to these keys: after a restore of an older copy, who was erased stays
// erased, also someone whose key is not in this copy. It returns how many
// erasures were new here. A line that the organisation did not sign, or one
// missing between others, refuses the whole.
func (v *Vault) ApplyLedger(tenant string, from io.Reader) (int, error) {
	t, _, err := v.tenant(tenant)
	if err != nil {
		return 0, err
	}
	theirs, err := io.ReadAll(from)
	if err != nil {
		return 0, trouble("apply ledger", err)
	}
	ours, err := t.ledger.bytes()
	if err != nil {
		return 0, trouble("apply ledger", err)
	}
	fresh, err := t.fresh(ours, theirs)
	if err != nil || len(fresh) == 0 {
		return 0, trouble("apply ledger", err)
	}
	return len(fresh), trouble("apply ledger", t.erase(fresh))
}

// fresh lists the endings in theirs that are not in ours.
func (t *tenant) fresh(ours, theirs []byte) ([]ending, error) {
	known, err := t.readLedger(ours)
	if err != nil {
		return nil, err
	}
	ends, err := t.readLedger(theirs)
	seen := map[slotID]bool{}
	for _, e := range known {
		seen[e.slot] = true
	}
	var out []ending
	for _, e := range ends {
		if !seen[e.slot] {
			seen[e.slot] = true
			out = append(out, e)
		}
	}
	return out, err
}
