package app

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/seal"
)

// lacks says, in words, why the data folder cannot be one of ours.
func (p place) lacks() string {
	if _, err := os.Stat(filepath.Join(p.data, unfinished)); err == nil {
		return "a restore into " + p.data + " was not finished, so what was taken back may stand in it. Take the folder away and restore again; with a PostgreSQL, type the same restore once more"
	}
	return p.misses()
}

// misses is lacks for a restore, which may go on with one that was not finished.
func (p place) misses() string {
	if say := noFolder(p.data); say != "" {
		return say
	}
	keys := p.config().keys()
	if _, err := os.Stat(filepath.Join(keys, "root.key")); errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Stat(filepath.Join(p.data, db.DatabaseFile)); err == nil {
			return "the key file " + filepath.Join(keys, "root.key") + " is not there, and without it nobody can read " + p.data +
				". If the keys lie elsewhere, set ALONGSIDE_KEYS. If they are lost, both sheets of the recovery kit bring it back: alongside recover --data " + p.data + " < BOTH-SHEETS"
		}
		return "there are no keys in " + keys + ", so " + p.data + " is not a data folder, or its keys lie elsewhere (ALONGSIDE_KEYS)"
	}
	return ""
}

// emptied refuses a folder that has an organisation's keys and no database: a
// new one made there would look like an organisation that never was. What the
// side file remembers db.Open says itself.
func (c Config) emptied(v *seal.Vault) error {
	_, err := os.Stat(filepath.Join(c.Data, db.DatabaseFile))
	_, side := os.Stat(filepath.Join(c.Data, db.SideFile))
	if c.Postgres != "" || !errors.Is(err, fs.ErrNotExist) || side == nil {
		return nil
	}
	names, err := v.Tenants()
	if err != nil || len(names) == 0 {
		return err
	}
	return errors.New(noDatabase(c.Data))
}

// noDatabase says what may be the matter, and what to do.
func noDatabase(dir string) string {
	return "there is no database in " + dir + ", only keys. If the data is in a PostgreSQL, say --postgres URL. " +
		"If it is lost, put the newest backup into an empty folder: alongside restore BACKUP --data NEW-FOLDER --keys COPY-OF-THE-KEYS"
}

// noFolder says, in words, why there is no folder of that name.
func noFolder(name string) string {
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "there is no data folder at " + name + "; `alongside init` makes one"
	case err != nil:
		return name + ": " + errs.Plain(err)
	case !info.IsDir():
		return name + " is a file, and a data folder is needed"
	}
	return ""
}
