package access

import (
	"context"
	"errors"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/fold"
	"alongside/platform/scope"
	"alongside/platform/seal"
)

// TypedCard is what somebody read from a card.
type TypedCard struct{ Alias, Words string }

// maxWords is more than any card has, in letters.
const maxWords = 200

// foundCard is a card that opens, with its hash unsealed.
type foundCard struct {
	tenant  string
	card    string
	account ref.Account
	hash    string
}

// SignInByCard signs in with an alias and the words of a card, in any case, with any
// accents, spaces and commas. Whatever is wrong (no such alias, the words, a card that
// is void, a paused account), the answer is the same Invalid error, after the same
// work: one comparison of a slow hash. TooMany when it was tried too often.
func (s *Service) SignInByCard(ctx context.Context, t TypedCard, d Device) (Arrival, error) {
	if err := s.try(ctx, func(tx *db.Tx) []attempt { return cardTries(tx, t.Alias, d) }); err != nil {
		return Arrival{}, err
	}
	words := fold.Letters(t.Words)
	if len(words) > maxWords {
		words = ""
	}
	found, err := s.cardFound(ctx, t.Alias, words)
	if err != nil {
		return Arrival{}, errs.Wrap("access: sign in by card", err)
	}
	ok, err := s.hasher.matches(ctx, words, found.hash)
	if err != nil {
		return Arrival{}, errs.Wrap("access: sign in by card", err)
	}
	if !ok {
		return Arrival{}, notThisCard()
	}
	var out Arrival
	err = s.DB.Write(as(ctx, found.tenant, found.account), func(tx *db.Tx) error {
		if out, err = s.enterByCard(tx, found, d); err != nil {
			return err
		}
		return forget(tx, cardTries(tx, t.Alias, d)[0])
	})
	if errs.Is(err, errs.NotFound) {
		return Arrival{}, notThisCard()
	}
	return out, errs.Wrap("access: sign in by card", err)
}

func notThisCard() error {
	return errs.New(errs.Invalid, "access: sign in by card", "access.error.not-this-card")
}

// cardFound looks for the card of an alias and the first letters of words; it is empty
// when there is none.
func (s *Service) cardFound(ctx context.Context, alias, words string) (found foundCard, err error) {
	err = s.DB.Read(scope.AsSystem(ctx, "find the card of an alias that signs in"), func(tx *db.Tx) error {
		var sealed []byte
		err := tx.SysRow(`SELECT tenant, card, account, words FROM access_card WHERE found_by = $1 AND ended_at = 0 ORDER BY created_at DESC LIMIT 1`,
			cardMark(tx, alias, words)).Scan(&found.tenant, &found.card, &found.account, &sealed)
		if errs.Is(err, errs.NotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		hash, err := tx.Vault().Unseal(found.tenant, wordsSealed, sealed)
		if found.hash = string(hash); errors.Is(err, seal.ErrErased) || errors.Is(err, seal.ErrNoTenant) {
			found, err = foundCard{}, nil
		}
		return err
	})
	return found, err
}

// enterByCard begins a sign-in by a card that still opens, for somebody who is a
// participant and nothing else.
func (s *Service) enterByCard(tx *db.Tx, found foundCard, d Device) (Arrival, error) {
	n, err := tx.Exec(`UPDATE access_card SET used_at = CASE WHEN used_at = 0 THEN $3 ELSE used_at END WHERE tenant = $1 AND card = $2 AND ended_at = 0`, found.card, tx.Now())
	if err == nil && n == 0 {
		err = absent("access: card is void")
	}
	if err != nil {
		return Arrival{}, err
	}
	a, err := s.accounts.Get(tx, found.account)
	if err == nil && !onlyParticipant(a.Roles) {
		err = absent("access: card of someone who works here")
	}
	if err != nil {
		return Arrival{}, err
	}
	return s.begin(tx, a, WayCard, d)
}

// cardTries are the attempts that a sign-in with this alias from this place counts
// against: as with an address, and what one place may try it may try in all.
func cardTries(tx *db.Tx, alias string, d Device) []attempt {
	here, one, place := limits()
	here.what, one.what = "card-here", "card"
	who := fold.Letters(alias)
	return []attempt{
		{here, tryMark(tx, "card-here", who+" "+d.Net)}, {one, tryMark(tx, "card", who)}, {place, tryMark(tx, "place", d.Net)},
	}
}

// DropCard makes the asker's card void, and ends what others came in to by it: it may be
// missing. Other ways stay, and so does the sign-in that asks.
func (s *Service) DropCard(ctx context.Context) error {
	if err := s.fresh(ctx); err != nil {
		return err
	}
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		own := ref.Account(tx.Scope().Actor)
		if err := s.Allow(tx, "session.own", Own(string(own))); err != nil {
			return err
		}
		n, err := endCards(tx, own)
		if err == nil {
			err = endByCard(tx, own, tx.Scope().Session)
		}
		if err != nil || n == 0 {
			return err
		}
		return record(tx, "account.card-drop", own, rowOf(own), nil)
	})
	return errs.Wrap("access: drop card", err)
}
