package access_test

import "alongside/domain/access"

// cardSentences are about cards in plain words.
func cardSentences() []sentence {
	own := access.Resource{}
	mine := access.Resource{Kind: "Account", ID: "me", Attrs: map[string]string{"account": "me"}}
	theirs := access.Resource{Kind: "Account", ID: "them", Attrs: map[string]string{"account": "them"}}
	walks := access.Resource{Kind: "Person", ID: "p1", Attrs: map[string]string{"walks": "yes"}}
	apart := access.Resource{Kind: "Person", ID: "p1", Attrs: map[string]string{"walks": "no"}}
	byMe := access.Resource{Kind: "Card", ID: "c1", Attrs: map[string]string{"writer": "me"}}
	byThem := access.Resource{Kind: "Card", ID: "c1", Attrs: map[string]string{"writer": "them"}}
	byProgram := access.Resource{Kind: "Card", ID: "c1", Attrs: map[string]string{"writer": ""}}
	return []sentence{
		{in("coordinator"), may, "card.see", own, "a coordinator may read the cards"},
		{in("administrator"), mayNot, "card.see", own, "an administrator has no use for them"},
		{in("peer"), may, "card.write", own, "a peer may write a card"},
		{in("coordinator"), mayNot, "card.write", own, "a coordinator may not write one"},
		{in("participant"), mayNot, "card.write", own, "a participant may not write one here"},
		{in("peer"), may, "card.review", byThem, "a peer may say that another's card fits"},
		{in("peer"), may, "card.review", byProgram, "a peer may say that a card of the program fits"},
		{in("peer"), mayNot, "card.review", byMe, "a peer may not say it of their own card"},
		{in("supervisor"), mayNot, "card.review", byMe, "nor may a supervisor of their own"},
		{in("supervisor"), may, "card.review", byThem, "a supervisor may say it of another's"},
		{in("peer"), mayNot, "card.review", own, "a peer may not when nobody says who wrote it"},
		{in("coordinator"), mayNot, "card.review", byThem, "a coordinator may not say it"},
		{in("peer"), may, "card.give", walks, "a peer may give a card to whom they walk with"},
		{in("peer"), mayNot, "card.give", apart, "a peer may not give one to another"},
		{in("supervisor"), may, "card.give", apart, "a supervisor may stand in"},
		{in("coordinator"), mayNot, "card.give", walks, "a coordinator gives none"},
		{operator, mayNot, "card.give", walks, "whoever holds the machine gives none"},
		{in("participant"), may, "card.own", mine, "a participant may read cards"},
		{in("participant"), mayNot, "card.own", theirs, "a participant may not see another's"},
		{in("peer"), mayNot, "card.own", mine, "a peer has no cards of a participant's"},
	}
}
