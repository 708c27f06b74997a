package app

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/domain/bridge"
	"alongside/domain/handoff"
	"alongside/domain/ref"
	"alongside/platform/id"
)

// wardTown is a ward that asks for a peer for a moment, in a browser without an
// account.
type wardTown struct {
	*ladderTown
	*testing.T
	h http.Handler
}

func newWardTown(t *testing.T) *wardTown {
	t.Helper()
	w := &wardTown{ladderTown: newLadderTown(t), T: t}
	var err error
	if w.h, err = w.Handler(); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *wardTown) request(method, path string, form url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	rec := httptest.NewRecorder()
	w.h.ServeHTTP(rec, r)
	return rec
}

// asks asks by the ward's own link, and returns the path of its page.
func (w *wardTown) asks() string {
	w.Helper()
	rec := w.request(http.MethodPost, "/moment/"+w.token, url.Values{"act": {id.New(w.clk.Now())}, "about": {"calm"}, "whereabouts": {"Bay 7"}})
	path := rec.Header().Get("Location")
	if rec.Code != http.StatusSeeOther || !strings.HasPrefix(path, "/moments/") {
		w.Fatalf("%d %s", rec.Code, rec.Body.String())
	}
	return path
}

func (w *wardTown) says(path string, want bool, words ...string) {
	w.Helper()
	rec := w.request(http.MethodGet, path, nil)
	if rec.Code != http.StatusOK {
		w.Fatal(rec.Code)
	}
	for _, s := range words {
		if strings.Contains(rec.Body.String(), s) != want {
			w.Errorf("%q on the ward's page: %v", s, !want)
		}
	}
}

// asked is what someone is being asked for.
func (w *wardTown) asked(role string, who ref.Account) (kinds []string, one ref.Live) {
	w.Helper()
	mine, err := w.Rota.Mine(w.as(w.T, role, who))
	if err != nil {
		w.Fatal(err)
	}
	for _, a := range mine.Asked {
		kinds, one = append(kinds, a.Kind), ref.Live(a.Handoff)
	}
	return kinds, one
}

// A live request climbs the rungs that a hand-off climbs, and the ward's page
// tells it in the same words; a yes ends the asking, and given back it begins
// anew, without whoever gave it back.
func TestALiveRequestClimbsTheSameLadder(t *testing.T) {
	w := newWardTown(t)
	page := w.asks()
	w.says(page, true, "Bay 7", "To calm someone", "Next: a peer on duty is asked.", "tel:5550100")
	w.wait(t, 5*time.Second)
	w.says(page, true, "A peer on duty was asked")
	kinds, live := w.asked(access.Peer, w.rosa)
	if len(kinds) != 1 || kinds[0] != "live" {
		t.Fatalf("the peer on duty is asked for %v", kinds)
	}
	w.wait(t, 3*time.Minute)
	w.says(page, true, "The supervisors were told (1)", "tel:5550100")
	w.says(page, false, "this page shows a number to call")
	w.wait(t, 5*time.Minute)
	w.says(page, true, "Everyone was asked.", "tel:5550100")
	rosa, sol := w.as(t, access.Peer, w.rosa), w.as(t, access.Supervisor, w.sol)
	if err := w.Bridge.TurnLive(rosa, live, bridge.LiveCome); err != nil {
		t.Fatal(err)
	}
	w.says(page, true, "A peer is coming")
	w.says(page, false, "was asked", "555-0100", access.Peer+"@", string(w.rosa))
	if kinds, _ := w.asked(access.Supervisor, w.sol); len(kinds) != 0 {
		t.Errorf("after a yes the supervisor is still asked for %v", kinds)
	}
	if err := w.Bridge.TurnLive(rosa, live, bridge.LiveBack); err != nil {
		t.Fatal(err)
	}
	w.wait(t, 4*time.Minute)
	if kinds, _ := w.asked(access.Peer, w.rosa); len(kinds) != 0 {
		t.Errorf("who gave it back is asked again for %v", kinds)
	}
	if kinds, _ := w.asked(access.Supervisor, w.sol); len(kinds) != 1 {
		t.Errorf("given back, the supervisor is asked for %v", kinds)
	}
	if err := w.Bridge.TurnLive(sol, live, bridge.LiveNone); err != nil {
		t.Fatal(err)
	}
	w.says(page, true, "No one could come", "555-0100")
	w.says(page, false, "Bay 7")
}

// It stands first on the peers' board and on Today of whoever is asked; who said
// yes has it there until they are with them.
func TestALiveRequestStandsFirst(t *testing.T) {
	w := newWardTown(t)
	rosa, sol := w.as(t, access.Peer, w.rosa), w.as(t, access.Supervisor, w.sol)
	today := func(ctx context.Context) (out []string) {
		d, err := w.Day.Today(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range d.Lines {
			out = append(out, l.Why+" "+l.Path)
		}
		return out
	}
	page := w.asks()
	w.wait(t, 5*time.Second)
	_, live := w.asked(access.Peer, w.rosa)
	path := "/live/" + string(live)
	for who, come := range map[context.Context]string{rosa: path + "/come", w.as(t, access.Coordinator, w.sol): ""} {
		board, err := w.Handoffs.Board(who, nil)
		if err != nil || len(board.Moments.Open) != 1 || board.Moments.Open[0].Path != path || board.Moments.Open[0].Come != come || board.Moments.Open[0].About.EN != "To calm someone" {
			t.Errorf("the board shows %+v %v", board.Moments, err)
		}
	}
	if got := today(rosa); !slices.Equal(got, []string{"asked-live " + path}) {
		t.Errorf("who is asked has %q", got)
	}
	if got := today(sol); len(got) != 0 {
		t.Errorf("who is not asked yet has %q", got)
	}
	if err := w.Bridge.TurnLive(rosa, live, bridge.LiveCome); err != nil {
		t.Fatal(err)
	}
	if got := today(rosa); !slices.Equal(got, []string{"live-coming " + path}) {
		t.Errorf("who goes has %q", got)
	}
	w.clk.Add(3 * time.Hour / 4)
	if got := today(rosa); !slices.Equal(got, []string{"live-late " + path}) {
		t.Errorf("who is late has %q", got)
	}
	w.request(http.MethodPost, page+"/"+bridge.LiveCame, url.Values{"act": {id.New(w.clk.Now())}})
	if board, err := w.Handoffs.Board(rosa, nil); err != nil || len(board.Moments.Open) != 0 || len(today(rosa)) != 0 {
		t.Errorf("after it ended: %+v %v %v", board.Moments, today(rosa), err)
	}
}

// A hand-off that asks for someone stands on their Today too, without a name.
func TestWhoIsAskedHasItOnToday(t *testing.T) {
	w := newLadderTown(t)
	w.ask(t, w.Handoffs, 1)
	w.wait(t, 5*time.Second)
	d, err := w.Day.Today(w.as(t, access.Peer, w.rosa))
	if err != nil || len(d.Lines) != 1 || d.Lines[0].Why != "asked-handoff" || d.Lines[0].Person.Name != "" {
		t.Errorf("%+v %v", d.Lines, err)
	}
}

// It is no hand-off: no list of hand-offs and no figure has it, nobody becomes a
// participant, and its ladder offers nobody to say that they know the person.
func TestALiveRequestIsNoHandoff(t *testing.T) {
	w := newWardTown(t)
	page := w.asks()
	w.wait(t, 5*time.Second)
	sol := w.as(t, access.Supervisor, w.sol)
	board, err := w.Handoffs.Board(sol, nil)
	if err != nil || len(board.Waiting)+len(board.Others)+len(board.Mine) != 0 {
		t.Errorf("the board shows %+v %v", board, err)
	}
	figures, err := w.Handoffs.Figures(sol, w.clk.Now().Add(-time.Hour), w.clk.Now().Add(time.Hour), time.UTC)
	if err != nil || figures.All.Asked+figures.All.Said+figures.All.Met != 0 {
		t.Errorf("the figures count it: %+v %v", figures.All, err)
	}
	_, live := w.asked(access.Peer, w.rosa)
	if err := w.Rota.Know(w.as(t, access.Peer, w.rosa), ref.Handoff(live)); err != nil {
		t.Error(err)
	}
	if kinds, _ := w.asked(access.Peer, w.rosa); len(kinds) != 1 {
		t.Error("to say that one knows nobody took the ask away")
	}
	if err := w.Rota.Pass(w.as(t, access.Peer, w.rosa), ref.Handoff(live)); err != nil {
		t.Fatal(err)
	}
	w.says(page, true, "The supervisors were told (1)") // the only one asked passed: the ladder moves at once
	if rec := w.request(http.MethodPost, page+"/"+bridge.LiveStop, url.Values{"act": {id.New(w.clk.Now())}}); rec.Code != http.StatusSeeOther {
		t.Errorf("the ward says that it is not needed: %d", rec.Code)
	}
	w.says(page, true, "Not needed any more")
}

// What the ward must say is asked for, and a door without staff has no such
// page.
func TestOnlyAWardAsksForAMoment(t *testing.T) {
	w := newWardTown(t)
	rec := w.request(http.MethodPost, "/moment/"+w.token, url.Values{"act": {id.New(w.clk.Now())}, "about": {"surgery"}})
	if rec.Code != http.StatusUnprocessableEntity {
		t.Errorf("without a place, for something that is not on the list: %d", rec.Code)
	}
	_, token, err := w.Handoffs.AddSite(w.as(t, access.Coordinator, "cosmo"), handoff.Site{Name: "For yourself", Door: handoff.DoorPerson})
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/moment/" + token, "/moment/x", "/moments/" + w.token} {
		if rec := w.request(http.MethodGet, path, nil); rec.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, rec.Code)
		}
	}
}
