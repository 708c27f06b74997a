package app

import (
	"context"
	"strings"
	"testing"

	"alongside/domain/access"
	"alongside/domain/ref"
	"alongside/platform/browsertest"
	"alongside/platform/scope"
)

// A role is taken away after the phone fetched its pages, and before it sends
// what was written: nothing is put on record, the phone forgets all it keeps,
// and the words are there, whole, for a person to place.
func TestARoleTakenAwayMeanwhile(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	p := browsertest.Open(t, browsertest.Browser(t), y.addr, browsertest.Options{})
	y.comeIn(p, "Rosa")
	y.cut.Store(true)
	y.write(p, "A hobby over the yard.")
	y.write(p, "Then a swift.\nTwo of them.")
	_, err := y.a.Access.SetRoles(y.op, ref.Account(mustScope(y.rosa).Actor), []string{access.Evaluator})
	y.must(err)
	y.cut.Store(false)
	p.Go(y.addr + "/today")
	p.WaitFor(`(` + stored + `).then((all) => all.includes("me \n") && all.includes("pages \n") && all.split("\nneeds\n").length === 3 && !all.includes("\nwaiting\n"))`)
	if p.Path() != "/sign-in" {
		t.Errorf("the phone is at %s", p.Path())
	}
	y.placed()
	y.cut.Store(true)
	for _, path := range []string{"/today", "/walk/" + string(y.person), "/walk/" + string(y.person) + "/note"} {
		p.Go(y.addr + path)
		if got := p.Text("body"); strings.Contains(got, "Zebrafinch") || !strings.Contains(got, "There is no network here") {
			t.Errorf("the phone still knows %s: %s", path, got)
		}
	}
}

// as is someone of another role in the organisation.
func (y *yard) as(role string) context.Context {
	sc := mustScope(y.rosa)
	sc.Actor, sc.Role = role, role
	return scope.With(y.Context(), sc)
}

// placed: the words are not on record. A coordinator sees that they wait, about
// whom and by whom; a supervisor reads them as they were written, and once they
// have found their place nothing waits.
func (y *yard) placed() {
	y.Helper()
	list, err := y.a.Outbox.Kept(y.as(access.Coordinator))
	y.must(err)
	for _, w := range list.Waiting {
		if w.Person.Name != "Zebrafinch" || list.Names[w.Account] != "Rosa" || w.Form != nil || w.Words != "" {
			y.Errorf("a coordinator sees %+v", w)
		}
	}
	if list, err = y.a.Outbox.Kept(y.as(access.Supervisor)); err != nil || len(list.Waiting) != 2 {
		y.Fatalf("%d wait, %v", len(list.Waiting), err)
	}
	for n, want := range []string{"A hobby over the yard.", "Then a swift.\r\nTwo of them."} {
		w := list.Waiting[n]
		if w.Form.Get("note") != want || w.Form.Get("way") != "call" || w.Form.Get("long") != "15" || w.SentAt.IsZero() {
			y.Errorf("a supervisor reads %v", w.Form)
		}
		y.must(y.a.Outbox.Place(y.as(access.Supervisor), w.ID, w.Take))
	}
	if list, err = y.a.Outbox.Kept(y.as(access.Supervisor)); err != nil || len(list.Waiting) != 0 {
		y.Errorf("%d still wait, %v", len(list.Waiting), err)
	}
	c, err := y.a.Day.With(y.as(access.Supervisor), y.person)
	if err != nil || len(c.Contacts) != 1 {
		y.Errorf("%d notes are on record, %v", len(c.Contacts), err)
	}
}
