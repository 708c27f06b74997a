package mine_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"alongside/domain/disclose"
	"alongside/domain/mine"
	"alongside/domain/ref"
	"alongside/domain/tenant"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/i18n"
	"alongside/platform/module"
	"alongside/platform/page"
)

func TestRecordsAgreeWithTheirTables(t *testing.T) {
	onBoth(t, tenant.Part2, func(h *house) {
		h.must(h.db.Read(as("acct1"), func(tx *db.Tx) error {
			for _, r := range []module.Record{mine.Disputes(), mine.Leavings(), mine.Settings()} {
				bad, err := r.CheckTable(tx)
				h.must(err)
				for _, b := range append(bad, r.Check()...) {
					h.Error(b)
				}
			}
			return nil
		}))
	})
}

// What the law forbids to tell is not there, not even as a title; what may be
// told is.
func TestWhatTheLawWithholdsIsNotShown(t *testing.T) {
	onBoth(t, tenant.Part2, func(h *house) {
		p := h.person("own1")
		for _, quiet := range []bool{true, false} {
			shown := ""
			h.write("acct1", func(tx *db.Tx) error {
				_, err := h.door.Hold(tx, disclose.Demand{Kind: "police", FromWhom: "Made-up office", Person: p, Decider: "acct1", Quiet: quiet})
				return err
			})
			h.write("own1", func(tx *db.Tx) error {
				parts, err := h.s.Held(tx, field.Reader{Words: &i18n.Words{Lang: i18n.English}, Zone: time.UTC})
				for _, part := range parts {
					shown += part.Title.EN + "\n"
				}
				return err
			})
			if strings.Contains(shown, "court or the police") == quiet || !strings.Contains(shown, "Something you allowed") {
				h.Errorf("quiet %v: %s", quiet, shown)
			}
		}
	})
}

// A dispute is the person's own: anyone else's row is not there, and the debt of
// looking at it is not left open.
func TestADisputeIsOfOnesOwnRow(t *testing.T) {
	onBoth(t, tenant.Part2, func(h *house) {
		p, other := h.person("own1"), h.person("own2")
		row := "disclose_self/own1"
		h.write("own1", func(tx *db.Tx) error { return h.s.Dispute(tx, page.NewAct(h.clk.Now()), row, "Not mine") })
		for _, bad := range []string{"disclose_self/own2", "mine_dispute/x", "access_account/a", "", "disclose_self"} {
			err := h.db.Write(as("own1"), func(tx *db.Tx) error { return h.s.Dispute(tx, page.NewAct(h.clk.Now()), bad, "Mine") })
			if !errs.Is(err, errs.NotFound) {
				h.Errorf("%q: %v", bad, err)
			}
		}
		h.write("own1", func(tx *db.Tx) error {
			said, err := h.s.Said(tx, p)
			if len(said[row]) != 1 || said[row][0].Says != "Not mine" {
				h.Errorf("%+v", said)
			}
			tx.Settle(string(p), string(other))
			return err
		})
	})
}

// Under Part 2 what was allowed and told is kept without words for the years
// that the rules name; then, and not before, it goes.
func TestWhatTheLawKeepsGoesWhenItsYearsAreOver(t *testing.T) {
	onBoth(t, tenant.Part2, func(h *house) {
		p, stays := h.person("own1"), h.person("own2")
		h.leave(p)
		if !h.gone(p) || h.gone(stays) || !slices.Equal(h.ended, []ref.Account{"own1"}) {
			h.Fatalf("gone %v, the other %v, ended %v", h.gone(p), h.gone(stays), h.ended)
		}
		if r := h.rows(p); r["disclose_disclosure"] != 1 || r["consent_consent"] != 1 || r["disclose_self"] != 0 || r["mine_leaving"] != 1 {
			h.Errorf("after leaving: %v", r)
		}
		h.clk.Set(h.clk.Now().AddDate(6, 0, -1))
		if d := h.retention(true)["told"]; d.Rows != 0 || d.Years != 6 {
			h.Errorf("a day too early: %+v", d)
		}
		h.clk.Set(h.clk.Now().AddDate(0, 0, 1).Add(time.Hour))
		for range 2 { // a preview does nothing
			if d := h.retention(false)["told"]; d.Rows != 1 || d.People != 1 {
				h.Errorf("the preview: %+v", d)
			}
		}
		h.retention(true)
		if r := h.rows(p); r["disclose_disclosure"] != 0 || r["consent_consent"] != 0 || r["mine_leaving"] != 1 {
			h.Errorf("after six years: %v", r)
		}
		if r := h.rows(stays); r["disclose_disclosure"] != 1 || r["consent_consent"] != 1 {
			h.Errorf("somebody who stayed: %v", r)
		}
	})
}

// Where no source gives years nothing is kept, or it is kept until the
// organisation decides: with a reason, and never for a rule that has no years.
func TestTheOrganisationDecidesWhatNoSourceSays(t *testing.T) {
	onBoth(t, tenant.GDPR, func(h *house) {
		p := h.person("own1")
		h.leave(p)
		if r := h.rows(p); r["disclose_disclosure"] != 0 || r["consent_consent"] != 0 {
			h.Errorf("kept without a law that says so: %v", r)
		}
		for _, bad := range []struct {
			rule, why string
			years     int
		}{{"left", "short", 2}, {"left", strings.Repeat("because ", 4), 0}, {"person", strings.Repeat("because ", 4), 2}, {"nothing", strings.Repeat("because ", 4), 2}} {
			err := h.db.Write(as("acct1"), func(tx *db.Tx) error { return h.s.Set(tx, bad.rule, bad.years, bad.why) })
			if !errs.Is(err, errs.Invalid) {
				h.Errorf("%+v: %v", bad, err)
			}
		}
		h.write("acct1", func(tx *db.Tx) error { return h.s.Set(tx, "left", 2, "Our auditors ask for two years.") })
		h.clk.Set(h.clk.Now().AddDate(2, 0, 1))
		if d := h.retention(true)["left"]; d.Rows != 1 || !d.Set {
			h.Errorf("%+v", d)
		}
		if r := h.rows(p); r["mine_leaving"] != 0 {
			h.Errorf("%v", r)
		}
	})
}

// Someone about whom nothing was recorded for as long as was decided leaves;
// until it is decided, nobody does.
func TestQuietPeopleLeaveOnlyWhenItWasDecided(t *testing.T) {
	onBoth(t, tenant.Part2, func(h *house) {
		old := h.person("own1")
		h.clk.Set(h.clk.Now().AddDate(5, 0, 1))
		recent := h.person("own2")
		if d := h.retention(true)["quiet"]; d.People != 0 || h.gone(old) {
			h.Errorf("nobody decided: %+v", d)
		}
		h.write("acct1", func(tx *db.Tx) error { return h.s.Set(tx, "quiet", 5, "Decided by our board in May.") })
		if d := h.retention(false)["quiet"]; d.People != 1 || h.gone(old) {
			h.Errorf("the preview: %+v", d)
		}
		h.retention(true)
		h.must(h.s.EraseNow(as("acct1")))
		if !h.gone(old) || h.gone(recent) {
			h.Errorf("old %v, recent %v", h.gone(old), h.gone(recent))
		}
	})
}

// The power goes between the leaving and the erasure: the bell makes it good,
// once, and to erase again changes nothing.
func TestAnInterruptedErasureIsMadeGood(t *testing.T) {
	onBoth(t, tenant.Part2, func(h *house) {
		p := h.person("own1")
		h.write("acct1", func(tx *db.Tx) error { return h.s.Leave(tx, p, mine.WhyAsked) })
		if h.gone(p) {
			h.Fatal("the key went before the leaving was on disk")
		}
		broken := errors.New("power cut")
		if err := h.s.Erase(as("system"), p, func(*db.Tx) error { return broken }); !errors.Is(err, broken) || !h.gone(p) {
			h.Fatalf("%v", err)
		}
		h.must(h.s.EraseNow(as("acct1")))
		h.write("acct1", func(tx *db.Tx) error { return h.s.Leave(tx, p, mine.WhyAsked) })
		n, err := h.s.CatchUp(as("acct1"))
		if err != nil || n != 0 {
			h.Errorf("%d %v", n, err)
		}
	})
}

// Of two records that are one person, one that nobody touches for years takes
// nobody away who is here by the other; and a court's demand about one keeps the
// keys of both.
func TestOneOfTwoRecordsDecidesForNeither(t *testing.T) {
	onBoth(t, tenant.Part2, func(h *house) {
		old, now := h.person("own1"), h.person("own2")
		h.write("acct1", func(tx *db.Tx) error { return h.s.Set(tx, "quiet", 2, "Nobody is kept for longer than this.") })
		h.clk.Set(h.clk.Now().AddDate(2, 0, 1))
		h.write("own2", func(tx *db.Tx) error { _, err := h.s.Held(tx, reads()); return err })
		h.one = []ref.Person{old, now}
		if d := h.retention(true)["quiet"]; d.People != 0 || h.gone(old) || h.gone(now) {
			h.Errorf("someone who is here left: %+v", d)
		}
		var d disclose.Demand
		h.write("acct1", func(tx *db.Tx) (err error) {
			d, err = h.door.Hold(tx, disclose.Demand{Kind: "police", FromWhom: "A made-up office", Person: old, Decider: "acct1"})
			return err
		})
		h.leave(now)
		if h.gone(old) || h.gone(now) {
			h.Errorf("keys went while a court asks: %v %v", h.gone(old), h.gone(now))
		}
		h.write("acct1", func(tx *db.Tx) error { return h.door.Decide(tx, d.ID, disclose.Refuse, "", "") })
		h.must(h.s.EraseNow(as("acct1")))
		if !h.gone(old) || !h.gone(now) {
			h.Errorf("keys stayed: %v %v", h.gone(old), h.gone(now))
		}
	})
}

func reads() field.Reader { return field.Reader{Words: &i18n.Words{}, Zone: time.UTC} }
