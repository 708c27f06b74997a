package engagement

import (
	"context"
	"crypto/sha256"
	"strings"
	"time"

	"alongside/domain/audit"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/id"
	"alongside/platform/notify"
)

// A text that comes in to the programme's number is taken once by the id that
// its provider gave it. Where its number belongs to one person who chose texts and
// walks with someone, it is a contact of theirs. Otherwise it waits, sealed under a
// key of its own, for a coordinator.

// The limits of what comes in.
const (
	mostIn      = 2000           // letters of one text
	mostAnHour  = 20             // of one number into a story; more wait for a person
	mostWaiting = 500            // of one organisation; then the provider has to come again
	replyEvery  = 12 * time.Hour // how often a number gets the fixed words at most
)

const inPrefix = "in/"

// Arrived is a text as its provider tells of it.
type Arrived struct{ ID, From, Words string }

// Arrive takes a text in. The scope is that of its door. What was taken before is
// left as it is. Invalid is a text without an id or a sender, or one too long;
// Unavailable says that so many wait here that it has to come again.
func (s *Service) Arrive(ctx context.Context, in Arrived) error {
	in.Words = strings.TrimSpace(in.Words)
	if in.ID == "" || len(in.ID) > 200 || in.From == "" || len([]rune(in.From)) > 40 || len([]rune(in.Words)) > mostIn {
		return errs.New(errs.Invalid, "engagement: a text that cannot be", "")
	}
	return errs.Wrap("engagement: arrive", s.write(ctx, func(tx *db.Tx) error {
		t := TextIn{ID: id.New(tx.Now()), CameAt: tx.Now(), Mark: inMark(tx, "id", in.ID), Number: inMark(tx, "number", tail(in.From)), Version: 1}
		if here, err := known(tx, t.Mark); err != nil || here {
			return err
		}
		return s.arrive(tx, in, t)
	}))
}

// ArriveUnread keeps what came in a form that cannot be read, as it is, for a
// coordinator. The same again is the same.
func (s *Service) ArriveUnread(ctx context.Context, body []byte) error {
	sum := sha256.Sum256(body)
	return errs.Wrap("engagement: arrive unread", s.write(ctx, func(tx *db.Tx) error {
		t := TextIn{ID: id.New(tx.Now()), CameAt: tx.Now(), Mark: inMark(tx, "unread", string(sum[:])), Number: inMark(tx, "number", ""), Why: InUnread, Version: 1}
		if here, err := known(tx, t.Mark); err != nil || here {
			return err
		}
		if err := s.lay(tx, &t, Arrived{Words: legible(string(body))}); err != nil {
			return err
		}
		return s.keepIn(tx, t, "engagement.text-in")
	}))
}

// known reports whether what has this mark came in before.
func known(tx *db.Tx, mark []byte) (bool, error) {
	var n int64
	err := tx.Row("SELECT COUNT(*) FROM engagement_textin WHERE tenant = $1 AND mark = $2", mark).Scan(&n)
	return n > 0, err
}

// legible is what both engines keep of something that was typed elsewhere.
func legible(s string) string {
	return strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "")
}

func inMark(tx *db.Tx, of, what string) []byte {
	return tx.Vault().Token(tx.Scope().Tenant, "engagement text "+of, []byte(what))
}

// tail is what is left of a number in most countries without its own prefix.
func tail(number string) string {
	d := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, people.Fold(number))
	return d[max(0, len(d)-9):]
}

func (s *Service) arrive(tx *db.Tx, in Arrived, t TextIn) error {
	who, err := s.People.ByNumber(tx, in.From)
	if err != nil {
		return err
	}
	if stops(in.Words) {
		return s.stop(tx, who, t)
	}
	if t.Person, t.Why, err = s.writer(tx, who, t); err != nil {
		return err
	}
	if t.AnsweredAt, err = s.replyAt(tx, t); err != nil {
		return err
	}
	if t.Why == "" {
		t.State = InStory
		err = s.intoStory(tx, t, in.Words)
	} else {
		err = s.lay(tx, &t, in)
	}
	if err == nil {
		err = s.keepIn(tx, t, "engagement.text-in")
	}
	if err == nil && !t.AnsweredAt.IsZero() {
		err = s.Gate.SendTyped(tx, inPrefix+t.ID, string(t.Person), usefulText)
	}
	return err
}

func (s *Service) keepIn(tx *db.Tx, t TextIn, action string) error {
	changes, err := s.textsIn.Insert(tx, &t)
	if err == nil && t.State == InWaits {
		err = s.ring(tx)
	}
	if err != nil {
		return err
	}
	var also []string
	if t.subject() != "" {
		also = append(also, t.subject())
	}
	return audit.Record(tx, audit.Entry{Kind: audit.Change, Action: action, Record: t.row(), Changes: filled(changes)}, also...)
}

// writer is whose text it is, or why a person has to say.
func (s *Service) writer(tx *db.Tx, who []ref.Person, t TextIn) (ref.Person, string, error) {
	switch len(who) {
	case 0:
		return "", InUnknown, nil
	case 1:
	default:
		return "", InSeveral, nil
	}
	var lately int64
	err := tx.Row("SELECT COUNT(*) FROM engagement_textin WHERE tenant = $1 AND number = $2 AND came_at > $3", t.Number, tx.Now().Add(-time.Hour)).Scan(&lately)
	if err != nil || lately >= mostAnHour {
		return "", InMany, err
	}
	records, err := s.People.Same(tx, who[0])
	if err != nil {
		return "", "", err
	}
	found, err := s.People.Called(tx, records)
	if err != nil {
		return "", "", err
	}
	why := InNotChosen
	for _, r := range records {
		if !found[r].Texts {
			continue
		}
		why = InAlone
		if walks, err := s.with(tx, r); err != nil || len(walks) > 0 {
			return r, "", err
		}
	}
	return "", why, nil
}

// intoStory makes a text a contact that the person began. Nobody's time is in
// it, and it changes nothing of how things stand: a worry or a promise is not over
// because they wrote.
func (s *Service) intoStory(tx *db.Tx, t TextIn, words string) error {
	_, err := s.contacts.Insert(tx, &Contact{
		ID: ref.Contact(t.ID), SentAs: t.ID, Person: t.Person, Way: Text, TheyBegan: true, Note: words, StartedAt: t.CameAt, NotedAt: tx.Now(),
	})
	return err
}

// lay keeps a text that waits under a key of its own.
func (s *Service) lay(tx *db.Tx, t *TextIn, in Arrived) error {
	var n int64
	if err := tx.Row("SELECT COUNT(*) FROM engagement_textin WHERE tenant = $1 AND state = $2", InWaits).Scan(&n); err != nil {
		return err
	}
	if n >= mostWaiting {
		return errs.New(errs.Unavailable, "engagement: too many texts wait", "error.try-again-soon")
	}
	lock, err := tx.Vault().NewSubject(tx.Scope().Tenant)
	t.State, t.Lock, t.Sender, t.Words = InWaits, ref.Person(lock), in.From, in.Words
	return err
}

// stop ends texts for whoever has the number, at once. Who walks with them sees
// it on Today.
func (s *Service) stop(tx *db.Tx, who []ref.Person, t TextIn) error {
	for _, root := range who {
		records, err := s.People.Same(tx, root)
		if err != nil {
			return err
		}
		for _, r := range records {
			if err := s.noTexts(tx, r); err != nil {
				return err
			}
		}
	}
	if t.State = InStopped; len(who) == 1 {
		t.Person = who[0]
	}
	return s.keepIn(tx, t, "engagement.text-stop")
}

func (s *Service) noTexts(tx *db.Tx, person ref.Person) error {
	before, err := s.People.Find(tx, person)
	if errs.Is(err, errs.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	after := before
	after.Texts = false
	_, err = s.People.Update(tx, before, after)
	return err
}

// replyAt is when the fixed words go back: now, or not at all. A number gets them
// once in some hours, and one that ended texts never.
func (s *Service) replyAt(tx *db.Tx, t TextIn) (time.Time, error) {
	open, err := s.Gate.CanText(tx)
	if err != nil || !open {
		return time.Time{}, err
	}
	var n int64
	err = tx.Row("SELECT COUNT(*) FROM engagement_textin WHERE tenant = $1 AND number = $2 AND (answered_at > $3 OR state = $4)",
		t.Number, tx.Now().Add(-replyEvery), InStopped).Scan(&n)
	if err != nil || n > 0 {
		return time.Time{}, err
	}
	return tx.Now(), nil
}

// typedBack is what the gate asks for when the fixed words go back.
func (s *Service) typedBack(tx *db.Tx, which string) (notify.Typed, error) {
	t, err := s.textsIn.Get(tx, which)
	if err != nil {
		return notify.Typed{}, err
	}
	out, lang := notify.Typed{To: t.Sender}, ""
	if t.Person != "" {
		p, err := s.People.Find(tx, t.Person)
		if err != nil {
			return out, err
		}
		if out.To = p.Phone; !p.Texts {
			out.To = "" // they ended texts meanwhile
		}
		if len(p.Languages) > 0 {
			lang = p.Languages[0]
		}
	}
	if out.Words, err = s.Reply(tx, lang); err != nil {
		return out, err
	}
	if err = audit.Record(tx, audit.Entry{Kind: audit.Look, Action: "engagement.text-back", Record: t.row()}, t.subject()); err == nil && out.To == "" {
		err = absent("a number to answer")
	}
	return out, err
}
