package db

import (
	"errors"

	"github.com/ncruces/go-sqlite3"

	"alongside/platform/errs"
)

// Damaged says in words what is the matter with the data, for an error that
// waiting does not mend: a page that is not as it was written, a file that was
// cut, a database behind its side file. ok is false for any other error.
func Damaged(err error) (says string, ok bool) {
	var ours *errs.Error
	for rest := err; errors.As(rest, &ours); rest = ours.Err {
		switch ours.Say {
		case "error.behind-side-file", "error.side-file-damaged", "error.database-unreadable":
			if ours.Err != nil {
				return words(ours.Err), true
			}
		}
	}
	return pages(err)
}

// pages says what SQLite found wrong with the file itself.
func pages(err error) (says string, ok bool) {
	var code sqlite3.ExtendedErrorCode
	switch {
	case !errors.As(err, &code):
		return "", false
	case code.Code() == sqlite3.NOTADB:
		return "the first page of " + DatabaseFile + " is damaged", true
	case code == sqlite3.IOERR_DATA, code == sqlite3.IOERR_CORRUPTFS:
		return "a page of " + DatabaseFile + " is not as it was written: its checksum does not fit", true
	case code == sqlite3.IOERR_SHORT_READ:
		return DatabaseFile + " ends in the middle: it was cut", true
	case code.Code() == sqlite3.CORRUPT:
		return DatabaseFile + " was cut or written over: its pages do not fit each other", true
	}
	return "", false
}
