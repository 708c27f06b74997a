package engagement

import (
	"context"
	"time"

	"alongside/domain/access"
	"alongside/domain/audit"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/i18n"
)

// Limits are an organisation's own rules for silence: after how long it is
// noticed, and how little is then asked of the person. They are numbers that
// people here chose; no study gives them.
type Limits struct {
	Key     string // "limits": there is one row
	Quiet   int64  // days without contact after which a peer is shown the person
	Most    int64  // attempts without an answer, then it rests
	Apart   int64  // days between two attempts
	Rest    int64  // days of rest before one more gentle try
	Phone   string // the programme's own number, for calling back
	Version int64
}

// usual are the limits until an organisation sets its own.
func usual() Limits {
	return Limits{Key: limitsKey, Quiet: 14, Most: 3, Apart: 3, Rest: 30}
}

const limitsKey = "limits"

// LimitRecords says what that record holds.
func LimitRecords() *field.Record[Limits] {
	number := func(column string, label i18n.Text, at func(*Limits) any) field.Field[Limits] {
		return field.Field[Limits]{Column: column, Kind: field.Number, Asked: true, Required: true, Label: label, At: at}
	}
	return field.Define("engagement_limits", field.Keys[Limits]{ID: []string{"key"}},
		field.Field[Limits]{Column: "key", Kind: field.Ref, At: func(l *Limits) any { return &l.Key }},
		number("quiet", i18n.Text{EN: "Days of silence until a peer is told", ES: "Días de silencio hasta avisar a un par", AR: "أيام الصمت قبل تنبيه المرافق"}, func(l *Limits) any { return &l.Quiet }),
		number("most", i18n.Text{EN: "Tries without an answer, then rest", ES: "Intentos sin respuesta, luego descanso", AR: "محاولات بلا رد ثم راحة"}, func(l *Limits) any { return &l.Most }),
		number("apart", i18n.Text{EN: "Days between two tries", ES: "Días entre dos intentos", AR: "الأيام بين محاولتين"}, func(l *Limits) any { return &l.Apart }),
		number("rest", i18n.Text{EN: "Days of rest before one more try", ES: "Días de descanso antes de otro intento", AR: "أيام الراحة قبل محاولة أخرى"}, func(l *Limits) any { return &l.Rest }),
		field.Field[Limits]{
			Column: "phone", Kind: field.Text, Asked: true, Limit: 40,
			Label: i18n.Text{EN: "The programme's number", ES: "El número del programa", AR: "رقم البرنامج"},
			Hint:  i18n.Text{EN: "People call it to reach their peer.", ES: "Aquí llama la gente para hablar con su par.", AR: "يتصل به الناس للوصول إلى مرافقهم."},
			At:    func(l *Limits) any { return &l.Phone },
		},
		field.Field[Limits]{Column: "version", Kind: field.Version, At: func(l *Limits) any { return &l.Version }},
	)
}

func (s *Service) limits(tx *db.Tx) (Limits, error) {
	l, err := s.limitRows.Get(tx, limitsKey)
	if errs.Is(err, errs.NotFound) {
		return usual(), nil
	}
	return l, err
}

// SetLimits stores an organisation's own limits and number.
func (s *Service) SetLimits(ctx context.Context, l Limits) error {
	for place, n := range map[string]int64{"quiet": l.Quiet, "most": l.Most, "apart": l.Apart, "rest": l.Rest} {
		if n < 1 || n > mostLimit {
			return refuse(place, "engagement.error.limit")
		}
	}
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "engagement.limits", access.Resource{}); err != nil {
			return err
		}
		before, err := s.limits(tx)
		if err != nil {
			return err
		}
		l.Key, l.Version = limitsKey, before.Version
		changes, err := s.putLimits(tx, before, l)
		if err != nil {
			return err
		}
		return audit.Write(tx, audit.Entry{Kind: audit.Change, Action: "engagement.limits", Record: "engagement_limits/" + limitsKey, Changes: changes})
	})
	return errs.Wrap("engagement: limits", err)
}

const mostLimit = 366

func (s *Service) putLimits(tx *db.Tx, before, after Limits) ([]field.Change, error) {
	if before.Version == 0 {
		after.Version = 1
		return s.limitRows.Insert(tx, &after)
	}
	return s.limitRows.Update(tx, &before, &after)
}

func (l Limits) silence() time.Duration { return time.Duration(l.Quiet) * 24 * time.Hour }

// nextTry is the earliest instant for another attempt.
func (l Limits) nextTry(st Standing) time.Time {
	wait := l.Apart
	if st.Tries >= l.Most {
		wait = l.Rest
	}
	return st.TriedAt.Add(time.Duration(wait) * 24 * time.Hour)
}

// mayTry reports whether another attempt is within the limits now.
func (l Limits) mayTry(st Standing, now time.Time) bool { return !now.Before(l.nextTry(st)) }
