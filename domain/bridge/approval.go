package bridge

import (
	"time"

	"alongside/domain/consent"
	"alongside/domain/ref"
	"alongside/platform/field"
	"alongside/platform/i18n"
)

// How a person approved.
const (
	OnOwn    = "own"    // on their own page
	OnScreen = "screen" // beside the peer, on the peer's screen
)

// Approval is what a person said yes to: these words, for this recipient. It is
// never changed; it can only be over.
type Approval struct {
	ID        string
	Note      ref.Note
	Person    ref.Person
	Recipient ref.Recipient
	Body      string // sealed
	Touches   []string
	Mark      []byte // keyed mark of all of the above
	How       string
	SignedAs  string // sealed; the name they signed with, on a screen
	At        time.Time
	By        string
	OverAt    time.Time // zero while it stands
	Version   int64
}

// Hows are the ways to approve.
func Hows() []field.Option {
	return []field.Option{
		{Value: OnOwn, Label: i18n.Text{EN: "On your own page", ES: "En su propia página", AR: "في صفحتك الخاصة"}},
		{Value: OnScreen, Label: i18n.Text{EN: "Beside your peer, on a screen", ES: "Junto a su par, en una pantalla", AR: "إلى جانب مرافقك، على شاشة"}},
	}
}

// Approvals says what the record of it holds.
func Approvals() *field.Record[Approval] {
	return field.Define("bridge_approval",
		field.Keys[Approval]{
			ID: []string{"approval"}, Subject: func(a *Approval) string { return string(a.Person) },
			Title: i18n.Text{EN: "What you approved, word for word", ES: "Lo que aprobó, palabra por palabra", AR: "ما وافقت عليه كلمة كلمة"},
		},
		approvalOf{Column: "approval", Kind: field.Ref, At: func(a *Approval) any { return &a.ID }},
		approvalOf{Column: "note", Kind: field.Ref, At: func(a *Approval) any { return &a.Note }},
		approvalOf{Column: "person", Kind: field.Ref, FHIR: "DocumentReference.authenticator", At: func(a *Approval) any { return &a.Person }},
		approvalOf{Column: "recipient", Kind: field.Ref, At: func(a *Approval) any { return &a.Recipient }},
		approvalOf{
			Column: "body", Kind: field.Long, Sealed: true, Limit: mostWords, See: readers(), FHIR: "DocumentReference.content.attachment.data",
			Label: i18n.Text{EN: "The words", ES: "Las palabras", AR: "الكلمات"},
			At:    func(a *Approval) any { return &a.Body },
		},
		approvalOf{
			Column: "touches", Kind: field.Choices, Options: consent.Labels(), FHIR: "DocumentReference.securityLabel",
			Label: i18n.Text{EN: "What the words speak of", ES: "De qué hablan las palabras", AR: "عمّ تتحدث الكلمات"},
			At:    func(a *Approval) any { return &a.Touches },
		},
		approvalOf{Column: "mark", Kind: field.Digest, At: func(a *Approval) any { return &a.Mark }},
		approvalOf{
			Column: "how", Kind: field.Choice, Options: Hows(), Label: i18n.Text{EN: "How you said yes", ES: "Cómo dijo que sí", AR: "كيف وافقت"},
			At: func(a *Approval) any { return &a.How },
		},
		approvalOf{
			Column: "signed_as", Kind: field.Text, Sealed: true, Limit: 80, Label: i18n.Text{EN: "Signed as", ES: "Firmado como", AR: "وُقّع باسم"},
			At: func(a *Approval) any { return &a.SignedAs },
		},
		approvalOf{
			Column: "approved_at", Kind: field.Instant, FHIR: "DocumentReference.content.attachment.creation",
			Label: i18n.Text{EN: "Approved", ES: "Aprobada", AR: "تمت الموافقة"},
			At:    func(a *Approval) any { return &a.At },
		},
		approvalOf{Column: "approved_by", Kind: field.Ref, At: func(a *Approval) any { return &a.By }},
		approvalOf{
			Column: "over_at", Kind: field.Instant, Label: i18n.Text{EN: "No longer stands since", ES: "Ya no vale desde", AR: "لم تعد سارية منذ"},
			At: func(a *Approval) any { return &a.OverAt },
		},
		approvalOf{Column: "version", Kind: field.Version, At: func(a *Approval) any { return &a.Version }},
	)
}
