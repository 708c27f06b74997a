package app

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"alongside/domain/access"
	"alongside/domain/disclose"
	"alongside/domain/engagement"
	"alongside/domain/handoff"
	"alongside/domain/people"
	"alongside/domain/ref"
	"alongside/platform/browsertest"
	"alongside/platform/db"
	"alongside/platform/id"
	"alongside/platform/scope"
)

// hard writes into Zebrafinch's plan what helps.
func (y *yard) hard() {
	y.Helper()
	_, err := y.a.Day.Write(y.rosa, engagement.Door{Person: y.person}, engagement.Edit{SentAs: id.New(time.Now()), Part: engagement.Helps, Body: "The heron pond, and tea."})
	y.must(err)
}

// at opens a page of Zebrafinch's and says what it says.
func (y *yard) at(p *browsertest.Page, rest string) string {
	y.Helper()
	p.Go(fmt.Sprintf("%s/walk/%s%s", y.addr, y.person, rest))
	return p.Text("body")
}

const noNetwork = "There is no network here"

// A plan is on a peer's phone only after the person said yes, and no longer than
// they say so. What is written into it without a network is there once.
func TestAPlanOnAPeersPhone(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	y.hard()
	p := browsertest.Open(t, browsertest.Browser(t), y.addr, browsertest.Options{})
	y.comeIn(p, "Rosa")
	y.cut.Store(true)
	for _, rest := range []string{"/plan", "/hard"} {
		if got := y.at(p, rest); !strings.Contains(got, noNetwork) {
			t.Errorf("kept without a yes, %s: %s", rest, got)
		}
	}
	y.cut.Store(false)
	y.at(p, "/plan")
	p.Click(`form[action$="/plan/carry"] button`)
	p.Go(y.addr + "/today")
	met(p)

	y.cut.Store(true)
	if got := y.at(p, "/hard"); !strings.Contains(got, "heron pond, and tea") {
		t.Errorf("after a yes: %s", got)
	}
	p.Shot("hard-offline")
	y.at(p, "/plan")
	browsertest.Eval[bool](p, `(document.querySelector('#part-matters textarea').value = "Kestrels, mostly.", true)`)
	y.opened(p, `#part-matters form`)
	p.Click(`#part-matters form button`)
	y.waits(p, 1)
	y.nothingPlain(p, "waiting")
	y.cut.Store(false)
	p.Go(y.addr + "/today")
	y.waits(p, 0)
	plan, err := y.a.Day.Plan(y.rosa, engagement.Door{Person: y.person})
	y.must(err)
	if got := plan.Parts[engagement.Matters]; len(got) != 1 || got[0].Body != "Kestrels, mostly." || got[0].By != mustScope(y.rosa).Actor {
		t.Errorf("written without a network: %+v", got)
	}

	y.must(y.a.Day.SetCarry(y.rosa, engagement.Door{Person: y.person}, false))
	p.Go(y.addr + "/today")
	met(p)
	y.cut.Store(true)
	for _, rest := range []string{"/plan", "/hard"} {
		if got := y.at(p, rest); !strings.Contains(got, noNetwork) {
			t.Errorf("kept after they took it back, %s: %s", rest, got)
		}
	}
	if got := y.at(p, ""); !strings.Contains(got, "Zebrafinch") {
		t.Errorf("and the rest went with it: %s", got)
	}
}

// belongs makes an account that is Zebrafinch's own, and another's.
func (y *yard) belongs(name string, person ref.Person) {
	y.Helper()
	inv, err := y.a.Access.Invite(y.op, access.Newcomer{Name: name, Email: name + "@home.example", Roles: []string{access.Participant}}, id.New(time.Now()))
	y.must(err)
	link, err := y.a.Access.DemoLink(y.op, inv.Account.ID)
	y.must(err)
	y.signIn[name] = y.addr + access.LinkPath(link.Token)
	y.must(y.a.DB.Write(y.op, func(tx *db.Tx) error { return y.a.Door.Belong(tx, inv.Account.ID, person) }))
}

// On a phone that is only theirs a person keeps what helps in a hard moment, if
// they say so; it goes by age, when they say so, when they leave in an instant,
// and when anyone signs in or out.
func TestOnAPhoneOfOnesOwn(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	y.hard()
	y.belongs("Zeb", y.person)
	p := browsertest.Open(t, browsertest.Browser(t), y.addr, browsertest.Options{})
	p.Go(y.signIn["Zeb"])
	p.Click("main form .button")
	hard := func() string {
		t.Helper()
		p.Go(y.addr + "/mine/hard")
		return p.Text("body")
	}
	keep := func() {
		t.Helper()
		y.cut.Store(false)
		hard()
		met(p)
		browsertest.Eval[bool](p, `(document.querySelector("[data-pocket] button[data-off]").click(), true)`)
		p.WaitFor(`!document.querySelector("[data-pocket] button[data-on]").hidden`)
	}
	hard()
	met(p)
	p.Shot("own-hard")
	if all := browsertest.Eval[string](p, stored); strings.TrimSpace(strings.TrimSuffix(all, "{}")) != "me \noutbox \npages" {
		t.Errorf("stored before they said so: %s", all)
	}
	ways := []struct {
		what string
		do   func()
	}{
		{"nothing", nil},
		{"they said so", func() { hard(); y.press(p, `[data-pocket] button[data-on]`) }},
		{"age", func() { y.older(p, 73) }},
		{"leaving in an instant", func() { p.Go(y.addr + "/leave") }},
	}
	for _, way := range ways {
		keep()
		y.nothingPlain(p, "pages ")
		p.Shot("own-kept")
		y.cut.Store(true)
		if way.do != nil {
			way.do()
		}
		if got := hard(); strings.Contains(got, "heron pond, and tea") != (way.do == nil) {
			t.Errorf("after %s the phone says: %s", way.what, got)
		}
	}
	y.cut.Store(false)
	for _, next := range []string{"signing out", "another"} {
		p.Go(y.signIn["Zeb"])
		p.Click("main form .button")
		keep()
		if next == "another" {
			p.Go(y.signIn["Ines"])
			p.Click("main form .button")
		} else {
			p.Click(`form[action="/sign-out"] button`)
		}
		y.cut.Store(true)
		if got := hard(); strings.Contains(got, "heron pond") {
			t.Errorf("after %s the phone says: %s", next, got)
		}
		y.cut.Store(false)
	}
}

// mustForget asks the program, in the browser, what the phone asks.
const mustForget = `(async () => {
	const db = await new Promise((ok) => { indexedDB.open("pocket").onsuccess = (e) => ok(e.target.result); });
	const me = await new Promise((ok) => { db.transaction("me").objectStore("me").get("me").onsuccess = (e) => ok(e.target.result); });
	db.close();
	const answer = await fetch("/outbox/stands", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ slip: me.slip, own: true }) });
	return (await answer.json()).wipe;
})()`

// An account that is not open any more: a phone of one's own learns of it at its
// next contact, on whatever page, and forgets at once. A sign-in that only ended
// leaves the page there.
func TestAnAccountThatEndedReachesThePhone(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	y.hard()
	y.belongs("Zeb", y.person)
	p := browsertest.Open(t, browsertest.Browser(t), y.addr, browsertest.Options{})
	p.Go(y.signIn["Zeb"])
	p.Click("main form .button")
	p.Go(y.addr + "/mine/hard")
	met(p)
	browsertest.Eval[bool](p, `(document.querySelector("[data-pocket] button[data-off]").click(), true)`)
	p.WaitFor(`!document.querySelector("[data-pocket] button[data-on]").hidden`)
	var zeb ref.Account
	y.must(y.a.DB.Read(y.op, func(tx *db.Tx) (err error) {
		zeb, err = disclose.AccountOf(tx, y.person)
		return err
	}))
	y.must(y.a.DB.Write(y.op, func(tx *db.Tx) error {
		_, err := tx.Exec("UPDATE access_session SET ended_at = $3 WHERE tenant = $1 AND account = $2", zeb, tx.Now())
		return err
	}))
	p.Go(y.addr + "/crisis")
	if browsertest.Eval[bool](p, mustForget) {
		t.Error("a sign-in that ended asks the phone to forget")
	}
	y.cut.Store(true)
	p.Go(y.addr + "/mine/hard")
	if got := p.Text("body"); !strings.Contains(got, "heron pond, and tea") {
		t.Errorf("a sign-in that ended took the page along: %s", got)
	}
	y.cut.Store(false)
	p.Go(y.addr + "/mine/hard")
	if got := p.Text("body"); !strings.Contains(got, "heron pond, and tea") || !strings.Contains(got, "You are signed out here") {
		t.Errorf("with a network, after the sign-in ended: %s", got)
	}
	p.Shot("own-ended")
	p.Click(`.from a`)
	if p.Path() != "/sign-in" {
		t.Errorf("its way to sign in leads to %s", p.Path())
	}
	y.must(y.a.Access.Pause(y.op, zeb))
	p.Go(y.addr + "/crisis")
	p.WaitFor(`(` + stored + `).then((all) => all.includes("me \n") && all.includes("pages \n"))`)
	y.cut.Store(true)
	p.Go(y.addr + "/mine/hard")
	if got := p.Text("body"); strings.Contains(got, "heron pond") {
		t.Errorf("after the account ended the phone says: %s", got)
	}
}

// opened unfolds what a form is in.
func (y *yard) opened(p *browsertest.Page, form string) {
	y.Helper()
	browsertest.Eval[bool](p, fmt.Sprintf(`(document.querySelector(%q).closest("details")?.setAttribute("open", ""), true)`, form))
}

// press presses a button that leads nowhere.
func (y *yard) press(p *browsertest.Page, sel string) {
	y.Helper()
	met(p)
	browsertest.Eval[bool](p, fmt.Sprintf(`(document.querySelector(%q).click(), true)`, sel))
	p.WaitFor(`document.querySelector("[data-pocket]").hidden`)
}

// older makes all that is kept on the phone so many hours older.
func (y *yard) older(p *browsertest.Page, hours int) {
	y.Helper()
	browsertest.Eval[bool](p, fmt.Sprintf(`(async () => {
		const db = await new Promise((ok) => { indexedDB.open("pocket").onsuccess = (e) => ok(e.target.result); });
		for (const s of ["me", "pages"]) await new Promise((ok) => {
			const tx = db.transaction(s, "readwrite");
			tx.oncomplete = ok;
			tx.objectStore(s).openCursor().onsuccess = (e) => {
				const c = e.target.result;
				if (!c) return;
				if (c.value.at) c.update({ ...c.value, at: c.value.at - %d * 3600000 });
				c.continue();
			};
		});
		db.close();
		return true;
	})()`, hours))
}

// asked is a hand-off that waits for a peer.
func (y *yard) asked(name string) ref.Handoff {
	y.Helper()
	site, token, err := y.a.Handoffs.AddSite(y.op, handoff.Site{Name: name + " General"})
	y.must(err)
	link := scope.With(y.Context(), scope.Scope{Tenant: mustScope(y.rosa).Tenant, Actor: "link:" + token[len(token)-8:], Purpose: scope.Treatment})
	got, err := y.a.Handoffs.Ask(link, handoff.Ask{
		Handoff: handoff.Handoff{Answer: "yes", Where: "bay 7"}, Person: people.Person{Name: name}, Act: id.New(time.Now()), Site: site.ID,
	})
	y.must(err)
	return got.ID
}

// steps are the steps of a hand-off, with who took them.
func (y *yard) steps(h ref.Handoff) string {
	y.Helper()
	d, err := y.a.Handoffs.View(y.as(access.Coordinator), h)
	y.must(err)
	var out []string
	for _, e := range d.Events {
		who := map[bool]string{true: "Rosa"}[e.Actor == mustScope(y.rosa).Actor]
		out = append(out, strings.TrimSpace(e.Step+" "+who))
	}
	return strings.Join(out, ", ")
}

// Steps of a hand-off that are taken without a network are sent in order, each
// once, also when an answer was lost. Where a colleague was first, what was
// pressed is kept for a person.
func TestStepsWithoutANetwork(t *testing.T) {
	t.Parallel()
	y := newYard(t)
	mine, theirs := y.asked("Plovermead"), y.asked("Starlingmoor")
	p := browsertest.Open(t, browsertest.Browser(t), y.addr, browsertest.Options{})
	y.comeIn(p, "Rosa")
	for _, h := range []ref.Handoff{mine, theirs} {
		p.Go(y.addr + "/handoff/" + string(h))
		met(p)
	}
	y.cut.Store(true)
	waiting := 0
	for _, h := range []ref.Handoff{mine, theirs} {
		for _, step := range []string{handoff.StepAck, handoff.StepSetOut, handoff.StepMeet} {
			p.Go(y.addr + "/handoff/" + string(h))
			p.Shot("handoff-offline")
			form := fmt.Sprintf(`form[action$="/%s"]`, step)
			y.opened(p, form)
			p.Click(form + " button")
			waiting++
			y.waits(p, waiting)
		}
	}
	y.nothingPlain(p, "waiting")
	ada, _ := y.another("Ada", "Fieldfare")
	y.must(y.a.Handoffs.Take(ada, theirs, handoff.StepAck, handoff.Input{Act: id.New(time.Now())}))
	y.deaf.Store(true)
	y.cut.Store(false)
	p.Go(y.addr + "/today")
	y.waits(p, waiting)
	y.deaf.Store(false)
	p.Go(y.addr + "/today")
	y.waits(p, 0)
	p.Shot("today-needs")
	if got := y.steps(mine); got != "ask, acknowledge Rosa, set_out Rosa, meet Rosa" {
		t.Errorf("taken: %s", got)
	}
	if got := y.steps(theirs); got != "ask, acknowledge" {
		t.Errorf("a colleague was first, and it says: %s", got)
	}
	list, err := y.a.Outbox.Kept(y.as(access.Supervisor))
	y.must(err)
	if len(list.Waiting) != 3 {
		t.Errorf("%d of three wait for a person", len(list.Waiting))
	}
}
