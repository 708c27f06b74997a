package alongside_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// modulePath is what imports of our own begin with.
const modulePath = "alongside"

// source is one file of the tree. syntax is nil unless it is Go.
type source struct {
	path, text string
	syntax     *ast.File
	generated  bool
}

// tree is the project's own text: no vendored files, no test data.
type tree struct {
	fset  *token.FileSet
	files []*source
}

func (s *source) dir() string   { return path.Dir(s.path) }
func (s *source) isTest() bool  { return strings.HasSuffix(s.path, "_test.go") }
func (s *source) ext() string   { return path.Ext(s.path) }
func (s *source) isHand() bool  { return !s.generated }
func (s *source) isWords() bool { return strings.Contains(s.path, "/words/") && s.ext() == ".json" }

// under reports whether the file lies in one of the folders.
func (s *source) under(dirs ...string) bool {
	return slices.ContainsFunc(dirs, func(d string) bool { return s.dir() == d || strings.HasPrefix(s.path, d+"/") })
}

// domain returns the X of domain/X/…, and platform's X likewise; "" elsewhere.
func (s *source) domain() string {
	parts := strings.Split(s.path, "/")
	if len(parts) > 2 && (parts[0] == "domain" || parts[0] == "platform") {
		return parts[1]
	}
	return ""
}

// goFiles returns the Go files for which keep holds.
func (t *tree) goFiles(keep func(*source) bool) []*source {
	return t.where(func(s *source) bool { return s.syntax != nil && keep(s) })
}

func (t *tree) where(keep func(*source) bool) []*source {
	var out []*source
	for _, s := range t.files {
		if keep(s) {
			out = append(out, s)
		}
	}
	return out
}

func (t *tree) line(n ast.Node) int { return t.fset.Position(n.Pos()).Line }

// file returns the file at a path, or nil.
func (t *tree) file(name string) *source {
	i := slices.IndexFunc(t.files, func(s *source) bool { return s.path == name })
	if i < 0 {
		return nil
	}
	return t.files[i]
}

func generatedMark() *regexp.Regexp {
	return regexp.MustCompile(`(?m)^// Code generated .* DO NOT EDIT\.$`)
}

func (t *tree) add(tb testing.TB, name, text string) {
	tb.Helper()
	s := &source{path: name, text: text}
	if path.Ext(name) == ".go" {
		f, err := parser.ParseFile(t.fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			tb.Errorf("%v", err)
			return
		}
		s.syntax, s.generated = f, generatedMark().MatchString(text)
	}
	t.files = append(t.files, s)
}

func skipDir(name string) bool {
	switch path.Base(name) {
	case ".git", ".tools", "build", "node_modules", "testdata", "vendor", "pb_data", "data":
		return true
	}
	return name == "tool/bench/pocketbase"
}

func readable(name string) bool {
	switch path.Ext(name) {
	case ".go", ".templ", ".sql", ".json", ".md", ".css", ".js", ".mjs", ".cedar", ".txt":
		return true
	}
	return path.Base(name) == "Makefile"
}

func readTree(tb testing.TB, root string) *tree {
	tb.Helper()
	t := &tree{fset: token.NewFileSet()}
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel := filepath.ToSlash(name)
		if d.IsDir() {
			if skipDir(rel) {
				return filepath.SkipDir
			}
			return nil
		}
		if !readable(rel) {
			return nil
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		t.add(tb, rel, string(text))
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	return t
}

// treeOf makes a tree from a text of files, each under a line "-- name --", for
// the rules' own examples.
func treeOf(tb testing.TB, text string) *tree {
	tb.Helper()
	t := &tree{fset: token.NewFileSet()}
	heads := regexp.MustCompile(`(?m)^-- (\S+) --\n`).FindAllStringSubmatchIndex(text, -1)
	for i, h := range heads {
		end := len(text)
		if i+1 < len(heads) {
			end = heads[i+1][0]
		}
		t.add(tb, text[h[2]:h[3]], text[h[1]:end])
	}
	if len(t.files) == 0 {
		tb.Fatal("an example without a file")
	}
	return t
}
