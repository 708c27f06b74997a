package web

import "alongside/platform/page"

func askSample(v *page.View) page.Doc {
	return whole(v, page.Outsider, say(v, "Ask for a peer", "Pedir un par", "اطلب قرينًا"), askBody(v, nil))
}

func askAgainSample(v *page.View) page.Doc {
	problems := []page.Problem{{Field: "answer", Label: say(v, "Would they like to meet a peer?", "¿Le gustaría conocer a un par?", "هل يودّ لقاء قرين؟"), Say: v.T("error.pick-one")}, {Field: "call", Say: v.T("error.too-long", "N", 80)}}
	return whole(v, page.Outsider, say(v, "Ask for a peer", "Pedir un par", "اطلب قرينًا"), askBody(v, problems))
}

func statusSample(v *page.View) page.Doc {
	return whole(v, page.Outsider, say(v, "On the way", "En camino", "في الطريق"), statusBody(v))
}

func boardSample(v *page.View) page.Doc {
	v.Menu = storyMenu(v)
	v.Org = "Riverside"
	d := whole(v, page.Worker, say(v, "Tonight", "Esta noche", "الليلة"), boardBody(v))
	d.Narrow = false
	return d
}

func emptySample(v *page.View) page.Doc {
	return whole(v, page.Worker, say(v, "Tonight", "Esta noche", "الليلة"), emptyBody(v))
}

func ownPageSample(v *page.View) page.Doc {
	v.Signed = &page.Signed{Name: "Blue", Role: "participant"}
	return whole(v, page.Participant, say(v, "Your page", "Su página", "صفحتك"), ownBody(v))
}

func allSample(v *page.View) page.Doc {
	return whole(v, page.Worker, say(v, "All parts", "Todas las partes", "كل الأجزاء"), allBody(v))
}

// chosenUnless is the made-up answer, missing when it is what is wrong.
func chosenUnless(problems []page.Problem, value string) []string {
	if page.ProblemOf(problems, "answer") != "" {
		return nil
	}
	return []string{value}
}
