package app

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/module"
	"alongside/platform/page"
	"alongside/platform/scope"
	"alongside/platform/soak"
)

// thing is one request of a day's use, with what it says in each of its places.
type thing struct {
	role, method, path string
	query, form        url.Values
	header             http.Header
	body               string // instead of a form
}

// places are all the names under which pages and forms take an id.
func places() []string {
	return []string{
		"recipient", "destination", "row", "person", "handoff", "site", "peer", "decider", "account", "consent", "instead", "walk", "device",
		"service", "step", "to", "id", "leaf", "shift", "away", "kept", "joined", "contact", "code", "token", "which", "entry", "who",
	}
}

// day is what people do in a day: each page and form of the program, in each
// role, with ids of one's own organisation in every place that takes one.
func (w *town) day() (out []thing) {
	for _, r := range allRoutes() {
		if ends(r) || strings.HasSuffix(r.Pattern, "/live") {
			continue
		}
		promise := routeTable()[r.Method+" "+r.Pattern]
		roles := promise.who
		if roles == nil {
			roles = []string{""}
		}
		for _, role := range roles {
			t := thing{role: role, method: r.Method, path: w.path(r.Pattern, promise.id, "here", guest{session: "06ekxdz75a07ae0gphtzmmmkv4"})}
			t.query, t.form, t.header = url.Values{}, filled(role), http.Header{}
			for _, p := range places() {
				t.query.Set(p, w.ids["here"]["handoff"])
				t.form.Set(p, w.ids["here"]["handoff"])
			}
			for _, h := range []string{"Referer", "HX-Current-URL", "X-Forwarded-For", "X-Forwarded-Host", "X-Organisation", "Authorization"} {
				t.header.Set(h, "https://alongside.example/handoff/"+w.ids["here"]["handoff"])
			}
			if strings.Contains(r.Pattern, "passkey") {
				t.body = `{"token":"` + w.ids["here"]["token"] + `","answer":{"id":"` + w.ids["here"]["handoff"] + `"}}`
			}
			out = append(out, t)
		}
	}
	return out
}

// ends reports whether a request ends the sign-in that it comes with, or the
// person; their pages have tests of their own.
func ends(r module.Route) bool {
	return strings.Contains(r.Pattern, "sign-out") || strings.Contains(r.Pattern, "end-others") || r.Pattern == "/mine/leave" && r.Method == http.MethodPost
}

// swapped is a request with other ids in some of its places, at least in one.
func (w *town) swapped(t thing, dice *rand.Rand) thing {
	theirs := w.theirs()
	one := func() string { return theirs[dice.IntN(len(theirs))] }
	where := 1 + dice.IntN(31) // which of the five places
	if where&1 != 0 {
		for _, id := range w.ids["here"] {
			t.path = strings.ReplaceAll(t.path, url.PathEscape(id), url.PathEscape(one()))
		}
	}
	t.query, t.form, t.header = exchanged(t.query, where&2 != 0, one), exchanged(t.form, where&4 != 0, one), t.header.Clone()
	if where&8 != 0 {
		for h := range t.header {
			t.header.Set(h, "https://alongside.example/handoff/"+one())
		}
		t.header.Set("Cookie", "alongside-device="+one()+"; org="+string(w.orgs["there"].ID))
	}
	if where&16 != 0 && t.body != "" {
		t.body = strings.NewReplacer(w.ids["here"]["token"], one(), w.ids["here"]["handoff"], one()).Replace(t.body)
	}
	return t
}

func exchanged(v url.Values, swap bool, one func() string) url.Values {
	out := url.Values{}
	for name := range v {
		out.Set(name, v.Get(name))
		if swap && slices.Contains(places(), name) {
			out.Set(name, one())
		}
	}
	return out
}

// theirs are the other organisation's ids, alone and as rows.
func (w *town) theirs() []string {
	out := []string{string(w.orgs["there"].ID)}
	for what, id := range w.ids["there"] {
		out = append(out, id, what+"_"+what+"/"+id)
	}
	return append(out, "handoff_event/"+w.ids["there"]["handoff"]+"/1", "people_person/"+w.ids["there"]["person"])
}

func (w *town) send(g guest, t thing) answer {
	w.Helper()
	ctx, cancel := context.WithTimeout(w.Context(), 5*time.Minute) // a busy machine is no leak
	defer cancel()
	t.form.Set("act", page.NewAct(noon()))
	body, kind := t.form.Encode(), "application/x-www-form-urlencoded"
	if t.body != "" {
		body, kind = t.body, "application/json"
	}
	r, err := http.NewRequestWithContext(ctx, t.method, w.url+t.path+"?"+t.query.Encode(), strings.NewReader(body))
	w.must(err)
	r.Header = t.header.Clone()
	r.Header.Set("Content-Type", kind)
	if g.cookie != "" {
		r.AddCookie(&http.Cookie{Name: "__Host-alongside", Value: g.cookie})
	}
	res, err := http.DefaultTransport.RoundTrip(r)
	w.must(err)
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	w.must(err)
	return answer{status: res.StatusCode, header: res.Header, body: string(text)}
}

// print is a fingerprint of every row of an organisation, table by table. What
// is counted for a guesser, and what was read by a link of its own, may grow.
func (w *town) print(org string) map[string]string {
	w.Helper()
	out := map[string]string{}
	w.must(w.a.DB.Read(scope.AsSystem(w.Context(), "test"), func(tx *db.Tx) error {
		rows, err := tx.SysQuery("SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = 'tenant' ORDER BY m.name")
		w.must(err)
		var tables []string
		for rows.Next() {
			var name string
			w.must(rows.Scan(&name))
			tables = append(tables, name)
		}
		rows.Close()
		for _, t := range tables {
			rows, err := tx.SysQuery("SELECT * FROM "+t+" WHERE tenant = $1", string(w.orgs[org].ID))
			w.must(err)
			cols, err := rows.Columns()
			w.must(err)
			h := sha256.New()
			for rows.Next() {
				row, into := make([]any, len(cols)), make([]any, len(cols))
				for i := range row {
					into[i] = &row[i]
				}
				w.must(rows.Scan(into...))
				fmt.Fprintln(h, row...)
			}
			rows.Close()
			out[t] = fmt.Sprintf("%x", h.Sum(nil))
		}
		return nil
	}))
	if len(out) < 20 {
		w.Errorf("only %d tables were read", len(out))
	}
	return out
}

// TestIdsOfAnotherOrganisationOpenNothing plays a day of use with ids of another
// organisation put in, in path, query, form, header and body. Nothing of it may
// be said, nothing of it may change, and nothing breaks.
func TestIdsOfAnotherOrganisationOpenNothing(t *testing.T) {
	w := newTown(t)
	dice := soak.Rand(t, 5)
	day := w.day()
	guests := map[string]guest{"": {}}
	for _, role := range everyone {
		guests[role] = w.guest("here", role, own)
	}
	before := w.print("there")
	said, yes := 0, 0
	for said < soak.Count(100_000) {
		one := w.swapped(day[dice.IntN(len(day))], dice)
		linked := one.role == "" && strings.Contains(one.path, "/"+string(w.orgs["there"].ID)) // whoever holds their link may open it
		if linked {
			continue
		}
		a := w.send(guests[one.role], one)
		switch {
		case a.status >= 500:
			t.Errorf("%s %s as %q: %d", one.method, one.path, one.role, a.status)
		case strings.Contains(a.body, "Yellowmarsh"):
			t.Errorf("%s %s as %q says what is another's", one.method, one.path, one.role)
		case toSignIn(a) && one.role != "":
			guests[one.role] = w.guest("here", one.role, own)
		}
		if said++; a.status < 400 {
			yes++
		}
		if t.Failed() {
			t.Fatalf("form %v, query %v", one.form, one.query)
		}
	}
	t.Logf("%d requests, %d answered with a yes", said, yes)
	if yes < said/10 {
		t.Errorf("%d yes of %d: this test would not see what leaks", yes, said)
	}
	for table, print := range w.print("there") {
		if print != before[table] {
			t.Errorf("%s: rows of the other organisation changed", table)
		}
	}
}

// However often a guest forges where they come from, it is one guest: the limit
// of the sign-in holds, and holds after a restart.
func TestForgedForwardingBuysNoTries(t *testing.T) {
	w := newTown(t)
	for path, form := range map[string]url.Values{
		"/sign-in":          {"email": {"nobody@made-up.example"}, "password": {"wrong horse battery"}, "code": {"000000"}, "act": {page.NewAct(noon())}},
		access.CardDoorPath: {"alias": {"Nobody"}, "words": {"river lamp bread olive moon"}},
	} {
		last := 0
		for i := range 12 {
			h := http.Header{"X-Forwarded-For": {fmt.Sprintf("198.51.100.%d", i)}, "Forwarded": {fmt.Sprintf("for=198.51.100.%d", i)}, "X-Real-Ip": {fmt.Sprintf("198.51.100.%d", i)}}
			last = w.send(guest{}, thing{method: http.MethodPost, path: path, form: form, header: h}).status
		}
		if last != http.StatusTooManyRequests {
			t.Fatalf("%s after twelve tries: %d", path, last)
		}
	}
	again := access.New(w.a.Access.Deps)
	if _, err := again.SignIn(w.Context(), access.Typed{Email: "nobody@made-up.example", Password: "x", Code: "000000"}, access.Device{Net: "127.0.0.0/24"}); !errs.Is(err, errs.TooMany) {
		t.Errorf("after a restart: %v", err)
	}
	if _, err := again.SignInByCard(w.Context(), access.TypedCard{Alias: "nobody", Words: "river"}, access.Device{Net: "127.0.0.0/24"}); !errs.Is(err, errs.TooMany) {
		t.Errorf("a card after a restart: %v", err)
	}
}
