package main

import (
	"context"
	"fmt"
	"net/http"
	"os/exec"
	"path/filepath"
	"time"
)

// measurePocketBase creates the record of an ask in PocketBase, with
// synchronous FULL as ours has, through its own API.
func measurePocketBase(ctx context.Context, s *setup) error {
	bin := filepath.Join(s.dir, "pocketbase")
	build := exec.CommandContext(ctx, "go", "build", "-C", "tool/bench/pocketbase", "-o", bin, ".")
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("building it: %w: %s", err, out)
	}
	addr, err := freeAddr()
	if err != nil {
		return err
	}
	p, err := start(ctx, filepath.Join(s.dir, "pocketbase.log"), bin, "serve", "--http", addr, "--dir", filepath.Join(s.dir, "pb_data"))
	if err != nil {
		return err
	}
	defer p.stop()
	if _, err := answered(addr, "/api/health", 20*time.Second); err != nil {
		return err
	}
	web := newWires(addr)
	ask := web.request(http.MethodPost, "/api/collections/asks/records", "Content-Type: application/json\r\n", pocketAsk)
	one := func() error { return web.send(ask, http.StatusOK) }
	if err := s.pocketSyncs(p, one); err != nil {
		return err
	}
	pair, err := s.beside(func() (result, error) { return hammer(p, 16, s.span, one) })
	if err != nil {
		return err
	}
	r := pair.mine
	figure{"pocketbase_create_16_clients", r.rate(), "creates/s", pair.ratio(), "commit probe just before", r.cpuEach()}.print()
	if ours := s.create16; ours.done > 0 {
		figure{"create_beside_pocketbase", ours.rate(), "creates/s", ours.rate() / r.rate(), "pocketbase_create_16_clients", ours.cpuEach()}.print()
		figure{"create_cpu_beside_pocketbase", ours.cpuEach(), "us", ours.cpuEach() / r.cpuEach(), "pocketbase_create_16_clients", ours.cpuEach()}.print()
	}
	return nil
}

func (s *setup) pocketSyncs(p *process, one func() error) error {
	const asks = 50
	n, ok, err := p.fsyncs(s.dir, func() error {
		for range asks {
			if err := one(); err != nil {
				return err
			}
		}
		return nil
	})
	if ok {
		figure{"pocketbase_fsyncs_per_create_1_client", float64(n) / asks, "fsyncs", 0, "", 0}.print()
	}
	return err
}

const pocketAsk = `{"tenant":"harbour","site":"st-anne-ed","source":"page","state":"requested","answer":"yes",
"whereabouts":"Bed 12, behind the nurses' desk","language":"en","know":"Speaks softly. Would like someone who also has children.",
"asker":"Nurse on nights","name":"Robin","contact":"none","requested_at":"2026-11-24 02:10:00.000Z","due_at":"2026-11-24 02:40:00.000Z"}`

// answered polls until the address answers a path, and returns how long that
// took.
func answered(addr, path string, most time.Duration) (time.Duration, error) {
	began := time.Now()
	web := &http.Client{Timeout: time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	for {
		res, err := web.Get("http://" + addr + path)
		if err == nil {
			res.Body.Close()
			return time.Since(began), nil
		}
		if time.Since(began) > most {
			return 0, err
		}
		time.Sleep(500 * time.Microsecond)
	}
}
