package access_test

import "alongside/domain/access"

// aliasSentences are about the card that a person signs in with.
func aliasSentences() []sentence {
	near := access.Resource{Kind: "Person", ID: "p1", Attrs: map[string]string{"near": "yes"}}
	far := access.Resource{Kind: "Person", ID: "p1", Attrs: map[string]string{"near": "no"}}
	return []sentence{
		{in("peer"), may, "account.card", near, "a peer may make a card for whom they walk with"},
		{in("peer"), mayNot, "account.card", far, "a peer may not make one for another"},
		{in("peer"), mayNot, "account.card", access.Resource{}, "a peer may not when nobody says for whom"},
		{in("supervisor"), may, "account.card", far, "a supervisor may make one for anyone here"},
		{in("coordinator"), may, "account.card", far, "so may a coordinator"},
		{operator, may, "account.card", far, "so may whoever holds the machine"},
		{in("administrator"), mayNot, "account.card", far, "an administrator may not: it opens what a person reads"},
		{in("evaluator"), mayNot, "account.card", near, "an evaluator may not"},
		{in("participant"), mayNot, "account.card", near, "a participant may not make one, not for themselves either"},
	}
}
