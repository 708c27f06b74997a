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
	errRecord   = errors.New("the record of looks does not hold together; see alongside audit verify")
)

// stands is what nobody can know who has only the copy.
const stands = `Everyone is signed out, and no link of before opens.
What was taken back, stopped or paused since the copy was made stands again:
consents, cards to sign in with, roles, accounts. Look through them before anyone comes in.
`

// runRestore puts a copy back into an empty folder. Whoever was erased since it
// was made stays erased: the signed ledger is carried out before anything opens.
func runRestore(ctx context.Context, env module.Env, args []string) int {
	var p place
	var keys, ledgers string
	f := cli.Flags(env, "restore")
	f.StringVar(&p.data, "data", "", "the data folder to make")
	f.StringVar(&keys, "keys", "", "the copy of the keys")
	f.StringVar(&ledgers, "ledgers", "", "a newer key folder, or what is left of one: its lists of who was erased are carried over")
	words, ok := cli.Parse(f, args)
	if !ok || len(words) != 1 {
		return cli.WrongUse
	}
	if code, bad := needs(env, "restore", "--data", p.data, "--keys", keys); bad {
		return code
	}
	n, err := restore(ctx, p.config(), words[0], keys, ledgers)
	for _, known := range []error{errNotEmpty, errNoBackup, errTorn, errNoKeys, errKeysHere, errLedgers, errDamaged, errRecord} {
		if errors.Is(err, known) {
			fmt.Fprintf(env.Err, "alongside restore: %s.\n", known)
			return cli.Refused
		}
	}
	if err == nil {
		fmt.Fprintf(env.Out, "The data is in %s. Erased again: %d.\n%s", p.data, n, stands)
	}
	return cli.Answer(env, plain(), "restore", err)
}

func restore(ctx context.Context, c Config, from, keys, ledgers string) (int, error) {
	m, err := readManifest(from)
	if err != nil {
		return 0, err
	}
	if _, err := os.Stat(filepath.Join(c.Data, db.DatabaseFile)); !errors.Is(err, fs.ErrNotExist) {
		return 0, errNotEmpty
	}
	if !hasLedger(ledgers) {
		return 0, errLedgers
	}
	copied, err := seal.OpenWith(seal.Options{Dir: c.Data, Keys: keys, Clock: c.Clock})
	if errs.Is(err, errs.NotFound) {
		return 0, errNoKeys
	}
	if err != nil {
		return 0, err
	}
	defer copied.Close()
	if err := m.check(from, copied); err != nil {
		return 0, err
	}
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return 0, err
	}
	if err := copied.CopyTo(c.keys()); errs.Is(err, errs.Conflict) {
		return 0, errKeysHere
	} else if err != nil {
		return 0, err
	}
	if err := carryOver(c, ledgers); err != nil {
		return 0, err
	}
	if err := copyFile(filepath.Join(c.Data, db.DatabaseFile), filepath.Join(from, m.File)); err != nil {
		return 0, err
	}
	return putBack(ctx, c, m)
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

// carryOver applies the ledgers of a newer key folder before the data is there
// to be opened.
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
		f, err := os.Open(filepath.Join(ledgers, t, "erasures.log"))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		_, err = v.ApplyLedger(t, f)
		if err := errors.Join(err, f.Close()); err != nil {
			return err
		}
	}
	return nil
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

// putBack opens what was restored, lets go again of whoever left since the copy
// was made, ends what was opened with it, and holds the record against the
// checkpoints that lay with it.
func putBack(ctx context.Context, c Config, m manifest) (int, error) {
	a, err := Open(ctx, c)
	if err != nil {
		return 0, err
	}
	defer a.Close()
	n, err := a.Mine.CatchUp(ctx)
	if err == nil {
		err = a.Access.EndAll(ctx)
	}
	if err != nil {
		return n, err
	}
	for _, note := range m.Checkpoints {
		results, err := audit.Verify(ctx, a.DB, []byte(note), nil)
		if err != nil {
			return n, err
		}
		for _, r := range results {
			if r.Verdict != audit.OK {
				return n, errRecord
			}
		}
	}
	return n, nil
}
