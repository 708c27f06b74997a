package handoff

import (
	"slices"
	"time"

	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/page"
)

// mostAgain is how often in a day peers are called once more, or a word is added or taken
// back, by a link of a hand-off. A link is held by whoever has it: pressed over and over it
// calls peers all night, and makes a path of thousands of lines that nobody reads. Each
// has its own count, so that whoever plays with theirs keeps nobody else from a word. It
// is our own choice (0136).
const mostAgain = 12

// byLinkAgain are the steps that are counted. What stops something is not: it can always
// be pressed.
func byLinkAgain() []string {
	return []string{StepReopen, StepLookAgain, StepOther, StepThanks, StepNotRight, StepUndo}
}

const selectAgain = `SELECT COUNT(*) FROM handoff_event WHERE tenant = $1 AND handoff = $2 AND role = $3
	AND step IN ($4, $5, $6, $7, $8, $9) AND recorded_at > $10`

// notTooOften is TooMany, with the telephone of those on duty, when a link was used up
// for today.
func (s *Service) notTooOften(tx *db.Tx, h Handoff, step, role string) error {
	link := role == RoleAsker || role == RolePerson || role == RoleDestination
	if !link || !slices.Contains(byLinkAgain(), step) {
		return nil
	}
	args := []any{h.ID, role}
	for _, step := range byLinkAgain() {
		args = append(args, step)
	}
	var n int64
	if err := tx.Row(selectAgain, append(args, tx.Now().Add(-day*time.Hour))...).Scan(&n); err != nil || n < mostAgain {
		return err
	}
	site, err := s.sites.Get(tx, h.Site)
	if err != nil {
		return err
	}
	return &errs.Error{Kind: errs.TooMany, Op: "by link", Say: "handoff.error.often", Args: map[string]any{page.CallArg: site.Duty}}
}
