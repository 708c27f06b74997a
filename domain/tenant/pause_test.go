package tenant

import (
	"context"
	"testing"

	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/scope"
)

const whyPause = "Its keys may have been copied; we look into it."

func admitted(ctx context.Context, s *Service, o Tenant) error {
	return s.DB.Read(operator(ctx, o.ID), Admit)
}

// A pause needs a reason, stops one organisation and no other, is on record, and
// ends.
func TestAnOrganisationIsPausedAndTakenUpAgain(t *testing.T) {
	onBoth(t, func(t *testing.T, ctx context.Context, s *Service) {
		o, other := make1(t, ctx, s, "Riverside", "US", "UTC"), make1(t, ctx, s, "Hillside", "US", "UTC")
		for _, why := range []string{"", "  ", "no"} {
			if err := s.Pause(ctx, o.ID, true, why); !errs.Is(err, errs.Invalid) {
				t.Errorf("%q: %v", why, err)
			}
		}
		if err := admitted(ctx, s, o); err != nil {
			t.Fatalf("before: %v", err)
		}
		before := leaves(t, ctx, s, o.ID)
		for range 2 {
			if err := s.Pause(ctx, o.ID, true, whyPause); err != nil {
				t.Fatal(err)
			}
		}
		if err := admitted(ctx, s, o); !errs.Is(err, errs.Unavailable) || !IsPaused(err) {
			t.Errorf("paused: %v", err)
		}
		if err := admitted(ctx, s, other); err != nil {
			t.Errorf("the other: %v", err)
		}
		if n := leaves(t, ctx, s, o.ID); n != before+1 {
			t.Errorf("%d lines for one pause", n-before)
		}
		if list, err := s.Vault.Noted(string(o.ID)); err != nil || len(list) != 1 || list[0].Kind != PauseKind || list[0].ID != string(o.ID) {
			t.Errorf("in the key folder: %v %v", list, err)
		}
		got, err := s.Get(ctx, o.ID)
		if err != nil || !got.Paused() {
			t.Errorf("%+v %v", got, err)
		}
		if err := s.Pause(ctx, o.ID, false, whyPause); err != nil {
			t.Fatal(err)
		}
		if err := admitted(ctx, s, o); err != nil {
			t.Errorf("taken up again: %v", err)
		}
		if list, err := s.Vault.Noted(string(o.ID)); err != nil || len(list) != 1 {
			t.Errorf("taking it up is noted too: %v %v", list, err)
		}
		pauses(t, ctx, s, o)
	})
}

func pauses(t *testing.T, ctx context.Context, s *Service, o Tenant) {
	t.Helper()
	err := s.DB.Read(operator(ctx, o.ID), func(tx *db.Tx) error {
		list, err := Pauses().List(tx, "WHERE tenant = $1 ORDER BY paused DESC")
		if len(list) != 2 || !list[0].Paused || list[1].Paused || list[0].Why != whyPause || list[0].By == "" {
			t.Errorf("on record: %+v", list)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// What goes on in a paused organisation says so; Always alone opens nothing else.
func TestAlwaysKeepsTheScope(t *testing.T) {
	ctx := scope.With(t.Context(), scope.Scope{Tenant: "t1", Actor: "system", Purpose: scope.Operations})
	got, _ := scope.From(scope.Always(ctx))
	if want, _ := scope.From(ctx); !got.Always || want.Always || got.Tenant != want.Tenant || got.Actor != want.Actor || got.System {
		t.Errorf("%+v", got)
	}
}
