package seal

import (
	"errors"
	"fmt"
	"syscall"

	"alongside/platform/errs"
)

// What Unseal and its kin answer. Compare with errors.Is.
var (
	// ErrErased: the key was destroyed; what it locked is gone for good.
	ErrErased = errs.New(errs.NotFound, "seal: the key was erased", "")
	// ErrNoKey: there never was such a key here, or the key store is older
	// than the data. It is damage, so it is loud.
	ErrNoKey = errs.New(errs.Internal, "seal: no such key in this key store", "")
	// ErrDamaged: the bytes were changed, or belong to another place, person
	// or organisation.
	ErrDamaged = errs.New(errs.Internal, "seal: does not open: changed, or sealed for another place", "")
	// ErrNoTenant: this key store has no keys of that organisation.
	ErrNoTenant = errs.New(errs.NotFound, "seal: no keys of that organisation here", "")
)

func conflict(format string, args ...any) error {
	return &errs.Error{Kind: errs.Conflict, Op: "seal", Err: fmt.Errorf(format, args...)}
}

// trouble marks an error of the file system: a full disk heals by itself, the
// rest is ours. What has a kind already keeps it.
func trouble(op string, err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, syscall.ENOSPC) {
		return &errs.Error{Kind: errs.Unavailable, Op: "seal: " + op, Err: err}
	}
	return errs.Wrap("seal: "+op, err)
}

func absent(format string, args ...any) error {
	return &errs.Error{Kind: errs.NotFound, Op: "seal", Err: fmt.Errorf(format, args...)}
}
