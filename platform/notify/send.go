package notify

import (
	"encoding/hex"
	"slices"
	"time"

	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/id"
	"alongside/platform/job"
)

// The states of a delivery.
const (
	Waiting = "waiting"
	Trying  = "trying" // written down before a text message goes out, which is never tried twice
	Sent    = "sent"
	Stopped = "stopped" // what it was about has been taken care of
	Late    = "late"    // of no use any more
	Off     = "off"     // the channel was shut before it went out
	Gone    = "gone"    // the device is
	Refused = "refused"
	Unsure  = "unsure" // it may have gone out; it is not tried again
)

// bellKind is the kind of the bells that send.
const bellKind = "notify.send"

const (
	insertDelivery = `INSERT INTO notify_delivery
		(tenant, message, device, account, channel, word, path, token, state, queued_at, until_at, sent_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', $9, $10, 0) ON CONFLICT (tenant, message, device) DO NOTHING`
	updateStopped = `UPDATE notify_delivery SET state = 'stopped' WHERE tenant = $1 AND message = $2 AND state = 'waiting'`
	selectPath    = `SELECT path FROM notify_delivery WHERE tenant = $1 AND token = $2 AND account = $3 AND queued_at > $4`
	selectAsked   = `SELECT COUNT(*) FROM notify_delivery WHERE tenant = $1 AND message = $2 AND account = $3`
)

// target is one device that a message goes to.
type target struct{ device, account, channel string }

// Send writes the message down for every device of its accounts, in the
// transaction. A word that is not in the gate's list is refused, and so is a
// path that leads elsewhere. What a device was already sent is left as it is.
func (g *Gate) Send(tx *db.Tx, m Message) error {
	if !g.known(m.Word) || m.Path != "" && (len(m.Path) < 2 || m.Path[0] != '/' || m.Path[1] == '/') {
		return errs.New(errs.Internal, "notify: a message outside the list: "+m.Word, "")
	}
	targets, err := g.targets(tx, m)
	if err != nil {
		return errs.Wrap("notify: devices", err)
	}
	for _, t := range targets {
		if err := g.queue(tx, m, t); err != nil {
			return errs.Wrap("notify: queue", err)
		}
	}
	return nil
}

func (g *Gate) queue(tx *db.Tx, m Message, t target) error {
	n, err := tx.Exec(insertDelivery, m.Key, t.device, t.account, t.channel, m.Word, m.Path,
		id.Secret(16), tx.Now(), tx.Now().Add(m.Useful))
	if err != nil || n == 0 {
		return err
	}
	return job.AddIn(tx, job.Outside, bellKind, m.Key+" "+t.device, tx.Now())
}

// targets are the devices of the message's accounts on open channels. Every
// account has its open pages.
func (g *Gate) targets(tx *db.Tx, m Message) ([]target, error) {
	open, err := openChannels(tx)
	if err != nil {
		return nil, err
	}
	usable := func(c string) bool {
		return slices.Contains(m.Channels, c) && g.exists(c) && (c == App || slices.Contains(open, c))
	}
	var out []target
	for _, a := range m.To {
		if usable(App) {
			out = append(out, target{App + "-" + a, a, App})
		}
		devices, err := devicesOf(tx, a)
		if err != nil {
			return nil, err
		}
		for _, d := range devices {
			if usable(d.Channel) {
				out = append(out, target{d.ID, a, d.Channel})
			}
		}
	}
	return out, nil
}

// Stop lets nothing more of a message go out. What has gone out is out.
func (g *Gate) Stop(tx *db.Tx, key string) error {
	_, err := tx.Exec(updateStopped, key)
	return errs.Wrap("notify: stop", err)
}

// Reached reports whether the message was written down for the account.
func (g *Gate) Reached(tx *db.Tx, key, account string) (bool, error) {
	var n int
	err := tx.Row(selectAsked, key, account).Scan(&n)
	return n > 0, err
}

// Led reports whether a message with that path was written down for the account.
func (g *Gate) Led(tx *db.Tx, path, account string) (bool, error) {
	var n int64
	err := tx.Row("SELECT COUNT(*) FROM notify_delivery WHERE tenant = $1 AND account = $2 AND path = $3", account, path).Scan(&n)
	return n > 0, errs.Wrap("notify: led", err)
}

// Paths are those under a prefix of what an account was told on its pages, oldest
// first, with the time; each once. What is older than LinkLife is gone.
func (g *Gate) Paths(tx *db.Tx, prefix, account string) ([]Told, error) {
	rows, err := tx.Query(`SELECT path, MIN(queued_at) FROM notify_delivery WHERE tenant = $1 AND account = $2 AND channel = 'app'
		AND path LIKE $3 AND queued_at > $4 GROUP BY path ORDER BY 2, 1`, account, prefix+"%", tx.Now().Add(-LinkLife))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Told
	for rows.Next() {
		var t Told
		if err := rows.Scan(&t.Path, &t.At); err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, rows.Err()
}

// Told is where a message led, and when it was written down.
type Told struct {
	Path string
	At   time.Time
}

// Reroute lets what led an account to one path lead to another: what it was about
// is done, and nothing says any more what that was.
func (g *Gate) Reroute(tx *db.Tx, account, from, to string) error {
	_, err := tx.Exec("UPDATE notify_delivery SET path = $4 WHERE tenant = $1 AND account = $2 AND path = $3", account, from, to)
	return errs.Wrap("notify: reroute", err)
}

// LinkLife is how long the link of a message leads anywhere.
const LinkLife = 7 * 24 * time.Hour

// Open returns where the link of a message leads, for the account it went to.
// Another's link, one that ended and one that never was are NotFound.
func (g *Gate) Open(tx *db.Tx, token string) (string, error) {
	var path string
	err := tx.Row(selectPath, token, tx.Scope().Actor, tx.Now().Add(-LinkLife)).Scan(&path)
	return path, errs.Wrap("notify: open", err)
}

// letterID names a message on one device without saying which.
func letterID(tx *db.Tx, message, device string) string {
	return hex.EncodeToString(tx.Vault().Token(tx.Scope().Tenant, "notify.letter", []byte(message+" "+device)))[:26]
}
