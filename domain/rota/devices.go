package rota

import (
	"context"
	"strings"

	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/i18n"
	"alongside/platform/notify"
)

// Reach adds a way to tell whoever is in the scope: an e-mail address or a
// telephone that takes texts. The device's id is that of the form, so that the
// form sent twice adds one.
func (s *Service) Reach(ctx context.Context, channel, address, act string, lang i18n.Lang) error {
	address = strings.TrimSpace(address)
	if channel == notify.SMS {
		address = strings.NewReplacer(" ", "", "(", "", ")", "", "-", "", ".", "", "\u00a0", "").Replace(address) // as people write a number
	}
	if !s.reaches(channel, address) {
		return refuse("address", "rota.error.address-"+channel)
	}
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "rota.own"); err != nil {
			return err
		}
		all, err := notify.Devices(tx, string(me(tx)))
		if err != nil {
			return err
		}
		for _, d := range all {
			if d.ID == act {
				return nil
			}
		}
		_, err = notify.AddDevice(tx, notify.Device{ID: act, Account: string(me(tx)), Channel: channel, Address: address, Language: lang})
		if err != nil {
			return err
		}
		return recordShift(tx, "rota.reach", "", me(tx))
	})
	return errs.Wrap("rota: reach", err)
}

// reaches asks the channel about a browser's subscription, and looks at any other
// address.
func (s *Service) reaches(channel, address string) bool {
	if channel == notify.Push {
		return s.Push != nil && len(address) < 4000 && s.Push(address) == nil
	}
	return reachable(channel, address)
}

// reachable looks only at what no address could be without.
func reachable(channel, address string) bool {
	if len(address) > 200 || strings.ContainsAny(address, " \t\r\n<>,;") {
		return false
	}
	switch channel {
	case notify.Mail:
		name, host, ok := strings.Cut(address, "@")
		return ok && name != "" && strings.Contains(host, ".")
	case notify.SMS:
		digits := strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, address)
		return len(digits) >= 6 && strings.TrimPrefix(address, "+") == digits
	}
	return false
}

// Unreach takes one's own away. Another's is NotFound.
func (s *Service) Unreach(ctx context.Context, device string) error {
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "rota.own"); err != nil {
			return err
		}
		if err := notify.RemoveDevice(tx, device); err != nil {
			return err
		}
		return recordShift(tx, "rota.unreach", "", me(tx))
	})
	return errs.Wrap("rota: unreach", err)
}

// Follow returns where the link of a message leads, for whoever it went to.
func (s *Service) Follow(ctx context.Context, token string) (string, error) {
	var path string
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		path, err = s.Gate.Open(tx, token)
		return err
	})
	return path, errs.Wrap("rota: follow", err)
}
