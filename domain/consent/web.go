package consent

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/i18n"
	"alongside/platform/module"
	"alongside/platform/page"
)

// Web is what workers see of consents: which wait to be read back, what one
// person allowed, and the form on which a consent is read back and signed.
type Web struct {
	S     *Service
	DB    *db.DB
	Allow func(tx *db.Tx, action string, person ref.Person) error             // policy, about one person; errs.Denied
	Names func(tx *db.Tx, people []ref.Person) (map[ref.Person]string, error) // the names they use

	Speaks func(tx *db.Tx, person ref.Person) ([]string, error) // the languages they asked for
	In     func(i18n.Lang) *i18n.Words                          // the program's words
}

// Routes are the pages of this domain.
func (web *Web) Routes() []module.Route {
	const work = "consent.work" // about whom, each page asks
	return []module.Route{
		{Method: "GET", Pattern: "/consents", Access: module.SignedIn, Action: work, Serve: web.waitingPage},
		{Method: "GET", Pattern: "/consents/{person}", Access: module.SignedIn, Action: work, Serve: web.personPage},
		{Method: "GET", Pattern: "/consents/{person}/new", Access: module.SignedIn, Action: work, Serve: web.newPage},
		{Method: "POST", Pattern: "/consents/{person}/new", Access: module.SignedIn, Action: work, Serve: web.give},
		{Method: "GET", Pattern: "/consents/{person}/{id}/read-back", Access: module.SignedIn, Action: work, Serve: web.readBackPage},
		{Method: "POST", Pattern: "/consents/{person}/{id}/read-back", Access: module.SignedIn, Action: work, Serve: web.readBack},
		{Method: "GET", Pattern: "/consents/{person}/{id}/copy", Access: module.SignedIn, Action: work, Serve: web.copyPage},
		{Method: "POST", Pattern: "/consents/{person}/{id}/end", Access: module.SignedIn, Action: work, Serve: web.end},
		{Method: "POST", Pattern: "/consents/{person}/treats", Access: module.SignedIn, Action: work, Serve: web.treats},
		{Method: "POST", Pattern: "/consents/{person}/{id}/take-back", Access: module.SignedIn, Action: work, Serve: web.takeBack},
	}
}

// Shown is one consent on a page.
type Shown struct {
	Consent
	To     string   // the recipient in words; "" for a class
	Behind []string // the names of those behind a go-between
	Live   bool
	Lapsed time.Time // when an early one ended unconfirmed; zero for one that did not
	Unread bool      // because nobody read it back in time

	Unheard bool // it was only spoken, and the law here now asks for a signature
	Twice   bool // another one in force reaches the same recipient
}

// list is the consents of one page, with the names of those who gave them.
type list struct {
	Person ref.Person
	Names  map[ref.Person]string
	All    []Shown
	Places []Recipient // who could be noted as treating them
	Minors Minority
	Speaks []string // the languages that the person asked for
}

// write does something about one person.
func (web *Web) write(ctx context.Context, action string, person ref.Person, do func(tx *db.Tx) error) error {
	return web.DB.Write(ctx, func(tx *db.Tx) error {
		if err := web.Allow(tx, action, person); err != nil {
			return err
		}
		return do(tx)
	})
}

func (web *Web) waitingPage(w http.ResponseWriter, r *http.Request) error {
	var out list
	err := web.DB.Write(r.Context(), func(tx *db.Tx) error {
		rows, err := web.waiting(tx)
		if err != nil {
			return err
		}
		out, err = web.listed(tx, rows)
		return err
	})
	if err != nil {
		return err
	}
	return page.Show(w, r, waitingDoc(page.From(r.Context()), out))
}

// waiting are the consents that wait to be read back to people whom whoever asks
// may see. Of the others nothing is shown.
func (web *Web) waiting(tx *db.Tx) (out []Consent, err error) {
	rows, err := web.S.Waiting(tx)
	for _, c := range rows {
		switch err := web.Allow(tx, "consent.see", c.Person); {
		case err == nil:
			out = append(out, c)
		case errs.Is(err, errs.Denied):
			tx.Settle(string(c.Person))
		default:
			return nil, err
		}
	}
	return out, err
}

func (web *Web) personPage(w http.ResponseWriter, r *http.Request) error {
	out, err := web.ofPerson(r)
	if err != nil {
		return err
	}
	return page.Show(w, r, personDoc(page.From(r.Context()), out))
}

// ofPerson reads everything a person allowed. Someone who is not here is not
// found.
func (web *Web) ofPerson(r *http.Request) (out list, err error) {
	person := of(r)
	err = web.write(r.Context(), "consent.see", person, func(tx *db.Tx) error {
		rows, err := web.S.Of(tx, person)
		if err != nil {
			return err
		}
		speaks, err := web.Speaks(tx, person)
		if err != nil {
			return err
		}
		if out, err = web.listed(tx, rows, person); err != nil {
			return err
		}
		out.Speaks = speaks
		if out.Places, err = web.S.AllRecipients(tx); err != nil {
			return err
		}
		out.Minors, err = MinorsHere(tx)
		return err
	})
	out.Person = person
	return out, err
}

// of is the person in a path.
func of(r *http.Request) ref.Person { return ref.Person(r.PathValue("person")) }

// listed adds names and recipients, and records the look at everyone shown.
// also is someone who is shown without a consent too; who of them is not here
// makes it NotFound.
func (web *Web) listed(tx *db.Tx, rows []Consent, also ...ref.Person) (list, error) {
	out := list{Names: map[ref.Person]string{}}
	people := also
	for _, c := range rows {
		if !slices.Contains(people, c.Person) {
			people = append(people, c.Person)
		}
		s, err := web.S.Show(tx, c)
		if err != nil {
			return out, err
		}
		out.All = append(out.All, s)
	}
	Beside(out.All)
	if len(people) == 0 {
		return out, nil
	}
	var err error
	if out.Names, err = web.Names(tx, people); err != nil {
		return out, err
	}
	e := audit.Entry{Kind: audit.Look, Action: "consent.see"}
	for _, p := range people {
		if _, here := out.Names[p]; !here {
			return out, errs.New(errs.NotFound, "consent: of nobody", "")
		}
		e.Subjects = append(e.Subjects, string(p))
	}
	return out, audit.Write(tx, e)
}

func (web *Web) readBackPage(w http.ResponseWriter, r *http.Request) error {
	return web.showReadBack(w, r, Consent{}, nil)
}

func (web *Web) showReadBack(w http.ResponseWriter, r *http.Request, form Consent, problems []page.Problem) error {
	all, err := web.ofPerson(r)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all.All, func(s Shown) bool { return string(s.ID) == r.PathValue("id") && s.Live && s.waits() })
	if i < 0 {
		return errs.New(errs.NotFound, "consent: to read back", "")
	}
	d := readBackDoc(page.From(r.Context()), all.All[i], form, all.Minors, problems)
	return page.ShowWith(w, r, d, problems)
}

func (web *Web) readBack(w http.ResponseWriter, r *http.Request) error {
	posted, err := page.Form(w, r)
	if err != nil {
		return err
	}
	form, yes := answered(posted)
	err = web.write(r.Context(), "consent.give", of(r), func(tx *db.Tx) error {
		if err := web.ofThis(tx, r); err != nil {
			return err
		}
		return web.S.ReadBack(tx, ref.Consent(r.PathValue("id")), yes, form)
	})
	if errs.Is(err, errs.Invalid) {
		return web.showReadBack(w, r, form, []page.Problem{page.ProblemFrom(page.From(r.Context()), err)})
	}
	if err != nil {
		return err
	}
	return page.Back(w, r, "/consents/"+url.PathEscape(r.PathValue("person")))
}

// answered reads the form: whether the person said yes, and what is filled in.
func answered(posted url.Values) (c Consent, yes bool) {
	c.SignedAs, c.How, c.Paper = cut(posted.Get("signed_as")), posted.Get("how"), cut(posted.Get("paper"))
	c.Language, c.Rights, c.Copied = posted.Get("language"), posted.Get("rights"), posted.Get("copied")
	c.Warned = posted.Get("warned") != ""
	c.Signer, c.SignerName, c.SignerWhy = posted.Get("signer"), cut(posted.Get("signer_name")), cut(posted.Get("signer_why"))
	return c, posted.Get("answer") == "yes"
}

// ofThis refuses an id that is not of the person in the path, as if it were not
// there.
func (web *Web) ofThis(tx *db.Tx, r *http.Request) error {
	c, err := web.S.One(tx, ref.Consent(r.PathValue("id")))
	if err != nil {
		return err
	}
	if string(c.Person) != r.PathValue("person") {
		tx.Settle(string(c.Person))
		return errs.New(errs.NotFound, "consent: of another", "")
	}
	return nil
}

func (web *Web) takeBack(w http.ResponseWriter, r *http.Request) error {
	err := web.write(r.Context(), "consent.revoke", of(r), func(tx *db.Tx) error {
		if err := web.ofThis(tx, r); err != nil {
			return err
		}
		return web.S.Revoke(tx, ref.Consent(r.PathValue("id")), Spoken)
	})
	if err != nil {
		return err
	}
	return page.Back(w, r, "/consents/"+url.PathEscape(r.PathValue("person")))
}

// cut keeps a line within what is kept of one.
func cut(s string) string {
	r := []rune(strings.TrimSpace(s))
	return string(r[:min(len(r), 80)])
}
