// Package db keeps what the program knows, in one of two engines: SQLite, in an
// encrypted file beside the program, or PostgreSQL when an organisation has
// outgrown one machine. The same hand-written SQL runs on both.
//
// There is one writing door, [DB.Write]. Callers who wait at it together share
// one commit, each in its own savepoint, and nobody is told "done" before the
// disk has it. What reads or writes a person's row owes a record of it: a
// transaction that ends with such a debt unpaid is rolled back. Since a record
// is itself written, a service that shows a person's row uses Write, not Read.
//
// Rules for a function given to Write: it may run twice, so it has no effect
// outside the transaction, no network, no slow hashing; effects go to
// [Tx.AfterCommit]. It holds the door for everyone, so it is short.
//
// Rules for SQL: the part both engines share; types TEXT, BIGINT, DOUBLE
// PRECISION and BYTEA; parameters $1, $2 …, every one of them used; $1 is the
// organisation and is bound by the transaction.
//
// It is not a library because database/sql knows neither group commit nor
// organisations, and both must be out of the reach of a forgetful caller.
package db
