package bridge

import (
	"net/http"
	"net/url"
	"strconv"

	"alongside/domain/ref"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/i18n"
	"alongside/platform/module"
	"alongside/platform/page"
)

// cardRoutes are the pages of cards in plain words.
func (web *Web) cardRoutes() []module.Route {
	in := func(method, pattern, action string, h page.Handler) module.Route {
		return module.Route{Method: method, Pattern: pattern, Access: module.SignedIn, Action: "card." + action, Serve: h}
	}
	return []module.Route{
		in("GET", "/cards", "see", web.cardsPage(false)),
		in("POST", "/cards", "see", web.cardsPage(false)),
		in("GET", "/cards/new", "write", web.newCardPage),
		in("POST", "/cards/new", "write", web.writeCard),
		in("GET", "/cards/{card}", "see", web.cardPage),
		in("GET", "/cards/{card}/show", "see", web.sheetCard(false)),
		in("GET", "/cards/{card}/show/{lang}", "see", web.sheetCard(false)),
		in("GET", "/cards/{card}/version/{number}", "see", web.versionPage),
		in("POST", "/cards/{card}/version/{number}/review", "write", web.reviewCard),
		in("GET", "/cards/{card}/write", "write", web.rewritePage),
		in("POST", "/cards/{card}/write", "write", web.writeCard),
		in("GET", "/walk/{person}/cards", "write", web.givenPage),
		in("POST", "/walk/{person}/cards", "write", web.giveCard),
		in("GET", "/mine/cards", "own", web.cardsPage(true)),
		in("POST", "/mine/cards", "own", web.cardsPage(true)),
		in("GET", "/mine/cards/{card}", "own", web.sheetCard(true)),
		in("GET", "/mine/cards/{card}/{lang}", "own", web.sheetCard(true)),
		in("POST", "/mine/cards/{gift}/away", "own", web.putAway),
	}
}

// cardsPage lists the cards. What is looked for is posted, so that it stands in
// no history.
func (web *Web) cardsPage(own bool) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		var want Wanted
		if r.Method == http.MethodPost {
			in, err := page.Form(w, r)
			if err != nil {
				return err
			}
			want = Wanted{Word: in.Get("word"), Kind: in.Get("kind")}
		}
		if !field.Offered(CardKinds(), want.Kind) {
			want.Kind = ""
		}
		list, err := web.C.List(r.Context(), own, want)
		if err != nil {
			return err
		}
		f := cardsForm{Own: own, Want: want, Cards: list}
		v := page.From(r.Context())
		if f.Makes, err = web.C.Writes(r.Context()); err != nil {
			return err
		}
		if own {
			if f.Given, err = web.C.Given(r.Context(), Door{Own: true}); err != nil {
				return err
			}
			f.Act = page.NewAct(v.Now)
		}
		return page.Show(w, r, cardsDoc(v, f))
	}
}

func (web *Web) cardPage(w http.ResponseWriter, r *http.Request) error {
	story, err := web.C.Story(r.Context(), r.PathValue("card"))
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	return page.Show(w, r, cardDoc(v, storyForm{CardStory: story, Read: story.Edition, Act: page.NewAct(v.Now)}))
}

// versionPage is one version, with what its second reader can say.
func (web *Web) versionPage(w http.ResponseWriter, r *http.Request) error {
	return web.showVersion(w, r, nil)
}

func (web *Web) showVersion(w http.ResponseWriter, r *http.Request, problems []page.Problem) error {
	number, err := numberIn(r)
	if err != nil {
		return err
	}
	story, err := web.C.Story(r.Context(), r.PathValue("card"))
	if err != nil {
		return err
	}
	e, ok := story.version(number)
	if !ok {
		return absent("version of a card")
	}
	v := page.From(r.Context())
	f := storyForm{CardStory: story, Read: e, One: true, Act: page.NewAct(v.Now), Problems: problems}
	return page.ShowWith(w, r, cardDoc(v, f), problems)
}

func numberIn(r *http.Request) (int64, error) {
	n, err := strconv.ParseInt(r.PathValue("number"), 10, 64)
	if err != nil || n < 0 {
		return 0, absent("version of a card")
	}
	return n, nil
}

func (web *Web) reviewCard(w http.ResponseWriter, r *http.Request) error {
	if _, _, err := page.Posted(w, r); err != nil {
		return err
	}
	number, err := numberIn(r)
	if err != nil {
		return err
	}
	card := r.PathValue("card")
	problems, err := page.Mendable(r, web.C.Review(r.Context(), card, number))
	switch {
	case err != nil:
		return err
	case len(problems) > 0:
		return web.showVersion(w, r, problems)
	}
	return page.Back(w, r, cardPath(card))
}

// sheetCard is the page that is turned to a person, or printed.
func (web *Web) sheetCard(own bool) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		card, err := web.C.One(r.Context(), own, r.PathValue("card"))
		if err != nil {
			return err
		}
		v := page.From(r.Context())
		s := cardSheet{Card: card, Own: own, Lang: card.best(v.Lang)}
		if asked := r.PathValue("lang"); asked != "" {
			if _, _, ok := card.in(i18n.Lang(asked)); !ok || card.best(i18n.Lang(asked)) != i18n.Lang(asked) {
				return absent("language of a card")
			}
			s.Lang = i18n.Lang(asked)
		}
		return page.Show(w, r, cardSheetDoc(v, s))
	}
}

func (web *Web) newCardPage(w http.ResponseWriter, r *http.Request) error {
	return web.showWrite(w, r, writeForm{})
}

// rewritePage begins with the newest words.
func (web *Web) rewritePage(w http.ResponseWriter, r *http.Request) error {
	story, err := web.C.Story(r.Context(), r.PathValue("card"))
	if err != nil {
		return err
	}
	newest, _ := story.version(story.Newest)
	return web.showWrite(w, r, writeForm{Typed: newest, After: newest.Number})
}

func (web *Web) showWrite(w http.ResponseWriter, r *http.Request, f writeForm) error {
	v := page.From(r.Context())
	if f.Act == "" {
		f.Act = page.NewAct(v.Now)
	}
	return page.ShowWith(w, r, writeDoc(v, f), f.Problems)
}

// writeCard keeps what was typed, or shows it again with what it lacks.
func (web *Web) writeCard(w http.ResponseWriter, r *http.Request) error {
	in, act, err := page.Posted(w, r)
	if err != nil {
		return err
	}
	f := writeForm{Act: act, Typed: Edition{Row: act, Card: r.PathValue("card")}, After: afterIn(in)}
	if err := web.known(r, f.Typed.Card); err != nil {
		return err
	}
	if f.Problems = askedOf(page.From(r.Context()), in, &f.Typed); len(f.Problems) > 0 {
		return web.showWrite(w, r, f)
	}
	made, err := web.C.Write(r.Context(), f.Typed, f.After)
	if f.Problems, err = page.Mendable(r, err); err != nil {
		return err
	}
	if len(f.Problems) > 0 {
		f.After = web.newest(r, f)
		return web.showWrite(w, r, f)
	}
	return page.Back(w, r, versionPath(made))
}

// known answers NotFound for a card that there is not; a new one has no name yet.
func (web *Web) known(r *http.Request, card string) error {
	if card == "" {
		return nil
	}
	_, err := web.C.Story(r.Context(), card)
	return err
}

func afterIn(in url.Values) int64 {
	n, err := strconv.ParseInt(in.Get("after"), 10, 64)
	if err != nil {
		return -1 // no version has it
	}
	return n
}

// newest is what a form is shown again over: whoever sends it once more has been
// told that there is a newer version.
func (web *Web) newest(r *http.Request, f writeForm) int64 {
	story, err := web.C.Story(r.Context(), f.Typed.Card)
	if err != nil {
		return f.After
	}
	return story.Newest
}

// askedOf reads a form's fields into row.
func askedOf(v *page.View, in url.Values, row *Edition) []page.Problem {
	var out []page.Problem
	for _, p := range Editions().Parse(in, row) {
		out = append(out, page.Problem{Field: p.Column, Say: v.T(p.Say, "N", p.Args["N"])})
	}
	return out
}

func (web *Web) givenPage(w http.ResponseWriter, r *http.Request) error {
	return web.showGiven(w, r, giveForm{})
}

func (web *Web) showGiven(w http.ResponseWriter, r *http.Request, f giveForm) error {
	f.Door = Door{Person: ref.Person(r.PathValue("person"))}
	given, err := web.C.Given(r.Context(), f.Door)
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	if f.Given = given; f.Act == "" {
		f.Act = page.NewAct(v.Now)
	}
	return page.ShowWith(w, r, giveDoc(v, f), f.Problems)
}

func (web *Web) giveCard(w http.ResponseWriter, r *http.Request) error {
	in, act, err := page.Posted(w, r)
	if err != nil {
		return err
	}
	d := Door{Person: ref.Person(r.PathValue("person"))}
	f := giveForm{Act: act, Card: in.Get("card"), Tell: in.Get("tell") != ""}
	err = web.C.Give(r.Context(), d, Gift{ID: ref.Gift(act), Card: f.Card}, page.From(r.Context()).Lang, f.Tell)
	if f.Problems, err = page.Mendable(r, err); err != nil {
		return err
	}
	if len(f.Problems) > 0 {
		return web.showGiven(w, r, f)
	}
	return page.Back(w, r, d.base()+"/cards")
}

func (web *Web) putAway(w http.ResponseWriter, r *http.Request) error {
	if _, _, err := page.Posted(w, r); err != nil {
		return err
	}
	err := web.C.PutAway(r.Context(), ref.Gift(r.PathValue("gift")))
	if errs.Is(err, errs.NotFound) {
		return absent("gift")
	}
	if err != nil {
		return err
	}
	return page.Back(w, r, "/mine/cards")
}
