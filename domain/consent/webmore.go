package consent

import (
	"net/http"
	"net/url"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// CopyDoc is the page of a copy, for whoever it is.
func CopyDoc(v *page.View, s Shown, kind page.DocKind) page.Doc {
	back := "/mine"
	if kind == page.Worker {
		back = "/consents/" + url.PathEscape(string(s.Person))
	}
	return page.Doc{Title: v.T("consent.copy.title"), Kind: kind, Body: Copy(v, s, back), Narrow: true}
}

// All is everything a consent says, each element with its label.
func (s Shown) All(v *page.View) []ui.Fact {
	var out []ui.Fact
	for _, f := range Consents().Show(&s.Consent, v.Words, v.Local(v.Now).Location(), "") {
		switch f.Column {
		case "mark_at", "recorded_at", "sort", "early":
			continue // how the program keeps it
		case "recipient_kind":
			f.Value = s.Whom(v)
		}
		out = append(out, ui.Fact{Label: f.Label, Value: f.Value})
	}
	return out
}

// copyPage is the person's copy, for a worker to print and hand over.
func (web *Web) copyPage(w http.ResponseWriter, r *http.Request) error {
	all, err := web.ofPerson(r)
	if err != nil {
		return err
	}
	for _, s := range all.All {
		if string(s.ID) == r.PathValue("id") {
			return page.Show(w, r, CopyDoc(page.From(r.Context()), s, page.Worker))
		}
	}
	return errs.New(errs.NotFound, "consent: copy", "")
}

// end records that the event came with which a consent ends.
func (web *Web) end(w http.ResponseWriter, r *http.Request) error {
	return web.onPerson(w, r, "consent.revoke", func(tx *db.Tx) error {
		if err := web.ofThis(tx, r); err != nil {
			return err
		}
		return web.S.End(tx, ref.Consent(r.PathValue("id")))
	})
}

// treats notes that a recipient treats this person, or does so no longer: "my
// treating providers" means those.
func (web *Web) treats(w http.ResponseWriter, r *http.Request) error {
	form, err := page.Form(w, r)
	if err != nil {
		return err
	}
	which := ref.Recipient(form.Get("recipient"))
	return web.onPerson(w, r, "consent.give", func(tx *db.Tx) error {
		if _, err := web.listed(tx, nil, of(r)); err != nil {
			return err
		}
		if _, err := web.S.RecipientOf(tx, which); err != nil {
			return err
		}
		return web.S.NoteMine(tx, of(r), which, form.Get("treats") != "no")
	})
}

// onPerson does something about the person in the path and goes back to their
// page.
func (web *Web) onPerson(w http.ResponseWriter, r *http.Request, action string, do func(tx *db.Tx) error) error {
	if err := web.write(r.Context(), action, of(r), do); err != nil {
		return err
	}
	return page.Back(w, r, "/consents/"+url.PathEscape(r.PathValue("person")))
}

// event names what ends the consent, for the button that says it came.
func (s Shown) event(v *page.View) string {
	return v.T("consent.end.go", "Event", option(v, Events(), s.UntilEvent))
}

func treatsField(v *page.View, all []Recipient) ui.ChoiceProps {
	p := ui.ChoiceProps{Name: "recipient", Label: v.T("consent.treats.which")}
	for _, r := range all {
		if r.Kind == Provider {
			p.Options = append(p.Options, ui.OptionProps{Value: string(r.ID), Label: r.Name})
		}
	}
	return p
}
