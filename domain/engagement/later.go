package engagement

import (
	"context"
	"net/url"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/i18n"
	"alongside/platform/page"
)

// Later is one line of Today that a peer put off. It is about the peer's list:
// the reason is one of a few, and never free words about the person.
type Later struct {
	Peer  ref.Account
	Item  string
	Until time.Time
	Why   string
}

// Reasons are why a line can wait.
func Reasons() []field.Option {
	return []field.Option{
		{Value: "they_asked", Label: i18n.Text{EN: "They asked me to wait", ES: "Me pidió que espere", AR: "طلب مني الانتظار"}},
		{Value: "waiting", Label: i18n.Text{EN: "I wait for an answer", ES: "Espero una respuesta", AR: "أنتظر جوابا"}},
		{Value: "someone_else", Label: i18n.Text{EN: "Someone else is on it", ES: "Otra persona se ocupa", AR: "شخص آخر يتولى الأمر"}},
		{Value: "not_today", Label: i18n.Text{EN: "Not for me, not today", ES: "Hoy no puedo", AR: "ليس اليوم بالنسبة لي"}},
	}
}

// Spans are how long a line can wait.
func Spans() []field.Option {
	return []field.Option{
		{Value: "1", Label: i18n.Text{EN: "An hour", ES: "Una hora", AR: "ساعة"}},
		{Value: "18", Label: i18n.Text{EN: "Until tomorrow", ES: "Hasta mañana", AR: "حتى الغد"}},
		{Value: "72", Label: i18n.Text{EN: "Three days", ES: "Tres días", AR: "ثلاثة أيام"}},
		{Value: "168", Label: i18n.Text{EN: "A week", ES: "Una semana", AR: "أسبوع"}},
	}
}

// longest is how long a line of each rank can wait: whoever may not be safe
// comes back tomorrow at the latest, and whoever waits now within the hour.
func longest(r Rank) time.Duration {
	switch r {
	case Now:
		return time.Hour
	case Safety:
		return 18 * time.Hour
	}
	return 7 * 24 * time.Hour
}

// Laters says what that record holds.
func Laters() *field.Record[Later] {
	return field.Define("engagement_later", field.Keys[Later]{ID: []string{"peer", "item"}},
		field.Field[Later]{Column: "peer", Kind: field.Ref, At: func(l *Later) any { return &l.Peer }},
		field.Field[Later]{Column: "item", Kind: field.Ref, At: func(l *Later) any { return &l.Item }},
		field.Field[Later]{
			Column: "until_at", Kind: field.Instant, Label: i18n.Text{EN: "Until", ES: "Hasta", AR: "حتى"},
			At: func(l *Later) any { return &l.Until },
		},
		field.Field[Later]{
			Column: "why", Kind: field.Choice, Options: Reasons(), Label: i18n.Text{EN: "Why can it wait?", ES: "¿Por qué puede esperar?", AR: "لماذا يمكن أن ينتظر؟"},
			At: func(l *Later) any { return &l.Why },
		},
	)
}

func (s *Service) putOff(tx *db.Tx) (map[string]time.Time, error) {
	rows, err := s.laters.List(tx, "WHERE tenant = $1 AND peer = $2 AND until_at > $3", me(tx), tx.Now())
	out := make(map[string]time.Time, len(rows))
	for _, l := range rows {
		out[l.Item] = l.Until
	}
	return out, err
}

// PutOff lets a line of the peer's own list wait, for a reason. A line that is
// not on it is NotFound.
func (s *Service) PutOff(ctx context.Context, key string, wait time.Duration, why string) error {
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "engagement.today", ownList(tx)); err != nil {
			return err
		}
		item, err := s.itemOf(tx, key)
		if err != nil {
			return err
		}
		looks, _ := tx.Owed()
		tx.Settle(looks...) // nothing of them is shown
		return s.wait(tx, item, wait, why)
	})
	return errs.Wrap("engagement: put off", err)
}

func (s *Service) wait(tx *db.Tx, item Item, wait time.Duration, why string) error {
	known := false
	for _, r := range Reasons() {
		known = known || r.Value == why
	}
	switch {
	case item.Pass != "":
		return absent("putting off what one is asked for")
	case !known:
		return refuse("why", "error.pick-one")
	case wait <= 0 || wait > longest(item.Rank):
		return refuse("wait", "engagement.error.wait")
	}
	row := Later{Peer: me(tx), Item: item.Key, Until: tx.Now().Add(wait), Why: why}
	if err := s.laters.Remove(tx, &row, row.Peer, row.Item); err != nil {
		return err
	}
	_, err := s.laters.Insert(tx, &row)
	return err
}

// LaterBack puts the form by which a line is put off into lines.
func LaterBack(v *page.View, in url.Values) []string {
	lines := []string{v.T("engagement.later.title")}
	for _, o := range Reasons() {
		if o.Value == in.Get("why") {
			lines = append(lines, v.Text(o.Label))
		}
	}
	for _, o := range Spans() {
		if o.Value == in.Get("wait") {
			lines = append(lines, v.Text(o.Label))
		}
	}
	return lines
}

func (s *Service) itemOf(tx *db.Tx, key string) (Item, error) {
	all, err := s.items(tx)
	if err != nil {
		return Item{}, err
	}
	for _, i := range all {
		if i.Key == key {
			return i, nil
		}
	}
	return Item{}, absent("line of today")
}
