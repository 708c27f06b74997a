package disclose

import (
	"time"

	"alongside/domain/consent"
	"alongside/domain/ref"
	"alongside/platform/field"
)

// Kinds of agreement.
const (
	Audit = "audit"    // the work is checked: 42 CFR 2.53
	Study = "research" // the work is studied: 42 CFR 2.52
)

// Agreement is one with someone who checks or studies the work: the facts that
// the law asks for before anything about a person may be told to them without
// that person's yes. It opens nothing until a second person has approved it. It
// is about nobody who is walked with.
type Agreement struct {
	ID         ref.Agreement
	Kind       string   // Audit or Study
	Who        string   // who checks or studies
	Body       string   // for which body, or at which
	Ground     string   // one of Grounds
	Aim        string   // what for
	Paper      string   // which signed paper or approval, and where it is kept
	Promises   []string // what the paper promises, of Promises
	Copies     bool     // something may leave our rooms and machines
	What       []string // kinds that may be told, as a consent names them
	UntilAt    time.Time
	MadeBy     string
	MadeAt     time.Time
	ApprovedBy string
	ApprovedAt time.Time
	EndedBy    string
	EndedAt    time.Time
	Version    int64
}

// AgreementKinds are what an agreement can be for.
func AgreementKinds() []field.Option {
	return []field.Option{
		{Value: Audit, Label: words{EN: "To check how we work", ES: "Para revisar cómo trabajamos", AR: "لمراجعة عملنا"}},
		{Value: Study, Label: words{EN: "For research", ES: "Para una investigación", AR: "لبحث علمي"}},
	}
}

// ground is one reason in law, for one kind of agreement.
type ground struct {
	field.Option
	kind   string
	cite   string
	copies bool // copies may be taken away
}

// grounds is the table of them. The lines of 2.53 follow the text of 2024; those
// of 2.52 the text of 2020, since the later one could not be read.
func grounds() []ground {
	return []ground{
		{field.Option{Value: "agency", Label: words{EN: "An agency that funds us or by law looks after us", ES: "Un organismo que nos financia o nos supervisa por ley", AR: "جهة حكومية تموّلنا أو تشرف علينا بحكم القانون"}}, Audit, "42 CFR 2.53(a)(1)(i), (b)(2)(i)", true},
		{field.Option{Value: "payer", Label: words{EN: "A funder, a payer, a health plan, or a body that reviews quality", ES: "Quien financia o paga, un plan de salud o un organismo de calidad", AR: "مموّل أو جهة دفع أو خطة صحية أو جهة تراجع الجودة"}}, Audit, "42 CFR 2.53(a)(1)(ii), (b)(2)(ii)", true},
		{field.Option{Value: "control", Label: words{EN: "The body that runs us", ES: "La entidad que nos dirige", AR: "الجهة التي تديرنا"}}, Audit, "42 CFR 2.53(a)(1)(iii), (b)(2)(iii)", true},
		{field.Option{Value: "qualified", Label: words{EN: "Someone whom we found fit to check us; takes no copies", ES: "Alguien que juzgamos apto para revisarnos; no se lleva copias", AR: "شخص وجدناه أهلًا لمراجعتنا؛ لا يأخذ نسخًا"}}, Audit, "42 CFR 2.53(a)(2)", false},
		{field.Option{Value: "hipaa", Label: words{EN: "Bound by HIPAA, with a waiver on paper", ES: "Sujeto a HIPAA, con una dispensa por escrito", AR: "ملزم بقانون HIPAA ولديه إعفاء مكتوب"}}, Study, "42 CFR 2.52(a)(1)(i)", true},
		{field.Option{Value: "board", Label: words{EN: "Bound by 45 CFR 46, with a review board’s paper", ES: "Sujeto a 45 CFR 46, con el papel de un comité de ética", AR: "ملزم بـ 45 CFR 46 ولديه ورقة من لجنة المراجعة"}}, Study, "42 CFR 2.52(a)(1)(ii)", true},
		{field.Option{Value: "fda", Label: words{EN: "Bound by 21 CFR 50 and 56, with a paper that says so", ES: "Sujeto a 21 CFR 50 y 56, con un papel que lo dice", AR: "ملزم بـ 21 CFR 50 و56 ولديه ورقة بذلك"}}, Study, "42 CFR 2.52(a)(1)(iii)", true},
	}
}

// Grounds are the reasons in law.
func Grounds() (out []field.Option) {
	for _, g := range grounds() {
		out = append(out, g.Option)
	}
	return out
}

// promise is one thing that the paper must promise.
type promise struct {
	field.Option
	always []string // kinds that need it
	copies []string // kinds that need it where copies may be taken
}

func promises() []promise {
	audit, study := []string{Audit}, []string{Study}
	both := []string{Audit, Study}
	return []promise{
		{field.Option{Value: "back-only", Label: words{EN: "Uses it for this alone, and tells nobody but us", ES: "Lo usa solo para esto y no lo cuenta a nadie más que a nosotros", AR: "يستخدمه لهذا فقط ولا يخبر به أحدًا غيرنا"}}, both, nil},
		{field.Option{Value: "destroy", Label: words{EN: "Keeps it safe, and destroys it as 42 CFR 2.16 asks", ES: "Lo guarda con seguridad y lo destruye como pide 42 CFR 2.16", AR: "يحفظه بأمان ويتلفه كما يطلب 42 CFR 2.16"}}, study, audit},
		{field.Option{Value: "retain", Label: words{EN: "Keeps records as long as the law asks", ES: "Conserva los registros el tiempo que pide la ley", AR: "يحفظ السجلات المدة التي يطلبها القانون"}}, study, audit},
		{field.Option{Value: "resist", Label: words{EN: "Is bound by 42 CFR part 2, and resists in court", ES: "Está sujeto a 42 CFR parte 2 y se opone ante un tribunal", AR: "ملزم بـ 42 CFR الجزء 2 ويعترض أمام المحكمة"}}, study, nil},
		{field.Option{Value: "nobody", Label: words{EN: "Names nobody in a report, not even by a hint", ES: "No nombra a nadie en un informe, ni siquiera con un indicio", AR: "لا يسمّي أحدًا في تقرير ولا حتى بالتلميح"}}, study, nil},
	}
}

// Promises are what the paper can promise.
func Promises() (out []field.Option) {
	for _, p := range promises() {
		out = append(out, p.Option)
	}
	return out
}

// tellable are the kinds that can be told without the person's yes: never a
// counsellor's own notes, and never a proof that someone came.
func tellable() (out []field.Option) {
	for _, k := range consent.Kinds() {
		if k.Value != consent.Counsel && k.Value != consent.Attendance {
			out = append(out, k)
		}
	}
	return out
}

// Agreements says what the record of one holds. It is about nobody who is
// walked with.
func Agreements() *field.Record[Agreement] {
	type f = field.Field[Agreement]
	text := func(column string, label words, at func(*Agreement) any) f {
		return f{Column: column, Kind: field.Text, Asked: true, Required: true, Limit: 200, Label: label, At: at}
	}
	id := func(column string, at func(*Agreement) any) f { return f{Column: column, Kind: field.Ref, At: at} }
	when := func(column string, label words, at func(*Agreement) any) f {
		return f{Column: column, Kind: field.Instant, Label: label, At: at}
	}
	return field.Define("disclose_agreement", field.Keys[Agreement]{ID: []string{"agreement"}},
		id("agreement", func(a *Agreement) any { return &a.ID }),
		f{Column: "kind", Kind: field.Choice, Asked: true, Required: true, Options: AgreementKinds(), Label: words{EN: "What is it for?", ES: "¿Para qué es?", AR: "لأي غرض؟"}, At: func(a *Agreement) any { return &a.Kind }},
		text("who", words{EN: "Who checks or studies", ES: "Quién revisa o estudia", AR: "من يراجع أو يدرس"}, func(a *Agreement) any { return &a.Who }),
		text("body", words{EN: "For which body", ES: "Para qué entidad", AR: "لأي جهة"}, func(a *Agreement) any { return &a.Body }),
		f{Column: "ground", Kind: field.Choice, Asked: true, Required: true, Options: Grounds(), Label: words{EN: "What lets them in", ES: "Qué les da acceso", AR: "ما الذي يخوّلهم"}, At: func(a *Agreement) any { return &a.Ground }},
		text("aim", words{EN: "What they want to find out", ES: "Qué quieren averiguar", AR: "ماذا يريدون أن يعرفوا"}, func(a *Agreement) any { return &a.Aim }),
		text("paper", words{EN: "Which signed paper, and where it is kept", ES: "Qué papel firmado y dónde está guardado", AR: "أي ورقة موقّعة وأين تُحفظ"}, func(a *Agreement) any { return &a.Paper }),
		f{Column: "promises", Kind: field.Choices, Asked: true, Required: true, Options: Promises(), Label: words{EN: "What the paper promises", ES: "Qué promete el papel", AR: "ما تعد به الورقة"}, At: func(a *Agreement) any { return &a.Promises }},
		f{Column: "copies", Kind: field.Flag, Asked: true, Label: words{EN: "They may take copies away", ES: "Pueden llevarse copias", AR: "يجوز لهم أخذ نسخ"}, At: func(a *Agreement) any { return &a.Copies }},
		f{Column: "what", Kind: field.Choices, Asked: true, Required: true, Options: tellable(), Label: words{EN: "What they may be told, and no more", ES: "Qué se les puede contar, y nada más", AR: "ما يجوز إخبارهم به ولا شيء غيره"}, At: func(a *Agreement) any { return &a.What }},
		when("until_at", words{EN: "Until", ES: "Hasta", AR: "حتى"}, func(a *Agreement) any { return &a.UntilAt }),
		id("made_by", func(a *Agreement) any { return &a.MadeBy }),
		when("made_at", words{EN: "Written down on", ES: "Anotado el", AR: "دُوّن في"}, func(a *Agreement) any { return &a.MadeAt }),
		id("approved_by", func(a *Agreement) any { return &a.ApprovedBy }),
		when("approved_at", words{EN: "Approved on", ES: "Aprobado el", AR: "اعتُمد في"}, func(a *Agreement) any { return &a.ApprovedAt }),
		id("ended_by", func(a *Agreement) any { return &a.EndedBy }),
		when("ended_at", words{EN: "Ended on", ES: "Terminado el", AR: "انتهى في"}, func(a *Agreement) any { return &a.EndedAt }),
		f{Column: "version", Kind: field.Version, At: func(a *Agreement) any { return &a.Version }},
	)
}
