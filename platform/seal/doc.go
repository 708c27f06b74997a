// Package seal keeps the keys of the program and everything that is locked
// with them: the key of the database, one key for each organisation and one
// for each person. Names, contacts and free text are sealed under the person's
// own key; destroy that key and the person cannot be read any more, in no copy.
//
// The keys lie in a folder of their own, keys/ in the data folder unless
// ALONGSIDE_KEYS names another place:
//
//	root.key               opens the database; other keys are derived from it
//	<tenant>/tenant.key    the organisation's own; derived from nothing
//	<tenant>/persons.keys  one slot a person, locked with tenant.key
//	<tenant>/erasures.log  who was erased and when, signed, so that a restore
//	                       of older keys brings nobody back
//
// Whoever holds that folder holds its keys. Copies of it are worth as much as
// the folder itself; only its newest version is kept, because an older one
// would still hold keys that were destroyed since.
//
// Several processes may work with one folder at a time. What one of them
// erases, the others refuse from that moment on.
//
// The ciphers are a library's (AES-256-GCM by tink-go) and so are HKDF, HMAC
// and Ed25519 (Go's own). What is ours is where keys lie and how they end,
// which no library had: tink's keysets live in memory or in a cloud's vault.
// AES-GCM was taken before XChaCha20 because the machines we run on do AES in
// hardware; its shorter nonce is no danger here, since a key locks one
// person's few thousand values and random nonces are safe for four milliards.
package seal
