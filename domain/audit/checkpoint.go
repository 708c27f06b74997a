package audit

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/seal"
)

// Point is what a checkpoint says. As a signed note its text is four lines:
// the origin "alongside/<organisation>", the number of leaves, the root in
// base64, and the instant in RFC 3339, which C2SP calls an extension line.
type Point struct {
	Tenant string
	Size   int64
	Root   tlog.Hash
	At     time.Time
}

const originPrefix = "alongside/"

var errNoCheckpoint = errors.New("audit: not a checkpoint of this program")

// Checkpoint returns the organisation's signed note. It covers the leaves that
// have a number. A log that does not hold together is not signed: Conflict.
func Checkpoint(ctx context.Context, d *db.DB, tenant string) ([]byte, error) {
	var signed []byte
	err := d.Read(asSystem(ctx, tenant), func(tx *db.Tx) error {
		var err error
		_, signed, err = signHead(tx)
		return err
	})
	return signed, errs.Wrap("audit: checkpoint "+tenant, err)
}

func signHead(tx *db.Tx) (*head, []byte, error) {
	h, err := readHead(tx)
	if err != nil {
		return nil, nil, err
	}
	if !h.sound {
		return nil, nil, errs.New(errs.Conflict, "sign", "audit.does-not-hold")
	}
	root, err := h.root()
	if err != nil {
		return nil, nil, err
	}
	tenant := tx.Scope().Tenant
	s, err := newSigner(tx.Vault(), tenant)
	if err != nil {
		return nil, nil, err
	}
	p := Point{tenant, h.size, root, tx.Now()}
	signed, err := note.Sign(&note.Note{Text: p.text()}, s)
	return h, signed, err
}

func (p Point) text() string {
	return fmt.Sprintf("%s%s\n%d\n%s\n%s\n", originPrefix, p.Tenant, p.Size, p.Root, p.At.Format(time.RFC3339Nano))
}

// signer lets note sign with the vault's key.
type signer struct {
	note.Verifier
	key ed25519.PrivateKey
}

// Sign signs the text.
func (s signer) Sign(msg []byte) ([]byte, error) { return ed25519.Sign(s.key, msg), nil }

func newSigner(v *seal.Vault, tenant string) (signer, error) {
	key := v.SigningKey(tenant)
	if key == nil {
		return signer{}, errs.New(errs.NotFound, "signing key", "")
	}
	public, err := publicKey(tenant, key)
	if err != nil {
		return signer{}, err
	}
	verifier, err := note.NewVerifier(public)
	return signer{verifier, key}, err
}

// PublicKey returns the organisation's public key as notes write it, for those
// who check receipts and checkpoints elsewhere. NotFound without such keys.
func PublicKey(v *seal.Vault, tenant string) (string, error) {
	key := v.SigningKey(tenant)
	if key == nil {
		return "", errs.New(errs.NotFound, "audit: public key", "")
	}
	return publicKey(tenant, key)
}

func publicKey(tenant string, key ed25519.PrivateKey) (string, error) {
	return note.NewEd25519VerifierKey(originPrefix+tenant, key.Public().(ed25519.PublicKey))
}

// OpenCheckpoint reads a note and checks that one of our organisations signed
// it. Anything else is Invalid.
func OpenCheckpoint(v *seal.Vault, signed []byte) (Point, error) {
	origin, _, _ := strings.Cut(string(signed), "\n")
	tenant, ours := strings.CutPrefix(origin, originPrefix)
	if !ours {
		return Point{}, badCheckpoint(errNoCheckpoint)
	}
	key, err := PublicKey(v, tenant)
	if err != nil {
		return Point{}, badCheckpoint(err)
	}
	p, err := openNote(signed, key)
	if err != nil {
		return Point{}, badCheckpoint(err)
	}
	return p, nil
}

func badCheckpoint(err error) error {
	return &errs.Error{Kind: errs.Invalid, Op: "audit: open checkpoint", Say: "audit.not-a-checkpoint", Err: err}
}

func openNote(signed []byte, key string) (Point, error) {
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return Point{}, err
	}
	n, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return Point{}, err
	}
	p, err := parsePoint(n.Text)
	if err == nil && originPrefix+p.Tenant != verifier.Name() {
		err = errNoCheckpoint
	}
	return p, err
}

func parsePoint(text string) (Point, error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 5 || !strings.HasPrefix(lines[0], originPrefix) {
		return Point{}, errNoCheckpoint
	}
	p := Point{Tenant: lines[0][len(originPrefix):]}
	var sizeErr, rootErr, timeErr error
	p.Size, sizeErr = strconv.ParseInt(lines[1], 10, 64)
	p.Root, rootErr = tlog.ParseHash(lines[2])
	p.At, timeErr = time.Parse(time.RFC3339Nano, lines[3])
	if err := errors.Join(sizeErr, rootErr, timeErr); err != nil || p.Size < 0 {
		return Point{}, errNoCheckpoint
	}
	return p, nil
}
