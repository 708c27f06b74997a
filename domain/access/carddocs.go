package access

import (
	"net/url"

	"alongside/platform/i18n"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

func cardFormDoc(v *page.View, f cardForm) page.Doc {
	d := page.Doc{Title: v.T("access.card.title"), Kind: page.Worker, Body: cardFormBody(v, f), Narrow: true}
	if len(f.Problems) > 0 {
		d.Status = f.Status
	}
	return d
}

func paperDoc(v *page.View, p paper) page.Doc {
	return page.Doc{Title: v.T("access.card.title"), Kind: page.Worker, Body: paperBody(v, p), Narrow: true}
}

// cardDoorDoc is a participant's page before they are known: its title says nothing.
func cardDoorDoc(v *page.View, d cardDoor) page.Doc {
	return page.Doc{Title: v.T("access.sign-in.title"), Kind: page.Participant, Body: cardDoorBody(v, d), Narrow: true, Status: d.Status}
}

// cardDoorLink leads to the page for a card, and from there to where someone wanted to
// go.
func cardDoorLink(to string) string { return CardDoorPath + "?to=" + url.QueryEscape(to) }

// aliasField asks a person, by the worker beside them, for the alias of their choice.
func aliasField(v *page.View, f cardForm) ui.FieldProps {
	c, _ := Cards().Field("alias")
	return ui.FieldProps{
		Name: "alias", Label: v.Text(c.Label), Hint: v.Text(c.Hint), Value: f.Alias, Exact: true,
		Max: c.Limit, Say: page.ProblemOf(f.Problems, "alias"),
	}
}

func cardLanguage(v *page.View, f cardForm) ui.ChoiceProps {
	c, _ := Cards().Field("language")
	var options []ui.OptionProps
	for _, o := range c.Options {
		options = append(options, ui.OptionProps{Value: o.Value, Label: o.Label.In(v.Lang)})
	}
	return ui.ChoiceProps{
		Name: "language", Label: v.Text(c.Label), Values: []string{f.Language}, Options: options, Say: page.ProblemOf(f.Problems, "language"),
	}
}

// lang is the language of a card.
func (p paper) lang() i18n.Lang { return i18n.Lang(p.Lang) }

func cardWays(v *page.View, o ownPage) string {
	return v.T("access.account.card-since", "When", ui.Apart(v.When(o.Ways.CardSince)))
}
