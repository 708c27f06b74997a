package bridge

import (
	"encoding/hex"
	"net/http"
	"net/url"

	"alongside/domain/ref"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

func (web *Web) notesPage(d Door) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error { return web.showNotes(w, r, listForm{Door: d}) }
}

func (web *Web) showNotes(w http.ResponseWriter, r *http.Request, f listForm) error {
	list, err := web.S.Notes(r.Context(), f.Door)
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	if f.List = list; f.Act == "" {
		f.Act = page.NewAct(v.Now)
	}
	if len(f.Problems) == 0 {
		f.begins(ref.Note(r.URL.Query().Get("from")))
	}
	return page.ShowWith(w, r, notesDoc(v, f), f.Problems)
}

func (web *Web) begin(d Door) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		in, act, err := page.Posted(w, r)
		if err != nil {
			return err
		}
		n, problems := typedNote(page.From(r.Context()), in)
		n.ID = ref.Note(act)
		if len(problems) == 0 {
			problems, err = page.Mendable(r, web.S.Begin(r.Context(), d, n))
		}
		if err != nil {
			return err
		}
		if len(problems) > 0 {
			return web.showNotes(w, r, listForm{Door: d, Act: act, Typed: n, Problems: problems})
		}
		return page.Back(w, r, d.note(n.ID))
	}
}

// typedNote reads the words of a note from a form, with what cannot be taken.
func typedNote(v *page.View, in url.Values) (Note, []page.Problem) {
	var n Note
	found := Notes().Parse(in, &n)
	return n, ui.ProblemsIn(v, Notes(), found)
}

func (web *Web) notePage(d Door) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error { return web.showNote(w, r, noteForm{Door: d}) }
}

func (web *Web) showNote(w http.ResponseWriter, r *http.Request, f noteForm) error {
	one, err := web.S.Note(r.Context(), f.Door, ref.Note(r.PathValue("note")))
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	f.One, f.Act, f.Origin = one, page.NewAct(v.Now), web.Origin()
	return page.ShowWith(w, r, noteDoc(v, f), f.Problems)
}

// turn takes a step of a note. What its form lacks is said on the note's page,
// which shows the words as they are by now.
func (web *Web) turn(d Door) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		in, _, err := page.Posted(w, r)
		if err != nil {
			return err
		}
		f := noteForm{Door: d, Open: r.PathValue("step"), Signed: in.Get("signed_as")}
		f.Problems, err = web.take(r, &f, in)
		if err != nil {
			return err
		}
		if len(f.Problems) > 0 {
			return web.showNote(w, r, f)
		}
		return page.Back(w, r, d.note(ref.Note(r.PathValue("note"))))
	}
}

func (web *Web) take(r *http.Request, f *noteForm, in url.Values) ([]page.Problem, error) {
	which, ctx := ref.Note(r.PathValue("note")), r.Context()
	read, err := hex.DecodeString(in.Get("read"))
	if err != nil {
		read = nil // the mark of no words
	}
	switch f.Open {
	case StepWrite:
		typed, problems := typedNote(page.From(ctx), in)
		typed.ID, f.Typed = which, typed
		if len(problems) > 0 {
			return problems, nil
		}
		return page.Mendable(r, web.S.Write(ctx, f.Door, typed, read))
	case StepApprove:
		return page.Mendable(r, web.S.Approve(ctx, f.Door, which, read, f.Signed))
	case StepUndo:
		return nil, web.S.Undo(ctx, f.Door, which)
	case StepSend:
		return page.Mendable(r, web.S.Send(ctx, f.Door, which))
	case StepLink:
		return nil, web.S.Relink(ctx, f.Door, which)
	case StepBack:
		return nil, web.S.Back(ctx, f.Door, which)
	}
	return nil, absent("step of a note")
}

func (web *Web) sheetPage(w http.ResponseWriter, r *http.Request) error {
	token := r.PathValue("token")
	s, err := web.S.Open(r.Context(), Key{Token: token, Device: web.device().Secret(r, token)})
	if err != nil {
		return err
	}
	v := web.dress(r)
	return page.Show(w, r, sheetDoc(v, token, page.NewAct(v.Now), s))
}

// bind makes this device the recipient's. A link preview that fetches the page
// binds nothing: it takes a press.
func (web *Web) bind(w http.ResponseWriter, r *http.Request) error {
	_, act, err := page.Posted(w, r)
	if err != nil {
		return err
	}
	token := r.PathValue("token")
	secret, err := web.S.Bind(r.Context(), token, act)
	if err != nil {
		return err
	}
	web.device().Give(w, token, secret)
	return page.Back(w, r, "/context/"+token)
}
