package app

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/domain/workforce"
	"alongside/platform/browsertest"
	"alongside/platform/db"
	"alongside/platform/id"
	"alongside/platform/page"
	"alongside/platform/soak"
)

const myPages = "/my-pages"

// wrote is the path of what a guest wrote by the form.
func (w *town) wrote(g guest, kind, words string) string {
	w.Helper()
	act := page.NewAct(time.Now())
	a := w.ask(g, http.MethodPost, myPages, url.Values{"act": {act}, "kind": {kind}, "words": {words}})
	if a.status != http.StatusSeeOther {
		w.Fatalf("writing: %d %s", a.status, a.body)
	}
	return myPages + "/" + act
}

// posts are the forms below a page.
func posts() []string { return []string{"change", "erase", "say", "invite", "leave"} }

// A page of a peer's own is not there for anybody else, in no role, and not by its
// address: each refusal is the answer for what is not here, to the letter. It stands
// as it was after all of them tried.
func TestNobodyOpensAnothersPages(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	rosa := w.guest("here", access.Peer, own)
	pages := []string{
		w.wrote(rosa, workforce.Recovery, "Quillfeather alone"), w.wrote(rosa, workforce.Wellbeing, "Quillfeather tired"),
		w.wrote(rosa, workforce.Reflection, "Quillfeather together"),
	}
	for _, org := range []string{"here", "there"} {
		for _, role := range everyone {
			g := w.guest(org, role, own)
			for _, p := range pages {
				w.notThere(role+" of "+org, g, p)
			}
			if a := w.ask(g, http.MethodGet, myPages, nil); strings.Contains(a.body, "Quillfeather") {
				t.Errorf("the list of who is a %s has it", role)
			}
		}
	}
	w.see(rosa, myPages, []string{"Quillfeather alone", "Quillfeather tired", "Quillfeather together", "/crisis", "/rota/hard"})
	for _, p := range pages {
		w.see(rosa, p, []string{"Quillfeather"}, "Yellowmarsh")
	}
}

func (w *town) notThere(who string, g guest, p string) {
	w.Helper()
	const nowhere = "/no/such/page"
	form := url.Values{"act": {page.NewAct(time.Now())}, "words": {"other words"}, "version": {"0"}, "who": {string(g.account)}}
	got, none := w.ask(g, http.MethodGet, p, nil), w.ask(g, http.MethodGet, nowhere, nil)
	w.same(who+" reads", got.like(p), none.like(nowhere))
	for _, what := range posts() {
		got, none := w.ask(g, http.MethodPost, p+"/"+what, form), w.ask(g, http.MethodPost, nowhere, form)
		w.same(who+", "+what, got.like(p+"/"+what), none.like(nowhere))
	}
}

// Whoever came in by a link reads nothing of it, sees the same for a page that is
// there and one that is not, and changes nothing: an administrator can make a link.
func TestALinkOpensNoPages(t *testing.T) {
	w := newTown(t)
	rosa := w.guest("here", access.Peer, own)
	p := w.wrote(rosa, workforce.Recovery, "Quillfeather")
	inv, err := w.a.Access.Link(w.operator("here"), rosa.account, id.New(time.Now()))
	w.must(err)
	in, err := w.a.Access.OpenLink(w.Context(), inv.Token, id.New(time.Now()), access.Device{Agent: "test"})
	w.must(err)
	thief := guest{rosa.account, in.Session, in.Token}
	const nobodys = myPages + "/06ekxdz75a07ae0gphtzmmmkv4"
	none := w.ask(thief, http.MethodGet, nobodys, nil)
	for _, path := range []string{p, myPages, myPages + "/all"} {
		got := w.ask(thief, http.MethodGet, path, nil)
		if path == p {
			w.same("by a link", got.like(path), none.like(nobodys))
		}
		if got.status != http.StatusOK || !strings.Contains(got.body, "You came in by a link") || strings.Contains(got.body, "Quillfeather") {
			t.Errorf("%s: %d", path, got.status)
		}
	}
	form := url.Values{"act": {page.NewAct(time.Now())}, "words": {"other words"}, "version": {"0"}, "kind": {workforce.Recovery}}
	for _, path := range []string{p + "/change", p + "/erase", myPages, myPages + "/take", myPages + "/erase-all"} {
		a := w.ask(thief, http.MethodPost, path, form)
		if a.status != http.StatusSeeOther || a.header.Get("Location") != myPages || strings.Contains(a.body, "Quillfeather") {
			t.Errorf("%s: %d", path, a.status)
		}
	}
	w.see(rosa, p, []string{"Quillfeather"}, "other words")
	w.see(rosa, myPages, []string{"Quillfeather"}, "other words")
}

// Whose role of a peer was taken away reads, takes along and erases what they
// wrote, and begins nothing; after that there is no such page.
func TestWhoIsNoPeerAnyMoreKeepsTheirPages(t *testing.T) {
	w := newTown(t)
	rosa := w.guest("here", access.Peer, own)
	p := w.wrote(rosa, workforce.Wellbeing, "Quillfeather <b>& more</b>")
	_, err := w.a.Access.SetRoles(w.operator("here"), rosa.account, []string{access.Evaluator})
	w.must(err)
	inv, err := w.a.Access.Link(w.operator("here"), rosa.account, id.New(time.Now()))
	w.must(err)
	in, err := w.a.Access.OpenLink(w.Context(), inv.Token, id.New(time.Now()), access.Device{Agent: "test"})
	w.must(err)
	w.byKey(in.Session)
	rosa = guest{rosa.account, in.Session, in.Token}
	w.see(rosa, myPages, []string{"What you wrote is still yours", "Quillfeather"}, `name="kind"`)
	w.see(rosa, p, []string{"Quillfeather"})
	got := w.ask(rosa, http.MethodPost, myPages+"/take", filled(""))
	if got.status != http.StatusOK || !strings.Contains(got.body, "Quillfeather &lt;b&gt;") || got.header.Get("Cache-Control") != "no-store" ||
		!strings.HasPrefix(got.header.Get("Content-Disposition"), "attachment") || strings.Contains(got.body, "http") {
		t.Errorf("%d %v %s", got.status, got.header, got.body)
	}
	if a := w.ask(rosa, http.MethodPost, myPages, url.Values{"act": {page.NewAct(time.Now())}, "kind": {workforce.Recovery}, "words": {"x"}}); a.status != http.StatusNotFound {
		t.Errorf("begins one: %d", a.status)
	}
	for _, want := range []int{http.StatusSeeOther, http.StatusNotFound} {
		if a := w.ask(rosa, http.MethodPost, myPages+"/erase-all", filled("")); a.status != want {
			t.Errorf("erasing: %d, want %d", a.status, want)
		}
	}
	if a := w.ask(rosa, http.MethodGet, myPages, nil); a.status != http.StatusNotFound {
		t.Errorf("afterwards: %d", a.status)
	}
}

// Words that are too many, and a form without an answer, come back as they were
// typed.
func TestNothingThatWasTypedIsLost(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	rosa := w.guest("here", access.Peer, own)
	long := strings.Repeat("Quillfeather ", 400)
	for _, form := range []url.Values{
		{"act": {page.NewAct(time.Now())}, "kind": {workforce.Recovery}, "words": {long}},
		{"act": {page.NewAct(time.Now())}, "words": {"Quillfeather short"}},
	} {
		a := w.ask(rosa, http.MethodPost, myPages, form)
		if a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, strings.TrimSpace(form.Get("words"))) {
			t.Errorf("%d", a.status)
		}
	}
	turned := w.ask(rosa, http.MethodPost, myPages+"?lang=es", url.Values{"act": {page.NewAct(time.Now())}, "kind": {workforce.Recovery}, "words": {"Quillfeather turned"}})
	if turned.status != http.StatusOK || !strings.Contains(turned.body, ">Quillfeather turned</textarea>") {
		t.Errorf("in another language: %d", turned.status)
	}
	w.see(rosa, myPages, []string{"Nothing is here yet"}, "Quillfeather turned")
	p := w.wrote(rosa, workforce.Reflection, "Quillfeather first")
	for path, say := range map[string]string{p + "/change": "new", p + "/say": "said"} {
		a := w.ask(rosa, http.MethodPost, path, url.Values{"act": {page.NewAct(time.Now())}, "version": {"7"}, "words": {say + " " + long}})
		if a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, say+" "+strings.TrimSpace(long)) || !strings.Contains(a.body, "Quillfeather first") {
			t.Errorf("%s: %d", path, a.status)
		}
	}
	act := page.NewAct(time.Now())
	for n, words := range []string{"one", "one", "two"} {
		a := w.ask(rosa, http.MethodPost, myPages, url.Values{"act": {act}, "kind": {workforce.Recovery}, "words": {words}})
		if want := []int{303, 303, 422}[n]; a.status != want || n == 2 && (!strings.Contains(a.body, ">two</textarea>") || strings.Contains(a.body, `value="`+act)) {
			t.Errorf("%s: %d", words, a.status)
		}
	}
}

// No command, no list of what is held, no page of someone who leads and no figure
// of the server has a word of it or says that there is one; no phone keeps it.
func TestNothingElseKnowsOfPages(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	rosa := w.guest("here", access.Peer, own)
	w.wrote(rosa, workforce.Wellbeing, "Quillfeather")
	for _, role := range []string{access.Supervisor, access.Coordinator, access.Administrator, access.Evaluator} {
		g := w.guest("here", role, own)
		for _, r := range allRoutes() {
			if r.Method != http.MethodGet || strings.Contains(r.Pattern, "{") || strings.HasSuffix(r.Pattern, "/live") {
				continue
			}
			if a := w.ask(g, r.Method, r.Pattern, nil); strings.Contains(a.body, "Quillfeather") {
				t.Errorf("%s as %s has it", r.Pattern, role)
			}
		}
	}
	for _, r := range workforce.Module(&workforce.Web{S: w.a.Pages}).Routes {
		if r.Offline || !r.Unseen {
			t.Errorf("%s %s may be kept on a phone, or is counted", r.Method, r.Pattern)
		}
	}
	if a := w.ask(guest{}, http.MethodGet, "/sw.js", nil); a.status != http.StatusOK || strings.Contains(a.body, "my-pages") {
		t.Errorf("the phone's keeper knows of it: %d", a.status)
	}
	if a := w.ask(guest{}, http.MethodGet, "/metrics", nil); a.status != http.StatusOK || strings.Contains(a.body, "my-pages") {
		t.Errorf("the figures know of it: %d", a.status)
	}
	for _, r := range w.a.records() {
		if _, about := r.About(); about && strings.HasPrefix(r.Name(), "workforce_") {
			t.Errorf("%s is listed with what is held about a person", r.Name())
		}
	}
}

// An account that ends takes its pages along; one that works here too keeps them.
func TestPagesEndWithTheirAccount(t *testing.T) {
	w := newTown(t)
	for roles, kept := range map[string]bool{access.Participant: false, access.Participant + " " + access.Peer: true} {
		g := w.newcomer("here", access.Peer, own)
		w.wrote(g, workforce.Recovery, "Quillfeather")
		_, err := w.a.Access.SetRoles(w.operator("here"), g.account, strings.Fields(roles))
		w.must(err)
		var n int64
		w.must(w.a.DB.Write(w.operator("here"), func(tx *db.Tx) error {
			if _, err := w.a.endAccount(tx, g.account); err != nil {
				return err
			}
			return tx.Row("SELECT COUNT(*) FROM workforce_entry WHERE tenant = $1 AND account = $2 AND gone_at = 0", g.account).Scan(&n)
		}))
		if (n == 1) != kept {
			t.Errorf("of %s: %d pages", roles, n)
		}
	}
}

// TestPagesOnAPhone: a peer writes, changes, begins to think with another and
// invites them, on a small phone, in each language, outside
// a soak in one of them; every page is good, and every title is the same.
func TestPagesOnAPhone(t *testing.T) {
	t.Parallel()
	browser := browsertest.Browser(t)
	for _, lang := range soak.Some(t, 9, "en", "es", "ar") {
		t.Run(lang, func(t *testing.T) {
			w := newFive(t, browser)
			w.ownPages(browser, lang)
		})
	}
}

func (w *fiveAtOnce) ownPages(browser context.Context, lang string) {
	w.t.Helper()
	p := browsertest.Open(w.t, browser, w.signIn["Rosa"], browsertest.Options{Lang: lang, Dark: lang == "es"})
	p.Click("main form .button")
	p.Go(w.addr + myPages)
	p.Good()
	title := browsertest.Eval[string](p, "document.title")
	p.Press(`main input[value="recovery"]`)
	typed := func(words string) {
		browsertest.Eval[bool](p, "document.querySelector('main textarea').value = "+strconv.Quote(words)+"; true")
	}
	typed("Kittiwake")
	p.Click("main .button-go")
	p.Good()
	p.Click(`main a[href^="/my-pages/0"]`)
	p.Good()
	p.Press("main details summary")
	typed("Kittiwake and tern")
	p.Click(`main form[action$="/change"] .button`)
	if text := p.Text("main"); !strings.Contains(text, "and tern") {
		w.t.Error(text)
	}
	p.Go(w.addr + myPages)
	p.Press(`main input[value="reflection"]`)
	typed("I gave advice.")
	p.Click("main .button-go")
	p.Good()
	if got := browsertest.Eval[string](p, "document.title"); got != title {
		w.t.Errorf("titles %q and %q", title, got)
	}
	for _, path := range []string{myPages + "/all", myPages} {
		p.Go(w.addr + path)
		p.Good()
	}
	p.Go(w.addr + myPages + "/all")
	p.Press("main summary")
	p.Click(`main form[action$="/erase-all"] .button`)
	if text := p.Text("main"); strings.Contains(text, "Kittiwake") {
		w.t.Error("erased, and there")
	}
}
