package app

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/domain/bridge"
	"alongside/domain/consent"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/browsertest"
	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/db/dbtest"
	"alongside/platform/errs"
	"alongside/platform/id"
	"alongside/platform/link"
	"alongside/platform/scope"
)

// quay is the program with someone in it whom Rosa walks with, and a clinic
// that a consent lets read a note which speaks of mental health.
type quay struct {
	*testing.T
	a         *App
	op        context.Context
	rosa, own context.Context
	person    ref.Person
	clinic    ref.Recipient
	given     ref.Consent
	accounts  map[string]ref.Account
}

func newQuay(t *testing.T, c Config) *quay {
	t.Helper()
	c.Data, c.Log = t.TempDir(), slog.New(slog.DiscardHandler)
	a, err := Make(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	q := &quay{T: t, a: a, accounts: map[string]ref.Account{}}
	ctx := scope.With(t.Context(), scope.Scope{Actor: "operator:test", Role: "operator", Purpose: scope.Operations})
	o, err := a.Tenants.Create(ctx, "Lanternford Alongside", "US", "UTC")
	q.must(err)
	q.op = operator(ctx, o)
	q.rosa = q.account("Rosa", access.Peer)
	q.own = q.account("Blue", access.Participant)
	q.must(a.DB.Write(q.rosa, q.settle))
	return q
}

func (q *quay) must(err error) {
	q.Helper()
	if err != nil {
		q.Fatal(err)
	}
}

func (q *quay) account(name, role string) context.Context {
	q.Helper()
	inv, err := q.a.Access.Admit(q.op, access.Newcomer{Name: name, Email: name + "@lanternford.example", Roles: []string{role}}, id.New(q.a.Clock.Now()))
	q.must(err)
	q.accounts[name] = inv.Account.ID
	sc, _ := scope.From(q.op)
	return scope.With(q.Context(), scope.Scope{Tenant: sc.Tenant, Actor: string(inv.Account.ID), Role: role, Purpose: scope.Treatment})
}

func (q *quay) settle(tx *db.Tx) error {
	p, err := people.New().Add(tx, people.Person{Name: "Bluejay"})
	q.must(err)
	q.person = p.ID
	q.must(q.a.Day.Begin(tx, p.ID, q.accounts["Rosa"]))
	q.must(q.a.Door.Belong(tx, q.accounts["Blue"], p.ID))
	r, err := q.a.Consents.AddRecipient(tx, consent.Recipient{Kind: consent.Provider, Name: "Quay Clinic"})
	q.must(err)
	q.clinic = r.ID
	c, err := q.a.Consents.Give(tx, consent.Consent{
		Person: p.ID, Recipient: r.ID, What: []string{consent.Context}, Labels: []string{"MH"}, Purpose: scope.Treatment,
		UntilAt: q.a.Clock.Now().Add(240 * time.Hour), How: consent.Signed, SignedAs: "Bluejay", Language: "en", Rights: consent.Read, Warned: true, Copied: "paper",
	})
	q.given = c.ID
	return err
}

func (q *quay) visitor(token string) context.Context {
	sc, _ := link.Scope(token, scope.Treatment)
	return scope.With(q.Context(), sc)
}

const hers = "Mornings are good for me.\nTell me before you touch me.  \"Please\" & <thanks>. أشكركم"

// send writes a note with its words, lets the person say yes and sends it.
func (q *quay) send(words string) (ref.Note, string) {
	q.Helper()
	n := bridge.Note{ID: ref.Note(id.New(q.a.Clock.Now())), Recipient: q.clinic, Body: words, Touches: []string{"MH"}}
	door, own := bridge.Door{Person: q.person}, bridge.Door{Own: true}
	q.must(q.a.Bridge.Begin(q.rosa, door, n))
	one, err := q.a.Bridge.Note(q.own, own, n.ID)
	q.must(err)
	q.must(q.a.Bridge.Approve(q.own, own, n.ID, one.Mark, ""))
	q.must(q.a.Bridge.Send(q.rosa, door, n.ID))
	one, err = q.a.Bridge.Note(q.rosa, door, n.ID)
	q.must(err)
	return n.ID, one.Token
}

// The whole way through the real door, on both engines: the clinician reads
// exactly what was approved, the person sees when and by whom, the account of
// what was told has it, and after the consent was taken back nothing is there.
func TestAContextNoteThroughTheOneDoor(t *testing.T) {
	for engine, url := range map[string]string{"sqlite": "", "postgres": dbtest.Postgres(t, nil)} {
		t.Run(engine, func(t *testing.T) {
			q := newQuay(t, Config{Postgres: url, Clock: clock.NewFake(noon())})
			n, token := q.send(hers)
			secret, err := q.a.Bridge.Bind(q.visitor(token), token, id.New(noon()))
			q.must(err)
			key := bridge.Key{Token: token, Device: secret}
			got, err := q.a.Bridge.Open(q.visitor(token), key)
			q.must(err)
			if got.Words.Body != hers || got.To != "Quay Clinic" || got.Name != "" || got.Told.Notice != consent.Statement1 {
				t.Errorf("the clinician reads %+v", got)
			}
			one, err := q.a.Bridge.Note(q.own, bridge.Door{Own: true}, n)
			if err != nil || len(one.Read) != 1 || one.Read[0].To != "Quay Clinic" {
				t.Errorf("the person sees %+v %v", one.Read, err)
			}
			q.must(q.a.DB.Write(q.rosa, func(tx *db.Tx) error {
				lines, err := q.a.Door.Accounting(tx, q.person, "all")
				if len(lines) != 1 || lines[0].What[0] != consent.Context || lines[0].Way != "link" || lines[0].Recipient != q.clinic {
					t.Errorf("the account says %+v", lines)
				}
				return err
			}))
			q.must(q.a.DB.Write(q.own, func(tx *db.Tx) error { return q.a.Door.TakeBack(tx, q.given) }))
			if _, err := q.a.Bridge.Open(q.visitor(token), key); !errs.Is(err, errs.NotFound) {
				t.Errorf("after the consent was taken back: %v", err)
			}
		})
	}
}

// In a browser, as it is done: on a phone the person reads and says yes, the
// peer changes a word and has to ask again, and the clinician's page has the
// very words and nothing of anyone else.
func TestAContextNoteInABrowser(t *testing.T) {
	t.Parallel()
	b := browsertest.Browser(t)
	q, addr := servedQuay(t)
	n := bridge.Note{ID: ref.Note(id.New(time.Now())), Recipient: q.clinic, Body: hers, Touches: []string{"MH"}}
	q.must(q.a.Bridge.Begin(q.rosa, bridge.Door{Person: q.person}, n))
	mine, theirs := "/mine/notes/"+string(n.ID), "/walk/"+string(q.person)+"/notes/"+string(n.ID)
	phone := browsertest.Open(t, b, addr, browsertest.Options{Width: 360, Height: 740})
	work := browsertest.Open(t, b, addr, browsertest.Options{Width: 360, Height: 740})
	q.comeIn(phone, addr, "Blue")
	q.comeIn(work, addr, "Rosa")
	phone.Go(addr + "/mine")
	phone.Click(`main a[href="` + mine + `"]`)
	phone.Good()
	words := func(p *browsertest.Page) string {
		return browsertest.Eval[string](p, `document.querySelector("#words").textContent`)
	}
	if got := words(phone); got != hers {
		t.Errorf("the person reads %q", got)
	}
	phone.Click(`form[action$="/approve"] button`)

	work.Go(addr + theirs)
	work.Good()
	browsertest.Eval[bool](work, `document.querySelector('form[action$="/write"] textarea').value += "."; document.querySelectorAll("details").forEach(d => d.open = true); true`)
	work.Click(`form[action$="/write"] button`)
	if work.Text("main") == "" || browsertest.Eval[bool](work, `!!document.querySelector('form[action$="/send"]')`) {
		t.Error("changed words can be sent without a new yes")
	}
	phone.Go(addr + mine)
	phone.Click(`form[action$="/approve"] button`)
	work.Go(addr + theirs)
	work.Click(`form[action$="/send"] button`)
	open := browsertest.Eval[string](work, `document.querySelector("a.address").href`)

	ward := browsertest.Open(t, b, addr, browsertest.Options{Width: 1280, Height: 800})
	ward.Go(open)
	if text := ward.Text("main"); strings.Contains(text, "Mornings") || strings.Contains(text, "Bluejay") {
		t.Errorf("before it is opened the page says %q", text)
	}
	ward.Click("main form button")
	ward.Good()
	if got := words(ward); got != hers+"." {
		t.Errorf("the clinician reads %q", got)
	}
	if text := ward.Text("html"); strings.Contains(text, "Bluejay") || strings.Contains(text, "Rosa") {
		t.Errorf("the page names someone: %q", text)
	}
	phone.Go(addr + mine)
	if text := phone.Text("#read"); !strings.Contains(text, "Quay Clinic") {
		t.Errorf("the person sees of the reading: %q", text)
	}
	phone.Click(`form[action$="/back"] button`)
	q.gone(open)
	q.anew(work, addr+theirs, n.ID)
}

// anew begins a new note with the words of an older one. It is a draft of its
// own: it has no yes, and the older one stands as it was.
func (q *quay) anew(work *browsertest.Page, theirs string, old ref.Note) {
	q.Helper()
	words := func() string { return browsertest.Eval[string](work, `document.querySelector("#words").textContent`) }
	work.Go(theirs)
	work.Click(`main a[href$="/notes?from=` + string(old) + `"]`)
	work.Good()
	if got := browsertest.Eval[string](work, `document.querySelector("main textarea").value`); got != hers+"." {
		q.Fatalf("the new note begins with %q", got)
	}
	work.Click(`form[action$="/notes"] button`)
	if got := words(); got != hers+"." || strings.HasSuffix(theirs, work.Path()) || browsertest.Eval[bool](work, `!!document.querySelector('form[action$="/send"]')`) {
		q.Errorf("the new note says %q at %s, or can be sent without a yes", got, work.Path())
	}
	if one, err := q.a.Bridge.Note(q.rosa, bridge.Door{Person: q.person}, old); err != nil || one.State != bridge.Back {
		q.Errorf("the old one is %s, %v", one.State, err)
	}
}

// servedQuay serves it to browsers.
func servedQuay(t *testing.T) (*quay, string) {
	t.Helper()
	var h http.Handler
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.ServeHTTP(w, r) }))
	t.Cleanup(server.Close)
	q := newQuay(t, Config{Demo: true, Origin: func() string { return server.URL }})
	var err error
	h, err = q.a.Handler()
	q.must(err)
	return q, server.URL
}

// comeIn signs someone in.
func (q *quay) comeIn(p *browsertest.Page, addr, name string) {
	q.Helper()
	in, err := q.a.Access.DemoLink(q.op, q.accounts[name])
	q.must(err)
	p.Go(addr + access.LinkPath(in.Token))
	p.Click("main form .button")
}

// gone: a link that opens nothing is answered like a page that never was.
func (q *quay) gone(address string) {
	q.Helper()
	res, err := http.Get(address)
	q.must(err)
	res.Body.Close()
	if res.StatusCode != http.StatusNotFound {
		q.Errorf("%d", res.StatusCode)
	}
}
