package access

import (
	"slices"
	"sync"
	"time"

	"alongside/platform/field"
	"alongside/platform/i18n"
	"alongside/platform/scope"
)

// The roles an account may hold. An account acts in one of them at a time.
const (
	Participant   = "participant"   // walks their own path
	Peer          = "peer"          // walks alongside
	Supervisor    = "supervisor"    // a peer by background who supports peers
	Coordinator   = "coordinator"   // runs a programme, a rota, a centre
	Evaluator     = "evaluator"     // sees figures, never a person
	Administrator = "administrator" // accounts and settings, never content
)

// RoleRule says how a sign-in in a role behaves. A device that may be shared
// forgets sooner.
type RoleRule struct {
	Role    string
	Label   i18n.Text
	Says    i18n.Text     // what the role is for, in one sentence
	Whole   time.Duration // a sign-in ends after this, whatever happens
	Idle    time.Duration // and after this long without a look
	Keeps   bool          // the cookie outlives the closing of the browser
	Purpose string        // why someone in this role looks, unless a page says otherwise
}

// RoleRules lists the roles in the order they are offered.
func RoleRules() []RoleRule { return slices.Clone(roleRules()) }

// roleRules are made once: each decision asks for one. Nobody may change them.
var roleRules = sync.OnceValue(func() []RoleRule {
	return []RoleRule{
		{
			Role:  Peer,
			Label: i18n.Text{EN: "Peer", ES: "Par", AR: "مرافق"},
			Says:  i18n.Text{EN: "Walks alongside people.", ES: "Acompaña a las personas.", AR: "يسير إلى جانب الناس."},
			Whole: 12 * time.Hour, Idle: time.Hour, Keeps: true, Purpose: scope.Treatment,
		},
		{
			Role:  Supervisor,
			Label: i18n.Text{EN: "Supervisor", ES: "Supervisión", AR: "مشرف"},
			Says:  i18n.Text{EN: "Supports peers.", ES: "Apoya a los pares.", AR: "يدعم المرافقين."},
			Whole: 12 * time.Hour, Idle: time.Hour, Keeps: true, Purpose: scope.Treatment,
		},
		{
			Role:  Coordinator,
			Label: i18n.Text{EN: "Coordinator", ES: "Coordinación", AR: "منسق"},
			Says:  i18n.Text{EN: "Runs the programme and its places.", ES: "Lleva el programa y sus lugares.", AR: "يدير البرنامج وأماكنه."},
			Whole: 12 * time.Hour, Idle: time.Hour, Keeps: true, Purpose: scope.Treatment,
		},
		{
			Role:  Evaluator,
			Label: i18n.Text{EN: "Evaluator", ES: "Evaluación", AR: "مقيّم"},
			Says:  i18n.Text{EN: "Sees figures, never a person.", ES: "Ve cifras, nunca a una persona.", AR: "يرى الأرقام ولا يرى شخصًا."},
			Whole: 12 * time.Hour, Idle: time.Hour, Keeps: true, Purpose: scope.Operations,
		},
		{
			Role:  Administrator,
			Label: i18n.Text{EN: "Administrator", ES: "Administración", AR: "مسؤول النظام"},
			Says:  i18n.Text{EN: "Looks after accounts and settings, sees no one's story.", ES: "Cuida las cuentas y los ajustes; no ve la historia de nadie.", AR: "يعتني بالحسابات والإعدادات ولا يرى قصة أحد."},
			Whole: 12 * time.Hour, Idle: time.Hour, Keeps: true, Purpose: scope.Operations,
		},
		{
			Role:  Participant,
			Label: i18n.Text{EN: "Participant", ES: "Participante", AR: "مشارك"},
			Says:  i18n.Text{EN: "Walks their own path.", ES: "Sigue su propio camino.", AR: "يسير في طريقه."},
			Whole: 12 * time.Hour, Idle: 5 * time.Minute, Purpose: scope.OwnRequest,
		},
	}
})

// RuleOf returns a role's rule; ok is false for a role there is none of.
func RuleOf(role string) (RoleRule, bool) {
	all := roleRules()
	i := slices.IndexFunc(all, func(r RoleRule) bool { return r.Role == role })
	if i < 0 {
		return RoleRule{}, false
	}
	return all[i], true
}

func roleOptions() []field.Option {
	var out []field.Option
	for _, r := range RoleRules() {
		out = append(out, field.Option{Value: r.Role, Label: r.Label})
	}
	return out
}

// works reports whether an account has a role of someone who works here. The
// accounts page lists only those: that someone is a participant is nothing an
// administrator needs to know.
func works(roles []string) bool {
	return slices.ContainsFunc(roles, func(r string) bool { return r != Participant })
}
