package db

import "sync"

// bells wake whoever waits for something to be committed in this program. They
// carry nothing: who is woken looks in the database.
type bells struct {
	mu   sync.Mutex
	ears map[string][]chan struct{}
}

// Ring wakes the listeners of name once the disk has the transaction.
func (t *Tx) Ring(name string) { t.rings = append(t.rings, name) }

// Listen returns a channel that receives after each commit that rang name;
// rings in a row may be received as one. stop ends it.
func (d *DB) Listen(name string) (bell <-chan struct{}, stop func()) {
	c := make(chan struct{}, 1)
	d.bells.mu.Lock()
	defer d.bells.mu.Unlock()
	if d.bells.ears == nil {
		d.bells.ears = map[string][]chan struct{}{}
	}
	d.bells.ears[name] = append(d.bells.ears[name], c)
	return c, func() { d.bells.drop(name, c) }
}

func (b *bells) ring(name string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, c := range b.ears[name] {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}

func (b *bells) drop(name string, gone chan struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	var left []chan struct{}
	for _, c := range b.ears[name] {
		if c != gone {
			left = append(left, c)
		}
	}
	b.ears[name] = left
}
