package alongside_test

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

func stateRules() []rule {
	return []rule{
		{
			name:  "no init",
			why:   "what happens before main can neither be read in order nor tested",
			check: checkInit,
			bad:   []string{"-- domain/x/x.go --\npackage x\nfunc init() {}\n"},
			good:  []string{"-- domain/x/x.go --\npackage x\nfunc (t) init() {}\n"},
		},
		{
			name:  "no mutable globals",
			why:   "pass what is needed in a struct; two tests must be able to run side by side",
			check: checkGlobals,
			bad: []string{
				"-- domain/x/x.go --\npackage x\nvar n int\n",
				"-- domain/x/x.go --\npackage x\nvar m = map[string]int{}\nfunc a() { m[\"x\"] = 1 }\n",
				"-- domain/x/x.go --\npackage x\nvar m = []int{1}\nfunc a() { m = append(m, 1) }\n",
				"-- domain/x/x.go --\npackage x\nvar m = T{}\nfunc a() *T { return &m }\n",
				"-- domain/x/x.go --\npackage x\nvar M = []int{1}\n",
				"-- domain/x/x.go --\npackage x\nvar m = build()\n",
				"-- domain/x/x_test.go --\npackage x\nvar n = 0\n",
			},
			good: []string{
				"-- domain/x/x.go --\npackage x\nvar m = map[string]int{\"a\": 1}\nfunc a() int { return m[\"a\"] }\n",
				"-- domain/x/x.go --\npackage x\nvar ErrY error = &errs.Error{Kind: 1}\n",
				"-- domain/x/x.go --\npackage x\nvar _ I = T{}\nvar ErrX = errors.New(\"x\")\nvar r = regexp.MustCompile(\"x\")\n",
				"-- domain/x/x.go --\npackage x\n//go:embed words\nvar words embed.FS\n",
				"-- domain/x/x.go --\npackage x\nvar table = sync.OnceValue(read)\n",
				"-- domain/x/x_test.go --\npackage x\nvar binary = sync.OnceValues(build)\nvar update = flag.Bool(\"update\", false, \"\")\n",
			},
		},
		{
			name:  "one clock",
			why:   "time is injected: a test or a simulation owns it (platform/clock)",
			check: checkClock,
			bad: []string{
				"-- domain/x/x.go --\npackage x\nfunc a() { _ = time.Now() }\n",
				"-- domain/x/x.go --\npackage x\nfunc a() { _ = time.Since(t) }\n",
				"-- domain/x/x.go --\npackage x\nvar now = time.Now\n",
			},
			good: []string{
				"-- domain/x/x_test.go --\npackage x\nfunc a() { _ = time.Now() }\n",
				"-- platform/clock/x.go --\npackage clock\nfunc a() { _ = time.Now() }\n",
			},
		},
		{
			name:  "settings come from app",
			why:   "a setting read from the environment deep inside cannot be found or tested",
			check: checkEnv,
			bad:   []string{"-- domain/x/x.go --\npackage x\nfunc a() { _ = os.Getenv(\"X\") }\n"},
			good:  []string{"-- app/x.go --\npackage app\nfunc a() { _ = os.Getenv(\"X\") }\n"},
		},
	}
}

func checkInit(t *tree) []finding {
	var out []finding
	eachFunc(t, func(s *source, _ string, d *ast.FuncDecl) {
		if d.Name.Name == "init" && d.Recv == nil {
			out = append(out, found(s.path, t.line(d), "func init"))
		}
	})
	return out
}

func checkGlobals(t *tree) []finding {
	var out []finding
	touched := touchedNames(t)
	for _, s := range t.goFiles((*source).isHand) {
		for _, d := range s.syntax.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.VAR {
				continue
			}
			for _, spec := range g.Specs {
				v := spec.(*ast.ValueSpec)
				if why := mutable(s, g, v, touched[s.dir()]); why != "" {
					out = append(out, found(s.path+" "+v.Names[0].Name, t.line(v), "%s %s", v.Names[0].Name, why))
				}
			}
		}
	}
	return out
}

// mutable says why a package variable is refused; "" lets it pass.
func mutable(s *source, g *ast.GenDecl, v *ast.ValueSpec, touched map[string]bool) string {
	if v.Names[0].Name == "_" || embedded(g.Doc) || embedded(v.Doc) {
		return ""
	}
	for i, name := range v.Names {
		if i >= len(v.Values) {
			return "has no value that stays"
		}
		switch x := v.Values[i].(type) {
		case *ast.CallExpr:
			if !lastingCall(s, callee(x)) {
				return "is made by " + callee(x) + ", which may give something that changes"
			}
		case *ast.CompositeLit:
			if ast.IsExported(name.Name) {
				return "is a table that another package could change: offer a function"
			}
		case *ast.UnaryExpr:
			if c, ok := x.X.(*ast.CompositeLit); !ok || dotted(c.Type) != "errs.Error" {
				return "points at something that may change"
			}
		default:
			return "is not a table, an error or a pattern: make it a constant or a function"
		}
		if touched[name.Name] {
			return "is changed, or its address is taken"
		}
	}
	return ""
}

func embedded(c *ast.CommentGroup) bool {
	if c == nil {
		return false
	}
	return slices.ContainsFunc(c.List, func(l *ast.Comment) bool { return strings.HasPrefix(l.Text, "//go:embed ") })
}

// lastingCall reports whether a function's result never changes.
func lastingCall(s *source, name string) bool {
	switch name {
	case "errors.New", "errs.New", "errs.At", "regexp.MustCompile":
		return true
	case "sync.OnceValue", "sync.OnceValues", "sync.OnceFunc", "flag.Bool", "flag.String", "flag.Int":
		return s.isTest() || isTestKit(s.dir()) || strings.HasPrefix(name, "sync.Once")
	}
	return false
}

// callee is the called function as written: "time.Now".
func callee(c *ast.CallExpr) string { return dotted(c.Fun) }

func dotted(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return dotted(e.X) + "." + e.Sel.Name
	}
	return ""
}

// touchedNames finds, per folder, names that are assigned to, counted up,
// deleted from or whose address is taken. It does not tell a local name from a
// package one: name them apart.
func touchedNames(t *tree) map[string]map[string]bool {
	out := map[string]map[string]bool{}
	for _, s := range t.goFiles(func(*source) bool { return true }) {
		names := out[s.dir()]
		if names == nil {
			names = map[string]bool{}
			out[s.dir()] = names
		}
		ast.Inspect(s.syntax, func(n ast.Node) bool {
			for _, e := range targets(n) {
				names[root(e)] = true
			}
			return true
		})
	}
	return out
}

func targets(n ast.Node) []ast.Expr {
	switch n := n.(type) {
	case *ast.AssignStmt:
		if n.Tok != token.DEFINE {
			return n.Lhs
		}
	case *ast.IncDecStmt:
		return []ast.Expr{n.X}
	case *ast.UnaryExpr:
		if n.Op == token.AND {
			return []ast.Expr{n.X}
		}
	case *ast.CallExpr:
		if name := callee(n); (name == "delete" || name == "clear") && len(n.Args) > 0 {
			return n.Args[:1]
		}
	}
	return nil
}

// root is the variable that an expression reaches into: m for m[i].f.
func root(e ast.Expr) string {
	for {
		switch x := e.(type) {
		case *ast.IndexExpr:
			e = x.X
		case *ast.SelectorExpr:
			e = x.X
		case *ast.ParenExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		case *ast.Ident:
			return x.Name
		default:
			return ""
		}
	}
}

// eachUse calls do for every pkg.Name in a Go file.
func eachUse(t *tree, keep func(*source) bool, do func(s *source, line int, name string)) {
	for _, s := range t.goFiles(keep) {
		ast.Inspect(s.syntax, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				do(s, t.line(sel), dotted(sel))
			}
			return true
		})
	}
}

func program(s *source) bool {
	return !s.isTest() && !s.under("tool") && !isTestKit(s.dir())
}

func checkClock(t *tree) []finding {
	var out []finding
	eachUse(t, program, func(s *source, line int, name string) {
		if (name == "time.Now" || name == "time.Since" || name == "time.Until") && s.dir() != "platform/clock" {
			out = append(out, found(s.path, line, "%s: ask the clock that was passed in", name))
		}
	})
	return out
}

func checkEnv(t *tree) []finding {
	var out []finding
	eachUse(t, program, func(s *source, line int, name string) {
		if (name == "os.Getenv" || name == "os.LookupEnv" || name == "os.Environ") && !s.under("app", "cmd") {
			out = append(out, found(s.path, line, "%s outside app", name))
		}
	})
	return out
}
