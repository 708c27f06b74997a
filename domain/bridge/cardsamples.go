package bridge

import (
	"alongside/domain/ref"
	"alongside/platform/page"
)

// CardSamples are the pages of cards in the storybook, with made-up people.
func CardSamples() []page.Sample {
	return []page.Sample{
		{Name: "bridge/cards", Doc: func(v *page.View) page.Doc { return cardsDoc(v, cardsForm{Makes: true, Cards: sampleCards(v)}) }},
		{Name: "bridge/cards-none", Doc: func(v *page.View) page.Doc { return cardsDoc(v, cardsForm{Makes: true, Want: Wanted{Word: "kite"}}) }},
		{Name: "bridge/cards-own", Doc: func(v *page.View) page.Doc {
			return cardsDoc(v, cardsForm{Own: true, Cards: sampleCards(v), Given: sampleGiven(v), Act: "a"})
		}},
		{Name: "bridge/card", Doc: func(v *page.View) page.Doc { return cardDoc(v, sampleStory(v, 0)) }},
		{Name: "bridge/card-version", Doc: func(v *page.View) page.Doc {
			f := sampleStory(v, 2)
			f.One = true
			return cardDoc(v, f)
		}},
		{Name: "bridge/card-show", Doc: func(v *page.View) page.Doc {
			return cardSheetDoc(v, cardSheet{Card: sampleCard("c05"), Lang: v.Lang})
		}},
		{Name: "bridge/card-show-own", Doc: func(v *page.View) page.Doc {
			c := sampleCard("c18")
			c.ReviewedBy, c.ReviewedAt = "sol", v.Now.AddDate(0, 0, -6)
			return cardSheetDoc(v, cardSheet{Card: c, Own: true, Lang: v.Lang})
		}},
		{Name: "bridge/card-write", Doc: func(v *page.View) page.Doc {
			return writeDoc(v, writeForm{Typed: sampleCard("c08").Edition, Act: "a"})
		}},
		{Name: "bridge/card-write-needs", Doc: func(v *page.View) page.Doc {
			e := Edition{Kind: CardCare, TitleEN: "Rest", BodyEN: "Institutional confidentiality obligations.", TitleAR: "راحة"}
			half := page.Problem{Field: "body_ar", Say: v.T("bridge.card.error.half")}
			return writeDoc(v, writeForm{Typed: e, Act: "a", Problems: []page.Problem{half}})
		}},
		{Name: "bridge/card-give", Doc: func(v *page.View) page.Doc {
			return giveDoc(v, giveForm{Given: sampleGiven(v), Door: Door{Person: "p1"}, Act: "a"})
		}},
		{Name: "bridge/card-mine", Doc: func(v *page.View) page.Doc {
			return page.Doc{Title: v.T("bridge.card.yours"), Kind: page.Participant, Body: samplePanel(v, cardsPanel(v, sampleGiven(v))), Narrow: true}
		}},
	}
}

// sampleCard is a starter as it is shown.
func sampleCard(id string) Card {
	all, err := Starters()
	if err != nil {
		return Card{}
	}
	for _, s := range all {
		if s.ID == id {
			return Card{Edition: s.edition(), Country: s.Country, Came: s.edition()}
		}
	}
	return Card{}
}

func sampleCards(v *page.View) []Card {
	var out []Card
	for _, id := range []string{"c01", "c04", "c06", "c05", "c20", "c02", "c12", "c15", "c18"} {
		out = append(out, sampleCard(id))
	}
	out[1].Newer = 2
	out[2].ReviewedBy, out[2].ReviewedAt = "sol", v.Now
	return out
}

func sampleGiven(v *page.View) Given {
	gift := func(id ref.Gift, card string, days int, number int64) GivenCard {
		c := sampleCard(card)
		return GivenCard{Gift{ID: id, Card: card, Title: c.title(v.Lang), Number: number, GivenAt: v.Now.AddDate(0, 0, -days)}, c}
	}
	return Given{
		Person: "p1", Here: true, Name: "Blue", Way: true, Open: sampleCards(v),
		Gifts: []GivenCard{gift("g1", "c12", 1, 0), gift("g2", "c05", 9, 1)},
	}
}

func sampleShown(versions []Edition) Card {
	c := cardOf(versions)
	c.Came = versions[0]
	return c
}

// sampleStory is a card with a version that was read, and one that waits.
func sampleStory(v *page.View, read int) storyForm {
	first := sampleCard("c09")
	second, third := first.Edition, first.Edition
	second.Row, second.Number, second.WrittenBy, second.WrittenAt = "e1", 1, "rosa", v.Now.AddDate(0, 0, -20)
	second.ReviewedBy, second.ReviewedAt = "sol", v.Now.AddDate(0, 0, -18)
	third.Row, third.Number, third.WrittenBy, third.WrittenAt = "e2", 2, "idris", v.Now.AddDate(0, 0, -1)
	third.BodyEN += "\nOur centre has strips at the desk."
	versions := []Edition{first.Edition, second, third}
	sources := []Source{{Publisher: "CDC", Says: "far stronger than morphine; powder looks like other drugs"}}
	return storyForm{
		CardStory: CardStory{
			Card: sampleShown(versions), Versions: versions, Sources: sources, Mine: "rosa", Writes: true,
			Names: map[ref.Account]string{"rosa": "Rosa", "sol": "Sol", "idris": "Idris"},
		},
		Read: versions[max(read, 1)], Act: "a",
	}
}
