package seal

import (
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"alongside/platform/id"
)

// tenant is one organisation's part of the key folder.
type tenant struct {
	name string
	dir  string
	key  [keySize]byte
	wrap cipher.AEAD
	sign ed25519.PrivateKey
	box  func() *ecdh.PrivateKey // drawn once, when it is first asked for

	tokens *deriver
	file   *os.File   // persons.keys
	page   *epochPage // its header
	ledger *chain     // erasures.log
	taken  *chain     // taken.log

	mu    sync.Mutex // guards ready, batch and every write to the folder
	ready []string   // made, durable, not handed out yet
	batch int        // how many to make next time
}

// CreateTenant makes an organisation's keys. A name is one to 64 lower case
// letters, digits and dashes. One that is here already is errs.Conflict.
func (v *Vault) CreateTenant(name string) error {
	if !tenantName.MatchString(name) {
		return conflict("an organisation's id takes 1 to 64 of a-z, 0-9 and -")
	}
	dir := filepath.Join(v.dir, name)
	if _, err := os.Stat(dir); err == nil {
		return conflict("organisation %s has keys already", name)
	}
	tmp := filepath.Join(v.dir, ".new-"+name+"-"+id.Secret(5))
	err := fill(tmp, name, newKey())
	if err == nil {
		err = os.Rename(tmp, dir)
	}
	if err != nil {
		os.RemoveAll(tmp)
		return trouble("create "+name, err)
	}
	return trouble("create "+name, syncDir(v.dir))
}

// fill makes the folder of an organisation that has nobody in it yet.
func fill(dir, name string, key [keySize]byte) error {
	if err := makeDir(dir); err != nil {
		return err
	}
	return errors.Join(
		writeKey(filepath.Join(dir, "tenant.key"), key),
		writeFile(filepath.Join(dir, "persons.keys"), newHeader(key, name)),
		writeFile(filepath.Join(dir, erasedList), nil),
		writeFile(filepath.Join(dir, takenList), nil),
	)
}

// Tenants lists the organisations that have keys here, sorted.
func (v *Vault) Tenants() ([]string, error) {
	entries, err := os.ReadDir(v.dir)
	if err != nil {
		return nil, trouble("list", err)
	}
	var out []string
	for _, e := range entries {
		if e.IsDir() && tenantName.MatchString(e.Name()) {
			out = append(out, e.Name())
		}
	}
	return out, nil
}

// tenant returns an organisation's keys, reading them the first time. It looks
// each time whether the organisation still is.
func (v *Vault) tenant(name string) (*tenant, uint64, error) {
	v.mu.RLock()
	t := v.tenants[name]
	v.mu.RUnlock()
	if t == nil {
		var err error
		if t, err = v.load(name); err != nil {
			return nil, 0, err
		}
	}
	epoch, err := t.page.epoch()
	if err != nil {
		return nil, 0, trouble("read "+name, err)
	}
	if epoch == ended {
		v.letGo(t)
		return nil, 0, ErrNoTenant
	}
	return t, epoch, nil
}

// letGo forgets the keys of an organisation that another process has ended.
func (v *Vault) letGo(t *tenant) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.tenants[t.name] == t {
		delete(v.tenants, t.name)
		v.open.forgetAll(t.name)
		t.file.Close()
	}
}

func (v *Vault) load(name string) (*tenant, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if t := v.tenants[name]; t != nil {
		return t, nil
	}
	if !tenantName.MatchString(name) {
		return nil, ErrNoTenant
	}
	dir := filepath.Join(v.dir, name)
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNoTenant
	}
	t, err := openTenant(dir, name)
	if err != nil {
		return nil, trouble("open "+name, err)
	}
	v.tenants[name] = t
	return t, nil
}

func openTenant(dir, name string) (*tenant, error) {
	key, err := readKey(filepath.Join(dir, "tenant.key"))
	if err != nil {
		return nil, fmt.Errorf("%w (a lost key comes back with the recovery kit)", err)
	}
	f, err := os.OpenFile(filepath.Join(dir, "persons.keys"), os.O_RDWR, 0)
	if err != nil {
		return nil, fmt.Errorf("%w (the persons' keys come back from a copy of the key folder)", err)
	}
	wrap, err := newAEAD(derive(key, "alongside slots 1"))
	seed := derive(key, "alongside signing 1")
	t := &tenant{
		name: name, dir: dir, key: key, file: f, wrap: wrap, tokens: newDeriver(key),
		sign: ed25519.NewKeyFromSeed(seed[:]), box: sync.OnceValue(func() *ecdh.PrivateKey { return boxKey(key) }), batch: firstBatch,
	}
	t.ledger, t.taken = t.erasures(), t.takings()
	err = errors.Join(err, checkHeader(f, key, name))
	if err == nil {
		t.page, err = mapEpoch(f)
	}
	if err == nil {
		err = t.catchUp()
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return t, nil
}

func (t *tenant) close() error { return t.file.Close() }

// SigningKey signs an organisation's checkpoints and erasures. It is nil when
// the organisation has no keys here.
func (v *Vault) SigningKey(name string) ed25519.PrivateKey {
	t, _, err := v.tenant(name)
	if err != nil {
		return nil
	}
	return t.sign
}

// EndTenant destroys an organisation's keys: nothing sealed for it can be read
// again, in no copy of the data. There is no way back but its recovery kit.
func (v *Vault) EndTenant(name string) error {
	t, _, err := v.tenant(name)
	if err != nil {
		return err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if err := v.noteEnd(name); err != nil {
		return trouble("end "+name, err)
	}
	err = errors.Join(
		writeNumber(t.file, epochAt, ended),
		t.file.Sync(),
		wipe(filepath.Join(t.dir, "tenant.key"), 0),
		wipe(filepath.Join(t.dir, "persons.keys"), headerSize), // others still read the epoch
	)
	v.letGo(t)
	if err == nil {
		err = errors.Join(os.RemoveAll(t.dir), syncDir(v.dir))
	}
	return trouble("end "+name, err)
}

// endedLog names the organisations that ended here, a line each, so that
// copies of the keys can end them too.
const endedLog = "ended.log"

func (v *Vault) noteEnd(name string) error {
	f, err := os.OpenFile(filepath.Join(v.dir, endedLog), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(name + "\n")
	return errors.Join(err, f.Sync(), f.Close())
}
