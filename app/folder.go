package app

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"alongside/platform/errs"
)

// lacks says, in words, why the data folder cannot be one of ours.
func (p place) lacks() string {
	if say := noFolder(p.data); say != "" {
		return say
	}
	keys := p.config().keys()
	if _, err := os.Stat(filepath.Join(keys, "root.key")); errors.Is(err, fs.ErrNotExist) {
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
