package dbtest

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"

	"alongside/platform/db"
)

// cluster is a PostgreSQL for one test program.
type cluster struct {
	dir  string    // also of its socket
	life io.Closer // the watchdog's standard input, held open for as long as we live
	err  error

	mu   sync.Mutex
	made map[string]error // template databases by name
	next int
}

// shared is the cluster of this test program, started when it is first asked
// for.
var shared = sync.OnceValue(start)

const needed = "the tests need PostgreSQL 15 or newer: apt-get install postgresql-15 (its programs are looked for in PATH and in /usr/lib/postgresql/*/bin)"

// watchdog runs the server and ends it when standard input ends: when this test
// program is over, however it ended. Then it removes the folder.
const watchdog = `"$1" -D "$2/data" -F -k "$2" -h "" \
	-c max_connections=300 -c shared_buffers=64MB -c full_page_writes=off -c synchronous_commit=off \
	-c log_min_messages=fatal -c autovacuum=off -c jit=off </dev/null >"$2/log" 2>&1 &
server=$!
cat >/dev/null
kill -QUIT $server
wait $server
rm -rf "$2"`

func start() *cluster {
	c := &cluster{made: map[string]error{}}
	c.err = c.start()
	return c
}

func (c *cluster) start() error {
	bin, err := programs()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "alongside-pg-")
	if err != nil {
		return err
	}
	who, err := ordinary(dir)
	if err != nil {
		return err
	}
	init := as(who, exec.Command(filepath.Join(bin, "initdb"), "-D", filepath.Join(dir, "data"),
		"-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions"))
	if out, err := init.CombinedOutput(); err != nil {
		os.RemoveAll(dir)
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	run := as(who, exec.Command("/bin/sh", "-c", watchdog, "watchdog", filepath.Join(bin, "postgres"), dir))
	if c.life, err = run.StdinPipe(); err != nil {
		return err
	}
	if err := run.Start(); err != nil {
		return err
	}
	c.dir = dir
	return c.wait()
}

// programs is the folder of PostgreSQL's own programs.
func programs() (string, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) > 0 {
		return filepath.Dir(found[len(found)-1]), nil
	}
	path, err := exec.LookPath("initdb")
	if err != nil {
		return "", errors.New(needed)
	}
	return filepath.Dir(path), nil
}

// ordinary gives dir to an ordinary user when we are root, whom PostgreSQL
// refuses. It returns nil when we are ordinary already.
func ordinary(dir string) (*user.User, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		return u, os.Chown(dir, uid, gid)
	}
	return nil, errors.New("PostgreSQL does not run as root, and there is no user postgres or nobody")
}

func (c *cluster) url(database string) string {
	return fmt.Sprintf("postgres:///%s?host=%s&user=postgres&sslmode=disable", database, c.dir)
}

// wait returns when the server answers.
func (c *cluster) wait() error {
	pool, err := sql.Open("pgx", c.url("postgres"))
	if err != nil {
		return err
	}
	defer pool.Close()
	for range 600 {
		if err = pool.Ping(); err == nil {
			return nil
		}
		time.Sleep(20 * time.Millisecond)
	}
	log, _ := os.ReadFile(filepath.Join(c.dir, "log"))
	return fmt.Errorf("PostgreSQL did not start: %w: %s", err, log)
}

// admin runs one statement in the database "postgres".
func (c *cluster) admin(ctx context.Context, statement string) error {
	pool, err := sql.Open("pgx", c.url("postgres"))
	if err != nil {
		return err
	}
	defer pool.Close()
	_, err = pool.ExecContext(ctx, statement)
	return err
}

// fresh makes a database with the migrations in it and returns its name: a copy
// of a template that is migrated once.
func (c *cluster) fresh(ctx context.Context, migrations []db.Migrations) (string, error) {
	template, err := sumOf(migrations)
	if err != nil {
		return "", err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	failed, made := c.made[template]
	if !made {
		failed = c.makeTemplate(ctx, template, migrations)
		c.made[template] = failed
	}
	if failed != nil {
		return "", failed
	}
	c.next++
	name := fmt.Sprintf("test%d", c.next)
	return name, c.admin(ctx, "CREATE DATABASE "+name+" TEMPLATE "+template+" STRATEGY wal_log")
}

func (c *cluster) makeTemplate(ctx context.Context, name string, migrations []db.Migrations) error {
	if err := c.admin(ctx, "CREATE DATABASE "+name); err != nil {
		return err
	}
	d, err := db.Open(ctx, db.Options{Postgres: c.url(name)})
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Migrate(ctx, migrations)
}

// sumOf names a template after all that its migrations say.
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
	return fmt.Sprintf("template_%x", sum.Sum(nil)[:12]), nil
}
