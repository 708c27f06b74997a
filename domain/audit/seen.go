package audit

import (
	"sync"

	"alongside/platform/db"
)

// Seen is what one stream of events has already shown and recorded. A stream
// that draws the same list again and again records a person once, when they
// first come into view. A new stream begins with nothing seen.
type Seen struct {
	mu  sync.Mutex
	ids map[string]struct{}
}

// NewSeen returns a stream that has shown nobody.
func NewSeen() *Seen { return &Seen{ids: map[string]struct{}{}} }

// New returns those of subjects that the stream has not recorded yet.
func (s *Seen) New(subjects ...string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []string
	for _, id := range subjects {
		if _, ok := s.ids[id]; !ok {
			out = append(out, id)
		}
	}
	return out
}

// Write records e with those of its subjects that are new to the stream, and
// nothing when none is. What the transaction owes to the others is settled by
// the leaf that was written when they came into view. They count as seen only
// once the transaction is durable.
func (s *Seen) Write(tx *db.Tx, e Entry) error {
	all := e.Subjects
	e.Subjects = s.New(all...)
	if len(e.Subjects) > 0 {
		if err := Write(tx, e); err != nil {
			return err
		}
		fresh := e.Subjects
		tx.AfterCommit(func() { s.mark(fresh) })
	}
	tx.Settle(all...)
	return nil
}

func (s *Seen) mark(subjects []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range subjects {
		s.ids[id] = struct{}{}
	}
}
