package access_test

import "alongside/domain/access"

// page is an entry of someone's, seen by a sign-in of one kind.
func pageOf(account, part, way string) access.Resource {
	return access.Resource{Kind: "Entry", ID: "e1", Attrs: map[string]string{"account": account, "part": part, "way": way}}
}

// workforceSentences are about pages of a peer's own: their recovery, how they
// are, and what they think about together with other peers.
func workforceSentences() []sentence {
	mine, theirs := pageOf("me", "no", "own"), pageOf("them", "no", "own")
	byLink := pageOf("me", "no", "other")
	with, apart := pageOf("them", "yes", "own"), pageOf("them", "no", "own")
	begun := pageOf("me", "yes", "own")
	door := access.Resource{Kind: "Account", ID: "me", Attrs: map[string]string{"account": "me"}}
	away := mine
	away.Org = "t2"
	out := []sentence{
		{in("peer"), may, "workforce.write", mine, "a peer may write a page of their own"},
		{in("supervisor"), may, "workforce.write", mine, "a supervisor may too, being a peer by background"},
		{in("peer"), mayNot, "workforce.write", theirs, "a peer may not write in a colleague's name"},
		{in("peer"), mayNot, "workforce.write", away, "a peer may not write in another organisation"},
		{in("peer"), mayNot, "workforce.own", away, "nor read there what stands under the same name"},
		{in("coordinator"), mayNot, "workforce.write", mine, "a coordinator, being no peer, begins none"},
		{in("participant"), mayNot, "workforce.write", mine, "a participant has other pages"},
		{in("peer"), mayNot, "workforce.own", byLink, "a link opens no page of one's own"},
		{in("peer"), mayNot, "workforce.write", byLink, "nor does one write after coming in by it"},
		{in("peer"), mayNot, "workforce.own", door, "where nobody says how they came in, nothing opens"},
		{in("peer"), may, "workforce.together", with, "a peer may read what they take part in"},
		{in("peer"), mayNot, "workforce.together", apart, "a peer may not read what other peers think about together"},
		{in("peer"), mayNot, "workforce.together", pageOf("them", "yes", "other"), "nor what they take part in, after coming in by a link"},
		{in("supervisor"), mayNot, "workforce.together", with, "who acts as a supervisor may not, although they take part as a peer"},
		{in("coordinator"), mayNot, "workforce.together", with, "who acts as a coordinator may not either"},
		{in("peer"), may, "workforce.invite", begun, "who began it may invite a peer"},
		{in("peer"), mayNot, "workforce.invite", with, "who takes part may invite nobody"},
		{in("peer"), mayNot, "workforce.invite", mine, "nor may who began it and left"},
	}
	for _, role := range []string{"peer", "supervisor", "coordinator", "evaluator", "administrator", "participant"} {
		out = append(out,
			sentence{in(role), may, "workforce.pages", door, "who is a " + role + " may come to their own door"},
			sentence{in(role), may, "workforce.own", mine, "who is a " + role + " by now may read what they wrote as a peer"},
			sentence{in(role), mayNot, "workforce.own", theirs, "who is a " + role + " may not read, take along or erase what another wrote"},
		)
	}
	for _, role := range []string{"supervisor", "coordinator", "evaluator", "administrator"} {
		out = append(out, sentence{in(role), mayNot, "workforce.together", apart, "who is a " + role + " may not read what peers think about together"})
	}
	for _, action := range []string{"workforce.pages", "workforce.write", "workforce.own", "workforce.together", "workforce.invite"} {
		out = append(out,
			sentence{operator, mayNot, action, with, "whoever holds the machine may do nothing with it"},
			sentence{visitor, mayNot, action, with, "nor may whoever holds a link"},
			sentence{system, mayNot, action, with, "nor may the program by itself"},
			sentence{in(""), mayNot, action, pageOf("me", "yes", "own"), "who has picked no role yet may not either"},
		)
	}
	return out
}
