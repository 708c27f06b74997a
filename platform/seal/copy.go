package seal

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// CopyTo writes the newest version of all keys into another key folder and
// destroys the version that was there, as a backup must: an older copy would
// still hold the keys of people erased since. The copy is worth as much as the
// original. To restore, open the copy (Options.Keys) and CopyTo the place where
// the keys belong; a place whose keys are newer than the copy is left alone and
// answered with errs.Conflict, and then ApplyLedger is what is wanted.
func (v *Vault) CopyTo(dir string) error {
	names, err := v.Tenants()
	if err != nil {
		return err
	}
	if err := makeDir(dir); err != nil {
		return trouble("copy", err)
	}
	if have, err := readKey(filepath.Join(dir, "root.key")); err == nil && have != v.root {
		return conflict("%s holds the keys of another database; nothing was changed", dir)
	}
	if err := replaceKey(filepath.Join(dir, "root.key"), v.root); err != nil {
		return trouble("copy", err)
	}
	for _, name := range names {
		t, _, err := v.tenant(name)
		if err != nil {
			return err
		}
		if err := t.alone(func() error { return t.copyTo(filepath.Join(dir, name)) }); err != nil {
			return trouble("copy "+name, err)
		}
	}
	return trouble("copy", v.endWith(dir))
}

// copyTo copies one organisation. The lists go first: if the power is cut
// half-way, the next opening carries out the ledger on the older slots.
func (t *tenant) copyTo(dir string) error {
	if err := makeDir(dir); err != nil {
		return err
	}
	if err := t.newerThan(dir); err != nil {
		return err
	}
	if err := replaceKey(filepath.Join(dir, "tenant.key"), t.key); err != nil {
		return err
	}
	for _, name := range []string{erasedList, takenList, "persons.keys"} {
		err := replace(filepath.Join(dir, name), filepath.Join(t.dir, name))
		if name == takenList && errors.Is(err, fs.ErrNotExist) {
			continue // nothing was taken back here yet
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// newerThan refuses a folder that knows of people, erasures or notes that we do
// not.
func (t *tenant) newerThan(dir string) error {
	older, err := t.ledger.startsAs(filepath.Join(dir, erasedList))
	olderNotes, err2 := t.taken.startsAs(filepath.Join(dir, takenList))
	size, err3 := t.file.Stat()
	if err := errors.Join(err, err2, err3); err != nil {
		return err
	}
	there, err := os.Stat(filepath.Join(dir, "persons.keys"))
	if !older || !olderNotes || err == nil && there.Size() > size.Size() {
		return conflict("%s is newer than this copy of the keys; nothing of it was changed", dir)
	}
	return nil
}

// startsAs reports whether all that the list at a path says stands at the start
// of this one.
func (c *chain) startsAs(path string) (bool, error) {
	ours, err := c.bytes()
	theirs, err2 := os.ReadFile(path)
	if errors.Is(err2, fs.ErrNotExist) {
		err2 = nil
	}
	return bytes.HasPrefix(ours, whole(theirs)), errors.Join(err, err2)
}

func replaceKey(path string, k [keySize]byte) error {
	if have, err := readKey(path); err == nil && have == k {
		return nil
	}
	return writeKey(path, k)
}

// replace copies a file over another and overwrites the bytes that were there.
func replace(path, with string) error {
	from, err := os.Open(with)
	if err != nil {
		return err
	}
	defer from.Close()
	old, err := os.OpenFile(path, os.O_WRONLY, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return writeFrom(path, from)
	}
	if err != nil {
		return err
	}
	st, err := old.Stat()
	if err == nil {
		err = writeFrom(path, from)
	}
	if err == nil {
		err = zero(old, 0, st.Size())
	}
	return errors.Join(err, old.Close())
}

// endWith destroys what is copied there of organisations that ended here. Those
// that we never knew are newer than this copy, and left alone.
func (v *Vault) endWith(dir string) error {
	b, err := os.ReadFile(filepath.Join(v.dir, endedLog))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for line := range strings.Lines(string(b)) {
		name := strings.TrimSpace(line)
		if _, gone := os.Stat(filepath.Join(v.dir, name)); !errors.Is(gone, fs.ErrNotExist) || !tenantName.MatchString(name) {
			continue
		}
		at := filepath.Join(dir, name)
		err = errors.Join(err, wipe(filepath.Join(at, "tenant.key"), 0),
			wipe(filepath.Join(at, "persons.keys"), 0), os.RemoveAll(at))
	}
	return errors.Join(err, writeFile(filepath.Join(dir, endedLog), b))
}
