package access

import (
	"net/http"

	"alongside/domain/ref"
	"alongside/platform/i18n"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// cardForm is the page on which a card is made, as it is shown.
type cardForm struct {
	Person ref.Person
	CardFor
	CardAsk
	Act      string
	Problems []page.Problem
	Status   int
}

// paper is a card as it is printed.
type paper struct {
	Person ref.Person
	GivenCard
	Words  *i18n.Words // of the page, in the language of the card
	Link   string
	Square ui.Square
}

// cardDoor is the page on which somebody signs in by a card, as it is shown.
type cardDoor struct {
	To       string // where someone wanted to go; a path of our own
	Alias    string // as it was typed
	Problems []page.Problem
	Status   int
}

// CardDoorPath is where somebody signs in by a card, below the program's origin.
const CardDoorPath = "/sign-in/card"

const ownPagePath = "/mine"

func cardPath(p ref.Person) string { return "/people/" + string(p) + "/card" }

func (web *Web) cardPage(w http.ResponseWriter, r *http.Request) error {
	return web.showCardForm(w, r, cardForm{Act: page.NewAct(page.From(r.Context()).Now)})
}

func (web *Web) showCardForm(w http.ResponseWriter, r *http.Request, f cardForm) error {
	var err error
	f.Person = ref.Person(r.PathValue("person"))
	if f.CardFor, err = web.S.CardOf(r.Context(), f.Person); err != nil {
		return err
	}
	v := page.From(r.Context())
	if f.Language == "" {
		f.Language = f.language(v.Lang)
	}
	return page.Show(w, r, cardFormDoc(v, f))
}

// giveCard answers with the card itself: it is shown once, and no other page can show
// it again.
func (web *Web) giveCard(w http.ResponseWriter, r *http.Request) error {
	form, act, err := page.Posted(w, r)
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	var c Card
	f := cardForm{Act: act, Problems: ui.ProblemsOf(v, web.S.cards.Parse(form, &c)), Status: http.StatusUnprocessableEntity}
	if f.CardAsk = (CardAsk{c.Alias, c.Language}); len(f.Problems) > 0 {
		return web.showCardForm(w, r, f)
	}
	person := ref.Person(r.PathValue("person"))
	given, err := web.S.GiveCard(r.Context(), person, f.CardAsk, act)
	if p, status, ok := shown(v, err); ok {
		f.Problems, f.Status, f.Act = []page.Problem{p}, status, page.NewAct(v.Now)
		return web.showCardForm(w, r, f)
	}
	if err != nil {
		return err
	}
	p := paper{Person: person, GivenCard: given, Link: web.S.Origin() + CardDoorPath, Words: v.Words}
	if web.In != nil {
		p.Words = web.In(i18n.Lang(given.Lang))
	}
	if p.Square, err = ui.NewSquare(p.Link); err != nil {
		return err
	}
	return page.Show(w, r, paperDoc(v, p))
}

// cardDoorPage asks for alias and words also where somebody is signed in: the next one
// at a shared phone must not land on the page of the one before.
func (web *Web) cardDoorPage(w http.ResponseWriter, r *http.Request) error {
	return web.showCardDoor(w, r, cardDoor{To: toOwnPage(r.URL.Query().Get("to"))})
}

func (web *Web) showCardDoor(w http.ResponseWriter, r *http.Request, d cardDoor) error {
	return page.Show(w, r, cardDoorDoc(page.From(r.Context()), d))
}

func (web *Web) signInByCard(w http.ResponseWriter, r *http.Request) error {
	form, err := page.Form(w, r)
	if err != nil {
		return err
	}
	d := cardDoor{To: toOwnPage(form.Get("to")), Alias: form.Get("alias")}
	in, err := web.S.SignInByCard(r.Context(), TypedCard{d.Alias, form.Get("words")}, web.S.deviceOf(r))
	if p, status, ok := shown(page.From(r.Context()), err); ok {
		d.Problems, d.Status = []page.Problem{p}, status
		return web.showCardDoor(w, r, d)
	}
	if err != nil {
		return err
	}
	return page.Back(w, r, web.arrive(w, r, in, d.To))
}

// toOwnPage is where a participant goes on: to a page of their own.
func toOwnPage(to string) string {
	if to = page.OwnOr(to, ownPagePath); ofParticipant(to) {
		return to
	}
	return ownPagePath
}

func (web *Web) dropCard(w http.ResponseWriter, r *http.Request) error {
	if err := web.S.DropCard(r.Context()); err != nil {
		return err
	}
	return page.Back(w, r, "/account")
}
