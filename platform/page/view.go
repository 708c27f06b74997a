package page

import (
	"time"

	"alongside/platform/i18n"
)

// View says for whom and when a page is drawn. There is one per request.
type View struct {
	Words   *i18n.Words
	Lang    i18n.Lang
	Theme   string         // "light", "dark", or "" for what the device prefers
	Signed  *Signed        // nil when nobody is signed in
	Now     time.Time      // the instant of the request, from the program's clock
	Zone    *time.Location // where the organisation is; nil is UTC
	Path    string         // this page's path, without a query
	Form    string         // path of the page that has the form which this answers; "" for none
	Crisis  []CrisisLine   // who to call, for this organisation's country
	Country string         // two lower-case letters; decides the crisis lines; "" when not known
	Org     string         // the organisation's name; "" when it is not known or not to be said
	Ref     string         // reference of this request, also in the log
	Menu    []Link         // ways on for who is signed in; the shell draws them
}

// Signed is what the frame may say of who is signed in.
type Signed struct {
	Name string // the name they use
	Role string // one of the roles of access
	Note string // a few words beside the name, e.g. "on duty until 07:00"
}

// CrisisLine is one number to call or text, as the organisation's country or
// the organisation itself gives it.
type CrisisLine struct {
	Name  i18n.Text // "988 Suicide and Crisis Lifeline"
	Says  i18n.Text // when to use it, in one sentence
	Call  string    // number as it is dialled; "" when it cannot be called
	Text  string    // number as it is texted; "" when it cannot
	Word  string    // what to text to Text, when a word is asked for
	First bool      // danger to life: stands first and larger
}

// Link is a way on, in words.
type Link struct {
	Path  string
	Label string
}

// T returns the words of key; see i18n.Words.
func (v *View) T(key string, kv ...any) string { return v.Words.T(key, kv...) }

// In is the view in other words, for what is read in another language than its page.
func (v *View) In(w *i18n.Words) *View {
	out := *v
	out.Words, out.Lang = w, w.Lang
	return &out
}

// N returns the words of key for a number; see i18n.Words.
func (v *View) N(key string, n int, kv ...any) string { return v.Words.N(key, n, kv...) }

// Text returns t in the view's language.
func (v *View) Text(t i18n.Text) string { return t.In(v.Lang) }

// CrisisPath leads to crisis help, with the numbers of the view's country.
func (v *View) CrisisPath() string {
	if v.Country == "" {
		return "/crisis"
	}
	return "/crisis/" + v.Country
}

// Dir returns "rtl" or "ltr".
func (v *View) Dir() string { return v.Lang.Dir() }

// Local returns t on the clock of the organisation.
func (v *View) Local(t time.Time) time.Time {
	if v.Zone == nil {
		return t.UTC()
	}
	return t.In(v.Zone)
}
