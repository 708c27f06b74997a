package access

import (
	"time"

	"alongside/platform/page"
	"alongside/platform/page/ui"
	"alongside/platform/wordlist"
)

func sampleCardForm(v *page.View) cardForm {
	return cardForm{Person: "p", CardFor: CardFor{Name: "Wren Demo"}, CardAsk: CardAsk{Language: string(v.Lang)}, Act: "a"}
}

func sampleCardAgain(v *page.View) page.Doc {
	f := sampleCardForm(v)
	f.Since, f.Status = v.Now.Add(-40*24*time.Hour), 422
	f.Problems = []page.Problem{{Field: "alias", Say: v.T("access.error.alias")}}
	return cardFormDoc(v, f)
}

// samplePaper is a card of nobody: its words are the first of the list.
func samplePaper(v *page.View) page.Doc {
	p := paper{Person: "p", Words: v.Words, Link: "https://alongside.example" + CardDoorPath, GivenCard: GivenCard{
		Name: "Wren Demo", Alias: "Blue Heron", Lang: string(v.Lang), Words: wordlist.Pick(v.Lang, []byte{0, 60, 120, 180, 240}),
	}}
	square, err := ui.NewSquare(p.Link)
	if p.Square = square; err != nil {
		p.Square = ui.Square{}
	}
	return paperDoc(v, p)
}

func sampleOwnCard(v *page.View) page.Doc {
	v.Signed = &page.Signed{Name: "Blue Heron", Role: Participant}
	return ownDoc(v, ownPage{Profile: Profile{Name: "Blue Heron"}, Who: Who{Way: WayCard}, Passkeys: true, Fresh: true, Still: true, Ways: Ways{CardSince: v.Now.Add(-40 * 24 * time.Hour)}})
}
