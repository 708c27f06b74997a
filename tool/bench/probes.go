package main

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/ncruces/go-sqlite3"
	_ "github.com/ncruces/go-sqlite3/vfs/adiantum" // encrypts the files, as the program's do
)

// probes are the plain figures that the others stand beside.
type probes struct {
	commit result // one connection, one 200-byte row a durable commit
	answer result // net/http with an empty handler, at the rate of the boards
}

func child(args []string) error {
	switch args[0] {
	case "commit":
		return childCommit(args[1], args[2])
	case "answer":
		return childAnswer()
	}
	return fmt.Errorf("no child %q", args[0])
}

func measureProbes(ctx context.Context, s *setup) error {
	if err := s.probeCommit(ctx); err != nil {
		return err
	}
	c := s.probes.commit
	figure{"commit_probe", c.rate(), "commits/s", 0, "", c.cpuEach()}.print()
	p, err := start(ctx, filepath.Join(s.dir, "answer.log"), os.Args[0], "child", "answer")
	if err != nil {
		return err
	}
	defer p.stop()
	addr, err := p.first(10 * time.Second)
	if err != nil {
		return err
	}
	web := newWires(addr)
	hello := web.request(http.MethodGet, "/", "", "")
	one := func() error { return web.send(hello, http.StatusOK) }
	s.probes.answer, err = median(s.rounds, result.cpuEach, func() (result, error) { return steady(p, s.rate, 2*s.span, one) })
	if err != nil {
		return err
	}
	a := s.probes.answer
	figure{fmt.Sprintf("bare_answer_%d_a_second_p99", s.rate), a.quantile(0.99), "ms", 0, "", a.cpuEach()}.print()
	full, err := median(s.rounds, result.rate, func() (result, error) { return hammer(p, 16, s.span, one) })
	figure{"bare_answer_16_clients", full.rate(), "requests/s", 0, "", full.cpuEach()}.print()
	return err
}

func (s *setup) probeCommit(ctx context.Context) error {
	var err error
	s.probes.commit, err = median(s.rounds, result.rate, func() (result, error) { return s.probeOnce(ctx) })
	return err
}

func (s *setup) probeOnce(ctx context.Context) (result, error) {
	dir, err := os.MkdirTemp(s.dir, "commit-")
	if err != nil {
		return result{}, err
	}
	p, err := start(ctx, filepath.Join(dir, "log"), os.Args[0], "child", "commit", dir, s.span.String())
	if err != nil {
		return result{}, err
	}
	defer p.stop()
	said, err := p.first(s.span + 10*time.Second)
	if err != nil {
		return result{}, err
	}
	var r [3]int64
	err = json.Unmarshal([]byte(said), &r)
	return result{done: int(r[0]), took: time.Duration(r[1]), cpu: time.Duration(r[2])}, err
}

// childCommit opens a database as platform/db does (adiantum, checksums, a log
// of 1 MB, synchronous FULL) and writes rows until the time is over.
func childCommit(dir, span string) error {
	d, err := time.ParseDuration(span)
	if err != nil {
		return err
	}
	c, err := openLikeOurs(filepath.Join(dir, "probe.db"))
	if err != nil {
		return err
	}
	defer c.Close()
	s, _, err := c.Prepare("INSERT INTO probe (body) VALUES (?1)")
	if err != nil {
		return err
	}
	defer s.Close()
	body := make([]byte, 200)
	n, began, before := int64(0), time.Now(), ownCPU()
	for time.Since(began) < d {
		for i := range body {
			body[i] = byte(rand.Uint32())
		}
		if err := insert(s, body); err != nil {
			return err
		}
		n++
	}
	return json.NewEncoder(os.Stdout).Encode([3]int64{n, int64(time.Since(began)), int64(ownCPU() - before)})
}

func insert(s *sqlite3.Stmt, body []byte) error {
	if err := s.BindBlob(1, body); err != nil {
		return err
	}
	if err := s.Exec(); err != nil {
		return err
	}
	return s.Reset()
}

func openLikeOurs(path string) (*sqlite3.Conn, error) {
	c, err := sqlite3.Open("file:" + filepath.ToSlash(path) + "?vfs=adiantum")
	if err != nil {
		return nil, err
	}
	key := make([]byte, 32)
	for i := range key {
		key[i] = byte(rand.Uint32())
	}
	if err := c.Exec("PRAGMA hexkey='" + hex.EncodeToString(key) + "'"); err != nil {
		return nil, err
	}
	if err := c.EnableChecksums("main"); err != nil {
		return nil, err
	}
	return c, c.Exec(`PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=250;
CREATE TABLE probe (id INTEGER PRIMARY KEY, body BLOB NOT NULL);`)
}

func ownCPU() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// childAnswer serves an empty page and says where.
func childAnswer() error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println(l.Addr())
	return http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Write([]byte("hello\n"))
	}))
}
