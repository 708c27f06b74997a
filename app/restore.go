package app

import (
	"context"
	"crypto/hmac"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"alongside/domain/audit"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/module"
	"alongside/platform/seal"
	"alongside/surface/cli"
)

// Why a restore stops, in words for whoever does it.
var (
	errNotEmpty = errors.New("there is a database in that folder already, and a restore never writes over one; name an empty folder")
	errNoBackup = errors.New("there is no backup in that folder")
	errDamaged  = errors.New("the copy is not as it was made: a byte changed, or it belongs to other keys")
	errTorn     = errors.New("the newest backup in that folder was not finished: its .json cannot be read. Take it and its .db away to restore the one before")
	errNoKeys   = errors.New("there are no keys in the folder that --keys names")
	errKeysHere = errors.New("there are newer keys, or those of another database, where the data is to go already; name an empty folder, and with --ledgers those keys, so that who was erased stays erased")
	errLedgers  = errors.New("there is no list of who was erased in the folder that --ledgers names; nothing was restored, so that nobody comes back who left")
	errLists    = errors.New("a list in a key folder was changed or cut, so that nobody can tell who was erased or what was taken back. Put the folder back from another copy of the keys")
	errRecord   = errors.New("the record of looks in this copy does not hold together; alongside audit verify says where. Before anyone works with it, look for an older copy that does")
)

// runRestore puts a copy back into an empty folder. Whoever was erased since it
// was made stays erased: the signed ledger is carried out before anything opens.
func runRestore(ctx context.Context, env module.Env, args []string) int {
	var p place
	var keys, ledgers, made string
	f := cli.Flags(env, "restore")
	f.StringVar(&p.data, "data", "", "the data folder to make")
	f.StringVar(&keys, "keys", "", "the copy of the keys")
	f.StringVar(&ledgers, "ledgers", "", "a newer key folder, or what is left of one: its lists of who was erased are carried over")
	f.StringVar(&p.postgres, "postgres", "", "connection URL of a PostgreSQL that its own tools have put back; then --made takes the place of a copy and of --keys")
	f.StringVar(&made, "made", "", "when that copy of the PostgreSQL was made, such as 2026-11-20T23:05:00Z")
	words, ok := cli.Parse(f, args)
	if ok && len(words) == 0 && p.postgres != "" {
		return restorePostgres(ctx, env, p, made, ledgers)
	}
	if !ok || len(words) != 1 || p.postgres != "" {
		return cli.WrongUse
	}
	if code, bad := needs(env, "restore", "--data", p.data, "--keys", keys); bad {
		return code
	}
	did, err := restore(ctx, p.config(), words[0], keys, ledgers)
	if err == nil || errors.Is(err, errRecord) {
		fmt.Fprintf(env.Out, "The data is in %s. Erased again: %d.\n%s", p.data, did.Erased, did.words(p))
	}
	return answerRestore(env, p, err)
}

// answerRestore says why a restore stopped, where it did.
func answerRestore(env module.Env, p place, err error) int {
	for _, known := range []error{errNotEmpty, errNoBackup, errTorn, errNoKeys, errKeysHere, errLedgers, errLists, errDamaged, errRecord} {
		if errors.Is(err, known) {
			fmt.Fprintf(env.Err, "alongside restore: %s.\n", known)
			return cli.Refused
		}
	}
	return sayOf(env, plain(), "restore", p, err)
}

func restore(ctx context.Context, c Config, from, keys, ledgers string) (did again, err error) {
	m, err := readManifest(from)
	if err != nil {
		return did, err
	}
	if _, err := os.Stat(filepath.Join(c.Data, db.DatabaseFile)); !errors.Is(err, fs.ErrNotExist) {
		return did, errNotEmpty
	}
	if !hasLedger(ledgers) {
		return did, errLedgers
	}
	copied, err := seal.OpenWith(seal.Options{Dir: c.Data, Keys: keys, Clock: c.Clock})
	if errs.Is(err, errs.NotFound) {
		return did, errNoKeys
	}
	if err != nil {
		return did, err
	}
	defer copied.Close()
	if err := m.check(from, copied); err != nil {
		return did, err
	}
	if err := holdTogether(copied); err != nil {
		return did, err
	}
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return did, err
	}
	if err := copied.CopyTo(c.keys()); errs.Is(err, errs.Conflict) {
		return did, errKeysHere
	} else if err != nil {
		return did, err
	}
	if err := carryOver(c, ledgers); err != nil {
		return did, err
	}
	if err := begin(c.Data); err != nil {
		return did, err
	}
	if err := copyFile(filepath.Join(c.Data, db.DatabaseFile), filepath.Join(from, m.File)); err != nil {
		return did, err
	}
	return putBack(ctx, c, m)
}

// unfinished lies in the data folder until a restore has done again what its copy does
// not know. Where it stopped before, what was taken back would stand: no command opens
// such a folder (place.lacks).
const unfinished = "restore-unfinished"

// begin writes that mark, durably before any data is there. One of an earlier try stays.
func begin(data string) error {
	f, err := os.OpenFile(filepath.Join(data, unfinished), os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// check refuses a copy that is not the one that was made.
func (m manifest) check(dir string, v *seal.Vault) error {
	mark, err := m.mark(v.RootKey(backupUse))
	if err != nil {
		return err
	}
	sum, err := hashOf(filepath.Join(dir, filepath.Base(m.File)))
	if err != nil || !hmac.Equal([]byte(mark), []byte(m.Seal)) || sum != m.SHA256 {
		return errDamaged
	}
	return nil
}

// hasLedger reports whether a folder, where one is named, holds a list of who
// was erased.
func hasLedger(ledgers string) bool {
	found, err := filepath.Glob(filepath.Join(ledgers, "*", "erasures.log"))
	return ledgers == "" || err == nil && len(found) > 0
}

// holdTogether proves the lists of a key folder before anything is written: with one
// that was changed nobody knows what must not come back.
func holdTogether(v *seal.Vault) error {
	tenants, err := v.Tenants()
	for _, t := range tenants {
		_, err1 := v.Erased(t)
		_, err2 := v.Noted(t)
		if err := errors.Join(err1, err2); err != nil {
			return errors.Join(errLists, err)
		}
	}
	return err
}

// carryOver applies the lists of a newer key folder before the data is there to be
// opened.
func carryOver(c Config, ledgers string) (err error) {
	if ledgers == "" {
		return nil
	}
	v, err := seal.OpenWith(c.vault())
	if err != nil {
		return err
	}
	defer v.Close()
	tenants, err := v.Tenants()
	if err != nil {
		return err
	}
	for _, t := range tenants {
		if seal.CutNotes(filepath.Join(ledgers, t)) {
			return errLists
		}
		err := errors.Join(
			applyFile(filepath.Join(ledgers, t, "erasures.log"), t, v.ApplyLedger),
			applyFile(filepath.Join(ledgers, t, "taken.log"), t, v.ApplyNotes),
		)
		if err != nil && !errs.Is(err, errs.Unavailable) { // a full disk is no fault of the list
			err = errors.Join(errLists, err)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func applyFile(path, tenant string, apply func(tenant string, from io.Reader) (int, error)) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = apply(tenant, f)
	return errors.Join(err, f.Close())
}

func copyFile(to, from string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		return errors.Join(err, out.Close())
	}
	return errors.Join(out.Sync(), out.Close())
}

// putBack opens what was restored, does again what the copy does not know, and holds
// the record against the checkpoints that lay with it. With errRecord the data is there,
// and so is what was done.
func putBack(ctx context.Context, c Config, m manifest) (did again, err error) {
	a, err := Open(ctx, c)
	if err != nil {
		return did, err
	}
	defer a.Close()
	if did, err = a.doAgain(ctx, m); err != nil {
		return did, err
	}
	if err := os.Remove(filepath.Join(c.Data, unfinished)); err != nil {
		return did, err
	}
	for _, note := range m.Checkpoints {
		results, err := audit.Verify(ctx, a.DB, []byte(note), nil)
		if err != nil {
			return did, err
		}
		for _, r := range results {
			if r.Verdict != audit.OK {
				return did, errRecord
			}
		}
	}
	return did, nil
}
