package db

import (
	"context"
	"encoding/hex"
	"errors"
	"net/url"
	"os"
	"path/filepath"

	"github.com/ncruces/go-sqlite3"

	"alongside/platform/errs"
)

// Backup writes a copy of the database, as it stands now, to a new file under a
// key of its own, with checksums. A file that is there is a Conflict. On
// PostgreSQL the tool for it is pg_dump, and this says so.
func (d *DB) Backup(ctx context.Context, path string, key [32]byte) error {
	return errs.Wrap("db: backup", d.engine.backup(ctx, path, key))
}

// Shrink gives back the memory that the caches hold, for a quiet hour.
func (d *DB) Shrink() { d.engine.shrink() }

func (p *postgres) backup(context.Context, string, [32]byte) error {
	return errs.New(errs.Invalid, "the tool for a copy of PostgreSQL is pg_dump", "error.backup-postgres")
}

func (p *postgres) shrink() {}

// backup copies page by page into a file that has its header already. VACUUM
// INTO would not do: pages that leave the cache before the header is written
// get no checksum (seen with go-sqlite3 v0.36.0 on a database larger than the
// cache).
func (l *lite) backup(ctx context.Context, path string, key [32]byte) error {
	if _, err := os.Stat(path); err == nil {
		return errs.New(errs.Conflict, "there is a file of that name", "error.already-there")
	}
	c, err := connect(ctx, l.opt.Dir, l.opt.Vault.DatabaseKey(), readerCache, 1)
	if err != nil {
		return known(err)
	}
	defer c.shut()
	c.SetInterrupt(ctx)
	if err := copyInto(c.Conn, path, key); err != nil {
		os.Remove(path)
		return known(err)
	}
	return durable(path)
}

func copyInto(from *sqlite3.Conn, path string, key [32]byte) error {
	uri, err := backupURI(path, key)
	if err != nil {
		return err
	}
	empty, err := sqlite3.Open(uri)
	if err != nil {
		return err
	}
	if err := errors.Join(empty.EnableChecksums("main"), empty.Close()); err != nil {
		return err
	}
	return from.Backup("main", uri)
}

// backupURI names the copy with its key, for SQLite opens it by itself.
func backupURI(path string, key [32]byte) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	abs = filepath.ToSlash(abs)
	if abs[0] != '/' {
		abs = "/" + abs // a drive letter
	}
	u := url.URL{Scheme: "file", Path: abs, RawQuery: "vfs=adiantum&hexkey=" + hex.EncodeToString(key[:])}
	return u.String(), nil
}

func durable(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := f.Sync(); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// shrink asks the writer in its turn, and those readers that are idle.
func (l *lite) shrink() {
	_, _ = l.write(context.Background(), func(s statements) (*Tx, error) {
		return &Tx{}, s.(*liteConn).ReleaseMemory()
	})
	l.readers.shrink()
}

// shrink closes the readers that are idle: the memory of a connection is given
// back only with it.
func (r *readers) shrink() {
	r.mu.Lock()
	defer r.mu.Unlock()
	_ = r.drop(len(r.idle))
}
