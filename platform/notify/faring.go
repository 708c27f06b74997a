package notify

import (
	"slices"
	"time"

	"alongside/platform/db"
	"alongside/platform/errs"
)

// Faring is how a channel that leaves the building stands, and how it has fared
// lately: for those who see to it. It holds numbers, and nobody's address.
type Faring struct {
	Channel string
	Exists  bool    // the program was given a way to use it
	Latest  Opening // the last that was written down; zero when there never was one
	Ways    int     // addresses, telephones and browsers that are kept for it
	Went    int
	WentAt  time.Time // when the last went out
	Waits   int
	Since   time.Time // since when the oldest waits
	Lost    int       // turned away, or of no use any more by the time it could go
	LostAt  time.Time // when the last of them was written down
	Unsure  int       // may have gone out
}

// Open reports whether the channel may be used.
func (f Faring) Open() bool { return f.Latest.Channel != "" && f.Latest.ShutAt.IsZero() }

// Farings are the channels that leave the building, with how each has fared in the
// days for which messages are kept.
func (g *Gate) Farings(tx *db.Tx) ([]Faring, error) {
	out := make([]Faring, 0, len(Outbound()))
	for _, c := range Outbound() {
		out = append(out, Faring{Channel: c, Exists: g.exists(c)})
	}
	story, err := Openings(tx)
	for _, o := range story { // the oldest first
		out[slices.Index(Outbound(), o.Channel)].Latest = o
	}
	if err == nil {
		err = ways(tx, out)
	}
	if err == nil {
		err = fared(tx, out)
	}
	return out, errs.Wrap("notify: how channels fare", err)
}

func ways(tx *db.Tx, out []Faring) error {
	rows, err := tx.Query("SELECT channel, COUNT(*) FROM notify_device WHERE tenant = $1 AND gone_at = 0 GROUP BY channel")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var channel string
		var n int
		if err := rows.Scan(&channel, &n); err != nil {
			return err
		}
		out[slices.Index(Outbound(), channel)].Ways = n
	}
	return rows.Err()
}

const selectFared = `SELECT channel, state, COUNT(*), MIN(queued_at), MAX(queued_at), MAX(sent_at) FROM notify_delivery
	WHERE tenant = $1 AND channel <> 'app' AND queued_at > $2 GROUP BY channel, state`

func fared(tx *db.Tx, out []Faring) error {
	rows, err := tx.Query(selectFared, tx.Now().Add(-LinkLife))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var channel, state string
		var n int
		var oldest, newest, sent time.Time
		if err := rows.Scan(&channel, &state, &n, &oldest, &newest, &sent); err != nil {
			return err
		}
		out[slices.Index(Outbound(), channel)].add(state, n, oldest, newest, sent)
	}
	return rows.Err()
}

// add counts the messages of one state. What was stopped, or kept back because the
// channel was shut, is no fault of the channel.
func (f *Faring) add(state string, n int, oldest, newest, sent time.Time) {
	switch state {
	case Sent:
		f.Went, f.WentAt = n, sent
	case Waiting, Trying:
		f.Waits += n
		if f.Since.IsZero() || oldest.Before(f.Since) {
			f.Since = oldest
		}
	case Refused, Late, Gone:
		f.Lost += n
		if newest.After(f.LostAt) {
			f.LostAt = newest
		}
	case Unsure:
		f.Unsure += n
	}
}

// CanUse reports whether a channel can be used now: there is a way, and it is
// written down why it may be.
func (g *Gate) CanUse(tx *db.Tx, channel string) (bool, error) {
	if !g.exists(channel) {
		return false, nil
	}
	return isOpen(tx, channel)
}

// Opened reports whether it is written down why a channel may be used.
func (g *Gate) Opened(tx *db.Tx, channel string) (bool, error) { return isOpen(tx, channel) }

const selectHeard = `SELECT COUNT(*), SUM(CASE WHEN state = 'sent' THEN 1 ELSE 0 END), MIN(queued_at) FROM notify_delivery
	WHERE tenant = $1 AND message = $2 AND channel <> 'app' HAVING COUNT(*) > 0`

// Unheard reports that a message was to leave the building, and that it is not known to
// have done so to anyone, though there was time to try it twice. Nobody may have heard of
// it but on pages that are open. False for one that was never to leave the building.
func (g *Gate) Unheard(tx *db.Tx, key string) (bool, error) {
	var all, went int
	var since time.Time
	err := tx.Row(selectHeard, key).Scan(&all, &went, &since)
	if errs.Is(err, errs.NotFound) {
		return false, nil
	}
	return went == 0 && tx.Now().Sub(since) >= retryWithin, errs.Wrap("notify: unheard", err)
}

// Fate is how the newest message to a device fared that was not taken care of before
// it went; the zero value when there was none lately.
type Fate struct {
	State string
	At    time.Time // when it went out; until then, since when it waits
}

// FatesOf are those of the devices of an account, by device.
func FatesOf(tx *db.Tx, account string) (map[string]Fate, error) {
	rows, err := tx.Query(`SELECT device, state, queued_at, sent_at FROM notify_delivery
		WHERE tenant = $1 AND account = $2 AND channel <> 'app' AND state NOT IN ('stopped', 'off') ORDER BY queued_at, message`, account)
	if err != nil {
		return nil, errs.Wrap("notify: fates of devices", err)
	}
	defer rows.Close()
	out := map[string]Fate{}
	for rows.Next() {
		var device string
		var f Fate
		var sent time.Time
		if err := rows.Scan(&device, &f.State, &f.At, &sent); err != nil {
			return nil, errs.Wrap("notify: fates of devices", err)
		}
		if !sent.IsZero() {
			f.At = sent
		}
		out[device] = f
	}
	return out, errs.Wrap("notify: fates of devices", rows.Err())
}

// Try sends one message to one device of whoever is in the scope, so that they see
// whether it comes. The same key is one message. Another's device is NotFound, and
// Unavailable says that the channel cannot be used.
func (g *Gate) Try(tx *db.Tx, key, device string, m Message) error {
	d, err := readDevice(tx, device)
	if err == nil && d.Account != tx.Scope().Actor {
		err = errs.New(errs.NotFound, "device", "")
	}
	if err != nil {
		return errs.Wrap("notify: try", err)
	}
	may, err := g.CanUse(tx, d.Channel)
	if err == nil && !may {
		err = errs.New(errs.Unavailable, "the channel is shut", "")
	}
	if err == nil && !g.known(m.Word) {
		err = errs.New(errs.Internal, "a message outside the list: "+m.Word, "")
	}
	if err == nil {
		m.Key = key
		err = g.queue(tx, m, target{device, d.Account, d.Channel})
	}
	return errs.Wrap("notify: try", err)
}

// Holders are the accounts that are reached by a channel, each once, but for persons
// who hold no account here: whose is which is for the caller to know.
func Holders(tx *db.Tx, channel string) ([]string, error) {
	all, err := db.Column[string](tx, "SELECT DISTINCT account FROM notify_device WHERE tenant = $1 AND channel = $2 AND gone_at = 0 ORDER BY account", channel)
	return all, errs.Wrap("notify: holders", err)
}
