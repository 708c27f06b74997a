package handoff

import (
	"alongside/platform/flow"
	"alongside/platform/i18n"
)

// journey is from the introduction to the first visit.
func journey() []flow.Step[Facts] {
	peers := []string{"peer", "supervisor"}
	door := append([]string{RoleDestination}, peers...)
	return []flow.Step[Facts]{
		{
			Name: StepIntro, From: []string{Accepted}, To: Introduced, Who: peers,
			Label: i18n.Text{EN: "They have met the service", ES: "Ya conoció el servicio", AR: "التقى بالجهة"},
			Done:  i18n.Text{EN: "Introduced", ES: "Presentación", AR: "تم التعارف"},
			Needs: []string{"mode", "present", "there"}, Guard: needsPresence,
		},
		{
			Name: StepTravel, From: []string{Accepted, Introduced}, To: Travelling, Who: append([]string{RolePerson}, peers...),
			Label: i18n.Text{EN: "On the way there", ES: "De camino hacia allí", AR: "في الطريق إلى هناك"},
			Done:  i18n.Text{EN: "On the way to the service", ES: "De camino al servicio", AR: "في الطريق إلى الجهة"},
			Needs: []string{"transport"},
		},
		{
			Name: StepConnect, From: []string{Accepted, Introduced, Travelling, Missed, OutOfTouch, Resting}, To: Connected, Who: door,
			Label: i18n.Text{EN: "They arrived for a first visit", ES: "Llegó a su primera visita", AR: "حضر الزيارة الأولى"},
			Done:  i18n.Text{EN: "First visit", ES: "Primera visita", AR: "الزيارة الأولى"},
			Needs: []string{"connected_source"}, Guard: needsSource,
		},
		{
			Name: StepConnect, Aside: true, From: []string{Met, Undisclosed, SupportNotNow}, To: Connected, Who: peers,
			Label: i18n.Text{EN: "They arrived for a first visit", ES: "Llegó a su primera visita", AR: "حضر الزيارة الأولى"},
			Done:  i18n.Text{EN: "First visit", ES: "Primera visita", AR: "الزيارة الأولى"},
			Needs: []string{"connected_source"}, Guard: both(needsSource, quietly),
		},
		{
			Name: StepMissed, Aside: true, From: []string{Accepted, Introduced, Travelling}, To: Missed, Who: door,
			Label: i18n.Text{EN: "They have not come", ES: "No ha llegado", AR: "لم يحضر"},
			Done:  i18n.Text{EN: "Not there yet", ES: "Aún no llegó", AR: "لم يصل بعد"},
		},
	}
}

// after is what follows: still there, out of touch, and found again.
func after() []flow.Step[Facts] {
	peers := []string{"peer", "supervisor"}
	door := append([]string{RoleDestination}, peers...)
	return []flow.Step[Facts]{
		{
			Name: StepStayed30, From: []string{Connected}, To: Retained30, Who: door,
			Label: i18n.Text{EN: "A month on, they are still there", ES: "Un mes después, sigue allí", AR: "بعد شهر ما زال هناك"},
			Done:  i18n.Text{EN: "A month on, still there", ES: "Un mes después, sigue allí", AR: "بعد شهر ما زال هناك"},
			Needs: []string{"connected_source"}, Guard: both(needsSource, both(quietly, daysOn(30))),
		},
		{
			Name: StepStayed90, From: []string{Connected, Retained30}, To: Retained90, Who: door,
			Label: i18n.Text{EN: "Three months on, they are still there", ES: "Tres meses después, sigue allí", AR: "بعد ثلاثة أشهر ما زال هناك"},
			Done:  i18n.Text{EN: "Three months on, still there", ES: "Tres meses después, sigue allí", AR: "بعد ثلاثة أشهر ما زال هناك"},
			Needs: []string{"connected_source"}, Guard: both(needsSource, both(quietly, daysOn(90))),
		},
		{
			Name: StepLose, Aside: true, To: OutOfTouch, Who: append([]string{"coordinator"}, peers...),
			From:  except(Unconfirmed, Held, Requested, Acknowledged, OnTheWay, OutOfTouch, Resting, NotNow, Closed),
			Label: i18n.Text{EN: "We have not heard from them", ES: "No sabemos nada de la persona", AR: "لم نسمع منه"},
			Done:  i18n.Text{EN: "Out of touch", ES: "Sin contacto", AR: "انقطع التواصل"},
			Needs: []string{"tried"}, Guard: needs("tried"),
		},
		{
			Name: StepRest, Aside: true, From: []string{OutOfTouch}, To: Resting, Who: append([]string{RoleSystem, "coordinator"}, peers...),
			Label: i18n.Text{EN: "Let it rest, the door stays open", ES: "Dejarlo en reposo, la puerta sigue abierta", AR: "ليسترح الأمر، والباب يبقى مفتوحا"},
			Done:  i18n.Text{EN: "At rest, the door stays open", ES: "En reposo, la puerta sigue abierta", AR: "في راحة، والباب يبقى مفتوحا"},
			Guard: mayRest,
		},
		{
			Name: StepBack, From: []string{OutOfTouch, Resting}, To: Met, Who: append([]string{RolePerson}, peers...), Guard: hadMet,
			Label: i18n.Text{EN: "We are back in touch", ES: "Volvimos a hablar", AR: "عدنا إلى التواصل"},
			Done:  i18n.Text{EN: "Back in touch", ES: "De nuevo en contacto", AR: "عاد التواصل"},
		},
		{
			Name: StepThere, From: []string{OutOfTouch, Resting}, To: Connected, Who: peers, Guard: arrived,
			Label: i18n.Text{EN: "We are back in touch, and they still go there", ES: "Volvimos a hablar, y sigue yendo", AR: "عدنا إلى التواصل وما زال يذهب إلى هناك"},
			Done:  i18n.Text{EN: "Back in touch, still there", ES: "De nuevo en contacto, sigue allí", AR: "عاد التواصل وما زال هناك"},
		},
	}
}

// aside is what may happen at almost any point of the path.
func aside() []flow.Step[Facts] {
	leads := []string{"peer", "supervisor", "coordinator"}
	other := i18n.Text{EN: "Change what contact is fine", ES: "Cambiar qué contacto está bien", AR: "تغيير التواصل المقبول"}
	changed := i18n.Text{EN: "They said anew what contact is fine", ES: "Dijo de nuevo qué contacto está bien", AR: "قال من جديد ما التواصل المقبول"}
	yours := i18n.Text{EN: "You said anew what contact is fine", ES: "Usted dijo de nuevo qué contacto está bien", AR: "قلت من جديد ما التواصل المقبول"}
	return []flow.Step[Facts]{
		{
			Name: StepNotNow, Aside: true, From: except(Connected, Retained30, Retained90, NotNow, Closed), To: NotNow,
			Who:   append([]string{RoleAsker, RolePerson}, leads...),
			Label: i18n.Text{EN: "Not now", ES: "Ahora no", AR: "ليس الآن"},
			Done:  i18n.Text{EN: "Not now", ES: "Ahora no", AR: "ليس الآن"},
			Needs: []string{"contact", "reach_on", "declined_reason"}, Guard: reachable,
		},
		{
			Name: StepNotNow, Aside: true, From: []string{Unconfirmed, Requested, Acknowledged}, To: NotNow, Who: []string{RoleImport},
			Label: i18n.Text{EN: "Not now", ES: "Ahora no", AR: "ليس الآن"},
			Done:  i18n.Text{EN: "Not now", ES: "Ahora no", AR: "ليس الآن"},
			Needs: []string{"contact", "declined_reason"}, Guard: nobodyHere,
		},
		{
			Name: StepContact, Aside: true, From: []string{NotNow}, To: flow.Stay, Who: append([]string{RolePerson}, leads...),
			Label: other, Done: changed, Yours: yours,
			Needs: []string{"contact", "reach_on"}, Guard: both(needs("contact"), reachable),
		},
		{
			Name: StepContact, Aside: true, From: []string{SupportNotNow}, To: flow.Stay, Who: append([]string{RolePerson}, leads...),
			Label: other, Done: changed, Yours: yours,
			Needs: []string{"contact_fine", "reach_on"}, Guard: both(needsSomeContact, reachable),
		},
		{
			Name: StepReopen, From: []string{NotNow}, To: Requested, Who: append([]string{RoleAsker, RolePerson}, leads...),
			Label: i18n.Text{EN: "They would like a peer now", ES: "Ahora le gustaría un par", AR: "يود الآن لقاء مرافق"},
			Done:  i18n.Text{EN: "They asked again", ES: "Volvió a pedirlo", AR: "طلب من جديد"},
			Yours: i18n.Text{EN: "You asked again", ES: "Usted volvió a pedirlo", AR: "طلبت من جديد"},
			Needs: []string{"asked_by", "where_now"}, Guard: both(asAgreed, saysWhere),
		},
		{
			Name: StepClose, Aside: true, From: except(Closed), To: Closed, Who: append([]string{RoleImport, RoleLeft}, leads...),
			Label: i18n.Text{EN: "End this hand-off", ES: "Terminar este acompañamiento", AR: "إنهاء هذا التسليم"},
			Done:  i18n.Text{EN: "Ended", ES: "Terminó", AR: "انتهى"},
			Needs: []string{"closed_reason"}, Guard: both(needs("closed_reason"), mayEnd),
		},
		{
			Name: StepClose, Aside: true, From: []string{Connected, Retained30, Retained90}, To: Closed, Who: []string{RolePerson},
			Label: i18n.Text{EN: "End this hand-off", ES: "Terminar este acompañamiento", AR: "إنهاء هذا التسليم"},
			Done:  i18n.Text{EN: "Ended", ES: "Terminó", AR: "انتهى"},
			Needs: []string{"closed_reason"}, Guard: needs("closed_reason"),
		},
		{
			Name: StepBeside, Aside: true, From: except(Closed), To: flow.Stay, Who: leads,
			Label: i18n.Text{EN: "Something else happened", ES: "Pasó algo más", AR: "حدث شيء آخر"},
			Done:  i18n.Text{EN: "Beside the path", ES: "Al lado del camino", AR: "إلى جانب الطريق"},
			Needs: []string{"beside", "at"}, Guard: needs("beside"),
		},
		{
			Name: StepSeen, Aside: true, From: except(), To: flow.Stay, Who: leads, Guard: toSee,
			Label: i18n.Text{EN: "I know of it", ES: "Ya lo sé", AR: "علمت بذلك"},
			Done:  i18n.Text{EN: "Someone here knows of it", ES: "Alguien aquí ya lo sabe", AR: "أحد هنا علم بذلك"},
		},
		{
			Name: StepCorrect, Aside: true, From: except(), To: flow.Stay, Who: leads,
			Label: i18n.Text{EN: "Put something right", ES: "Corregir algo", AR: "تصحيح شيء"},
			Done:  i18n.Text{EN: "Something was put right", ES: "Se corrigió algo", AR: "صُحح شيء"},
			Needs: []string{"corrects", "at", "note"}, Guard: needsCorrection,
		},
		{
			Name: StepCorrect, Aside: true, From: []string{Held, Requested, Acknowledged, OnTheWay, NotFound}, To: flow.Stay,
			Who: []string{RoleAsker, RolePerson}, Guard: needsCorrection,
			Label: i18n.Text{EN: "Put something right", ES: "Corregir algo", AR: "تصحيح شيء"},
			Done:  i18n.Text{EN: "Something was put right", ES: "Se corrigió algo", AR: "صُحح شيء"},
		},
	}
}
