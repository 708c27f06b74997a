package handoff

import (
	"slices"
	"strings"
	"time"

	"alongside/platform/errs"
	"alongside/platform/field"
)

// Guards say what more must be true for a step. Each returns nil, a Conflict in
// words, or an Invalid that names the question.

type guard = func(Facts) error

func both(a, b guard) guard {
	return func(f Facts) error {
		if err := a(f); err != nil {
			return err
		}
		return b(f)
	}
}

func refuse(place, say string) error {
	return &errs.Error{Kind: errs.Invalid, Op: "guard", Place: place, Say: say}
}

func conflict(say string) error { return errs.New(errs.Conflict, "guard", say) }

// needs asks for an answer to one question: one of its options where it has
// any, otherwise any words at all.
func needs(name string) guard {
	return func(f Facts) error {
		q := question(name)
		in := f.Input
		v := q.value(&in)
		if v == "" {
			return refuse(name, "error.needed")
		}
		for _, one := range strings.Fields(v) {
			if len(q.Options) > 0 && !field.Offered(q.Options, one) {
				return refuse(name, "error.pick-one")
			}
		}
		return nil
	}
}

func isTheirs(f Facts) error {
	if f.Input.Role == "peer" && f.Now.Peer != f.Input.Peer {
		return conflict("handoff.error.other-peer")
	}
	return nil
}

// walkersOnly are the steps that, among peers, only who walks with the person
// takes: what tells a service, says what the person decided, or ends the path. A
// yes that is taken back, "not now" and what happened beside the path are taken
// from any peer: a person says it to whoever is there.
func walkersOnly() []string {
	return []string{
		StepGiveBack, StepAgree, StepQuiet, StepSupport, StepOffer, StepAccept, StepServiceNo, StepPersonNo, StepReoffer,
		StepIntro, StepTravel, StepConnect, StepMissed, StepLose, StepRest, StepBack, StepThere, StepStayed30, StepStayed90, StepClose,
	}
}

// anothers reports that a peer is someone else than the peer who walks with the
// person. Where nobody does, it is nobody's.
func anothers(h Handoff, role, peer string) bool {
	return role == "peer" && h.Peer != "" && string(h.Peer) != peer
}

func notAnothers(f Facts) error {
	if anothers(f.Now, f.Input.Role, string(f.Input.Peer)) {
		return conflict("handoff.error.other-peer")
	}
	return nil
}

func needsDestination(f Facts) error {
	if f.Input.Destination == "" {
		return refuse("destination", "error.needed")
	}
	return nil
}

// needsCover refuses to tell a service anything that a live consent does not
// cover.
func needsCover(f Facts) error {
	if !f.Covered {
		return conflict("handoff.error.no-consent")
	}
	return nil
}

// slotMost is how far ahead a service can expect somebody: a day further on is a slip of
// the finger, and the person would read it. It is our own choice.
const slotMost = 366 * day * time.Hour

func slotSoon(f Facts) error {
	if f.Input.Slot.After(f.At.Add(slotMost)) {
		return refuse("slot", "handoff.error.slot-far")
	}
	return nil
}

// mayOfferAgain lets a service be offered again as often as the site says. A
// supervisor or coordinator may go further: there are people for whom the fifth time works.
func mayOfferAgain(f Facts) error {
	again := f.Now.State == Refused || f.Now.State == Missed
	if again && f.Now.Reoffers >= f.Reoffers && !leads(f.Input.Role) {
		return conflict("handoff.error.offered-often")
	}
	return nil
}

// needsPresence holds a warm introduction to AHRQ's definition: the person, who
// sends and who receives are there together, three at least. The other ways are
// noted as what they were.
func needsPresence(f Facts) error {
	if err := both(needsCover, needs("mode"))(f); err != nil {
		return err
	}
	if warm(f.Input.Mode) && f.Input.Present < 3 {
		return refuse("present", "handoff.error.three")
	}
	return nil
}

func needsSource(f Facts) error {
	if err := needs("connected_source")(f); err != nil {
		return err
	}
	if f.Input.Role == RoleDestination {
		return needsCover(f)
	}
	return nil
}

// quietly holds that where no service may know of the person, no service can
// have said that they came: only the person can.
func quietly(f Facts) error {
	hidden := slices.Contains([]string{Met, Undisclosed, SupportNotNow}, f.Now.State)
	if hidden && f.Input.ConnSource == "receiver" && !f.Covered {
		return refuse("connected_source", "handoff.error.only-they-say")
	}
	return nil
}

// daysOn refuses a milestone before its day has come, counted from the first
// visit.
func daysOn(days int) guard {
	return func(f Facts) error {
		if f.At.Before(f.Now.ConnectedAt.Add(time.Duration(days) * 24 * time.Hour)) {
			return conflict("handoff.error.too-soon")
		}
		return nil
	}
}

// arrived holds that they had a first visit.
func arrived(f Facts) error {
	if f.Now.ConnectedAt.IsZero() {
		return conflict("error.step-not-now")
	}
	return nil
}

// nobodyHere holds a file back where a peer of ours has said yes: from there
// on, people say how it goes.
func nobodyHere(f Facts) error {
	if f.Input.Role == RoleImport && f.Now.Peer != "" {
		return conflict("error.step-not-now")
	}
	return nil
}

// mayEnd lets a file end only what nobody here has taken up, and a death end
// anything.
func mayEnd(f Facts) error {
	early := slices.Contains([]string{Unconfirmed, Requested, Acknowledged, NotNow}, f.Now.State)
	switch {
	case f.Input.Role != RoleImport, f.Input.ClosedReason == "died":
		return nil
	case !early:
		return conflict("error.step-not-now")
	}
	return nobodyHere(f)
}

func needsSomeContact(f Facts) error {
	if f.Input.Contact == "" || f.Input.Contact == ContactNone {
		return refuse("contact_fine", "handoff.error.no-contact")
	}
	return nil
}

// asAgreed lets a "not now" open again when the person asked, or when a contact
// they agreed to brought a yes.
func asAgreed(f Facts) error {
	switch f.Input.AskedBy {
	case "person":
		return nil
	case "contact":
		if f.Now.Contact != "" && f.Now.Contact != ContactNone {
			return nil
		}
		return refuse("asked_by", "handoff.error.not-agreed")
	}
	return refuse("asked_by", "error.needed")
}

// saysWhere asks who asks again for themselves where a peer finds them: a bed
// of last month is not where they are. Who gave a number and no place is called.
func saysWhere(f Facts) error {
	if f.Input.Role == RolePerson && f.Now.Where != "" && strings.TrimSpace(f.Input.Where) == "" {
		return refuse("where_now", "handoff.error.where")
	}
	return nil
}

// needsCorrection asks for what is put right: a time, answers or words.
func needsCorrection(f Facts) error {
	if f.Input.At.IsZero() && f.Input.Note == "" && len(f.Input.Right) == 0 {
		return refuse("at", "handoff.error.correct-what")
	}
	return nil
}
