package audit_test

import (
	"bytes"
	"crypto/ed25519"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"alongside/domain/audit"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// Anyone with the public key can read a checkpoint with the note package alone,
// and its root is the one that tlog computes from the leaves.
func TestACheckpointIsASignedNote(t *testing.T) {
	onBoth(t, func(l *log) {
		l.fill(13)
		var out bytes.Buffer
		l.must(audit.RunCheckpoint(t.Context(), l.db, "t1", &out))
		key, err := audit.PublicKey(l.v, "t1")
		l.must(err)
		verifier, err := note.NewVerifier(key)
		l.must(err)
		n, err := note.Open(out.Bytes(), note.VerifierList(verifier))
		l.must(err)
		want := "alongside/t1\n13\n" + rootOf(l, 13).String() + "\n2026-03-01T12:13:00Z\n"
		if n.Text != want {
			t.Errorf("got %q, want %q", n.Text, want)
		}
		p, err := audit.OpenCheckpoint(l.v, out.Bytes())
		if err != nil || p.Tenant != "t1" || p.Size != 13 || !p.At.Equal(l.clk.Now()) {
			t.Errorf("%+v %v", p, err)
		}
	})
}

// rootOf computes the root with tlog alone.
func rootOf(l *log, size int64) tlog.Hash {
	var stored []tlog.Hash
	read := tlog.HashReaderFunc(func(at []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(at))
		for i := range at {
			out[i] = stored[at[i]]
		}
		return out, nil
	})
	for n := range size {
		hashes, err := tlog.StoredHashes(n, l.row(n).entry, read)
		l.must(err)
		stored = append(stored, hashes...)
	}
	root, err := tlog.TreeHash(size, read)
	l.must(err)
	return root
}

func TestOneCheckpointGrowsFromAnother(t *testing.T) {
	onBoth(t, func(l *log) {
		var points []audit.Point
		for range 6 {
			l.fill(3)
			p, err := audit.OpenCheckpoint(l.v, l.checkpoint())
			l.must(err)
			points = append(points, p)
		}
		l.must(l.db.Read(l.ctx, func(tx *db.Tx) error {
			for i, old := range points {
				for _, now := range points[i:] {
					proof, err := audit.ProveGrowth(tx, old.Size, now.Size)
					l.must(err)
					if err := tlog.CheckTree(proof, now.Size, now.Root, old.Size, old.Root); err != nil {
						t.Errorf("%d to %d: %v", old.Size, now.Size, err)
					}
				}
			}
			return nil
		}))
	})
}

// A note signed with one organisation's key that speaks for another is none.
func TestACheckpointSpeaksForItsOwnOrganisation(t *testing.T) {
	onBoth(t, func(l *log) {
		key, err := audit.PublicKey(l.v, "t1")
		l.must(err)
		verifier, err := note.NewVerifier(key)
		l.must(err)
		text := "alongside/t2\n0\n" + rootOf(l, 0).String() + "\n2026-03-01T12:13:00Z\n"
		signed, err := note.Sign(&note.Note{Text: text}, handSigner{verifier, l.v.SigningKey("t1")})
		l.must(err)
		err = audit.Receipt{Checkpoint: string(signed)}.Check(key, "person1")
		if err == nil || !strings.Contains(err.Error(), "not a checkpoint") {
			t.Errorf("got %v", err)
		}
	})
}

type handSigner struct {
	note.Verifier
	key ed25519.PrivateKey
}

func (s handSigner) Sign(msg []byte) ([]byte, error) { return ed25519.Sign(s.key, msg), nil }

func TestACheckpointForNobodyIsNotFound(t *testing.T) {
	onBoth(t, func(l *log) {
		if _, err := audit.Checkpoint(t.Context(), l.db, "t9"); !errs.Is(err, errs.NotFound) {
			t.Errorf("got %v", err)
		}
		if _, err := audit.PublicKey(l.v, "t9"); !errs.Is(err, errs.NotFound) {
			t.Errorf("got %v", err)
		}
	})
}

// A stream records whom it newly shows, once, and only when that is durable.
func TestAStreamRecordsWhatItNewlyShows(t *testing.T) {
	onBoth(t, func(l *log) {
		seen := audit.NewSeen()
		show := func(fails bool, who ...string) error {
			return l.db.Write(l.ctx, func(tx *db.Tx) error {
				for _, id := range who {
					tx.OweLook(id)
				}
				err := seen.Write(tx, audit.Entry{Kind: audit.Look, Action: "handoff.board", Subjects: who})
				if err == nil && fails {
					err = errs.New(errs.Conflict, "test", "")
				}
				return err
			})
		}
		if show(true, "person1", "person2") == nil {
			t.Fatal("the transaction was to be undone")
		}
		if got := strings.Join(seen.New("person1", "person2"), " "); got != "person1 person2" {
			t.Errorf("after an undone transaction these are new: %s", got)
		}
		l.must(show(false, "person1", "person2"))
		l.must(show(false, "person1", "person2"))
		l.must(show(false, "person2", "person3"))
		l.sequence()
		for who, want := range map[string]int{"person1": 1, "person2": 1, "person3": 1, "person4": 0} {
			if got := len(l.history(who, 9, 0)); got != want {
				t.Errorf("%s: %d leaves, want %d", who, got, want)
			}
		}
		if got := l.verify(nil); got != "ok 2" {
			t.Error(got)
		}
	})
}
