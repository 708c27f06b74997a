package app

import (
	"context"
	"strings"
	"testing"

	"alongside/platform/module"
	"alongside/platform/scope"
	"alongside/surface/cli"
)

// stopper ends what runs as soon as it says that it is ready.
type stopper struct {
	strings.Builder
	stop func()
}

func (s *stopper) Write(p []byte) (int, error) {
	s.stop()
	return s.Builder.Write(p)
}

// A made-up world is never made among real people: there their links would work more than
// once, and open what is theirs alone.
func TestAMadeUpWorldIsNotMadeAmongRealPeople(t *testing.T) {
	dir := t.TempDir()
	a, err := Make(t.Context(), Config{Data: dir})
	if err != nil {
		t.Fatal(err)
	}
	as := scope.With(t.Context(), scope.Scope{Actor: "operator:test", Role: "operator", Purpose: scope.Operations})
	if _, err := a.Tenants.Create(as, "Riverside", "US", "UTC"); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out, errs := &stopper{stop: stop}, &strings.Builder{}
	code := runDemo(ctx, module.Env{Out: out, Err: errs}, []string{"--data", dir, "--addr", "127.0.0.1:0", "--json"})
	if code != cli.Refused || !strings.Contains(errs.String(), "there is data in that folder already") || out.Len() > 0 {
		t.Errorf("%d, %.100q, %.200q", code, out.String(), errs.String())
	}
	if a, err = Open(t.Context(), Config{Data: dir}); err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if all, err := a.Tenants.List(as); err != nil || len(all) != 1 {
		t.Errorf("%d organisations, want the one there was: %v", len(all), err)
	}
}
