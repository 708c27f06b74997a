package bridge

import (
	"alongside/domain/access"
	"alongside/platform/flow"
	"alongside/platform/i18n"
)

// The steps of a note.
const (
	StepBegin   = "begin"
	StepWrite   = "write"
	StepApprove = "approve"
	StepUndo    = "undo" // the yes is taken back before the note is sent
	StepSend    = "send"
	StepLink    = "link" // a new link, on a new device
	StepBack    = "back" // the note is taken back after it was sent
)

// NoteFlow is how a note goes. Whoever writes, it is the person who says yes:
// on their own page, or beside the peer on the peer's screen.
func NoteFlow() *flow.Flow[Note] {
	both := []string{access.Peer, access.Supervisor, access.Participant}
	walkers := []string{access.Peer, access.Supervisor}
	return &flow.Flow[Note]{
		Name: "bridge_note",
		States: []flow.State{
			{Name: Draft, Label: stateWords(Draft), Open: true},
			{Name: Approved, Label: stateWords(Approved), Open: true},
			{Name: Sent, Label: stateWords(Sent), End: "the person lets it stand"},
			{Name: Back, Label: stateWords(Back), End: "the person took it back"},
		},
		Steps: []flow.Step[Note]{
			{
				Name: StepBegin, To: Draft, Who: both,
				Label: i18n.Text{EN: "Write a note", ES: "Escribir una nota", AR: "كتابة ملاحظة"},
				Done:  i18n.Text{EN: "A note was begun", ES: "Se empezó una nota", AR: "بدأت كتابة ملاحظة"},
			},
			{
				Name: StepWrite, From: []string{Draft, Approved}, To: Draft, Who: both,
				Label: i18n.Text{EN: "Save these words", ES: "Guardar estas palabras", AR: "حفظ هذه الكلمات"},
				Done:  i18n.Text{EN: "The words were changed", ES: "Se cambiaron las palabras", AR: "تغيرت الكلمات"},
			},
			{
				Name: StepApprove, From: []string{Draft}, To: Approved, Who: both,
				Label: i18n.Text{EN: "Yes, these words", ES: "Sí, estas palabras", AR: "نعم، هذه الكلمات"},
				Done:  i18n.Text{EN: "The person said yes", ES: "La persona dijo que sí", AR: "وافق الشخص"},
			},
			{
				Name: StepUndo, From: []string{Approved}, To: Draft, Who: both, Aside: true,
				Label: i18n.Text{EN: "Take the yes back", ES: "Retirar el sí", AR: "سحب الموافقة"},
				Done:  i18n.Text{EN: "The yes was taken back", ES: "Se retiró el sí", AR: "سُحبت الموافقة"},
			},
			{
				Name: StepSend, From: []string{Approved}, To: Sent, Who: walkers,
				Label: i18n.Text{EN: "Let them read it", ES: "Dejar que la lean", AR: "السماح لهم بقراءتها"},
				Done:  i18n.Text{EN: "It was sent", ES: "Se envió", AR: "أُرسلت"},
			},
			{
				Name: StepLink, From: []string{Sent}, To: flow.Stay, Who: walkers, Aside: true,
				Label: i18n.Text{EN: "Make a new link", ES: "Crear un enlace nuevo", AR: "إنشاء رابط جديد"},
				Done:  i18n.Text{EN: "It got a new link", ES: "Recibió un enlace nuevo", AR: "حصلت على رابط جديد"},
			},
			{
				Name: StepBack, From: []string{Sent}, To: Back, Who: both, Aside: true,
				Label: i18n.Text{EN: "Take the note back", ES: "Retirar la nota", AR: "سحب الملاحظة"},
				Done:  i18n.Text{EN: "It was taken back", ES: "Se retiró", AR: "سُحبت"},
			},
		},
	}
}

func stateWords(state string) i18n.Text {
	f, _ := Notes().Field("state")
	return f.Option(state)
}

// stepTo is the state that a step leads to.
func stepTo(f *flow.Flow[Note], step string) string {
	for _, s := range f.Steps {
		if s.Name == step {
			return s.To
		}
	}
	return ""
}
