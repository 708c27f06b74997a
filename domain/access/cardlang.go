package access

import (
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/i18n"
)

// langFor is the language of the pages for who comes in by a card: the one that they
// speak, else that of the card.
func (s *Service) langFor(tx *db.Tx, c Card) (string, error) {
	name, speaks, err := s.Persons.Known(tx, c.Person)
	return CardFor{Name: name, Speaks: speaks}.language(i18n.Lang(c.Language)), err
}

// sayLang notes that language in an account where nobody has chosen one.
func (s *Service) sayLang(tx *db.Tx, c Card, account ref.Account) error {
	before, err := s.accounts.Get(tx, account)
	if err != nil || before.Language != "" {
		return err
	}
	after := before
	if after.Language, err = s.langFor(tx, c); err != nil {
		return err
	}
	changes, err := s.accounts.Update(tx, &before, &after)
	if err != nil {
		return err
	}
	return record(tx, "account.profile", account, rowOf(account), changes)
}
