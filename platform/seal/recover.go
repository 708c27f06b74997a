package seal

import (
	"bytes"
	"crypto/subtle"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"alongside/platform/errs"
)

// Recover writes root.key and tenant.key back from the two shares of a kit, as
// they were printed; it does not matter which comes first. Keys that are still
// there and the same are left alone; others are never written over. Every
// refusal names the share and the line, and changes nothing. An empty tenant is
// found among the folders of keys by what line 1 says.
func Recover(dir, tenant, shareA, shareB string) error {
	return RecoverWith(Options{Dir: dir}, tenant, shareA, shareB)
}

// RecoverWith is Recover with options.
func RecoverWith(o Options, tenant, shareA, shareB string) error {
	o = o.filled()
	a, b, err := parsePair(shareA, shareB)
	if err != nil {
		return err
	}
	if tenant == "" {
		tenant = a.whose(o.Keys)
	}
	if !tenantName.MatchString(tenant) {
		return refuse("say the organisation's id; it stands on the sheet, in letters a to z, digits and dashes")
	}
	plain, err := join(tenant, a, b)
	if err != nil {
		return err
	}
	root, key := [keySize]byte(plain[:keySize]), [keySize]byte(plain[keySize:])
	rootPath := filepath.Join(o.Keys, "root.key")
	keyPath := filepath.Join(o.Keys, tenant, "tenant.key")
	missingRoot, err1 := lost(rootPath, root)
	missingKey, err2 := lost(keyPath, key)
	if err := errors.Join(err1, err2, fits(filepath.Join(o.Keys, tenant), tenant, key)); err != nil {
		return refuse("%w", err)
	}
	if err := makeDir(filepath.Join(o.Keys, tenant)); err != nil {
		return trouble("recover", err)
	}
	if missingRoot {
		err = writeKey(rootPath, root)
	}
	if missingKey && err == nil {
		err = writeKey(keyPath, key)
	}
	return trouble("recover", err)
}

func parsePair(shareA, shareB string) (a, b Share, err error) {
	if a, err = parseShare("first", shareA); err != nil {
		return a, b, err
	}
	if b, err = parseShare("second", shareB); err != nil {
		return a, b, err
	}
	return a, b, pair(a, b)
}

// whose finds the organisation of a share among the folders of keys; "" when
// none is there.
func (s Share) whose(keys string) string {
	entries, _ := os.ReadDir(keys) // no folder, no organisation
	for _, e := range entries {
		mark := kitMark(e.Name())
		if e.IsDir() && bytes.Equal(mark[:], s.lines[0][8:]) {
			return e.Name()
		}
	}
	return ""
}

// join puts two shares together.
func join(tenant string, a, b Share) (plain secret, err error) {
	x, y := a.secret(), b.secret()
	subtle.XORBytes(plain[:], x[:], y[:])
	if !bytes.Equal(plain[2*keySize:], secretCheck(tenant, plain)) {
		return plain, refuse("the shares fit each other, but they are not of organisation %s", tenant)
	}
	return plain, nil
}

// pair compares the first lines.
func pair(a, b Share) error {
	x, y := a.lines[0], b.lines[0]
	switch {
	case !bytes.Equal(x[2:6], y[2:6]):
		return slip("second", 0, "the two shares are of different kits (line 1 says so); look for the sheet of the same day")
	case x[1] == y[1]:
		return slip("second", 0, "both are share %s; the other trustee has the other one", a.Letter)
	}
	return nil
}

// lost reports whether a key file must be written. One that holds another key
// is an error; one that is damaged counts as lost.
func lost(path string, want [keySize]byte) (bool, error) {
	have, err := readKey(path)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return false, err
	case err != nil:
		return true, nil //nolint:nilerr // what cannot be read is what is asked
	case have != want:
		return false, fmt.Errorf("%s holds another key than this kit; nothing was changed", path)
	}
	return false, nil
}

// fits refuses a kit whose key does not open the persons' keys that are there.
func fits(dir, tenant string, key [keySize]byte) error {
	f, err := os.Open(filepath.Join(dir, "persons.keys"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return errors.Join(checkHeader(f, key, tenant), f.Close())
}

func refuse(format string, args ...any) error {
	return &errs.Error{Kind: errs.Invalid, Op: "recovery kit", Err: fmt.Errorf(format, args...)}
}
