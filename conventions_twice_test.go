package alongside_test

import (
	"go/ast"
	"go/token"
	"slices"
)

func twiceRules() []rule {
	const head = "-- domain/x/x.go --\npackage x\n"
	return []rule{
		{
			name: "a transaction may run twice",
			why:  "PostgreSQL can ask for it: what a transaction gathers is emptied when it begins, or a list stands there twice",
			check: func(t *tree) (out []finding) {
				eachFunc(t, func(s *source, name string, d *ast.FuncDecl) {
					if program(s) && !takesTx(d.Type) {
						out = append(out, gathers(t, s, name, d.Body)...)
					}
				})
				return out
			},
			bad: []string{
				head + "func a() { var l []int; w(func(tx *db.Tx) error { l = append(l, 1); return nil }) }\n",
				head + "func a() { n := 0; w(func(tx *db.Tx) error { for range 3 { n++ }; n = 0; return nil }) }\n",
				head + "func a() { var o T; w(func(tx *db.Tx) error { o.l = append(o.l, 1); return nil }) }\n",
			},
			good: []string{
				head + "func a() { var l []int; w(func(tx *db.Tx) error { l = nil; l = append(l, 1); return nil }) }\n",
				head + "func a() { var o T; w(func(tx *db.Tx) error { o = T{}; o.l = append(o.l, 1); return nil }) }\n",
				head + "func a() { w(func(tx *db.Tx) error { var l []int; n := 0; n++; l = append(l, n); return nil }) }\n",
				head + "func a(tx *db.Tx) { n := 0; each(func(tx *db.Tx) error { n++; return nil }) }\n",
			},
		},
	}
}

// takesTx reports whether a function is a part of a transaction, or one.
func takesTx(f *ast.FuncType) bool {
	return slices.ContainsFunc(f.Params.List, func(p *ast.Field) bool {
		star, ok := p.Type.(*ast.StarExpr)
		return ok && dotted(star.X) == "db.Tx"
	})
}

// gathers finds what the transactions of a function add to and did not make.
func gathers(t *tree, s *source, name string, body *ast.BlockStmt) (out []finding) {
	if body == nil {
		return nil
	}
	ast.Inspect(body, func(n ast.Node) bool {
		f, ok := n.(*ast.FuncLit)
		if !ok || !takesTx(f.Type) {
			return true
		}
		made := map[string]bool{}
		for _, p := range f.Type.Params.List {
			for _, given := range p.Names {
				made[given.Name] = true
			}
		}
		ast.Inspect(f.Body, func(n ast.Node) bool {
			if what := added(n); what != "" && !made[what] && !made[first(what)] {
				out = append(out, found(name, t.line(n), "%s grows in a transaction that does not begin with it", what))
			}
			for _, m := range makes(n) {
				made[m] = true
			}
			return true
		})
		return false
	})
	return out
}

// added is what a statement adds to; "" for one that does not.
func added(n ast.Node) string {
	switch n := n.(type) {
	case *ast.IncDecStmt:
		return dotted(n.X)
	case *ast.AssignStmt:
		if n.Tok == token.ADD_ASSIGN {
			return dotted(n.Lhs[0])
		}
		if c, ok := n.Rhs[0].(*ast.CallExpr); ok && n.Tok == token.ASSIGN && callee(c) == "append" && dotted(c.Args[0]) == dotted(n.Lhs[0]) {
			return dotted(n.Lhs[0])
		}
	}
	return ""
}

// makes are the names that a statement gives a value of their own.
func makes(n ast.Node) (out []string) {
	switch n := n.(type) {
	case *ast.ValueSpec:
		for _, name := range n.Names {
			out = append(out, name.Name)
		}
	case *ast.RangeStmt:
		for _, e := range []ast.Expr{n.Key, n.Value} {
			if e != nil {
				out = append(out, dotted(e))
			}
		}
	case *ast.AssignStmt:
		if n.Tok == token.ASSIGN || n.Tok == token.DEFINE {
			for _, e := range n.Lhs {
				out = append(out, dotted(e))
			}
		}
	}
	return out
}

// first is the variable of a dotted name.
func first(name string) string {
	for i, c := range name {
		if c == '.' {
			return name[:i]
		}
	}
	return name
}
