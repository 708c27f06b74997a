package seal

// Keys are made in batches, so that one fsync serves many new persons. A
// command that needs one person makes few; a server soon makes many at a time.
// What a process made and did not hand out when it ended is never used: 128
// bytes each.
const (
	firstBatch = 8
	largeBatch = 256
)

// NewSubject makes a person's key and returns the id that names it: opaque,
// safe in a database and in a log. The key is durable before it returns.
func (v *Vault) NewSubject(tenant string) (string, error) {
	t, _, err := v.tenant(tenant)
	if err != nil {
		return "", err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.ready) == 0 {
		if err := t.refill(); err != nil {
			return "", trouble("new subject", err)
		}
	}
	s := t.ready[0]
	t.ready = t.ready[1:]
	return s, nil
}

// refill appends a batch of slots. Whatever a power cut leaves of it was not
// handed out; a torn slot at the end is written over by the next batch.
func (t *tenant) refill() error {
	return t.alone(func() error {
		n, err := t.slots()
		if err != nil {
			return err
		}
		ids, block := t.makeBatch(n)
		if _, err := t.file.WriteAt(block, headerSize+n*slotSize); err != nil {
			return err
		}
		if err := t.file.Sync(); err != nil {
			return err
		}
		t.ready, t.batch = ids, min(t.batch*2, largeBatch)
		return nil
	})
}

// slots counts the whole slots in the file.
func (t *tenant) slots() (int64, error) {
	st, err := t.file.Stat()
	if err != nil {
		return 0, err
	}
	return (st.Size() - headerSize) / slotSize, nil
}

func (t *tenant) makeBatch(first int64) (ids []string, block []byte) {
	for i := range int64(t.batch) {
		s := newSlotID(first + i)
		b := liveSlot(s, newKey(), t.wrap, t.name)
		ids = append(ids, s.String())
		block = append(block, b[:]...)
	}
	return ids, block
}
