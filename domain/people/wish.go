package people

import (
	"alongside/platform/field"
	"alongside/platform/i18n"
)

// Genders are what someone can ask for in a peer, and what a peer can say of
// themselves. Nobody has to say.
func Genders() []field.Option {
	return []field.Option{
		{Value: "woman", Label: i18n.Text{EN: "A woman", ES: "Una mujer", AR: "امرأة"}},
		{Value: "man", Label: i18n.Text{EN: "A man", ES: "Un hombre", AR: "رجل"}},
		{Value: "nonbinary", Label: i18n.Text{EN: "A person who is neither", ES: "Una persona que no es ni lo uno ni lo otro", AR: "شخص ليس هذا ولا ذاك"}},
	}
}

// Lived is what a peer can know by having lived it, and a person can ask for.
func Lived() []field.Option {
	return []field.Option{
		{Value: "opioids", Label: i18n.Text{EN: "Opioids", ES: "Opioides", AR: "الأفيونات"}},
		{Value: "alcohol", Label: i18n.Text{EN: "Alcohol", ES: "Alcohol", AR: "الكحول"}},
		{Value: "stimulants", Label: i18n.Text{EN: "Stimulants", ES: "Estimulantes", AR: "المنشطات"}},
		{Value: "medicine", Label: i18n.Text{EN: "Recovery with medicine", ES: "Recuperación con medicamento", AR: "التعافي مع الدواء"}},
		{Value: "parent", Label: i18n.Text{EN: "Being a parent in it", ES: "Ser madre o padre en ello", AR: "أن تكون والدا أثناء ذلك"}},
		{Value: "custody", Label: i18n.Text{EN: "Prison or jail", ES: "La cárcel", AR: "السجن"}},
		{Value: "street", Label: i18n.Text{EN: "Living without a home", ES: "Vivir sin hogar", AR: "العيش بلا مأوى"}},
	}
}
