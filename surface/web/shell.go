package web

import (
	"cmp"
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"alongside/platform/errs"
	"alongside/platform/i18n"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// shell is the frame around every page.
type shell struct {
	assets          *assets
	signIn, signOut string
	phone           bool // there are pages for phones without a network
}

// works reports whether a page is a worker's own, which may rest on a phone.
func (s *shell) works(v *page.View, d page.Doc) bool {
	return s.phone && d.Kind == page.Worker && v.Signed != nil
}

// pockets reports whether a person may keep the page on a phone of their own.
func (s *shell) pockets(v *page.View, d page.Doc) bool {
	return s.phone && d.Pocket && v.Signed != nil
}

// Frame puts d between header and footer.
func (s *shell) Frame(v *page.View, d page.Doc) templ.Component {
	return frame(v, d, s)
}

// Sorry is the page for an error: what happened, what to do, and crisis help.
func (s *shell) Sorry(v *page.View, e page.Sorry) page.Doc {
	what, hint := v.T(e.Say, e.Args...), e.Hint
	if !v.Words.Has(hint) {
		hint = "error." + e.Kind.String() + "-hint"
	}
	d := page.Doc{Title: what, Body: sorryPage(v, what, v.T(hint, e.Args...), e), Narrow: true}
	if v.Signed != nil {
		d.Kind = kindFor(v.Signed.Role)
	}
	return d
}

func kindFor(role string) page.DocKind {
	if role == "participant" {
		return page.Participant
	}
	return page.Worker
}

// title is what stands in the browser's history. A participant's is the same on
// every page and says nothing.
func title(v *page.View, d page.Doc) string {
	if d.Kind == page.Participant {
		return v.T("shell.your-page")
	}
	return d.Title + " · " + v.T("shell.name")
}

// brand is the name in the header.
func brand(v *page.View, d page.Doc) string {
	if d.Kind == page.Participant {
		return v.T("shell.your-page")
	}
	return v.T("shell.name")
}

func leaves(d page.Doc) bool { return d.Leave || d.Kind == page.Participant }

// back is where the language and theme forms come back to. After an error it is
// the first page, so that the answer is the same for every address.
func back(v *page.View, d page.Doc) string {
	if d.Status >= 400 {
		return cmp.Or(form(v, d), "/")
	}
	return page.OwnOr(v.Path, "/")
}

// form is the page that has the form which d answers, "" for none. A browser
// cannot come back to an answer, but to that page. What is not here names none.
func form(v *page.View, d page.Doc) string {
	if d.Status == http.StatusNotFound || d.Status >= http.StatusInternalServerError {
		return ""
	}
	return v.Form
}

func bodyClass(d page.Doc) string {
	var c []string
	if d.Narrow {
		c = append(c, "narrow")
	}
	if leaves(d) {
		c = append(c, "has-away")
	}
	return strings.Join(c, " ")
}

// who is the line beside crisis help: "Rosa, on duty until 07:00".
func who(v *page.View) string {
	if v.Signed.Note == "" {
		return v.Signed.Name
	}
	return v.T("shell.signed-as", "Name", ui.Apart(v.Signed.Name), "Note", v.Signed.Note)
}

func here(v *page.View, path string) string {
	if v.Path == path {
		return "page"
	}
	return "false"
}

// atHand is how many ways on the menu shows at once, when there are more than
// one could take in; where one is now is always among them.
const atHand = 4

// folded parts the menu into what is shown and what is folded. A menu that would
// fold one line folds none.
func folded(v *page.View) (first, more []page.Link) {
	if len(v.Menu) <= atHand+1 {
		return v.Menu, nil
	}
	for i, l := range v.Menu {
		if i < atHand || l.Path == v.Path {
			first = append(first, l)
		} else {
			more = append(more, l)
		}
	}
	return first, more
}

func isFault(e page.Sorry) bool { return e.Kind == errs.Internal || e.Kind == errs.Unavailable }

func scheme(v *page.View) string {
	if v.Theme == "" {
		return "light dark"
	}
	return v.Theme
}

// faces are the files that the first paint needs in a language.
func faces(v *page.View) []string {
	if v.Lang == i18n.Arabic {
		return []string{"vazirmatn-arabic-400-normal.woff2", "vazirmatn-arabic-700-normal.woff2"}
	}
	return []string{"atkinson-hyperlegible-next-latin-400-normal.woff2", "atkinson-hyperlegible-next-latin-700-normal.woff2"}
}

func callClass(l page.CrisisLine) string {
	if l.First {
		return "button button-go button-wide"
	}
	return "button button-quiet button-wide"
}
