package rota

import (
	"context"
	"slices"
	"strings"
	"time"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/notify"
)

// Channels are those that leave the building: why each may be used, and how it has
// fared.
func (s *Service) Channels(ctx context.Context) (out []notify.Faring, err error) {
	err = s.DB.Read(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "channel.view"); err != nil {
			return err
		}
		out, err = s.Gate.Farings(tx)
		return err
	})
	return out, errs.Wrap("rota: channels", err)
}

// OpenChannel writes down that a channel may leave the building, and why.
func (s *Service) OpenChannel(ctx context.Context, channel, basis, why string) error {
	if why = strings.TrimSpace(why); len([]rune(why)) < leastWhy || len(why) > mostWhy {
		return refuse("why", "rota.error.channel-why")
	}
	return s.turnChannel(ctx, "channel.open", channel, func(tx *db.Tx) error { return notify.OpenChannel(tx, channel, basis, why) })
}

// A reason that someone can check is a sentence.
const (
	leastWhy = 10
	mostWhy  = 1000
)

// ShutChannel ends that. What waits does not go out, and who works here and chose
// that way is told by the others: nobody should rely at night on a telephone that
// stays silent.
func (s *Service) ShutChannel(ctx context.Context, channel string) error {
	return s.turnChannel(ctx, "channel.shut", channel, func(tx *db.Tx) error {
		open, err := s.Gate.Opened(tx, channel)
		if err == nil {
			err = notify.ShutChannel(tx, channel)
		}
		if err != nil || !open {
			return err
		}
		return s.tellOfShut(tx, channel)
	})
}

func (s *Service) turnChannel(ctx context.Context, action, channel string, change func(tx *db.Tx) error) error {
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "channel.open"); err != nil {
			return err
		}
		if !slices.Contains(notify.Outbound(), channel) {
			return refuse("channel", "error.pick-one")
		}
		if err := change(tx); err != nil {
			return err
		}
		return audit.Write(tx, audit.Entry{Kind: audit.Change, Action: action, Record: "notify_channel/" + channel})
	})
	return errs.Wrap("rota: "+action, err)
}

func (s *Service) tellOfShut(tx *db.Tx, channel string) error {
	here, err := s.staff(tx, "peer", "supervisor", "coordinator")
	if err != nil {
		return err
	}
	holders, err := notify.Holders(tx, channel)
	if err != nil {
		return err
	}
	who := slices.DeleteFunc(holders, func(a string) bool { return !slices.Contains(here, ref.Account(a)) })
	ways := slices.DeleteFunc(slices.Clone(DefaultLadder()[0].Channels), func(c string) bool { return c == channel })
	return s.Gate.Send(tx, notify.Message{
		Key: "shut/" + channel + "/" + tx.Now().Format(stampForm), Word: wordNew, Path: "/rota/mine", To: who, Channels: ways, Useful: useful,
	})
}

const stampForm = "20060102T150405.000000"

// unused are the channels that leave the building and cannot be used now.
func (s *Service) unused(tx *db.Tx) ([]string, error) {
	var out []string
	for _, c := range notify.Outbound() {
		can, err := s.Gate.CanUse(tx, c)
		if err != nil {
			return nil, err
		}
		if !can {
			out = append(out, c)
		}
	}
	return out, nil
}

// Unused are the channels that leave the building and cannot be used now, for
// whoever says who is asked after whom.
func (s *Service) Unused(ctx context.Context) (out []string, err error) {
	err = s.DB.Read(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "rota.ladder"); err != nil {
			return err
		}
		out, err = s.unused(tx)
		return err
	})
	return out, errs.Wrap("rota: unused channels", err)
}

// OpenPagesOnly reports whether whoever is in the scope chose ways to be told, and
// none of them can be used now: then nothing wakes them but an open page.
func (s *Service) OpenPagesOnly(tx *db.Tx) (bool, error) {
	all, err := notify.Devices(tx, string(me(tx)))
	if err != nil || len(all) == 0 {
		return false, err
	}
	unused, err := s.unused(tx)
	return !slices.ContainsFunc(all, func(d notify.Device) bool { return !slices.Contains(unused, d.Channel) }), err
}

// tryUseful is how long somebody waits to see whether a message comes.
const tryUseful = time.Hour

// TryOut sends one message to a device of whoever is in the scope, so that they see
// whether it comes. The same act is one message.
func (s *Service) TryOut(ctx context.Context, device, act string) error {
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "rota.own"); err != nil {
			return err
		}
		err := s.Gate.Try(tx, "try/"+act, device, notify.Message{Word: wordNew, Path: "/rota/mine", Useful: tryUseful})
		if errs.Is(err, errs.Unavailable) {
			return refuse("", "rota.told.unused")
		}
		return err
	})
	return errs.Wrap("rota: try out", err)
}
