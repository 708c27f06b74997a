package rota

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"alongside/domain/ref"
	"alongside/platform/errs"
	"alongside/platform/notify"
	"alongside/platform/page"
)

func (web *Web) ladderPage(w http.ResponseWriter, r *http.Request) error {
	return web.showLadder(w, r, ladderForm{Site: ref.Site(r.URL.Query().Get("site")), Done: r.URL.Query().Has("done")})
}

func (web *Web) showLadder(w http.ResponseWriter, r *http.Request, f ladderForm) error {
	rungs, places, err := web.S.Ladder(r.Context(), f.Site)
	if err != nil {
		return err
	}
	if f.Unused, err = web.S.Unused(r.Context()); err != nil {
		return err
	}
	v := page.From(r.Context())
	f.Places, f.Act, f.Own = places, page.NewAct(v.Now), len(rungs) > 0 && rungs[0].Site == f.Site
	if f.Rows == nil {
		f.Rows = rungs
	}
	if len(f.Rows) < mostRungs {
		f.Rows = append(f.Rows, Rung{Wait: 180, Channels: DefaultLadder()[0].Channels})
	}
	return page.ShowWith(w, r, ladderDoc(v, f), f.Problems)
}

func (web *Web) setLadder(w http.ResponseWriter, r *http.Request) error {
	in, _, err := page.Posted(w, r)
	if err != nil {
		return err
	}
	site, rungs := ref.Site(in.Get("site")), parseLadder(in)
	if in.Has("follow") {
		err = web.S.FollowLadder(r.Context(), site)
	} else {
		err = web.S.SetLadder(r.Context(), site, rungs)
	}
	if errs.Is(err, errs.Invalid) {
		return web.showLadder(w, r, ladderForm{Site: site, Rows: rungs, Problems: []page.Problem{page.ProblemFrom(page.From(r.Context()), err)}})
	}
	if err != nil {
		return err
	}
	return page.Back(w, r, "/rota/ladder?done=1&site="+url.QueryEscape(string(site)))
}

// mostRungs is how many rungs a ladder may have.
const mostRungs = 12

// parseLadder reads the rungs that ask someone. The telephone's goes last,
// wherever it stood on the page.
func parseLadder(in url.Values) []Rung {
	out, last := []Rung{}, []Rung{}
	for i := range mostRungs {
		n := strconv.Itoa(i)
		wait, _ := strconv.ParseInt(in.Get("wait"+n), 10, 64)
		beside := slices.DeleteFunc(slices.Clone(in["channels"+n]), func(c string) bool { return c == notify.App })
		r := Rung{Who: in.Get("who" + n), Wait: wait, Channels: append([]string{notify.App}, beside...)}
		switch r.Who {
		case "":
		case Telephone:
			last = append(last, r)
		default:
			out = append(out, r)
		}
	}
	return append(out, last...)
}
