package access

import (
	"context"
	"time"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/id"
)

const (
	linkLasts   = 72 * time.Hour       // long enough for a weekend shift
	demoLasts   = 365 * 24 * time.Hour // in a made-up world, where links may work more than once
	pressWindow = time.Minute          // the same button pressed twice is one sign-in
	secretUse   = "access.link-secret" // what a link's secret is made from
	actUse      = "access.link-act"    // what a press of the button is remembered by
)

// LinkPath is where a link leads, below the program's origin.
func LinkPath(token string) string { return "/sign-in/link/" + token }

// Link makes a new link that works once, for someone who lost their way in.
// Links made before stop working.
func (s *Service) Link(ctx context.Context, account ref.Account, act string) (Invitation, error) {
	return s.linkFor(ctx, account, act, false)
}

// DemoLink makes a link that works as often as it is opened. Only a made-up
// world has them.
func (s *Service) DemoLink(ctx context.Context, account ref.Account) (Invitation, error) {
	if !s.Demo {
		return Invitation{}, errs.New(errs.Internal, "access: a link that works twice, outside the demo", "")
	}
	return s.linkFor(ctx, account, id.New(s.Clock.Now()), true)
}

func (s *Service) linkFor(ctx context.Context, account ref.Account, act string, reusable bool) (Invitation, error) {
	var out Invitation
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "account.invite", Resource{}); err != nil {
			return err
		}
		again, err := s.invited(tx, act)
		if err != nil || again.Token != "" {
			out = again
			return err
		}
		if out.Account, err = s.reach(tx, account); err != nil {
			return err
		}
		if !out.Account.Open(tx.Now()) {
			return errs.New(errs.Conflict, "access: link", "access.error.paused")
		}
		if err := endLinks(tx, account); err != nil {
			return err
		}
		if out.Token, err = s.link(tx, account, act, reusable); err != nil {
			return err
		}
		return record(tx, "account.link", account, rowOf(account), nil)
	})
	return out, errs.Wrap("access: link", err)
}

// linkToken is the token that an act makes: the same act, the same token, so
// that a form sent twice shows one link.
func linkToken(tx *db.Tx, act string) string {
	tenant := tx.Scope().Tenant
	return tenant + "." + letters().EncodeToString(tx.Vault().Token(tenant, secretUse, []byte(act)))
}

// invited returns what an act made already, without a token when it made
// nothing yet.
func (s *Service) invited(tx *db.Tx, act string) (Invitation, error) {
	token := linkToken(tx, act)
	var account ref.Account
	err := tx.Row(`SELECT account FROM access_link WHERE tenant = $1 AND link = $2`, tokenName(useLink, token)).Scan(&account)
	if errs.Is(err, errs.NotFound) {
		return Invitation{}, nil
	}
	if err != nil {
		return Invitation{}, err
	}
	a, err := s.accounts.Get(tx, account)
	if err != nil {
		return Invitation{}, err
	}
	return Invitation{a, token}, audit.Write(tx, audit.Entry{
		Kind: audit.Look, Action: "account.link", Subjects: []string{string(account)}, Record: rowOf(account),
	})
}

func (s *Service) link(tx *db.Tx, account ref.Account, act string, reusable bool) (string, error) {
	token, lasts := linkToken(tx, act), linkLasts
	if reusable {
		lasts = demoLasts
	}
	_, err := tx.Exec(`INSERT INTO access_link (tenant, link, account, made_by, reusable, created_at, expires_at, used_at, act, session)
		VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, '')`,
		tokenName(useLink, token), account, tx.Scope().Actor, reusable, tx.Now(), tx.Now().Add(lasts), []byte{})
	return token, err
}

func endLinks(tx *db.Tx, account ref.Account) error {
	_, err := tx.Exec(`UPDATE access_link SET expires_at = $3 WHERE tenant = $1 AND account = $2 AND used_at = 0 AND expires_at > $3`, account, tx.Now())
	return err
}

// linkRow is a link as it stands.
type linkRow struct {
	name     string
	account  ref.Account
	reusable bool
	expires  time.Time
	used     time.Time
	act      []byte
	session  ref.Session
}

// OpenLink signs in by a link. act is the id of the page whose button was
// pressed: pressing it twice is one sign-in. A link that is used, expired,
// withdrawn, of a paused account or of nobody is NotFound.
func (s *Service) OpenLink(ctx context.Context, token, act string, d Device) (Arrival, error) {
	tenant, name, ok := splitToken(useLink, token)
	if !ok {
		return Arrival{}, absent("access: open link")
	}
	var account ref.Account
	err := s.DB.Read(atDoor(ctx, tenant), func(tx *db.Tx) error {
		return tx.Row(`SELECT account FROM access_link WHERE tenant = $1 AND link = $2`, name).Scan(&account)
	})
	if err != nil {
		return Arrival{}, errs.Wrap("access: open link", err)
	}
	var out Arrival
	err = s.DB.Write(as(ctx, tenant, account), func(tx *db.Tx) error {
		out, err = s.open(tx, name, []byte(act), d)
		return err
	})
	return out, errs.Wrap("access: open link", err)
}

func (s *Service) open(tx *db.Tx, name string, act []byte, d Device) (Arrival, error) {
	l := linkRow{name: name}
	err := tx.Row(`SELECT account, reusable, expires_at, used_at, act, session FROM access_link WHERE tenant = $1 AND link = $2`, name).
		Scan(&l.account, &l.reusable, &l.expires, &l.used, &l.act, &l.session)
	if err != nil {
		return Arrival{}, err
	}
	mark := tx.Vault().Token(tx.Scope().Tenant, actUse, act)
	if s.pressedTwice(tx, l, mark) {
		return s.rotate(tx, l.session, "")
	}
	now, err := latest(tx)
	if err != nil {
		return Arrival{}, err
	}
	if !l.opens(now, s.Demo) {
		return Arrival{}, absent("access: link is used or over")
	}
	a, err := s.accounts.Get(tx, l.account)
	if err != nil {
		return Arrival{}, err
	}
	out, err := s.begin(tx, a, WayLink, d)
	if err != nil {
		return out, err
	}
	return out, l.use(tx, mark, out.Session)
}

// opens reports whether the link may be used: not used before, or made for a
// demo and opened in one, and not expired.
func (l linkRow) opens(now time.Time, demo bool) bool {
	return now.Before(l.expires) && (l.used.IsZero() || l.reusable) && (!l.reusable || demo)
}

func (s *Service) pressedTwice(tx *db.Tx, l linkRow, mark []byte) bool {
	since := tx.Now().Sub(l.used)
	return !l.reusable && !l.used.IsZero() && string(l.act) == string(mark) && since >= 0 && since < pressWindow
}

// use marks the link as used by one press of the button. Someone who pressed at
// the same moment elsewhere finds it used.
func (l linkRow) use(tx *db.Tx, mark []byte, session ref.Session) error {
	n, err := tx.Exec(`UPDATE access_link SET used_at = $3, act = $4, session = $5
		WHERE tenant = $1 AND link = $2 AND (used_at = 0 OR reusable = 1)`, l.name, tx.Now(), mark, session)
	if err == nil && n == 0 {
		err = absent("access: link was used just now")
	}
	return err
}

// latest is now, or the latest instant the record speaks of where the clock was
// set back behind it: what has expired once stays so.
func latest(tx *db.Tx) (time.Time, error) {
	us, err := audit.Latest(tx)
	if at := db.Instant(us); at.After(tx.Now()) {
		return at, err
	}
	return tx.Now(), err
}
