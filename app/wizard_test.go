package app

import (
	"context"
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/domain/consent"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/browsertest"
	"alongside/platform/db"
	"alongside/platform/id"
	"alongside/platform/scope"
	"alongside/platform/soak"
)

// TestTheWizardOnAPhone: a person allows something alone and takes it back in
// three taps, on a small phone, in each language; every page of it is good.
func TestTheWizardOnAPhone(t *testing.T) {
	browser := browsertest.Browser(t)
	for _, lang := range []string{"en", "es", "ar"} {
		t.Run(lang, func(t *testing.T) {
			w := newFive(t, browser)
			w.walkWizard(lang)
		})
	}
}

func (w *fiveAtOnce) walkWizard(lang string) {
	w.t.Helper()
	person, link := w.participant()
	p := browsertest.Open(w.t, w.browser, link, browsertest.Options{Lang: lang, Dark: lang == "es"})
	p.Click("main form .button")
	p.Go(w.addr + "/mine/allow")
	for _, presses := range [][]string{
		nil, {`[value="` + string(w.to) + `"]`}, {`[value="name"]`, `[value="status"]`}, nil, {`[name="purpose"][value="TREAT"]`}, {`[value="30"]`},
	} {
		p.Good()
		for _, s := range presses {
			if !browsertest.Eval[bool](p, `document.querySelector('main input`+s+`').checked`) {
				p.Press("main input" + s)
			}
		}
		p.Click("main .button-go")
	}
	p.Good()
	w.told(person, false)
	p.Type(`main input[name="signed_as"]`, "Kittiwake")
	p.Press(`main input[name="age"][value="yes"]`)
	p.Click("main .button-go")
	p.Good() // their copy
	w.told(person, true)
	p.Go(w.addr + "/mine")
	p.Good()
	p.Click(`main a[href^="/mine/consents/"]`)
	p.Good()
	p.Click(`main form[action$="/take-back"] .button`)
	w.told(person, false)
	for _, path := range []string{"/mine", "/mine/looks", "/mine/held", "/mine/receipts", "/mine/leave"} {
		p.Go(w.addr + path)
		p.Good()
	}
}

func (w *fiveAtOnce) operate() context.Context {
	return scope.With(w.t.Context(), access.Operator(string(w.org), "test"))
}

// participant is someone with an account of their own, and how they come in.
func (w *fiveAtOnce) participant() (person ref.Person, link string) {
	w.t.Helper()
	ctx := w.operate()
	inv, err := w.a.Access.Admit(ctx, access.Newcomer{Name: "Kittiwake", Email: "k@made-up.example", Roles: []string{access.Participant}}, id.New(time.Now()))
	if err != nil {
		w.t.Fatal(err)
	}
	again, err := w.a.Access.DemoLink(ctx, inv.Account.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	err = w.a.DB.Write(ctx, func(tx *db.Tx) error {
		p, err := people.New().Add(tx, people.Person{Name: "Kittiwake"})
		if err != nil {
			return err
		}
		person = p.ID
		return w.a.Door.Belong(tx, inv.Account.ID, p.ID)
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return person, w.addr + access.LinkPath(again.Token)
}

// told holds whether the service may be told the name and how things stand.
func (w *fiveAtOnce) told(person ref.Person, want bool) {
	w.t.Helper()
	err := w.a.DB.Write(w.operate(), func(tx *db.Tx) error {
		got, err := w.a.Consents.Covers(tx, consent.Ask{Person: person, Recipient: ref.Recipient(w.to), Purpose: scope.Treatment, What: []string{consent.Name, consent.Status}})
		if got != want {
			w.t.Errorf("may be told: %v, want %v", got, want)
		}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// TestTheWorkersWizardOnAPhone: a peer beside the person asks a page at a time on
// a small phone, in each language, outside a soak in one of them; going back loses
// nothing, a signed yes opens what was ticked, and the copy is there to hand over.
func TestTheWorkersWizardOnAPhone(t *testing.T) {
	browser := browsertest.Browser(t)
	for _, lang := range soak.Some(t, 3, "en", "es", "ar") {
		t.Run(lang, func(t *testing.T) {
			w := newFive(t, browser)
			w.workersWizard(lang)
		})
	}
}

func (w *fiveAtOnce) workersWizard(lang string) {
	w.t.Helper()
	person, _ := w.participant()
	if err := w.a.DB.Write(w.operate(), func(tx *db.Tx) error { return w.a.Day.Begin(tx, person, w.rosa) }); err != nil {
		w.t.Fatal(err)
	}
	p := browsertest.Open(w.t, w.browser, w.signIn["Rosa"], browsertest.Options{Lang: lang, Dark: lang == "es"})
	p.Click("main form .button")
	p.Go(w.addr + "/consents/" + string(person) + "/new")
	pages := [][]string{
		nil,
		{`[name="recipient_kind"][value="named"]`, `[value="` + string(w.to) + `"]`},
		{`[value="name"]`, `[value="status"]`},
		{`[name="purpose"][value="TREAT"]`},
		{`[name="language"][value="` + lang + `"]`, `[name="rights"][value="heard"]`, `[name="warned"]`},
	}
	for _, presses := range pages {
		p.Good()
		for _, s := range presses {
			p.Press("main input" + s)
		}
		p.Click("main .button-go")
	}
	for range pages {
		p.Click(`main button[value="back"]`)
	}
	for range pages {
		p.Click("main .button-go") // nothing is asked again
	}
	p.Good()
	w.told(person, false)
	p.Type(`main input[name="signed_as"]`, "Kittiwake")
	p.Press(`main input[name="how"][value="signed"]`)
	p.Press(`main input[name="copied"][value="page"]`)
	p.Click("main .button-go")
	p.Good() // the copy
	w.told(person, true)
}
