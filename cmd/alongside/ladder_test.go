package main

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"alongside/app"
	"alongside/platform/crashtest"
	"alongside/platform/db"
	"alongside/platform/id"
	"alongside/platform/scope"
	"alongside/platform/soak"
)

// manned opens the house's data in this process, with the scope of its
// organisation.
func (h *house) manned(t *testing.T, do func(ctx context.Context, a *app.App)) {
	t.Helper()
	a, err := app.Open(t.Context(), app.Config{Data: h.data})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	do(inOrg(t, a), a)
}

// inOrg is the scope of an operator of the house's one organisation.
func inOrg(t *testing.T, a *app.App) context.Context {
	t.Helper()
	o, err := a.Tenants.Find(t.Context(), "Made-up Org")
	if err != nil {
		t.Fatal(err)
	}
	return scope.With(t.Context(), scope.Scope{Tenant: string(o.ID), Actor: "operator:test", Role: "operator", Purpose: scope.Operations})
}

// reach puts the one supervisor's telephone in, as their own page does. Nobody
// is on the rota, so that supervisors are told at once.
func (h *house) reach(t *testing.T) {
	t.Helper()
	h.manned(t, func(ctx context.Context, a *app.App) {
		var who string
		err := a.DB.Read(ctx, func(tx *db.Tx) error {
			all, err := a.Access.Holders(tx, "supervisor")
			if len(all) == 1 {
				who = string(all[0])
			}
			return err
		})
		if err != nil || who == "" {
			t.Fatal("no supervisor", err)
		}
		sc, _ := scope.From(ctx)
		sc.Actor, sc.Role = who, "supervisor"
		if err := a.Rota.Reach(scope.With(ctx, sc), "sms", "+15550100", id.New(a.Clock.Now()), "en"); err != nil {
			t.Fatal(err)
		}
	})
}

// TestNoAskLosesItsLadderHoweverOftenTheProgramDies kills the real program before
// and after each thing that it writes for an ask and its ladder, its text and its
// answer, and every fourth time at any moment. Each ask that was acknowledged then
// has its ladder, on its first rung or further, and its supervisor was told; no
// text has gone out twice.
func TestNoAskLosesItsLadderHoweverOftenTheProgramDies(t *testing.T) {
	h := newHouse(t)
	texts := t.TempDir()
	t.Setenv("ALONGSIDE_SMS", "file:"+texts)
	h.run(t, "user", "add", "--data", h.data, "--org", "Made-up Org", "--role", "supervisor", "--email", "sol@made-up.example")
	h.run(t, "channel", "open", "--data", h.data, "--org", "Made-up Org", "--channel", "sms", "--not-needed", "--why", "a folder on this machine")
	h.reach(t)
	rng := soak.Rand(t, 500)
	at, died, doors := points(6), map[string]int{}, h.doors(t, 6)
	for n := range soak.Count(500) {
		h.ask = doors[n%len(doors)].ask
		if n%4 > 0 && h.diesAt(t, at[(n-n/4)%len(at)], texts, n, died) {
			continue
		}
		p := h.up(t)
		if _, err := h.once(t.Context(), p, n); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(rng.IntN(60)) * time.Millisecond) // until the death, not for anything
		p.Kill()
	}
	t.Log("died ", died)
	p := h.up(t)
	h.waitTold(t)
	p.Kill()
	files, err := filepath.Glob(filepath.Join(texts, "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatal("no text went out", err)
	}
	h.manned(t, func(_ context.Context, a *app.App) { h.checkLadders(t, a, len(files)) })
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil || !strings.Contains(string(b), "There is something new for you.") || strings.Contains(string(b), "Made-up") {
			t.Error(string(b), err)
		}
	}
	if err := h.verify(t.Context(), nil); err != nil {
		t.Error(err)
	}
}

// up starts the program and waits until it answers.
func (h *house) up(t *testing.T) *crashtest.Program {
	t.Helper()
	p := h.begin(t)
	h.ready(t)
	return p
}

// begin starts the program and waits for its first line: its port is open.
func (h *house) begin(t *testing.T) *crashtest.Program {
	t.Helper()
	p, err := crashtest.Start(h.bin, h.on("serve", "--data", h.data, "--addr", strings.TrimPrefix(h.addr, "http://"))...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Kill)
	if _, err := p.FirstLine(time.Minute); err != nil {
		t.Fatal(err)
	}
	return p
}

// answers waits for the first line of a watched program, and until it is ready.
func (h *house) answers(t *testing.T, p *crashtest.Watched) {
	t.Helper()
	if _, err := p.FirstLine(time.Minute); err != nil {
		t.Fatal(err)
	}
	h.ready(t)
}

// ready waits for the answer to a first request, which waits at the open port.
func (h *house) ready(t *testing.T) {
	t.Helper()
	if status, text, _, err := h.body(t.Context(), http.MethodGet, h.addr+"/readyz", nil); err != nil || status != http.StatusOK {
		t.Fatal("not ready: ", status, text, err)
	}
}

// waitTold waits until every first rung is climbed and nothing is about to go
// out; a bell that a dead program held rings half a minute later.
func (h *house) waitTold(t *testing.T) {
	t.Helper()
	for range 240 {
		left := 0
		h.manned(t, func(_ context.Context, a *app.App) {
			left = count(t, a, `SELECT (SELECT COUNT(*) FROM rota_run WHERE tenant = $1 AND step = 0)
				+ (SELECT COUNT(*) FROM notify_delivery WHERE tenant = $1 AND state IN ('waiting', 'trying'))`)
		})
		if left == 0 {
			return
		}
		time.Sleep(500 * time.Millisecond)
	}
	t.Fatal("not everyone was told within two minutes")
}

// count counts in the house's one organisation.
func count(t *testing.T, a *app.App, sql string, args ...any) (n int) {
	t.Helper()
	ctx := inOrg(t, a)
	if err := a.DB.Read(ctx, func(tx *db.Tx) error { return tx.Row(sql, args...).Scan(&n) }); err != nil {
		t.Fatal(err)
	}
	return n
}

// checkLadders compares what was acknowledged with what is there. A text that
// may have gone out is not sent again: its file may be there or not.
func (h *house) checkLadders(t *testing.T, a *app.App, files int) {
	runs := count(t, a, "SELECT COUNT(*) FROM rota_run WHERE tenant = $1 AND step > 0 AND state = 'asking'")
	pages := count(t, a, "SELECT COUNT(*) FROM notify_delivery WHERE tenant = $1 AND channel = 'app' AND state = 'sent'")
	sent := count(t, a, "SELECT COUNT(*) FROM notify_delivery WHERE tenant = $1 AND channel = 'sms' AND state = 'sent'")
	unsure := count(t, a, "SELECT COUNT(*) FROM notify_delivery WHERE tenant = $1 AND channel = 'sms' AND state = 'unsure'")
	if runs < len(h.asked) || pages != runs || sent+unsure != runs || files < sent || files > sent+unsure {
		t.Errorf("%d acknowledged: %d ladders, %d pages, %d texts sent and %d unsure, %d files", len(h.asked), runs, pages, sent, unsure, files)
	}
	t.Logf("%d acknowledged, %d ladders, %d texts sent, %d unsure, %d files", len(h.asked), runs, sent, unsure, files)
}
