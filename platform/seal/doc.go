// Package seal keeps the keys of the program and everything that is locked
// with them: the key of the database, one key for each organisation and one
// for each person. Names, contacts and free text are sealed under the person's
// own key; destroy that key and the person cannot be read any more, in no copy.
//
// The keys lie in a folder of their own, keys/ in the data folder unless the
// options name another place:
//
//	root.key               opens the database; other keys are derived from it
//	<tenant>/tenant.key    the organisation's own; derived from nothing
//	<tenant>/persons.keys  one slot a person, locked with tenant.key
//	<tenant>/erasures.log  who was erased and when, signed, so that a restore
//	                       of older keys brings nobody back
//	<tenant>/taken.log     what was taken back, stopped or paused and when,
//	                       signed, so that a restore of older data revives none
//
// Whoever holds that folder holds its keys. Copies of it are worth as much as
// the folder itself; only its newest version is kept, because an older one
// would still hold keys that were destroyed since.
//
// Several processes may work with one folder at a time. What one of them
// erases, the others refuse from that moment on.
//
// The ciphers are Go's own: AES-256-GCM, HKDF and HMAC with SHA-256, Ed25519.
// What is ours is where keys lie and how they end, which no library had.
// Tink's AES-GCM was measured first: it calls the same code of Go's, takes
// 525 ns against 400 for 500 bytes and 855 ns against 390 to open a key, and
// makes the program 2.7 MB larger. Its XChaCha20 takes 740 ns; the longer nonce
// that this buys is not needed, since a key locks one person's few thousand
// values and random nonces are safe for four thousand million.
package seal
