package handoff

import (
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/flow"
	"alongside/platform/i18n"
)

// The states, in the order of the path.
const (
	Unconfirmed  = "unconfirmed"
	Requested    = "requested"
	Acknowledged = "acknowledged"
	OnTheWay     = "on_the_way"
	Met          = "met"
	Consented    = "consent_recorded"
	Accepted     = "destination_accepted"
	Introduced   = "introduced"
	Connected    = "connected"
	NotNow       = "not_now"
	Closed       = "closed"
)

// The steps.
const (
	StepAsk      = "ask"
	StepFound    = "found"
	StepShown    = "shown"
	StepConfirm  = "confirm"
	StepAck      = "acknowledge"
	StepSetOut   = "set_out"
	StepGiveBack = "give_back"
	StepMeet     = "meet"
	StepAgree    = "agree"
	StepAccept   = "accept"
	StepIntro    = "introduce"
	StepConnect  = "connect"
	StepNotNow   = "not_now"
	StepReopen   = "reopen"
	StepClose    = "close"
	StepCorrect  = "correct"
)

// Roles in the flow beside those of accounts: who asks by a link, the service
// by its link, and a file that is read in.
const (
	RoleAsker       = "asker"
	RoleDestination = "destination"
	RoleImport      = "import"
)

// Facts are what the guards look at: the hand-off as it is, what the form says,
// and whether a live consent covers telling that destination.
type Facts struct {
	Now     Handoff
	Input   Input
	Covered bool
}

// Flow is the hand-off as a table of steps.
func Flow() *flow.Flow[Facts] {
	steps := arrival()
	steps = append(steps, onward()...)
	return &flow.Flow[Facts]{Name: "hand-off", States: States(), Steps: append(steps, aside()...)}
}

func arrival() []flow.Step[Facts] {
	peers := []string{"peer", "supervisor"}
	return []flow.Step[Facts]{
		{
			Name: StepAsk, To: Requested, Who: []string{RoleAsker, "peer", "coordinator", "supervisor"},
			Label: i18n.Text{EN: "Ask for a peer now", ES: "Pedir un par ahora", AR: "اطلب مرافقا الآن"},
			Done:  i18n.Text{EN: "A peer was asked for", ES: "Se pidió un par", AR: "طُلب مرافق"},
		},
		{
			Name: StepFound, To: Unconfirmed, Who: []string{RoleImport},
			Label: i18n.Text{EN: "Read from a hospital file", ES: "Leído de un archivo del hospital", AR: "قُرئ من ملف المستشفى"},
			Done:  i18n.Text{EN: "Read from a hospital file", ES: "Leído de un archivo del hospital", AR: "قُرئ من ملف المستشفى"},
		},
		{
			Name: StepShown, From: []string{Unconfirmed}, To: Connected, Who: []string{RoleImport}, Guard: needsSource,
			Label: i18n.Text{EN: "The record shows a first visit", ES: "El registro muestra una primera visita", AR: "يظهر السجل زيارة أولى"},
			Done:  i18n.Text{EN: "The record shows a first visit", ES: "El registro muestra una primera visita", AR: "يظهر السجل زيارة أولى"},
		},
		{
			Name: StepConfirm, From: []string{Unconfirmed}, To: Requested, Who: []string{"peer", "supervisor", "coordinator"},
			Label: i18n.Text{EN: "They were asked, send a peer", ES: "Se le preguntó, que vaya un par", AR: "تم سؤاله، أرسلوا مرافقا"},
			Done:  i18n.Text{EN: "Someone asked them", ES: "Alguien le preguntó", AR: "سأله شخص ما"},
			Needs: []string{"answer"}, Guard: needsAnswer,
		},
		{
			Name: StepAck, From: []string{Requested}, To: Acknowledged, Who: peers,
			Label: i18n.Text{EN: "I will go", ES: "Yo voy", AR: "سأذهب"},
			Done:  i18n.Text{EN: "A peer said yes", ES: "Un par dijo que sí", AR: "وافق مرافق"},
		},
		{
			Name: StepSetOut, From: []string{Acknowledged}, To: OnTheWay, Who: peers,
			Label: i18n.Text{EN: "I am on my way", ES: "Estoy en camino", AR: "أنا في الطريق"},
			Done:  i18n.Text{EN: "On the way", ES: "En camino", AR: "في الطريق"},
			Needs: []string{"minutes"}, Guard: isTheirs,
		},
		{
			Name: StepMeet, From: []string{Acknowledged, OnTheWay}, To: Met, Who: peers,
			Label: i18n.Text{EN: "I am with them", ES: "Estoy con la persona", AR: "أنا معه"},
			Done:  i18n.Text{EN: "Together", ES: "Juntos", AR: "معا"},
			Guard: isTheirs,
		},
		{
			Name: StepGiveBack, From: []string{Acknowledged, OnTheWay}, To: Requested, Who: peers,
			Label: i18n.Text{EN: "I cannot go after all", ES: "Al final no puedo ir", AR: "لا أستطيع الذهاب"},
			Done:  i18n.Text{EN: "Another peer is being asked", ES: "Se está pidiendo otro par", AR: "يُطلب مرافق آخر"},
		},
	}
}

func onward() []flow.Step[Facts] {
	with := []string{"peer", "supervisor"}
	return []flow.Step[Facts]{
		{
			Name: StepAgree, From: []string{Met, Consented, Accepted}, To: Consented, Who: with,
			Label: i18n.Text{EN: "They say yes to a service", ES: "Dice que sí a un servicio", AR: "وافق على جهة"},
			Done:  i18n.Text{EN: "They said yes to a service", ES: "Dijo que sí a un servicio", AR: "وافق على جهة"},
			Needs: []string{"destination", "how", "days"}, Guard: needsDestination,
		},
		{
			Name: StepAccept, From: []string{Consented}, To: Accepted, Who: append([]string{RoleDestination}, with...),
			Label: i18n.Text{EN: "The service can take them", ES: "El servicio puede recibirle", AR: "الجهة تستطيع استقباله"},
			Done:  i18n.Text{EN: "The service said yes", ES: "El servicio dijo que sí", AR: "وافقت الجهة"},
			Guard: needsCover,
		},
		{
			Name: StepIntro, From: []string{Accepted}, To: Introduced, Who: with,
			Label: i18n.Text{EN: "We met the service together", ES: "Conocimos juntos el servicio", AR: "التقينا بالجهة معا"},
			Done:  i18n.Text{EN: "Introduced, side by side", ES: "Presentación, lado a lado", AR: "تم التعارف جنبا إلى جنب"},
			Needs: []string{"mode", "present"}, Guard: needsThree,
		},
		{
			Name: StepConnect, From: []string{Introduced}, To: Connected, Who: append([]string{RoleDestination}, with...),
			Label: i18n.Text{EN: "They arrived for a first visit", ES: "Llegó a su primera visita", AR: "حضر الزيارة الأولى"},
			Done:  i18n.Text{EN: "First visit", ES: "Primera visita", AR: "الزيارة الأولى"},
			Needs: []string{"connected_source"}, Guard: needsSource,
		},
	}
}

func aside() []flow.Step[Facts] {
	open := []string{Requested, Acknowledged, OnTheWay, Met, Consented, Accepted, Introduced}
	all := append([]string{Unconfirmed, NotNow, Connected}, open...)
	return []flow.Step[Facts]{
		{
			Name: StepNotNow, From: append([]string{Unconfirmed}, open...), To: NotNow, Who: []string{RoleAsker, "peer", "supervisor", "coordinator"},
			Label: i18n.Text{EN: "Not now", ES: "Ahora no", AR: "ليس الآن"},
			Done:  i18n.Text{EN: "Not now", ES: "Ahora no", AR: "ليس الآن"},
			Needs: []string{"contact", "declined_reason"},
		},
		{
			Name: StepReopen, From: []string{NotNow}, To: Requested, Who: []string{RoleAsker, "peer", "supervisor", "coordinator"},
			Label: i18n.Text{EN: "They would like a peer now", ES: "Ahora le gustaría un par", AR: "يود الآن لقاء مرافق"},
			Done:  i18n.Text{EN: "They asked again", ES: "Volvió a pedirlo", AR: "طلب من جديد"},
			Needs: []string{"asked_by"}, Guard: asAgreed,
		},
		{
			Name: StepClose, From: all, To: Closed, Who: []string{RoleImport, "peer", "supervisor", "coordinator"},
			Label: i18n.Text{EN: "End this hand-off", ES: "Terminar este acompañamiento", AR: "إنهاء هذا التسليم"},
			Done:  i18n.Text{EN: "Ended", ES: "Terminó", AR: "انتهى"},
			Needs: []string{"closed_reason"}, Guard: needsEnding,
		},
		{
			Name: StepCorrect, From: append([]string{Closed}, all...), To: flow.Stay, Who: []string{"peer", "supervisor", "coordinator"},
			Label: i18n.Text{EN: "Put a time right", ES: "Corregir una hora", AR: "تصحيح وقت"},
			Done:  i18n.Text{EN: "A time was put right", ES: "Se corrigió una hora", AR: "صُحح وقت"},
			Needs: []string{"corrects", "at"},
		},
	}
}

// States in the order of the path, with their words.
func States() []flow.State {
	return []flow.State{
		{Name: Unconfirmed, Open: true, Label: i18n.Text{EN: "Not yet asked", ES: "Aún sin preguntar", AR: "لم يُسأل بعد"}},
		{Name: Requested, Open: true, Label: i18n.Text{EN: "Waiting for a peer", ES: "Espera un par", AR: "بانتظار مرافق"}},
		{Name: Acknowledged, Open: true, Label: i18n.Text{EN: "A peer said yes", ES: "Un par dijo que sí", AR: "وافق مرافق"}},
		{Name: OnTheWay, Open: true, Label: i18n.Text{EN: "On the way", ES: "En camino", AR: "في الطريق"}},
		{Name: Met, Open: true, Label: i18n.Text{EN: "Together", ES: "Juntos", AR: "معا"}},
		{Name: Consented, Open: true, Label: i18n.Text{EN: "Said yes to a service", ES: "Dijo que sí a un servicio", AR: "وافق على جهة"}},
		{Name: Accepted, Open: true, Label: i18n.Text{EN: "The service said yes", ES: "El servicio dijo que sí", AR: "وافقت الجهة"}},
		{Name: Introduced, Open: true, Label: i18n.Text{EN: "Introduced", ES: "Presentación hecha", AR: "تم التعارف"}},
		{Name: Connected, Label: i18n.Text{EN: "Arrived", ES: "Llegó", AR: "وصل"}},
		{Name: NotNow, Label: i18n.Text{EN: "Not now", ES: "Ahora no", AR: "ليس الآن"}},
		{Name: Closed, End: "for a reason that is kept", Label: i18n.Text{EN: "Ended", ES: "Terminó", AR: "انتهى"}},
	}
}

func stateOptions() []field.Option {
	var out []field.Option
	for _, s := range States() {
		out = append(out, field.Option{Value: s.Name, Label: s.Label})
	}
	return out
}

func refuse(place, say string) error {
	return &errs.Error{Kind: errs.Invalid, Op: "guard", Place: place, Say: say}
}

func isTheirs(f Facts) error {
	if f.Input.Role == "peer" && f.Now.Peer != f.Input.Peer {
		return errs.New(errs.Conflict, "guard", "handoff.error.other-peer")
	}
	return nil
}

func needsAnswer(f Facts) error {
	if !oneOf(Answers(), f.Input.Answer) {
		return refuse("answer", "error.needed")
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
		return errs.New(errs.Conflict, "guard", "handoff.error.no-consent")
	}
	return nil
}

func needsThree(f Facts) error {
	if err := needsCover(f); err != nil {
		return err
	}
	if !oneOf(Modes(), f.Input.Mode) {
		return refuse("mode", "error.needed")
	}
	if f.Input.Present < 3 {
		return refuse("present", "handoff.error.three")
	}
	return nil
}

func needsSource(f Facts) error {
	if !oneOf(ConnSources(), f.Input.ConnSource) {
		return refuse("connected_source", "error.needed")
	}
	return nil
}

func needsEnding(f Facts) error {
	if !oneOf(Endings(), f.Input.ClosedReason) {
		return refuse("closed_reason", "error.needed")
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

func oneOf(options []field.Option, v string) bool {
	for _, o := range options {
		if o.Value == v {
			return true
		}
	}
	return false
}
