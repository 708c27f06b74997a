package access_test

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"alongside/domain/access"
	"alongside/platform/errs"
	"alongside/platform/scope"
)

func policy(t testing.TB) *access.Policy {
	t.Helper()
	p, err := access.ReadPolicy(access.Policies())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// sentence is one rule as a reader would say it: who, may or may not, do what,
// with what.
type sentence struct {
	who    scope.Scope
	may    bool
	action string
	what   access.Resource
	says   string
}

func in(role string) scope.Scope {
	return scope.Scope{Tenant: "t1", Actor: "me", Role: role, Purpose: scope.Treatment}
}

var (
	operator = scope.Scope{Tenant: "t1", Actor: "operator:root"}
	visitor  = scope.Scope{Tenant: "t1", Actor: "link:abcd1234"}
	system   = scope.Scope{Actor: "system", System: true}
)

const (
	may    = true
	mayNot = false
)

func sentences() []sentence {
	return slices.Concat(generalSentences(), walkSentences(), bridgeSentences(), cardSentences(), aliasSentences(), workforceSentences())
}

func generalSentences() []sentence {
	own := access.Resource{}
	another := access.Resource{Org: "t2"}
	near := access.Resource{Kind: "Person", ID: "p1", Attrs: map[string]string{"near": "yes"}}
	far := access.Resource{Kind: "Person", ID: "p1", Attrs: map[string]string{"near": "no"}}
	mine := access.Resource{Kind: "Session", ID: "s1", Attrs: map[string]string{"account": "me"}}
	theirs := access.Resource{Kind: "Session", ID: "s2", Attrs: map[string]string{"account": "them"}}
	return []sentence{
		{in("peer"), may, "handoff.step", own, "a peer may acknowledge a hand-off of a site of their own organisation"},
		{in("peer"), mayNot, "handoff.step", another, "a peer may not acknowledge a hand-off of another organisation"},
		{in("peer"), may, "handoff.board", own, "a peer may see who is waiting"},
		{in("peer"), may, "handoff.view", own, "a peer may open a hand-off"},
		{in("peer"), mayNot, "handoff.view", another, "a peer may not open a hand-off of another organisation"},
		{in("peer"), mayNot, "handoff.export", own, "a peer may not take the list out of the program"},
		{in("supervisor"), may, "handoff.step", own, "a supervisor may stand in for a peer"},
		{in("supervisor"), mayNot, "handoff.export", own, "a supervisor may not take the list out of the program"},
		{in("coordinator"), may, "handoff.export", own, "a coordinator may take the list out of the program"},
		{in("coordinator"), mayNot, "handoff.export", another, "a coordinator may not take out another organisation's list"},
		{in("coordinator"), may, "text.place", own, "a coordinator may find the place of a text from a number that nobody knows"},
		{in("coordinator"), mayNot, "text.place", another, "a coordinator may not read what came in to another organisation"},
		{in("peer"), mayNot, "text.place", own, "a peer may not read a text that nobody has placed"},
		{in("supervisor"), mayNot, "text.place", own, "a supervisor may not either"},
		{in("supervisor"), may, "rota.care", own, "a supervisor may see who is out alone"},
		{in("peer"), mayNot, "rota.care", own, "a peer may not see who else is out alone"},
		{in("supervisor"), may, "handoff.overview", own, "a supervisor may see how the whole stands"},
		{in("peer"), mayNot, "handoff.overview", own, "a peer may not see what other peers are on"},
		{in("evaluator"), mayNot, "handoff.overview", own, "an evaluator may not see who works on what"},
		{in("supervisor"), may, "handoff.workload", own, "a supervisor may see how many people a peer walks with"},
		{in("coordinator"), mayNot, "handoff.workload", own, "a coordinator may not see one peer's load beside another's"},
		{in("coordinator"), may, "handoff.reassign", own, "a coordinator may hand people over to another peer"},
		{in("peer"), mayNot, "handoff.reassign", own, "a peer may not hand people over to another peer"},
		{in("supervisor"), may, "handoff.tell", own, "a supervisor may note that a peer has heard of a death"},
		{in("peer"), mayNot, "handoff.tell", own, "a peer may not note who has heard of a death"},
		{in("coordinator"), may, "handoff.programme", own, "a coordinator may say when follow-ups are due"},
		{in("supervisor"), mayNot, "handoff.programme", own, "a supervisor may not say when follow-ups are due"},
		{in("evaluator"), may, "handoff.figures", own, "an evaluator may see figures"},
		{in("evaluator"), mayNot, "handoff.figures", another, "an evaluator may not see another organisation's figures"},
		{in("peer"), mayNot, "handoff.figures", own, "a peer may not see figures of all"},
		{operator, may, "handoff.export", own, "whoever holds the machine may print the list"},
		{operator, mayNot, "handoff.view", own, "whoever holds the machine may not open a hand-off as nobody in particular"},
		{operator, mayNot, "handoff.export", another, "a command for one organisation may not print another's list"},

		{in("administrator"), mayNot, "handoff.board", own, "an administrator may not see who is waiting"},
		{in("administrator"), mayNot, "handoff.view", own, "an administrator may not open a hand-off"},
		{in("administrator"), mayNot, "handoff.step", own, "an administrator may not take a step"},
		{in("administrator"), mayNot, "handoff.correct", own, "an administrator may not correct a note"},
		{in("administrator"), mayNot, "handoff.export", own, "an administrator may not take the list out of the program"},
		{in("administrator"), mayNot, "people.view", own, "an administrator may not look at a person"},
		{in("administrator"), mayNot, "people.edit", own, "an administrator may not change a person"},
		{in("administrator"), mayNot, "consent.give", own, "an administrator may not write down a consent"},
		{in("administrator"), mayNot, "import.run", own, "an administrator may not read a hospital's file in"},
		{in("administrator"), may, "account.invite", own, "an administrator may invite someone who works here"},
		{in("administrator"), mayNot, "account.invite", another, "an administrator may not invite someone into another organisation"},
		{in("administrator"), may, "account.list", own, "an administrator may see the accounts"},
		{in("administrator"), may, "account.suspend", own, "an administrator may pause an account"},
		{in("administrator"), may, "site.edit", own, "an administrator may set up a place that asks"},
		{in("administrator"), may, "tenant.settings", own, "an administrator may change the organisation's settings"},
		{in("administrator"), may, "audit.verify", own, "an administrator may check that the record was not altered"},

		{in("evaluator"), mayNot, "people.view", own, "an evaluator may not look at a person"},
		{in("evaluator"), mayNot, "handoff.board", own, "an evaluator may not see who is waiting"},
		{in("evaluator"), mayNot, "handoff.view", own, "an evaluator may not open a hand-off"},
		{in("evaluator"), mayNot, "handoff.export", own, "an evaluator may not take the list out of the program"},

		{in("participant"), mayNot, "handoff.board", own, "a participant may not see who else is waiting"},
		{in("participant"), mayNot, "people.view", own, "a participant may not look at people"},
		{in("participant"), mayNot, "account.list", own, "a participant may not see the accounts"},
		{in("participant"), may, "session.own", mine, "a participant may see where they are signed in"},

		{in("peer"), may, "session.own", mine, "a peer may see where they are signed in"},
		{in("peer"), mayNot, "session.own", theirs, "a peer may not see where a colleague is signed in"},
		{in("peer"), mayNot, "session.own", own, "what does not say whose it is, is refused"},
		{in("administrator"), mayNot, "session.own", theirs, "an administrator may not see where a worker is signed in"},
		{operator, mayNot, "session.own", mine, "whoever holds the machine has no sign-ins of their own"},
		{in("peer"), mayNot, "account.invite", own, "a peer may not invite"},
		{in("supervisor"), mayNot, "account.list", own, "a supervisor may not see the accounts"},
		{in("coordinator"), mayNot, "account.suspend", own, "a coordinator may not pause an account"},
		{operator, may, "account.invite", own, "whoever holds the machine may make the first account"},

		{in("peer"), may, "site.view", own, "a peer may see which places may ask"},
		{in("peer"), mayNot, "site.edit", own, "a peer may not change them"},
		{in("supervisor"), may, "destination.view", own, "a supervisor may see the services"},
		{in("supervisor"), mayNot, "destination.edit", own, "a supervisor may not change them"},
		{in("coordinator"), may, "destination.edit", own, "a coordinator may change the services"},
		{in("peer"), may, "people.work", own, "a peer may come to the pages about people"},
		{in("administrator"), mayNot, "people.work", own, "an administrator may not"},
		{in("peer"), may, "people.view", near, "a peer may see how someone who is near likes to be reached"},
		{in("peer"), mayNot, "people.view", far, "a peer may not see whom a colleague walks with"},
		{in("peer"), mayNot, "people.view", own, "a peer may not see someone of whom nobody says that they are near"},
		{in("peer"), mayNot, "people.edit", far, "a peer may not change it"},
		{in("supervisor"), may, "people.view", far, "a supervisor may see everyone"},
		{in("supervisor"), may, "people.edit", own, "a supervisor may keep it right"},
		{in("peer"), mayNot, "people.search", own, "a peer may not search the whole organisation"},
		{in("coordinator"), may, "people.search", own, "a coordinator may find anyone the organisation knows"},
		{in("administrator"), mayNot, "people.search", own, "an administrator may not search people"},
		{operator, mayNot, "people.search", own, "whoever holds the machine may not search people"},
		{in("supervisor"), may, "people.join", own, "a supervisor may say that two records are one person"},
		{in("peer"), mayNot, "people.join", own, "a peer may not join two records"},
		{operator, may, "people.rebuild", own, "whoever holds the machine may make the search anew"},
		{in("coordinator"), mayNot, "people.rebuild", own, "a coordinator may not make the search anew"},
		{in("peer"), may, "consent.work", own, "a peer may come to the pages about consents"},
		{in("evaluator"), mayNot, "consent.work", own, "an evaluator may not"},
		{in("peer"), may, "consent.give", near, "a peer may write down what someone who is near said yes to"},
		{in("peer"), mayNot, "consent.give", far, "a peer may not for whom a colleague walks with"},
		{in("peer"), may, "consent.revoke", far, "a peer may take a yes back for whoever says so"},
		{in("coordinator"), may, "consent.revoke", own, "a coordinator may take a consent back for the person"},
		{operator, mayNot, "consent.give", own, "whoever holds the machine may not consent for someone"},
		{in("peer"), may, "consent.see", near, "a peer may see what someone who is near allowed"},
		{in("peer"), mayNot, "consent.see", far, "a peer may not see what another allowed"},
		{in("coordinator"), may, "consent.see", far, "a coordinator may"},
		{in("administrator"), mayNot, "consent.see", own, "an administrator may not see what a person allowed"},
		{operator, mayNot, "consent.see", own, "whoever holds the machine may not see what a person allowed"},
		{in("peer"), may, "consent.check", own, "a peer may ask whether something may be told"},
		{operator, may, "consent.check", own, "whoever holds the machine may ask whether something may be told"},
		{in("administrator"), mayNot, "consent.check", own, "an administrator may not ask it: the answer is about a person"},
		{in("evaluator"), mayNot, "consent.check", own, "an evaluator may not ask it"},
		{in("coordinator"), mayNot, "consent.check", another, "a coordinator may not ask it of another organisation"},
		{in("administrator"), may, "consent.recipients", own, "an administrator may see who can be told something"},
		{in("evaluator"), mayNot, "consent.recipients", own, "an evaluator needs no list of recipients"},
		{in("coordinator"), may, "consent.recipient-edit", own, "a coordinator may add to it"},
		{in("peer"), mayNot, "consent.recipient-edit", own, "a peer may not add to it"},
		{in("participant"), may, "consent.own", mine, "a participant may see what they allowed"},
		{in("participant"), mayNot, "consent.own", theirs, "a participant may not see what someone else allowed"},
		{in("peer"), mayNot, "consent.own", mine, "a peer who works here has no page of that kind"},
		{in("participant"), may, "mine.own", mine, "a participant may see, take along and leave what is held about them"},
		{in("participant"), mayNot, "mine.own", theirs, "a participant may not see what is held about someone else"},
		{in("peer"), mayNot, "mine.own", mine, "a peer who works here has no page of that kind"},
		{in("peer"), may, "mine.answer", own, "a peer may come to the page of what people say is not right"},
		{in("peer"), may, "mine.said", near, "a peer may answer what someone who is near says is not right"},
		{in("peer"), mayNot, "mine.said", far, "a peer may not read what another says is not right"},
		{in("supervisor"), may, "mine.said", far, "a supervisor may"},
		{in("coordinator"), may, "mine.said", far, "a coordinator may"},
		{in("administrator"), mayNot, "mine.said", near, "an administrator may not, whoever says it"},
		{in("administrator"), mayNot, "mine.answer", own, "an administrator may not read what a person says is not right"},
		{in("coordinator"), may, "mine.export", own, "a coordinator may make a person's copy for them"},
		{in("peer"), mayNot, "mine.export", own, "a peer may not take a person's record out of the program"},
		{operator, may, "mine.leave-for", own, "whoever holds the machine may let someone leave who asks for it"},
		{in("supervisor"), mayNot, "mine.leave-for", own, "a supervisor may not let someone leave"},
		{in("administrator"), may, "mine.retention", own, "an administrator may see and apply the rules of keeping"},
		{in("coordinator"), mayNot, "mine.retention", own, "a coordinator may not apply the rules of keeping"},
		{operator, may, "disclose.belong", own, "whoever holds the machine may give a person their own page"},
		{in("administrator"), mayNot, "disclose.belong", own, "an administrator may not: that someone is a participant is nothing they need to know"},
		{in("peer"), may, "disclose.tell", own, "a peer may tell what the person allowed"},
		{in("administrator"), mayNot, "disclose.tell", own, "an administrator may not tell anything about a person"},
		{operator, mayNot, "disclose.tell", own, "whoever holds the machine may not tell anything"},
		{in("peer"), may, "disclose.emergency", own, "a peer may break the glass"},
		{in("peer"), may, "disclose.if-asked", own, "a peer may read what to say when someone asks"},
		{in("participant"), mayNot, "disclose.if-asked", own, "a participant has no desk"},
		{in("evaluator"), mayNot, "disclose.emergency", own, "an evaluator may not break the glass"},
		{in("supervisor"), may, "disclose.review", own, "a supervisor may look at an emergency afterwards"},
		{in("peer"), mayNot, "disclose.review", own, "a peer may not review an emergency"},
		{in("coordinator"), may, "disclose.demand", own, "a coordinator may take in what a court demands"},
		{in("administrator"), mayNot, "disclose.demand", own, "an administrator may not decide what a court is told"},
		{in("administrator"), may, "disclose.agreements", own, "an administrator may see the agreements with those who check the work"},
		{in("peer"), mayNot, "disclose.agreements", own, "a peer needs no list of them"},
		{in("administrator"), may, "disclose.agree", own, "an administrator may write such an agreement down"},
		{in("coordinator"), mayNot, "disclose.agree", own, "a coordinator may not write down what they then approve"},
		{in("coordinator"), may, "disclose.approve", own, "a coordinator may approve an agreement"},
		{in("administrator"), mayNot, "disclose.approve", own, "an administrator may not approve what opens a person's record"},
		{in("supervisor"), may, "disclose.under", own, "a supervisor may show what an agreement names"},
		{in("administrator"), mayNot, "disclose.under", own, "an administrator may not show anything about a person"},
		{in("peer"), mayNot, "disclose.under", own, "a peer may not show a person's record to whoever checks the work"},
		{operator, may, "disclose.accounting", own, "whoever holds the machine may draw up an account for the person"},
		{in("administrator"), mayNot, "disclose.accounting", own, "an administrator may not see what was told about a person"},
		{in("coordinator"), mayNot, "disclose.accounting", another, "a coordinator may not draw up another organisation's account"},
		{in("coordinator"), may, "import.run", own, "a coordinator may read a file in"},
		{operator, may, "import.run", own, "whoever holds the machine may read a file in"},
		{in("peer"), mayNot, "import.run", own, "a peer may not read a file in"},
		{operator, may, "tenant.pause", own, "whoever holds the machine may pause the organisation as a whole"},
		{in("administrator"), mayNot, "tenant.pause", own, "an administrator may not pause the organisation as a whole"},
		{operator, mayNot, "tenant.pause", another, "a command for one organisation may not pause another"},
		{in("peer"), mayNot, "tenant.settings", own, "a peer may not change the organisation's settings"},
		{in("peer"), mayNot, "audit.checkpoint", own, "a peer may not take a checkpoint away"},
		{operator, may, "audit.checkpoint", own, "whoever holds the machine may take a checkpoint away"},

		{in("peer"), may, "handoff.correct", own, "a peer may put right what was noted wrong"},
		{in("evaluator"), mayNot, "destination.view", own, "an evaluator needs no list of services"},
		{in("evaluator"), mayNot, "site.view", own, "an evaluator needs no list of places"},
		{in("coordinator"), mayNot, "destination.edit", another, "a coordinator may not change another organisation's services"},
		{operator, mayNot, "consent.revoke", own, "whoever holds the machine may not take a consent back for someone"},
		{in("coordinator"), mayNot, "audit.verify", own, "a coordinator may not check the record"},

		{in("peer"), may, "rota.own", own, "a peer may see their own shifts"},
		{in("administrator"), mayNot, "rota.own", own, "an administrator has no shifts"},
		{in("peer"), may, "rota.answer", own, "a peer may say not this one"},
		{in("coordinator"), mayNot, "rota.answer", own, "a coordinator is not asked to go"},
		{in("supervisor"), may, "rota.week", own, "a supervisor may see who works when"},
		{in("peer"), mayNot, "rota.week", own, "a peer may not see everyone's week"},
		{in("coordinator"), may, "rota.edit", own, "a coordinator may make the rota"},
		{in("supervisor"), mayNot, "rota.edit", own, "a supervisor may not make the rota"},
		{in("coordinator"), mayNot, "rota.edit", another, "a coordinator may not make another organisation's rota"},
		{in("coordinator"), may, "rota.ladder", own, "a coordinator may say who is asked after whom"},
		{in("peer"), mayNot, "rota.ladder", own, "a peer may not say who is asked after whom"},
		{operator, may, "channel.open", own, "whoever holds the machine may write down why a channel is open"},
		{in("coordinator"), mayNot, "channel.open", own, "a coordinator may not open a channel"},
		{in("administrator"), may, "channel.view", own, "an administrator may see which channels are open"},
		{in("peer"), mayNot, "channel.view", own, "a peer needs no list of channels"},

		{visitor, mayNot, "handoff.view", own, "a visitor by link may do nothing that an account is needed for"},
		{visitor, mayNot, "session.own", mine, "a visitor by link has no sign-ins"},
		{system, mayNot, "handoff.view", own, "a sweeping job may not look"},
		{scope.Scope{}, mayNot, "handoff.view", own, "nobody may do nothing"},
		{scope.Scope{Tenant: "t1", Role: "peer"}, mayNot, "handoff.view", own, "a role without anyone in it may do nothing"},
		{in(""), mayNot, "handoff.view", own, "an account that acts in no role may do nothing"},
		{in("operator"), mayNot, "import.run", own, "an account cannot act in the role of the machine"},
		{in("nurse"), mayNot, "handoff.view", own, "a role that does not exist may do nothing"},
		{in("peer"), mayNot, "handoff.delete", own, "what no rule names may be done by nobody"},
		{in("peer"), mayNot, "handoff", own, "what is no action may be done by nobody"},
		{in("peer"), mayNot, "", own, "nothing may be done by nobody"},
	}
}

func TestWhoMayDoWhat(t *testing.T) {
	p := policy(t)
	for _, s := range sentences() {
		err := p.Allow(s.who, s.action, s.what)
		if got := err == nil; got != s.may {
			t.Errorf("%s: got %v", s.says, err)
		}
		if err != nil && !errs.Is(err, errs.Denied) {
			t.Errorf("%s: a refusal must be Denied, so that it looks like absence; got %v", s.says, err)
		}
	}
}

// A rule that no sentence speaks of is a rule nobody has thought about.
func TestEveryActionHasSentencesForAndAgainst(t *testing.T) {
	for _, action := range policy(t).Actions() {
		for _, want := range []bool{may, mayNot} {
			has := slices.ContainsFunc(sentences(), func(s sentence) bool { return s.action == action && s.may == want })
			if !has {
				t.Errorf("no sentence says who may (%v) do %s", want, action)
			}
		}
	}
}

// A compliance officer reads the line above a rule, so each rule has one.
func TestEveryRuleIsSaidInWords(t *testing.T) {
	names, err := fs.Glob(access.Policies(), "*.cedar")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(access.Policies(), name)
		if err != nil {
			t.Fatal(err)
		}
		before := ""
		for _, line := range strings.Split(string(text), "\n") {
			rule := strings.HasPrefix(line, "permit") || strings.HasPrefix(line, "forbid")
			if rule && !strings.HasPrefix(before, "// ") {
				t.Errorf("%s: a rule without words: %s", name, line)
			}
			before = line
		}
		if !strings.Contains(string(text), "unless { principal.org == resource.org };") {
			t.Errorf("%s does not keep organisations apart", name)
		}
	}
}

func TestAFileThatCannotBeReadIsNamed(t *testing.T) {
	rule := "permit (principal, action == Action::\"x.do\", resource);\n"
	for name, text := range map[string]string{
		"broken":                  "permit (",
		"empty":                   "// nothing\n",
		"too many rules":          strings.Repeat(rule, access.MaxRules+1),
		"action in another place": "permit (principal, action == Action::\"y.do\", resource);\n",
	} {
		_, err := access.ReadPolicy(fstest.MapFS{"x.cedar": {Data: []byte(text)}})
		if err == nil || !strings.Contains(err.Error(), "x.cedar") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func BenchmarkAllow(b *testing.B) {
	p := policy(b)
	who, what := in("peer"), access.Resource{Kind: "Handoff", ID: "h1", Attrs: map[string]string{"site": "s1", "state": "requested"}}
	b.ReportAllocs()
	for b.Loop() {
		if p.Allow(who, "handoff.step", what) != nil {
			b.Fatal("denied")
		}
	}
}
