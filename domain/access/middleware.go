package access

import (
	"context"
	"net/http"
	"time"

	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/scope"
)

type whoKey struct{}

// known is what the request's context says of who it comes from.
type known struct {
	who     Who
	trouble error
}

// Current returns who the request comes from; ok is false for a visitor.
func Current(ctx context.Context) (who Who, ok bool) {
	k, _ := ctx.Value(whoKey{}).(known)
	return k.who, k.who.Session != ""
}

// Trouble is the error that kept a cookie from being looked up, nil when
// nothing did. A page that needs a sign-in answers it; other pages go on as for
// a visitor, so that crisis help stays up without a database.
func Trouble(ctx context.Context) error {
	k, _ := ctx.Value(whoKey{}).(known)
	return k.trouble
}

// Middleware finds the sign-in of each request's cookie and puts its scope into
// the context. It asks the database each time, by one indexed read, so that an
// ended sign-in, a paused account or a role taken away counts from the next
// request on. Without a live sign-in the request goes on as a visitor's,
// without a scope.
func (s *Service) Middleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		token := s.cookieOf(r)
		if token == "" {
			next.ServeHTTP(w, r)
			return
		}
		who, err := s.find(r.Context(), token)
		ctx := r.Context()
		switch {
		case err == nil:
			ctx = context.WithValue(scope.With(ctx, who.Scope()), whoKey{}, known{who: who})
		case errs.Is(err, errs.NotFound):
			s.dropCookie(w)
		default:
			s.Log.Error("sign-in not looked up", "err", err)
			ctx = context.WithValue(ctx, whoKey{}, known{trouble: err})
		}
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// Scope is on whose behalf this sign-in acts.
func (w Who) Scope() scope.Scope {
	rule, _ := RuleOf(w.Role)
	return scope.Scope{
		Tenant: w.Tenant, Actor: string(w.Account), Role: w.Role, Session: string(w.Session),
		Purpose: orElse(rule.Purpose, scope.Operations),
	}
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// find returns who a cookie belongs to. NotFound for one that opens nothing
// any more, whatever the reason.
func (s *Service) find(ctx context.Context, token string) (Who, error) {
	tenant, name, ok := splitToken(useSession, token)
	if !ok {
		return Who{}, absent("access: cookie")
	}
	ctx = atDoor(ctx, tenant)
	var row sessionRow
	var now time.Time
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		now = tx.Now()
		row, err = readSession(tx, name)
		return err
	})
	if err != nil {
		return Who{}, errs.Wrap("access: find", err)
	}
	if !row.live(now) {
		s.expire(ctx, row, now)
		s.lapsed(ctx, row, now)
		return Who{}, absent("access: sign-in is over")
	}
	s.touch(ctx, row, now)
	return row.Who, nil
}

// lookStep is how much of the idle time passes before a look is written down: a
// page costs a write now and then, not each time.
const lookStep = 12

// touch notes the look, coarsely. A full disk does not sign anyone out.
func (s *Service) touch(ctx context.Context, row sessionRow, now time.Time) {
	if now.Sub(row.seen) < row.idle/lookStep {
		return
	}
	s.once(row, func() error {
		return s.DB.Write(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(`UPDATE access_session SET seen_at = $3 WHERE tenant = $1 AND session = $2 AND seen_at < $3 AND ended_at = 0`,
				row.Session, now)
			return err
		})
	})
}

// expire writes down that time has ended a sign-in, so that a clock set back
// does not bring it to life again.
func (s *Service) expire(ctx context.Context, row sessionRow, now time.Time) {
	if row.ended || !row.over(now) {
		return
	}
	s.once(row, func() error {
		return s.DB.Write(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(`UPDATE access_session SET ended_at = $3 WHERE tenant = $1 AND session = $2 AND ended_at = 0`,
				row.Session, now)
			return err
		})
	})
}

// once keeps requests that come together from all writing the same.
func (s *Service) once(row sessionRow, write func() error) {
	if _, busy := s.touching.LoadOrStore(row.Session, true); busy {
		return
	}
	defer s.touching.Delete(row.Session)
	if err := write(); err != nil {
		s.Log.Warn("look not written down", "session", row.Session, "err", err)
	}
}
