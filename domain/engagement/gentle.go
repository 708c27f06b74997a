package engagement

import (
	"context"
	"time"

	"alongside/domain/audit"
	"alongside/domain/people"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/i18n"
)

// gentle is one way to say hello after a silence, the lightest first: for whom
// it is open, and what to bear in mind.
type gentle struct {
	label i18n.Text
	open  func(p people.Person) bool
}

// gentles are the ways. None of them asks where the person has been.
func gentles() []gentle {
	return []gentle{
		{
			label: i18n.Text{EN: "A text: “Thinking of you. No need to answer.”", ES: "Un mensaje: «Pienso en usted. No hace falta responder».", AR: "رسالة نصية: «أفكر فيك. لا حاجة إلى الرد»."},
			open:  func(p people.Person) bool { return p.Texts && p.Phone != "" },
		},
		{
			label: i18n.Text{EN: "One call, at a time they chose. If nobody answers, hang up.", ES: "Una llamada, a la hora que eligió. Si nadie contesta, cuelgue.", AR: "مكالمة واحدة في وقت اختاره. إن لم يرد أحد فأغلق الخط."},
			open:  func(p people.Person) bool { return p.MayRing() && !p.Voicemail },
		},
		{
			label: i18n.Text{EN: "One call, at a time they chose. A short hello on the voicemail is fine.", ES: "Una llamada, a la hora que eligió. Un saludo breve en el buzón está bien.", AR: "مكالمة واحدة في وقت اختاره. لا بأس بتحية قصيرة في البريد الصوتي."},
			open:  func(p people.Person) bool { return p.MayRing() && p.Voicemail },
		},
		{
			label: i18n.Text{EN: "Look in at a place they like, without asking anyone for them.", ES: "Pasar por un lugar que le gusta, sin preguntar a nadie.", AR: "المرور بمكان يحبه دون سؤال أحد عنه."},
			open:  func(people.Person) bool { return true },
		},
		{
			label: i18n.Text{EN: "Leave the door open, and do nothing for now. That is an answer too.", ES: "Dejar la puerta abierta y por ahora no hacer nada. También es una respuesta.", AR: "ترك الباب مفتوحا وعدم فعل شيء الآن. هذا جواب أيضا."},
			open:  func(people.Person) bool { return true },
		},
	}
}

// Silent is someone with whom it has been quiet, and what would be gentle.
type Silent struct {
	Companion
	Rest time.Time // nothing more is tried until then; zero: a try is fine now
	Ways []i18n.Text
}

// Silents lists the people a peer walks with and has not been in touch with for
// as long as the organisation's limits say, who may be tried first.
func (s *Service) Silents(ctx context.Context) ([]Silent, error) {
	var out []Silent
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "engagement.today", ownList(tx)); err != nil {
			return err
		}
		list, err := s.silents(tx)
		if err != nil {
			return err
		}
		out = list
		return audit.Record(tx, audit.Entry{Kind: audit.Look, Action: "engagement.quiet"})
	})
	return out, errs.Wrap("engagement: quiet", err)
}

func (s *Service) silents(tx *db.Tx) ([]Silent, error) {
	mine, err := s.caseload(tx)
	if err != nil {
		return nil, err
	}
	if err := s.name(tx, mine); err != nil {
		return nil, err
	}
	l, err := s.limits(tx)
	if err != nil {
		return nil, err
	}
	var now, later []Silent
	for _, c := range mine {
		one, ok := l.silent(c, tx.Now())
		switch {
		case ok && one.Rest.IsZero():
			now = append(now, one)
		case ok:
			later = append(later, one)
		}
	}
	return append(now, later...), nil
}

// silent is what is gentle with one person now; ok is false when it is not
// quiet.
func (l Limits) silent(c Companion, now time.Time) (Silent, bool) {
	out := Silent{Companion: c}
	quiet := c.Standing.Tries > 0 || now.Sub(c.lastSeen()) > l.silence()
	if !quiet {
		return out, false
	}
	if c.Standing.Tries > 0 && !l.mayTry(c.Standing, now) {
		out.Rest = l.nextTry(c.Standing)
		return out, true
	}
	for _, g := range gentles() {
		if g.open(c.Person) {
			out.Ways = append(out.Ways, g.label)
		}
	}
	return out, true
}
