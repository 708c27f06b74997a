package db

import (
	"context"
	"encoding/hex"
	"fmt"
	"net/url"
	"path/filepath"

	"github.com/ncruces/go-sqlite3"
)

// The files in the data folder.
const (
	DatabaseFile = "alongside.db"
	LogFile      = DatabaseFile + "-wal"
	SideFile     = "alongside.head"
)

const (
	busyMillis     = 10_000 // how long one process waits for another's commit
	logPages       = 250    // 1 MB of write-ahead log, then it goes to the main file
	logPagesTooBig = 2500   // readers kept it from starting over: wait for them
	pageSize       = 4096   // what the encryption works in
	reserved       = 8      // bytes at the end of each page for its checksum
)

// liteConn is one connection with its prepared statements. It is for one
// goroutine at a time.
type liteConn struct {
	*sqlite3.Conn
	stmts map[string]*liteStmt
	limit int
	clock int
}

// connect opens the encrypted file. The key goes in by PRAGMA, never by the
// name, which other code can read. cache is in KB.
func connect(ctx context.Context, dir string, key [32]byte, cache, statements int) (*liteConn, error) {
	name, err := fileURI(dir)
	if err != nil {
		return nil, err
	}
	c, err := sqlite3.OpenContext(ctx, name)
	if err != nil {
		return nil, err
	}
	l := &liteConn{Conn: c, stmts: map[string]*liteStmt{}, limit: statements}
	if err := l.setUp(key, cache); err != nil {
		l.shut()
		return nil, err
	}
	return l, nil
}

func fileURI(dir string) (string, error) {
	registerVFS()
	path, err := filepath.Abs(filepath.Join(dir, DatabaseFile))
	if err != nil {
		return "", err
	}
	path = filepath.ToSlash(path)
	if path[0] != '/' {
		path = "/" + path // a drive letter
	}
	u := url.URL{Scheme: "file", Path: path, RawQuery: "vfs=" + logVFSName}
	return u.String(), nil
}

// setUp gives the key first and then what SQLite forgets between connections.
// The log is not written back when the last connection closes until the side
// file has been asked (see openSQLite): that would wipe what a person could
// still be shown.
func (l *liteConn) setUp(key [32]byte, cache int) error {
	if err := initKey(l.Conn, key); err != nil {
		return err
	}
	if _, err := l.Config(sqlite3.DBCONFIG_NO_CKPT_ON_CLOSE, true); err != nil {
		return err
	}
	// A plan must not hang on what is bound: where LIMIT $3 is a parameter SQLite
	// would make the plan anew at each run, for the number it is bound to.
	if _, err := l.Config(sqlite3.DBCONFIG_ENABLE_QPSG, true); err != nil {
		return err
	}
	return l.Exec(fmt.Sprintf(`PRAGMA cache_size=-%d;`, cache))
}

// initKey is what every connection to the file needs, ours and the one that
// migrates.
func initKey(c *sqlite3.Conn, key [32]byte) error {
	if err := c.Exec("PRAGMA hexkey='" + hex.EncodeToString(key[:]) + "'"); err != nil {
		return err
	}
	if err := forgetUndone(c); err != nil {
		return err
	}
	return c.Exec(fmt.Sprintf(`PRAGMA busy_timeout=%d;
PRAGMA temp_store=memory;
PRAGMA synchronous=FULL;
PRAGMA foreign_keys=ON;
PRAGMA trusted_schema=OFF;
PRAGMA wal_autocheckpoint=%d;`, busyMillis, logPages))
}

// pragma reads one number.
func (l *liteConn) pragma(name string) (int64, error) {
	s, _, err := l.Prepare("PRAGMA " + name)
	if err != nil {
		return 0, err
	}
	defer s.Close()
	if !s.Step() {
		return 0, s.Err()
	}
	return s.ColumnInt64(0), nil
}

func (l *liteConn) shut() error {
	for _, s := range l.stmts {
		s.Close()
	}
	l.stmts = nil
	return l.Conn.Close()
}
