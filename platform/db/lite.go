package db

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	"github.com/ncruces/go-sqlite3"

	"alongside/platform/errs"
)

// lite is the engine on an encrypted SQLite file.
type lite struct {
	opt     Options
	door    *door
	writer  *writer
	readers *readers
	served  sync.WaitGroup // the writer's goroutine
	closing sync.Once
	closed  error

	commits, groups, undone atomic.Uint64
}

// openSQLite opens or makes the file. The side file is read before the
// database: another process may commit in between, and then the database is
// ahead, never behind.
func openSQLite(ctx context.Context, o Options) (*lite, error) {
	if o.Vault == nil {
		return nil, errs.New(errs.Internal, "no vault given", "")
	}
	l, err := openInReserve(o.Dir, func() (*lite, error) { return openLite(ctx, o) })
	if err == nil {
		l.keepReserve()
	}
	return l, err
}

func openLite(ctx context.Context, o Options) (*lite, error) {
	side, err := readSide(o.Dir, o.Vault.HeadKey())
	if err != nil {
		return nil, err
	}
	if err := checkThere(o.Dir, side); err != nil {
		return nil, err
	}
	if err := side.mark.check(o.Dir, o.Vault.DatabaseKey()); err != nil {
		return nil, err
	}
	if err := own(o.Dir); err != nil {
		return nil, err
	}
	conn, err := connect(ctx, o.Dir, o.Vault.DatabaseKey(), writerCache, writerStatements)
	if err != nil {
		return nil, unreadable(err)
	}
	l := &lite{opt: o, door: newDoor(o), readers: newReaders(o)}
	l.writer = &writer{lite: l, conn: conn, door: l.door}
	if err := l.begin(side); err != nil {
		conn.shut()
		return nil, err
	}
	l.served.Go(l.writer.serve)
	return l, nil
}

// checkThere refuses to make a new database beside the side file of another.
func checkThere(dir string, side *sideFile) error {
	_, err := os.Stat(filepath.Join(dir, DatabaseFile))
	if errors.Is(err, fs.ErrNotExist) && side.found && side.head.commits > 0 {
		return refuse("error.behind-side-file", "the database file is gone; its side file says that it held "+side.head.words())
	}
	return nil
}

// own makes the main file, empty, if it is not there, for the eyes of its owner
// only; SQLite would let the group read.
func own(dir string) error {
	f, err := os.OpenFile(filepath.Join(dir, DatabaseFile), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

func (l *lite) begin(side *sideFile) error {
	if err := l.writer.conn.makeOurs(); err != nil {
		return unreadable(err)
	}
	now, err := l.writer.conn.readHead()
	if err != nil {
		return unreadable(err)
	}
	if err := side.check(now); err != nil {
		return err
	}
	if !side.found {
		l.sayNoSide(now)
		if err := side.create(now); err != nil {
			return err
		}
	}
	l.writer.side = side
	l.writer.conn.WALHook(func(_ *sqlite3.Conn, _ string, pages int) error {
		l.writer.pages = pages
		return nil
	})
	_, err = l.writer.conn.Config(sqlite3.DBCONFIG_NO_CKPT_ON_CLOSE, false)
	return err
}

func (l *lite) sayNoSide(now head) {
	if now.commits > 0 {
		l.opt.Log.Warn("the side file was not there; a new one was begun", "file", SideFile, "commits", now.commits)
	}
}

// makeOurs sees to it that the file has checksums, the log and the table of the
// head. It changes nothing in a file that has them.
func (l *liteConn) makeOurs() error {
	tables, err := l.tables() // reads the file, and so finds out what it is
	if err != nil {
		return err
	}
	r, err := l.FileControl("main", sqlite3.FCNTL_RESERVE_BYTES)
	if err != nil {
		return err
	}
	if tables == 0 && r != reserved {
		if err := l.EnableChecksums("main"); err != nil {
			return err
		}
		r = reserved
	}
	size, err := l.pragma("page_size")
	if err != nil {
		return err
	}
	if r != reserved || size != pageSize {
		return errors.New("the pages of this database carry no checksums")
	}
	if err := l.Exec("PRAGMA journal_mode=WAL"); err != nil {
		return err
	}
	return l.Exec(makeHead)
}

func (l *liteConn) tables() (int64, error) {
	s, _, err := l.Prepare("SELECT count(*) FROM sqlite_schema")
	if err != nil {
		return 0, err
	}
	defer s.Close()
	if !s.Step() {
		return 0, s.Err()
	}
	return s.ColumnInt64(0), nil
}

func (l *lite) kind() Engine { return SQLite }

func (l *lite) write(ctx context.Context, run func(statements) (*Tx, error)) (*Tx, error) {
	return l.door.enter(ctx, run)
}

func (l *lite) ready(ctx context.Context) error {
	_, err := l.read(ctx, func(s statements) (*Tx, error) {
		c, err := s.query(ctx, &plan{lite: selectHead}, nil)
		if err != nil {
			return nil, known(err)
		}
		c.next()
		return &Tx{}, errors.Join(known(c.err()), c.close())
	})
	return err
}

func (l *lite) stats() Stats {
	return Stats{
		Commits: l.commits.Load(),
		Groups:  l.groups.Load(),
		Undone:  l.undone.Load(),
		Held:    l.door.held.Load(),
		Waiting: l.door.waiting.Load(),
		Readers: l.readers.count(),
	}
}

// close serves who waits, then closes the readers and last the writer, whose
// connection writes the log back to the main file.
func (l *lite) close() error {
	l.closing.Do(func() {
		l.door.close()
		l.served.Wait()
		l.closed = errors.Join(l.readers.close(), l.writer.conn.shut(), l.writer.side.close())
		l.keepReserve()
	})
	return l.closed
}

// refuse is an error that keeps the database closed, in words for the person
// at the command line.
func refuse(say, words string) error {
	return &errs.Error{Kind: errs.Unavailable, Say: say, Err: errors.New(words + ". Run 'alongside doctor' for what can be seen")}
}

func unreadable(err error) error {
	var ours *errs.Error
	if errors.As(err, &ours) {
		return err
	}
	if says, ok := pages(err); ok {
		return refuse("error.database-unreadable", "the key of this folder does not open "+DatabaseFile+", or "+says)
	}
	return known(err)
}
