package handoff

import (
	"alongside/platform/field"
	"alongside/platform/i18n"
)

// askedAfter are what a follow-up asks.
func askedAfter() []Question {
	return []Question{
		{
			Name: "channel", Kind: field.Choice, Options: Reaches(), Kept: true, At: func(in *Input) any { return &in.Channel },
			Label: i18n.Text{EN: "How?", ES: "¿Cómo?", AR: "كيف؟"},
		},
		{
			Name: "moved_to", Kind: field.Instant, At: func(in *Input) any { return &in.MovedTo },
			Label: i18n.Text{EN: "When instead?", ES: "¿Cuándo, entonces?", AR: "متى بدلا من ذلك؟"},
		},
		{
			Name: "new_peer", Kind: field.Ref, At: func(in *Input) any { return &in.NewPeer },
			Label: i18n.Text{EN: "Who walks with them now?", ES: "¿Quién le acompaña ahora?", AR: "من يسير معه الآن؟"},
			Yours: i18n.Text{EN: "Who walks with you now?", ES: "¿Quién le acompaña ahora?", AR: "من يسير معك الآن؟"},
		},
		{
			Name: "same_as", Kind: field.Ref, At: func(in *Input) any { return &in.SameAs },
			Label: i18n.Text{EN: "Which hand-off goes on?", ES: "¿Qué acompañamiento sigue?", AR: "أي تسليم يستمر؟"},
		},
		{
			Name: "which", Kind: field.Ref, At: func(in *Input) any { return &in.Which },
			Label: i18n.Text{EN: "Which follow-up?", ES: "¿Qué seguimiento?", AR: "أي متابعة؟"},
		},
	}
}

// Reaches are the ways to be in touch. What the person allowed stands beside
// them on the page.
func Reaches() []field.Option {
	return []field.Option{
		{Value: "met", Label: i18n.Text{EN: "In person", ES: "En persona", AR: "وجها لوجه"}},
		{Value: "called", Label: i18n.Text{EN: "By phone", ES: "Por teléfono", AR: "بالهاتف"}},
		{Value: "texted", Label: i18n.Text{EN: "By text", ES: "Por mensaje de texto", AR: "برسالة نصية"}},
		{Value: "card", Label: i18n.Text{EN: "With a card that says nothing", ES: "Con una tarjeta que no dice nada", AR: "ببطاقة لا تقول شيئا"}},
	}
}
