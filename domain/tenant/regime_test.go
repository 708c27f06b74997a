package tenant

import (
	"context"
	"testing"

	"alongside/platform/db"
	"alongside/platform/errs"
)

const whyNot = "We take no federal money and refer nobody to treatment."

func regimeOf(t *testing.T, ctx context.Context, s *Service, o Tenant) (regime string) {
	t.Helper()
	err := s.DB.Read(operator(ctx, o.ID), func(tx *db.Tx) error {
		name, err := NameOf(tx)
		if err == nil && name != o.Name {
			t.Errorf("called %q", name)
		}
		if err == nil {
			regime, err = RegimeOf(tx)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return regime
}

// In the United States Part 2 is on unless someone says why not.
func TestLeavingPart2NeedsAReasonOnRecord(t *testing.T) {
	onBoth(t, func(t *testing.T, ctx context.Context, s *Service) {
		o := make1(t, ctx, s, "Riverside", "US", "UTC")
		for _, why := range []string{"", "  ", "no"} {
			if err := s.Rule(ctx, o.ID, HIPAAOnly, why); !errs.Is(err, errs.Invalid) {
				t.Errorf("%q: %v", why, err)
			}
		}
		if got := regimeOf(t, ctx, s, o); got != Part2 {
			t.Fatalf("without a reason: %s", got)
		}
		before := leaves(t, ctx, s, o.ID)
		if err := s.Rule(ctx, o.ID, HIPAAOnly, whyNot); err != nil {
			t.Fatal(err)
		}
		list, err := s.Rulings(ctx, o.ID)
		if err != nil || len(list) != 1 || list[0].Why != whyNot || list[0].By != "operator:root" || list[0].Regime != HIPAAOnly {
			t.Fatalf("%+v %v", list, err)
		}
		if got := regimeOf(t, ctx, s, o); got != HIPAAOnly || leaves(t, ctx, s, o.ID) != before+1 {
			t.Errorf("%s", got)
		}
		if err := s.Rule(ctx, o.ID, Part2, ""); err != nil || regimeOf(t, ctx, s, o) != Part2 {
			t.Errorf("back to the country's own law: %v", err)
		}
	})
}

func TestRulesThatAreNone(t *testing.T) {
	onBoth(t, func(t *testing.T, ctx context.Context, s *Service) {
		o := make1(t, ctx, s, "Riverside", "GB", "UTC")
		if err := s.Rule(ctx, o.ID, "law of the sea", whyNot); !errs.Is(err, errs.Invalid) {
			t.Errorf("%v", err)
		}
		if err := s.Rule(ctx, "nobody", NoRegime, whyNot); !errs.Is(err, errs.NotFound) {
			t.Errorf("%v", err)
		}
		if got := regimeOf(t, ctx, s, o); got != GDPR {
			t.Errorf("%s", got)
		}
	})
}
