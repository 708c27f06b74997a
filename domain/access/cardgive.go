package access

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/fold"
	"alongside/platform/i18n"
	"alongside/platform/id"
)

// Owner is a person and the account that is their own.
type Owner struct {
	Account ref.Account
	Person  ref.Person // the record of theirs that it belongs to
}

// Persons is what making a card needs to know of the person it is for; app wires it.
type Persons struct {
	May   func(tx *db.Tx, action string, person ref.Person) error                      // policy about one person
	Known func(tx *db.Tx, person ref.Person) (name string, speaks []string, err error) // the name they use, and their languages; NotFound; owes a look
	Own   func(tx *db.Tx, person ref.Person) ([]Owner, error)                          // by each of their records, the one they are shown by first; none: they have no account yet
	Tie   func(tx *db.Tx, o Owner) error                                               // the account is the person's own from now on
}

// CardAsk is what a card is made from.
type CardAsk struct{ Alias, Language string }

// check refuses what no card can be made from. An alias has a letter or a digit, since
// nothing else of it is compared.
func (a *CardAsk) check() error {
	a.Alias = strings.TrimSpace(a.Alias)
	switch {
	case fold.Letters(a.Alias) == "":
		return errs.At("access: give a card", "alias", "access.error.alias")
	case utf8.RuneCountInString(a.Alias) > maxAlias:
		return errs.At("access: give a card", "alias", "access.error.alias-long")
	case !slices.Contains(i18n.Langs(), i18n.Lang(a.Language)):
		return errs.At("access: give a card", "language", "access.error.card-language")
	}
	return nil
}

// GivenCard is a card as it is shown, once.
type GivenCard struct {
	Name  string // the name of the person it is for
	Alias string
	Lang  string
	Words []string
}

// CardFor is what is said of a person before a card is made for them.
type CardFor struct {
	Name   string
	Speaks []string  // languages the person asked to be spoken to in
	Since  time.Time // of the card that opens now; zero for none
}

// language is the one of ours that the person speaks; or where there is none.
func (c CardFor) language(or i18n.Lang) string {
	for _, l := range c.Speaks {
		if slices.Contains(i18n.Langs(), i18n.Lang(l)) {
			return l
		}
	}
	return string(or)
}

const cardAction = "account.card"

// CardOf says whether a person has a card, and not what stands on it.
func (s *Service) CardOf(ctx context.Context, person ref.Person) (out CardFor, err error) {
	err = s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Persons.May(tx, cardAction, person); err != nil {
			return err
		}
		if out.Name, out.Speaks, err = s.Persons.Known(tx, person); err != nil {
			return err
		}
		all, err := s.Persons.Own(tx, person)
		for i := 0; err == nil && i < len(all); i++ {
			out.Since, err = laterCard(tx, out.Since, all[i].Account)
		}
		if err != nil {
			return err
		}
		return audit.Write(tx, audit.Entry{Kind: audit.Look, Action: cardAction, Subjects: []string{string(person)}})
	})
	return out, errs.Wrap("access: card of", err)
}

// GiveCard makes a card for a person, and an account of their own where they have
// none. The card they had is void from then on, and whoever was signed in as them is
// signed out. act is the id of the form: the same within a moment shows the same card,
// and later it shows none.
func (s *Service) GiveCard(ctx context.Context, person ref.Person, ask CardAsk, act string) (GivenCard, error) {
	var out GivenCard
	made, err := s.cardMade(ctx, person, act)
	if made {
		out, _, err = s.cardAgain(ctx, person, act)
	}
	if err != nil || made {
		return out, errs.Wrap("access: give a card", err)
	}
	if err := ask.check(); err != nil {
		return out, err
	}
	card, words, err := s.freshWords(ctx, ask, act)
	if err != nil {
		return out, errs.Wrap("access: give a card", err)
	}
	hash, err := s.hasher.hash(ctx, fold.Letters(strings.Join(words, "")))
	if err != nil {
		return out, errs.Wrap("access: give a card", err)
	}
	c := Card{ID: card, Person: person, Alias: ask.Alias, Language: ask.Language, Words: []byte(hash)}
	out = GivenCard{Alias: ask.Alias, Lang: ask.Language, Words: words}
	err = s.DB.Write(ctx, func(tx *db.Tx) (err error) {
		out.Name, err = s.makeCard(tx, c, words, act)
		return err
	})
	if errs.Is(err, errs.Conflict) { // pressed twice at once: the other press made it
		if other, found, again := s.cardAgain(ctx, person, act); found && again == nil {
			return other, nil
		}
	}
	return out, errs.Wrap("access: give a card", err)
}

// cardMade reports whether a form made a card already.
func (s *Service) cardMade(ctx context.Context, person ref.Person, act string) (made bool, err error) {
	err = s.DB.Read(ctx, func(tx *db.Tx) error {
		if err := s.Persons.May(tx, cardAction, person); err != nil {
			return err
		}
		_, err := s.cardBy(tx, act)
		if made = err == nil; errs.Is(err, errs.NotFound) {
			return nil
		}
		return err
	})
	return made, err
}

// cardAgain shows what a press of the same button made a moment ago. found is false
// when it made nothing yet. Later than that, or to someone else, it is a Conflict: a
// card is shown once.
func (s *Service) cardAgain(ctx context.Context, person ref.Person, act string) (out GivenCard, found bool, err error) {
	err = s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Persons.May(tx, cardAction, person); err != nil {
			return err
		}
		made, err := s.cardBy(tx, act)
		if found = err == nil; errs.Is(err, errs.NotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		all, err := s.Persons.Own(tx, person)
		if err != nil {
			return err
		}
		age := tx.Now().Sub(made.CreatedAt)
		if !slices.ContainsFunc(all, func(o Owner) bool { return o.Account == made.Account }) || made.MadeBy != tx.Scope().Actor || !made.EndedAt.IsZero() || age < 0 || age >= pressWindow {
			return errs.New(errs.Conflict, "access: card made", "access.error.card-made")
		}
		return s.showAgain(tx, made.ID, act, &out)
	})
	return out, found, err
}

// cardBy is what a form made, as far as it stands in the open.
func (s *Service) cardBy(tx *db.Tx, act string) (c Card, err error) {
	err = tx.Row(`SELECT card, account, made_by, created_at, ended_at FROM access_card WHERE tenant = $1 AND act = $2`,
		tx.Vault().Token(tx.Scope().Tenant, cardActUse, []byte(act))).Scan(&c.ID, &c.Account, &c.MadeBy, &c.CreatedAt, &c.EndedAt)
	return c, err
}

func (s *Service) showAgain(tx *db.Tx, card, act string, out *GivenCard) error {
	c, err := s.cards.Get(tx, card)
	if err != nil {
		return err
	}
	name, _, err := s.Persons.Known(tx, c.Person)
	*out = GivenCard{Name: name, Alias: c.Alias, Lang: c.Language, Words: cardWords(tx, c.Language, c.ID, act)}
	if err != nil {
		return err
	}
	return audit.Write(tx, audit.Entry{Kind: audit.Look, Action: cardAction, Subjects: []string{string(c.Person)}, Record: cardRow(c.ID)})
}

// cardPicks is how often words are picked anew where an alias has many cards.
const cardPicks = 64

// freshWords picks words by which no other card of the alias is found, in any
// organisation.
func (s *Service) freshWords(ctx context.Context, ask CardAsk, act string) (card string, words []string, err error) {
	err = s.DB.Read(ctx, func(tx *db.Tx) error {
		for range cardPicks {
			card = id.New(s.Clock.Now())
			words = cardWords(tx, ask.Language, card, act)
			var n int
			err := tx.SysRow(`SELECT COUNT(*) FROM access_card WHERE found_by = $1`, cardMark(tx, ask.Alias, fold.Letters(strings.Join(words, "")))).Scan(&n)
			if err != nil || n == 0 {
				return err
			}
		}
		return errs.At("access: give a card", "alias", "access.error.alias-often")
	})
	return card, words, err
}

// makeCard stores a card in place of the one there was, and returns the name of the
// person it is for.
func (s *Service) makeCard(tx *db.Tx, c Card, words []string, act string) (string, error) {
	if err := s.Persons.May(tx, cardAction, c.Person); err != nil {
		return "", err
	}
	name, _, err := s.Persons.Known(tx, c.Person)
	if err != nil {
		return "", err
	}
	all, err := s.ownersOf(tx, c)
	if err != nil {
		return "", err
	}
	about := []string{string(c.Person), string(all[0].Account)}
	if c.Person != all[0].Person { // asked for by another of their records
		about = append(about, string(all[0].Person))
	}
	c.Account, c.Person = all[0].Account, all[0].Person
	for _, o := range all {
		if _, err := shut(tx, o.Account); err != nil {
			return "", err
		}
	}
	if err := s.sayLang(tx, c, c.Account); err != nil {
		return "", err
	}
	c.FoundBy = cardMark(tx, c.Alias, fold.Letters(strings.Join(words, "")))
	c.Act = tx.Vault().Token(tx.Scope().Tenant, cardActUse, []byte(act))
	c.MadeBy, c.CreatedAt = tx.Scope().Actor, tx.Now()
	if c.Words, err = tx.Vault().Seal(tx.Scope().Tenant, string(c.Person), wordsSealed, c.Words); err != nil {
		return "", err
	}
	changes, err := s.cards.Insert(tx, &c)
	if err != nil {
		return "", err
	}
	return name, audit.Write(tx, audit.Entry{
		Kind: audit.Change, Action: cardAction, Subjects: about, Record: cardRow(c.ID), Changes: changes,
	})
}

// Shut makes void the card and the links of an account, and ends where somebody is
// signed in to it. Who may ask is for the caller to decide.
func (s *Service) Shut(tx *db.Tx, account ref.Account) error {
	n, err := shut(tx, account)
	if err != nil || n == 0 {
		return errs.Wrap("access: shut", err)
	}
	return record(tx, "account.card-drop", account, rowOf(account), nil)
}

// shut returns how many cards it made void.
func shut(tx *db.Tx, account ref.Account) (int64, error) {
	n, err := endCards(tx, account)
	if err == nil {
		err = endLinks(tx, account)
	}
	if err == nil {
		err = endSessions(tx, account, "")
	}
	return n, err
}

// ownersOf is whose the card is: their account first, made where there is none, and
// those of their other records. Where one is paused, or of someone who works here too,
// there can be no card.
func (s *Service) ownersOf(tx *db.Tx, c Card) ([]Owner, error) {
	all, err := s.Persons.Own(tx, c.Person)
	if err == nil && len(all) == 0 {
		own, err := s.firstOf(tx, c)
		return []Owner{own}, err
	}
	for i := 0; err == nil && i < len(all); i++ {
		var open []string
		if open, err = s.Held(tx, all[i].Account); err == nil && !onlyParticipant(open) {
			err = errs.New(errs.Conflict, "access: no card for this account", "access.error.card-closed")
		}
	}
	return all, err
}

// firstOf makes an account for somebody who has none.
func (s *Service) firstOf(tx *db.Tx, c Card) (Owner, error) {
	lang, err := s.langFor(tx, c)
	if err != nil {
		return Owner{}, err
	}
	a, err := s.add(tx, Newcomer{Name: c.Alias, Roles: []string{Participant}, Language: lang})
	own := Owner{a.ID, c.Person}
	if err == nil {
		err = record(tx, "account.invite", a.ID, rowOf(a.ID), nil)
	}
	if err != nil {
		return own, err
	}
	return own, s.Persons.Tie(tx, own)
}

// onlyParticipant reports whether somebody walks their own path here and does nothing
// else: words on paper must not open what a worker sees.
func onlyParticipant(roles []string) bool { return len(roles) == 1 && roles[0] == Participant }

func cardRow(card string) string { return "access_card/" + card }
