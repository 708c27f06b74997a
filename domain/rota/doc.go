// Package rota says who is on duty, and asks them.
//
// A shift is one peer at one site, or at all of them, from one hour of the
// clock to another, once or again and again. Someone takes it over for a day,
// two people swap, someone is away: each is a change to one day of a shift, and
// the shift stays as it is. A shift follows the clock on the wall: from 22:00
// to 06:00 is seven hours in the night the clocks go forward and nine in the
// night they go back. Short rest between two shifts is said, and never
// prevented.
//
// When someone asks for a peer, a ladder is climbed: a peer on duty, a second
// one, all on duty, a supervisor; and then whoever asked is shown the site's
// telephone. Each rung is a bell in the transaction of the one before. It stops
// when a peer says yes, anywhere. "Not this one" gives no reason, leaves no
// mark, and the ladder moves at once.
//
// What the rota holds is about workers. Of the person it holds an id: of whom a
// peer has said that they know them outside, so that they are never sent to
// them.
package rota
