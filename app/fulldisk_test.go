package app

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"alongside/platform/db"
	"alongside/platform/id"
	"alongside/platform/job"
	"alongside/platform/page"
	"alongside/platform/scope"
	"alongside/platform/seal/sealtest"
)

// notHere are routes that this test does not send what they are for, and why.
func notHere() map[string]string {
	return map[string]string{
		"POST /sign-in/passkey":                  "signed by an authenticator",
		"POST /account/passkey":                  "signed by an authenticator",
		"POST /account/passkey/{id}/drop":        "needs one of those",
		"POST /mine/allow":                       "asked over several pages; the last of them is one transaction",
		"POST /kept/placed":                      "needs what the outbox refused",
		"POST /cards":                            "a search, which writes nothing",
		"POST /sign-in":                          "a wrong password is written down, and that is refused; a right one was not sent",
		"POST /sign-in/card":                     "the same of a card, whose words are shown once",
		"POST /account/card/drop":                "nobody in the city came in by a card; one write, as the password's",
		"POST /people/duplicates":                "the city has no two records of one person",
		"POST /people/{person}/part":             "nor any that were joined",
		"POST /walk/{person}/text":               "texts are shut in the city",
		"GET /walk/{person}/before/{contact}":    "nobody in the city has a story of two pages; one look, as the first page's",
		"POST /text-in/{token}":                  "only a provider knows the address; one write, as every other",
		"POST /texts/{textin}/place":             "no text came in to the city",
		"POST /texts/{textin}/throw":             "the same",
		"POST /mine/diary/{appointment}/{step}":  "the same service as the peer's",
		"GET /mine/diary/{appointment}/calendar": "nothing to show",
		"POST /consents/{person}/{id}/take-back": "the same service as the person's own, which is tried",
		"POST /consents/{person}/{id}/end":       "lies beyond the pages that are looked at",
		"POST /ask/{token}/code":                 "opens a status page of the same ward only; those are looked at",
		"POST /service/{token}/{id}/{step}":      "tried where the walk comes by a desk that was asked, which goes by chance",
		"POST /organisation/clock":               "the form holds the zone that is, and that writes nothing; one row, as the law's",
		"POST /agreements/new":                   "a filled form of nine questions, which the walk does not fill",
		"POST /agreements/{id}/approve":          "needs one of those; one row, written as an emergency's review is",
		"POST /agreements/{id}/end":              "the same",
		"POST /demands/{id}/obey":                "comes after a decision that needs a court's order; written as an emergency is",
		"POST /checked/{person}":                 "needs one that is approved; written as an emergency is",
		"GET /coverage/new":                      "nobody in the city came in by a file; one look, as the coverage's",
		"POST /coverage/new":                     "the same; each is matched as on the coverage, in one transaction",
		"POST /rota/reach/{device}/try":          "nobody in the city chose a way that is in use; one row, as any message",
		"GET /o/{token}":                         "only a notification holds such a link",
		"GET /rota/talk/{peer}":                  "only a notification leads there",
		"POST /rota/talk/{peer}/talked":          "only a notification leads there",
		"GET /outbox/slip":                       "only a phone's script asks for it; it writes nothing",
		"POST /outbox/stands":                    "the same",
	}
}

// stays are the pages that stand although their look cannot be written down.
func stays() []string { return []string{"GET /asked/{token}", "GET /asked/{token}/live"} }

// deed is one thing that a browser asks for.
type deed struct {
	route, who, method, path string
	fields                   url.Values
	full                     reply // with a full disk
	kept                     bool  // there was room for it
}

// deeds are all that is there to do: pages to look at, forms to send, and last
// those that take something away.
func (w *brim) deeds() (all []*deed) {
	var last []*deed
	for _, r := range allRoutes() {
		route := r.Method + " " + r.Pattern
		list := w.looks[route]
		for _, l := range list[:min(8, len(list))] {
			all = append(all, &deed{route: route, who: l.who, method: r.Method, path: l.path})
		}
		for _, f := range spread(w.forms[route]) {
			for i, fields := range f.ways {
				d := &deed{route: route, who: f.who, method: r.Method, path: f.path, fields: fields}
				switch way, known := w.way[route]; {
				case known && way != i:
				case slices.Contains(held(), route):
					last = append(last, d)
				default:
					all = append(all, d)
				}
			}
		}
	}
	slices.SortStableFunc(last, func(a, b *deed) int { return slices.Index(held(), a.route) - slices.Index(held(), b.route) })
	return append(append(all, w.boxed(all)), last...)
}

// boxed is a note that was locked on a phone, as it is sent later.
func (w *brim) boxed(all []*deed) *deed {
	w.Helper()
	i := slices.IndexFunc(all, func(d *deed) bool { return d.route == "POST /walk/{person}/note" })
	if i < 0 {
		w.Fatal("no form of a note")
	}
	note := all[i]
	var k struct {
		User, Slip string
		Key        []byte
	}
	w.must(json.Unmarshal([]byte(w.send(note.who, http.MethodGet, "/outbox/key", nil).body), &k))
	act := page.NewAct(w.clk.Now())
	note.fields.Set(page.ActField, act)
	box := sealtest.Box(w, k.Key, act+" "+k.User, []byte(note.path+"\n"+note.fields.Encode()))
	body, err := json.Marshal(map[string]any{"id": act, "slip": k.Slip, "box": box})
	w.must(err)
	all[i].fields.Set(page.ActField, page.NewAct(w.clk.Now()))
	return &deed{route: "POST /outbox", who: note.who, method: http.MethodPost, path: "/outbox", fields: url.Values{rawBody: {string(body)}}}
}

// exhaust writes until nothing fits any more: much at a time, then the least that
// there is to write.
func (w *brim) exhaust() {
	w.Helper()
	much := func(tx *db.Tx) error {
		return job.Add(tx, "test.none", id.New(w.clk.Now())+strings.Repeat("x", 64<<10), w.clk.Now().AddDate(90, 0, 0))
	}
	for w.a.DB.Write(w.org, much) == nil {
	}
	little := func(tx *db.Tx) error {
		_, err := tx.SysExec("INSERT INTO job_clock (tenant, noted_at) VALUES ('', $1) ON CONFLICT (tenant) DO UPDATE SET noted_at = $1", w.clk.Now())
		return err
	}
	for refused := 0; refused < 3; refused++ {
		if w.a.DB.Write(scope.AsSystem(w.Context(), "test"), little) == nil {
			refused = -1 // the log may have begun anew, in the room that it has
		}
	}
}

// do sends a deed and reports whether anything was written.
func (w *brim) do(d *deed) (reply, bool) {
	w.Helper()
	before := w.a.DB.Stats().Commits
	a := w.send(d.who, d.method, d.path, d.fields)
	return a, w.a.DB.Stats().Commits > before
}

// TestEveryRouteOnAFullDisk does everything that anyone can do in the made-up
// city with a disk that is full, and then again with room. Whatever writes with
// room, a look that must be recorded among it, is refused in words when there is
// none, unless it was written after all; what writes nothing stands; and with
// room all of it goes on, without a restart. A route that was not tried is named.
func TestEveryRouteOnAFullDisk(t *testing.T) {
	t.Parallel()
	w := newBrim(t)
	if w == nil {
		return
	}
	for range 3 {
		w.walk()
		w.live()
		w.rings(w.bells)
	}
	w.dies()
	w.walk()
	deeds := w.deeds()
	w.reopen()
	w.disk.Fill(0)
	w.exhaust()
	for _, d := range deeds {
		if d.full, d.kept = w.do(d); d.kept {
			w.exhaust()
		}
	}
	w.up()
	w.disk.Free()
	done := map[string]bool{}
	for _, d := range deeds {
		if d.method == http.MethodPost && done[d.route] {
			continue
		}
		a, wrote := w.do(d)
		w.truthful(d, a, wrote)
		done[d.route] = done[d.route] || d.method == http.MethodGet || a.status < 400 && wrote && !d.kept
		if !done[d.route] {
			w.why[d.route] += " " + http.StatusText(a.status) + problems(a.body)
		}
	}
	w.all(done)
}

// truthful compares what was said on a full disk with what the same does when
// there is room.
func (w *brim) truthful(d *deed, a reply, wrote bool) {
	w.Helper()
	switch {
	case d.kept || slices.Contains(stays(), d.route) && d.full.status == http.StatusOK:
	case !wrote && d.full.status >= 400 && a.status >= 400:
	case wrote && d.full.status != http.StatusServiceUnavailable:
		w.Errorf("%s as %q on a full disk: %d, and nothing was written", d.route, d.who, d.full.status)
	case wrote && !strings.HasPrefix(d.path, "/outbox") && (!strings.Contains(d.full.body, "<h1") || !strings.Contains(d.full.body, "/crisis")):
		w.Errorf("%s as %q on a full disk: no words, or no way to crisis help: %.300s", d.route, d.who, d.full.body)
	case d.method == http.MethodGet && !wrote && a.status == http.StatusOK && d.full.status != http.StatusOK:
		w.Errorf("%s as %q writes nothing, and says %d on a full disk", d.route, d.who, d.full.status)
	}
}

// up looks at what stands whatever happens to the disk.
func (w *brim) up() {
	w.Helper()
	for _, path := range append([]string{"/crisis", "/", "/sign-in"}, w.doors[0]) {
		if a := w.send(stranger, http.MethodGet, path, nil); a.status != http.StatusOK {
			w.Errorf("on a full disk %s says %d", path, a.status)
		}
	}
	if len(w.looks[stays()[0]]) == 0 {
		w.Error("no status page was looked at")
	}
}

// all names every route that was not tried.
func (w *brim) all(done map[string]bool) {
	w.Helper()
	for _, r := range allRoutes() {
		route := r.Method + " " + r.Pattern
		if _, excused := notHere()[route]; !done[route] && !excused {
			w.Errorf("%s: not tried on a full disk (%d forms; %.400s)", route, len(w.forms[route]), w.why[route])
		}
	}
}
