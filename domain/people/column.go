package people

import "strings"

// Column is what a file can say of a person, and the headings that spreadsheets
// in English, Spanish and Arabic give it. The first heading that a file has is
// taken: a mobile number before one at home.
type Column struct {
	Name     string // as --map says it
	Says     string
	Headings []string
}

// The names of the columns.
const (
	colID          = "id"
	colName        = "name"
	colFirst       = "first"
	colLast        = "last"
	colLegal       = "legal_name"
	colPronouns    = "pronouns"
	colLanguages   = "languages"
	colPhone       = "phone"
	colEmail       = "email"
	colVoicemail   = "voicemail"
	colTexts       = "texts"
	colNoVoicemail = "no_voicemail"
	colNoTexts     = "no_texts"
	colNoContact   = "no_contact"
	colSafety      = "safety"
	colSince       = "since"
)

// Columns lists what can be taken from a file. What a file says besides, such
// as a birth date, a diagnosis or a number of an authority, has no place in a
// person's record and is not kept.
func Columns() []Column {
	return []Column{
		{colID, "the other system's own number, by which a row is known again", []string{
			"id", "person id", "participant id", "client id", "record id", "case id", "member id", "external id", "contact id", "unique id", "uid", "patient id", "mrn",
			"identificador", "id participante", "id cliente", "expediente", "no expediente", "número de expediente", "المعرف", "رقم الملف", "الرقم التعريفي",
		}},
		{colName, "the name they use", []string{
			"preferred name", "name used", "name they use", "goes by", "chosen name", "known as", "nickname", "alias", "preferred first name",
			"name", "full name", "participant name", "client name", "person name", "participant", "display name", "complete name",
			"nombre preferido", "nombre que usa", "apodo", "nombre completo", "nombre y apellidos", "nombre y apellido", "nombre del participante",
			"الاسم المفضل", "اسم الشهرة", "الاسم الكامل", "الاسم", "اسم المشارك", "اللقب المفضل",
		}},
		{colFirst, "first name", []string{
			"first name", "firstname", "given name", "given names", "forename", "first", "fname",
			"nombre", "nombres", "primer nombre", "nombre de pila", "الاسم الأول", "الاسم الاول",
		}},
		{colLast, "family name", []string{
			"last name", "lastname", "surname", "family name", "last", "lname", "second name",
			"apellido", "apellidos", "primer apellido", "اسم العائلة", "اللقب", "الاسم الأخير", "الكنية",
		}},
		{colLegal, "the name on their papers", []string{
			"legal name", "legal full name", "name on papers", "name on their papers", "name on id",
			"nombre legal", "nombre en sus papeles", "nombre oficial", "الاسم القانوني", "الاسم الرسمي", "الاسم في الأوراق الرسمية",
		}},
		{colPronouns, "pronouns", []string{"pronouns", "preferred pronouns", "pronombres", "pronombre", "الضمائر", "الضمير"}},
		{colLanguages, "languages", []string{
			"languages", "language", "preferred language", "primary language", "language preference", "spoken language", "languages spoken", "lang",
			"idioma", "idiomas", "idioma preferido", "lengua", "lenguas", "اللغة", "اللغات", "اللغة المفضلة", "لغة التواصل",
		}},
		{colPhone, "telephone", []string{
			"mobile", "mobile phone", "cell", "cell phone", "cellphone", "mobile number", "cell number", "phone mobile", "phone cell", "phone", "phone number", "telephone", "telephone number", "tel", "primary phone", "contact number", "phone 1", "home phone", "phone home",
			"móvil", "celular", "teléfono móvil", "teléfono celular", "teléfono", "número de teléfono", "núm teléfono", "tlf", "الجوال", "الهاتف المحمول", "الموبايل", "رقم الجوال", "رقم الهاتف", "الهاتف", "هاتف", "تلفون",
		}},
		{colEmail, "e-mail", []string{
			"email", "e mail", "email address", "e mail address", "mail", "correo", "correo electrónico", "e mail personal", "البريد الإلكتروني", "البريد", "الايميل", "الإيميل",
		}},
		{colVoicemail, "a voicemail is fine: yes or no", []string{
			"voicemail ok", "ok to leave voicemail", "okay to leave voicemail", "leave voicemail", "may leave voicemail", "can leave voicemail", "voicemail", "voice mail", "ok to leave message", "leave message", "ok to leave a message", "can we leave a voicemail", "leaving a voicemail is fine",
			"mensaje de voz", "buzón de voz", "se puede dejar mensaje", "dejar mensaje de voz", "se puede dejar un mensaje de voz", "رسالة صوتية", "البريد الصوتي", "يمكن ترك رسالة صوتية",
		}},
		{colTexts, "a text is fine: yes or no", []string{
			"ok to text", "okay to text", "text ok", "texts ok", "text", "texts", "may text", "can text", "can we text", "sms", "sms ok", "sms consent", "text consent", "text messages", "text message ok", "a text is fine",
			"mensaje de texto", "mensajes de texto", "se puede enviar mensaje de texto", "se puede enviar un mensaje de texto", "رسالة نصية", "رسائل نصية", "يمكن إرسال رسالة نصية",
		}},
		{colNoVoicemail, "no voicemail: yes or no", []string{"no voicemail", "do not leave voicemail", "dont leave voicemail", "do not leave message", "no dejar mensaje", "no dejar mensaje de voz", "لا رسائل صوتية"}},
		{colNoTexts, "no text: yes or no", []string{"no text", "no texts", "do not text", "dont text", "no sms", "sms opt out", "text opt out", "no enviar mensajes", "no mensajes de texto", "لا رسائل نصية"}},
		{colNoContact, "do not call: yes or no", []string{"do not call", "do not contact", "no calls", "dont call", "no contact", "dnc", "no llamar", "no contactar", "لا تتصل", "عدم الاتصال"}},
		{colSafety, "how to reach them safely", []string{
			"safe contact", "safe contact notes", "safe contact instructions", "contact notes", "contact instructions", "contact preference notes", "best time to call", "best time to contact", "when to call", "to reach them safely", "how to reach them safely", "how to reach safely", "safety notes", "safety note", "safety",
			"contacto seguro", "instrucciones de contacto", "mejor hora para llamar", "horario de contacto", "para contactar sin riesgo", "cómo contactar sin riesgo", "seguridad", "notas de seguridad", "السلامة", "ملاحظات السلامة", "التواصل الآمن", "ملاحظات التواصل", "أفضل وقت للاتصال", "للتواصل معه بأمان",
		}},
		{colSince, "the day since which they are here", []string{
			"since", "here since", "intake date", "date of intake", "enrollment date", "enrolment date", "enrolled", "enrolled on", "start date", "program start", "program start date", "admission date", "joined", "date joined", "date added", "registered", "registration date",
			"fecha de ingreso", "fecha de inscripción", "fecha de inicio", "fecha de alta", "aquí desde", "desde", "تاريخ التسجيل", "تاريخ الالتحاق", "تاريخ البدء", "تاريخ الدخول", "هنا منذ",
		}},
	}
}

// heading is a column's heading as headings are compared: folded, with nothing
// between its words.
func heading(s string) string { return strings.ReplaceAll(Fold(s), " ", "") }

// bare is a heading without what stands in brackets at its end.
func bare(s string) string {
	if i := strings.IndexAny(s, "(["); i > 0 {
		return s[:i]
	}
	return s
}

// limits are how many characters a column's words may have.
func limits() map[string]int {
	out := map[string]int{colID: 120, colSince: 40}
	for _, f := range Persons().Fields {
		out[f.Column] = max(f.Limit, 120)
		if f.Limit > 0 {
			out[f.Column] = f.Limit
		}
	}
	out[colFirst], out[colLast] = out[colName], out[colName]
	return out
}

func columnNames() []string {
	var out []string
	for _, c := range Columns() {
		out = append(out, c.Name)
	}
	return out
}
