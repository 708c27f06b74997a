package handoff

import (
	"bytes"
	"context"
	"encoding/hex"
	"time"

	"alongside/domain/audit"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
)

// Why a visit or a referral that was read is not taken. These are words for a terminal.
const (
	saysOtherTime = "has the same number as a visit that is here, at another time; the sender must say which it is"
	saysPartHere  = "is a part of a referral that is here"
	saysWholeHere = "a part of it is here already"
	saysNeverHere = "its sender calls it a mistake, and nothing is here of it"
	saysOlder     = "is older than what is here of it"
	saysPeopleDo  = "a file may not take the hand-off from where it stands to this status; someone here decides"
)

// Taken is what became of a visit or a referral: kept, as new or as news of one
// that is here; or not, with the reason; or neither, when it says nothing new.
type Taken struct {
	Kept bool
	Why  string // holds nothing personal
}

// TakeTask keeps a referral of a file as a hand-off. One that asks for a peer
// is told to nobody until someone confirms that the person was asked. The same
// Task again changes nothing; a later version moves the hand-off only along the
// rows of the flow that are a file's, and is otherwise not taken.
func (s *Service) TakeTask(ctx context.Context, f FHIRReferral) (Taken, error) {
	var out Taken
	err := s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.Allow(tx, "import.run"); err != nil {
			return err
		}
		h, err := s.asked(tx, act(tx, "task", f.Source))
		switch {
		case err != nil:
			return err
		case h == "":
			out, err = s.freshTask(tx, f)
		default:
			out, err = s.laterTask(tx, h, f)
		}
		return err
	})
	return out, errs.Wrap("handoff: take in "+f.Place, err)
}

func (s *Service) freshTask(tx *db.Tx, f FHIRReferral) (Taken, error) {
	if stateOfStatus(f.Task.Status) == "" {
		return Taken{Why: saysNeverHere}, nil
	}
	if why, err := s.otherHalf(tx, f); why != "" || err != nil {
		return Taken{Why: why}, err
	}
	h, err := s.startTask(tx, f)
	if err != nil {
		return Taken{}, err
	}
	task := taskOf(tx, h, f)
	changes, err := s.tasks.Insert(tx, &task)
	if err != nil {
		return Taken{}, err
	}
	if err := s.record(tx, audit.Change, "handoff.task", h, changes); err != nil {
		return Taken{}, err
	}
	if err := s.follow(tx, h, f); err != nil {
		return Taken{}, err
	}
	_, err = s.later(tx, h.ID, FHIRFound{Patient: f.Patient})
	return Taken{Kept: true}, err
}

// startTask makes the hand-off. What happened to the person is not in a Task;
// the time of it is when it was asked for.
func (s *Service) startTask(tx *db.Tx, f FHIRReferral) (Handoff, error) {
	p := people.Person{Provisional: true, Name: f.Patient.Name, LegalName: f.Patient.LegalName, Languages: offered(f.Patient.Languages)}
	person, err := s.People.Known(tx, f.Patient.Key, p)
	if err != nil {
		return Handoff{}, err
	}
	site, err := s.siteNamed(tx, f.Site)
	if err != nil {
		return Handoff{}, err
	}
	h := Handoff{
		Person: person, Site: site.ID, Source: "fhir", EventAt: f.Task.AuthoredOn.UTC(),
		Know: cut(f.What, 600), ActKey: act(tx, "task", f.Source),
	}
	return s.start(tx, h, Event{Step: StepFound, To: Unconfirmed, At: tx.Now(), Role: RoleImport})
}

// otherHalf looks for the whole of a part, or a part of the whole: one ask is
// one hand-off, in whichever order the files come.
func (s *Service) otherHalf(tx *db.Tx, f FHIRReferral) (string, error) {
	for _, look := range []struct{ sql, name, why string }{
		{"SELECT COUNT(*) FROM handoff_task WHERE tenant = $1 AND name_key = $2", f.PartOf, saysPartHere},
		{"SELECT COUNT(*) FROM handoff_task WHERE tenant = $1 AND part_key = $2", f.Name, saysWholeHere},
	} {
		var n int64
		if look.name == "" {
			continue
		}
		if err := tx.Row(look.sql, taskMark(tx, look.name)).Scan(&n); err != nil || n > 0 {
			return look.why, err
		}
	}
	return "", nil
}

// laterTask is a Task that is here already.
func (s *Service) laterTask(tx *db.Tx, id ref.Handoff, f FHIRReferral) (Taken, error) {
	var held []byte
	var modified int64
	err := tx.Row("SELECT text_key, modified_at FROM handoff_task WHERE tenant = $1 AND handoff = $2", id).Scan(&held, &modified)
	switch {
	case err != nil:
		return Taken{}, err
	case bytes.Equal(held, act(tx, "task-text", string(f.Text))):
		kept, err := s.later(tx, id, FHIRFound{Patient: f.Patient})
		return Taken{Kept: kept}, err
	case !f.Task.ModifiedAt.IsZero() && f.Task.ModifiedAt.Before(time.UnixMicro(modified)):
		return Taken{Why: saysOlder}, nil
	}
	return s.nextVersion(tx, id, f)
}

// nextVersion follows a later version and keeps its text in place of the one
// before. What carries our own word moves nothing: it is our answer, back.
func (s *Service) nextVersion(tx *db.Tx, id ref.Handoff, f FHIRReferral) (Taken, error) {
	h, err := s.find(tx, id)
	if err != nil {
		return Taken{}, err
	}
	before, err := s.tasks.Get(tx, id)
	if err != nil {
		return Taken{}, err
	}
	if !f.Task.Ours {
		err = s.follow(tx, h, f)
	}
	if errs.Is(err, errs.Conflict) || errs.Is(err, errs.Denied) {
		return Taken{Why: saysPeopleDo}, s.record(tx, audit.Look, "handoff.task-not-taken", h, nil)
	}
	if err != nil {
		return Taken{}, err
	}
	after := taskOf(tx, h, f)
	after.Version = before.Version
	if f.Task.Ours { // then its time is of our clock
		after.ModifiedAt = before.ModifiedAt
	}
	changes, err := s.tasks.Update(tx, &before, &after)
	if err != nil {
		return Taken{}, err
	}
	if err := s.record(tx, audit.Change, "handoff.task", h, changes); err != nil {
		return Taken{}, err
	}
	_, err = s.later(tx, id, FHIRFound{Patient: f.Patient})
	return Taken{Kept: true}, err
}

// follow takes the steps that lead from where a hand-off stands to where its
// Task says it is. Where the flow has no such step for a file, it is a Conflict,
// and nothing was written.
func (s *Service) follow(tx *db.Tx, h Handoff, f FHIRReferral) error {
	for _, step := range fileSteps(f.Task.Status, h.State) {
		in := Input{
			Role: RoleImport, At: f.Task.ModifiedAt.UTC(), ConnSource: "record", ClosedReason: closing(f.Task.Status),
			Act: f.Task.Status + "/" + hex.EncodeToString(act(tx, "task-text", string(f.Text))),
		}
		if err := s.take(tx, h.ID, step, in); err != nil {
			return err
		}
	}
	return nil
}

// closing is why a Task of this status ends a hand-off.
func closing(status string) string {
	if status == "entered-in-error" {
		return "by_mistake"
	}
	return "ended_elsewhere"
}
