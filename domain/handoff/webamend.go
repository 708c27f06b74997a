package handoff

import (
	"net/http"

	"alongside/domain/ref"
	"alongside/platform/page"
	"alongside/platform/scope"
)

// amendPage is where a worker puts an entry right.
func (web *Web) amendPage(w http.ResponseWriter, r *http.Request) error {
	return web.showAmend(w, r, number(r.PathValue("seq")), nil)
}

func (web *Web) showAmend(w http.ResponseWriter, r *http.Request, seq int64, problems []page.Problem) error {
	d, err := web.S.View(r.Context(), ref.Handoff(r.PathValue("id")))
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	f, ok := amendOf(v, d, seq)
	if !ok {
		return absent("entry to put right")
	}
	f.Problems = problems
	doc := amendDoc(v, f)
	return page.ShowWith(w, r, doc, problems)
}

// right reads the answers of a form that puts something right.
func (web *Web) right(r *http.Request) map[string]string {
	sc, _ := scope.From(r.Context())
	var asks []Question
	for _, q := range Questions() {
		if held(q) {
			asks = append(asks, q)
		}
	}
	for _, a := range askAnswers() {
		asks = append(asks, a.Question)
	}
	return readRight(r.PostForm, asks, web.Zone(r.Context(), sc.Tenant))
}

// anew reads the answers of whoever asked, by a link: what they leave empty
// stays as it is.
func (web *Web) anew(r *http.Request) map[string]string {
	out := web.right(r)
	for name, said := range out {
		if said == "" {
			delete(out, name)
		}
	}
	return out
}
