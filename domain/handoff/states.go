package handoff

import (
	"slices"
	"strings"
	"sync"

	"alongside/platform/field"
	"alongside/platform/flow"
	"alongside/platform/i18n"
)

// The states, in the order of the path.
const (
	Unconfirmed   = "unconfirmed"
	Held          = "held"
	Requested     = "requested"
	Acknowledged  = "acknowledged"
	OnTheWay      = "on_the_way"
	NotFound      = "not_found"
	Met           = "met"
	Undisclosed   = "undisclosed"
	SupportNotNow = "support_not_now"
	Consented     = "consent_recorded"
	Offered       = "destination_offered"
	Accepted      = "destination_accepted"
	Refused       = "destination_refused"
	Introduced    = "introduced"
	Travelling    = "travelling"
	Missed        = "missed"
	Connected     = "connected"
	Retained30    = "retained_30"
	Retained90    = "retained_90"
	OutOfTouch    = "out_of_touch"
	Resting       = "resting"
	NotNow        = "not_now"
	Closed        = "closed"
)

// The lanes: where on a board a state stands.
const (
	LaneFile    = "file"    // a file brought it; nobody is told until someone confirms
	LaneHeld    = "held"    // one of a flood; someone looks before peers are told
	LaneWaiting = "waiting" // nobody is beside them yet
	LaneWalking = "walking" // a peer walks with them
	LaneAfter   = "after"   // arrived: followed up, nothing presses
	LaneOver    = "over"    // not now, or ended
)

// States in the order of the path, with their words. The list is made once and
// nobody changes it, as with the other tables of this domain.
func States() []flow.State { return allStates() }

var allStates = sync.OnceValue(func() []flow.State { return slices.Concat(statesBefore(), statesAfter()) })

func statesBefore() []flow.State {
	return []flow.State{
		{Name: Unconfirmed, Open: true, Lane: LaneFile, Label: i18n.Text{EN: "Not yet asked", ES: "Aún sin preguntar", AR: "لم يُسأل بعد"}},
		{Name: Held, Open: true, Lane: LaneHeld, Label: i18n.Text{EN: "Kept until someone looks", ES: "Guardado hasta que alguien lo mire", AR: "محفوظ إلى أن ينظر فيه أحد"}},
		{Name: Requested, Open: true, Lane: LaneWaiting, Label: i18n.Text{EN: "Waiting for a peer", ES: "Espera un par", AR: "بانتظار مرافق"}},
		{Name: Acknowledged, Open: true, Lane: LaneWalking, Label: i18n.Text{EN: "A peer said yes", ES: "Un par dijo que sí", AR: "وافق مرافق"}},
		{Name: OnTheWay, Open: true, Lane: LaneWalking, Label: i18n.Text{EN: "On the way", ES: "En camino", AR: "في الطريق"}},
		{Name: NotFound, Open: true, Lane: LaneWalking, Label: i18n.Text{EN: "Not found yet", ES: "Aún no se le encuentra", AR: "لم يُعثر عليه بعد"}},
		{Name: Met, Open: true, Lane: LaneWalking, Label: i18n.Text{EN: "Together", ES: "Juntos", AR: "معا"}},
		{Name: Undisclosed, Open: true, Lane: LaneWalking, Label: i18n.Text{EN: "Walking on, no service is told", ES: "Siguen juntos, no se avisa a ningún servicio", AR: "يواصلان معا دون إخبار أي جهة"}},
		{Name: SupportNotNow, Open: true, Lane: LaneWalking, Label: i18n.Text{EN: "No service now, contact is fine", ES: "Ahora ningún servicio, el contacto está bien", AR: "لا خدمة الآن والتواصل مقبول"}},
		{Name: Consented, Open: true, Lane: LaneWalking, Label: i18n.Text{EN: "Said yes to a service", ES: "Dijo que sí a un servicio", AR: "وافق على جهة"}},
		{Name: Offered, Open: true, Lane: LaneWalking, Label: i18n.Text{EN: "The service was asked", ES: "Se preguntó al servicio", AR: "سُئلت الجهة"}},
	}
}

func statesAfter() []flow.State {
	return []flow.State{
		{Name: Accepted, Open: true, Lane: LaneWalking, Label: i18n.Text{EN: "The service said yes", ES: "El servicio dijo que sí", AR: "وافقت الجهة"}},
		{Name: Refused, Open: true, Lane: LaneWalking, Label: i18n.Text{EN: "Not this service", ES: "Este servicio no", AR: "ليست هذه الجهة"}},
		{Name: Introduced, Open: true, Lane: LaneWalking, Label: i18n.Text{EN: "Introduced", ES: "Presentación hecha", AR: "تم التعارف"}},
		{Name: Travelling, Open: true, Lane: LaneWalking, Label: i18n.Text{EN: "Going there", ES: "De camino al servicio", AR: "في الطريق إلى الجهة"}},
		{Name: Missed, Open: true, Lane: LaneWalking, Label: i18n.Text{EN: "Not there yet", ES: "Aún no llegó", AR: "لم يصل بعد"}},
		{Name: Connected, Lane: LaneAfter, Label: i18n.Text{EN: "Arrived", ES: "Llegó", AR: "وصل"}},
		{Name: Retained30, Lane: LaneAfter, Label: i18n.Text{EN: "A month on, still there", ES: "Un mes después, sigue allí", AR: "بعد شهر ما زال هناك"}},
		{Name: Retained90, Lane: LaneAfter, Label: i18n.Text{EN: "Three months on, still there", ES: "Tres meses después, sigue allí", AR: "بعد ثلاثة أشهر ما زال هناك"}},
		{Name: OutOfTouch, Open: true, Lane: LaneWalking, Label: i18n.Text{EN: "Out of touch", ES: "Sin contacto", AR: "انقطع التواصل"}},
		{Name: Resting, Lane: LaneOver, Label: i18n.Text{EN: "At rest, the door is open", ES: "En reposo, la puerta está abierta", AR: "في راحة، والباب مفتوح"}},
		{Name: NotNow, Lane: LaneOver, Label: i18n.Text{EN: "Not now", ES: "Ahora no", AR: "ليس الآن"}},
		{Name: Closed, Lane: LaneOver, End: "for a reason that is kept", Label: i18n.Text{EN: "Ended", ES: "Terminó", AR: "انتهى"}},
	}
}

// stood is where a hand-off stood after the first visit, by what is known since:
// silence undoes none of it.
func (h Handoff) stood() string {
	switch {
	case !h.Retained90At.IsZero():
		return Retained90
	case !h.Retained30At.IsZero():
		return Retained30
	}
	return Connected
}

// lane is where on a board a state stands.
func lane(state string) string {
	for _, s := range States() {
		if s.Name == state {
			return s.Lane
		}
	}
	return ""
}

// except are all states but those named, so that a row of the flow says what it
// leaves out rather than what it remembers.
func except(names ...string) []string {
	var out []string
	for _, s := range States() {
		if !strings.Contains(" "+strings.Join(names, " ")+" ", " "+s.Name+" ") {
			out = append(out, s.Name)
		}
	}
	return out
}

func stateOptions() []field.Option {
	var out []field.Option
	for _, s := range States() {
		out = append(out, field.Option{Value: s.Name, Label: s.Label})
	}
	return out
}
