package handoff

import (
	"slices"
	"sync"
	"time"

	"alongside/platform/flow"
	"alongside/platform/i18n"
)

// The steps, in the order of the path.
const (
	StepAsk       = "ask"
	StepHold      = "hold"
	StepRelease   = "release"
	StepFound     = "found"
	StepElsewhere = "yes_elsewhere"
	StepShown     = "shown"
	StepConfirm   = "confirm"
	StepAck       = "acknowledge"
	StepSetOut    = "set_out"
	StepGiveBack  = "give_back"
	StepNotFound  = "cannot_find"
	StepLookAgain = "look_again"
	StepMeet      = "meet"
	StepAgree     = "agree"
	StepQuiet     = "go_quietly"
	StepSupport   = "support_not_now"
	StepTakeBack  = "take_back"
	StepOffer     = "offer"
	StepAccept    = "accept"
	StepServiceNo = "service_no"
	StepPersonNo  = "person_no"
	StepReoffer   = "reoffer"
	StepIntro     = "introduce"
	StepTravel    = "travel"
	StepConnect   = "connect"
	StepMissed    = "not_there"
	StepLose      = "out_of_touch"
	StepRest      = "rest"
	StepBack      = "back_in_touch"
	StepThere     = "back_and_there"
	StepStayed30  = "stayed_30"
	StepStayed90  = "stayed_90"
	StepNotNow    = "not_now"
	StepReopen    = "reopen"
	StepClose     = "close"
	StepBeside    = "beside"
	StepSeen      = "seen"
	StepThanks    = "thanks"
	StepNotRight  = "not_right"
	StepOther     = "someone_else"
	StepHeard     = "heard"
	StepContact   = "other_contact"
	StepCorrect   = "correct"
	StepUndo      = "undo"
)

// Roles in the flow beside those of accounts: who asks by a link, the service
// by its link, the person by theirs, and a file that is read in.
const (
	RoleAsker       = "asker"
	RoleDestination = "destination"
	RolePerson      = "person"
	RoleImport      = "import"
)

// Facts are what the guards look at: the hand-off as it is, what the form says,
// when it happened, whether a live consent covers telling the destination, and
// how often the site lets a service be offered again.
type Facts struct {
	Now      Handoff
	Input    Input
	At       time.Time
	Covered  bool
	Reoffers int64
	Unfit    bool      // who would come must not: they know the person outside
	Off      bool      // who would come has days off, and nobody said "all the same" yet
	NoNumber bool      // nobody knows a number of theirs
	Theirs   bool      // whoever acts walks with the person, or nobody does and they answer for peers
	RestsAt  time.Time // from when on one of whom nobody hears may rest; zero: never
	Actor    string
	Last     Event // what happened last, for who would take it back
}

// Flow is the hand-off as a table of steps.
func Flow() *flow.Flow[Facts] { return oneFlow() }

var oneFlow = sync.OnceValue(func() *flow.Flow[Facts] {
	steps := slices.Concat(arrival(), changing(), bedside(), service(), journey(), after(), aside(), voices(), undoing(), followed())
	for i, s := range steps {
		if slices.Contains(walkersOnly(), s.Name) {
			steps[i].Guard = notAnothers
			if s.Guard != nil {
				steps[i].Guard = both(notAnothers, s.Guard)
			}
		}
	}
	return &flow.Flow[Facts]{Name: "hand-off", States: States(), Steps: steps}
})

// arrival is from the ask to a peer on the way.
func arrival() []flow.Step[Facts] {
	peers, leads := []string{"peer", "supervisor"}, []string{"peer", "supervisor", "coordinator"}
	askers := append([]string{RoleAsker, RolePerson}, leads...)
	return []flow.Step[Facts]{
		{
			Name: StepAsk, To: Requested, Who: askers,
			Label: i18n.Text{EN: "Ask for a peer now", ES: "Pedir un par ahora", AR: "اطلب مرافقا الآن"},
			Done:  i18n.Text{EN: "A peer was asked for", ES: "Se pidió un par", AR: "طُلب مرافق"},
		},
		{
			Name: StepHold, To: Held, Who: askers,
			Label: i18n.Text{EN: "Keep until someone looks", ES: "Guardar hasta que alguien lo mire", AR: "يُحفظ إلى أن ينظر فيه أحد"},
			Done:  i18n.Text{EN: "Asked for, one of many at once", ES: "Se pidió, uno de muchos a la vez", AR: "طُلب ضمن طلبات كثيرة معا"},
		},
		{
			Name: StepRelease, From: []string{Held}, To: Requested, Who: leads,
			Label: i18n.Text{EN: "This one is real, tell the peers", ES: "Este es real, avisar a los pares", AR: "هذا حقيقي، أخبروا المرافقين"},
			Done:  i18n.Text{EN: "Someone looked, peers were told", ES: "Alguien lo miró, se avisó a los pares", AR: "نظر فيه أحد وأُخبر المرافقون"},
		},
		{
			Name: StepFound, To: Unconfirmed, Who: []string{RoleImport},
			Label: i18n.Text{EN: "Read from a hospital file", ES: "Leído de un archivo del hospital", AR: "قُرئ من ملف المستشفى"},
			Done:  i18n.Text{EN: "Read from a hospital file", ES: "Leído de un archivo del hospital", AR: "قُرئ من ملف المستشفى"},
		},
		{
			Name: StepElsewhere, From: []string{Unconfirmed}, To: Acknowledged, Who: []string{RoleImport},
			Label: i18n.Text{EN: "Another system says that someone goes", ES: "Otro sistema dice que alguien va", AR: "نظام آخر يقول إن أحدا سيذهب"},
			Done:  i18n.Text{EN: "Another system says that someone goes", ES: "Otro sistema dice que alguien va", AR: "نظام آخر يقول إن أحدا سيذهب"},
		},
		{
			Name: StepShown, From: []string{Unconfirmed, Acknowledged, NotNow}, To: Connected, Who: []string{RoleImport},
			Needs: []string{"connected_source"}, Guard: both(needsSource, nobodyHere),
			Label: i18n.Text{EN: "The record shows a first visit", ES: "El registro muestra una primera visita", AR: "يظهر السجل زيارة أولى"},
			Done:  i18n.Text{EN: "The record shows a first visit", ES: "El registro muestra una primera visita", AR: "يظهر السجل زيارة أولى"},
		},
		{
			Name: StepConfirm, From: []string{Unconfirmed}, To: Requested, Who: leads,
			Label: i18n.Text{EN: "They were asked, send a peer", ES: "Se le preguntó, que vaya un par", AR: "تم سؤاله، أرسلوا مرافقا"},
			Done:  i18n.Text{EN: "Someone asked them", ES: "Alguien le preguntó", AR: "سأله شخص ما"},
			Yours: i18n.Text{EN: "Someone asked you", ES: "Alguien le preguntó a usted", AR: "سألك شخص ما"},
			Needs: []string{"answer"}, Guard: needs("answer"),
		},
		{
			Name: StepAck, From: []string{Requested}, To: Acknowledged, Who: peers,
			Guard: fits,
			Label: i18n.Text{EN: "I will go", ES: "Yo voy", AR: "سأذهب"},
			Done:  i18n.Text{EN: "A peer said yes", ES: "Un par dijo que sí", AR: "وافق مرافق"},
		},
		{
			Name: StepSetOut, From: []string{Acknowledged}, To: OnTheWay, Who: peers,
			Label: i18n.Text{EN: "I am on my way", ES: "Estoy en camino", AR: "أنا في الطريق"},
			Done:  i18n.Text{EN: "On the way", ES: "En camino", AR: "في الطريق"},
			Needs: []string{"minutes"}, Guard: isTheirs,
		},
		{
			Name: StepGiveBack, Aside: true, From: []string{Acknowledged, OnTheWay}, To: Requested, Who: peers,
			Label: i18n.Text{EN: "I cannot go after all", ES: "Al final no puedo ir", AR: "لا أستطيع الذهاب"},
			Done:  i18n.Text{EN: "Another peer is being asked", ES: "Se está pidiendo otro par", AR: "يُطلب مرافق آخر"},
		},
	}
}
