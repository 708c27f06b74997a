package access

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"

	"alongside/platform/errs"
)

// Lengths of a password, in characters. A code stands beside it, so a short
// sentence is enough; the upper end keeps a form from being a load.
const (
	MinPassword = 12
	MaxPassword = 200
)

// hasher turns passwords into hashes, slowly on purpose, a few at a time: each
// takes 64 MiB. It is never used inside a transaction.
type hasher struct {
	slots   chan struct{}
	create  func(password string) (string, error)
	compare func(password, hash string) (bool, error)
}

// How many hashes are made at a time, and how long someone waits for a place.
const (
	hashesAtOnce = 2
	hashWait     = 5 * time.Second
)

// decoy is the hash of a password that nobody knows. It is compared with when
// there is no account, so that the same work is done either way.
const decoy = "$argon2id$v=19$m=65536,t=3,p=4$YWxvbmdzaWRlLWRlY295MQ$Vxj1bzW2fT1iWqjg3k0c7V8y1Jt2w3mJ0kqkWm0m3uY"

func newHasher() hasher {
	create := func(password string) (string, error) { return argon2id.CreateHash(password, strength()) }
	return hasher{slots: make(chan struct{}, hashesAtOnce), create: create, compare: argon2id.ComparePasswordAndHash}
}

// strength is RFC 9106's second recommended setting.
func strength() *argon2id.Params {
	return &argon2id.Params{Memory: 64 * 1024, Iterations: 3, Parallelism: 4, SaltLength: 16, KeyLength: 32}
}

// enter waits for a place among those who hash. The place is given back by
// calling leave.
func (h hasher) enter(ctx context.Context) (leave func(), err error) {
	ctx, stop := context.WithTimeout(ctx, hashWait)
	defer stop()
	select {
	case h.slots <- struct{}{}:
		return func() { <-h.slots }, nil
	case <-ctx.Done():
		return nil, errs.New(errs.Unavailable, "access: too many sign in at once", "")
	}
}

func (h hasher) hash(ctx context.Context, password string) (string, error) {
	leave, err := h.enter(ctx)
	if err != nil {
		return "", err
	}
	defer leave()
	return h.create(password)
}

// matches compares a password with a hash, or does the same work and answers
// no when there is no hash.
func (h hasher) matches(ctx context.Context, password, hash string) (bool, error) {
	leave, err := h.enter(ctx)
	if err != nil {
		return false, err
	}
	defer leave()
	if hash == "" {
		_, err := h.compare(password, decoy)
		return false, err
	}
	return h.compare(password, hash)
}

// checkPassword says what is wrong with a password someone chose, as an Invalid
// error at "password": too short, too long, or one that is guessed first.
func checkPassword(password, email, name string) error {
	n := utf8.RuneCountInString(password)
	low := strings.ToLower(password)
	mailbox, _, _ := strings.Cut(strings.ToLower(email), "@")
	switch {
	case n < MinPassword:
		return errs.At("access: password", "password", "access.error.password-short")
	case n > MaxPassword:
		return errs.At("access: password", "password", "access.error.password-long")
	case distinct(low) < 6, strings.Contains(low, "password"), strings.Contains(low, "1234567"),
		len(mailbox) > 3 && strings.Contains(low, mailbox), len(name) > 3 && strings.Contains(low, strings.ToLower(name)):
		return errs.At("access: password", "password", "access.error.password-easy")
	}
	return nil
}

func distinct(s string) int {
	seen := map[rune]bool{}
	for _, r := range s {
		seen[r] = true
	}
	return len(seen)
}
