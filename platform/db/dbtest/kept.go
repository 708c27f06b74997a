package dbtest

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// keeper runs a server whose files lie in $2 and whose socket lies in $3, and
// starts it again whenever it ends, as a service manager does, until standard
// input ends. It waits for its disk, as a server in use does.
const keeper = `(while :; do
	"$1" -D "$2/data" -k "$3" -h "" -c max_connections=60 -c shared_buffers=32MB -c min_wal_size=32MB -c max_wal_size=48MB \
		-c log_min_messages=fatal -c autovacuum=off -c jit=off </dev/null >>"$3/log" 2>&1 &
	echo $! >"$3/server"
	wait $!
	sleep 0.2
done) &
loop=$!
cat >/dev/null
kill $loop
kill -QUIT $(cat "$3/server")
rm -rf "$3"`

// PostgresIn is a PostgreSQL whose files lie in dir, a disk of a test's own, and
// that is started again whenever it ends. It returns the address of its one
// database, which is empty. It ends with the test.
func PostgresIn(t testing.TB, dir string) string {
	t.Helper()
	c := &cluster{}
	var err error
	if c.dir, err = os.MkdirTemp("", "alongside-pg-"); err == nil {
		err = c.keep(t, dir)
	}
	if err == nil {
		err = c.wait()
	}
	if err != nil {
		t.Fatal(err)
	}
	return c.url("postgres")
}

// keep makes the server's files in dir and starts its keeper.
func (c *cluster) keep(t testing.TB, dir string) error {
	bin, err := programs()
	if err != nil {
		return err
	}
	if _, err := ordinary(c.dir); err != nil {
		return err
	}
	who, err := ordinary(dir)
	if err != nil {
		return err
	}
	if err := makeFiles(who, bin, dir); err != nil {
		return err
	}
	run := as(who, exec.Command("/bin/sh", "-c", keeper, "keeper", filepath.Join(bin, "postgres"), dir, c.dir))
	if c.life, err = run.StdinPipe(); err != nil {
		return err
	}
	t.Cleanup(func() {
		c.life.Close()
		_ = run.Wait() // it was ended, which is what was wanted
	})
	return run.Start()
}
