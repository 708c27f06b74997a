package alongside_test

import (
	"fmt"
	"go/ast"
	"go/token"
	"regexp"
	"strconv"
	"strings"
)

func pad(n int) string { return fmt.Sprintf("%05d", n) }

func sqlRules() []rule {
	return []rule{
		{
			name:  "tables are written by their domain",
			why:   "a table that two domains write has no rules of its own",
			check: checkWrites,
			bad: []string{
				"-- domain/x/x.go --\npackage x\nconst q = `UPDATE people_person SET a = $2 WHERE tenant = $1`\n",
				"-- domain/x/x.go --\npackage x\nfunc a() { e(\"INSERT INTO y_z (tenant) VALUES ($1)\") }\n",
				"-- domain/x/x.go --\npackage x\nfunc a() { e(\"DELETE FROM y_z WHERE tenant = $1\") }\n",
				"-- surface/web/x.go --\npackage web\nfunc a() { e(\"DELETE FROM people_person WHERE tenant = $1\") }\n",
			},
			good: []string{
				"-- domain/x/x.go --\npackage x\nfunc a() { e(\"UPDATE x_y SET a = $2 WHERE tenant = $1\"); say(\"Update your page\") }\n",
			},
		},
		{
			name:  "tables are read by those who may import their domain",
			why:   "a look into a neighbour's table is an import that the import table cannot see",
			check: checkReads,
			bad: []string{
				"-- domain/handoff/x.go --\npackage handoff\nconst q = `SELECT a FROM mentoring_pair WHERE tenant = $1`\n",
				"-- domain/audit/x.go --\npackage audit\nconst q = `SELECT a FROM audit_leaf l JOIN people_person p ON 1 = 1 WHERE tenant = $1`\n",
			},
			good: []string{"-- domain/handoff/x.go --\npackage handoff\nconst q = `SELECT a FROM handoff_handoff WHERE tenant = $1`\n"},
		},
		{
			name:  "shared SQL",
			why:   "one text runs on both engines: numbered parameters, and no word that only one of them knows",
			check: checkShared,
			bad: []string{
				"-- domain/x/x.go --\npackage x\nconst q = `SELECT a FROM x_y WHERE tenant = ?`\n",
				"-- domain/x/x.go --\npackage x\nconst q = `SELECT a::text FROM x_y WHERE tenant = $1`\n",
				"-- domain/x/x.go --\npackage x\nconst q = `SELECT NOW() FROM x_y WHERE tenant = $1`\n",
				"-- domain/x/x.go --\npackage x\nconst q = `INSERT OR IGNORE INTO x_y (tenant) VALUES ($1)`\n",
				"-- domain/x/x.go --\npackage x\nconst q = `SELECT * FROM x_y WHERE tenant = $1`\n",
			},
			good: []string{"-- domain/x/x.go --\npackage x\nconst q = `SELECT COUNT(*) FROM x_y WHERE tenant = $1`\n"},
		},
	}
}

// eachText calls do for every string written in a Go file, unquoted. Struct
// tags and import paths are left out.
func eachText(t *tree, keep func(*source) bool, do func(s *source, line int, text string)) {
	for _, s := range t.goFiles(keep) {
		ast.Inspect(s.syntax, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ImportSpec:
				return false
			case *ast.Field:
				n.Tag = nil
			case *ast.BasicLit:
				if text, err := strconv.Unquote(n.Value); err == nil && n.Kind == token.STRING {
					do(s, t.line(n), text)
				}
			}
			return true
		})
	}
}

func speaksSQL(s *source) bool { return program(s) && s.isHand() && !s.under("platform") }

func checkWrites(t *tree) []finding {
	write := regexp.MustCompile(`\b(?:INSERT INTO|DELETE FROM|UPDATE)\s+([a-z]\w*)(?:\s|$)`)
	var out []finding
	eachText(t, speaksSQL, func(s *source, line int, text string) {
		for _, m := range write.FindAllStringSubmatch(text, -1) {
			if s.domain() == "" || !owns(s.domain(), m[1]) {
				out = append(out, found(s.path+" "+m[1], line, "%s is written outside its domain", m[1]))
			}
		}
	})
	return out
}

func checkReads(t *tree) []finding {
	read := regexp.MustCompile(`\b(?:FROM|JOIN)\s+([a-z]+)_\w+`)
	var out []finding
	eachText(t, speaksSQL, func(s *source, line int, text string) {
		for _, m := range read.FindAllStringSubmatch(text, -1) {
			if strings.Contains(text, "SELECT") && m[1] != s.domain() && !mayImport(s, "domain/"+m[1]) {
				out = append(out, found(s.path+" "+m[1], line, "reads a table of %s", m[1]))
			}
		}
	})
	return out
}

func checkShared(t *tree) []finding {
	statement := regexp.MustCompile(`\b(SELECT\s.*\sFROM|INSERT\s.*INTO|UPDATE\s+[a-z_]+\s+SET|DELETE FROM)\b`)
	own := regexp.MustCompile(`\?|::|\b(NOW\(\)|CURRENT_TIMESTAMP|DATETIME\(|OR IGNORE|OR REPLACE|ILIKE|GLOB|ROWID|SERIAL|AUTOINCREMENT|INTERVAL|ARRAY\[)|SELECT \*|= ANY`)
	var out []finding
	eachText(t, speaksSQL, func(s *source, line int, text string) {
		flat := strings.Join(strings.Fields(text), " ")
		if m := own.FindString(flat); statement.MatchString(flat) && m != "" {
			out = append(out, found(s.path, line, "%q in %q", m, flat))
		}
	})
	return out
}
