package consent

import (
	"net/http"
	"net/url"
	"slices"

	"alongside/platform/errs"
	"alongside/platform/i18n"
	"alongside/platform/page"
)

// CopyDoc is the page of a copy, for whoever it is; in is the view in which the copy
// itself is read.
func CopyDoc(v, in *page.View, s Shown, kind page.DocKind) page.Doc {
	back := "/mine"
	if kind == page.Worker {
		back = "/consents/" + url.PathEscape(string(s.Person))
	}
	return page.Doc{Title: v.T("consent.copy.title"), Kind: kind, Body: Copy(v, in, s, back), Narrow: true}
}

// CopyIn is the view in which a copy is read: in the language that the address asks
// for, else in the one given.
func CopyIn(r *http.Request, words func(i18n.Lang) *i18n.Words, or i18n.Lang) *page.View {
	if asked := i18n.Lang(r.URL.Query().Get("in")); slices.Contains(i18n.Langs(), asked) {
		or = asked
	}
	return page.From(r.Context()).In(words(or))
}

// readIn is the language of the copy for the person: the one in which they read or
// heard the consent, else the first of ours that they speak, else or.
func (c Consent) readIn(speaks []string, or i18n.Lang) i18n.Lang {
	for _, l := range append([]string{c.Language}, speaks...) {
		if slices.Contains(i18n.Langs(), i18n.Lang(l)) {
			return i18n.Lang(l)
		}
	}
	return or
}

// copyPage is the person's copy, for a worker to print and hand over: in the language
// of the person, whatever the worker reads.
func (web *Web) copyPage(w http.ResponseWriter, r *http.Request) error {
	all, err := web.ofPerson(r)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all.All, func(s Shown) bool { return string(s.ID) == r.PathValue("id") })
	if i < 0 {
		return errs.New(errs.NotFound, "consent: copy", "")
	}
	v := page.From(r.Context())
	in := CopyIn(r, web.In, all.All[i].readIn(all.Speaks, v.Lang))
	return page.Show(w, r, CopyDoc(v, in, all.All[i], page.Worker))
}
