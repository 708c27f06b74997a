package access

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"alongside/platform/field"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

func doorDoc(v *page.View, d door) page.Doc {
	return page.Doc{Title: v.T("access.sign-in.title"), Body: doorBody(v, d), Leave: true, Narrow: true, Status: d.Status}
}

// awayDoc is for a participant whose sign-in is over.
func awayDoc(v *page.View, to string) page.Doc {
	return page.Doc{Title: v.T("access.sign-in.title"), Kind: page.Participant, Body: awayBody(v, cardDoorLink(to), "/sign-in?other=1&to="+url.QueryEscape(to)), Narrow: true}
}

// madeWords says who made a link, when, and whether somebody came in with it.
func madeWords(v *page.View, m Made) string {
	key, when := "access.made.by", ui.Apart(v.When(m.At))
	switch {
	case m.Card && m.By == "":
		key = "access.made.card-machine"
	case m.Card:
		key = "access.made.card-by"
	case m.By == "":
		key = "access.made.machine"
	}
	says := v.T(key, "Who", ui.Apart(m.By), "When", when)
	if m.Used.IsZero() {
		return says + " " + v.T("access.made.unused")
	}
	return says + " " + v.T("access.made.used", "When", ui.Apart(v.When(m.Used)))
}

func linkDoc(v *page.View, path, act string) page.Doc {
	return page.Doc{Title: v.T("access.sign-in.title"), Body: linkBody(v, path, act), Leave: true, Narrow: true}
}

// goneDoc has the status of a page that is not here: the link may never have
// been one.
func goneDoc(v *page.View) page.Doc {
	return page.Doc{Title: v.T("access.sign-in.title"), Body: goneBody(v), Leave: true, Narrow: true, Status: 404}
}

func roleDoc(v *page.View, roles []string, to string) page.Doc {
	return page.Doc{Title: v.T("access.role.title"), Kind: kind(v), Body: roleBody(v, roles, to), Narrow: true}
}

func ownDoc(v *page.View, o ownPage) page.Doc {
	return page.Doc{Title: v.T("access.account.title"), Kind: kind(v), Body: ownBody(v, o), Narrow: true, Status: o.Status}
}

func setupDoc(v *page.View, s setup) page.Doc {
	return page.Doc{Title: v.T("access.setup.title"), Kind: kind(v), Body: setupBody(v, s), Narrow: true, Status: s.Status}
}

func signInsDoc(v *page.View, list []SignIn, made []Made) page.Doc {
	return page.Doc{Title: v.T("access.signins.title"), Kind: kind(v), Body: signInsBody(v, list, made), Narrow: true}
}

func accountsDoc(v *page.View, list []Account) page.Doc {
	return page.Doc{Title: v.T("access.accounts.title"), Kind: page.Worker, Body: accountsBody(v, list)}
}

func inviteDoc(v *page.View, f inviteForm) page.Doc {
	d := page.Doc{Title: v.T("access.invite.title"), Kind: page.Worker, Body: inviteBody(v, f), Narrow: true}
	if len(f.Problems) > 0 {
		d.Status = f.Status
	}
	return d
}

func invitedDoc(v *page.View, name, link string, until time.Time) page.Doc {
	return page.Doc{Title: v.T("access.invite.title"), Kind: page.Worker, Body: invitedBody(v, name, link, until), Narrow: true}
}

func oneDoc(v *page.View, o one) page.Doc {
	return page.Doc{Title: v.T("access.accounts.title"), Kind: page.Worker, Body: oneBody(v, o), Narrow: true, Status: o.Status}
}

// roleName is a role in the reader's words.
func roleName(v *page.View, role string) string {
	r, _ := RuleOf(role)
	return v.Text(r.Label)
}

func roleSays(v *page.View, role string) string {
	r, _ := RuleOf(role)
	return v.Text(r.Says)
}

// inOrder puts roles into the order they are offered in.
func inOrder(roles []string) []string {
	var out []string
	for _, r := range RoleRules() {
		if slices.Contains(roles, r.Role) {
			out = append(out, r.Role)
		}
	}
	return out
}

// workRoles are the roles an accounts page speaks of.
func workRoles(roles []string) []string {
	return slices.DeleteFunc(inOrder(roles), func(r string) bool { return r == Participant })
}

func workOptions(v *page.View) []ui.OptionProps {
	var out []ui.OptionProps
	for _, r := range RoleRules() {
		if r.Role != Participant {
			out = append(out, ui.OptionProps{Value: r.Role, Label: v.Text(r.Label), Hint: v.Text(r.Says)})
		}
	}
	return out
}

func roleNames(v *page.View, roles []string) string {
	var out []string
	for _, r := range workRoles(roles) {
		out = append(out, roleName(v, r))
	}
	return strings.Join(out, " · ")
}

// asked is a field of the account's own list, as a form part asks for it.
func asked(v *page.View, column, value string, problems []page.Problem) ui.FieldProps {
	f := accountField(column)
	return ui.FieldProps{
		Name: column, Label: v.Text(f.Label), Hint: v.Text(f.Hint), Value: value,
		Say: page.ProblemOf(problems, column), Max: f.Limit,
	}
}

// ownNameField asks someone for their own name.
func ownNameField(v *page.View, o ownPage) ui.FieldProps {
	p := asked(v, "name", o.Profile.Name, o.Problems)
	p.Label, p.Hint = v.T("access.account.name"), v.T("access.account.name-hint")
	return p
}

func accountField(column string) field.Field[Account] {
	f, _ := Accounts().Field(column)
	return f
}

func languageChoice(v *page.View, value, none string) ui.ChoiceProps {
	options := []ui.OptionProps{{Value: "", Label: none}}
	for _, o := range languageOptions() {
		options = append(options, ui.OptionProps{Value: o.Value, Label: o.Label.In(v.Lang)})
	}
	return ui.ChoiceProps{Name: "language", Label: v.Text(accountField("language").Label), Values: []string{value}, Options: options}
}

func rolesChoice(v *page.View, roles []string, problems []page.Problem) ui.ChoiceProps {
	return ui.ChoiceProps{
		Name: "roles", Label: v.Text(accountField("roles").Label), Values: roles, Options: workOptions(v), Say: page.ProblemOf(problems, "roles"),
	}
}

// wayWords says how and when a sign-in was made.
func wayWords(v *page.View, in SignIn) string {
	when := ui.Apart(v.When(in.CreatedAt))
	switch in.Way {
	case WayPasskey:
		return v.T("access.signins.by-passkey", "When", when)
	case WayCard:
		return v.T("access.signins.by-card", "When", when)
	case WayPassword:
		return v.T("access.signins.by-password", "When", when)
	}
	return v.T("access.signins.by-link", "When", when)
}

func agentOr(v *page.View, agent, otherwise string) string {
	if agent == "" {
		return v.T(otherwise)
	}
	return agent
}

func keyWords(v *page.View, p Passkey) string {
	made := ui.Apart(v.When(p.CreatedAt))
	if p.UsedAt.IsZero() {
		return v.T("access.account.key-made", "When", made)
	}
	return v.T("access.account.key-used", "When", made, "Used", ui.Apart(v.When(p.UsedAt)))
}

func (o ownPage) hasWay() bool {
	return len(o.Ways.Passkeys) > 0 || !o.Ways.PasswordSince.IsZero() || !o.Ways.CardSince.IsZero()
}

// byCard reports whether whoever reads came in by a card, which sets up no other way.
func (o ownPage) byCard() bool { return o.Who.Way == WayCard }

func signInTags(v *page.View, in SignIn) []ui.TagProps {
	var out []ui.TagProps
	if in.This {
		out = append(out, ui.TagProps{Words: v.T("access.signins.this"), Tone: ui.Leaf})
	}
	if in.Role != "" {
		out = append(out, ui.TagProps{Words: roleName(v, in.Role)})
	}
	return out
}

func hasOthers(list []SignIn) bool {
	return slices.ContainsFunc(list, func(in SignIn) bool { return !in.This })
}

func accountRows(v *page.View, list []Account) [][]ui.Cell {
	var out [][]ui.Cell
	for _, a := range list {
		state := ui.Cell{Words: v.T("access.accounts.open"), Tagged: true}
		if !a.Open(v.Now) {
			state = ui.Cell{Words: v.T("access.accounts.paused"), Tagged: true, Tag: ui.Clay}
		}
		out = append(out, []ui.Cell{{Words: a.Name, Path: "/accounts/" + string(a.ID)}, {Words: roleNames(v, a.Roles)}, state})
	}
	return out
}

// grouped writes letters in fours, so that they can be copied by eye.
func grouped(s string) string {
	var b strings.Builder
	for i, r := range s {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// lastDay asks on which day an account may be used last.
func lastDay(v *page.View, o one) ui.FieldProps {
	p := ui.FieldProps{Name: "until", Label: v.T("access.one.until"), Kind: "date", Optional: true, Say: page.ProblemOf(o.Problems, "until")}
	if !o.Account.UntilAt.IsZero() {
		p.Value = v.Local(o.Account.UntilAt.Add(-time.Second)).Format(time.DateOnly)
	}
	return p
}

func onePath(o one, what string) string { return "/accounts/" + string(o.Account.ID) + "/" + what }

func emailField(v *page.View, f inviteForm) ui.FieldProps {
	p := asked(v, "email", f.New.Email, f.Problems)
	p.Kind = "email"
	return p
}

func accountFacts(v *page.View, a Account) []field.Shown {
	return Accounts().Show(&a, v.Words, v.Local(v.Now).Location(), Administrator)
}

// otherTone keeps one main button on a page: a password is the main way only
// where there are no passkeys.
func otherTone(passkeys bool) ui.ButtonTone {
	if passkeys {
		return ui.Quiet
	}
	return ui.Go
}

// keyProps is a passkey's button: the path that asks and, with "/ask", the one
// that is asked first.
type keyProps struct {
	Path  string
	Do    string // "use" or "make"
	To    string // where to go on
	Still bool
}

func passwordWords(v *page.View, o ownPage) string {
	if o.Ways.PasswordSince.IsZero() {
		return v.T("access.account.password-none")
	}
	return v.T("access.account.password-since", "When", ui.Apart(v.When(o.Ways.PasswordSince)))
}

// choose says what someone without a way of their own may do: a person can be given
// a card by who walks with them.
func (o ownPage) choose(v *page.View) string {
	if v.Signed != nil && v.Signed.Role == Participant {
		return "access.account.choose-own"
	}
	return "access.account.choose-says"
}
