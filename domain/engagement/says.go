package engagement

import "time"

// The words that may leave the program. They say nothing of anyone, nor of what
// the organisation does.
const (
	wordNew    = "engagement.say.new"
	wordRemind = "engagement.say.remind"
	wordSoon   = "engagement.say.soon"
)

// Says lists them.
func Says() []string { return []string{wordNew, wordRemind, wordSoon} }

// usefulHello is how long it is of use to tell a peer that someone would like
// to hear from them.
const usefulHello = 24 * time.Hour
