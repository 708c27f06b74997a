package audit_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"alongside/domain/audit"
	"alongside/platform/db"
)

// receipts are those of every leaf about p1, as a person would keep them.
func (l *log) receipts(subject string) []byte {
	l.Helper()
	var all audit.Receipts
	l.must(l.db.Read(l.ctx, func(tx *db.Tx) error {
		leaves, err := audit.History(tx, subject, 99, 0)
		l.must(err)
		var numbers []int64
		for _, leaf := range leaves {
			numbers = append(numbers, leaf.Number)
		}
		all, err = audit.ProveAll(tx, subject, numbers)
		return err
	}))
	b, err := json.Marshal(all)
	l.must(err)
	return b
}

func (l *log) publish() []byte {
	l.Helper()
	var out bytes.Buffer
	l.must(audit.RunCheckpoint(l.ctx, l.db, "t1", &out))
	return out.Bytes()
}

// verdicts are the first words of the lines that the command prints.
func (l *log) verdicts(file, checkpoint []byte, key string) (int, []string) {
	l.Helper()
	var out bytes.Buffer
	code, err := audit.RunReceipt(audit.Checking{File: file, Checkpoint: checkpoint, Key: key}, &out)
	l.must(err)
	var words []string
	for line := range strings.Lines(out.String()) {
		word, _, _ := strings.Cut(line, "\t")
		words = append(words, word)
	}
	return code, words
}

// A receipt can be held against a checkpoint that others have: one that covers
// the leaf, and one from before it.
func TestAReceiptIsCheckedAgainstWhatOthersHold(t *testing.T) {
	onBoth(t, func(l *log) {
		l.fill(5)
		early := l.publish()
		l.fill(6)
		file := l.receipts("person3")
		for name, kept := range map[string][]byte{"none": nil, "from before": early} {
			if code, words := l.verdicts(file, kept, ""); code != 0 || len(words) == 0 || strings.Join(words, "") != strings.Repeat(audit.Holds, len(words)) {
				t.Errorf("checkpoint %s: %d %v", name, code, words)
			}
		}
		late := l.publish()
		if code, words := l.verdicts(file, late, ""); code != 1 || words[len(words)-1] != audit.OtherSize {
			t.Errorf("a checkpoint that the receipt says nothing of: %d %v", code, words)
		}
		if code, words := l.verdicts(l.receipts("person3"), late, ""); code != 0 {
			t.Errorf("a receipt made after it: %d %v", code, words)
		}
	})
}

// One letter changed in the leaf, the person or the checkpoint; another key.
func TestAReceiptThatWasChangedIsFoundOut(t *testing.T) {
	onBoth(t, func(l *log) {
		l.fill(5)
		who, file := "person3", l.receipts("person3")
		for name, bad := range map[string][]byte{
			"leaf":   bytes.Replace(file, []byte(`"kind":"look"`), []byte(`"kind":"change"`), 1),
			"person": bytes.Replace(file, []byte(`"person":"`+who), []byte(`"person":"x`+who), 1),
			"root":   bytes.Replace(file, []byte(`alongside/t1\n5\n`), []byte(`alongside/t1\n5\nA`), 1),
		} {
			if bytes.Equal(bad, file) {
				t.Errorf("%s: the test changed nothing", name)
			}
			if code, words := l.verdicts(bad, nil, ""); code != 1 || words[0] != audit.Changed {
				t.Errorf("%s: %d %v", name, code, words)
			}
		}
		stranger, err := audit.PublicKey(l.v, "t2")
		l.must(err)
		if code, words := l.verdicts(file, nil, stranger); code != 1 || words[0] != audit.Changed {
			t.Errorf("another's key: %d %v", code, words)
		}
		if _, err := audit.RunReceipt(audit.Checking{File: []byte(`{"a":1}`)}, &bytes.Buffer{}); err == nil {
			t.Error("any file is taken for receipts")
		}
	})
}

// A note put into the table of published checkpoints by somebody else is passed
// over.
func TestAForgedPublishedNoteIsPassedOver(t *testing.T) {
	onBoth(t, func(l *log) {
		l.fill(5)
		l.publish()
		l.tamper("UPDATE audit_published SET note = $2 WHERE tenant = $1", []byte("alongside/t1\n5\nAAAA\n2026-03-01T12:00:00Z\n\nnobody\n"))
		if code, words := l.verdicts(l.receipts("person3"), nil, ""); code != 0 {
			t.Errorf("%d %v", code, words)
		}
	})
}
