package consent

import (
	"slices"
	"time"

	"alongside/domain/ref"
	"alongside/platform/field"
	"alongside/platform/i18n"
	"alongside/platform/scope"
)

// Consent is one thing a person agreed to.
type Consent struct {
	ID         ref.Consent
	Person     ref.Person
	Recipient  ref.Recipient // one service or place; never "anyone"
	What       []string      // values of Kinds
	Purpose    string        // one of Purposes
	GivenAt    time.Time     // when the person said so; may lie before RecordedAt
	UntilAt    time.Time     // not live from this instant on; zero: until taken back
	How        string        // one of Hows
	Paper      string        // where the signed paper is kept
	GivenBy    string        // who wrote it down
	RevokedAt  time.Time
	RevokedHow string
	RevokedBy  string
	RecordedAt time.Time
	MarkAt     time.Time // the instant the log had reached when this was recorded
	Version    int64
}

// What can be agreed to be told.
const (
	Status  = "status"  // how the hand-off stands: coming, arrived, introduced
	Name    = "name"    // the name they use
	Contact = "contact" // how to reach them safely
	Needs   = "needs"   // what they would like help with
)

// How a consent was given or taken back.
const (
	Spoken = "spoken"
	Signed = "signed" // on a screen
	Paper  = "paper"
)

// Kinds are what a person can agree to have told.
func Kinds() []field.Option {
	return []field.Option{
		{Value: Status, Label: i18n.Text{EN: "How things stand", ES: "Cómo van las cosas", AR: "كيف تسير الأمور"}},
		{Value: Name, Label: i18n.Text{EN: "The name they use", ES: "El nombre que usa", AR: "الاسم الذي يستخدمه"}},
		{Value: Contact, Label: i18n.Text{EN: "How to reach them", ES: "Cómo contactar", AR: "كيفية التواصل معه"}},
		{Value: Needs, Label: i18n.Text{EN: "What they would like help with", ES: "En qué quiere ayuda", AR: "ما يود المساعدة فيه"}},
	}
}

// Hows are the ways to give a consent or take it back.
func Hows() []field.Option {
	return []field.Option{
		{Value: Spoken, Label: i18n.Text{EN: "They said so", ES: "Lo dijo", AR: "قال ذلك"}},
		{Value: Signed, Label: i18n.Text{EN: "They signed on a screen", ES: "Firmó en una pantalla", AR: "وقّع على شاشة"}},
		{Value: Paper, Label: i18n.Text{EN: "They signed on paper", ES: "Firmó en papel", AR: "وقّع على ورق"}},
	}
}

// Purposes are the reasons for which something may be told.
func Purposes() []field.Option {
	return []field.Option{
		{Value: scope.Treatment, Label: i18n.Text{EN: "Care and support", ES: "Atención y apoyo", AR: "الرعاية والدعم"}},
		{Value: scope.Payment, Label: i18n.Text{EN: "Payment", ES: "Pago", AR: "الدفع"}},
		{Value: scope.Operations, Label: i18n.Text{EN: "Running the service", ES: "Funcionamiento del servicio", AR: "تشغيل الخدمة"}},
		{Value: scope.OwnRequest, Label: i18n.Text{EN: "They asked for it", ES: "Lo pidió la persona", AR: "بطلب من الشخص"}},
		{Value: scope.Emergency, Label: i18n.Text{EN: "An emergency", ES: "Una emergencia", AR: "حالة طارئة"}},
		{Value: scope.Research, Label: i18n.Text{EN: "Research", ES: "Investigación", AR: "البحث العلمي"}},
	}
}

// mayBeOpen reports whether a consent for the purpose may have no end: 42 CFR
// 2.31(a)(7) allows it for treatment, payment and operations.
func mayBeOpen(purpose string) bool {
	return slices.Contains([]string{scope.Treatment, scope.Payment, scope.Operations}, purpose)
}

func offered(options []field.Option, value string) bool {
	return slices.ContainsFunc(options, func(o field.Option) bool { return o.Value == value })
}
