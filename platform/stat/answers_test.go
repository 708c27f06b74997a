package stat_test

import (
	"bufio"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// Each published answer stands in the test that the list names for it.
func TestNoAnswerIsLost(t *testing.T) {
	f, err := os.Open(filepath.Join("testdata", "answers.txt"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	held, answers := map[string]map[string]bool{}, 0
	for s := bufio.NewScanner(f); s.Scan(); {
		words := strings.Fields(s.Text())
		if words[0] == "#" {
			continue
		}
		if held[words[0]] == nil {
			held[words[0]] = literals(t, words[0])
		}
		for _, answer := range words[2:] {
			answers++
			if !held[words[0]][words[1]+" "+strings.ReplaceAll(answer, "_", " ")] {
				t.Errorf("%s in %s does not compare %s", words[1], words[0], answer)
			}
		}
	}
	if answers < 190 {
		t.Errorf("the list holds %d answers", answers)
	}
}

// literals are the strings and numbers of each test of a package, after its name.
func literals(t *testing.T, folder string) map[string]bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*_test.go"))
	if err != nil || len(files) == 0 {
		t.Fatal(folder, err)
	}
	out := map[string]bool{}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if test, ok := d.(*ast.FuncDecl); ok {
				collect(test, out)
			}
		}
	}
	return out
}

func collect(test *ast.FuncDecl, into map[string]bool) {
	negative := map[ast.Node]bool{}
	ast.Inspect(test, func(n ast.Node) bool {
		switch v := n.(type) {
		case *ast.UnaryExpr:
			negative[v.X] = v.Op == token.SUB
		case *ast.BasicLit:
			text := v.Value
			if said, err := strconv.Unquote(text); err == nil {
				text = said
			}
			if negative[v] {
				text = "-" + text
			}
			into[test.Name.Name+" "+text] = true
		}
		return true
	})
}
