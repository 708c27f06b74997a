// Package workforce is care for those who walk alongside others. So far it holds
// one thing: pages of a peer's own.
//
// A page is one of three kinds. "My own recovery" and "how I am" are for whoever
// wrote them and for nobody else. Co-reflection is for peers who think together
// about how they work: what happened, what it stirred in them, what they want to
// try. They do so as equals: nobody leads, nobody reports, nothing of it goes to a
// supervisor, and it is about the peers' own part, never about a participant.
// Whoever begins it invites other peers by name. Who is invited reads the first
// words, and what others write from then on; each may leave.
//
// No role opens a page of another's, no command does, and no report, export,
// search or list knows it. Nothing here counts: nobody is shown whether, when or
// how often a peer writes.
//
// Words are sealed under a key of the page's own, which belongs to its writer
// alone. Erasing a page destroys that key, so that it cannot be read in any copy.
// It is not the key of the account, because that one seals a name which others
// need, and goes only when an account ends.
//
// Sources: that peers look at their own practice and feelings, and grow by it, is
// among SAMHSA's Core Competencies for Peer Workers (2015, category 12) and the
// peer supervision of its National Model Standards (2023); what co-reflection is
// here is our own reading, in decision 0113.
package workforce
