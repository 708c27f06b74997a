package rota

import (
	"time"

	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/field"
	"alongside/platform/i18n"
)

// Peer is what the rota knows of someone who has shifts.
type Peer struct {
	Account   ref.Account
	Languages []string
	Gender    string   // as they say it of themselves, by choice; empty: not said
	Lived     []string // of what they know by living it, as far as they say
	Turn      int64    // counts up when the calendar link is changed, which ends the old one
	FeedKey   []byte   // mark of the calendar link
	Version   int64
}

// Peers says what that record holds.
func Peers() *field.Record[Peer] {
	return field.Define("rota_peer", field.Keys[Peer]{ID: []string{"peer"}},
		field.Field[Peer]{Column: "peer", Kind: field.Ref, At: func(p *Peer) any { return &p.Account }},
		field.Field[Peer]{
			Column: "languages", Kind: field.Choices, Asked: true, Options: people.Languages(),
			Label: i18n.Text{EN: "Languages you speak", ES: "Idiomas que habla", AR: "اللغات التي تتحدثها"},
			Hint:  i18n.Text{EN: "You are asked first when someone speaks one of them.", ES: "Se le pregunta primero cuando alguien habla uno de ellos.", AR: "نسألك أولا عندما يتحدث شخص إحداها."},
			At:    func(p *Peer) any { return &p.Languages },
		},
		field.Field[Peer]{
			Column: "gender", Kind: field.Choice, Asked: true, Options: people.Genders(),
			Label: i18n.Text{EN: "Your gender, if you want to say", ES: "Su género, si quiere decirlo", AR: "جنسك إن أردت ذكره"},
			Hint:  i18n.Text{EN: "Some people ask for someone of their own.", ES: "Algunas personas piden a alguien del suyo.", AR: "بعض الناس يطلبون أحدا من جنسهم."},
			At:    func(p *Peer) any { return &p.Gender },
		},
		field.Field[Peer]{
			Column: "lived", Kind: field.Choices, Asked: true, Options: people.Lived(),
			Label: i18n.Text{EN: "What you know by living it, if you want to say", ES: "Lo que conoce por haberlo vivido, si quiere decirlo", AR: "ما عشته بنفسك إن أردت ذكره"},
			Hint:  i18n.Text{EN: "Only used to find who is asked first. You can take it back at any time.", ES: "Solo sirve para ver a quién se pregunta primero. Puede retirarlo cuando quiera.", AR: "يُستعمل فقط لمعرفة من يُسأل أولا. يمكنك سحبه في أي وقت."},
			At:    func(p *Peer) any { return &p.Lived },
		},
		field.Field[Peer]{
			Column: "turn", Kind: field.Number,
			Label: i18n.Text{EN: "Calendar links so far", ES: "Enlaces de calendario hasta ahora", AR: "روابط التقويم حتى الآن"},
			At:    func(p *Peer) any { return &p.Turn },
		},
		field.Field[Peer]{Column: "feed_key", Kind: field.Digest, At: func(p *Peer) any { return &p.FeedKey }},
		field.Field[Peer]{Column: "version", Kind: field.Version, At: func(p *Peer) any { return &p.Version }},
	)
}

// Known says that a peer and a person know each other outside: family, a
// friend, a colleague, someone from a meeting. How is not asked. The ladder
// never asks that peer for that person.
type Known struct {
	Peer    ref.Account
	Person  ref.Person
	NotedAt time.Time
}

// Knowns says what that record holds.
func Knowns() *field.Record[Known] {
	return field.Define("rota_known",
		field.Keys[Known]{
			ID: []string{"peer", "person"}, Subject: func(k *Known) string { return string(k.Person) },
			Title: i18n.Text{EN: "A peer knows you from elsewhere, so they are not sent", ES: "Un par le conoce de otro lugar, y por eso no se le envía", AR: "مرافق يعرفك من مكان آخر، لذلك لا يُرسل إليك"},
		},
		field.Field[Known]{Column: "peer", Kind: field.Ref, At: func(k *Known) any { return &k.Peer }},
		field.Field[Known]{Column: "person", Kind: field.Ref, At: func(k *Known) any { return &k.Person }},
		field.Field[Known]{
			Column: "noted_at", Kind: field.Instant,
			Label: i18n.Text{EN: "Noted", ES: "Anotado", AR: "دُوّن"},
			At:    func(k *Known) any { return &k.NotedAt },
		},
	)
}
