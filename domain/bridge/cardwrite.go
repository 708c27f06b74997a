package bridge

import (
	"context"

	"alongside/domain/access"
	"alongside/domain/audit"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/i18n"
	"alongside/platform/id"
)

// Write keeps a new version of a card, or a new card when Card is empty. Row is
// the id of the form: twice is once, and other words under it are a Conflict.
// after is the newest version that the writer has seen; when someone wrote
// another since, nothing is kept and the page says so.
func (c *Cards) Write(ctx context.Context, e Edition, after int64) (Edition, error) {
	var out Edition
	err := c.DB.Write(ctx, func(tx *db.Tx) error {
		if err := c.Allow(tx, "card.write", access.Resource{}); err != nil {
			return err
		}
		have, err := c.editions.Get(tx, e.Row)
		if err == nil && !sameCard(e, have) {
			return other("a card, with other words")
		}
		if err == nil {
			out = have
			return nil
		}
		if !errs.Is(err, errs.NotFound) {
			return err
		}
		if out, err = c.next(tx, e, after); err != nil {
			return err
		}
		changes, err := c.editions.Insert(tx, &out)
		if err != nil {
			return err
		}
		return c.wrote(tx, "card.write", out, changes)
	})
	return out, errs.Wrap("bridge: write a card", err)
}

func sameCard(sent, have Edition) bool {
	said := func(e Edition) [8]string {
		return [8]string{e.Kind, e.TitleEN, e.BodyEN, e.TitleES, e.BodyES, e.TitleAR, e.BodyAR, e.Sources}
	}
	return said(sent) == said(have) && (sent.Card == "" || sent.Card == have.Card)
}

func (c *Cards) wrote(tx *db.Tx, action string, e Edition, changes []field.Change) error {
	return audit.Write(tx, audit.Entry{Kind: audit.Change, Action: action, Record: "bridge_card/" + e.Row, Changes: changes})
}

// next is e as the next version of its card.
func (c *Cards) next(tx *db.Tx, e Edition, after int64) (Edition, error) {
	if !field.Offered(CardKinds(), e.Kind) {
		return e, refuse("kind", "error.pick-one")
	}
	if err := whole(e); err != nil {
		return e, err
	}
	newest := int64(0)
	if e.Card == "" {
		e.Card = e.Row
	} else {
		versions, err := c.versionsOf(tx, e.Card)
		if err != nil {
			return e, err
		}
		newest = versions[len(versions)-1].Number
	}
	if newest != after {
		return e, refuse("", "bridge.card.error.meanwhile")
	}
	e.Number, e.WrittenBy, e.WrittenAt = newest+1, tx.Scope().Actor, tx.Now()
	e.ReviewedBy, e.Version = "", 1
	return e, nil
}

// whole refuses a card without a language, and a language with only half of it.
func whole(e Edition) error {
	for _, l := range i18n.Langs() {
		title, body, ok := e.in(l)
		switch {
		case ok:
		case title != "":
			return refuse("body_"+string(l), "bridge.card.error.half")
		case body != "":
			return refuse("title_"+string(l), "bridge.card.error.half")
		}
	}
	if len(e.langs()) == 0 {
		return refuse("title_en", "bridge.card.error.empty")
	}
	return nil
}

// Review says that a second person read the newest version and that it fits
// here. Whoever wrote it cannot. English that is too hard to read stays a draft.
// Words that came with the program are kept with it, as version 1, so that what
// was reviewed does not change with the next program.
func (c *Cards) Review(ctx context.Context, card string, number int64) error {
	err := c.DB.Write(ctx, func(tx *db.Tx) error {
		versions, err := c.versionsOf(tx, card)
		if err != nil {
			return err
		}
		before := versions[len(versions)-1]
		if err := c.mayReview(tx, before); err != nil {
			return err
		}
		switch {
		case before.reviewed():
			return nil
		case before.Number != number:
			return refuse("", "bridge.card.error.meanwhile")
		case before.hard():
			return refuse("", "bridge.card.error.hard")
		}
		after := before
		after.ReviewedBy, after.ReviewedAt = tx.Scope().Actor, tx.Now()
		changes, err := c.putReview(tx, before, &after)
		if err != nil {
			return err
		}
		return c.wrote(tx, "card.review", after, changes)
	})
	return errs.Wrap("bridge: review a card", err)
}

func (c *Cards) mayReview(tx *db.Tx, e Edition) error {
	return c.Allow(tx, "card.review", access.Resource{Kind: "Card", ID: e.Card, Attrs: map[string]string{"writer": e.WrittenBy}})
}

func (c *Cards) putReview(tx *db.Tx, before Edition, after *Edition) ([]field.Change, error) {
	if before.Number > 0 {
		return c.editions.Update(tx, &before, after)
	}
	after.Row, after.Number, after.WrittenAt, after.Version = id.New(tx.Now()), 1, tx.Now(), 1
	return c.editions.Insert(tx, after)
}
