package notify

import (
	"context"
	"errors"
	"strings"
	"time"

	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/i18n"
	"alongside/platform/job"
)

// A channel has this long for one letter.
const patience = 15 * time.Second

// retryWithin is the longest wait between two tries.
const retryWithin = time.Minute

const (
	selectDelivery = `SELECT account, channel, word, path, token, state, until_at FROM notify_delivery
		WHERE tenant = $1 AND message = $2 AND device = $3`
	updateState = `UPDATE notify_delivery SET state = $4, sent_at = $5 WHERE tenant = $1 AND message = $2 AND device = $3`
	purge       = `DELETE FROM notify_delivery WHERE queued_at < $1`
)

// delivery is a row with what sending it needs.
type delivery struct {
	message, device                            string
	account, channel, word, path, token, state string
	until                                      time.Time
	letter                                     Letter
}

// Jobs are the gate's bells.
func (g *Gate) Jobs() map[string]job.Handler { return map[string]job.Handler{bellKind: g.deliver} }

// deliver sends one message to one device, or finds that it need not.
func (g *Gate) deliver(ctx context.Context, j job.Job) error {
	d, end, err := g.ready(ctx, j)
	if err != nil {
		return job.Within(retryWithin, err)
	}
	if end != "" {
		return g.finish(ctx, j, d, end)
	}
	if end, err = g.carry(ctx, d); err != nil {
		return job.Within(retryWithin, err)
	}
	return g.finish(ctx, j, d, end)
}

// ready reads the row and its device and, for a text message, notes that it is
// about to go. end is how the delivery ended when there is nothing to send.
func (g *Gate) ready(ctx context.Context, j job.Job) (d delivery, end string, err error) {
	err = g.DB.Write(ctx, func(tx *db.Tx) error {
		d, end, err = g.load(tx, j.Key)
		if err != nil || end != "" || d.channel != SMS {
			return err
		}
		_, err = tx.Exec(updateState, d.message, d.device, Trying, 0)
		return err
	})
	return d, end, errs.Wrap("notify: ready", err)
}

func (g *Gate) load(tx *db.Tx, key string) (d delivery, end string, err error) {
	d.message, d.device = key[:strings.LastIndexByte(key, ' ')], key[strings.LastIndexByte(key, ' ')+1:]
	err = tx.Row(selectDelivery, d.message, d.device).Scan(&d.account, &d.channel, &d.word, &d.path, &d.token, &d.state, &d.until)
	if errs.Is(err, errs.NotFound) {
		return d, Stopped, nil
	}
	if err != nil {
		return d, "", err
	}
	if end, err := g.ended(tx, d); err != nil || end != "" {
		return d, end, err
	}
	return g.address(tx, d)
}

// ended says how a delivery ended before it could go out, "" when it did not.
func (g *Gate) ended(tx *db.Tx, d delivery) (string, error) {
	switch {
	case d.state == Trying:
		return Unsure, nil
	case d.state != Waiting:
		return d.state, nil
	case tx.Now().After(d.until):
		return Late, nil
	case !g.exists(d.channel):
		return Off, nil
	}
	if still, err := g.still(tx, d); err != nil || !still {
		return Stopped, err
	}
	if d.channel == App {
		return "", nil
	}
	open, err := isOpen(tx, d.channel)
	if err == nil && !open {
		return Off, nil
	}
	return "", err
}

// still asks about the account. What was typed goes to a person, and whoever
// keeps the words says whether they still go.
func (g *Gate) still(tx *db.Tx, d delivery) (bool, error) {
	if g.Still == nil || d.word == typedWord {
		return true, nil
	}
	return g.Still(tx, d.account, d.word)
}

func (g *Gate) address(tx *db.Tx, d delivery) (delivery, string, error) {
	l := Letter{
		Tenant: tx.Scope().Tenant, Account: d.account, ID: letterID(tx, d.message, d.device),
		At: tx.Now(), Until: d.until,
	}
	if d.path != "" {
		l.Link = g.Origin() + "/o/" + d.token
	}
	if d.word == typedWord {
		return g.typed(tx, d, l)
	}
	lang := i18n.English
	if d.channel != App {
		device, err := readDevice(tx, d.device)
		if errs.Is(err, errs.NotFound) {
			return d, Gone, nil
		}
		if err != nil {
			return d, "", err
		}
		l.Address, lang = device.Address, device.Language
	}
	l.Text = g.Say(lang, d.word)
	d.letter = l
	return d, "", nil
}

// carry hands the letter to its channel. A text message whose fate is not known
// has ended; anything else is tried again.
func (g *Gate) carry(ctx context.Context, d delivery) (end string, err error) {
	ctx, over := context.WithTimeout(ctx, patience)
	defer over()
	err = g.Channels[d.channel].Send(ctx, d.letter)
	switch {
	case err == nil:
		return Sent, nil
	case errors.Is(err, ErrGone):
		return Gone, nil
	case errors.Is(err, ErrRefused):
		return Refused, nil
	case errors.Is(err, ErrUnsure):
		return Unsure, nil
	case d.channel == SMS:
		err = errors.Join(err, g.unmark(context.WithoutCancel(ctx), d))
	}
	return "", errs.Wrap("notify: "+d.channel, err)
}

// unmark lets a text message that surely did not go out be tried again.
func (g *Gate) unmark(ctx context.Context, d delivery) error {
	return g.DB.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(updateState, d.message, d.device, Waiting, 0)
		return err
	})
}

// finish notes how the delivery ended and takes its bell down.
func (g *Gate) finish(ctx context.Context, j job.Job, d delivery, end string) error {
	err := g.DB.Write(ctx, func(tx *db.Tx) error {
		sent := time.Time{}
		if end == Sent {
			sent = tx.Now()
		}
		if end != d.state {
			if _, err := tx.Exec(updateState, d.message, d.device, end, sent); err != nil {
				return err
			}
		}
		if end == Gone && d.channel != App {
			if err := removeDevice(tx, d.device, d.account); err != nil {
				return err
			}
		}
		return j.Done(tx)
	})
	return job.Within(retryWithin, errs.Wrap("notify: finish", err))
}

// Purge forgets deliveries whose links have ended, in every organisation.
func (g *Gate) Purge(ctx context.Context) error {
	return g.DB.Write(ctx, func(tx *db.Tx) error {
		_, err := tx.SysExec(purge, tx.Now().Add(-LinkLife))
		return errs.Wrap("notify: purge", err)
	})
}
