package handoff

import (
	"alongside/platform/flow"
	"alongside/platform/i18n"
)

// bedside is from the door of the room to a yes, or to walking on without one.
func bedside() []flow.Step[Facts] {
	peers := []string{"peer", "supervisor"}
	here := i18n.Text{EN: "They are here, send a peer", ES: "Está aquí, que vaya un par", AR: "هو هنا، أرسلوا مرافقا"}
	found := i18n.Text{EN: "Found, a peer is being asked again", ES: "Se le encontró, se pide un par otra vez", AR: "وُجد، ويُطلب مرافق من جديد"}
	return []flow.Step[Facts]{
		{
			Name: StepMeet, From: []string{Acknowledged, OnTheWay, NotFound}, To: Met, Who: peers,
			Label: i18n.Text{EN: "I am with them", ES: "Estoy con la persona", AR: "أنا معه"},
			Done:  i18n.Text{EN: "Together", ES: "Juntos", AR: "معا"},
			Guard: isTheirs,
		},
		{
			Name: StepNotFound, Aside: true, From: []string{Acknowledged, OnTheWay}, To: NotFound, Who: peers,
			Label: i18n.Text{EN: "I cannot find them", ES: "No le encuentro", AR: "لا أجده"},
			Done:  i18n.Text{EN: "Not found yet", ES: "Aún no se le encuentra", AR: "لم يُعثر عليه بعد"},
			Needs: []string{"tried"}, Guard: both(isTheirs, needs("tried")),
		},
		{
			Name: StepLookAgain, From: []string{NotFound}, To: Requested, Who: append([]string{RoleAsker, RolePerson, "coordinator"}, peers...),
			Label: here, Done: found,
			Needs: []string{"where_now"}, Guard: saysWhere,
		},
		{
			Name: StepLookAgain, From: []string{OutOfTouch, Resting}, To: Requested, Who: append([]string{RoleAsker, RolePerson, "coordinator"}, peers...),
			Label: here, Done: found,
			Needs: []string{"where_now"}, Guard: both(notMet, saysWhere),
		},
		{
			Name: StepAgree, From: []string{Met, Undisclosed, SupportNotNow, Refused}, To: Consented, Who: peers,
			Label: i18n.Text{EN: "They say yes to a service", ES: "Dice que sí a un servicio", AR: "وافق على جهة"},
			Done:  i18n.Text{EN: "They said yes to a service", ES: "Dijo que sí a un servicio", AR: "وافق على جهة"},
			Yours: i18n.Text{EN: "You said yes to a service", ES: "Usted dijo que sí a un servicio", AR: "وافقت على جهة"},
			Needs: []string{"destination", "how", "days"}, Guard: both(needsDestination, mayOfferAgain),
		},
		{
			Name: StepAgree, Aside: true, From: []string{Consented, Offered, Accepted, Missed}, To: Consented, Who: peers,
			Label: i18n.Text{EN: "They would like another service", ES: "Prefiere otro servicio", AR: "يود جهة أخرى"},
			Done:  i18n.Text{EN: "They said yes to a service", ES: "Dijo que sí a un servicio", AR: "وافق على جهة"},
			Yours: i18n.Text{EN: "You said yes to a service", ES: "Usted dijo que sí a un servicio", AR: "وافقت على جهة"},
			Needs: []string{"destination", "how", "days"}, Guard: both(needsDestination, mayOfferAgain),
		},
		{
			Name: StepQuiet, Aside: true, From: []string{Met, Consented, Refused, SupportNotNow}, To: Undisclosed, Who: peers,
			Label: i18n.Text{EN: "Walk on, tell no service", ES: "Seguir juntos, sin avisar a ningún servicio", AR: "نواصل معا دون إخبار أي جهة"},
			Done:  i18n.Text{EN: "Walking on, no service is told", ES: "Siguen juntos, no se avisa a ningún servicio", AR: "يواصلان معا دون إخبار أي جهة"},
		},
		{
			Name: StepSupport, Aside: true, From: []string{Met, Undisclosed, Consented, Offered, Accepted, Refused, Introduced, Travelling, Missed},
			To: SupportNotNow, Who: append([]string{RolePerson}, peers...),
			Label: i18n.Text{EN: "No service now, contact is fine", ES: "Ahora ningún servicio, el contacto está bien", AR: "لا خدمة الآن والتواصل مقبول"},
			Done:  i18n.Text{EN: "No service now, contact is fine", ES: "Ahora ningún servicio, el contacto está bien", AR: "لا خدمة الآن والتواصل مقبول"},
			Needs: []string{"contact_fine", "reach_on", "declined_reason"}, Guard: both(needsSomeContact, reachable),
		},
	}
}

// withConsent are the states in which a service may know of the person.
func withConsent() []string {
	return []string{Consented, Offered, Accepted, Refused, Introduced, Travelling, Missed}
}

// service is what the person and the service say to each other.
func service() []flow.Step[Facts] {
	peers := []string{"peer", "supervisor"}
	door := append([]string{RoleDestination}, peers...)
	return []flow.Step[Facts]{
		{
			Name: StepTakeBack, Aside: true, From: withConsent(), To: Undisclosed, Who: append([]string{RolePerson, "coordinator"}, peers...),
			Label: i18n.Text{EN: "They take back their yes", ES: "Retira su sí", AR: "يسحب موافقته"},
			Done:  i18n.Text{EN: "They took back their yes", ES: "Retiró su sí", AR: "سحب موافقته"},
			Yours: i18n.Text{EN: "You took back your yes", ES: "Usted retiró su sí", AR: "سحبت موافقتك"},
			Needs: []string{"back_how"},
		},
		{
			Name: StepTakeBack, Aside: true, From: []string{Connected, Retained30, Retained90, OutOfTouch, Resting, Closed}, To: flow.Stay,
			Who:   append([]string{RolePerson, "coordinator"}, peers...),
			Label: i18n.Text{EN: "They take back their yes", ES: "Retira su sí", AR: "يسحب موافقته"},
			Done:  i18n.Text{EN: "They took back their yes", ES: "Retiró su sí", AR: "سحب موافقته"},
			Yours: i18n.Text{EN: "You took back your yes", ES: "Usted retiró su sí", AR: "سحبت موافقتك"},
			Needs: []string{"back_how"}, Guard: needsCover,
		},
		{
			Name: StepOffer, From: []string{Consented}, To: Offered, Who: peers,
			Label: i18n.Text{EN: "I asked the service", ES: "Pregunté al servicio", AR: "سألت الجهة"},
			Done:  i18n.Text{EN: "The service was asked", ES: "Se preguntó al servicio", AR: "سُئلت الجهة"},
			Needs: []string{"asked_how"}, Guard: needsCover,
		},
		{
			Name: StepAccept, From: []string{Consented, Offered}, To: Accepted, Who: door,
			Label: i18n.Text{EN: "The service can take them", ES: "El servicio puede recibirle", AR: "الجهة تستطيع استقباله"},
			Done:  i18n.Text{EN: "The service said yes", ES: "El servicio dijo que sí", AR: "وافقت الجهة"},
			Needs: []string{"slot"}, Guard: both(needsCover, slotSoon),
		},
		{
			Name: StepServiceNo, Aside: true, From: []string{Consented, Offered, Accepted}, To: Refused, Who: door,
			Label: i18n.Text{EN: "The service cannot take them", ES: "El servicio no puede recibirle", AR: "الجهة لا تستطيع استقباله"},
			Done:  i18n.Text{EN: "The service said not now", ES: "El servicio dijo que ahora no", AR: "قالت الجهة ليس الآن"},
			Needs: []string{"service_reason"}, Guard: both(needsCover, needs("service_reason")),
		},
		{
			Name: StepPersonNo, Aside: true, From: []string{Consented, Offered, Accepted, Introduced}, To: Refused, Who: append([]string{RolePerson}, peers...),
			Label: i18n.Text{EN: "They would rather not go there", ES: "Prefiere no ir allí", AR: "يفضل ألا يذهب إلى هناك"},
			Done:  i18n.Text{EN: "They would rather not go there", ES: "Prefiere no ir allí", AR: "يفضل ألا يذهب إلى هناك"},
			Yours: i18n.Text{EN: "You would rather not go there", ES: "Usted prefiere no ir allí", AR: "تفضل ألا تذهب إلى هناك"},
			Needs: []string{"person_reason"},
		},
		{
			Name: StepReoffer, From: []string{Refused, Missed}, To: Offered, Who: append([]string{"coordinator"}, peers...),
			Label: i18n.Text{EN: "Ask the same service again", ES: "Preguntar otra vez al mismo servicio", AR: "نسأل الجهة نفسها مجددا"},
			Done:  i18n.Text{EN: "The service was asked again", ES: "Se preguntó otra vez al servicio", AR: "سُئلت الجهة مجددا"},
			Guard: both(needsCover, mayOfferAgain),
		},
	}
}
