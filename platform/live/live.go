// Package live tells open pages that something changed, so that they ask again.
// It carries no content: a page that is told asks for what it may see, through
// the same door as any other request.
//
// It is not a library because it is a map of channels. What changes in another
// process (an import, a second instance) is noticed by the page's own slow
// look, not here.
package live

import "sync"

// Hub joins who changes something with who watches it. The zero value is ready.
type Hub struct {
	mu       sync.Mutex
	watchers map[string]map[chan struct{}]bool
}

// Tell wakes everyone who watches topic. It never waits.
func (h *Hub) Tell(topic string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for c := range h.watchers[topic] {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}

// Watch returns a channel that gets a value after each change of topic; several
// changes may come as one. stop ends it and may be called once.
func (h *Hub) Watch(topic string) (changed <-chan struct{}, stop func()) {
	c := make(chan struct{}, 1)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.watchers == nil {
		h.watchers = map[string]map[chan struct{}]bool{}
	}
	if h.watchers[topic] == nil {
		h.watchers[topic] = map[chan struct{}]bool{}
	}
	h.watchers[topic][c] = true
	return c, func() { h.leave(topic, c) }
}

func (h *Hub) leave(topic string, c chan struct{}) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.watchers[topic], c)
	if len(h.watchers[topic]) == 0 {
		delete(h.watchers, topic)
	}
}
