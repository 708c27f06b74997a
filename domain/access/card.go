package access

import (
	"errors"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/fold"
	"alongside/platform/i18n"
	"alongside/platform/wordlist"
)

// Card is what a participant signs in with who has no e-mail and no number: an
// alias of their own choice, and words that stand on paper. An account has one
// that opens; those before it are void.
type Card struct {
	ID        string
	Person    ref.Person
	Account   ref.Account
	Alias     string
	Language  string // of the words
	FoundBy   []byte // keyed mark of the alias and the first letters of the words; empty when void
	Words     []byte // slow hash of the words, sealed; empty when void
	Act       []byte // mark of the form that made it
	MadeBy    string
	CreatedAt time.Time
	UsedAt    time.Time // zero: nobody came in with it
	EndedAt   time.Time // zero: it opens
}

// Cards says what a card holds.
func Cards() *field.Record[Card] {
	type f = field.Field[Card]
	return field.Define("access_card",
		field.Keys[Card]{
			ID: []string{"card"}, Subject: func(c *Card) string { return string(c.Person) },
			Title: i18n.Text{EN: "Your card to sign in with", ES: "Su tarjeta para entrar", AR: "بطاقتك لتسجيل الدخول"},
		},
		f{Column: "card", Kind: field.Ref, At: func(c *Card) any { return &c.ID }},
		f{Column: "person", Kind: field.Ref, At: func(c *Card) any { return &c.Person }},
		f{Column: "account", Kind: field.Ref, At: func(c *Card) any { return &c.Account }},
		f{
			Column: "alias", Kind: field.Text, Asked: true, Required: true, Sealed: true, Limit: maxAlias,
			Label: i18n.Text{EN: "Alias", ES: "Alias", AR: "الاسم المستعار"},
			Hint:  i18n.Text{EN: "A name they choose. Any name will do.", ES: "Un nombre que elige la persona. Cualquier nombre sirve.", AR: "اسم يختاره الشخص بنفسه. أي اسم يكفي."},
			At:    func(c *Card) any { return &c.Alias },
		},
		f{
			Column: "language", Kind: field.Choice, Asked: true, Required: true, Options: languageOptions(),
			Label: i18n.Text{EN: "Language of the card", ES: "Idioma de la tarjeta", AR: "لغة البطاقة"},
			At:    func(c *Card) any { return &c.Language },
		},
		f{Column: "found_by", Kind: field.Digest, At: func(c *Card) any { return &c.FoundBy }},
		f{Column: "words", Kind: field.Digest, At: func(c *Card) any { return &c.Words }},
		f{Column: "act", Kind: field.Digest, At: func(c *Card) any { return &c.Act }},
		f{Column: "made_by", Kind: field.Ref, At: func(c *Card) any { return &c.MadeBy }},
		f{Column: "created_at", Kind: field.Instant, Label: i18n.Text{EN: "Made on", ES: "Hecha el", AR: "صُنعت في"}, At: func(c *Card) any { return &c.CreatedAt }},
		f{Column: "used_at", Kind: field.Instant, Label: i18n.Text{EN: "First used on", ES: "Usada por primera vez el", AR: "استُخدمت أول مرة في"}, At: func(c *Card) any { return &c.UsedAt }},
		f{Column: "ended_at", Kind: field.Instant, Label: i18n.Text{EN: "Stopped on", ES: "Dejó de servir el", AR: "توقفت في"}, At: func(c *Card) any { return &c.EndedAt }},
	)
}

const (
	maxAlias    = 60
	cardLength  = 5 // words on a card, of eight bits each
	cardFirst   = 3 // letters by which cards of one alias are told apart
	wordsSealed = "access_card.words"
	cardFind    = "access.card"      // what a card is found by
	cardActUse  = "access.card-act"  // what a form is remembered by
	cardWordUse = "access.card-word" // what words are picked by
)

// cardMark is what a card is found by: the alias, and the first letters of the words,
// since more than one may have chosen the same alias. One mark has one card, so that
// one slow comparison answers, whoever asks.
func cardMark(tx *db.Tx, alias, words string) []byte {
	first := []rune(words)
	return tx.Vault().Token("", cardFind, []byte(fold.Letters(alias)+"\n"+string(first[:min(cardFirst, len(first))])))
}

// cardWords are the words that an act gives a card. They are as good as chance to
// whoever lacks the organisation's keys or the act, which is kept nowhere; the button
// pressed twice shows the same.
func cardWords(tx *db.Tx, lang, card, act string) []string {
	picked := tx.Vault().Token(tx.Scope().Tenant, cardWordUse, []byte(card+"\n"+act))
	return wordlist.Pick(i18n.Lang(lang), picked[:cardLength])
}

// endCards makes the cards of an account void: nothing is left to find or compare.
func endCards(tx *db.Tx, account ref.Account) (int64, error) {
	all, err := openCards(tx, `account = $2`, account)
	return int64(len(all)), errors.Join(err, voidCards(tx, all))
}

// openCards are the ids of those cards that open.
func openCards(tx *db.Tx, which string, args ...any) ([]string, error) {
	return db.Column[string](tx, `SELECT card FROM access_card WHERE tenant = $1 AND ended_at = 0 AND `+which, args...)
}

func voidCards(tx *db.Tx, all []string) error {
	for _, card := range all {
		if err := voidCard(tx, card); err != nil {
			return err
		}
		tx.TakenBack(cardKind, card)
	}
	return nil
}

func voidCard(tx *db.Tx, card string) error {
	_, err := tx.Exec(`UPDATE access_card SET ended_at = $3, found_by = $4, words = $4 WHERE tenant = $1 AND card = $2`, card, tx.Now(), []byte{})
	return err
}

// EndCardsMade makes void the card that an account got between two instants, and ends
// what was opened by a card. Who may ask is for the caller to decide.
func (s *Service) EndCardsMade(tx *db.Tx, account ref.Account, from, until time.Time) error {
	all, err := openCards(tx, `account = $2 AND created_at >= $3 AND created_at <= $4`, account, from, until)
	if err == nil && len(all) > 0 {
		err = errors.Join(voidCards(tx, all), endByCard(tx, account, ""))
	}
	if err != nil || len(all) == 0 {
		return errs.Wrap("access: end cards", err)
	}
	return record(tx, "account.card-drop", account, rowOf(account), nil)
}

// endByCard ends the sign-ins of an account that were made by a card, all but one.
func endByCard(tx *db.Tx, account ref.Account, but string) error {
	_, err := tx.Exec(`UPDATE access_session SET ended_at = $4 WHERE tenant = $1 AND account = $2 AND session <> $3 AND way = 'card' AND ended_at = 0`,
		account, but, tx.Now())
	return err
}

// laterCard is when the card of an account that opens was made, or since, if that is later.
func laterCard(tx *db.Tx, since time.Time, account ref.Account) (time.Time, error) {
	at, err := cardSince(tx, account)
	if at.After(since) {
		since = at
	}
	return since, err
}

// cardSince is when the card of an account that opens was made; the zero time for none.
func cardSince(tx *db.Tx, account ref.Account) (time.Time, error) {
	var at time.Time
	err := tx.Row(`SELECT COALESCE(MAX(created_at), 0) FROM access_card WHERE tenant = $1 AND account = $2 AND ended_at = 0`, account).Scan(&at)
	return at, err
}
