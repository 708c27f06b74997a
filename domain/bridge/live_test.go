package bridge

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/db/dbtest"
	"alongside/platform/errs"
	"alongside/platform/i18n"
	"alongside/platform/job"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// asks asks from the ward, and returns the request and the token of its page.
func (w *world) asks() (ref.Live, string) {
	w.Helper()
	l := Live{ID: ref.Live(w.id()), About: "calm", Where: "Bay 7"}
	token, err := w.s.AskLive(visitor(), mercy(), l)
	w.must(err)
	return l.ID, token
}

func (w *world) shows(token, state string) LiveStatus {
	w.Helper()
	st, err := w.s.LiveFor(visitor(), token)
	w.must(err)
	if st.State != state {
		w.Errorf("the ward sees %s, want %s", st.State, state)
	}
	return st
}

// The ward asks, a peer says yes and is there; the ladder hears of each, the
// pages look again, and where it was is forgotten.
func TestALiveRequestFromAskToThere(t *testing.T) {
	each(t, func(w *world) {
		l, token := w.asks()
		st := w.shows(token, Asked)
		if st.Where != "Bay 7" || !st.Standing.Phone || !st.DueAt.Equal(w.clk.Now().Add(30*time.Minute)) || st.Overdue() {
			w.Errorf("%+v", st)
		}
		w.must(w.s.TurnLive(rosa(), l, LiveCome))
		w.must(w.s.TurnLive(rosa(), l, LiveCome))
		w.wants(w.s.TurnLive(ines(), l, LiveCome), errs.Conflict, "a second peer")
		if st := w.shows(token, Coming); st.Peer != "rosa" {
			w.Errorf("%+v", st)
		}
		w.clk.Add(31 * time.Minute)
		if st := w.shows(token, Coming); !st.Overdue() {
			w.Error("late, and the ward's page does not say so")
		}
		w.must(w.s.TurnLiveFor(visitor(), token, LiveCame))
		if st := w.shows(token, Came); st.Where != "" || st.EndedAt.IsZero() {
			w.Errorf("%+v", st)
		}
		w.wants(w.s.TurnLive(rosa(), l, LiveBack), errs.Conflict, "given back after it ended")
		if want := []string{LadderAsked, LadderTaken, LadderOver}; !slices.Equal(w.rungs.heard, want) || w.told != 3 {
			w.Errorf("the ladder heard %v, pages were told %d times", w.rungs.heard, w.told)
		}
	})
}

// Given back, it climbs again; the same form is one request, also when another
// ward sends it; and one ward asks for so many at a time, and no more.
func TestALiveRequestIsKeptUntilItEnds(t *testing.T) {
	each(t, func(w *world) {
		l, token := w.asks()
		again, err := w.s.AskLive(visitor(), mercy(), Live{ID: l, About: "calm", Where: "Bay 7"})
		if err != nil || again != token {
			w.Errorf("the same form: %q %v", again, err)
		}
		_, err = w.s.AskLive(visitor(), mercy(), Live{ID: l, About: "calm", Where: "Bay 9"})
		w.wants(err, errs.Conflict, "the same form with another place")
		_, err = w.s.AskLive(visitor(), Ward{ID: "other"}, Live{ID: l})
		w.wants(err, errs.NotFound, "another ward's form")
		w.must(w.s.TurnLive(rosa(), l, LiveCome))
		w.must(w.s.TurnLive(rosa(), l, LiveBack))
		if st := w.shows(token, Asked); st.Peer != "" || w.rungs.heard[2] != LadderAsked {
			w.Errorf("%+v, the ladder heard %v", st, w.rungs.heard)
		}
		w.must(w.s.TurnLiveFor(visitor(), token, LiveStop))
		again, err = w.s.AskLive(visitor(), mercy(), Live{ID: l, About: "calm", Where: "Bay 7"})
		if err != nil || again != token {
			w.Errorf("the same form after it ended: %q %v", again, err)
		}
	})
}

// More at a time than one ward can mean are held, none is dropped: the ward is
// told, the ladder hears nothing, and a lead asks the peers or ends it. What
// nobody looked at ends as the others do.
func TestAFloodOfLiveRequestsIsHeld(t *testing.T) {
	each(t, func(w *world) {
		for range mostAsking {
			_, token := w.asks()
			w.shows(token, Asked)
		}
		heard := len(w.rungs.heard)
		held, token := w.asks()
		w.clk.Add(time.Second)
		_, lost := w.asks()
		if st := w.shows(token, LiveHeld); st.Where != "Bay 7" || !st.calls() || len(w.rungs.heard) != heard {
			w.Errorf("%+v, the ladder heard %v", st, w.rungs.heard[heard:])
		}
		if list, err := w.s.LiveNow(rosa()); err != nil || len(list.Open) != mostAsking || len(list.Held) != 2 || list.Held[0].ID != held {
			w.Errorf("%+v %v", list, err)
		}
		w.must(w.d.Read(rosa(), func(tx *db.Tx) error {
			open, n, err := w.s.Moments(tx)
			if len(open) != mostAsking || n != 2 || open[0].About != "calm" || open[0].Where != "" || open[0].DueAt.IsZero() {
				w.Errorf("%+v %d", open, n)
			}
			return err
		}))
		w.wants(w.s.TurnLive(rosa(), held, LiveCome), errs.Conflict, "a peer takes what nobody looked at")
		w.wants(w.s.TurnLive(rosa(), held, LiveRelease), errs.Denied, "a peer asks the peers")
		w.must(w.s.TurnLive(lead(), held, LiveRelease))
		w.shows(token, Asked)
		if last := w.rungs.heard[len(w.rungs.heard)-1]; last != LadderAsked || len(w.rungs.heard) != heard+1 {
			w.Errorf("the ladder heard %v", w.rungs.heard[heard:])
		}
		w.clk.Add(liveLasts)
		w.sweep(job.NewRunner(w.d, w.clk, dbtest.Log(w.T), w.s.Jobs()))
		w.shows(lost, None)
	})
}

// When nobody came in its time, the truth is that no one could; someone who is
// on the way is not undone by the clock.
func TestNobodyCame(t *testing.T) {
	each(t, func(w *world) {
		runner := job.NewRunner(w.d, w.clk, dbtest.Log(w.T), w.s.Jobs())
		_, lost := w.asks()
		taken, kept := w.asks()
		w.must(w.s.TurnLive(rosa(), taken, LiveCome))
		w.clk.Add(liveLasts - time.Minute)
		w.sweep(runner)
		w.shows(lost, Asked)
		w.clk.Add(time.Minute)
		w.sweep(runner)
		if st := w.shows(lost, None); st.EndedBy != "system" || st.Where != "" {
			w.Errorf("%+v", st)
		}
		w.shows(kept, Coming)
		w.must(w.s.TurnLive(rosa(), taken, LiveBack))
		w.clk.Add(liveLasts)
		w.sweep(runner)
		w.shows(kept, None)
		w.clk.Add(livePage)
		_, err := w.s.LiveFor(visitor(), lost)
		w.wants(err, errs.NotFound, "a ward's page of yesterday")
	})
}

func (w *world) sweep(r *job.Runner) {
	w.Helper()
	_, err := r.Sweep(w.Context())
	w.must(err)
}

// Counts of how they ended, and of nobody; what is on, with who goes.
func TestLiveNowCountsByHowItEnded(t *testing.T) {
	each(t, func(w *world) {
		for _, step := range []string{LiveCame, LiveCame, LiveStop} {
			l, _ := w.asks()
			w.must(w.s.TurnLive(rosa(), l, LiveCome))
			w.must(w.s.TurnLive(rosa(), l, step))
		}
		none, _ := w.asks()
		w.wants(w.s.TurnLive(rosa(), none, LiveNone), errs.Denied, "a peer says that no one can")
		w.must(w.s.TurnLive(sol(), none, LiveNone))
		l, _ := w.asks()
		w.must(w.s.TurnLive(ines(), l, LiveCome))
		list, err := w.s.LiveNow(sol())
		w.must(err)
		if list.Ended[Came] != 2 || list.Ended[NotNeeded] != 1 || list.Ended[None] != 1 || len(list.Open) != 1 || list.Names["ines"] == "" {
			w.Errorf("%+v", list)
		}
		_, err = w.s.LiveNow(as("eve", access.Evaluator))
		w.wants(err, errs.Denied, "an evaluator")
		_, err = w.s.LiveOne(blues(), l)
		w.wants(err, errs.Denied, "a participant")
		_, err = w.s.LiveOne(rosa(), "nothing")
		w.wants(err, errs.NotFound, "one that is not here")
	})
}

// Who said that they are coming is not undone by a colleague; a peer who has not
// said so ends nothing. The ward reads who ended it when a lead did.
func TestOnlyWhoGoesChangesIt(t *testing.T) {
	each(t, func(w *world) {
		l, token := w.asks()
		w.wants(w.s.TurnLive(rosa(), l, LiveStop), errs.Conflict, "a peer who does not go ends it")
		w.must(w.s.TurnLive(rosa(), l, LiveCome))
		for _, step := range []string{LiveBack, LiveCame, LiveStop} {
			w.wants(w.s.TurnLive(ines(), l, step), errs.Conflict, "a colleague: "+step)
		}
		can := func(ctx context.Context) (names []string) {
			st, err := w.s.LiveOne(ctx, l)
			w.must(err)
			for _, s := range st.Steps {
				names = append(names, s.Name)
			}
			return names
		}
		if his, hers := can(ines()), can(rosa()); len(his) != 0 || !slices.Equal(hers, []string{LiveCame, LiveBack, LiveStop}) {
			w.Errorf("a colleague sees %v, who goes %v", his, hers)
		}
		w.shows(token, Coming)
		w.must(w.s.TurnLive(sol(), l, LiveBack))
		w.must(w.s.TurnLive(sol(), l, LiveNone))
		if st := w.shows(token, None); st.EndedBy == "system" {
			w.Errorf("%+v", st)
		}
	})
}

// Where it is never rests in plain text.
func TestWhereIsSealed(t *testing.T) {
	each(t, func(w *world) {
		w.asks()
		w.must(w.d.Read(rosa(), func(tx *db.Tx) error {
			var where []byte
			err := tx.Row("SELECT whereabouts FROM bridge_live WHERE tenant = $1").Scan(&where)
			if string(where) == "Bay 7" || len(where) == 0 {
				w.Errorf("%q", where)
			}
			return err
		}))
	})
}

// Every step of a live request in every state, by everyone.
func TestEveryStepOfALiveRequestInEveryState(t *testing.T) {
	want := map[string]map[string][]string{
		LiveHeld: {
			"peer": {LiveStop}, "supervisor": {LiveRelease, LiveNone, LiveStop}, "coordinator": {LiveRelease, LiveNone, LiveStop},
			liveAsker: {LiveStop}, liveBell: {LiveNone},
		},
		Asked: {
			"peer": {LiveCome, LiveStop}, "supervisor": {LiveCome, LiveNone, LiveStop}, "coordinator": {LiveNone, LiveStop},
			liveAsker: {LiveStop}, liveBell: {LiveNone},
		},
		Coming: {
			"peer": {LiveCame, LiveBack, LiveStop}, "supervisor": {LiveCame, LiveBack, LiveNone, LiveStop}, "coordinator": {LiveNone, LiveStop},
			liveAsker: {LiveCame, LiveStop}, liveBell: {LiveBack, LiveNone},
		},
	}
	for _, state := range LiveStates() {
		for _, role := range []string{"peer", "supervisor", "coordinator", "participant", "evaluator", "administrator", liveAsker, liveBell, ""} {
			var can []string
			for _, s := range LiveFlow().Next(state.Value, role) {
				can = append(can, s.Name)
			}
			if !slices.Equal(can, want[state.Value][role]) {
				t.Errorf("%s in %s: %v", role, state.Value, can)
			}
		}
	}
	for _, bad := range LiveFlow().Check() {
		t.Error(bad)
	}
}

func views(t *testing.T) (out []*page.View) {
	t.Helper()
	words, err := i18n.Load(i18n.Source{Prefix: "bridge", FS: Words()}, ui.Words())
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range i18n.Langs() {
		out = append(out, &page.View{Words: words.In(l), Lang: l, Zone: time.UTC, Now: time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)})
	}
	return out
}

// While a ward waits for a yes it has a number to call, where the place has one: quietly, and
// as the way to go once nobody is left to be asked. It is never told that everyone
// was asked when no peer could be.
func TestAWardThatWaitsHasANumber(t *testing.T) {
	for name, c := range map[string]struct {
		state     string
		standing  Standing
		say, not  string
		tel, goes bool
	}{
		"peers are asked": {Asked, Standing{}, "Nobody has said yes yet", "Everyone was asked", true, false},
		"nobody is left":  {Asked, Standing{Phone: true}, "Everyone was asked", "No peer is on duty", true, true},
		"no peer":         {Asked, Standing{Alone: true, Phone: true}, "No peer is on duty", "Everyone was asked", true, true},
		"no phone heard":  {Asked, Standing{Unheard: true}, "do not know if a phone has heard", "Everyone was asked", true, true},
		"coming":          {Coming, Standing{}, "on the way", "Everyone", false, false},
		"came":            {Came, Standing{}, "Thank you", "Everyone", false, false},
	} {
		for _, duty := range []string{"555-0100", ""} {
			for _, v := range views(t) {
				st := LiveStatus{Live: Live{State: c.state, About: "calm", AskedAt: v.Now, DueAt: v.Now.Add(time.Hour)}, Token: "t", At: v.Now, Ward: Ward{Name: "Mercy", Duty: duty}, Standing: c.standing}
				if c.state == Came {
					st.EndedAt = v.Now
				}
				var b strings.Builder
				if err := momentsBody(v, "a", st).Render(page.With(t.Context(), page.Setting{View: v}), &b); err != nil {
					t.Fatal(err)
				}
				text := b.String()
				if got := strings.Contains(text, `href="tel:`); got != (c.tel && duty != "") || strings.Contains(text, "⟦") {
					t.Errorf("%s, %s, %q: a number: %v", name, v.Lang, duty, got)
				}
				if duty != "" && st.calls() != c.goes {
					t.Errorf("%s: the way to go: %v", name, st.calls())
				}
				if v.Lang == i18n.English && (!strings.Contains(text, c.say) || strings.Contains(text, c.not)) {
					t.Errorf("%s, %q: %s", name, duty, text)
				}
			}
		}
	}
}
