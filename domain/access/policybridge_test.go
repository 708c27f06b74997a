package access_test

import "alongside/domain/access"

// bridgeSentences are about what goes between people and those who treat them.
func bridgeSentences() []sentence {
	own := access.Resource{}
	mine := access.Resource{Kind: "Account", ID: "me", Attrs: map[string]string{"account": "me"}}
	theirs := access.Resource{Kind: "Account", ID: "them", Attrs: map[string]string{"account": "them"}}
	walks := access.Resource{Kind: "Person", ID: "p1", Attrs: map[string]string{"walks": "yes"}}
	apart := access.Resource{Kind: "Person", ID: "p1", Attrs: map[string]string{"walks": "no"}}
	another := access.Resource{Kind: "Person", ID: "p1", Org: "t2", Attrs: map[string]string{"walks": "yes"}}
	return []sentence{
		{in("peer"), may, "bridge.work", own, "a peer may come to the pages about notes"},
		{in("coordinator"), mayNot, "bridge.work", own, "a coordinator may not"},
		{in("peer"), may, "bridge.note", walks, "a peer may write a note with whom they walk with"},
		{in("peer"), mayNot, "bridge.note", apart, "a peer may not read a note about whom they do not walk with"},
		{in("peer"), mayNot, "bridge.note", another, "a peer may not read a note of another organisation"},
		{in("peer"), mayNot, "bridge.note", own, "a peer may not write a note when nobody says whether they walk together"},
		{in("supervisor"), may, "bridge.note", apart, "a supervisor may stand in"},
		{in("coordinator"), mayNot, "bridge.note", walks, "a coordinator reads no notes to a care team"},
		{in("administrator"), mayNot, "bridge.note", walks, "an administrator reads no notes to a care team"},
		{operator, mayNot, "bridge.note", walks, "whoever holds the machine reads no notes to a care team"},
		{visitor, mayNot, "bridge.note", walks, "who comes by a link writes no note"},
		{in("peer"), may, "bridge.live", own, "a peer may answer a ward that asks"},
		{in("coordinator"), may, "bridge.live", own, "a coordinator may see what wards ask for"},
		{in("evaluator"), mayNot, "bridge.live", own, "an evaluator may not"},
		{in("participant"), mayNot, "bridge.live", own, "a participant may not see what wards ask for"},
		{in("coordinator"), may, "bridge.advice", own, "a coordinator may read what was advised"},
		{in("coordinator"), mayNot, "bridge.advise", own, "a coordinator advises nothing from lived experience here"},
		{in("peer"), may, "bridge.advise", own, "a peer may write down what they advised"},
		{in("evaluator"), mayNot, "bridge.advice", own, "an evaluator reads no words of a meeting"},
		{in("participant"), may, "bridge.own", mine, "a participant may say yes to a note about themselves"},
		{in("participant"), mayNot, "bridge.own", theirs, "a participant may not say yes for another"},
		{in("peer"), mayNot, "bridge.own", mine, "a peer may not say yes on a participant's page"},
	}
}
