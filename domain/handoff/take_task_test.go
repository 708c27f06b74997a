package handoff

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"alongside/platform/db"
	"alongside/platform/errs"
)

// Each status that a Task can come in with, and the state it stands in here.
func TestEachStatusHasItsState(t *testing.T) {
	want := map[string]string{
		"requested": Unconfirmed, "received": Unconfirmed, "accepted": Acknowledged, "ready": Acknowledged, "in-progress": Acknowledged,
		"on-hold": NotNow, "completed": Connected, "rejected": Closed, "cancelled": Closed, "failed": Closed, "draft": "", "entered-in-error": "",
	}
	for name, state := range want {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, w *world) {
				text := changed(t, referralFile(t), status(name), modifiedAt("2020-09-12T08:00:00Z"))
				first, again := w.importFHIR(t, text), w.importFHIR(t, text)
				if state == "" {
					if first.kept != 0 || len(w.all(t)) != 0 || w.rows(t, "handoff_task") != 0 {
						t.Errorf("%+v", first)
					}
					return
				}
				l := w.only(t)
				if first.kept != 1 || again.already != 1 || l.State != state || l.AckAt != nil || !l.EventAt.Equal(time.Date(2020, 9, 11, 21, 56, 54, 671e6, time.UTC)) {
					t.Errorf("%+v, again %+v: %+v", first, again, l)
				}
				if (l.ConnectedAt != nil) != (state == Connected) || (l.RequestedAt != nil) != (state == Acknowledged || state == Connected) {
					t.Errorf("%+v", l)
				}
			})
		})
	}
}

// Nobody is told of a Task until someone confirms that the person was asked.
func TestATaskTellsNobody(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.importFHIR(t, changed(t, referralFile(t), status("requested")))
		b, err := w.s.Board(as("peer", "rosa"), nil)
		if err != nil || len(b.Waiting) != 0 || len(b.Mine) != 0 || b.Unasked != 1 {
			t.Fatalf("%+v, %v", b, err)
		}
		l := w.only(t)
		if err := w.take(t, l.ID, "rosa", StepAck, Input{}); !errs.Is(err, errs.Conflict) {
			t.Errorf("a peer said yes before anyone asked: %v", err)
		}
		if err := w.take(t, l.ID, "rosa", StepConfirm, Input{Answer: "yes"}); err != nil {
			t.Fatal(err)
		}
		if b, err = w.s.Board(as("peer", "rosa"), nil); err != nil || len(b.Waiting) != 1 {
			t.Errorf("%+v, %v", b, err)
		}
	})
}

// A later version moves the hand-off where the flow has a row for a file, and
// is otherwise not taken, and changes nothing.
func TestLaterVersions(t *testing.T) {
	cases := []struct {
		first, then, state, why string
	}{
		{"requested", "accepted", Acknowledged, ""},
		{"requested", "completed", Connected, ""},
		{"accepted", "completed", Connected, ""},
		{"accepted", "on-hold", NotNow, ""},
		{"accepted", "cancelled", Closed, ""},
		{"on-hold", "completed", Connected, ""},
		{"requested", "entered-in-error", Closed, ""},
		{"accepted", "requested", Acknowledged, ""},
		{"completed", "accepted", Connected, ""},
		{"on-hold", "requested", NotNow, saysPeopleDo},
		{"completed", "cancelled", Connected, saysPeopleDo},
		{"cancelled", "accepted", Closed, saysPeopleDo},
		{"cancelled", "completed", Closed, saysPeopleDo},
	}
	for _, c := range cases {
		t.Run(c.first+" "+c.then, func(t *testing.T) {
			each(t, func(t *testing.T, w *world) {
				old := changed(t, referralFile(t), status(c.first), modifiedAt("2020-09-12T08:00:00Z"))
				w.importFHIR(t, old)
				got := w.importFHIR(t, changed(t, old, status(c.then), modifiedAt("2020-09-13T08:00:00Z")))
				if l := w.only(t); l.State != c.state || strings.Join(got.why, "") != c.why {
					t.Errorf("%s then %s: %s, %q", c.first, c.then, l.State, got.why)
				}
				if c.why != "" {
					return
				}
				if late := w.importFHIR(t, old); strings.Join(late.why, "") != saysOlder {
					t.Errorf("the older version again: %+v", late)
				}
			})
		})
	}
}

// Where a peer here has said yes, no file turns them round, and none ends it.
func TestAFileDoesNotStopAPeer(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		text := changed(t, referralFile(t), status("requested"))
		w.importFHIR(t, text)
		l := w.only(t)
		if err := w.take(t, l.ID, "rosa", StepConfirm, Input{Answer: "yes"}); err != nil {
			t.Fatal(err)
		}
		w.walk(t, l.ID, StepAck)
		for _, name := range []string{"on-hold", "completed", "cancelled", "rejected", "failed", "entered-in-error"} {
			got := w.importFHIR(t, changed(t, text, status(name)))
			if len(got.why) != 1 || w.only(t).State != Acknowledged {
				t.Errorf("%s: %+v, %s", name, got, w.only(t).State)
			}
		}
		if out := w.export(t, l.ID); !strings.Contains(out[0], `"status":"accepted"`) {
			t.Errorf("what was not taken is in the answer: %s", out[0])
		}
	})
}

// What goes back is what the status page shows: the same from the meeting on,
// whatever came after, until a live consent covers whoever asked.
func TestTheAnswerShowsNoMoreThanTheStatusPage(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		asked := changed(t, referralFile(t), status("requested"))
		w.importFHIR(t, asked)
		l := w.only(t)
		if out := w.export(t, ""); len(out) != 1 || !strings.Contains(out[0], `"status":"received"`) || !strings.Contains(out[0], "Not yet asked") {
			t.Errorf("%s", out)
		}
		if err := w.take(t, l.ID, "rosa", StepConfirm, Input{Answer: "yes"}); err != nil {
			t.Fatal(err)
		}
		w.walk(t, l.ID, StepMeet)
		together := w.export(t, l.ID)[0]
		for _, p := range []struct {
			step string
			in   Input
		}{
			{StepAgree, Input{Destination: w.clinic.ID, How: "spoken", Days: 30}},
			{StepAccept, Input{}},
			{StepIntro, Input{Mode: "room", Present: 3}},
			{StepConnect, Input{ConnSource: "person"}},
		} {
			w.clk.Add(time.Minute)
			if err := w.take(t, l.ID, "rosa", p.step, p.in); err != nil {
				t.Fatal(err)
			}
			if now := w.export(t, l.ID)[0]; now != together {
				t.Errorf("after %s the answer is another:\n%s\n%s", p.step, now, together)
			}
		}
		w.agreeToTell(t, l)
		told := w.export(t, l.ID)[0]
		for _, word := range []string{`"status":"completed"`, `"code":"connected"`, "resulting-activity", "the notice"} {
			if strings.Count(told, word) == 0 {
				t.Errorf("with consent, %s is not in %s", word, told)
			}
		}
		if strings.Contains(together, "connected") || strings.Contains(together, "notice") || strings.Contains(told, "Quay") {
			t.Errorf("told too much:\n%s\n%s", together, told)
		}
		if back := w.importFHIR(t, []byte(told)); len(back.why) > 0 || w.only(t).State != Connected {
			t.Errorf("our own answer, read again: %+v", back)
		}
		checkSameBut(t, asked, []byte(told), "status", "businessStatus", "lastModified", "output", "note")
	})
}

// agreeToTell gives the consent that covers the place that asked.
func (w *world) agreeToTell(t testing.TB, l Line) {
	t.Helper()
	var site string
	err := w.d.Read(as("coordinator", "cosmo"), func(tx *db.Tx) error {
		return tx.Row("SELECT site FROM handoff_handoff WHERE tenant = $1 AND handoff = $2", l.ID).Scan(&site)
	})
	if err != nil {
		t.Fatal(err)
	}
	w.live.given[string(l.Person)+"/"+site] = true
}

func checkSameBut(t testing.TB, before, after []byte, but ...string) {
	t.Helper()
	var a, b map[string]any
	if json.Unmarshal(before, &a) != nil || json.Unmarshal(after, &b) != nil {
		t.Fatal("not JSON")
	}
	for _, k := range but {
		delete(a, k)
		delete(b, k)
	}
	x, _ := json.Marshal(a)
	y, _ := json.Marshal(b)
	if !bytes.Equal(x, y) {
		t.Errorf("the rest changed:\n%.2000s\n%.2000s", x, y)
	}
}

// Where nobody here did anything, each Task goes back as it came.
func TestATaskNobodyTouchedGoesBackAsItCame(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for _, name := range []string{"FulfillmentAccepted", "FulfillmentCompleted", "SubtaskAccepted", "SubtaskCompleted"} {
			text := gravityFile(t, "Task-SDOHCC-TaskReferralManagementOrder"+name+"Example")
			if strings.HasPrefix(name, "Sub") { // of a whole that is not here
				text = bytes.ReplaceAll(text, []byte("Task/SDOHCC-TaskReferralManagementOrderFul"), []byte("Task/Else-Ful"))
			}
			before := len(w.export(t, ""))
			w.importFHIR(t, text)
			out := w.export(t, "")
			if len(out) != before+1 {
				t.Fatalf("%s: %d answers", name, len(out))
			}
			i := slices.IndexFunc(out, func(task string) bool { return strings.Contains(task, `"id":"SDOHCC-TaskReferralManagementOrder`+name) })
			if i < 0 {
				t.Fatalf("%s is not answered", name)
			}
			checkSameBut(t, text, []byte(out[i]))
			if strings.Contains(out[i], "\n") {
				t.Errorf("%s is not on one line", name)
			}
		}
		if err := w.s.ExportTasks(as("coordinator", "cosmo"), w.ask(t, 1).ID, nil); !errs.Is(err, errs.NotFound) {
			t.Errorf("a hand-off that came in by no Task: %v", err)
		}
	})
}

// A part and its whole are one hand-off, in whichever order they come.
func TestAPartAndItsWhole(t *testing.T) {
	whole, part := referralFile(t), gravityFile(t, "Task-SDOHCC-TaskReferralManagementOrderSubtaskAcceptedExample")
	for name, order := range map[string][][]byte{"whole first": {whole, part}, "part first": {part, whole}} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, w *world) {
				first, second := w.importFHIR(t, order[0]), w.importFHIR(t, order[1])
				if first.kept != 1 || len(second.why) != 1 || len(w.all(t)) != 1 {
					t.Errorf("%+v, %+v", first, second)
				}
			})
		})
	}
	each(t, func(t *testing.T, w *world) {
		got := w.importFHIR(t, bytes.Join([][]byte{compact(t, part), compact(t, whole)}, []byte("\n")))
		if got.kept != 1 || got.sum.LeftAlone[leftPart] != 1 {
			t.Errorf("in one file: %+v", got)
		}
	})
}

func compact(t testing.TB, text []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := json.Compact(&b, text); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Nothing of a Task lies in the clear, and losing the key loses it.
func TestATaskIsSealed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.importFHIR(t, referralFile(t))
		var body []byte
		err := w.d.Read(as("coordinator", "cosmo"), func(tx *db.Tx) error {
			return tx.Row("SELECT body FROM handoff_task WHERE tenant = $1").Scan(&body)
		})
		if err != nil || len(body) == 0 || bytes.Contains(body, []byte("ABBAS")) || bytes.Contains(body, []byte("Task")) {
			t.Errorf("%d bytes, %v", len(body), err)
		}
		no := errs.New(errs.Denied, "test", "")
		w.s.Allow = func(_ *db.Tx, action string) error {
			if action == "handoff.export" || action == "import.run" {
				return no
			}
			return nil
		}
		if err := w.s.ExportTasks(context.WithoutCancel(as("peer", "rosa")), "", nil); !errs.Is(err, errs.Denied) {
			t.Errorf("one who may not: %v", err)
		}
		if _, err := w.s.TakeTask(as("peer", "rosa"), FHIRReferral{Source: "x"}); !errs.Is(err, errs.Denied) {
			t.Errorf("one who may not: %v", err)
		}
	})
}
