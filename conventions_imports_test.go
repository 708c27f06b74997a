package alongside_test

import (
	"path"
	"slices"
	"strings"
)

// allow is one line of who may import whom. A name that ends in /... means the
// folder and everything below it. A line that is not here is refused.
type allow struct{ from, to, why string }

func importTable() []allow {
	return []allow{
		{".", "app", "the tests of the whole ask the program what it offers"},
		{".", "surface/web", "and draw every page of the storybook"},
		{".", "platform/...", "and read what it answers in the kit's types"},
		{"cmd/...", "app", "a command line is a thin door"},
		{"cmd/...", "platform/module", "it hands its three streams on as a module.Env"},
		{"app/...", "...", "the only part that knows everything"},
		{"tool/...", "platform/...", "tools measure and make with the program's own kit"},
		{"tool/docs", "app", "the documents are drawn from the program's own tables"},
		{"tool/docs", "domain/assessment", "and from its instruments"},
		{"surface/...", "platform/...", "a surface is made of kit"},
		{"surface/...", "domain/ref", "ids are typed everywhere"},
		{"surface/...", "domain/people", "a person's page is made of panels about people"},
		{"surface/...", "domain/consent", "every surface stands behind the trust core"},
		{"surface/...", "domain/access", "every surface stands behind the trust core"},
		{"surface/...", "domain/tenant", "every surface stands behind the trust core"},
		{"surface/...", "domain/audit", "every surface stands behind the trust core"},
		{"platform/...", "platform/...", "kit stands on kit; Go itself refuses circles"},
		{"domain/audit", "platform/...", "domains are made of kit"},
		{"domain/audit", "domain/ref", "ids are typed everywhere"},
		{"domain/tenant", "platform/...", "domains are made of kit"},
		{"domain/tenant", "domain/ref", "ids are typed everywhere"},
		{"domain/tenant", "domain/audit", "trust order: consent, access, tenant, audit"},
		{"domain/access", "platform/...", "domains are made of kit"},
		{"domain/access", "domain/ref", "ids are typed everywhere"},
		{"domain/access", "domain/tenant", "trust order: consent, access, tenant, audit"},
		{"domain/access", "domain/audit", "trust order: consent, access, tenant, audit"},
		{"domain/consent", "platform/...", "domains are made of kit"},
		{"domain/consent", "domain/ref", "ids are typed everywhere"},
		{"domain/consent", "domain/access", "trust order: consent, access, tenant, audit"},
		{"domain/consent", "domain/tenant", "trust order: consent, access, tenant, audit"},
		{"domain/consent", "domain/audit", "trust order: consent, access, tenant, audit"},
		{"domain/disclose", "platform/...", "domains are made of kit"},
		{"domain/disclose", "domain/ref", "ids are typed everywhere"},
		{"domain/disclose", "domain/consent", "the door asks consent, and stands behind it in the order of trust"},
		{"domain/disclose", "domain/tenant", "trust order: disclose, consent, access, tenant, audit"},
		{"domain/disclose", "domain/audit", "trust order: disclose, consent, access, tenant, audit"},
		{"domain/mine", "platform/...", "domains are made of kit"},
		{"domain/mine", "domain/ref", "ids are typed everywhere"},
		{"domain/mine", "domain/disclose", "whose own account it is, and whether a law holds something back"},
		{"domain/mine", "domain/consent", "who leaves takes back what they allowed"},
		{"domain/mine", "domain/tenant", "how long something is kept follows from the law of the organisation"},
		{"domain/mine", "domain/audit", "trust order: mine, disclose, consent, access, tenant, audit"},
		{"surface/...", "domain/disclose", "every surface tells through the one door"},
		{"domain/people", "platform/...", "domains are made of kit"},
		{"domain/people", "domain/ref", "ids are typed everywhere"},
		{"domain/people", "domain/consent", "people stand on trust"},
		{"domain/people", "domain/access", "people stand on trust"},
		{"domain/people", "domain/tenant", "people stand on trust"},
		{"domain/people", "domain/audit", "people stand on trust"},
		{"domain/handoff", "platform/...", "domains are made of kit"},
		{"domain/handoff", "domain/ref", "ids are typed everywhere"},
		{"domain/handoff", "domain/consent", "work stands on trust"},
		{"domain/handoff", "domain/access", "work stands on trust"},
		{"domain/handoff", "domain/tenant", "work stands on trust"},
		{"domain/handoff", "domain/audit", "work stands on trust"},
		{"domain/handoff", "domain/people", "work is done with people"},
		{"domain/assessment", "platform/...", "domains are made of kit"},
		{"domain/mentoring", "platform/...", "domains are made of kit"},
		{"domain/outcome", "platform/...", "domains are made of kit"},
		{"domain/rota", "platform/...", "domains are made of kit"},
		{"domain/rota", "domain/ref", "ids are typed everywhere"},
		{"domain/rota", "domain/access", "work stands on trust"},
		{"domain/rota", "domain/tenant", "work stands on trust"},
		{"domain/rota", "domain/audit", "work stands on trust"},
		{"domain/rota", "domain/people", "languages are the same list everywhere"},
		{"domain/engagement", "platform/...", "domains are made of kit"},
		{"domain/engagement", "domain/ref", "ids are typed everywhere"},
		{"domain/engagement", "domain/access", "work stands on trust"},
		{"domain/engagement", "domain/audit", "work stands on trust"},
		{"domain/engagement", "domain/people", "work is done with people"},
		{"domain/bridge", "platform/...", "domains are made of kit"},
		{"domain/bridge", "domain/ref", "ids are typed everywhere"},
		{"domain/bridge", "domain/consent", "work stands on trust"},
		{"domain/bridge", "domain/access", "work stands on trust"},
		{"domain/bridge", "domain/tenant", "work stands on trust"},
		{"domain/bridge", "domain/audit", "work stands on trust"},
		{"domain/bridge", "domain/people", "work is done with people"},
		{"domain/outbox", "platform/...", "domains are made of kit"},
		{"domain/outbox", "domain/ref", "ids are typed everywhere"},
		{"domain/outbox", "domain/access", "work stands on trust"},
		{"domain/outbox", "domain/audit", "work stands on trust"},
		{"domain/outbox", "domain/people", "what was written is about people"},
		{"domain/workforce", "platform/...", "domains are made of kit"},
		{"domain/workforce", "domain/ref", "ids are typed everywhere"},
		{"domain/workforce", "domain/access", "work stands on trust"},
		{"domain/workforce", "domain/audit", "work stands on trust"},
	}
}

// isTestKit reports whether only tests may import a package: platform/soak, and
// kit whose name says test.
func isTestKit(dir string) bool {
	return dir == "platform/soak" || strings.HasPrefix(dir, "platform/") && strings.HasSuffix(dir, "test")
}

func importRules() []rule {
	return []rule{
		{
			name:  "imports",
			why:   "who may import whom is a table, importTable in conventions_imports_test.go; a line that is not there is refused",
			check: checkImports,
			bad: []string{
				"-- platform/db/x.go --\npackage db\nimport _ \"alongside/domain/people\"\n",
				"-- domain/handoff/x.go --\npackage handoff\nimport _ \"alongside/domain/mentoring\"\n",
				"-- domain/audit/x_test.go --\npackage audit\nimport _ \"alongside/domain/access\"\n",
				"-- domain/unknown/x.go --\npackage unknown\nimport _ \"alongside/platform/db\"\n",
				"-- cmd/alongside/main.go --\npackage main\nimport _ \"alongside/domain/people\"\n",
			},
			good: []string{
				"-- app/x.go --\npackage app\nimport _ \"alongside/domain/handoff\"\n",
				"-- domain/handoff/x.go --\npackage handoff\nimport _ \"alongside/domain/handoff/pages\"\nimport _ \"fmt\"\n",
			},
		},
		{
			name:  "test kit",
			why:   "what starts databases and kills processes must not be in the program",
			check: checkTestKit,
			bad:   []string{"-- domain/people/x.go --\npackage people\nimport _ \"alongside/platform/db/dbtest\"\n"},
			good:  []string{"-- domain/people/x_test.go --\npackage people\nimport _ \"alongside/platform/db/dbtest\"\n"},
		},
		{
			name:  "import rows",
			why:   "a row for a folder that is gone would let a new one in unread",
			check: checkImportRows,
			bad:   []string{"-- domain/people/x.go --\npackage people\n"},
		},
	}
}

func checkImports(t *tree) []finding {
	var out []finding
	eachImport(t, func(s *source, line int, to string) {
		if !strings.HasPrefix(to, modulePath+"/") {
			return
		}
		to = strings.TrimPrefix(to, modulePath+"/")
		if !mayImport(s, to) {
			out = append(out, found(s.path, line, "%s may not import %s", s.dir(), to))
		}
	})
	return out
}

func mayImport(s *source, to string) bool {
	if home(s.dir()) == home(to) {
		return true
	}
	// A journey in cmd is a test of the whole: it may use any kit.
	if s.isTest() && s.under("cmd") && matches("platform/...", to) {
		return true
	}
	return slices.ContainsFunc(importTable(), func(a allow) bool { return matches(a.from, s.dir()) && matches(a.to, to) })
}

// home is the folder inside which packages may import each other freely.
func home(dir string) string {
	parts := strings.Split(dir, "/")
	return strings.Join(parts[:min(len(parts), 2)], "/")
}

func matches(pattern, dir string) bool {
	if pattern == "..." {
		return true
	}
	if prefix, ok := strings.CutSuffix(pattern, "/..."); ok {
		return dir == prefix || strings.HasPrefix(dir, prefix+"/")
	}
	return dir == pattern || strings.HasPrefix(pattern, "domain/") && home(dir) == pattern
}

func checkTestKit(t *tree) []finding {
	var out []finding
	eachImport(t, func(s *source, line int, to string) {
		to = strings.TrimPrefix(to, modulePath+"/")
		if isTestKit(to) && !s.isTest() && !isTestKit(s.dir()) {
			out = append(out, found(s.path, line, "only tests may import %s", to))
		}
	})
	return out
}

func checkImportRows(t *tree) []finding {
	have := map[string]bool{}
	for _, s := range t.goFiles((*source).isHand) {
		for d := s.dir(); d != "."; d = path.Dir(d) {
			have[d] = true
		}
	}
	var out []finding
	for _, a := range importTable() {
		if from := strings.TrimSuffix(a.from, "/..."); from != "." && !have[from] {
			out = append(out, found("importTable "+from, 0, "there is no folder %s", from))
		}
		if len(a.why) < 10 {
			out = append(out, found("importTable "+a.from, 0, "the row to %s has no reason", a.to))
		}
	}
	return out
}

func eachImport(t *tree, do func(s *source, line int, to string)) {
	for _, s := range t.goFiles(func(*source) bool { return true }) {
		for _, i := range s.syntax.Imports {
			do(s, t.line(i), strings.Trim(i.Path.Value, `"`))
		}
	}
}
