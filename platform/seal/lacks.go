package seal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// What brings back what is lost, in words for whoever looks after the machine.
const (
	byKit  = "Both sheets of the recovery kit bring it back: alongside recover --data DIR < BOTH-SHEETS"
	byCopy = "The recovery kit does not hold it. Put it back from the copy of the keys that `alongside backup --keys` made"
)

// Lacks names the files of an organisation's keys that are lost or damaged, a
// sentence each with what brings them back; none when all are here. An
// organisation that ended here lacks nothing. It opens no person's key.
func (v *Vault) Lacks(tenant string) []string {
	dir := filepath.Join(v.dir, tenant)
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		if v.endedHere(tenant) {
			return nil
		}
		return []string{dir + " is lost, and with it all keys of this organisation. Put the folder back from the copy of the keys that `alongside backup --keys` made; the recovery kit alone brings back tenant.key, and no person's key"}
	}
	var out []string
	key, err := readKey(filepath.Join(dir, "tenant.key"))
	if err != nil {
		out = append(out, lostOr(filepath.Join(dir, "tenant.key"), err, "nothing of this organisation can be read or signed without it. "+byKit))
	}
	path := filepath.Join(dir, "persons.keys")
	if err := checkSlotsFile(path, key, tenant, err == nil); err != nil {
		out = append(out, lostOr(path, err, "what it locks, names and notes, cannot be read without it. "+byCopy+", and erasures.log with it"))
	}
	path = filepath.Join(dir, erasedList)
	if _, err := os.Stat(path); err != nil {
		out = append(out, lostOr(path, err, "without it a restore could bring erased people back. "+byCopy))
	}
	if lostTaken(dir) {
		out = append(out, lostOr(filepath.Join(dir, takenList), fs.ErrNotExist, "without it a restore could bring back what was taken back. "+byCopy))
	}
	return out
}

func lostOr(path string, err error, says string) string {
	if errors.Is(err, fs.ErrNotExist) {
		return path + " is lost: " + says
	}
	return fmt.Sprintf("%s. It cannot be used: %s", err, says)
}

// checkSlotsFile looks whether the persons' keys are there and, where the
// organisation's own key is, whether the two fit.
func checkSlotsFile(path string, key [keySize]byte, tenant string, keyed bool) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if !keyed {
		return nil
	}
	return checkHeader(f, key, tenant)
}

func (v *Vault) endedHere(tenant string) bool {
	b, err := os.ReadFile(filepath.Join(v.dir, endedLog))
	return err == nil && slices.Contains(strings.Fields(string(b)), tenant)
}
