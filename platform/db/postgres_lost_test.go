package db_test

import (
	"bytes"
	"errors"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"alongside/platform/db"
	"alongside/platform/db/dbtest"
	"alongside/platform/errs"
)

// line stands between the program and PostgreSQL and can be cut.
type line struct {
	to    string
	begin atomic.Bool // cut when the next transaction is about to begin, unsaid
	after atomic.Bool // cut when the next commit is done, before the answer is let through
}

// lineTo returns the line and the address at which it is reached.
func lineTo(t *testing.T, address string) (*line, string) {
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	dir, err := os.MkdirTemp("", "line")
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	l := &line{to: filepath.Join(q.Get("host"), ".s.PGSQL.5432")}
	socket, err := net.Listen("unix", filepath.Join(dir, ".s.PGSQL.5432"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { socket.Close(); os.RemoveAll(dir) })
	go func() {
		for {
			c, err := socket.Accept()
			if err != nil {
				return
			}
			go l.carry(c)
		}
	}()
	q.Set("host", dir)
	u.RawQuery = q.Encode()
	return l, u.String()
}

func (l *line) carry(c net.Conn) {
	defer c.Close()
	s, err := net.Dial("unix", l.to)
	if err != nil {
		return
	}
	defer s.Close()
	mute := make(chan bool, 1)
	go l.answers(c, s, mute)
	b := make([]byte, 64<<10)
	for {
		n, err := c.Read(b)
		if err != nil {
			return
		}
		said := bytes.ToLower(b[:n])
		if bytes.Contains(said, []byte("begin")) && l.begin.CompareAndSwap(true, false) {
			return
		}
		if bytes.Contains(said, []byte("commit\x00")) && l.after.CompareAndSwap(true, false) {
			mute <- true
		}
		if _, err := s.Write(b[:n]); err != nil {
			return
		}
	}
}

// answers carries what PostgreSQL says, until it is the answer that must not come.
func (l *line) answers(c, s net.Conn, mute chan bool) {
	defer c.Close()
	b := make([]byte, 64<<10)
	for {
		n, err := s.Read(b)
		if err != nil {
			return
		}
		select {
		case <-mute:
			return
		default:
		}
		if _, err := c.Write(b[:n]); err != nil {
			return
		}
	}
}

func throughALine(t *testing.T) (*line, place) {
	l, address := lineTo(t, dbtest.Postgres(t, notes()))
	d, err := db.Open(t.Context(), db.Options{Postgres: address})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return l, place{t, d, dbtest.Scope(t.Context(), "t1"), nil}
}

// A commit that was not answered may have been kept: nobody is told that it was not.
func TestACommitThatIsNotAnsweredMayHaveBeenKept(t *testing.T) {
	l, p := throughALine(t)
	p.note("a")
	l.after.Store(true)
	runs := 0
	err := p.Write(p.ctx, func(tx *db.Tx) error {
		runs++
		_, err := tx.Exec(insertNote, "b", "", []byte{})
		return err
	})
	var e *errs.Error
	if !errs.Is(err, errs.Unavailable) || !errors.As(err, &e) || e.Say != "error.unsure" || runs != 1 {
		t.Fatalf("%d %+v", runs, err)
	}
	p.note("c")
	if got := strings.Join(p.ids("t1"), ""); got != "abc" {
		t.Fatal(got)
	}
}

// A server that crashed says nothing before it is gone. Before a transaction began nobody
// notices; in the middle of one it is a matter of waiting.
func TestAPostgresThatFallsSilentIsUnavailable(t *testing.T) {
	l, p := throughALine(t)
	p.note("a")
	l.begin.Store(true)
	p.note("b")
	err := p.Write(p.ctx, func(tx *db.Tx) error {
		l.begin.Store(true)
		_, err := tx.Exec(insertNote+"/* begin */", "c", "", []byte{})
		return err
	})
	if !errs.Is(err, errs.Unavailable) {
		t.Fatal(err)
	}
	if got := strings.Join(p.ids("t1"), ""); got != "ab" {
		t.Fatal(got)
	}
}
