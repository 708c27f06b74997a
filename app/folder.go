package app

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"alongside/platform/db"
	"alongside/platform/errs"
)

// lacks says, in words, why the data folder cannot be one of ours.
func (p place) lacks() string {
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
