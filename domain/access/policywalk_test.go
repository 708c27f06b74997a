package access_test

import "alongside/domain/access"

// walkSentences are about a peer's day: who may see and write what about whom.
func walkSentences() []sentence {
	own := access.Resource{}
	mine := access.Resource{Kind: "Account", ID: "me", Attrs: map[string]string{"account": "me"}}
	theirs := access.Resource{Kind: "Account", ID: "them", Attrs: map[string]string{"account": "them"}}
	walks := access.Resource{Kind: "Person", ID: "p1", Attrs: map[string]string{"walks": "yes"}}
	apart := access.Resource{Kind: "Person", ID: "p1", Attrs: map[string]string{"walks": "no"}}
	another := access.Resource{Kind: "Person", ID: "p1", Org: "t2", Attrs: map[string]string{"walks": "yes"}}
	return []sentence{
		{in("peer"), may, "engagement.today", mine, "a peer may see their own day"},
		{in("peer"), mayNot, "engagement.today", theirs, "a peer may not see another's day"},
		{in("supervisor"), mayNot, "engagement.today", theirs, "a supervisor may not see a peer's day"},
		{in("coordinator"), mayNot, "engagement.today", mine, "a coordinator has no such day"},
		{in("peer"), may, "engagement.see", walks, "a peer may see whom they walk with"},
		{in("peer"), mayNot, "engagement.see", apart, "a peer may not see whom they do not walk with"},
		{in("peer"), mayNot, "engagement.see", another, "a peer may not see a person of another organisation"},
		{in("supervisor"), may, "engagement.see", apart, "a supervisor may stand in"},
		{in("coordinator"), mayNot, "engagement.see", walks, "a coordinator reads no notes"},
		{in("administrator"), mayNot, "engagement.see", walks, "an administrator reads no notes"},
		{operator, mayNot, "engagement.see", walks, "whoever holds the machine reads no notes"},
		{in("peer"), may, "engagement.note", walks, "a peer may note a contact with whom they walk with"},
		{in("peer"), mayNot, "engagement.note", own, "a peer may not note a contact when nobody says whether they walk together"},
		{in("peer"), may, "engagement.plan", walks, "a peer may write down the plan of whom they walk with"},
		{in("peer"), mayNot, "engagement.plan", apart, "a peer may not write in another's plan"},
		{in("peer"), may, "engagement.meet", walks, "a peer may make an appointment with whom they walk with"},
		{in("peer"), mayNot, "engagement.meet", apart, "a peer may not make an appointment for another"},
		{in("peer"), may, "outbox.send", mine, "a peer may send what they wrote without a network"},
		{in("peer"), mayNot, "outbox.send", theirs, "a peer may not send for another"},
		{in("evaluator"), mayNot, "outbox.send", mine, "an evaluator writes nothing"},
		{in("participant"), mayNot, "outbox.send", mine, "a participant's phone keeps nothing"},
		{in("participant"), may, "outbox.slip", mine, "a participant's own phone may learn that their account has ended"},
		{in("participant"), mayNot, "outbox.slip", theirs, "and nobody else's"},
		{in("coordinator"), may, "outbox.place", own, "a coordinator may find a place for what came late"},
		{in("peer"), mayNot, "outbox.place", own, "a peer may not place what another wrote"},
		{in("supervisor"), may, "outbox.read", own, "a supervisor may read what came late"},
		{in("coordinator"), mayNot, "outbox.read", own, "a coordinator reads no notes that came late"},
		{in("coordinator"), may, "outbox.set", own, "a coordinator may say how long phones keep pages"},
		{in("peer"), mayNot, "outbox.set", own, "a peer may not say it"},
		{in("coordinator"), may, "engagement.coverage", own, "a coordinator may see who has nobody"},
		{in("peer"), mayNot, "engagement.coverage", own, "a peer may not see who has nobody"},
		{in("coordinator"), may, "engagement.match", apart, "a coordinator may say who walks with whom"},
		{in("peer"), mayNot, "engagement.match", walks, "a peer may not say who walks with whom"},
		{in("supervisor"), may, "engagement.part", apart, "a supervisor may end that two walk together"},
		{in("peer"), mayNot, "engagement.part", walks, "a peer may not end it alone"},
		{in("coordinator"), may, "engagement.limits", own, "a coordinator may set the limits after silence"},
		{in("supervisor"), mayNot, "engagement.limits", own, "a supervisor may not set them"},
		{in("participant"), may, "engagement.own", mine, "a participant may see who walks with them"},
		{in("participant"), mayNot, "engagement.own", theirs, "a participant may not see who walks with another"},
		{in("peer"), mayNot, "engagement.own", mine, "a peer has no page of a participant's"},
	}
}
