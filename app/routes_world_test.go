package app

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/domain/consent"
	"alongside/domain/handoff"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/domain/tenant"
	"alongside/platform/clock"
	"alongside/platform/db"
	"alongside/platform/id"
	"alongside/platform/scope"
)

// town is the program with two organisations in it that know nothing of each
// other, served to a browser.
type town struct {
	*testing.T
	a       *App
	url     string
	ids     map[string]map[string]string // organisation → name in a path → value
	orgs    map[string]tenant.Tenant
	markers map[string]string // a name that only that organisation may read
	n       int
}

func newTown(t *testing.T) *town {
	t.Helper()
	a, err := Make(t.Context(), Config{
		Data: t.TempDir(), Log: slog.New(slog.DiscardHandler),
		Clock:  clock.NewFake(noon()),
		Origin: func() string { return "https://alongside.example" },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	h, err := a.Handler()
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	w := &town{T: t, a: a, url: s.URL, ids: map[string]map[string]string{}, orgs: map[string]tenant.Tenant{}, markers: map[string]string{}}
	w.settle("here", "Zanzibarquay")
	w.settle("there", "Yellowmarsh")
	return w
}

func noon() time.Time { return time.Date(2026, 11, 20, 23, 5, 0, 0, time.UTC) }

func (w *town) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// settle makes one organisation with a site, a service and a hand-off.
func (w *town) settle(name, marker string) {
	w.Helper()
	o, err := w.a.Tenants.Create(scope.With(w.Context(), scope.Scope{Actor: "operator:test", Role: "operator", Purpose: scope.Operations}), marker+" Org", "US", "UTC")
	w.must(err)
	w.orgs[name], w.markers[name] = o, marker
	site, token, err := w.a.Handoffs.AddSite(w.operator(name), handoff.Site{Name: marker + " General"})
	w.must(err)
	link := scope.With(w.Context(), scope.Scope{Tenant: string(o.ID), Actor: "link:" + token[len(token)-8:], Purpose: scope.Treatment})
	receipt, err := w.a.Handoffs.Ask(link, handoff.Ask{
		Handoff: handoff.Handoff{Answer: "yes", Where: marker + " bay 7"}, Person: people.Person{Name: marker}, Act: id.New(time.Now()), Site: site.ID,
	})
	w.must(err)
	service, err := w.a.Handoffs.AddDestination(w.operator(name), handoff.Destination{Name: marker + " Clinic"})
	w.must(err)
	victim := w.account(name, access.Peer, marker+" Worker")
	person, agreed := w.consent(name, marker)
	w.ids[name] = map[string]string{
		"person": string(person), "consent": string(agreed),
		"handoff": string(receipt.ID), "account": string(victim), "token": token, "status": receipt.Token,
		"site": string(site.ID), "service": string(service.ID),
	}
}

// settleMates makes, twice, what is a colleague's alone: a person they walk with
// since they met, what that person allowed, and a hand-off they said yes to, at the
// site of the town and at another one.
func (w *town) settleMates() {
	w.Helper()
	far, _, err := w.a.Handoffs.AddSite(w.operator("here"), handoff.Site{Name: "Xanthic Hill"})
	w.must(err)
	for state, site := range map[string]string{mates: w.ids["here"]["site"], afar: string(far.ID)} {
		mate := w.account("here", access.Peer, "A mate")
		person, agreed := w.consent("here", "Quillfeather")
		w.begin(person, mate)
		w.ids[state] = maps.Clone(w.ids["here"])
		w.ids[state]["person"], w.ids[state]["consent"] = string(person), string(agreed)
		w.ids[state]["handoff"] = string(w.walked(ref.Site(site), mate))
	}
}

// begin lets a peer walk with a person.
func (w *town) begin(person ref.Person, peer ref.Account) {
	w.Helper()
	w.must(w.a.DB.Write(w.operator("here"), func(tx *db.Tx) error { return w.a.Day.Begin(tx, person, peer) }))
}

// walked is a hand-off that a peer said yes to.
func (w *town) walked(site ref.Site, peer ref.Account) ref.Handoff {
	w.Helper()
	org := string(w.orgs["here"].ID)
	link := scope.With(w.Context(), scope.Scope{Tenant: org, Actor: "link:test", Purpose: scope.Treatment})
	r, err := w.a.Handoffs.Ask(link, handoff.Ask{Handoff: handoff.Handoff{Answer: "yes"}, Act: id.New(time.Now()), Site: site})
	w.must(err)
	as := scope.With(w.Context(), scope.Scope{Tenant: org, Actor: string(peer), Role: access.Peer, Purpose: scope.Treatment})
	w.must(w.a.Handoffs.Take(as, r.ID, handoff.StepAck, handoff.Input{Act: id.New(time.Now())}))
	return r.ID
}

// consent makes a person with a consent that waits to be read back.
func (w *town) consent(name, marker string) (person ref.Person, given ref.Consent) {
	w.Helper()
	w.must(w.a.DB.Write(w.operator(name), func(tx *db.Tx) error {
		p, err := people.New().Add(tx, people.Person{Provisional: true, Name: marker})
		w.must(err)
		r, err := w.a.Consents.AddRecipient(tx, consent.Recipient{Kind: consent.Provider, Name: marker + " Clinic"})
		w.must(err)
		c, err := w.a.Consents.Give(tx, consent.Consent{
			Person: p.ID, Recipient: r.ID, What: []string{consent.Name}, Purpose: scope.Treatment, How: consent.Signed,
			UntilAt: noon().AddDate(0, 1, 0), Early: true,
		})
		person, given = p.ID, c.ID
		return err
	}))
	return person, given
}

func (w *town) operator(name string) context.Context {
	return scope.With(w.Context(), access.Operator(string(w.orgs[name].ID), "test"))
}

func (w *town) account(org, role, name string) ref.Account {
	w.Helper()
	w.n++
	inv, err := w.a.Access.Admit(w.operator(org), access.Newcomer{
		Name: name, Email: fmt.Sprintf("a%d@made-up.example", w.n), Roles: []string{role},
	}, id.New(time.Now()))
	w.must(err)
	return inv.Account.ID
}

// guest is a browser: an account, and the cookie it was given.
type guest struct {
	account ref.Account
	session ref.Session
	cookie  string
}

// guest is a newcomer who walks with the town's person, if they can.
func (w *town) guest(org, role, state string) guest {
	w.Helper()
	g := w.newcomer(org, role, state)
	if walks := role == access.Peer || role == access.Supervisor; walks && state == own && org == "here" {
		w.begin(ref.Person(w.ids[org]["person"]), g.account)
	}
	return g
}

// newcomer signs a new account in, in a role, as it was before the state came. They
// count as come in by a passkey: a link does not open what is somebody's alone.
func (w *town) newcomer(org, role, state string) guest {
	w.Helper()
	if state == signedOut {
		return guest{session: "06ekxdz75a07ae0gphtzmmmkv4"}
	}
	acc := w.account(org, role, role+" of "+org)
	inv, err := w.a.Access.Link(w.operator(org), acc, id.New(time.Now()))
	w.must(err)
	in, err := w.a.Access.OpenLink(w.Context(), inv.Token, id.New(time.Now()), access.Device{Agent: "test"})
	w.must(err)
	w.byKey(in.Session)
	g := guest{acc, in.Session, in.Token}
	own := scope.With(w.Context(), in.Scope())
	switch state {
	case revoked:
		w.must(w.a.Access.EndSignIn(own, in.Session))
	case suspended:
		w.must(w.a.Access.Pause(w.operator(org), acc))
	case forged:
		g.cookie = strings.Repeat("0", len(g.cookie))
	}
	return g
}

// byKey makes a sign-in one by a passkey.
func (w *town) byKey(session ref.Session) {
	w.Helper()
	w.must(w.a.DB.Write(w.operator("here"), func(tx *db.Tx) error {
		_, err := tx.SysExec("UPDATE access_session SET way = 'passkey' WHERE session = $1", session)
		return err
	}))
}

// answer is what came back, with what differs by chance taken out.
type answer struct {
	status int
	header http.Header
	body   string
}

// chance is what differs from one drawing of a page to the next: marks of
// forms, references, the way back.
var chance = regexp.MustCompile(`[0-9a-hjkmnp-tv-z]{26}|\b[0-9a-hjkmnp-tv-z]{8}\b`)

func (w *town) ask(g guest, method, path string, form url.Values) answer {
	w.Helper()
	ctx, cancel := context.WithTimeout(w.Context(), 20*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, method, w.url+path, strings.NewReader(form.Encode()))
	w.must(err)
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if g.cookie != "" {
		r.AddCookie(&http.Cookie{Name: "__Host-alongside", Value: g.cookie})
	}
	res, err := http.DefaultTransport.RoundTrip(r)
	w.must(err)
	defer res.Body.Close()
	out := answer{status: res.StatusCode, header: res.Header.Clone()}
	if !strings.HasPrefix(res.Header.Get("Content-Type"), "text/event-stream") { // a stream has no end to wait for
		body, err := io.ReadAll(res.Body)
		w.must(err)
		out.body = string(body)
	}
	return out
}

// like takes out of an answer what may differ from another without telling
// anything: the path that was asked for, and chance.
func (a answer) like(path string) answer {
	out := answer{status: a.status, header: a.header.Clone()}
	for _, h := range []string{"Date", "Content-Length", "Set-Cookie"} {
		out.header.Del(h)
	}
	plain := func(s string) string {
		if s == path {
			return "PATH"
		}
		s = strings.ReplaceAll(s, `"`+path+`"`, `"PATH"`)
		for _, p := range []string{url.QueryEscape(path), url.PathEscape(path)} {
			s = strings.ReplaceAll(s, p, "PATH")
		}
		return chance.ReplaceAllString(s, "CHANCE")
	}
	if l := out.header.Get("Location"); l != "" {
		out.header.Set("Location", plain(l))
	}
	out.body = plain(a.body)
	return out
}
