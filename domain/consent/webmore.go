package consent

import (
	"net/http"
	"net/url"
	"slices"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

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
		who, err := web.S.RecipientOf(tx, which)
		if err == nil && who.Kind != Provider {
			err = errs.New(errs.NotFound, "consent: treats: a "+who.Kind, "")
		}
		if err != nil {
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
	return v.T("consent.end.go", "Event", v.Text(field.LabelOf(Events(), s.UntilEvent)))
}

func treatsField(v *page.View, all []Recipient) ui.ChoiceProps {
	treat := slices.DeleteFunc(slices.Clone(all), func(r Recipient) bool { return r.Kind != Provider })
	return ui.ChoiceProps{Name: "recipient", Label: v.T("consent.treats.which"), Options: Options(v, treat)}
}
