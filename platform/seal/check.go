package seal

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
)

// Check looks over an organisation's keys and says what is wrong with them, a
// sentence each, for whoever looks after the machine. It opens every slot: a
// second or two for a million people.
func (v *Vault) Check(tenant string) ([]string, error) {
	t, _, err := v.tenant(tenant)
	if err != nil {
		return nil, err
	}
	out := t.openToOthers(v.dir)
	ends, say := t.checkLedger()
	out = append(append(out, say...), t.checkTaken()...)
	more, err := t.checkSlots(ends)
	return append(out, more...), trouble("check", err)
}

// openToOthers names files that other people of this machine may read. Windows
// keeps that elsewhere.
func (t *tenant) openToOthers(dir string) (out []string) {
	if runtime.GOOS == "windows" {
		return nil
	}
	for _, p := range []string{
		dir, filepath.Join(dir, "root.key"), t.dir, filepath.Join(t.dir, "tenant.key"), t.file.Name(),
	} {
		st, err := os.Stat(p)
		if err == nil && st.Mode().Perm()&0o077 != 0 {
			out = append(out, fmt.Sprintf("%s is open to others on this machine: chmod go-rwx %s", p, p))
		}
	}
	return out
}

func (t *tenant) checkLedger() (ends []ending, out []string) {
	path := t.ledger.path
	done, err2 := readNumber(t.file, appliedAt) // before the list, which grows
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, []string{fmt.Sprintf("%s cannot be read: %v", path, err)}
	}
	if err2 != nil || uint64(len(b)) < done {
		out = append(out, path+" is shorter than it was: a restore of older keys could bring erased people back")
	}
	ends, err = t.readLedger(b)
	if err != nil {
		out = append(out, fmt.Sprintf("%s: %v", path, err))
	}
	return ends, out
}

// checkSlots opens every slot and compares it with the ledger. A slot of zeros
// was never written: the machine stopped while the file grew.
func (t *tenant) checkSlots(ends []ending) ([]string, error) {
	gone := map[slotID]bool{}
	for _, e := range ends {
		gone[e.slot] = true
	}
	var unsaid, back, broken int
	err := t.eachSlot(func(b [slotSize]byte) {
		s := slotID(b[1:lockedAt])
		_, err := openSlot(b[:], s, t.wrap, t.name)
		switch {
		case errors.Is(err, ErrErased) && !gone[s]:
			unsaid++
		case err == nil && gone[s]:
			back++
		case errors.Is(err, ErrNoKey) && b != [slotSize]byte{}:
			broken++
		}
	})
	var out []string
	for _, w := range []struct {
		n   int
		say string
	}{
		{unsaid, "%d keys were erased and erasures.log does not say so"},
		{back, "%d keys are here although erasures.log says that they were erased"},
		{broken, "%d keys cannot be opened: torn by a power cut before they were used, or damaged"},
	} {
		if w.n > 0 {
			out = append(out, t.file.Name()+": "+fmt.Sprintf(w.say, w.n))
		}
	}
	return out, err
}

func (t *tenant) eachSlot(do func(b [slotSize]byte)) error {
	n, err := t.slots()
	if err != nil {
		return err
	}
	block := make([]byte, 256*slotSize)
	for at, end := int64(headerSize), headerSize+n*slotSize; at < end; {
		got, err := t.file.ReadAt(block[:min(int64(len(block)), end-at)], at)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		for i := 0; i+slotSize <= got; i += slotSize {
			do([slotSize]byte(block[i:]))
		}
		at += int64(got)
	}
	return nil
}
