package db

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"alongside/platform/seal"
)

// Finding is one thing that is wrong with a data folder.
type Finding struct {
	Where string // the file, or "tables"
	Page  int64  // page of the main file or frame of the log, from 1; 0 when it is about no single one
	Says  string // in plain words, nothing personal
}

// String is the finding on one line.
func (f Finding) String() string {
	if f.Page > 0 {
		return fmt.Sprintf("%s, page %d: %s", f.Where, f.Page, f.Says)
	}
	return f.Where + ": " + f.Says
}

// Doctor looks at everything in the database of a data folder and changes
// nothing: each page of the main file against its checksum, also pages that no
// table uses; the side file; the tables as SQLite sees them; the types of the
// columns. No findings means well. A program may be running on the folder. The
// error is for what kept the doctor from looking.
func Doctor(ctx context.Context, dir string, vault *seal.Vault) ([]Finding, error) {
	path := filepath.Join(dir, DatabaseFile)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return withoutDatabase(dir, vault)
	}
	found, err := checkPages(ctx, path, vault.DatabaseKey())
	if err != nil {
		return nil, err
	}
	c, err := looking(ctx, dir, vault)
	if noRoomIn(dir, err) {
		return found, withoutRoom(found)
	}
	if err != nil {
		found = append(found, Finding{Where: DatabaseFile, Says: "it does not open (" + err.Error() + ")"})
		return append(found, checkUnopened(dir, vault)...), nil
	}
	defer c.shut()
	c.SetInterrupt(ctx)
	found = append(found, checkSide(dir, vault, c)...)
	found = append(found, c.integrity()...)
	found = append(found, c.types()...)
	return found, ctx.Err()
}

// Texts reads one column of a query without opening the database for use, as the
// doctor does; nil where it cannot be read, which Doctor says.
func Texts(ctx context.Context, dir string, vault *seal.Vault, sql string) []string {
	c, err := looking(ctx, dir, vault)
	if err != nil {
		return nil
	}
	defer c.shut()
	list, err := c.texts(sql)
	if err != nil {
		return nil
	}
	return list
}

// looking opens the database to read it, and has read its head.
func looking(ctx context.Context, dir string, vault *seal.Vault) (*liteConn, error) {
	c, err := connect(ctx, dir, vault.DatabaseKey(), writerCache, readerStatements)
	if err != nil {
		return nil, err
	}
	if _, err := c.readHead(); lacksRoom(err) {
		c.shut()
		return nil, err
	}
	return c, nil
}

// withoutRoom says what a full disk kept the doctor from looking at, and what to
// do. found is what was seen before.
func withoutRoom(found []Finding) error {
	seen := "Every page of its main file reads as it was written; the rest was not looked at. "
	if len(found) > 0 {
		seen = "What stands above was seen before that. "
	}
	return errors.New("the disk is full, and a database needs some room beside it to be read. " + seen + "Make a few megabytes of room on the disk of " + DatabaseFile + ", then run this again")
}

func withoutDatabase(dir string, vault *seal.Vault) ([]Finding, error) {
	side, err := readSide(dir, vault.HeadKey())
	if err != nil {
		return []Finding{{Where: SideFile, Says: words(err)}}, nil
	}
	if err := checkThere(dir, side); err != nil {
		return []Finding{{Where: DatabaseFile, Says: words(err)}}, nil
	}
	return []Finding{{Where: DatabaseFile, Says: "there is no database in this folder"}}, nil
}

// words is an error of ours without the advice to ask the doctor.
func words(err error) string {
	s, _, _ := strings.Cut(err.Error(), ". Run 'alongside doctor'")
	return s
}

// checkSide compares the side file with the database, and where that is behind
// says where its log breaks off. The side file is read first, for a program may
// be writing.
func checkSide(dir string, vault *seal.Vault, c *liteConn) []Finding {
	side, err := readSide(dir, vault.HeadKey())
	if err != nil {
		return []Finding{{Where: SideFile, Says: words(err)}}
	}
	if !side.found {
		return []Finding{{Where: SideFile, Says: "it is not there: nobody can tell whether commits were lost before it is begun anew"}}
	}
	if err := side.mark.check(dir, vault.DatabaseKey()); err != nil {
		return append([]Finding{{Where: SideFile, Says: words(err)}}, checkLog(dir, vault.DatabaseKey())...)
	}
	now, err := c.readHead()
	if err != nil {
		return []Finding{{Where: DatabaseFile, Says: "where it stands cannot be read (" + err.Error() + ")"}}
	}
	if err := side.check(now); err != nil {
		return append([]Finding{{Where: SideFile, Says: words(err)}}, checkLog(dir, vault.DatabaseKey())...)
	}
	return nil
}

// checkUnopened looks at what lies beside a main file that does not open: one
// that was being brought up to date from its log is whole only together with
// it, so a log that was cut then is the reason, and is said.
func checkUnopened(dir string, vault *seal.Vault) []Finding {
	side, err := readSide(dir, vault.HeadKey())
	if err == nil && side.found {
		err = side.mark.check(dir, vault.DatabaseKey())
	}
	if err == nil {
		return nil
	}
	return append([]Finding{{Where: SideFile, Says: words(err)}}, checkLog(dir, vault.DatabaseKey())...)
}

// integrity asks SQLite what it thinks of tables, indexes and references.
func (l *liteConn) integrity() (found []Finding) {
	for _, q := range []struct{ ask, says string }{
		{"PRAGMA integrity_check(1000)", "%s"},
		{"PRAGMA foreign_key_check", "a row of %s refers to one that is not there"},
	} {
		list, err := l.texts(q.ask)
		for _, text := range list {
			if text != "ok" {
				found = append(found, Finding{Where: "tables", Says: fmt.Sprintf(q.says, text)})
			}
		}
		if err != nil {
			found = append(found, Finding{Where: "tables", Says: "they cannot be read to the end (" + err.Error() + ")"})
		}
	}
	return found
}

// types names columns of a type that only one of the engines knows.
func (l *liteConn) types() (found []Finding) {
	list, err := l.texts(`SELECT s.name || '.' || c.name || ' is of type ' || c.type FROM sqlite_schema s, pragma_table_info(s.name) c
		WHERE s.type = 'table' AND s.name NOT LIKE 'sqlite\_%' ESCAPE '\' AND s.name NOT LIKE 'goose\_%' ESCAPE '\'
		AND c.type NOT IN ('TEXT', 'BIGINT', 'DOUBLE PRECISION', 'BYTEA')`)
	for _, text := range list {
		found = append(found, Finding{Where: "tables", Says: text + ", which is none of ours"})
	}
	if err != nil {
		found = append(found, Finding{Where: "tables", Says: "their columns cannot be read (" + err.Error() + ")"})
	}
	return found
}

// texts returns the first column of a query, and what there was before an error.
func (l *liteConn) texts(sql string) (list []string, err error) {
	s, err := l.take(sql)
	if err != nil {
		return nil, err
	}
	defer s.give()
	for s.Step() {
		list = append(list, s.ColumnText(0))
	}
	return list, s.Err()
}
