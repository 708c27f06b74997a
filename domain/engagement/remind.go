package engagement

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"alongside/domain/audit"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/i18n"
	"alongside/platform/job"
	"alongside/platform/notify"
)

// Remind is how a person chose to be reminded of appointments: by which way, in
// which words, how long before. Until they choose there is none.
type Remind struct {
	Person  ref.Person
	How     string
	Word    string
	Ahead   int64 // hours before
	Device  string
	Version int64
}

// Not to be reminded is the first choice, and the one until they choose.
const noReminder = "none"

// Hows are the ways.
func Hows() []field.Option {
	return []field.Option{
		{Value: noReminder, Label: i18n.Text{EN: "Do not remind me", ES: "No me lo recuerden", AR: "لا تذكّروني"}},
		{Value: notify.SMS, Label: i18n.Text{EN: "A text", ES: "Un mensaje de texto", AR: "رسالة نصية"}},
		{Value: notify.Mail, Label: i18n.Text{EN: "An e-mail", ES: "Un correo electrónico", AR: "بريد إلكتروني"}},
	}
}

// RemindWords are the words a person can choose. Whoever else reads the phone
// learns nothing.
func RemindWords() []field.Option {
	return []field.Option{
		{Value: wordRemind, Label: i18n.Text{EN: "“A reminder you asked for.”", ES: "«Un recordatorio que usted pidió».", AR: "«تذكير طلبته»."}},
		{Value: wordSoon, Label: i18n.Text{EN: "“You have plans soon.”", ES: "«Tiene planes pronto».", AR: "«لديك موعد قريب»."}},
	}
}

// Aheads are how long before.
func Aheads() []field.Option {
	return []field.Option{
		{Value: "24", Label: i18n.Text{EN: "The day before", ES: "El día antes", AR: "قبل يوم"}},
		{Value: "2", Label: i18n.Text{EN: "Two hours before", ES: "Dos horas antes", AR: "قبل ساعتين"}},
	}
}

// Reminds says what that record holds.
func Reminds() *field.Record[Remind] {
	return field.Define("engagement_remind",
		field.Keys[Remind]{
			ID: []string{"person"}, Title: i18n.Text{EN: "How you like to be reminded", ES: "Cómo prefiere los recordatorios", AR: "كيف تفضل التذكير"},
			Subject: func(r *Remind) string { return string(r.Person) },
		},
		field.Field[Remind]{Column: "person", Kind: field.Ref, At: func(r *Remind) any { return &r.Person }},
		field.Field[Remind]{
			Column: "how", Kind: field.Choice, Options: Hows(), Label: i18n.Text{EN: "How?", ES: "¿Cómo?", AR: "كيف؟"},
			At: func(r *Remind) any { return &r.How },
		},
		field.Field[Remind]{
			Column: "word", Kind: field.Choice, Options: RemindWords(), Label: i18n.Text{EN: "In which words?", ES: "¿Con qué palabras?", AR: "بأي كلمات؟"},
			At: func(r *Remind) any { return &r.Word },
		},
		field.Field[Remind]{
			Column: "ahead", Kind: field.Number, Label: i18n.Text{EN: "Hours before", ES: "Horas antes", AR: "الساعات قبله"},
			At: func(r *Remind) any { return &r.Ahead },
		},
		field.Field[Remind]{Column: "device", Kind: field.Ref, At: func(r *Remind) any { return &r.Device }},
		field.Field[Remind]{Column: "version", Kind: field.Version, At: func(r *Remind) any { return &r.Version }},
	)
}

func (s *Service) remindOf(tx *db.Tx, person ref.Person) (Remind, error) {
	r, err := s.reminds.Get(tx, person)
	if errs.Is(err, errs.NotFound) {
		return Remind{Person: person, How: noReminder, Word: wordRemind, Ahead: 24}, nil
	}
	return r, err
}

// SetRemind keeps how a person wants to be reminded. A text goes only to whom
// texts are fine, and to the number they gave.
func (s *Service) SetRemind(ctx context.Context, d Door, r Remind, lang i18n.Lang) error {
	switch {
	case !field.Offered(Hows(), r.How):
		return refuse("how", "error.pick-one")
	case !field.Offered(RemindWords(), r.Word):
		return refuse("word", "error.pick-one")
	case !field.Offered(Aheads(), fmt.Sprint(r.Ahead)):
		return refuse("ahead", "error.pick-one")
	}
	err := s.write(ctx, func(tx *db.Tx) error {
		person, err := s.enter(tx, d, "engagement.meet")
		if err != nil {
			return err
		}
		before, err := s.remindOf(tx, person)
		if err != nil {
			return err
		}
		r := r
		r.Person, r.Version = person, before.Version
		if r.Device, err = s.deviceFor(tx, d, before, r, lang); err != nil {
			return err
		}
		changes, err := s.putRemind(tx, before, r)
		if err != nil {
			return err
		}
		if err := s.rehang(tx, person); err != nil {
			return err
		}
		return audit.Record(tx, audit.Entry{Kind: audit.Change, Action: "engagement.remind", Record: "engagement_remind/" + string(person), Changes: changes})
	})
	return errs.Wrap("engagement: remind", err)
}

func (s *Service) putRemind(tx *db.Tx, before, after Remind) ([]field.Change, error) {
	if before.Version == 0 {
		after.Version = 1
		return s.reminds.Insert(tx, &after)
	}
	return s.reminds.Update(tx, &before, &after)
}

// deviceFor makes the way known to the gate. The device belongs to the person
// and is sealed under their key; one they no longer want is forgotten.
func (s *Service) deviceFor(tx *db.Tx, d Door, before, after Remind, lang i18n.Lang) (string, error) {
	if before.Device != "" {
		if err := notify.ForgetDevice(tx, before.Device, string(after.Person)); err != nil {
			return "", err
		}
	}
	if after.How == noReminder {
		return "", nil
	}
	p, err := s.People.Find(tx, after.Person)
	if err != nil {
		return "", err
	}
	can, err := s.Gate.CanUse(tx, after.How)
	if err != nil {
		return "", err
	}
	address := addressFor(p, after.How)
	switch {
	case after.How == notify.SMS && !p.Texts:
		return "", refuse("how", d.voice("engagement.error.no-reminder-text"))
	case address == "":
		return "", refuse("how", "engagement.error.no-address")
	case !can && !(before.How == after.How && before.Device != ""):
		return "", refuse("how", "engagement.error.remind-shut")
	}
	return notify.AddDevice(tx, notify.Device{Account: string(after.Person), Channel: after.How, Address: address, Language: spokenTo(d, p, lang)})
}

// spokenTo is the language of what goes to a person: the one they chose on their own
// page, else the first that they speak and we do, and only then that of whoever wrote
// it down for them.
func spokenTo(d Door, p people.Person, page i18n.Lang) i18n.Lang {
	if d.Own {
		return page
	}
	for _, l := range p.Languages {
		if slices.Contains(i18n.Langs(), i18n.Lang(l)) {
			return i18n.Lang(l)
		}
	}
	return page
}

// forgetDevice takes back that someone is reminded.
func (s *Service) forgetDevice(tx *db.Tx, person ref.Person) error {
	before, err := s.remindOf(tx, person)
	if err != nil || before.Device == "" {
		return err
	}
	after := before
	after.How, after.Device = noReminder, ""
	if err := notify.ForgetDevice(tx, before.Device, string(person)); err != nil {
		return err
	}
	_, err = s.putRemind(tx, before, after)
	return err
}

const bellRemind = "engagement.remind"

// Jobs are the bells of this domain.
func (s *Service) Jobs() map[string]job.Handler { return map[string]job.Handler{bellRemind: s.remind} }

func remindKey(a Appointment) string { return string(a.ID) + "/" + fmt.Sprint(a.StartsAt.UnixMicro()) }

// hang hangs up the bell of a planned appointment, if the person wants one and
// there is still time.
func (s *Service) hang(tx *db.Tx, a Appointment) error {
	r, err := s.remindOf(tx, a.Person)
	if err != nil || r.How == noReminder {
		return err
	}
	at := a.StartsAt.Add(-time.Duration(r.Ahead) * time.Hour)
	if at.Before(tx.Now()) {
		return nil
	}
	return job.Add(tx, bellRemind, remindKey(a), at)
}

func (s *Service) hush(tx *db.Tx, a Appointment) error {
	if err := s.Gate.Stop(tx, "remind/"+remindKey(a)); err != nil {
		return err
	}
	return job.Cancel(tx, bellRemind, remindKey(a))
}

// rehang lets the bells of all appointments ahead follow a new choice.
func (s *Service) rehang(tx *db.Tx, person ref.Person) error {
	list, err := s.ahead(tx, person)
	if err != nil {
		return err
	}
	for _, a := range list {
		if err := s.hush(tx, a); err != nil {
			return err
		}
		if err := s.hang(tx, a); err != nil {
			return err
		}
	}
	return nil
}

// remind is the bell: it says the words that the person chose, by the way that
// they chose, if the appointment still stands.
func (s *Service) remind(ctx context.Context, j job.Job) error {
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		which, _, _ := strings.Cut(j.Key, "/")
		a, err := s.meetings.Get(tx, which)
		if errs.Is(err, errs.NotFound) {
			return j.Done(tx)
		}
		if err != nil {
			return err
		}
		r, err := s.remindOf(tx, a.Person)
		if err != nil {
			return err
		}
		if a.State == Planned && remindKey(a) == j.Key && r.How != noReminder && a.StartsAt.After(tx.Now()) {
			if err := s.say(tx, a, r); err != nil {
				return err
			}
		}
		if err := audit.Record(tx, audit.Entry{Kind: audit.Look, Action: bellRemind, Record: meetingRow(a)}); err != nil {
			return err
		}
		return j.Done(tx)
	})
	return errs.Wrap("engagement: reminder", err)
}

// say sends it without a link: whoever is reminded holds no account that a link opens
// by, and whoever else has the phone is led nowhere.
func (s *Service) say(tx *db.Tx, a Appointment, r Remind) error {
	return s.Gate.Send(tx, notify.Message{
		Key: "remind/" + remindKey(a), Word: r.Word, To: []string{string(a.Person)},
		Channels: []string{r.How}, Useful: a.StartsAt.Sub(tx.Now()),
	})
}
