// Package page is how the program answers a browser: a handler that returns an
// error, the view that says for whom a page is drawn, the one place that puts a
// page into its frame, and the one place that answers an error. Forms, ids that
// make a double press harmless, and event streams are here too.
//
// The frame itself (header, crisis help, languages) is given by surface/web
// through the context, so that this package has never heard of recovery.
//
// It is not a library because net/http and templ do the work; what is left is
// this program's own promise: one answer, in plain words, and no half pages.
package page

import (
	"context"
	"log/slog"
	"net/http"
	"sync"

	"github.com/a-h/templ"

	"alongside/platform/i18n"
)

// Handler parses a request, calls one service method and shows a page. It
// returns an error instead of answering it; Answer does that in one place.
type Handler func(w http.ResponseWriter, r *http.Request) error

// DocKind says for whom a page is, which decides what stands around it.
type DocKind int

// The kinds of page. A Participant page has a neutral name and the way to leave
// it in an instant; an Outsider page has no menu at all.
const (
	Public      DocKind = iota // anyone: sign-in, crisis help, errors
	Worker                     // peers, supervisors, coordinators
	Participant                // the person's own page
	Outsider                   // who asks from outside, by a link and without an account
)

// Doc is one page before it has its frame.
type Doc struct {
	Title  string          // neutral: it stays in the browser's history, so nothing personal
	Kind   DocKind         // for whom
	Body   templ.Component // what stands in the main part, beginning with one h1
	Live   string          // path of an event stream that keeps the page fresh; "" for none
	Still  bool            // its stream only says that it changed; the page stays as it is
	Status int             // HTTP status; 0 is 200
	Leave  bool            // offers to leave in an instant, as a Participant page always does
	Phone  bool            // kept on any phone for when there is no network; so it knows nobody
	Pocket bool            // the person may keep it on a phone that is only theirs
	Keeps  string          // id of a form whose answers stay when the language or the light is changed; "" for none
	Narrow bool            // one column of reading width, also on a wide screen
	Lacks  []Problem       // what its form lacks; see Told
}

// Shell gives pages their frame and errors their page. surface/web has the real
// one; pagetest has a bare one.
type Shell interface {
	Frame(v *View, d Doc) templ.Component
	Sorry(v *View, s Sorry) Doc
}

// Setting is what a request carries for its page.
type Setting struct {
	View  *View
	Shell Shell
	Log   *slog.Logger // nil writes nothing

	// Buffers keeps the memory that pages are drawn in, of *bytes.Buffer; nil
	// draws each in memory of its own.
	Buffers *sync.Pool
}

// Sample is one page of the storybook, drawn with made-up people. Name is a
// short path such as "handoff/board-empty".
type Sample struct {
	Name string
	Doc  func(*View) Doc
}

type key struct{}

// With returns a context that carries s.
func With(ctx context.Context, s Setting) context.Context {
	return context.WithValue(ctx, key{}, s)
}

// From returns the view of ctx. A handler may fill what only it can know (Org,
// Zone, Crisis of a link's organisation) before it shows the page. Without a
// setting it returns a view whose words are keys in brackets.
func From(ctx context.Context) *View {
	if s := settingOf(ctx); s.View != nil {
		return s.View
	}
	return bare()
}

func settingOf(ctx context.Context) Setting {
	s, _ := ctx.Value(key{}).(Setting)
	return s
}

func bare() *View {
	none, err := i18n.Load()
	if err != nil {
		return &View{Lang: i18n.English, Words: &i18n.Words{Lang: i18n.English}}
	}
	return &View{Lang: i18n.English, Words: none.In(i18n.English)}
}
