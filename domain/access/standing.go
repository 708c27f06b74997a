package access

import (
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// settles is how long a way to sign in that was set up after somebody came in by
// a link of another's opens nothing that is the holder's alone. The holder is
// told of the link when they come in, and can take the way away.
const settles = 7 * 24 * time.Hour

// Standing is whether a sign-in may open what is its holder's alone.
type Standing struct {
	Open bool
	From time.Time // it opens by itself then; zero: after a sign-in by a passkey or password
}

// OwnWay says whether whoever asks came in by a way of their own. Who came in by a
// link or a card did not: somebody else made it, and may have used it. Nor did who came in
// by a passkey or password that may have been set up by such a somebody, for some
// days. In a made-up world everyone comes in by links, and they do.
func (s *Service) OwnWay(tx *db.Tx) (Standing, error) {
	if s.Demo {
		return Standing{Open: true}, nil
	}
	way, err := wayOf(tx)
	if err != nil || way != WayPasskey && way != WayPassword {
		return Standing{}, errs.Wrap("access: own way", err)
	}
	now, err := latest(tx)
	if err != nil {
		return Standing{}, errs.Wrap("access: own way", err)
	}
	used, err := cameIn(tx, now.Add(-settles))
	if err != nil || used.IsZero() {
		return Standing{Open: err == nil}, errs.Wrap("access: own way", err)
	}
	since, err := waysSince(tx, used)
	if err != nil || since == 0 {
		return Standing{Open: err == nil}, errs.Wrap("access: own way", err)
	}
	return Standing{From: used.Add(settles)}, nil
}

// wayOf is how the sign-in of the request was made; empty without one.
func wayOf(tx *db.Tx) (way string, err error) {
	sc := tx.Scope()
	err = tx.Row(`SELECT way FROM access_session WHERE tenant = $1 AND session = $2 AND account = $3`, sc.Session, sc.Actor).Scan(&way)
	if errs.Is(err, errs.NotFound) {
		return "", nil
	}
	return way, err
}

// cameIn is when somebody first came in, after an instant, by a link or a card that
// another made for whoever asks; zero for never. An invitation is none.
func cameIn(tx *db.Tx, after time.Time) (at time.Time, err error) {
	err = tx.Row(`SELECT COALESCE(MIN(used_at), 0) FROM (
		SELECT l.used_at FROM access_link l JOIN access_account a ON a.tenant = l.tenant AND a.account = l.account
		WHERE l.tenant = $1 AND l.account = $2 AND l.made_by <> $2 AND l.reusable = 0 AND l.created_at > a.created_at AND l.used_at > $3
		UNION ALL SELECT c.used_at FROM access_card c WHERE c.tenant = $1 AND c.account = $2 AND c.made_by <> $2 AND c.used_at > $3) u`,
		ref.Account(tx.Scope().Actor), after).Scan(&at)
	return at, err
}

// waysSince is how many ways to sign in were set up since then.
func waysSince(tx *db.Tx, at time.Time) (n int64, err error) {
	err = tx.Row(`SELECT (SELECT COUNT(*) FROM access_passkey WHERE tenant = $1 AND account = $2 AND created_at >= $3)
		+ (SELECT COUNT(*) FROM access_secret WHERE tenant = $1 AND account = $2 AND created_at >= $3)`, tx.Scope().Actor, at).Scan(&n)
	return n, err
}
