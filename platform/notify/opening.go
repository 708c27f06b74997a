package notify

import (
	"slices"
	"time"

	"alongside/platform/db"
	"alongside/platform/errs"
)

// Why a channel that leaves the building may be used.
const (
	Agreement = "agreement"  // a contract with whoever carries it is signed
	NotNeeded = "not-needed" // none is needed, and why says so
)

// ShutKind is under which kind a channel that was shut stands in the list of what was
// taken back (db.Tx.TakenBack). It may be opened again another day.
const ShutKind = "channel"

// Opening is who opened a channel, when and why.
type Opening struct {
	Channel  string
	Basis    string // Agreement or NotNeeded
	Why      string // which agreement, or why none is needed: a sentence, at least ten characters
	OpenedBy string
	OpenedAt time.Time
	ShutBy   string
	ShutAt   time.Time // zero while it is open
}

const (
	insertOpening = `INSERT INTO notify_channel (tenant, channel, opened_at, basis, why, opened_by, shut_at, shut_by)
		VALUES ($1, $2, $3, $4, $5, $6, 0, '')`
	updateShut  = `UPDATE notify_channel SET shut_at = $3, shut_by = $4 WHERE tenant = $1 AND channel = $2 AND shut_at = 0`
	selectOpen  = `SELECT channel FROM notify_channel WHERE tenant = $1 AND shut_at = 0`
	selectStory = `SELECT channel, opened_at, basis, why, opened_by, shut_at, shut_by FROM notify_channel
		WHERE tenant = $1 ORDER BY opened_at, channel`
)

// OpenChannel writes down that a channel may be used from now on, by whoever is
// in the scope. Without a reason it is refused: errs.Invalid.
func OpenChannel(tx *db.Tx, channel, basis, why string) error {
	switch {
	case !slices.Contains(Outbound(), channel):
		return errs.At("notify: open channel", "channel", "error.pick-one")
	case basis != Agreement && basis != NotNeeded:
		return errs.At("notify: open channel", "basis", "error.pick-one")
	case len(why) < 10:
		return errs.At("notify: open channel", "why", "error.needed")
	}
	if _, err := shut(tx, channel); err != nil {
		return err
	}
	_, err := tx.Exec(insertOpening, channel, tx.Now(), basis, why, tx.Scope().Actor)
	return errs.Wrap("notify: open channel", err)
}

// ShutChannel ends that. What waits on the channel does not go out.
func ShutChannel(tx *db.Tx, channel string) error {
	stood, err := shut(tx, channel)
	if stood {
		tx.TakenBack(ShutKind, channel)
	}
	return err
}

// ShutAgain shuts a channel that an older copy of the data brought back. It reports
// whether it stood open.
func ShutAgain(tx *db.Tx, channel string) (bool, error) { return shut(tx, channel) }

func shut(tx *db.Tx, channel string) (stood bool, err error) {
	n, err := tx.Exec(updateShut, channel, tx.Now(), tx.Scope().Actor)
	return n > 0, errs.Wrap("notify: shut channel", err)
}

// Openings are all that was ever written down, oldest first.
func Openings(tx *db.Tx) ([]Opening, error) {
	rows, err := tx.Query(selectStory)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Opening
	for rows.Next() {
		var o Opening
		if err := rows.Scan(&o.Channel, &o.OpenedAt, &o.Basis, &o.Why, &o.OpenedBy, &o.ShutAt, &o.ShutBy); err != nil {
			return nil, err
		}
		out = append(out, o)
	}
	return out, rows.Err()
}

func openChannels(tx *db.Tx) ([]string, error) {
	rows, err := tx.Query(selectOpen)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var c string
		if err := rows.Scan(&c); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, rows.Err()
}

func isOpen(tx *db.Tx, channel string) (bool, error) {
	open, err := openChannels(tx)
	return slices.Contains(open, channel), err
}
