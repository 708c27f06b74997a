package rota

import (
	"context"
	"slices"
	"strconv"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/i18n"
	"alongside/platform/notify"
)

// Whom a rung asks.
const (
	Duty       = "duty"       // one peer on duty
	Second     = "second"     // one more
	All        = "all"        // everyone on duty
	Supervisor = "supervisor" // the supervisors on duty who were not asked yet, all of them when none is
	Telephone  = "telephone"  // nobody: whoever asked is shown the site's telephone
)

// Whos are the choices of a rung.
func Whos() []field.Option {
	return []field.Option{
		{Value: Duty, Label: i18n.Text{EN: "A peer on duty", ES: "Un par de turno", AR: "مرافق مناوب"}},
		{Value: Second, Label: i18n.Text{EN: "A second peer", ES: "Un segundo par", AR: "مرافق ثان"}},
		{Value: All, Label: i18n.Text{EN: "Everyone on duty", ES: "Todos los de turno", AR: "كل المناوبين"}},
		{Value: Supervisor, Label: i18n.Text{EN: "A supervisor", ES: "Supervisión", AR: "مشرف"}},
		{Value: Telephone, Label: i18n.Text{EN: "The duty telephone is shown", ES: "Se muestra el teléfono de guardia", AR: "يظهر هاتف المناوب"}},
	}
}

// Rung is one step of a site's ladder.
type Rung struct {
	Site     ref.Site // empty: of every site without a ladder of its own
	Place    int64    // from 1
	Who      string
	Wait     int64 // seconds until the next rung; on the last, until it is looked again who came on duty
	Channels []string
}

// Rungs says what a rung's record holds.
func Rungs() *field.Record[Rung] {
	channels := []field.Option{
		{Value: notify.App, Label: i18n.Text{EN: "Open pages", ES: "Páginas abiertas", AR: "الصفحات المفتوحة"}},
		{Value: notify.Push, Label: i18n.Text{EN: "Notification", ES: "Notificación", AR: "إشعار"}},
		{Value: notify.Mail, Label: i18n.Text{EN: "E-mail", ES: "Correo electrónico", AR: "بريد إلكتروني"}},
		{Value: notify.SMS, Label: i18n.Text{EN: "Text message", ES: "Mensaje de texto", AR: "رسالة نصية"}},
	}
	return field.Define("rota_rung", field.Keys[Rung]{ID: []string{"site", "place"}},
		field.Field[Rung]{Column: "site", Kind: field.Ref, At: func(r *Rung) any { return &r.Site }},
		field.Field[Rung]{
			Column: "place", Kind: field.Number,
			Label: i18n.Text{EN: "Step", ES: "Paso", AR: "الخطوة"},
			At:    func(r *Rung) any { return &r.Place },
		},
		field.Field[Rung]{
			Column: "who", Kind: field.Choice, Options: Whos(),
			Label: i18n.Text{EN: "Who is asked", ES: "A quién se pregunta", AR: "من يُسأل"},
			At:    func(r *Rung) any { return &r.Who },
		},
		field.Field[Rung]{
			Column: "wait", Kind: field.Number,
			Label: i18n.Text{EN: "Seconds until the next", ES: "Segundos hasta el siguiente", AR: "ثوان حتى التالي"},
			At:    func(r *Rung) any { return &r.Wait },
		},
		field.Field[Rung]{
			Column: "channels", Kind: field.Choices, Options: channels,
			Label: i18n.Text{EN: "How they are told", ES: "Cómo se les avisa", AR: "كيف يُبلَّغون"},
			At:    func(r *Rung) any { return &r.Channels },
		},
	)
}

func (r Rung) wait() time.Duration { return time.Duration(r.Wait) * time.Second }

// DefaultLadder is climbed where a site has none of its own: the duty telephone
// is shown a quarter of an hour after the ask, half of the promise of half an
// hour. The times are ours; no published ones were found.
func DefaultLadder() []Rung {
	every := []string{notify.App, notify.Push, notify.Mail, notify.SMS}
	return []Rung{
		{Place: 1, Who: Duty, Wait: 180, Channels: every},
		{Place: 2, Who: Second, Wait: 180, Channels: every},
		{Place: 3, Who: All, Wait: 240, Channels: every},
		{Place: 4, Who: Supervisor, Wait: 300, Channels: every},
		{Place: 5, Who: Telephone, Wait: 300, Channels: every},
	}
}

// ladder is the one of the site, the organisation's, or the default.
func (s *Service) ladder(tx *db.Tx, site ref.Site) ([]Rung, error) {
	all, err := s.rungs.List(tx, "WHERE tenant = $1 AND (site = $2 OR site = '') ORDER BY site DESC, place", site)
	if err != nil || len(all) == 0 {
		return DefaultLadder(), err
	}
	first := all[0].Site
	if i := slices.IndexFunc(all, func(r Rung) bool { return r.Site != first }); i > 0 {
		all = all[:i]
	}
	return all, nil
}

// SetLadder gives a site, or with "" the organisation, a ladder of its own. It
// must end by showing the telephone, wait from ten seconds to two hours on each
// rung, and ask someone before.
func (s *Service) SetLadder(ctx context.Context, site ref.Site, rungs []Rung) error {
	if err := checkLadder(rungs); err != nil {
		return err
	}
	return s.putLadder(ctx, site, rungs)
}

// putLadder is SetLadder for rungs that were looked at; none takes the site's own away.
func (s *Service) putLadder(ctx context.Context, site ref.Site, rungs []Rung) error {
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "rota.ladder"); err != nil {
			return err
		}
		if err := s.isPlace(tx, site); err != nil {
			return err
		}
		if _, err := tx.Exec("DELETE FROM rota_rung WHERE tenant = $1 AND site = $2", site); err != nil {
			return err
		}
		for i, r := range rungs {
			r.Site, r.Place = site, int64(i+1)
			if _, err := s.rungs.Insert(tx, &r); err != nil {
				return err
			}
		}
		return recordShift(tx, "rota.ladder", ref.Shift(site))
	})
	return errs.Wrap("rota: ladder", err)
}

// FollowLadder takes a site's own ladder away: it climbs that of all sites again, and the
// organisation, asked with "", the one that stands in the program.
func (s *Service) FollowLadder(ctx context.Context, site ref.Site) error {
	return s.putLadder(ctx, site, nil)
}

// checkLadder refuses at the first rung that is wrong, by the name that its field has on
// the page: "wait2" is the wait of the third.
func checkLadder(rungs []Rung) error {
	last := len(rungs) - 1
	switch {
	case last < 1:
		return refuse("who0", "rota.error.ladder-nobody")
	case last >= mostRungs || rungs[last].Who != Telephone:
		return refuse(rungField("who", last), "rota.error.ladder-telephone")
	}
	for i, r := range rungs {
		switch {
		case !field.Offered(Whos(), r.Who), r.Who == Telephone && i < last:
			return refuse(rungField("who", i), "rota.error.ladder-telephone")
		case r.Wait < 10 || r.Wait > 7200:
			return refuse(rungField("wait", i), "rota.error.ladder-wait")
		case len(r.Channels) == 0:
			return refuse(rungField("channels", i), "rota.error.ladder-channels")
		}
	}
	return nil
}

// rungField is the name of a field of the i-th rung on its page, from 0.
func rungField(name string, i int) string { return name + strconv.Itoa(i) }

// Ladder reads the ladder that a site climbs, and the places there are.
func (s *Service) Ladder(ctx context.Context, site ref.Site) (rungs []Rung, places []Place, err error) {
	err = s.DB.Read(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "rota.ladder"); err != nil {
			return err
		}
		if rungs, err = s.ladder(tx, site); err != nil {
			return err
		}
		places, err = s.Places(tx)
		return err
	})
	return rungs, places, errs.Wrap("rota: ladder", err)
}
