package bridge

import (
	"alongside/domain/access"
	"alongside/platform/flow"
	"alongside/platform/i18n"
)

// The steps of a live request.
const (
	LiveAsk     = "ask"
	LiveHold    = "hold"
	LiveRelease = "release"
	LiveCome    = "come"
	LiveBack    = "give-back"
	LiveCame    = "came"
	LiveNone    = "none"
	LiveStop    = "stop"
	liveAsker   = "asker"  // whoever holds the ward's link
	liveBell    = "system" // time, when nobody came; and who said yes is here no more
)

// LiveFlow is how a live request goes.
func LiveFlow() *flow.Flow[Live] {
	walkers := []string{access.Peer, access.Supervisor}
	leads := []string{access.Supervisor, access.Coordinator}
	open := []string{LiveHeld, Asked, Coming}
	return &flow.Flow[Live]{
		Name: "bridge_live",
		States: []flow.State{
			{Name: LiveHeld, Label: liveWords(LiveHeld), Open: true},
			{Name: Asked, Label: liveWords(Asked), Open: true},
			{Name: Coming, Label: liveWords(Coming), Open: true},
			{Name: Came, Label: liveWords(Came), End: "a peer was there"},
			{Name: None, Label: liveWords(None), End: "the ward was told that no one could"},
			{Name: NotNeeded, Label: liveWords(NotNeeded), End: "the ward or a peer said so"},
		},
		Steps: []flow.Step[Live]{
			{
				Name: LiveAsk, To: Asked, Who: []string{liveAsker},
				Label: i18n.Text{EN: "Ask a peer to come", ES: "Pedir que venga un par", AR: "اطلب قدوم مرافق"},
				Done:  i18n.Text{EN: "The ward asked", ES: "La planta lo pidió", AR: "طلب القسم"},
			},
			{
				Name: LiveHold, To: LiveHeld, Who: []string{liveAsker},
				Label: i18n.Text{EN: "Ask a peer to come", ES: "Pedir que venga un par", AR: "اطلب قدوم مرافق"},
				Done:  i18n.Text{EN: "The ward asked, among many", ES: "La planta lo pidió, entre muchos", AR: "طلب القسم ضمن طلبات كثيرة"},
			},
			{
				Name: LiveRelease, From: []string{LiveHeld}, To: Asked, Who: leads,
				Label: i18n.Text{EN: "Ask the peers", ES: "Preguntar a los pares", AR: "اسأل المرافقين"},
				Done:  i18n.Text{EN: "Someone looked, and peers are asked", ES: "Alguien lo miró y se pregunta a los pares", AR: "نظر فيه أحد ويُسأل المرافقون"},
			},
			{
				Name: LiveCome, From: []string{Asked}, To: Coming, Who: walkers,
				Label: i18n.Text{EN: "I am coming", ES: "Voy", AR: "أنا قادم"},
				Done:  i18n.Text{EN: "A peer said yes", ES: "Un par dijo que sí", AR: "وافق مرافق"},
			},
			{
				Name: LiveCame, From: []string{Coming}, To: Came, Who: append(walkers, liveAsker),
				Label: i18n.Text{EN: "A peer is there", ES: "Un par está allí", AR: "المرافق هناك"},
				Done:  i18n.Text{EN: "A peer came", ES: "Vino un par", AR: "جاء مرافق"},
			},
			{
				Name: LiveBack, From: []string{Coming}, To: Asked, Who: append(walkers, liveBell), Aside: true,
				Label: i18n.Text{EN: "I cannot come after all", ES: "Al final no puedo ir", AR: "لا أستطيع القدوم بعد كل شيء"},
				Done:  i18n.Text{EN: "The peer could not come after all", ES: "El par no pudo ir al final", AR: "لم يستطع المرافق القدوم"},
			},
			{
				Name: LiveNone, From: open, To: None, Who: append(leads, liveBell), Aside: true,
				Label: i18n.Text{EN: "No one can come", ES: "Nadie puede ir", AR: "لا أحد يستطيع القدوم"},
				Done:  i18n.Text{EN: "No one could come", ES: "Nadie pudo ir", AR: "لم يستطع أحد القدوم"},
			},
			{
				Name: LiveStop, From: open, To: NotNeeded, Aside: true,
				Who:   []string{access.Peer, access.Supervisor, access.Coordinator, liveAsker},
				Label: i18n.Text{EN: "Not needed any more", ES: "Ya no hace falta", AR: "لم تعد هناك حاجة"},
				Done:  i18n.Text{EN: "It was not needed any more", ES: "Ya no hacía falta", AR: "لم تعد هناك حاجة"},
			},
		},
	}
}

// theirsOnly reports that a step is not this peer's to take: who said yes gives it
// back, says that they are there, or hears that it is not needed. Other peers can
// say that they are coming, and no more; the ward and who answers for peers can
// always end it.
func (l Live) theirsOnly(step, role, account string) bool {
	return role == access.Peer && step != LiveCome && (l.State != Coming || string(l.Peer) != account)
}

func liveWords(state string) i18n.Text {
	f, _ := Lives().Field("state")
	return f.Option(state)
}
