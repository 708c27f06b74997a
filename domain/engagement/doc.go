// Package engagement is a peer's day: with whom they walk, what comes next,
// what was said and done together, and the person's own plan.
//
// A contact is noted in four taps. An attempt counts as an attempt. How a
// person wants to be reached stands where the call would be made, and a way
// they did not choose is refused unless they began it or said yes this time.
// The note itself is sealed under the person's key.
//
// Nothing that was written is ever written over. A correction, and each new
// writing of a part of a plan, names what it takes the place of, and both stay
// readable. Two people who wrote apart, without a network, both keep what they
// wrote, and a person decides. Everything a phone sends carries an id that the
// phone made: the same thing sent again is the same thing, and another body
// under the same id is kept beside the first and answered as a conflict.
//
// Today is one list for each peer. Its lines come from several sources and each
// says why it is there. Nothing here counts, ranks or compares peers. Time spent
// is shown to the peer alone; a minute with three people is twenty seconds with
// each.
//
// The kinds of activity follow SAMHSA's Core Competencies for Peer Workers
// (2015), whose twelve categories are in docs/sources.md.
package engagement
