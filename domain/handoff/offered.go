package handoff

import (
	"slices"

	"alongside/platform/db"
	"alongside/platform/flow"
	"alongside/platform/i18n"
)

// offered leaves out the steps that could only refuse, or would say what is not so.
func (s *Service) offered(tx *db.Tx, d *Detail) error {
	h := d.Handoff
	d.Next = againThere(fromSilence(d.Next, h), h)
	if h.VoicedAt.IsZero() {
		d.Next = without(d.Next, StepHeard)
	}
	if err := s.toSee(tx, d); err != nil {
		return err
	}
	switch h.State {
	case OutOfTouch, Resting:
		return s.afterSilence(tx, d)
	case Refused, Missed:
		return s.asOftenAs(tx, d)
	}
	return nil
}

// afterSilence: a second "first visit" would move the first, and before its day comes
// nothing rests.
func (s *Service) afterSilence(tx *db.Tx, d *Detail) error {
	if !d.ConnectedAt.IsZero() {
		d.Next = without(d.Next, StepConnect)
	}
	at, err := restsAt(tx, d.Handoff.ID)
	if tx.Now().Before(at) {
		d.Next = without(d.Next, StepRest)
	}
	return err
}

// asOftenAs: past the limit only those who answer for peers offer a service again.
func (s *Service) asOftenAs(tx *db.Tx, d *Detail) error {
	site, err := s.sites.Get(tx, d.Handoff.Site)
	if err != nil || leads(tx.Scope().Role) || d.Reoffers < site.reoffers() {
		return err
	}
	d.Often = true
	d.Next = without(without(d.Next, StepReoffer), StepAgree)
	return nil
}

func without(steps []flow.Step[Facts], name string) []flow.Step[Facts] {
	return slices.DeleteFunc(steps, func(s flow.Step[Facts]) bool { return s.Name == name })
}

// visited reports that they had a first visit, and said yes to no other service since.
func (h Handoff) visited() bool {
	return !h.ConnectedAt.IsZero() && !h.ConsentAt.After(h.ConnectedAt)
}

// againThere: who had a first visit goes there again, and the first stays the first.
func againThere(steps []flow.Step[Facts], h Handoff) []flow.Step[Facts] {
	if !h.visited() {
		return steps
	}
	for i := range steps {
		if steps[i].Name == StepConnect {
			steps[i].Label = i18n.Text{EN: "They go there again", ES: "Vuelve a ir allí", AR: "عاد يذهب إلى هناك"}
		}
	}
	return steps
}

// visits are the entries that say a first visit though there was one before: by their
// numbers.
func visits(events []Event) map[int64]bool {
	out, back, seen := map[int64]bool{}, undone(events), false
	for _, e := range events {
		switch {
		case back[e.Seq]:
		case e.Step == StepAgree:
			seen = false
		case e.Step == StepConnect || e.Step == StepShown:
			out[e.Seq], seen = seen, true
		}
	}
	return out
}
