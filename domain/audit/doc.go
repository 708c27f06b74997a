// Package audit keeps the record of every look, change and disclosure, so that
// a person can see who saw what, and so that nobody can quietly alter it.
//
// Each organisation has a log of its own. A leaf of it says what was done, by
// whom, in which role, for which purpose and about whom: ids, instants and
// hashes of sealed bytes, never a name or a word that someone wrote. So the log
// can be checked after a person's key has been erased. A leaf is written in the
// same transaction as what it speaks of, and a transaction that looked at or
// changed a person's row without a leaf is rolled back by the database kit.
//
// The log is a Merkle tree: every leaf is hashed together with all before it
// into one root. A checkpoint is the root and the number of leaves, signed. Kept
// outside the database, it shows later whether anything before it was altered.
// A receipt shows a person that one leaf is in the log without showing them
// the others.
//
// A leaf about several people names them as a set: the root of a small tree of
// their ids, which lie beside the log, once for each set. The same board shown a
// thousand times costs its people one set and a thousand short leaves, and a
// person's receipt does not name those who were on the board with them.
//
// On SQLite the writer numbers a leaf in its transaction. On PostgreSQL, where
// many write at once, leaves wait unnumbered and one Sequencer numbers them
// within a second; until then they are in the database but not yet in the tree.
// They bear a stamp of their own there.
//
// What each leaf's and each head's stamp adds: someone who can write to the
// database but does not hold the key folder cannot make a leaf, so even a log
// that was rewritten with all its hashes is found, and where. Someone who holds
// both can rewrite everything but the checkpoints that were taken away.
//
// Sources: RFC 6962 section 2 (the tree and its proofs), C2SP tlog-checkpoint
// and signed-note (the checkpoint's form), 45 CFR 164.312(b) (audit controls),
// 42 CFR 2.25 and 45 CFR 164.528 (accounting of disclosures).
package audit
