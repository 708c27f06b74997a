package mine

import (
	"context"
	"net/http"
	"strconv"

	"github.com/a-h/templ"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/module"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// Web is a person's own view, and the page on which workers answer what a
// person says is not right.
type Web struct {
	S     *Service
	Allow func(tx *db.Tx, action string, person ref.Person) error             // may whoever acts, for this person
	Names func(tx *db.Tx, people []ref.Person) (map[ref.Person]string, error) // the names they use
	Where func(row string, person ref.Person) string                          // path of the page on which a row stands for who works here
	Gone  func(w http.ResponseWriter)                                         // takes the cookie of someone who left
}

// Routes are the pages of this domain.
func (web *Web) Routes() []module.Route {
	own := func(method, pattern string, serve page.Handler) module.Route {
		return module.Route{Method: method, Pattern: pattern, Access: module.SignedIn, Action: "mine.own", Serve: serve}
	}
	return []module.Route{
		own("GET", "/mine/held", web.heldPage),
		own("GET", "/mine/wrong", web.wrongPage),
		own("POST", "/mine/wrong", web.wrong),
		own("GET", "/mine/receipts", web.receiptsPage),
		own("GET", "/mine/receipts/{leaf}", web.receipt),
		own("GET", "/mine/take", web.takePage),
		own("POST", "/mine/take", web.take),
		own("GET", "/mine/leave", web.leavePage),
		own("POST", "/mine/leave", web.leave),
		{Method: "GET", Pattern: "/said", Access: module.SignedIn, Action: "mine.answer", Serve: web.openPage},
		{Method: "POST", Pattern: "/said/{id}/answer", Access: module.SignedIn, Action: "mine.answer", Serve: web.answer},
	}
}

// Panels are what of this domain stands on a person's own first page.
func (web *Web) Panels() []func(ctx context.Context) (templ.Component, error) {
	return []func(ctx context.Context) (templ.Component, error){
		func(ctx context.Context) (templ.Component, error) { return waysPanel(page.From(ctx)), nil },
	}
}

// reader is whoever looks at the page.
func reader(v *page.View) field.Reader {
	return field.Reader{Words: v.Words, Zone: v.Local(v.Now).Location(), Role: participant}
}

func (web *Web) held(ctx context.Context) (parts []Part, err error) {
	err = web.S.DB.Write(ctx, func(tx *db.Tx) error {
		parts, err = web.S.Held(tx, reader(page.From(ctx)))
		return err
	})
	return parts, err
}

func (web *Web) heldPage(w http.ResponseWriter, r *http.Request) error {
	parts, err := web.held(r.Context())
	if err != nil {
		return err
	}
	return page.Show(w, r, heldDoc(page.From(r.Context()), parts))
}

// wrongForm is the form on which a person says that something is not right.
type wrongForm struct {
	Row      Row
	Title    string
	Act      string
	Says     string
	Problems []page.Problem
}

func (web *Web) wrongPage(w http.ResponseWriter, r *http.Request) error {
	return web.showWrong(w, r, r.URL.Query().Get("row"), wrongForm{Act: page.NewAct(page.From(r.Context()).Now)})
}

// showWrong shows the form with the row that it is about. A row that is not
// held about whoever asks is not found.
func (web *Web) showWrong(w http.ResponseWriter, r *http.Request, row string, f wrongForm) error {
	parts, err := web.held(r.Context())
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	for _, p := range parts {
		for _, one := range p.Rows {
			if one.Row == row {
				f.Row, f.Title = one, v.Text(p.Title)
			}
		}
	}
	if f.Title == "" {
		return errs.New(errs.NotFound, "mine: row of nobody", "")
	}
	d := wrongDoc(v, f)
	return page.ShowWith(w, r, d, f.Problems)
}

func (web *Web) wrong(w http.ResponseWriter, r *http.Request) error {
	form, act, err := page.Posted(w, r)
	if err != nil {
		return err
	}
	d := Dispute{Row: form.Get("row"), Says: form.Get("says")}
	v := page.From(r.Context())
	if problems := ui.ProblemsOf(v, Disputes().Parse(form, &d)); len(problems) > 0 {
		return web.showWrong(w, r, d.Row, wrongForm{Act: act, Says: d.Says, Problems: problems})
	}
	err = web.S.DB.Write(r.Context(), func(tx *db.Tx) error { return web.S.Dispute(tx, act, d.Row, d.Says) })
	if err != nil && !errs.Is(err, errs.Conflict) { // a Conflict is the same form once more
		return err
	}
	return page.Back(w, r, "/mine/held")
}

func (web *Web) receiptsPage(w http.ResponseWriter, r *http.Request) error {
	var leaves []audit.Leaf
	err := web.S.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		leaves, err = web.S.Leaves(tx)
		return err
	})
	if err != nil {
		return err
	}
	return page.Show(w, r, receiptsDoc(page.From(r.Context()), leaves))
}

// receipt is one proof as a file. It says nothing in its name.
func (web *Web) receipt(w http.ResponseWriter, r *http.Request) error {
	n, err := strconv.ParseInt(r.PathValue("leaf"), 10, 64)
	if err != nil || n < 0 {
		return errs.New(errs.NotFound, "mine: receipt", "")
	}
	var out audit.Receipts
	err = web.S.DB.Read(r.Context(), func(tx *db.Tx) (err error) {
		out, err = web.S.Receipt(tx, n)
		return err
	})
	if err != nil {
		return err
	}
	b, err := encoded(out)
	if err != nil {
		return err
	}
	return download(w, "application/json", "receipt-"+strconv.FormatInt(n, 10)+".json", b)
}

// download sends a file that is kept, not shown.
func download(w http.ResponseWriter, kind, name string, b []byte) error {
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	h.Set("Cache-Control", "no-store")
	_, err := w.Write(b)
	return err
}
