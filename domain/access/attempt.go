package access

import (
	"context"
	"time"

	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/scope"
)

// limit says how often something may be tried: some times at once, then once in
// a while. What was tried is kept in the database, so that a restart does not
// give a guesser a new start.
type limit struct {
	what  string
	burst int           // tries at once
	every time.Duration // after which one more is given back
}

// The limits of guessing. Someone who guesses one person's password from one
// place, one person's from many, and many people's from one place each meet
// their own. A whole hospital may share an address, so the last is wide.
func limits() (here, mail, place limit) {
	return limit{"mail-here", 8, 2 * time.Minute}, limit{"mail", 40, time.Minute}, limit{"place", 60, 5 * time.Second}
}

// attempt is one try: the limit it counts against and who tries, as a keyed
// token, so that neither address stands in the database.
type attempt struct {
	limit
	who []byte
}

// try counts one try against each limit, or says TooMany and counts none when
// one of them is used up. It commits before what is tried begins, so that a
// crash does not lose the count.
func (s *Service) try(ctx context.Context, of func(tx *db.Tx) []attempt) error {
	ctx = scope.AsSystem(ctx, "count tries to sign in")
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		for _, a := range of(tx) {
			if err := a.count(tx); err != nil {
				return err
			}
		}
		return nil
	})
	return errs.Wrap("access: try", err)
}

// count moves the instant at which all tries are free again by one step. How
// far it lies ahead is how many tries are in use. A clock that was set back
// shows as an instant impossibly far ahead; it counts as "all used", no more.
func (a attempt) count(tx *db.Tx) error {
	next, err := a.next(tx)
	if err != nil {
		return err
	}
	_, err = tx.SysExec(`INSERT INTO access_attempt (tenant, what, who, free_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (tenant, what, who) DO UPDATE SET free_at = $4`, "", a.what, a.who, next)
	return err
}

// next is the instant after one more try, or TooMany.
func (a attempt) next(tx *db.Tx) (time.Time, error) {
	now, free := tx.Now(), time.Time{}
	err := tx.SysRow(`SELECT free_at FROM access_attempt WHERE tenant = $1 AND what = $2 AND who = $3`, "", a.what, a.who).Scan(&free)
	if err != nil && !errs.Is(err, errs.NotFound) {
		return now, err
	}
	full := now.Add(time.Duration(a.burst) * a.every)
	if free.Before(now) {
		free = now
	}
	next := free.Add(a.every)
	if free.After(full) {
		next = full
	}
	if next.After(full) {
		return next, errs.New(errs.TooMany, "access: "+a.what, "access.error.too-many")
	}
	return next, nil
}

// forget gives the tries of one place with one address back, after a sign-in
// that went well.
func forget(tx *db.Tx, a attempt) error {
	_, err := tx.SysExec(`DELETE FROM access_attempt WHERE tenant = $1 AND what = $2 AND who = $3`, "", a.what, a.who)
	return err
}

// tries are the attempts that a sign-in with this address from this place
// counts against.
func tries(tx *db.Tx, email string, d Device) []attempt {
	here, mail, place := limits()
	m, p := foldEmail(email), d.Net
	return []attempt{{here, tryMark(tx, "here", m+" "+p)}, {mail, tryMark(tx, "mail", m)}, {place, tryMark(tx, "place", p)}}
}

// tryMark is a keyed mark of who tries.
func tryMark(tx *db.Tx, what, who string) []byte {
	return tx.Vault().Token("", "access.try-"+what, []byte(who))
}
