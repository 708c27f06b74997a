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
	"strconv"
	"strings"
	"time"
)

// A line of erasures.log: "v1", the person's id, the instant in microseconds
// UTC, a hash of the lines before, and the organisation's signature over all
// that and its name. A line cut out or changed breaks the rest.
type erasure struct {
	slot slotID
	line string // as it stands in the file, with its end of line
}

func (t *tenant) signLine(s slotID, at time.Time, before [sha256.Size]byte) string {
	text := "v1 " + s.String() + " " + strconv.FormatInt(at.UnixMicro(), 10) + " " + encode(before[:16])
	return text + " " + encode(ed25519.Sign(t.sign, ledgerText(t.name, text))) + "\n"
}

func ledgerText(tenant, text string) []byte {
	return bind(nil, "alongside erasure 1", tenant, text)
}

func encode(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

// readLedger reads and proves a ledger. A last line without its end was being
// written when the power went; it is left out, because nothing was erased yet.
func readLedger(b []byte, tenant string, key ed25519.PublicKey) ([]erasure, error) {
	var out []erasure
	before := sha256.Sum256(nil)
	for n := 1; ; n++ {
		end := bytes.IndexByte(b, '\n')
		if end < 0 {
			return out, nil
		}
		line := string(b[:end+1])
		s, err := readLine(line, tenant, key, before)
		if err != nil {
			return nil, fmt.Errorf("erasures.log, line %d: %w", n, err)
		}
		out = append(out, erasure{s, line})
		before = sha256.Sum256(append(before[:], line...))
		b = b[end+1:]
	}
}

func readLine(line, tenant string, key ed25519.PublicKey, before [sha256.Size]byte) (s slotID, err error) {
	parts := strings.Split(strings.TrimSuffix(line, "\n"), " ")
	if len(parts) != 5 || parts[0] != "v1" {
		return s, errors.New("not a line of this ledger")
	}
	sig, err := base64.RawURLEncoding.DecodeString(parts[4])
	text := strings.Join(parts[:4], " ")
	if err != nil || !ed25519.Verify(key, ledgerText(tenant, text), sig) {
		return s, errors.New("the signature is not this organisation's")
	}
	if parts[3] != encode(before[:16]) {
		return s, errors.New("a line before it is missing or changed")
	}
	s, ok := parseID(parts[1])
	if !ok {
		return s, errors.New("names nobody")
	}
	return s, nil
}

// erase writes ledger lines and then empties the slots, with every other
// process kept away.
func (t *tenant) erase(slots []slotID, at time.Time) (err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if err := lock(t.file); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, unlock(t.file)) }()
	f, err := t.ledger()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	size, err := t.append(f, slots, at)
	if err != nil {
		return err
	}
	return t.overwrite(slots, size)
}

func (t *tenant) append(f *os.File, slots []slotID, at time.Time) (size int64, err error) {
	old, err := io.ReadAll(f)
	if err != nil {
		return 0, err
	}
	old = old[:bytes.LastIndexByte(old, '\n')+1]
	before := chain(old)
	var lines []byte
	for _, s := range slots {
		line := t.signLine(s, at, before)
		before = sha256.Sum256(append(before[:], line...))
		lines = append(lines, line...)
	}
	_, err = f.WriteAt(lines, int64(len(old)))
	size = int64(len(old) + len(lines))
	return size, errors.Join(err, f.Truncate(size), f.Sync())
}

// chain is the hash that the line after these must carry.
func chain(lines []byte) [sha256.Size]byte {
	before := sha256.Sum256(nil)
	for line := range bytes.Lines(lines) {
		before = sha256.Sum256(append(before[:], line...))
	}
	return before
}

// catchUp carries out what the ledger says and the slots do not show yet: a
// power cut came between, or the slots come from an older copy.
func (t *tenant) catchUp() (err error) {
	f, err := t.ledger()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	b, err := io.ReadAll(f)
	if err != nil {
		return err
	}
	done, err := readNumber(t.file, appliedAt)
	whole := bytes.LastIndexByte(b, '\n') + 1
	if err != nil || done == uint64(whole) {
		return err
	}
	lines, err := readLedger(b, t.name, t.sign.Public().(ed25519.PublicKey))
	if err != nil {
		return err
	}
	return t.carryOut(lines, int64(whole))
}

func (t *tenant) carryOut(lines []erasure, size int64) (err error) {
	if err := lock(t.file); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, unlock(t.file)) }()
	var slots []slotID
	for _, l := range lines {
		if _, err := t.read(l.slot); err == nil {
			slots = append(slots, l.slot)
		}
	}
	return t.overwrite(slots, size)
}

// ApplyLedger carries the erasures of another copy of an organisation's ledger
// over to these keys: after a restore of an older copy, who was erased stays
// erased. It returns how many keys it destroyed. A line that the organisation
// did not sign, or a line missing between others, refuses the whole.
func (v *Vault) ApplyLedger(tenant string, from io.Reader) (int, error) {
	t, _, err := v.tenant(tenant)
	if err != nil {
		return 0, err
	}
	b, err := io.ReadAll(from)
	if err != nil {
		return 0, trouble("apply ledger", err)
	}
	lines, err := readLedger(b, tenant, t.sign.Public().(ed25519.PublicKey))
	if err != nil {
		return 0, trouble("apply ledger", err)
	}
	var slots []slotID
	for _, l := range lines {
		if _, err := t.read(l.slot); err == nil {
			slots = append(slots, l.slot)
		}
	}
	if len(slots) == 0 {
		return 0, nil
	}
	return len(slots), trouble("apply ledger", t.erase(slots, v.clock.Now()))
}
