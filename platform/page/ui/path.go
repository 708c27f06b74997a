package ui

import (
	"time"

	"alongside/platform/page"
)

// Walk says where a stone lies on the path.
type Walk string

// The three ways a stone can lie.
const (
	Walked Walk = "walked" // it happened
	Lit    Walk = "lit"    // this is now
	Ahead  Walk = "ahead"  // not yet
)

// Stone is one step on a path.
type Stone struct {
	Walk  Walk
	Words string    // "A peer said yes"
	At    time.Time // when it happened or is expected; zero leaves it out
	Note  string    // "3 minutes after you asked", "expected about 02:35"
}

// PathProps is a path of stones, first step first.
type PathProps struct {
	Label  string // what path this is, for who cannot see it
	Stones []Stone
}

// class names the stone and whether the way to the next is still open.
func (p PathProps) class(i int) string {
	c := "stone stone-" + string(p.Stones[i].Walk)
	if i+1 < len(p.Stones) && p.Stones[i+1].Walk == Ahead {
		c += " stone-open"
	}
	return c
}

// current is the aria-current of a stone.
func (s Stone) current() string {
	if s.Walk == Lit {
		return "step"
	}
	return "false"
}

func stamp(t time.Time) string { return page.Stamp(t) }
