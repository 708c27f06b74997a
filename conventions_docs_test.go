package alongside_test

import (
	"go/ast"
	"go/token"
	"strings"
)

func docRules() []rule {
	return []rule{
		{
			name:  "package docs",
			why:   "a package says in plain words what it is for",
			check: checkPackageDocs,
			bad: []string{
				"-- domain/x/x.go --\npackage x\n",
				"-- domain/x/x.go --\n// Things.\npackage x\n",
				"-- platform/x/x.go --\n// Package x does things for everyone in many ways, and that is all there is to say.\npackage x\n",
			},
			good: []string{"-- platform/x/x.go --\n// Package x keeps things.\n//\n// It is not a\n// library because it is small.\npackage x\n"},
		},
		{
			name:  "exported docs",
			why:   "what others may call says what it promises",
			check: checkExportedDocs,
			bad: []string{
				"-- domain/x/x.go --\npackage x\nfunc Do() {}\n",
				"-- domain/x/x.go --\npackage x\ntype T struct{}\n",
				"-- domain/x/x.go --\npackage x\n// T is.\ntype T struct{}\nfunc (T) Do() {}\n",
				"-- domain/x/x.go --\npackage x\nconst A = 1\n",
			},
			good: []string{
				"-- domain/x/x.go --\npackage x\n// The limits.\nconst (\nA = 1\nB = 2\n)\ntype t struct{}\nfunc (t) Do() {}\n",
				"-- domain/x/x_test.go --\npackage x\nfunc TestX() {}\n",
			},
		},
	}
}

func checkPackageDocs(t *tree) []finding {
	docs, first := map[string]string{}, map[string]*source{}
	for _, s := range t.goFiles(func(s *source) bool { return !s.isTest() && s.isHand() }) {
		if first[s.dir()] == nil {
			first[s.dir()] = s
		}
		docs[s.dir()] += strings.Join(strings.Fields(s.syntax.Doc.Text()), " ")
	}
	var out []finding
	for dir, doc := range docs {
		s := first[dir]
		begins := strings.HasPrefix(doc, "Package "+s.syntax.Name.Name+" ") || strings.HasPrefix(doc, "Command ")
		kit := strings.HasPrefix(dir, "platform/") && strings.Count(dir, "/") == 1
		switch {
		case !begins:
			out = append(out, found(dir, 1, "no comment that begins with %q", "Package "+s.syntax.Name.Name))
		case kit && !strings.Contains(doc, "not a library") && !strings.Contains(doc, "What is ours"):
			out = append(out, found(dir, 1, "the package comment does not say why this is not a library"))
		}
	}
	return out
}

func checkExportedDocs(t *tree) []finding {
	var out []finding
	for _, s := range t.goFiles(func(s *source) bool { return s.isHand() && !s.isTest() && s.syntax.Name.Name != "main" }) {
		for _, d := range s.syntax.Decls {
			for _, name := range undocumented(d) {
				out = append(out, found(s.path+" "+name.Name, t.line(name), "%s is exported and has no comment", name.Name))
			}
		}
	}
	return out
}

func undocumented(d ast.Decl) []*ast.Ident {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Doc == nil && d.Name.IsExported() && receiverExported(d) {
			return []*ast.Ident{d.Name}
		}
	case *ast.GenDecl:
		if d.Doc == nil && d.Tok != token.IMPORT {
			return undocumentedSpecs(d.Specs)
		}
	}
	return nil
}

func undocumentedSpecs(specs []ast.Spec) []*ast.Ident {
	var out []*ast.Ident
	for _, spec := range specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			if spec.Doc == nil && spec.Comment == nil && spec.Name.IsExported() {
				out = append(out, spec.Name)
			}
		case *ast.ValueSpec:
			if spec.Doc == nil && spec.Comment == nil && spec.Names[0].IsExported() {
				out = append(out, spec.Names[0])
			}
		}
	}
	return out
}

func receiverExported(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	name := receiverName(d)
	return ast.IsExported(name)
}

// receiverName is the type a method belongs to, without star and parameters.
func receiverName(d *ast.FuncDecl) string {
	e := d.Recv.List[0].Type
	for {
		switch x := e.(type) {
		case *ast.StarExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.IndexListExpr:
			e = x.X
		case *ast.Ident:
			return x.Name
		default:
			return ""
		}
	}
}
