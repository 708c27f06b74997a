package app

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/pquerna/otp/totp"

	"alongside/domain/consent"
	"alongside/domain/handoff"
)

// mostForms is how many forms of one route are tried.
const mostForms = 5

// most is how many pages of one route one visitor looks at.
func most(route string) int {
	switch {
	case strings.HasPrefix(route, "GET /accounts"):
		return 12
	case strings.HasPrefix(route, "GET /consents"):
		return 4
	case slices.Contains([]string{"GET /walk/{person}", "GET /walk/{person}/diary", "GET /walk/{person}/notes", "GET /walk/{person}/notes/{note}"}, route):
		return 40 // somewhere among them is a note that went out, or an appointment
	}
	return 2
}

// walk looks at all that there is for everyone.
func (w *brim) walk() {
	w.Helper()
	w.seen, w.looks, w.forms = map[string]int{}, map[string][]look{}, map[string][]form{}
	for _, who := range w.who {
		for _, path := range []string{"/", "/sign-in/role", "/board/files", "/board/newest", "/outbox/key", "/account/password", "/kept"} {
			w.look(who, path)
		}
	}
	for _, path := range w.doors {
		w.look(stranger, path)
	}
	for _, l := range w.more {
		w.look(l.who, l.path)
	}
	for who, path := range map[string]string{stranger: "/sign-in/passkey/ask", w.who[0]: "/account/passkey/ask"} {
		w.forms["POST "+path] = []form{{who: who, path: path, ways: []url.Values{{}}}}
	}
}

// look opens a page and all that it leads to.
func (w *brim) look(who, path string) {
	w.Helper()
	path, _, _ = strings.Cut(strings.TrimPrefix(path, w.a.Origin()), "#")
	if !strings.HasPrefix(path, "/") {
		return
	}
	route := w.route(http.MethodGet, path)
	if route == "" && path != "/" || w.seen[who+" "+path] > 0 || w.seen[who+route] >= most(route) {
		return
	}
	w.seen[who+" "+path]++
	a := w.send(who, http.MethodGet, path, nil)
	if a.status == http.StatusSeeOther {
		w.look(who, a.location)
		return
	}
	if a.status != http.StatusOK {
		return
	}
	w.seen[who+route]++
	if route != "" {
		w.looks[route] = append(w.looks[route], look{who, path})
		if w.after {
			w.more = append(w.more, look{who, path})
		}
	}
	w.find(who, path, a.body)
}

// handedOut is a link that a page says to someone else.
var handedOut = regexp.MustCompile(`/(?:own|service|context|moments?|asked|o|rota/calendar)/[0-9a-z.]{20,}`)

// find keeps the forms of a page, and follows its links.
func (w *brim) find(who, path, body string) {
	w.Helper()
	bare, _, _ := strings.Cut(path, "?")
	if m := regexp.MustCompile(`code ([A-Z]+ [0-9]+)`).FindStringSubmatch(body); m != nil {
		w.codes = append([]string{m[1]}, w.codes...)
	}
	doc := w.parsed(body)
	for _, f := range w.formsIn(doc) {
		if f.who = who; f.path == "" {
			f.path = path
		}
		if route := w.route(http.MethodPost, f.path); route != "" {
			w.amend(route, body, &f)
			w.forms[route] = append(w.forms[route], f)
		}
	}
	for n := range doc.Descendants() {
		for _, key := range []string{"href", "data-live"} {
			to := attr(n, key)
			if strings.HasPrefix(to, "?") {
				to = bare + to
			}
			if n.Data == "a" || key == "data-live" {
				w.look(who, to)
			}
		}
	}
	for _, to := range handedOut.FindAllString(body, -1) {
		if !slices.Contains(w.doors, to) {
			w.doors = append(w.doors, to)
		}
	}
}

// amend fills in what only somebody who reads the page can know.
func (w *brim) amend(route, body string, f *form) {
	for i, fields := range f.ways {
		switch route {
		case "POST /consents/{person}/new":
			fields.Set("how", consent.Signed)
			fields.Del("until_event")
		case "POST /rota/off":
			fields.Set("from_day", "2026-12-24")
			fields.Set("until_day", "2026-12-26")
		case "POST /ask/{token}/code":
			fields.Set("code", append(w.codes, "", "", "", "")[i])
		case "POST /account/password":
			if m := regexp.MustCompile(`[A-Z2-7]{4}(?: [A-Z2-7]{4}){3,}`).FindString(body); m != "" {
				code, err := totp.GenerateCode(strings.ReplaceAll(m, " ", ""), w.clk.Now())
				w.must(err)
				fields.Set("code", code)
			}
		case "POST /people":
			fields.Set("text", "Blue")
		case "POST /channels/{channel}/open":
			fields.Set("why", "made up for this city")
		}
	}
}

// held are forms that take away what others need: they come last, in this order.
func held() []string {
	return []string{
		"POST /context/{token}/bind", "POST /walk/{person}/notes/{note}/{step}", "POST /mine/notes/{note}/{step}", "POST /mine/walk/{walk}/hello", "POST /rota/off/{away}/back", "POST /rota/reach/{device}/remove", "POST /today/own/{own}/gone", "POST /kept/placed", "POST /rota/alone/fine",
		"POST /channels/{channel}/shut", "POST /rota/alone/{peer}/reached", "POST /people/{person}/part", "POST /overview/told/{handoff}/{peer}", "POST /said/{id}/answer",
		"POST /emergencies/{id}/review", "POST /demands/{id}/decide", "POST /walk/{person}/diary/{appointment}/{step}", "POST /mine/diary/{appointment}/{step}",
		"POST /mine/cards/{gift}/away", "POST /consents/{person}/{id}/take-back", "POST /consents/{person}/{id}/end", "POST /mine/consents/{id}/take-back",
		"POST /mine/walk/{walk}/change", "POST /overview/peers/{account}", "POST /rota/asked/{handoff}/{answer}", "POST /moments/{token}/{step}", "POST /service/{token}/{id}/{step}",
		"POST /my-pages/{entry}/leave", "POST /my-pages/erase-all",
		"POST /mine/leave", "POST /people/{person}/card", "POST /accounts/{id}/reopen", "POST /accounts/{id}/link", "POST /accounts/{id}/roles", "POST /accounts/{id}/until", "POST /accounts/{id}/pause",
		"POST /account/password/drop", "POST /account/sign-ins/{id}/end", "POST /account/sign-ins/end-others", "POST /sign-out",
	}
}

// live does once what every form is for, so that there is more to look at, and
// learns in which way each wants to be filled in.
func (w *brim) live() {
	w.Helper()
	for _, route := range slices.Sorted(maps.Keys(w.forms)) {
		if _, done := w.way[route]; done || slices.Contains(held(), route) {
			continue
		}
		w.liveOnce(route, w.forms[route])
	}
}

func (w *brim) liveOnce(route string, all []form) {
	w.Helper()
	for _, f := range spread(all) {
		for i, fields := range f.ways {
			before := w.a.DB.Stats().Commits
			a := w.send(f.who, http.MethodPost, f.path, fields)
			if a.status >= 400 || w.a.DB.Stats().Commits == before {
				w.why[route] = fmt.Sprint(f.who, " ", f.path, " ", a.status, " ", problems(a.body))
				continue
			}
			w.way[route] = i
			if a.status == http.StatusSeeOther && f.who == stranger {
				w.doors = append(w.doors, a.location)
			}
			w.after = true
			w.find(f.who, f.path, a.body)
			w.after = false
			return
		}
	}
}

// spread are some of many forms: of different visitors and places first.
func spread(all []form) (some []form) {
	fits := []func(f, s form) bool{
		func(f, s form) bool { return f.who != s.who && f.path != s.path },
		func(f, s form) bool { return f.path != s.path },
		func(f, s form) bool { return f.who != s.who || f.path != s.path },
	}
	for _, fit := range fits {
		for _, f := range all {
			if len(some) < mostForms && !slices.ContainsFunc(some, func(s form) bool { return !fit(f, s) }) {
				some = append(some, f)
			}
		}
	}
	return some
}

// dies lets somebody whom a peer walked with die, so that one has to be told.
func (w *brim) dies() {
	w.Helper()
	for _, f := range w.forms["POST /handoff/{id}/{step}"] {
		if strings.HasSuffix(f.path, "/"+handoff.StepClose) {
			f.ways[0].Set("closed_reason", "died")
			w.send(f.who, http.MethodPost, f.path, f.ways[0])
		}
	}
}

func problems(body string) string {
	if i := strings.Index(body, `id="problems"`); i > 0 {
		return body[i+50 : min(len(body), i+260)]
	}
	return ""
}
