package handoff

import (
	"slices"
	"strconv"

	"alongside/platform/flow"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

func askDoc(v *page.View, f askForm) page.Doc {
	kind := page.Outsider
	if f.Site.self() {
		kind = page.Participant
	}
	return page.Doc{Title: v.T("handoff.ask.title"), Kind: kind, Body: askBody(v, f), Narrow: true}
}

func keptDoc(v *page.View, f askForm, r Receipt) page.Doc {
	return page.Doc{Title: v.T("handoff.ask.title"), Kind: page.Outsider, Body: keptBody(v, f, r), Narrow: true}
}

func twiceDoc(v *page.View, site Site, r Receipt) page.Doc {
	return page.Doc{Title: v.T("handoff.ask.title"), Kind: page.Outsider, Body: twiceBody(v, site, r), Narrow: true}
}

// path is the page on which whoever asked sees how it stands.
func (r Receipt) path(site Site) string {
	if site.self() {
		return "/own/" + r.Own
	}
	return "/asked/" + r.Token
}

func phoneDoc(v *page.View, f askForm) page.Doc {
	return page.Doc{Title: v.T("handoff.phone.title"), Kind: page.Worker, Body: phoneBody(v, f), Narrow: true}
}

func statusDoc(v *page.View, token, act string, st Status) page.Doc {
	return page.Doc{
		Title: v.T("handoff.status.title"), Kind: page.Outsider, Live: "/asked/" + token + "/live",
		Body: statusPart(v, token, act, st), Narrow: true,
	}
}

func boardDoc(v *page.View, act string, b Board) page.Doc {
	return page.Doc{Title: v.T("handoff.board.title"), Kind: page.Worker, Live: "/board/live", Body: boardPart(v, act, b)}
}

func laneDoc(v *page.View, lane string, cards []Card) page.Doc {
	return page.Doc{Title: laneTitle(v, lane), Kind: page.Worker, Body: laneBody(v, lane, cards)}
}

func laneTitle(v *page.View, lane string) string {
	return v.T("handoff.board." + laneWords(lane) + "-title")
}

// waitingLead says how many wait. Of nobody the empty page speaks by itself, and
// of more than the board shows it says at least.
func waitingLead(v *page.View, b Board) string {
	if len(b.Waiting) == 0 {
		return ""
	}
	says := v.N("handoff.board.count", len(b.Waiting))
	if b.More {
		return v.T("handoff.board.at-least", "Says", says)
	}
	return says
}

func laneLead(v *page.View, lane string) string {
	return v.T("handoff.board." + laneWords(lane) + "-lead")
}

// laneWords begin the words of a lane's own page.
func laneWords(lane string) string {
	switch lane {
	case LaneHeld:
		return "held"
	case LaneWaiting:
		return "newest"
	}
	return "unasked"
}

func viewDoc(v *page.View, f viewForm) page.Doc {
	return page.Doc{
		Title: v.T("handoff.view.title"), Kind: page.Worker, Body: viewBody(v, f), Still: true,
		Live: "/handoff/" + string(f.ID) + "/live?at=" + strconv.FormatInt(f.Handoff.Version, 10),
	}
}

func amendDoc(v *page.View, f amendForm) page.Doc {
	return page.Doc{Title: v.T("handoff.right.title"), Kind: page.Worker, Body: amendBody(v, f), Narrow: true}
}

func ownDoc(v *page.View, f ownForm) page.Doc {
	return page.Doc{
		Title: v.T("handoff.own.title"), Kind: page.Participant, Live: "/own/" + f.Token + "/live",
		Body: ownBody(v, f), Narrow: true,
	}
}

func cardDoc(v *page.View, f cardForm) page.Doc {
	return page.Doc{Title: v.T("handoff.card.heading"), Kind: page.Worker, Body: cardBody(v, f), Narrow: true}
}

func deskDoc(v *page.View, f deskForm) page.Doc {
	return page.Doc{Title: v.T("handoff.desk.title"), Kind: page.Outsider, Body: deskBody(v, f), Narrow: true}
}

func placesDoc(v *page.View, p Places) page.Doc {
	return page.Doc{Title: v.T("handoff.places.title"), Kind: page.Worker, Body: placesBody(v, p), Narrow: true}
}

func siteDoc(v *page.View, f placeForm[Site]) page.Doc {
	return withProblems(page.Doc{Title: placeTitle(v, f.ID, "site"), Kind: page.Worker, Body: siteBody(v, f), Narrow: true}, f.Problems)
}

func destinationDoc(v *page.View, f placeForm[Destination]) page.Doc {
	return withProblems(page.Doc{Title: placeTitle(v, f.ID, "service"), Kind: page.Worker, Body: destinationBody(v, f), Narrow: true}, f.Problems)
}

// withProblems gives a form that is shown again the status of one.
func withProblems(d page.Doc, problems []page.Problem) page.Doc {
	if len(problems) > 0 {
		d.Status, d.Lacks = 422, problems
	}
	return d
}

// ahead splits the next steps: the ways on, and the ways aside. To be back in touch
// comes before whatever may have happened meanwhile.
func ahead(next []flow.Step[Facts]) (on, aside []flow.Step[Facts]) {
	for _, s := range next {
		switch {
		case s.Aside:
			aside = append(aside, s)
		case s.Name == StepBack || s.Name == StepThere:
			on = slices.Insert(on, 0, s)
		default:
			on = append(on, s)
		}
	}
	return on, aside
}

// soon are the steps on the way to the bedside that come after those on the
// page. A phone that keeps the page shows them when it has no network: what was
// pressed there has not been taken yet, and the page cannot follow.
func soon(next []flow.Step[Facts]) []flow.Step[Facts] {
	var out []flow.Step[Facts]
	has := func(list []flow.Step[Facts], name string) bool {
		return slices.ContainsFunc(list, func(s flow.Step[Facts]) bool { return s.Name == name })
	}
	for _, after := range []struct {
		step, state string
		steps       []string
	}{
		{StepAck, Acknowledged, []string{StepSetOut, StepMeet, StepNotFound}},
		{StepMeet, Met, []string{StepAgree, StepQuiet, StepSupport}},
	} {
		if !has(next, after.step) && !has(out, after.step) {
			continue
		}
		for _, s := range Flow().Next(after.state, "peer") {
			if slices.Contains(after.steps, s.Name) && !has(next, s.Name) {
				out = append(out, s)
			}
		}
	}
	return out
}

func stepTone(s flow.Step[Facts], first bool) ui.ButtonTone {
	switch {
	case s.Name == StepClose:
		return ui.Harm
	case first:
		return ui.Go
	}
	return ui.Quiet
}

// words are the words of the site's door, or of the ward's where it has none of
// its own.
func (f askForm) words(v *page.View, key string) string {
	if own := f.wordsOr(v, key); own != "" {
		return own
	}
	return v.T("handoff.ask." + key)
}

// wordsOr are the door's own words for a key, or "".
func (f askForm) wordsOr(v *page.View, key string) string {
	own := "handoff.door-" + f.Site.door().Value + "." + key
	if v.Words.Has(own) {
		return v.T(own)
	}
	return ""
}

// opened keeps the further questions open when one of them has a problem.
func (f askForm) opened() bool {
	for _, column := range f.Site.door().whole().More {
		if page.ProblemOf(f.Problems, column) != "" {
			return true
		}
	}
	return false
}
