package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/driver"
	"github.com/pressly/goose/v3"

	"alongside/platform/errs"
)

// Migrations are the steps that make one domain's tables: files that goose
// reads, at the root of FS, one small step each, never edited afterwards.
type Migrations struct {
	Name string // the domain; its steps are counted in the table goose_<name>
	FS   fs.FS
}

// Migrate brings the tables to what this program knows, domain after domain. A
// database that has seen a newer program is refused: errs.Unavailable, in words.
func (d *DB) Migrate(ctx context.Context, list []Migrations) error {
	return errs.Wrap("db: migrate", d.engine.migrate(ctx, list))
}

// Lacks reports whether a table of a PostgreSQL is there without a column that a later
// step gives it: an older program made it.
func (t *Tx) Lacks(table, column string) (bool, error) {
	var n int64
	err := t.SysRow(`SELECT COUNT(*) FROM pg_class c WHERE c.oid = to_regclass($1)
		AND NOT EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = $2)`, table, column).Scan(&n)
	return n > 0, err
}

// steps runs the list on a plain connection.
func steps(ctx context.Context, dialect goose.Dialect, pool *sql.DB, list []Migrations) error {
	for _, m := range list {
		if err := step(ctx, dialect, pool, m); err != nil {
			return errs.Wrap(m.Name, err)
		}
	}
	return nil
}

func step(ctx context.Context, dialect goose.Dialect, pool *sql.DB, m Migrations) error {
	p, err := goose.NewProvider(dialect, pool, m.FS, goose.WithTableName("goose_"+m.Name), goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger()))
	if errors.Is(err, goose.ErrNoMigrations) {
		return nil
	}
	if err != nil {
		return err
	}
	have, know, err := p.GetVersions(ctx)
	if err != nil {
		return err
	}
	if have > know {
		return refuse("error.database-newer", fmt.Sprintf("the tables of %s are at step %d and this program knows %d: a newer program has been here, use that one", m.Name, have, know))
	}
	if have == know {
		return nil
	}
	_, err = p.Up(ctx)
	return err
}

// migrate asks goose only when the list is not the one that was brought here
// last: a start has fifty milliseconds, and each domain's table would be asked.
func (l *lite) migrate(ctx context.Context, list []Migrations) error {
	mark, err := fingerprint(list)
	if err != nil {
		return err
	}
	var last int64
	_, err = l.write(ctx, func(s statements) (*Tx, error) {
		var err error
		last, err = s.(*liteConn).pragma("user_version")
		return &Tx{}, err
	})
	if err != nil || last == mark {
		return err
	}
	return l.bring(ctx, list, mark)
}

// fingerprint is a positive number that the names of all steps give. The
// database keeps it as its user_version.
func fingerprint(list []Migrations) (int64, error) {
	sum := crc32.NewIEEE()
	for _, m := range list {
		names, err := fs.Glob(m.FS, "*.sql")
		if err != nil {
			return 0, err
		}
		fmt.Fprintf(sum, "%s %q\n", m.Name, names)
	}
	return int64(sum.Sum32()>>1) | 1, nil
}

// bring uses a connection of its own for database/sql, which goose wants, and
// then moves the head, so that a database from before is found out.
func (l *lite) bring(ctx context.Context, list []Migrations, mark int64) error {
	unlock, err := l.alone()
	if err != nil {
		return err
	}
	defer func() { _ = unlock() }()
	name, err := fileURI(l.opt.Dir)
	if err != nil {
		return err
	}
	key := l.opt.Vault.DatabaseKey()
	pool, err := driver.Open(name, func(c *sqlite3.Conn) error { return initKey(c, key) })
	if err != nil {
		return err
	}
	defer pool.Close()
	pool.SetMaxOpenConns(1)
	if err := steps(ctx, goose.DialectSQLite3, pool, list); err != nil {
		return err
	}
	_, err = l.write(ctx, func(s statements) (*Tx, error) {
		if _, err := s.exec(ctx, &plan{lite: touchHead}, nil); err != nil {
			return nil, err
		}
		return &Tx{}, s.(*liteConn).Exec(fmt.Sprintf("PRAGMA user_version = %d", mark))
	})
	return err
}

// alone waits until no other program migrates this folder. The lock is on the
// side file and ends with the program that holds it.
func (l *lite) alone() (unlock func() error, err error) {
	f, err := os.OpenFile(filepath.Join(l.opt.Dir, SideFile), os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	if err := lock(f); err != nil {
		f.Close()
		return nil, err
	}
	return f.Close, nil
}
