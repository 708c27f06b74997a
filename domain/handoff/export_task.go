package handoff

import (
	"context"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/fhir"
)

// ExportTasks hands out the Task of each hand-off that came in by one, or of
// that one alone, with how things stand written back: what the status page
// would show to whoever asked, and nothing later without a live consent that
// covers them. It records a look at each person. A hand-off that is not here,
// or did not come in by a Task, is NotFound.
func (s *Service) ExportTasks(ctx context.Context, one ref.Handoff, each func(task []byte) error) error {
	out := taskExport{Service: s, one: one}
	for {
		var page [][]byte
		err := s.DB.Write(ctx, func(tx *db.Tx) error {
			if err := s.Allow(tx, "handoff.export"); err != nil {
				return err
			}
			var err error
			page, err = out.page(tx)
			return err
		})
		if err != nil {
			return errs.Wrap("handoff: export", err)
		}
		for _, task := range page {
			if err := each(task); err != nil {
				return err
			}
		}
		if one != "" || len(page) == 0 {
			return nil
		}
	}
}

// taskExport is one going-through of the Tasks, a page at a time.
type taskExport struct {
	*Service
	one   ref.Handoff // that one alone; "" is all
	after ref.Handoff // the last one handed out
}

func (x *taskExport) page(tx *db.Tx) ([][]byte, error) {
	where, arg := "WHERE tenant = $1 AND handoff > $2 ORDER BY handoff LIMIT 100", x.after
	if x.one != "" {
		where, arg = "WHERE tenant = $1 AND handoff = $2", x.one
	}
	tasks, err := x.tasks.List(tx, where, arg)
	switch {
	case err != nil:
		return nil, err
	case len(tasks) == 0 && x.one != "":
		return nil, absent("task")
	}
	var page [][]byte
	var all []Handoff
	for _, t := range tasks {
		h, answer, err := x.answered(tx, t)
		if err != nil {
			return nil, err
		}
		// No change, and so no more than one line.
		if answer, err = fhir.Patch(answer); err != nil {
			return nil, err
		}
		page, all, x.after = append(page, answer), append(all, h), t.Handoff
	}
	if len(all) == 0 {
		return nil, nil
	}
	return page, x.recordList(tx, "handoff.export", all, nil)
}

// answered is a Task with our answer. Where nobody here has done anything yet,
// and the Task says more than that it waits, its own word stands.
func (x *taskExport) answered(tx *db.Tx, t Task) (Handoff, []byte, error) {
	h, err := x.find(tx, t.Handoff)
	if err != nil {
		return h, nil, err
	}
	events, err := x.history(tx, h.ID)
	if err != nil {
		return h, nil, err
	}
	shown, err := x.status(tx, h, "fhir")
	if err != nil {
		return h, nil, err
	}
	if h.State == Unconfirmed {
		shown.Stage = Unconfirmed
	}
	if onlyFiles(events) && h.State != Unconfirmed {
		return h, []byte(t.Body), nil
	}
	answer, err := AnswerTask([]byte(t.Body), TaskAnswer{Shown: shown, At: shownSince(askersPart(events), shown), Notice: shown.Notice})
	return h, answer, err
}

// taskStage is the stage that a Task shows: the status page's, and before it
// that nobody has asked the person yet.
func taskStage(h Handoff) string {
	if h.State == Unconfirmed {
		return Unconfirmed
	}
	return stage(h)
}

func onlyFiles(events []Event) bool {
	for _, e := range events {
		if e.Role != RoleImport {
			return false
		}
	}
	return true
}

// shownSince is when what is shown began. A later event that whoever asked may
// not see moves no time that they do.
func shownSince(events []Event, shown Status) time.Time {
	var h Handoff
	var at time.Time
	last := ""
	for _, e := range events {
		h = h.after(e, e.At)
		now := taskStage(h)
		if shown.Later != "" && shown.Later == laterStage(h) {
			now = shown.Later
		}
		if now != last {
			last, at = now, e.RecordedAt
		}
	}
	return at
}
