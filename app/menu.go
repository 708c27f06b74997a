package app

import (
	"context"
	"slices"

	"alongside/domain/access"
	"alongside/domain/rota"
	"alongside/platform/page"
)

// way is one line of the menu: where it leads, its words, and the roles that see
// it. An empty list is everyone.
type way struct {
	path  func(role string) string
	label string
	roles []string
}

// ways are the lines in their order. What is wanted most stands first, for on a
// phone the frame shows the first few and folds the others.
func ways() []way {
	to := func(path string) func(string) string { return func(string) string { return path } }
	peer, lead, both := []string{access.Peer}, []string{access.Coordinator}, []string{access.Supervisor, access.Coordinator}
	team := append(slices.Clone(peer), both...)
	return []way{
		{to("/today"), "engagement.today.title", []string{access.Peer, access.Supervisor}},
		{to("/board"), "handoff.board.title", team},
		{to("/overview"), "handoff.overview.title", both},
		{to("/coverage"), "engagement.cover.title", both},
		{to("/people"), "people.search.title", team},
		{to("/followups"), "handoff.follow.title", team},
		{rota.Home, "rota.title", team},
		{to("/live"), "bridge.live.title", team},
		{to("/advice"), "bridge.advice.title", team},
		{to("/consents"), "consent.waiting.title", team},
		{to("/said"), "mine.open.title", team},
		{to("/cards"), "bridge.card.given", team},
		{to("/if-asked"), "disclose.if-asked.title", peer},
		{to("/my-pages"), "workforce.title", []string{access.Peer, access.Supervisor}},
		{to("/texts"), "engagement.textin.title", lead},
		{to("/places"), "handoff.places.title", append(slices.Clone(lead), access.Administrator)},
		{to("/organisation"), "tenant.own.title", []string{access.Administrator}},
		{to("/accounts"), "access.accounts.title", []string{access.Administrator}},
		{to("/channels"), "rota.channels.title", []string{access.Administrator}},
		{to("/figures"), "handoff.figures.title", append(slices.Clone(both), access.Evaluator)},
		{to("/emergencies"), "disclose.reviews.title", both},
		{to("/demands"), "disclose.demands.title", both},
		{to("/agreements"), "disclose.agreed.title", append(slices.Clone(both), access.Administrator)},
		{to("/mine"), "disclose.doc-title", []string{access.Participant}},
		{to("/mine/held"), "mine.held.title", []string{access.Participant}},
		{to("/mine/cards"), "bridge.card.given", []string{access.Participant}},
		{to("/account"), "access.account.title", nil},
	}
}

// menu are the ways on for a role; everyone has their own account.
func menu(ctx context.Context, role string) []page.Link {
	v := page.From(ctx)
	var out []page.Link
	for _, w := range ways() {
		if len(w.roles) == 0 || slices.Contains(w.roles, role) {
			out = append(out, page.Link{Path: w.path(role), Label: v.T(w.label)})
		}
	}
	return out
}
