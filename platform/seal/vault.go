package seal

import (
	"crypto/hkdf"
	"crypto/sha256"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"sync"

	"alongside/platform/clock"
)

// EnvKeys names the environment variable by which the program puts the key
// folder elsewhere than beside the data; app reads it into Options.Keys.
const EnvKeys = "ALONGSIDE_KEYS"

// Options say where the keys lie. The zero Clock is the machine's.
type Options struct {
	Dir   string // the data folder
	Keys  string // the key folder; empty: keys in Dir
	Clock clock.Clock
}

// Vault holds the keys of one key folder. It is safe for use by several
// goroutines, and several vaults, also of other processes, may share a folder.
type Vault struct {
	dir   string
	root  [keySize]byte
	clock clock.Clock
	open  *opened

	tokens *deriver

	mu      sync.RWMutex
	tenants map[string]*tenant
}

// Create makes the key folder of a data folder. One that holds keys already is
// left alone: errs.Conflict.
func Create(dir string) (*Vault, error) { return CreateWith(Options{Dir: dir}) }

// CreateWith is Create with options.
func CreateWith(o Options) (*Vault, error) {
	o = o.filled()
	path := filepath.Join(o.Keys, "root.key")
	if _, err := os.Stat(path); err == nil {
		return nil, conflict("%s holds keys already; nothing was changed", o.Keys)
	}
	if err := makeDir(o.Keys); err != nil {
		return nil, trouble("create", err)
	}
	if err := writeKey(path, newKey()); err != nil {
		return nil, trouble("create", err)
	}
	return OpenWith(o)
}

// Open reads the keys of a data folder. A folder without keys is an error that
// says so; it is errs.NotFound.
func Open(dir string) (*Vault, error) { return OpenWith(Options{Dir: dir}) }

// OpenWith is Open with options.
func OpenWith(o Options) (*Vault, error) {
	o = o.filled()
	root, err := readKey(filepath.Join(o.Keys, "root.key"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, absent("no root.key in %s: not made yet, or kept elsewhere (%s), or lost (see the recovery kit)", o.Keys, EnvKeys)
	}
	if err != nil {
		return nil, trouble("open", err)
	}
	return &Vault{
		dir: o.Keys, root: root, clock: o.Clock, open: newOpened(openedKeys),
		tokens: newDeriver(root), tenants: map[string]*tenant{},
	}, nil
}

func (o Options) filled() Options {
	if o.Keys == "" {
		o.Keys = filepath.Join(o.Dir, "keys")
	}
	if o.Clock == nil {
		o.Clock = clock.System{}
	}
	return o
}

// Close lets go of the files. Keys already handed out keep working.
func (v *Vault) Close() error {
	v.mu.Lock()
	defer v.mu.Unlock()
	var err error
	for name, t := range v.tenants {
		err = errors.Join(err, t.close())
		delete(v.tenants, name)
	}
	return err
}

// DatabaseKey is the key of the whole database file.
func (v *Vault) DatabaseKey() [32]byte { return derive(v.root, "alongside database 1") }

// HeadKey authenticates the side file that says how far the database had come.
func (v *Vault) HeadKey() [32]byte { return derive(v.root, "alongside head 1") }

// RootKey derives a key for a purpose of the whole program, such as signing
// cookies. Purposes never share a key.
func (v *Vault) RootKey(purpose string) [32]byte { return derive(v.root, "alongside other 1 "+purpose) }

// derive makes one key from another; a purpose can be up to 16 KB long, and
// HKDF only refuses lengths we never ask for.
func derive(from [keySize]byte, purpose string) (k [keySize]byte) {
	b, err := hkdf.Expand(sha256.New, from[:], purpose, keySize)
	if err != nil {
		panic(err)
	}
	return [keySize]byte(b)
}

// A tenant's id is a folder's name too, so it takes no dots and no slashes.
var tenantName = regexp.MustCompile(`^[0-9a-z][0-9a-z-]{0,63}$`)
