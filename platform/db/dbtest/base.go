package dbtest

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"io/fs"

	"alongside/platform/db"
)

// base is one database in the cluster. Making one takes a tenth of a second or
// more, so a test that leaves the tables as the migrations made them leaves its
// database, emptied, to the next.
type base struct {
	name  string
	shape string // of its tables after the migrations; "" when they hold rows
}

const (
	// shapeOf is a sum over all tables, indexes, columns and steps taken.
	shapeOf = `SELECT md5(concat((SELECT string_agg(c.oid::regclass || c.relkind::text, ',' ORDER BY c.oid) FROM pg_class c
			JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema')
		, (SELECT string_agg(attrelid || attname || atttypid || attnotnull, ',' ORDER BY attrelid, attnum) FROM pg_attribute
			JOIN pg_class c ON c.oid = attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
			WHERE n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema' AND attnum > 0)))`

	// allRows counts what the tables hold.
	allRows = `SELECT coalesce(sum((xpath('/row/c/text()', query_to_xml(format('SELECT count(*) AS c FROM %I.%I', schemaname, tablename), false, true, '')))[1]::text::bigint), 0)
		FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'goose\_%'`

	// empty removes all rows; as a replica does it, without asking references.
	empty = `DO $$ DECLARE t record; BEGIN
		SET LOCAL session_replication_role = replica;
		FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'goose\_%' LOOP
			EXECUTE format('DELETE FROM public.%I', t.tablename);
		END LOOP; END $$`

	// alone ends every other connection to this database.
	alone = `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`
)

// fresh returns a database with the migrations in it and no rows of others.
func (c *cluster) fresh(ctx context.Context, migrations []db.Migrations) (b base, sum string, err error) {
	sum, err = sumOf(migrations)
	if err != nil {
		return b, sum, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if n := len(c.spare[sum]); n > 0 {
		b, c.spare[sum] = c.spare[sum][n-1], c.spare[sum][:n-1]
		return b, sum, nil
	}
	c.next++
	b.name = fmt.Sprintf("test%d", c.next)
	if err := c.make(ctx, b.name, migrations); err != nil {
		return b, sum, err
	}
	err = c.in(b.name, func(pool *sql.DB) error {
		var rows int
		if err := pool.QueryRow(allRows).Scan(&rows); err != nil || rows > 0 {
			return err
		}
		return pool.QueryRow(shapeOf).Scan(&b.shape)
	})
	return b, sum, err
}

func (c *cluster) make(ctx context.Context, name string, migrations []db.Migrations) error {
	err := c.in("postgres", func(pool *sql.DB) error {
		_, err := pool.Exec("CREATE DATABASE " + name)
		return err
	})
	if err != nil {
		return err
	}
	d, err := db.Open(ctx, db.Options{Postgres: c.url(name)})
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Migrate(ctx, migrations)
}

// giveBack empties a database for the next, or drops it when its tables are not
// what they were.
func (c *cluster) giveBack(b base, sum string) error {
	if b.shape != "" && c.in(b.name, func(pool *sql.DB) error { return b.emptied(pool) }) == nil {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.spare[sum] = append(c.spare[sum], b)
		return nil
	}
	return c.in("postgres", func(pool *sql.DB) error {
		_, err := pool.Exec("DROP DATABASE " + b.name + " WITH (FORCE)")
		return err
	})
}

func (b base) emptied(pool *sql.DB) error {
	pool.SetMaxOpenConns(1) // or alone would end our own
	if _, err := pool.Exec(alone); err != nil {
		return err
	}
	var shape string
	if err := pool.QueryRow(shapeOf).Scan(&shape); err != nil {
		return err
	}
	if shape != b.shape {
		return fmt.Errorf("%s has other tables now", b.name)
	}
	_, err := pool.Exec(empty)
	return err
}

// in runs fn on a database of the cluster.
func (c *cluster) in(name string, fn func(pool *sql.DB) error) error {
	pool, err := sql.Open("pgx", c.url(name))
	if err != nil {
		return err
	}
	defer pool.Close()
	return fn(pool)
}

// sumOf tells lists of migrations apart by all that they say.
func sumOf(migrations []db.Migrations) (string, error) {
	sum := sha256.New()
	for _, m := range migrations {
		fmt.Fprintf(sum, "%s\n", m.Name)
		err := fs.WalkDir(m.FS, ".", func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			b, err := fs.ReadFile(m.FS, path)
			fmt.Fprintf(sum, "%s %d\n%s", path, len(b), b)
			return err
		})
		if err != nil {
			return "", err
		}
	}
	return fmt.Sprintf("%x", sum.Sum(nil)), nil
}
