package mine

import (
	"bytes"
	"net/http"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/page"
)

func (web *Web) takePage(w http.ResponseWriter, r *http.Request) error {
	return page.Show(w, r, takeDoc(page.From(r.Context())))
}

// take sends what a person takes along, made whole before its first byte
// leaves.
func (web *Web) take(w http.ResponseWriter, r *http.Request) error {
	v := page.From(r.Context())
	var out Taken
	err := web.S.DB.Write(r.Context(), func(tx *db.Tx) (err error) {
		out, err = web.S.TakeOwn(tx, Copy{Words: v.Words, Zone: v.Local(v.Now).Location(), Org: v.Org})
		return err
	})
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := out.Zip(&b); err != nil {
		return err
	}
	return download(w, "application/zip", "my-copy.zip", b.Bytes())
}

func (web *Web) leavePage(w http.ResponseWriter, r *http.Request) error {
	v := page.From(r.Context())
	var fates []Fate
	err := web.S.DB.Read(r.Context(), func(tx *db.Tx) error {
		person, err := me(tx)
		if err == nil {
			fates, err = web.S.Fates(tx, person, tx.Now())
		}
		return err
	})
	if err != nil && !errs.Is(err, errs.NotFound) {
		return err
	}
	return page.Show(w, r, leaveDoc(v, fates, nil))
}

// leave lets the person go. They must have said that they mean it: it cannot be
// undone.
func (web *Web) leave(w http.ResponseWriter, r *http.Request) error {
	form, err := page.Form(w, r)
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	if form.Get("sure") != "yes" {
		d := leaveDoc(v, nil, []page.Problem{{Field: "sure", Say: v.T("mine.leave.needs-sure")}})
		d.Status = http.StatusUnprocessableEntity
		return page.Show(w, r, d)
	}
	err = web.S.DB.Write(r.Context(), func(tx *db.Tx) error {
		person, err := me(tx)
		if err != nil {
			return err
		}
		return web.S.Leave(tx, person, WhyAsked)
	})
	if err != nil {
		return err
	}
	// They have left, whatever becomes of this: the bell goes on with it.
	later := web.S.EraseNow(r.Context()) != nil
	web.Gone(w)
	v.Signed, v.Menu = nil, nil
	return page.Show(w, r, leftDoc(v, later))
}

// open is what people said is not right and nobody has answered.
type open struct {
	All    []Dispute
	Names  map[ref.Person]string
	Titles map[string]words // what a row is, by its table, as the person reads it
	Where  func(row string, person ref.Person) string
}

func (web *Web) openPage(w http.ResponseWriter, r *http.Request) error {
	return web.showOpen(w, r, nil)
}

func (web *Web) showOpen(w http.ResponseWriter, r *http.Request, problems []page.Problem) error {
	out := open{Titles: web.S.titles(), Where: web.Where}
	err := web.S.DB.Write(r.Context(), func(tx *db.Tx) (err error) {
		if out.All, err = web.near(tx); err != nil || len(out.All) == 0 {
			return err
		}
		var people []ref.Person
		e := audit.Entry{Kind: audit.Look, Action: "mine.open"}
		for _, d := range out.All {
			people, e.Subjects = append(people, d.Person), append(e.Subjects, string(d.Person))
		}
		if out.Names, err = web.Names(tx, people); err != nil {
			return err
		}
		return audit.Write(tx, e)
	})
	if err != nil {
		return err
	}
	d := openDoc(page.From(r.Context()), out, problems)
	return page.ShowWith(w, r, d, problems)
}

// near is what was said by those whom whoever asks may answer.
func (web *Web) near(tx *db.Tx) ([]Dispute, error) {
	if err := web.S.Allow(tx, "mine.answer"); err != nil {
		return nil, err
	}
	return web.S.Open(tx, func(p ref.Person) error { return web.Allow(tx, answering, p) })
}

func (web *Web) answer(w http.ResponseWriter, r *http.Request) error {
	form, err := page.Form(w, r)
	if err != nil {
		return err
	}
	says := form.Get("answer")
	if f, _ := Disputes().Field("answer"); len([]rune(says)) > f.Limit {
		says = string([]rune(says)[:f.Limit])
	}
	err = web.S.DB.Write(r.Context(), func(tx *db.Tx) error {
		which := ref.Dispute(r.PathValue("id"))
		d, err := web.S.disputes.Get(tx, which)
		if err != nil {
			return errs.Wrap("mine: answer", err)
		}
		if err := web.Allow(tx, answering, d.Person); err != nil {
			return err
		}
		return web.S.Answer(tx, which, says)
	})
	if errs.Is(err, errs.Invalid) {
		return web.showOpen(w, r, []page.Problem{page.ProblemFrom(page.From(r.Context()), err)})
	}
	if err != nil {
		return err
	}
	return page.Back(w, r, "/said")
}
