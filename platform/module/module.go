// Package module says what a domain offers to the program: its tables, pages,
// jobs, words and the rest. A domain's module.go fills a Module; every part is
// required, and one that is empty is written as None, so that nobody can forget
// a part without a test naming it.
//
// It is not a library because it is the shape of this program.
package module

import (
	"context"
	"io"
	"io/fs"
	"reflect"

	"alongside/platform/db"
	"alongside/platform/field"
	"alongside/platform/i18n"
	"alongside/platform/job"
	"alongside/platform/page"
)

// Module is one domain as the program sees it.
type Module struct {
	Name       string                 // the folder's name, and the prefix of its tables and words
	Migrations fs.FS                  // goose files, embedded
	Records    []Record               // what it holds, for export and the data dictionary
	Flows      []Process              // its processes, for tests and pictures
	Routes     []Route                // its pages
	Jobs       map[string]job.Handler // its bells, by kind "domain.what"
	Words      fs.FS                  // en.json, es.json, ar.json
	Samples    []page.Sample          // its pages in the storybook
	Imports    []Import               // what `alongside import KIND` can bring in
	Commands   []Command              // what it adds to the command line
	Measures   []Measure              // what reports may count
	Policies   fs.FS                  // Cedar files, one a set of actions
}

// None is an empty part, said aloud.
func None[T any]() []T { return make([]T, 0) }

// NoJobs is an empty list of bells, said aloud.
func NoJobs() map[string]job.Handler { return map[string]job.Handler{} }

// NoFiles is an empty folder, said aloud.
type NoFiles struct{}

// Open finds nothing.
func (NoFiles) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// Folder returns one of the folders that a domain embeds. A name that is not
// there is a fault of the program and stops it at its first start.
func Folder(files fs.FS, name string) fs.FS {
	sub, err := fs.Sub(files, name)
	if err != nil {
		panic(err)
	}
	return sub
}

// Forgotten names the parts of m that were neither filled nor written as None.
func (m Module) Forgotten() []string {
	var out []string
	v := reflect.ValueOf(m)
	for i := range v.NumField() {
		f := v.Field(i)
		if f.IsZero() {
			out = append(out, m.Name+"."+v.Type().Field(i).Name)
		}
	}
	return out
}

// Record is what a domain holds, as the data dictionary and the export see it;
// field.Record satisfies it.
type Record interface {
	Dictionary() []field.Row
	Check() []string
	CheckTable(tx *db.Tx) ([]string, error)

	// What a person is shown, takes along and leaves behind.
	Name() string
	About() (title i18n.Text, ok bool)
	Held(tx *db.Tx, person string, to field.Reader) ([]field.Held, error)
	Count(tx *db.Tx, person string) (int64, error)
	CountTold(tx *db.Tx, person string) (int64, error)
	Forget(tx *db.Tx, person string) (int64, error)
	Plain() []i18n.Text
}

// Process is a flow as the tests and docs see it; flow.Flow satisfies it.
type Process interface {
	Check() []string
	Diagram() string
}

// Access says who may come to a route at all, before any policy.
type Access int

// The kinds of access. There is no zero kind: a route must say.
const (
	Anyone   Access = iota + 1 // public: crisis help, sign-in
	ByLink                     // whoever holds the unguessable link in the path
	SignedIn                   // an account; Action is then decided by policy
)

// Route is one page or form.
type Route struct {
	Method  string // GET or POST
	Pattern string // as net/http's ServeMux takes it, without the method
	Access  Access
	Action  string // policy action, for SignedIn; also the audit's word for the look
	Serve   page.Handler

	// Offline is for when a worker's phone has no network. A page is kept on the
	// phone, locked, for some hours; a form is locked and sent later, exactly
	// once: what it does must be the same when it comes again under its act.
	Offline bool

	// Unseen is for what someone has of their own: the figures of the server do
	// not count how often it is asked for.
	Unseen bool
}

// Import brings rows of one kind from a file or a stream into an organisation.
// It keeps what is good, writes a line for each refused row, and running it
// twice changes nothing.
type Import struct {
	Kind string
	Run  func(ctx context.Context, in io.Reader, report io.Writer, dryRun bool) (Tally, error)
}

// Tally is what an import did.
type Tally struct {
	Kept, Already, Refused int
	LeftAlone              map[string]int // kinds that are none of our business, counted
}

// Command is one word on the command line. Run returns the exit code: 0 done,
// 1 refused or failed with words on standard error, 2 wrong use.
type Command struct {
	Name, Usage, Short string
	Run                func(ctx context.Context, env Env, args []string) int
	AtOnce             bool // it keeps nothing that must be put away: a signal ends it where it stands
}

// Env is the outside world of a command.
type Env struct {
	In       io.Reader
	Out, Err io.Writer
}

// Measure is one number that reports may count; the outcome domain reads them.
type Measure struct {
	Name, Unit, Says string
}
