package access

import (
	"context"
	"slices"
	"strings"
	"time"

	"alongside/domain/ref"
	"alongside/domain/tenant"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/scope"
)

// The ways to sign in, as a sign-in remembers them.
const (
	WayLink     = "link"
	WayPasskey  = "passkey"
	WayPassword = "password"
	WayCard     = "card"
)

// Fresh is how long after signing in someone may change how they sign in. Later
// they sign in again first: a device may have been left open.
const Fresh = 30 * time.Minute

// Who is who a request comes from: a live sign-in and the account it belongs to.
type Who struct {
	Tenant    string
	Session   ref.Session
	Account   ref.Account
	Name      string
	Role      string // the role they act in; empty until they pick one of several
	Roles     []string
	Language  string
	Way       string
	CreatedAt time.Time
}

// Arrival is a sign-in just made.
type Arrival struct {
	Who
	Token string        // for the cookie, and for nothing else
	Keep  time.Duration // how long the cookie outlives the closing of the browser; 0 not at all
	Other bool          // the account has a passkey or a password to come back with
	Told  bool          // nobody made a link for it since they last came in by a way of their own
}

const insertSession = `INSERT INTO access_session (tenant, session, account, role, way, agent, place, created_at, seen_at, expires_at, idle, ended_at)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $10, 0)`

// begin makes a sign-in for an account that has shown who it is, and records
// it. It is always a new one, whatever cookie the browser came with.
func (s *Service) begin(tx *db.Tx, a Account, way string, d Device) (Arrival, error) {
	if !a.Open(tx.Now()) {
		return Arrival{}, absent("access: account is not open")
	}
	role := ""
	if len(a.Roles) == 1 {
		role = a.Roles[0]
	}
	rule := ruleFor(role, a.Roles)
	tenant, now := tx.Scope().Tenant, tx.Now()
	token := newToken(tenant)
	name := tokenName(useSession, token)
	untold, err := false, error(nil)
	if way != WayLink {
		untold, err = s.untold(tx, a.ID, way)
	}
	if err != nil {
		return Arrival{}, err
	}
	place, err := tx.Vault().Seal(tenant, string(a.ID), "access_session.place", []byte(d.Net))
	if err != nil {
		return Arrival{}, err
	}
	if _, err := tx.Exec(insertSession, name, a.ID, role, way, d.Agent, place, now, now.Add(rule.Whole), int64(rule.Idle/time.Microsecond)); err != nil {
		return Arrival{}, err
	}
	other, err := hasWay(tx, a.ID)
	if err != nil {
		return Arrival{}, err
	}
	who := Who{
		Tenant: tenant, Session: ref.Session(name), Account: a.ID, Name: a.Name, Role: role,
		Roles: a.Roles, Language: a.Language, Way: way, CreatedAt: now,
	}
	return Arrival{who, token, rule.keep(), other, !untold}, record(tx, "account.sign-in", a.ID, "access_session/"+name, nil)
}

// ruleFor is the rule of a role. Before one of several is picked, the strictest
// of them.
func ruleFor(role string, roles []string) RoleRule {
	if r, ok := RuleOf(role); ok {
		return r
	}
	strict, _ := RuleOf(Participant)
	for i, r := range slices.DeleteFunc(RoleRules(), func(r RoleRule) bool { return !slices.Contains(roles, r.Role) }) {
		if i == 0 || r.Idle < strict.Idle {
			strict = r
		}
	}
	return strict
}

func (r RoleRule) keep() time.Duration {
	if r.Keeps {
		return r.Whole
	}
	return 0
}

// sessionRow is a sign-in with its account, as one indexed read brings it.
type sessionRow struct {
	Who
	seen, expires time.Time
	idle          time.Duration
	ended         bool
	open          bool
	until         time.Time // the account ends by itself; zero: never
}

const selectSession = `SELECT s.account, s.role, s.way, s.created_at, s.seen_at, s.expires_at, s.idle, s.ended_at,
		a.name, a.roles, a.language, a.suspended_at + a.ended_at, a.until_at
	FROM access_session s JOIN access_account a ON a.tenant = s.tenant AND a.account = s.account
	WHERE s.tenant = $1 AND s.session = $2`

func readSession(tx *db.Tx, name string) (sessionRow, error) {
	var r sessionRow
	var sealed []byte
	var roles string
	var idle, ended, closed int64
	err := tx.Row(selectSession, name).Scan(&r.Account, &r.Role, &r.Way, &r.CreatedAt, &r.seen, &r.expires, &idle, &ended,
		&sealed, &roles, &r.Language, &closed, &r.until)
	if err != nil {
		return r, err
	}
	r.Tenant, r.Session = tx.Scope().Tenant, ref.Session(name)
	r.Roles, r.idle = strings.Fields(roles), time.Duration(idle)*time.Microsecond
	r.ended, r.open = ended != 0, closed == 0
	r.Name, err = workName(tx, r.Account, sealed)
	return r, err
}

// live reports whether the sign-in may be used now: not ended, not too old, not
// left alone too long, the account open and not at its end, the role still one of its
// roles, and one by a card of somebody who does nothing else here.
func (r sessionRow) live(now time.Time) bool {
	switch {
	case r.ended, !r.open, r.over(now), !r.until.IsZero() && !now.Before(r.until):
		return false
	case r.Way == WayCard && !onlyParticipant(r.Roles):
		return false
	}
	return r.Role == "" || slices.Contains(r.Roles, r.Role)
}

// over reports whether time has ended the sign-in.
func (r sessionRow) over(now time.Time) bool {
	return !now.Before(r.expires) || !now.Before(r.seen.Add(r.idle))
}

// Over reports whether the sign-in of a stream has ended since it began, or its
// organisation is paused. While the database cannot be asked, it has not.
func (s *Service) Over(ctx context.Context) bool {
	sc, _ := scope.From(ctx)
	if sc.Session == "" {
		return false
	}
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		r, err := readSession(tx, sc.Session)
		if err == nil && (!r.live(tx.Now()) || r.Role != sc.Role) {
			err = absent("access: over")
		}
		return err
	})
	return errs.Is(err, errs.NotFound) || tenant.IsPaused(err)
}
