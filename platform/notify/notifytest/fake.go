// Package notifytest has channels for tests: one that keeps what it was given,
// and does as it is told when it should not work.
//
// It is not a library because it knows our letters.
package notifytest

import (
	"context"
	"sync"

	"alongside/platform/notify"
)

// Fake keeps letters. The zero value takes all.
type Fake struct {
	mu      sync.Mutex
	letters []notify.Letter
	Before  func(l notify.Letter) error // asked first; an error keeps the letter out
	After   func(l notify.Letter) error // asked once the letter is in
}

// Send takes a letter.
func (f *Fake) Send(_ context.Context, l notify.Letter) error {
	if f.Before != nil {
		if err := f.Before(l); err != nil {
			return err
		}
	}
	f.mu.Lock()
	f.letters = append(f.letters, l)
	f.mu.Unlock()
	if f.After != nil {
		return f.After(l)
	}
	return nil
}

// Letters are all that were taken, in order.
func (f *Fake) Letters() []notify.Letter {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]notify.Letter(nil), f.letters...)
}

// Forget empties the fake.
func (f *Fake) Forget() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.letters = nil
}
