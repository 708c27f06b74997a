package seal

import (
	"container/list"
	"crypto/cipher"
	"sync"
)

// openedKeys is how many persons' keys lie ready, over all organisations.
const openedKeys = 2048

// opened keeps the keys that were used last, unlocked. Each is good for the
// epoch in which it was read; an erasure anywhere begins a new one.
type opened struct {
	mu   sync.Mutex
	max  int
	list *list.List
	at   map[openedName]*list.Element
}

type openedName struct {
	tenant string
	slot   slotID
}

type openedKey struct {
	name  openedName
	epoch uint64
	aead  cipher.AEAD
}

func newOpened(limit int) *opened {
	return &opened{max: limit, list: list.New(), at: map[openedName]*list.Element{}}
}

// find returns the key if it was read in this epoch, and forgets an older one.
func (o *opened) find(n openedName, epoch uint64) (cipher.AEAD, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	e, ok := o.at[n]
	if !ok {
		return nil, false
	}
	k := e.Value.(*openedKey)
	if k.epoch != epoch {
		o.drop(e)
		return nil, false
	}
	o.list.MoveToFront(e)
	return k.aead, true
}

func (o *opened) keep(n openedName, epoch uint64, a cipher.AEAD) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if e, ok := o.at[n]; ok {
		o.drop(e)
	}
	o.at[n] = o.list.PushFront(&openedKey{name: n, epoch: epoch, aead: a})
	if o.list.Len() > o.max {
		o.drop(o.list.Back())
	}
}

func (o *opened) forget(n openedName) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if e, ok := o.at[n]; ok {
		o.drop(e)
	}
}

// forgetAll drops the keys of an organisation that ended.
func (o *opened) forgetAll(tenant string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for n, e := range o.at {
		if n.tenant == tenant {
			o.drop(e)
		}
	}
}

func (o *opened) drop(e *list.Element) {
	o.list.Remove(e)
	delete(o.at, e.Value.(*openedKey).name)
}
