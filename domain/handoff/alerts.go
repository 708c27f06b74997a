package handoff

import (
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/i18n"
)

// What happens to a hand-off that those who alert people must hear of.
const (
	AlertAsked        = "asked"
	AlertReopened     = "reopened"
	AlertGivenBack    = "given_back"
	AlertAcknowledged = "acknowledged"
	AlertMet          = "met"
	AlertHandedOver   = "handed_over" // to another peer, who is the hand-off's now
	AlertLeft         = "left"        // the peer of someone who has arrived left
	AlertEnded        = "ended"       // not now, or closed
	AlertBeside       = "beside"      // something that presses happened beside the path
	AlertVoiced       = "voiced"      // the person said something that waits for an answer
)

// Alerts hears of them, inside the transaction in which they happen: an error
// undoes the step. It must not refuse for want of anyone to ask.
type Alerts interface {
	Happened(tx *db.Tx, what string, h Handoff) error
}

// Asking says how the asking for a peer goes.
type Asking interface {
	Standing(tx *db.Tx, h ref.Handoff) (Standing, error)
}

// Standing is what whoever asked may know of it: roles and counts, never a
// name. It is empty when nobody is being asked.
type Standing struct {
	Asked  []AskedOf
	Next   string // one of the roles; empty when nothing more follows
	NextAt time.Time
	Phone  bool // everyone was asked: the site's telephone is the way now

	Unheard bool // nobody's telephone is known to have heard of it
}

// AskedOf is how many of which role were asked, and when.
type AskedOf struct {
	Who   string // duty, second, all, supervisor or telephone
	Count int
	At    time.Time
}

// Wards is what places ask for that is no hand-off: it is about nobody.
type Wards interface {
	Moments(tx *db.Tx) (Moments, error)
}

// Moments are those asks: what is on, the longest first, and how many of a flood
// are kept until someone looks.
type Moments struct {
	Open  []Moment
	Held  int64
	Path  string // where all of them are
	Texts int64  // texts that came in and nobody answers, for whoever finds their place
}

// Moment is one ask for a peer for a moment.
type Moment struct {
	About i18n.Text
	Site  string
	Path  string
	Come  string // the form by which whoever looks says that they are coming; empty where they cannot
	Asked time.Time
	Due   time.Time
	Goes  bool // a peer said yes
}

// alone stands where a program has nobody to alert.
type alone struct{}

func (alone) Happened(*db.Tx, string, Handoff) error         { return nil }
func (alone) Standing(*db.Tx, ref.Handoff) (Standing, error) { return Standing{}, nil }
func (alone) Moments(*db.Tx) (Moments, error)                { return Moments{}, nil }

func (d Deps) complete() Deps {
	if d.Alerts == nil {
		d.Alerts = alone{}
	}
	if d.Asking == nil {
		d.Asking = alone{}
	}
	if d.Wards == nil {
		d.Wards = alone{}
	}
	if d.Knows == nil {
		d.Knows = func(*db.Tx, ref.Account, ref.Person) (bool, error) { return false, nil }
	}
	if d.OnCall == nil {
		d.OnCall = func(*db.Tx, time.Time, time.Time) (map[ref.Account]time.Duration, error) { return nil, nil }
	}
	if d.Hears == nil {
		d.Hears = func(*db.Tx) (bool, error) { return true, nil }
	}
	if d.Sees == nil {
		d.Sees = func(*db.Tx, ref.Person) bool { return true }
	}
	if d.Asked == nil {
		d.Asked = func(*db.Tx, ref.Handoff) (string, error) { return "", nil }
	}
	if d.Walks == nil {
		d.Walks = func(*db.Tx, ref.Person) ([]ref.Account, error) { return nil, nil }
	}
	if d.Off == nil {
		d.Off = func(*db.Tx, ref.Account) (bool, error) { return false, nil }
	}
	if d.Staff == nil {
		d.Staff = func(*db.Tx, string) ([]ref.Account, error) { return nil, nil }
	}
	if d.Said == nil {
		d.Said = func(*db.Tx, ref.Person, ref.Handoff) (map[int64][]string, error) { return nil, nil }
	}
	return d
}

// alert tells of a step, if it is one to tell of.
func (s *Service) alert(tx *db.Tx, h Handoff, e Event) error {
	step := e.Step
	what := map[string]string{
		StepAsk: AlertAsked, StepConfirm: AlertAsked, StepRelease: AlertAsked,
		StepReopen: AlertReopened, StepLookAgain: AlertReopened, StepGiveBack: AlertGivenBack,
		StepLeft: AlertGivenBack, StepPart: AlertReopened, StepJoin: AlertEnded, StepTakeOn: AlertMet, StepHandOver: AlertHandedOver,
		StepAck: AlertAcknowledged, StepMeet: AlertMet, StepNotNow: AlertEnded, StepClose: AlertEnded,
		StepNotRight: AlertVoiced, StepOther: AlertVoiced,
	}[step]
	switch {
	case step == StepOther && h.State == Requested:
		what = AlertGivenBack
	case step == StepContact && h.State == NotNow && h.Contact == ContactNone:
		what = AlertEnded
	case e.presses() && (step == StepBeside || !h.BesideAt.IsZero()):
		what = AlertBeside
	case step == StepUndo:
		what = standsAgain(h.State)
	case step == StepBack && e.Role == RolePerson:
		what = whoHears(h)
	}
	if step == StepLeft && settled(h.State) {
		what = AlertLeft
	}
	if what == "" {
		return nil
	}
	return s.Alerts.Happened(tx, what, h)
}

// whoHears is what those who alert people hear when the person says that they are here
// again: who walks with them is told, and where nobody does, a peer is asked.
func whoHears(h Handoff) string {
	if h.Peer == "" {
		return AlertGivenBack
	}
	return AlertHandedOver
}

// SiteNames are the names of the organisation's sites, for neighbours that only
// know their ids.
func (s *Service) SiteNames(tx *db.Tx) (map[ref.Site]string, error) { return s.siteNames(tx) }
