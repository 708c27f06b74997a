package disclose

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"alongside/domain/audit"
	"alongside/domain/consent"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// desk is the page of demands as it is shown. Without a person it says how to
// begin: a demand that is about nobody would stop nothing.
type desk struct {
	Demand
	Act      string
	Held     bool     // one was just written down
	Done     bool     // one was just decided
	Mine     []Demand // those that wait for whoever reads
	Comply   []Demand // those whose order whoever reads decided to obey, and nothing was told yet
	Obeyed   bool     // that was just written down
	Who      []ui.OptionProps
	Problems []page.Problem // of the form on which one is written down
	At       ref.Demand     // the one whose decision could not be taken
	Wrong    []page.Problem // of that decision
	Decided  url.Values     // what was answered there
}

func (web *Web) demandsPage(w http.ResponseWriter, r *http.Request) error {
	d := desk{Held: r.URL.Query().Has("held"), Done: r.URL.Query().Has("decided"), Obeyed: r.URL.Query().Has("told")}
	d.Person = ref.Person(cut(r.URL.Query().Get("person")))
	return web.showDemands(w, r, d)
}

func (web *Web) showDemands(w http.ResponseWriter, r *http.Request, d desk) error {
	if d.Act == "" {
		d.Act = page.NewAct(page.From(r.Context()).Now)
	}
	err := web.DB.Write(r.Context(), func(tx *db.Tx) (err error) {
		if err := web.about(tx, d.Person); err != nil {
			return err
		}
		if d.Mine, err = web.S.ToDecide(tx); err != nil {
			return err
		}
		if d.Comply, err = web.S.ToObey(tx); err != nil {
			return err
		}
		return web.deciders(tx, &d)
	})
	if err != nil {
		return err
	}
	doc := demandsDoc(page.From(r.Context()), d)
	return page.ShowWith(w, r, doc, slices.Concat(d.Problems, d.Wrong))
}

// about records the look at the person whom the form is about; NotFound for one
// who is not here. Nobody is no look. In the person's history it is the look at their
// page: that there is a demand may be what the law forbids telling them.
func (web *Web) about(tx *db.Tx, person ref.Person) error {
	if person == "" {
		return nil
	}
	if _, err := web.Here(tx, person); err != nil {
		return err
	}
	return audit.Write(tx, audit.Entry{Kind: audit.Look, Action: "people.view", Subjects: []string{string(person)}})
}

func (web *Web) deciders(tx *db.Tx, d *desk) error {
	all, err := web.Deciders(tx)
	d.Who = nil
	for id, name := range all {
		d.Who = append(d.Who, ui.OptionProps{Value: string(id), Label: name})
	}
	slices.SortFunc(d.Who, func(a, b ui.OptionProps) int { return strings.Compare(a.Label, b.Label) })
	return err
}

func (web *Web) hold(w http.ResponseWriter, r *http.Request) error {
	form, act, err := page.Posted(w, r)
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	d := desk{Act: act}
	d.ID = ref.Demand(act)
	d.Problems = ui.ProblemsOf(v, Demands().Parse(only(form, "kind", "from_whom", "reference"), &d.Demand))
	d.Ordered, d.Compelled, d.Quiet = slices.Contains(form["at-hand"], "ordered"), slices.Contains(form["at-hand"], "compelled"), slices.Contains(form["at-hand"], "quiet")
	d.Decider, d.Person = ref.Account(form.Get("decider")), ref.Person(cut(form.Get("person")))
	if len(d.Problems) > 0 {
		return web.showDemands(w, r, d)
	}
	err = web.DB.Write(r.Context(), func(tx *db.Tx) error { return web.stop(tx, d.Demand) })
	if errs.Is(err, errs.Invalid) {
		d.Problems = []page.Problem{page.ProblemFrom(v, err)}
		return web.showDemands(w, r, d)
	}
	if err != nil {
		return err
	}
	return page.Back(w, r, "/demands?held=yes")
}

// stop holds everything about someone who is here.
func (web *Web) stop(tx *db.Tx, d Demand) error {
	if err := web.about(tx, d.Person); err != nil {
		return err
	}
	_, err := web.S.Hold(tx, d)
	return err
}

func (web *Web) decide(w http.ResponseWriter, r *http.Request) error {
	form, err := page.Form(w, r)
	if err != nil {
		return err
	}
	which := ref.Demand(r.PathValue("id"))
	err = web.DB.Write(r.Context(), func(tx *db.Tx) error {
		return web.S.Decide(tx, which, form.Get("decision"), cut(form.Get("basis")), cut(form.Get("note")))
	})
	if errs.Is(err, errs.Invalid) {
		p := page.ProblemFrom(page.From(r.Context()), err)
		if p.Field == "ordered" { // asked when it was written down; here the answer is another decision
			p.Field = "decision"
		}
		p.Field = ui.Key(string(which), p.Field)
		return web.showDemands(w, r, desk{At: which, Wrong: []page.Problem{p}, Decided: form})
	}
	if err != nil {
		return err
	}
	return page.Back(w, r, "/demands?decided=yes")
}

// obey takes what was told under an order, by whoever decided to comply with it.
func (web *Web) obey(w http.ResponseWriter, r *http.Request) error {
	form, act, err := page.Posted(w, r)
	if err != nil {
		return err
	}
	which := ref.Demand(r.PathValue("id"))
	var items []Item
	for _, k := range consent.Kinds() {
		if slices.Contains(form["told"], k.Value) {
			items = append(items, Item{Kind: k.Value})
		}
	}
	err = web.DB.Write(r.Context(), func(tx *db.Tx) error {
		_, err := web.S.Obey(tx, ref.Disclosure(act), which, form.Get("way"), items)
		return err
	})
	if errs.Is(err, errs.Invalid) {
		p := page.ProblemFrom(page.From(r.Context()), err)
		p.Field = ui.Key(string(which), p.Field)
		return web.showDemands(w, r, desk{Act: act, At: which, Wrong: []page.Problem{p}, Decided: form})
	}
	if err != nil {
		return err
	}
	return page.Back(w, r, "/demands?told=yes")
}
