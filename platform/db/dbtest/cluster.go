package dbtest

import (
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// cluster is a PostgreSQL for one test program.
type cluster struct {
	dir  string    // also of its socket
	life io.Closer // the watchdog's standard input, held open for as long as we live
	err  error

	mu    sync.Mutex
	spare map[string][]base // emptied databases, by the sum of their migrations
	next  int
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
	c := &cluster{spare: map[string][]base{}}
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
	if err := makeFiles(who, bin, dir); err != nil {
		os.RemoveAll(dir)
		return err
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

// makeFiles makes the files of a server in dir/data.
func makeFiles(who *user.User, bin, dir string) error {
	init := as(who, exec.Command(filepath.Join(bin, "initdb"), "-D", filepath.Join(dir, "data"),
		"-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions"))
	if out, err := init.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	return nil
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
