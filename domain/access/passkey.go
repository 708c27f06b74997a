package access

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"net"
	"net/url"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// Passkey is one key that a phone, a computer or a stick keeps for someone.
type Passkey struct {
	ID        string
	Device    string // browser and system it was made with
	CreatedAt time.Time
	UsedAt    time.Time
}

// Question is what the browser is asked, and the token its answer comes with.
type Question struct {
	Token   string `json:"token"`
	Options any    `json:"options"`
}

// keyHolder is an account as the library sees it. Its handle is the
// organisation and the account, which are opaque; the name is the work name.
type keyHolder struct {
	tenant  string
	account ref.Account
	name    string
	keys    []webauthn.Credential
}

func (k keyHolder) WebAuthnID() []byte                         { return []byte(k.tenant + "." + string(k.account)) }
func (k keyHolder) WebAuthnName() string                       { return k.name }
func (k keyHolder) WebAuthnDisplayName() string                { return k.name }
func (k keyHolder) WebAuthnCredentials() []webauthn.Credential { return k.keys }

// relying says who we are to browsers. Unavailable where browsers have no
// passkeys: on an address that is only a number.
func (s *Service) relying() (*webauthn.WebAuthn, error) {
	origin := s.Origin()
	u, err := url.Parse(origin)
	if err != nil || !s.PasskeysWork() {
		return nil, errs.New(errs.Unavailable, "access: passkeys need a name, not a number", "access.error.no-passkeys")
	}
	w, err := webauthn.New(&webauthn.Config{
		RPID: u.Hostname(), RPDisplayName: "Alongside", RPOrigins: []string{origin},
		AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, UserVerification: protocol.VerificationRequired,
		},
	})
	return w, errs.Wrap("access: passkeys", err)
}

// PasskeysWork reports whether browsers can keep passkeys for where the program
// is reached: by a name, over TLS or on one's own machine as "localhost".
func (s *Service) PasskeysWork() bool {
	u, err := url.Parse(s.Origin())
	return err == nil && u.Hostname() != "" && net.ParseIP(u.Hostname()) == nil && (u.Scheme == "https" || u.Hostname() == "localhost")
}

// AskToAdd begins to add a passkey to the asker's account.
func (s *Service) AskToAdd(ctx context.Context, d Device) (Question, error) {
	w, err := s.relying()
	if err != nil {
		return Question{}, err
	}
	if err := s.mayAdd(ctx); err != nil {
		return Question{}, err
	}
	who, _ := Current(ctx)
	holder, err := s.holder(ctx, who.Tenant, who.Account)
	if err != nil {
		return Question{}, err
	}
	options, data, err := w.BeginRegistration(holder, webauthn.WithExclusions(webauthn.Credentials(holder.keys).CredentialDescriptors()))
	if err != nil {
		return Question{}, errs.Wrap("access: ask to add a passkey", err)
	}
	token, err := s.keepCeremony(ctx, kindAdd, string(who.Account), data, d)
	return Question{token, options.Response}, err
}

// Add adds the passkey that the browser made. What it says that is not right is
// Invalid.
func (s *Service) Add(ctx context.Context, token string, answer []byte, d Device) error {
	w, err := s.relying()
	if err != nil {
		return err
	}
	if err := s.mayAdd(ctx); err != nil {
		return err
	}
	who, _ := Current(ctx)
	data, err := s.takeCeremony(ctx, kindAdd, string(who.Account), token)
	if err != nil {
		return err
	}
	holder, err := s.holder(ctx, who.Tenant, who.Account)
	if err != nil {
		return err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if err != nil {
		return notThisKey()
	}
	made, err := w.CreateCredential(holder, data, parsed)
	if err != nil {
		return notThisKey()
	}
	err = s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "session.own", Own(tx.Scope().Actor)); err != nil {
			return err
		}
		return keepPasskey(tx, who.Account, made, d)
	})
	return errs.Wrap("access: add a passkey", err)
}

// notThisKey leaves out what the library says: it may quote what was sent.
func notThisKey() error { return errs.New(errs.Invalid, "access: passkey", "access.error.passkey") }

func keepPasskey(tx *db.Tx, a ref.Account, c *webauthn.Credential, d Device) error {
	sealed, err := sealCredential(tx, a, c)
	if err != nil {
		return err
	}
	id := passkeyID(c.ID)
	now, err := latest(tx)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`INSERT INTO access_passkey (tenant, account, passkey, credential, device, created_at, used_at) VALUES ($1, $2, $3, $4, $5, $6, 0)`,
		a, id, sealed, d.Agent, now)
	if err != nil {
		return err
	}
	return record(tx, "account.passkey", a, "access_passkey/"+id, nil)
}

func sealCredential(tx *db.Tx, a ref.Account, c *webauthn.Credential) ([]byte, error) {
	raw, err := json.Marshal(c)
	if err != nil {
		return nil, err
	}
	return tx.Vault().Seal(tx.Scope().Tenant, string(a), "access_passkey.credential", raw)
}

func passkeyID(raw []byte) string {
	sum := sha256.Sum256(raw)
	return letters().EncodeToString(sum[:16])
}

// holder reads an account with its keys, outside any sign-in.
func (s *Service) holder(ctx context.Context, tenant string, a ref.Account) (keyHolder, error) {
	h := keyHolder{tenant: tenant, account: a}
	if !tenantForm.MatchString(tenant) {
		return h, absent("access: passkeys")
	}
	err := s.DB.Read(atDoor(ctx, tenant), func(tx *db.Tx) error {
		var sealed []byte
		err := tx.Row(`SELECT name FROM access_account WHERE tenant = $1 AND account = $2`, a).Scan(&sealed)
		if err != nil {
			return err
		}
		if h.name, err = workName(tx, a, sealed); err != nil {
			return err
		}
		h.keys, err = credentials(tx, a)
		return err
	})
	return h, errs.Wrap("access: passkeys", err)
}

func credentials(tx *db.Tx, a ref.Account) ([]webauthn.Credential, error) {
	rows, err := tx.Query(`SELECT credential FROM access_passkey WHERE tenant = $1 AND account = $2`, a)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []webauthn.Credential
	for rows.Next() {
		var sealed []byte
		if err := rows.Scan(&sealed); err != nil {
			return nil, err
		}
		raw, err := unsealed(tx, a, "access_passkey.credential", sealed)
		if err != nil {
			return nil, err
		}
		var c webauthn.Credential
		if err := json.Unmarshal([]byte(raw), &c); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, rows.Err()
}
