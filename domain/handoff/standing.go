package handoff

import (
	"slices"
	"strconv"

	"alongside/platform/i18n"
	"alongside/platform/page"
)

// Lines say who has been asked, how long ago, and what happens next.
func (st Standing) Lines(v *page.View) []string {
	var out []string
	for _, a := range st.Asked {
		if a.Who == "telephone" {
			continue // the telephone itself stands on the page
		}
		ago := minutes(max(0, v.Now.Sub(a.At)))
		out = append(out, v.Text(askedWords(a.Who, a.Count))+" "+v.Text(agoWords(ago)))
	}
	if st.Next == "" || st.Next == "telephone" && st.Alone() {
		return out // the telephone is there already
	}
	return append(out, v.Text(nextWords(st.Next, v.Clock(st.NextAt))))
}

// Alone reports that the asking has begun and found no peer: none is on duty who
// could be asked, so the rungs of peers were passed over.
func (st Standing) Alone() bool {
	peers := func(a AskedOf) bool { return a.Count > 0 && a.Who != "supervisor" }
	return len(st.Asked) > 0 && !slices.ContainsFunc(st.Asked, peers)
}

// hopes reports whether a peer can still be expected to say yes: some were asked,
// others are next, and their telephones can have heard of it.
func (st Standing) hopes() bool { return !st.Phone && !st.Alone() && !st.Unheard }

// unanswered reports that no peer can be hoped for, and the promise has not run out:
// whoever asked is not to go on waiting in trust.
func unanswered(st Status) bool {
	return st.Stage == Requested && !st.Standing.hopes() && !st.Overdue
}

// unansweredKey are the words of that: whether a peer could be asked, whether their
// telephones may have heard of it, and whether the site has a telephone.
func unansweredKey(st Status) string {
	key := "handoff.status.unanswered"
	switch {
	case st.Standing.Alone():
		key = "handoff.status.unasked"
	case st.Standing.Unheard:
		key = "handoff.status.unheard"
	}
	if st.Site.Duty == "" {
		return key + "-nophone"
	}
	return key + "-lead"
}

func askedWords(who string, n int) i18n.Text {
	count := strconv.Itoa(n)
	switch who {
	case "duty":
		return i18n.Text{EN: "A peer on duty was asked", ES: "Se preguntó a un par de turno", AR: "سُئل مرافق مناوب"}
	case "second":
		return i18n.Text{EN: "A second peer was asked", ES: "Se preguntó a un segundo par", AR: "سُئل مرافق ثان"}
	case "all":
		return i18n.Text{EN: "Everyone else on duty was asked (" + count + ")", ES: "Se preguntó a todos los demás de turno (" + count + ")", AR: "سُئل باقي المناوبين (" + count + ")"}
	case "supervisor":
		return i18n.Text{EN: "The supervisors were told (" + count + ")", ES: "Se avisó a supervisión (" + count + ")", AR: "أُبلغ المشرفون (" + count + ")"}
	}
	return i18n.Text{EN: "Others were asked (" + count + ")", ES: "Se preguntó a otros (" + count + ")", AR: "سُئل آخرون (" + count + ")"}
}

func agoWords(minutes int) i18n.Text {
	n := strconv.Itoa(minutes)
	if minutes == 0 {
		return i18n.Text{EN: "just now.", ES: "ahora mismo.", AR: "الآن."}
	}
	return i18n.Text{EN: n + " min ago.", ES: "hace " + n + " min.", AR: "منذ " + n + " د."}
}

func nextWords(who, at string) i18n.Text {
	switch who {
	case "duty":
		return i18n.Text{EN: "Next: a peer on duty is asked.", ES: "Sigue: se pregunta a un par de turno.", AR: "التالي: يُسأل مرافق مناوب."}
	case "second":
		return i18n.Text{EN: "Next, at " + at + ": a second peer.", ES: "Sigue, a las " + at + ": un segundo par.", AR: "التالي عند " + at + ": مرافق ثان."}
	case "all":
		return i18n.Text{EN: "Next, at " + at + ": everyone on duty.", ES: "Sigue, a las " + at + ": todos los de turno.", AR: "التالي عند " + at + ": كل المناوبين."}
	case "supervisor":
		return i18n.Text{EN: "Next, at " + at + ": a supervisor.", ES: "Sigue, a las " + at + ": supervisión.", AR: "التالي عند " + at + ": مشرف."}
	}
	return i18n.Text{EN: "Next, at " + at + ": this page shows a number to call.", ES: "Sigue, a las " + at + ": esta página muestra un número para llamar.", AR: "التالي عند " + at + ": تعرض هذه الصفحة رقما للاتصال."}
}
