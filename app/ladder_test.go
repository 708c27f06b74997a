package app

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/domain/engagement"
	"alongside/domain/handoff"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/domain/rota"
	"alongside/platform/clock"
	"alongside/platform/cputest"
	"alongside/platform/db/dbtest"
	"alongside/platform/id"
	"alongside/platform/job"
	"alongside/platform/scope"
)

// ladderTown is the whole program with one organisation, one site, a peer on duty and
// a supervisor.
type ladderTown struct {
	*App
	clk            *clock.Fake
	tenant         string
	site           handoff.Site
	token          string
	rosa, sol      ref.Account
	runner, beyond *job.Runner
}

func newLadderTown(t testing.TB) *ladderTown {
	w := &ladderTown{clk: clock.NewFake(time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC))}
	var err error
	w.App, err = Make(t.Context(), Config{Data: t.TempDir(), Clock: w.clk, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	o, err := w.Tenants.Create(operatorOf(t, ""), "Made-up Org", "US", "America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	w.tenant = string(o.ID)
	w.rosa, w.sol = w.worker(t, access.Peer), w.worker(t, access.Supervisor)
	lead := w.as(t, access.Coordinator, "cosmo")
	if w.site, w.token, err = w.Handoffs.AddSite(lead, handoff.Site{Name: "Mercy", Duty: "555-0100"}); err != nil {
		t.Fatal(err)
	}
	err = w.Rota.Add(lead, rota.Shift{ID: ref.Shift(id.New(w.clk.Now())), Site: w.site.ID, Peer: w.rosa, From: "2026-01-01", Repeats: rota.Daily})
	if err != nil {
		t.Fatal(err)
	}
	handlers := w.Gate.Jobs()
	for kind, h := range w.Rota.Jobs() {
		handlers[kind] = h
	}
	w.runner = job.NewRunner(w.DB, w.clk, dbtest.Log(t), handlers)
	w.beyond = w.runner.In(job.Outside)
	return w
}

func operatorOf(t testing.TB, tenant string) context.Context {
	return scope.With(t.Context(), scope.Scope{Tenant: tenant, Actor: "operator:test", Role: "operator", Purpose: scope.Operations})
}

func (w *ladderTown) as(t testing.TB, role string, who ref.Account) context.Context {
	return scope.With(t.Context(), scope.Scope{Tenant: w.tenant, Actor: string(who), Role: role, Purpose: scope.Treatment})
}

func (w *ladderTown) worker(t testing.TB, role string) ref.Account {
	n := access.Newcomer{Name: role, Email: role + "@made-up.example", Roles: []string{role}}
	inv, err := w.Access.Invite(operatorOf(t, w.tenant), n, id.New(w.clk.Now()))
	if err != nil {
		t.Fatal(err)
	}
	return inv.Account.ID
}

func (w *ladderTown) ask(t testing.TB, s *handoff.Service, n int) handoff.Receipt {
	r, err := s.Ask(w.as(t, "", "link:mercy"), handoff.Ask{
		Handoff: handoff.Handoff{Answer: "yes", Where: "Bay 7"}, Person: people.Person{Name: "Blue"}, Act: fmt.Sprint("form-", n), Site: w.site.ID,
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (w *ladderTown) wait(t testing.TB, d time.Duration) {
	for ; d > 0; d -= 5 * time.Second {
		w.clk.Add(5 * time.Second)
		for _, r := range []*job.Runner{w.runner, w.beyond} {
			if _, err := r.Sweep(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// statusPage is what the nurse's browser shows.
func (w *ladderTown) statusPage(t testing.TB, h http.Handler, token string) string {
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, httptest.NewRequest("GET", "/asked/"+token, nil))
	if rec.Code != http.StatusOK {
		t.Fatal(rec.Code)
	}
	return rec.Body.String()
}

// TestTheNurseSeesTheLadder goes from the ask to the telephone, and to a yes,
// as the nurse's page tells it.
func TestTheNurseSeesTheLadder(t *testing.T) {
	w := newLadderTown(t)
	h, err := w.Handler()
	if err != nil {
		t.Fatal(err)
	}
	r := w.ask(t, w.Handoffs, 1)
	says := func(want bool, words ...string) {
		t.Helper()
		text := w.statusPage(t, h, r.Token)
		for _, s := range words {
			if strings.Contains(text, s) != want {
				t.Errorf("%q on the page: %v", s, !want)
			}
		}
	}
	says(true, "Next: a peer on duty is asked.")
	w.wait(t, 5*time.Second)
	says(true, "A peer on duty was asked", "a supervisor") // rosa is alone on duty: no second peer is promised
	says(false, "a second peer", "555-0100", "rosa", string(w.rosa), access.Peer+"@")
	w.wait(t, 3*time.Minute)
	says(true, "The supervisors were told (1)", "this page shows a number to call")
	w.wait(t, 5*time.Minute)
	says(true, "Nobody has said yes yet", "Everyone was asked. Please call", "555-0100")
	says(false, "do nothing")
	if err := w.Handoffs.Take(w.as(t, access.Supervisor, w.sol), r.ID, handoff.StepAck, handoff.Input{Act: "a"}); err != nil {
		t.Fatal(err)
	}
	says(true, "A peer said yes")
	says(false, "was asked", "555-0100")
}

// TestNoNumberIsPromisedWhereThereIsNone: a site without a telephone.
func TestNoNumberIsPromisedWhereThereIsNone(t *testing.T) {
	w := newLadderTown(t)
	h, err := w.Handler()
	if err != nil {
		t.Fatal(err)
	}
	err = w.Handoffs.EditSite(w.as(t, access.Coordinator, "cosmo"), w.site.ID, func(s *handoff.Site) { s.Duty = "" })
	if err != nil {
		t.Fatal(err)
	}
	r := w.ask(t, w.Handoffs, 1)
	for range 4 {
		w.wait(t, 4*time.Minute)
		if text := w.statusPage(t, h, r.Token); strings.Contains(text, "a number to call") || strings.Contains(text, "tel:") {
			t.Error(text)
		}
	}
	if text := w.statusPage(t, h, r.Token); !strings.Contains(text, "Nobody has said yes yet") || !strings.Contains(text, "Whoever comes on duty is asked too") {
		t.Error(text)
	}
}

// TestADayWithoutAnyChannel: nobody can be told anything for a day. The ask
// stays open, the board and the nurse's page say so, and word goes out when it
// can.
func TestADayWithoutAnyChannel(t *testing.T) {
	w := newLadderTown(t)
	h, err := w.Handler()
	if err != nil {
		t.Fatal(err)
	}
	r := w.ask(t, w.Handoffs, 1)
	for range 24 * 4 {
		w.clk.Add(15 * time.Minute)
		if _, err := w.runner.Sweep(t.Context()); err != nil { // and none of the lane that goes outside
			t.Fatal(err)
		}
	}
	board, err := w.Handoffs.Board(w.as(t, access.Supervisor, w.sol), nil)
	if err != nil || len(board.Waiting) != 1 || !board.Waiting[0].Overdue(w.clk.Now()) {
		t.Fatal(board.Waiting, err)
	}
	if text := w.statusPage(t, h, r.Token); !strings.Contains(text, "555-0100") {
		t.Error("the duty telephone is not shown")
	}
	mine, err := w.Rota.Mine(w.as(t, access.Supervisor, w.sol))
	if err != nil || len(mine.Asked) != 1 {
		t.Fatal("the supervisor's page does not say so", mine.Asked, err)
	}
	told, stop := w.Hub.Watch("notify/" + w.tenant + "/" + string(w.sol))
	defer stop()
	w.wait(t, 5*time.Second)
	select {
	case <-told:
	default:
		t.Error("word did not go out once it could")
	}
}

// BenchmarkAsk is what an ask costs by itself, with its ladder, and with the
// first rung climbed as well.
func BenchmarkAsk(b *testing.B) {
	w := newLadderTown(b)
	alone := handoff.New(handoff.Deps{
		DB: w.DB, People: people.New(), Consents: grants{w.Consents}, Hub: w.Hub, Allow: w.allow, Names: w.Access.Names,
	})
	n := 0
	for _, c := range []struct {
		name string
		s    *handoff.Service
		rung bool
	}{{"plain", alone, false}, {"ladder", w.Handoffs, false}, {"rung", w.Handoffs, true}} {
		b.Run(c.name, func(b *testing.B) {
			defer cputest.Each(b)()
			for b.Loop() {
				n++
				w.ask(b, c.s, n)
				if c.rung {
					if _, err := w.runner.Sweep(b.Context()); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

// TestTheCalendarByItsLink: whoever holds it gets hours and one word; any other
// link is a page that does not exist.
func TestTheCalendarByItsLink(t *testing.T) {
	w := newLadderTown(t)
	h, err := w.Handler()
	if err != nil {
		t.Fatal(err)
	}
	rosa := w.as(t, access.Peer, w.rosa)
	if err := w.Rota.NewFeed(rosa); err != nil {
		t.Fatal(err)
	}
	mine, err := w.Rota.Mine(rosa)
	if err != nil {
		t.Fatal(err)
	}
	get := func(path string) *httptest.ResponseRecorder {
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, httptest.NewRequest("GET", path, nil))
		return rec
	}
	cal := get("/rota/calendar/" + mine.Feed)
	body := cal.Body.String()
	if cal.Code != http.StatusOK || !strings.HasPrefix(cal.Header().Get("Content-Type"), "text/calendar") || !strings.Contains(body, "SUMMARY:Shift") {
		t.Fatal(cal.Code, cal.Header(), body)
	}
	for _, no := range []string{"Mercy", "Made-up", "peer", string(w.rosa), w.tenant} {
		if strings.Contains(body, no) {
			t.Errorf("%q stands in the calendar", no)
		}
	}
	for _, path := range []string{"/rota/calendar/" + mine.Feed[:len(mine.Feed)-1] + flip(mine.Feed[len(mine.Feed)-1]), "/rota/calendar/x", "/rota/calendar/" + w.tenant + strings.Repeat("0", 26)} {
		if code := get(path).Code; code != http.StatusNotFound {
			t.Error(path, code)
		}
	}
}

// TestHelpThatWasAskedForStandsFirst on a supervisor's Today, also before who has
// waited longer, and though the one who asked is not due yet.
func TestHelpThatWasAskedForStandsFirst(t *testing.T) {
	w := newLadderTown(t)
	w.ask(t, w.Handoffs, 1)
	w.wait(t, time.Minute)
	if err := w.Rota.GoOut(w.as(t, access.Peer, w.rosa), 60, "Mill Lane"); err != nil {
		t.Fatal(err)
	}
	w.wait(t, 4*time.Minute)
	if err := w.Rota.Help(w.as(t, access.Peer, w.rosa)); err != nil {
		t.Fatal(err)
	}
	day, err := w.Day.Today(w.as(t, access.Supervisor, w.sol))
	if err != nil || len(day.Lines) != 2 || day.Lines[0].Why != engagement.WhyCall {
		t.Fatalf("%+v %v", day.Lines, err)
	}
}
