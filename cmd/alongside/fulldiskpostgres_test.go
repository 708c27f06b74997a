package main

import (
	"context"
	"database/sql"
	"net/http"
	"strings"
	"testing"
	"time"

	"alongside/platform/crashtest"
	"alongside/platform/db/dbtest"
)

// TestAFullPostgresTellsNoLies lets the disk of a PostgreSQL run full under the
// real program: first so that it refuses what needs more room, then so that it
// cannot write its own log and ends. Who is told that a peer was asked for has
// asked; crisis help stays up; the page of whoever asked before stands for as long
// as the database can be read, and says in words when it cannot. With room again
// all of it goes on, without a restart of the program. The server is started again
// by whoever looks after it, as on any machine.
func TestAFullPostgresTellsNoLies(t *testing.T) {
	build(t)
	disk := crashtest.NewSmallDisk(t, 256)
	if disk == nil {
		return
	}
	address := dbtest.PostgresIn(t, disk.Dir)
	h := newHouseIn(t, address)
	p := h.up(t)
	before, err := h.once(t.Context(), p, 0)
	if err != nil {
		t.Fatal(err)
	}
	n := 1
	again := func() bool { n++; _, err := h.once(t.Context(), p, n); return err == nil }
	for _, left := range []int64{1 << 20, 64 << 10, 0} {
		disk.Fill(left)
		refused := false
		for i := 0; i < 200 && !refused; i++ {
			refused = !again()
		}
		if !refused {
			t.Errorf("with %d bytes left it was never full", left)
		}
		h.stands(t, before)
		disk.Free()
		healed(t, h, again)
	}
	disk.Fill(0)
	outOfLog(t, address)
	if again() {
		t.Error("a peer was asked for, and the database was away")
	}
	h.sorry(t, before)
	disk.Free()
	h.back(t, again)
	got, err := h.found(t.Context(), p)
	if err != nil || len(got) != len(h.asked) {
		t.Fatalf("%d of %d that were acknowledged are there: %v", len(got), len(h.asked), err)
	}
	p.Kill()
	if err := h.verify(t.Context(), p); err != nil {
		t.Error(err)
	}
	t.Logf("%d asks were acknowledged", len(got))
}

// outOfLog lets the server run out of room for its own log, until it ends.
func outOfLog(t *testing.T, address string) {
	t.Helper()
	pool, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	for range 200 {
		ctx, over := context.WithTimeout(t.Context(), 5*time.Second)
		_, err := pool.ExecContext(ctx, "SELECT pg_logical_emit_message(true, 'full', repeat('x', 4000000))")
		over()
		if err != nil && pool.PingContext(t.Context()) != nil {
			return
		}
	}
	t.Fatal("the server never ran out of room for its log")
}

// sorry looks at what stands without a database.
func (h *house) sorry(t *testing.T, before string) {
	t.Helper()
	if status, text, _, err := h.body(t.Context(), http.MethodGet, h.addr+"/crisis", nil); err != nil || status != http.StatusOK {
		t.Errorf("without a database crisis help answers %d %v %.300s", status, err, text)
	}
	status, text, _, err := h.body(t.Context(), http.MethodGet, h.addr+before, nil)
	if err != nil || status != http.StatusServiceUnavailable || !strings.Contains(text, "<h1") || !strings.Contains(text, "/crisis") {
		t.Errorf("without a database the page of whoever asked before answers %d %v %.300s", status, err, text)
	}
}

// back waits until the server was started again and the program goes on.
func (h *house) back(t *testing.T, works func() bool) {
	t.Helper()
	for range 300 {
		if works() {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatal("with room again it does not go on")
}
