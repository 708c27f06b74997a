package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"alongside/app"
	"alongside/platform/crashtest"
	"alongside/platform/db"
	"alongside/platform/id"
	"alongside/platform/seal/sealtest"
	"alongside/platform/soak"
)

// pocket is a peer's phone: what waits on it, and what it was told of that.
type pocket struct {
	*testing.T
	*house
	user, slip string
	key        []byte
	walk       string // the path of whom they walk with
	rng        *rand.Rand

	acts []string             // of all items, as they were written
	want map[string]string    // by act, what it has to be told
	told map[string]time.Time // by act, when it was first told
}

// resting is one item as it rests on the phone.
type resting struct {
	ID   string `json:"id"`
	Slip string `json:"slip"`
	Box  []byte `json:"box"`
}

// newPocket is the phone of the house's one peer, who walks with whom a nurse asked
// for.
func newPocket(t *testing.T, h *house) *pocket {
	t.Helper()
	link := h.run(t, "user", "add", "--data", h.data, "--org", "Made-up Org", "--role", "peer", "--email", "rosa@made-up.example")
	p := h.up(t)
	defer p.Kill()
	if _, err := h.once(t.Context(), p, 0); err != nil {
		t.Fatal(err)
	}
	k := &pocket{T: t, house: h.comeIn(t, link[strings.LastIndex(link, "/sign-in"):]), rng: soak.Rand(t, 92), want: map[string]string{}, told: map[string]time.Time{}}
	waits := k.found("/board", `action="(/handoff/[^"/]+)/acknowledge"`)
	for _, step := range []string{"/acknowledge", "/meet"} {
		status, text, _, err := k.body(t.Context(), http.MethodPost, h.addr+waits+step, url.Values{"act": {id.New(time.Now())}})
		if err != nil || status != http.StatusSeeOther {
			t.Fatal(step, status, text, err)
		}
	}
	k.walk = k.found("/caseload", `href="(/walk/[^"/]+)"`)
	var in struct {
		User, Slip string
		Key        []byte
	}
	if err := json.Unmarshal([]byte(k.found("/outbox/key", `(?s)(.*)`)), &in); err != nil {
		t.Fatal(err)
	}
	k.user, k.slip, k.key = in.User, in.Slip, in.Key
	return k
}

// found is the first that a page has of something.
func (k *pocket) found(path, what string) string {
	k.Helper()
	status, text, _, err := k.body(k.Context(), http.MethodGet, k.addr+path, nil)
	m := regexp.MustCompile(what).FindStringSubmatch(text)
	if err != nil || status != http.StatusOK || m == nil {
		k.Fatal(path, status, text, err)
	}
	return m[1]
}

// hundred are the next hundred notes. Among them are one that its writer is
// needed for and one that does not open.
func (k *pocket) hundred() []resting {
	k.Helper()
	out := make([]resting, 100)
	for i := range out {
		act, way := id.New(time.Now()), "call"
		k.want[act] = "taken"
		switch i {
		case 30:
			way, k.want[act] = "text", "needs" // they chose no texts
		case 60:
			k.want[act] = "damaged"
		}
		out[i] = k.resting(act, way, fmt.Sprint("note ", len(k.acts)))
		if i == 60 {
			out[i].Box = out[i].Box[:80]
		}
		k.acts = append(k.acts, act)
	}
	return out
}

func (k *pocket) resting(act, way, words string) resting {
	k.Helper()
	written := fmt.Sprint(time.Now().UnixMilli()) // as the script of a page says it
	form := url.Values{"act": {act}, "way": {way}, "long": {"15"}, "note": {words}, "written": {written}}
	return resting{act, k.slip, sealtest.Box(k, k.key, act+" "+k.user, []byte(k.walk+"/note\n"+form.Encode()))}
}

// send sends items at once and takes in what is said of them. An error says that
// no answer came.
func (k *pocket) send(ctx context.Context, items []resting) error {
	body, err := json.Marshal(map[string]any{"items": items})
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, k.addr+"/outbox", bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	res, err := k.web.Do(r)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	var said struct {
		Items []struct{ ID, State string }
	}
	if err := json.NewDecoder(res.Body).Decode(&said); err != nil {
		return err
	}
	if res.StatusCode != http.StatusOK || len(said.Items) != len(items) {
		k.Errorf("status %d, %d answers to %d", res.StatusCode, len(said.Items), len(items))
	}
	for i, s := range said.Items {
		if s.ID != items[i].ID || s.State != k.want[s.ID] {
			k.Errorf("item %d is told %q, and is %q", i, s.State, k.want[items[i].ID])
		}
		if k.told[s.ID].IsZero() {
			k.told[s.ID] = time.Now()
		}
	}
	return nil
}

// sent sends items to a program that lives, and returns how long that took.
func (k *pocket) sent(items []resting) time.Duration {
	k.Helper()
	p, began := k.up(k.T), time.Now()
	if err := k.send(k.Context(), items); err != nil {
		k.Fatal(err)
	}
	defer p.Kill()
	return time.Since(began)
}

// killed sends a hundred and kills the program at any moment of the time that an
// answer takes.
func (k *pocket) killed(items []resting, took time.Duration) {
	k.Helper()
	p, answered := k.up(k.T), make(chan error, 1)
	go func() { answered <- k.send(k.Context(), items) }()
	time.Sleep(time.Duration(k.rng.Int64N(int64(took)))) // until the death, not for anything
	p.Kill()
	<-answered
}

// saidAndKilled sends a hundred and kills the program at the instant when it has
// said the last of its answer. It reports false where programs cannot be watched.
func (k *pocket) saidAndKilled(items []resting) bool {
	k.Helper()
	said := func(e crashtest.Event, before bool) bool {
		return !before && e.What == crashtest.Say && bytes.Contains(e.Data, []byte(`"wipe":`))
	}
	p, err := crashtest.Watch(crashtest.Watching{Folders: []string{k.data}, On: said}, k.bin, "serve", "--data", k.data, "--addr", strings.TrimPrefix(k.addr, "http://"))
	if errors.Is(err, crashtest.ErrCannotWatch) && !soak.Full() {
		return false
	}
	if err != nil {
		k.Fatal(err)
	}
	k.Cleanup(p.Kill)
	k.answers(k.T, p)
	if err := k.send(k.Context(), items); err != nil {
		k.Error("what it said last did not come:", err)
	}
	p.KillWithin(3 * time.Second)
	return true
}

// TestAHundredIsTakenOnceWhereverTheProgramDies: a phone sends a hundred at
// once, the program is killed in the middle, and the phone sends all of them
// again. Each is there once, in its order, and what the phone was told is so, also
// of what it was told just before the death.
func TestAHundredIsTakenOnceWhereverTheProgramDies(t *testing.T) {
	k := newPocket(t, newHouse(t))
	took := k.sent(k.hundred())
	var deaths []time.Time
	for n := range soak.Count(100) {
		items := k.hundred()
		if n%4 > 0 || !k.saidAndKilled(items) {
			k.killed(items, took)
		}
		deaths = append(deaths, time.Now())
		k.sent(items)
	}
	k.manned(t, func(_ context.Context, a *app.App) { k.check(a, deaths) })
	if err := k.verify(t.Context(), nil); err != nil {
		t.Error(err)
	}
}

// arrived is what is on record of an act.
type arrived struct {
	notes, items int
	state        string
	at           time.Time
}

// check compares what the phone was told with what is on record.
func (k *pocket) check(a *app.App, deaths []time.Time) {
	k.Helper()
	was := time.Time{}
	early := map[int]int{} // by hundred: how many were there when the program died
	for i, act := range k.acts {
		got := k.onRecord(a, act)
		want := map[string]arrived{
			"taken": {notes: 1, items: 1, state: "taken"}, "needs": {items: 1, state: "needs"}, "damaged": {},
		}[k.want[act]]
		if got.notes != want.notes || got.items != want.items || got.state != want.state {
			k.Errorf("item %d was told %q; on record: %+v", i, k.want[act], got)
		}
		if got.items == 0 {
			continue
		}
		if got.at.Before(was) {
			k.Errorf("item %d is there before the one before it", i)
		}
		if was = got.at; got.at.After(k.told[act]) {
			k.Errorf("item %d was told of %s before it was there: that was lost", i, got.at.Sub(k.told[act]))
		}
		if n := i/100 - 1; n >= 0 && got.at.Before(deaths[n]) {
			early[n]++
		}
	}
	middle := 0
	for _, n := range early {
		if n < 99 {
			middle++
		}
	}
	k.Logf("killed %d times, %d in the middle of a hundred", len(deaths), middle)
	if middle == 0 {
		k.Error("no death was in the middle: nothing is shown")
	}
}

func (k *pocket) onRecord(a *app.App, act string) (got arrived) {
	k.Helper()
	ctx := inOrg(k.T, a)
	err := a.DB.Read(ctx, func(tx *db.Tx) error {
		const notes = "SELECT COUNT(*) FROM engagement_contact WHERE tenant = $1 AND sent_as = $2"
		const items = "SELECT COUNT(*), COALESCE(MAX(state), ''), COALESCE(MAX(taken_at), 0) FROM outbox_item WHERE tenant = $1 AND item = $2"
		if err := tx.Row(notes, act).Scan(&got.notes); err != nil {
			return err
		}
		return tx.Row(items, act).Scan(&got.items, &got.state, &got.at)
	})
	if err != nil {
		k.Fatal(err)
	}
	return got
}
