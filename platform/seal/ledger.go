package seal

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// A line of erasures.log: "v1", the person's id, the instant in microseconds
// UTC, a hash of the lines before, and the organisation's signature over all
// that and its name. A line cut out or changed breaks the rest.

// chained is the hash that the next line must carry.
type chained [sha256.Size]byte

func (c chained) then(line string) chained { return sha256.Sum256(append(c[:], line...)) }

func (c chained) String() string { return encode(c[:16]) }

func encode(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func (t *tenant) line(e ending, before chained) string {
	text := fmt.Sprintf("v1 %s %d %s", e.slot, e.at.UnixMicro(), before)
	return text + " " + encode(ed25519.Sign(t.sign, ledgerText(t.name, text))) + "\n"
}

func ledgerText(tenant, text string) []byte {
	return bind(nil, "alongside erasure 1", tenant, text)
}

// readLedger reads and proves a ledger. A last line without its end was being
// written when the power went; it is left out, because nothing was erased yet.
func (t *tenant) readLedger(b []byte) ([]ending, error) {
	var out []ending
	var before chained
	for line := range strings.Lines(string(whole(b))) {
		e, err := t.readLine(line, before)
		if err != nil {
			return nil, fmt.Errorf("erasures.log, line %d: %w", len(out)+1, err)
		}
		out = append(out, e)
		before = before.then(line)
	}
	return out, nil
}

// whole cuts a ledger after its last whole line.
func whole(b []byte) []byte { return b[:bytes.LastIndexByte(b, '\n')+1] }

func (t *tenant) readLine(line string, before chained) (e ending, err error) {
	parts := strings.Split(strings.TrimSuffix(line, "\n"), " ")
	if len(parts) != 5 || parts[0] != "v1" {
		return e, errors.New("not a line of this ledger")
	}
	sig, err := base64.RawURLEncoding.DecodeString(parts[4])
	text := ledgerText(t.name, strings.Join(parts[:4], " "))
	if err != nil || !ed25519.Verify(t.sign.Public().(ed25519.PublicKey), text, sig) {
		return e, errors.New("the signature is not this organisation's")
	}
	if parts[3] != before.String() {
		return e, errors.New("a line before it is missing or changed")
	}
	slot, ok := parseID(parts[1])
	at, err := strconv.ParseInt(parts[2], 10, 64)
	if !ok || err != nil {
		return e, errors.New("names nobody")
	}
	return ending{slot, time.UnixMicro(at).UTC()}, nil
}

func (t *tenant) ledger() (*os.File, error) {
	return os.OpenFile(filepath.Join(t.dir, "erasures.log"), os.O_RDWR|os.O_CREATE, 0o600)
}

// addLines makes endings part of the ledger, durably, and returns its size.
func (t *tenant) addLines(ends []ending) (size int64, err error) {
	f, err := t.ledger()
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	b, err := io.ReadAll(f)
	if err != nil {
		return 0, err
	}
	b = whole(b)
	start := len(b)
	var before chained
	for line := range strings.Lines(string(b)) {
		before = before.then(line)
	}
	for _, e := range ends {
		line := t.line(e, before)
		before = before.then(line)
		b = append(b, line...)
	}
	size = int64(len(b))
	_, err = f.WriteAt(b[start:], int64(start))
	return size, errors.Join(err, f.Truncate(size), f.Sync())
}

// catchUp carries out what the ledger says and the slots do not show yet: a
// power cut came between, or the slots come from an older copy.
func (t *tenant) catchUp() error {
	st, err := os.Stat(filepath.Join(t.dir, "erasures.log"))
	if errors.Is(err, os.ErrNotExist) {
		return nil // Check speaks of it
	}
	done, err2 := readNumber(t.file, appliedAt)
	if err := errors.Join(err, err2); err != nil || uint64(st.Size()) <= done {
		return err
	}
	return t.alone(func() error {
		b, err := os.ReadFile(filepath.Join(t.dir, "erasures.log"))
		if err != nil {
			return err
		}
		ends, err := t.readLedger(b)
		if err != nil {
			return err
		}
		return t.overwrite(ends, int64(len(whole(b))))
	})
}

// ApplyLedger carries the erasures of another copy of an organisation's ledger
// over to these keys: after a restore of an older copy, who was erased stays
// erased, also someone whose key is not in this copy. It returns how many
// erasures were new here. A line that the organisation did not sign, or one
// missing between others, refuses the whole.
func (v *Vault) ApplyLedger(tenant string, from io.Reader) (int, error) {
	t, _, err := v.tenant(tenant)
	if err != nil {
		return 0, err
	}
	theirs, err := io.ReadAll(from)
	if err != nil {
		return 0, trouble("apply ledger", err)
	}
	ours, err := os.ReadFile(filepath.Join(t.dir, "erasures.log"))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return 0, trouble("apply ledger", err)
	}
	fresh, err := t.fresh(ours, theirs)
	if err != nil || len(fresh) == 0 {
		return 0, trouble("apply ledger", err)
	}
	return len(fresh), trouble("apply ledger", t.erase(fresh))
}

// fresh lists the endings in theirs that are not in ours.
func (t *tenant) fresh(ours, theirs []byte) ([]ending, error) {
	known, err := t.readLedger(ours)
	if err != nil {
		return nil, err
	}
	ends, err := t.readLedger(theirs)
	seen := map[slotID]bool{}
	for _, e := range known {
		seen[e.slot] = true
	}
	var out []ending
	for _, e := range ends {
		if !seen[e.slot] {
			seen[e.slot] = true
			out = append(out, e)
		}
	}
	return out, err
}
