package db

// TakenBack writes into the key folder, durably and at once, that something of
// this organisation was taken back, stopped or paused: an older copy of the
// database that is put back must not revive it (seal.Vault.Note). kind is a word
// of the domain's own.
//
// It is written before the commit. A transaction that is undone leaves its note,
// and a restore ends what had not been taken back after all: that is the careful
// side. What cannot be noted, because the key folder is full or may only be
// read, is taken back all the same, and the log says which.
func (t *Tx) TakenBack(kind, id string) {
	if err := t.Vault().Note(t.scope.Tenant, kind, id); err != nil {
		t.db.opt.Log.Error("taken back, but not noted in the key folder: an older copy would bring it back", "kind", kind, "id", id, "error", err)
	}
}

// Again ends each of some things that were taken back and that an older copy of the
// database revived, and returns how many of them stood.
func Again[T any](which []T, end func(T) (stood bool, err error)) (n int, err error) {
	for _, one := range which {
		stood, err := end(one)
		if err != nil {
			return n, err
		}
		if stood {
			n++
		}
	}
	return n, nil
}
