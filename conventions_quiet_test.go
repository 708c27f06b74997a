package alongside_test

import (
	"go/ast"
	"regexp"
	"strings"
)

func quietRules() []rule {
	return []rule{
		{
			name:  "no printing",
			why:   "only the command line speaks to standard output; the rest takes a writer or a logger",
			check: checkPrinting,
			bad: []string{
				"-- domain/x/x.go --\npackage x\nfunc a() { fmt.Println(1) }\n",
				"-- domain/x/x.go --\npackage x\nimport \"log\"\nfunc a() { log.Fatal(1) }\n",
				"-- domain/x/x.go --\npackage x\nfunc a() { slog.Info(\"x\") }\n",
				"-- domain/x/x.go --\npackage x\nfunc a() { println(1) }\n",
				"-- domain/x/x.go --\npackage x\nfunc a() { w := os.Stdout; _ = w }\n",
			},
			good: []string{
				"-- cmd/alongside/main.go --\npackage main\nfunc a() { fmt.Println(1) }\n",
				"-- domain/x/x.go --\npackage x\nfunc a() { fmt.Fprintln(w, 1); log.Info(\"x\") }\n",
			},
		},
		{
			name:  "nothing left for later",
			why:   "what is not done is an issue with a name, not a note in the code",
			check: checkLater,
			bad: []string{
				"-- domain/x/x.go --\npackage x\n// TO" + "DO: more\n",
				"-- domain/x/x.templ --\npackage x\n// FIX" + "ME\n",
			},
			good: []string{"-- domain/x/x.go --\npackage x\n// todos are kept by people\n"},
		},
		{
			name:  "no skipped tests",
			why:   "a test that is skipped is worse than a gap you admit",
			check: checkSkips,
			bad:   []string{"-- domain/x/x_test.go --\npackage x\nfunc TestX(t *testing.T) { t.Skip() }\n"},
			good:  []string{"-- domain/x/x_test.go --\npackage x\nfunc TestX(t *testing.T) { t.Helper() }\n"},
		},
	}
}

func mayPrint(s *source) bool { return s.under("cmd", "surface/cli", "tool") }

func checkPrinting(t *tree) []finding {
	var out []finding
	quiet := func(s *source) bool { return !s.isTest() && !mayPrint(s) }
	eachUse(t, quiet, func(s *source, line int, name string) {
		if prints(s, name) {
			out = append(out, found(s.path, line, "%s", name))
		}
	})
	for _, s := range t.goFiles(quiet) {
		ast.Inspect(s.syntax, func(n ast.Node) bool {
			if c, ok := n.(*ast.CallExpr); ok && (callee(c) == "println" || callee(c) == "print") {
				out = append(out, found(s.path, t.line(c), "%s", callee(c)))
			}
			return true
		})
	}
	return out
}

func prints(s *source, name string) bool {
	switch name {
	case "fmt.Print", "fmt.Printf", "fmt.Println", "os.Stdout", "os.Stderr",
		"slog.Debug", "slog.Info", "slog.Warn", "slog.Error", "slog.Log", "slog.SetDefault", "slog.Default":
		return true
	}
	return strings.HasPrefix(name, "log.") && importsPath(s, "log")
}

func importsPath(s *source, path string) bool {
	for _, i := range s.syntax.Imports {
		if i.Path.Value == `"`+path+`"` {
			return true
		}
	}
	return false
}

func checkLater(t *tree) []finding {
	mark := regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME|XX` + `X)\b`)
	var out []finding
	for _, s := range t.where((*source).isHand) {
		for i, line := range strings.Split(s.text, "\n") {
			if s.ext() != ".json" && s.ext() != ".md" && mark.MatchString(line) {
				out = append(out, found(s.path, i+1, "%s", mark.FindString(line)))
			}
		}
	}
	return out
}

func checkSkips(t *tree) []finding {
	var out []finding
	eachUse(t, func(s *source) bool { return s.isTest() || !program(s) }, func(s *source, line int, name string) {
		_, method, _ := strings.Cut(name, ".")
		if method == "Skip" || method == "Skipf" || method == "SkipNow" {
			out = append(out, found(s.path, line, "%s", name))
		}
	})
	return out
}
