package access

import (
	"time"

	"alongside/platform/db"
)

// Guess is a limit on what can be guessed elsewhere than at the sign-in: some
// tries at once, then one in a while. Who is what it is counted for; only a
// keyed mark of it is kept. A restart gives no new start.
type Guess struct {
	What  string // one word, the same for all of a kind
	Who   string
	Burst int
	Every time.Duration
}

func (g Guess) attempt(tx *db.Tx) attempt {
	return attempt{limit{g.What, g.Burst, g.Every}, tryMark(tx, g.What, g.Who)}
}

// Spent answers TooMany when no try is left, and counts none.
func (g Guess) Spent(tx *db.Tx) error {
	_, err := g.attempt(tx).next(tx)
	return err
}

// Spend counts one try, or answers TooMany.
func (g Guess) Spend(tx *db.Tx) error { return g.attempt(tx).count(tx) }
