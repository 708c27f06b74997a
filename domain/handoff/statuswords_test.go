package handoff

import (
	"context"
	"strings"
	"testing"
	"time"

	"alongside/platform/db"
	"alongside/platform/i18n"
	"alongside/platform/page"
	"alongside/platform/page/ui"
	"alongside/platform/scope"
)

// saidTo is the page of whoever asked, as text.
func saidTo(t *testing.T, v *page.View, st Status) string {
	t.Helper()
	var b strings.Builder
	ctx := page.With(t.Context(), page.Setting{View: v})
	if err := statusPart(v, "t", "a", st).Render(ctx, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func statusViews(t *testing.T, now time.Time) (out []*page.View) {
	t.Helper()
	words, err := i18n.Load(i18n.Source{Prefix: "handoff", FS: Words()}, ui.Words())
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range i18n.Langs() {
		out = append(out, &page.View{Words: words.In(l), Lang: l, Zone: time.UTC, Now: now})
	}
	return out
}

// TestTheStatusPageTellsTheTruth goes through whom was asked so far, what is next,
// whether the telephone is the way now, and whether the site has one: nobody is told
// to do nothing while nobody comes, and no number is spoken of that is not there.
func TestTheStatusPageTellsTheTruth(t *testing.T) {
	now := time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)
	at := now.Add(-16 * time.Minute)
	duty := []AskedOf{{Who: "duty", Count: 1, At: at}}
	all := append(duty, AskedOf{Who: "supervisor", Count: 1, At: at}, AskedOf{Who: "telephone", At: at})
	none := []AskedOf{{Who: "telephone", At: at}}
	going, end := Standing{Asked: duty, Next: "second", NextAt: now}, Standing{Asked: all, Phone: true}
	alone := Standing{Asked: none, Phone: true}
	leads := Standing{Asked: []AskedOf{{Who: "supervisor", Count: 1, At: at}}, Next: "telephone", NextAt: now}
	for name, c := range map[string]struct {
		stage   string
		st      Standing
		tel     string
		overdue bool
		title   string
		lead    string
		calls   bool
	}{
		"going on":                     {Requested, going, "555-0100", false, "requested", "requested-lead", false},
		"going on, no telephone":       {Requested, going, "", false, "requested", "requested-lead", false},
		"nobody said yes":              {Requested, end, "555-0100", false, "unanswered", "unanswered-lead", true},
		"nobody said yes, none":        {Requested, end, "", false, "unanswered", "unanswered-nophone", false},
		"nobody on duty":               {Requested, alone, "555-0100", false, "unanswered", "unasked-lead", true},
		"nobody on duty, none":         {Requested, alone, "", false, "unanswered", "unasked-nophone", false},
		"only supervisors asked":       {Requested, leads, "555-0100", false, "unanswered", "unasked-lead", true},
		"only supervisors asked, none": {Requested, leads, "", false, "unanswered", "unasked-nophone", false},
		"overdue":                      {Requested, end, "555-0100", true, "overdue", "overdue-lead", true},
		"overdue, no telephone":        {Requested, end, "", true, "overdue", "overdue-nophone", false},
		"overdue, alone, none":         {Requested, alone, "", true, "overdue", "overdue-alone", false},
		"overdue, still asking":        {Requested, going, "555-0100", true, "overdue", "overdue-lead", true},
		"said yes, overdue":            {Acknowledged, Standing{}, "555-0100", true, "overdue", "overdue-lead", true},
		"kept":                         {Held, Standing{}, "555-0100", false, "held", "held-duty", true},
		"kept, no telephone":           {Held, Standing{}, "", false, "held", "held-lead", false},
		"kept too long, no telephone":  {Held, Standing{}, "", true, "held", "held-lead", false},
		"a peer said yes":              {Acknowledged, Standing{}, "555-0100", false, "acknowledged", "acknowledged-lead", false},
	} {
		st := Status{
			At: now, Stage: c.stage, Code: "LARK 42", Site: Site{ID: "s", Door: DoorWard, Duty: c.tel}, AskedAt: at, DueAt: at.Add(Promise), Overdue: c.overdue, Standing: c.st,
		}
		for _, v := range statusViews(t, now) {
			text := saidTo(t, v, st)
			for _, key := range []string{c.title, c.lead} {
				if says := v.T("handoff.status."+key, "Duty", ui.Apart(c.tel)); !strings.Contains(text, says) || strings.Contains(says, "⟦") {
					t.Errorf("%s, %s: %q is not said", name, v.Lang, says)
				}
			}
			if got := strings.Contains(text, `href="tel:`); got != c.calls {
				t.Errorf("%s, %s: a number to press: %v", name, v.Lang, got)
			}
			for _, no := range []string{"do nothing", "Everyone on duty", "shows a number", "All peers on duty still"} {
				if v.Lang == i18n.English && (c.calls || c.title == "unanswered" || c.lead == "overdue-alone") && c.stage == Requested && strings.Contains(text, no) {
					t.Errorf("%s: nobody comes, and they read %q", name, no)
				}
			}
		}
	}
}

// TestWithoutARecordTheSameIsSaid: on a full disk the page reads states only, and
// says of the asking what it says at other times.
func TestWithoutARecordTheSameIsSaid(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		w.s.Asking = &listener{now: Standing{Asked: []AskedOf{{Who: "duty", Count: 1, At: w.clk.Now()}}, Phone: true}}
		w.clk.Add(16 * time.Minute)
		st, err := w.s.bareStatus(nurse(), r.Token)
		if err != nil {
			t.Fatal(err)
		}
		text := saidTo(t, statusViews(t, w.clk.Now())[0], st)
		if !strings.Contains(text, "Nobody has said yes yet") || !strings.Contains(text, "tel:") || strings.Contains(text, "Bay 7") {
			t.Error(text)
		}
	})
}

// TestWhatWasReadWithoutARecordWasNotShown: a stream that began on a full disk
// records its first look when there is room, before it says where they are.
func TestWhatWasReadWithoutARecordWasNotShown(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		r := w.ask(t, 1)
		bare, err := w.s.bareStatus(nurse(), r.Token)
		if err != nil || bare.Where != "" {
			t.Fatal(bare.Where, err)
		}
		before := w.leaves(t)
		full, err := w.s.Status(nurse(), r.Token, bare.seen())
		if err != nil || full.Where != "Bay 7" || w.leaves(t) != before+1 {
			t.Errorf("it says %q with %d looks written down (%v)", full.Where, w.leaves(t)-before, err)
		}
		if _, err := w.s.Status(nurse(), r.Token, full.seen()); err != nil || w.leaves(t) != before+1 {
			t.Errorf("the same stage once more is another look (%v)", err)
		}
	})
}

// TestACommitWithoutRoomShowsNoPlace: on PostgreSQL everything can go well up to the
// commit, which then finds no room. What was read until there is not shown.
func TestACommitWithoutRoomShowsNoPlace(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		if w.d.Engine() != db.Postgres {
			return
		}
		r := w.ask(t, 1)
		before := w.leaves(t)
		system := func(list ...string) {
			for _, sql := range list {
				if err := w.d.Write(scope.AsSystem(context.Background(), "test"), func(tx *db.Tx) error { _, err := tx.SysExec(sql); return err }); err != nil {
					t.Fatal(err)
				}
			}
		}
		system(`CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION USING ERRCODE = ''53100''; END'`,
			`CREATE CONSTRAINT TRIGGER full_disk AFTER INSERT ON audit_queue DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION no_room()`)
		defer system(`DROP TRIGGER full_disk ON audit_queue`, `DROP FUNCTION no_room`)
		st, err := w.s.Status(nurse(), r.Token, "")
		if err != nil || st.Where != "" || !st.Bare || st.Stage != Requested || w.leaves(t) != before {
			t.Errorf("%+v, %d looks written down (%v)", st, w.leaves(t)-before, err)
		}
	})
}

// leaves are how many looks and changes were written down.
func (w *world) leaves(t *testing.T) (n int) {
	t.Helper()
	err := w.d.Read(nurse(), func(tx *db.Tx) error {
		return tx.Row("SELECT (SELECT COUNT(*) FROM audit_leaf WHERE tenant = $1) + (SELECT COUNT(*) FROM audit_queue WHERE tenant = $1)").Scan(&n)
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
