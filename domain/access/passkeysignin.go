package access

import (
	"context"
	"strings"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// AskForKey begins a sign-in by passkey. It asks for any key of ours, so nobody
// types who they are.
func (s *Service) AskForKey(ctx context.Context, d Device) (Question, error) {
	w, err := s.relying()
	if err != nil {
		return Question{}, err
	}
	options, data, err := w.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return Question{}, errs.Wrap("access: ask for a passkey", err)
	}
	token, err := s.keepCeremony(ctx, kindSignIn, "", data, d)
	return Question{token, options.Response}, err
}

// SignInByKey signs in with the passkey's answer. Whatever is wrong is one and
// the same Invalid error.
func (s *Service) SignInByKey(ctx context.Context, token string, answer []byte, d Device) (Arrival, error) {
	w, err := s.relying()
	if err != nil {
		return Arrival{}, err
	}
	data, err := s.takeCeremony(ctx, kindSignIn, "", token)
	if errs.Is(err, errs.NotFound) {
		return Arrival{}, notThisKey()
	}
	if err != nil {
		return Arrival{}, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil {
		return Arrival{}, notThisKey()
	}
	var holder keyHolder
	find := func(_, handle []byte) (webauthn.User, error) {
		tenant, account, _ := strings.Cut(string(handle), ".")
		holder, err = s.holder(ctx, tenant, ref.Account(account))
		return holder, err
	}
	_, used, err := w.ValidatePasskeyLogin(find, data, parsed)
	if err != nil || used.Authenticator.CloneWarning {
		return Arrival{}, notThisKey()
	}
	return s.enterByKey(ctx, holder, used, d)
}

func (s *Service) enterByKey(ctx context.Context, holder keyHolder, used *webauthn.Credential, d Device) (Arrival, error) {
	var out Arrival
	err := s.DB.Write(as(ctx, holder.tenant, holder.account), func(tx *db.Tx) error {
		sealed, err := sealCredential(tx, holder.account, used)
		if err != nil {
			return err
		}
		n, err := tx.Exec(`UPDATE access_passkey SET credential = $4, used_at = $5 WHERE tenant = $1 AND account = $2 AND passkey = $3`,
			holder.account, passkeyID(used.ID), sealed, tx.Now())
		if err == nil && n == 0 {
			err = absent("access: passkey is gone")
		}
		if err != nil {
			return err
		}
		a, err := s.accounts.Get(tx, holder.account)
		if err != nil {
			return err
		}
		out, err = s.begin(tx, a, WayPasskey, d)
		return err
	})
	if errs.Is(err, errs.NotFound) {
		return Arrival{}, notThisKey()
	}
	return out, errs.Wrap("access: sign in by passkey", err)
}
