package alongside_test

import (
	"path"
	"regexp"
	"slices"
	"strings"
)

const table = "-- domain/x/migrations/00001_a.sql --\n-- +goose Up\n"

func migrationRules() []rule {
	return []rule{
		{
			name:  "tables belong to their folder",
			why:   "a table is written only by the domain whose name prefixes it",
			check: checkTableOwner,
			bad: []string{
				table + "CREATE TABLE y_a (tenant TEXT NOT NULL, PRIMARY KEY (tenant));\n",
				table + "ALTER TABLE people_person ADD COLUMN a TEXT NOT NULL DEFAULT '';\n",
				table + "CREATE INDEX x_i ON y_a (tenant);\n",
				table + "UPDATE y_a SET b = 1;\n",
				table + "DROP TABLE y_a;\n",
				table + "CREATE TABLE x_a (tenant TEXT NOT NULL REFERENCES y_a (tenant), PRIMARY KEY (tenant));\n",
			},
			good: []string{
				table + "CREATE TABLE x_a (tenant TEXT NOT NULL, PRIMARY KEY (tenant));\n",
				"-- platform/job/migrations/00001_a.sql --\n-- +goose Up\nCREATE TABLE job (tenant TEXT NOT NULL, PRIMARY KEY (tenant));\n",
			},
		},
		{
			name:  "column types",
			why:   "TEXT, BIGINT, DOUBLE PRECISION and BYTEA mean the same on both engines; NULL does not",
			check: checkColumns,
			bad: []string{
				table + "CREATE TABLE x_a (tenant TEXT NOT NULL, at TIMESTAMPTZ NOT NULL, PRIMARY KEY (tenant));\n",
				table + "CREATE TABLE x_a (tenant TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (tenant));\n",
				table + "CREATE TABLE x_a (tenant TEXT NOT NULL, n BIGINT, PRIMARY KEY (tenant));\n",
				table + "ALTER TABLE x_a ADD COLUMN n BIGINT DEFAULT 0;\n",
				table + "ALTER TABLE x_a ADD COLUMN n BIGINT NOT NULL;\n",
				table + "CREATE TABLE x_a (tenant VARCHAR(20) NOT NULL, PRIMARY KEY (tenant));\n",
			},
			good: []string{
				table + "CREATE TABLE x_a (\n  tenant TEXT NOT NULL, -- whose, and why\n  d DOUBLE PRECISION NOT NULL DEFAULT 0,\n  PRIMARY KEY (tenant, d)\n);\n",
				table + "ALTER TABLE x_a ADD COLUMN n BIGINT NOT NULL DEFAULT 0;\n",
			},
		},
		{
			name:  "keys begin with the tenant",
			why:   "one organisation's rows lie together, and a key can never tell of another's",
			check: checkKeys,
			bad: []string{
				table + "CREATE TABLE x_a (id TEXT NOT NULL, PRIMARY KEY (id));\n",
				table + "CREATE TABLE x_a (id TEXT NOT NULL PRIMARY KEY);\n",
				table + "CREATE TABLE x_a (tenant TEXT NOT NULL);\n",
				table + "CREATE TABLE x_a (tenant TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (tenant, id), UNIQUE (id));\n",
				table + "CREATE TABLE x_a (tenant TEXT NOT NULL, id TEXT NOT NULL UNIQUE, PRIMARY KEY (tenant, id));\n",
				table + "CREATE UNIQUE INDEX x_i ON x_a (id);\n",
			},
			good: []string{
				table + "CREATE TABLE x_a (tenant TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (tenant, id));\nCREATE UNIQUE INDEX x_i ON x_a (tenant, id) WHERE id <> '';\n",
			},
		},
		{
			name:  "migrations in order",
			why:   "each is one small step with its own number, and none is missing",
			check: checkOrder,
			bad: []string{
				"-- domain/x/migrations/1_a.sql --\n-- +goose Up\n",
				"-- domain/x/migrations/00002_a.sql --\n-- +goose Up\n",
				"-- domain/x/migrations/00001_a.sql --\n-- +goose Up\n-- domain/x/migrations/00001_b.sql --\n-- +goose Up\n",
				"-- domain/x/migrations/00001_a.sql --\nSELECT 1;\n",
			},
		},
	}
}

func migrations(t *tree) []*source {
	return t.where(func(s *source) bool { return s.ext() == ".sql" && path.Base(s.dir()) == "migrations" })
}

// uncomment takes SQL comments out, but keeps the lines.
func uncomment(sql string) string { return regexp.MustCompile(`--[^\n]*`).ReplaceAllString(sql, "") }

func checkTableOwner(t *tree) []finding {
	named := regexp.MustCompile(`(?i)\b(?:CREATE TABLE(?: IF NOT EXISTS)?|ALTER TABLE|DROP TABLE(?: IF EXISTS)?|INSERT INTO|DELETE FROM|UPDATE|REFERENCES|INDEX \w+ ON)\s+([a-z_0-9]+)`)
	var out []finding
	for _, s := range migrations(t) {
		for _, m := range named.FindAllStringSubmatch(uncomment(s.text), -1) {
			if !owns(s.domain(), m[1]) {
				out = append(out, found(s.path+" "+m[1], 1, "table %s is not of %s", m[1], s.domain()))
			}
		}
	}
	return out
}

func owns(domain, table string) bool {
	return table == domain || strings.HasPrefix(table, domain+"_")
}

// created is one CREATE TABLE: its name and the parts between its brackets.
type created struct {
	name  string
	parts []string
}

func createdTables(sql string) []created {
	var out []created
	sql = uncomment(sql)
	for _, m := range regexp.MustCompile(`(?i)CREATE TABLE(?: IF NOT EXISTS)?\s+(\w+)\s*\(`).FindAllStringSubmatchIndex(sql, -1) {
		out = append(out, created{name: sql[m[2]:m[3]], parts: splitTop(sql[m[1]:])})
	}
	return out
}

// splitTop cuts a text at its outer commas, up to the bracket that closes it.
func splitTop(s string) []string {
	var parts []string
	deep, start := 0, 0
	for i, c := range s {
		switch {
		case c == '(':
			deep++
		case c == ')' && deep > 0:
			deep--
		case c == ')':
			return append(parts, strings.TrimSpace(s[start:i]))
		case c == ',' && deep == 0:
			parts = append(parts, strings.TrimSpace(s[start:i]))
			start = i + 1
		}
	}
	return parts
}

func isConstraint(part string) bool {
	return regexp.MustCompile(`(?i)^(PRIMARY KEY|UNIQUE|FOREIGN KEY|CHECK|CONSTRAINT)\b`).MatchString(part)
}

func checkColumns(t *tree) []finding {
	column := regexp.MustCompile(`^\w+\s+(TEXT|BIGINT|DOUBLE PRECISION|BYTEA)\s+NOT NULL\b`)
	added := regexp.MustCompile(`(?is)ADD COLUMN\s+([^;]*)`)
	var out []finding
	for _, s := range migrations(t) {
		for _, c := range createdTables(s.text) {
			for _, p := range c.parts {
				if !isConstraint(p) && !column.MatchString(p) {
					out = append(out, found(s.path+" "+c.name, 1, "%q: a shared type, then NOT NULL", p))
				}
			}
		}
		for _, m := range added.FindAllStringSubmatch(uncomment(s.text), -1) {
			if !column.MatchString(m[1]) || !strings.Contains(m[1], "DEFAULT") {
				out = append(out, found(s.path, 1, "%q: a shared type, NOT NULL and a DEFAULT", m[1]))
			}
		}
	}
	return out
}

func checkKeys(t *tree) []finding {
	var out []finding
	index := regexp.MustCompile(`(?i)CREATE UNIQUE INDEX (\w+) ON \w+\s*\(\s*(\w+)`)
	for _, s := range migrations(t) {
		for _, c := range createdTables(s.text) {
			for _, say := range badKeys(c.parts) {
				out = append(out, found(s.path+" "+c.name, 1, "%s: %s", c.name, say))
			}
		}
		for _, m := range index.FindAllStringSubmatch(uncomment(s.text), -1) {
			if m[2] != "tenant" {
				out = append(out, found(s.path+" "+m[1], 1, "unique index %s begins with %s", m[1], m[2]))
			}
		}
	}
	return out
}

func badKeys(parts []string) []string {
	key := regexp.MustCompile(`(?i)^(?:CONSTRAINT \w+ )?(PRIMARY KEY|UNIQUE)\s*\(\s*(\w+)`)
	inline := regexp.MustCompile(`(?i)^(\w+) .*\b(PRIMARY KEY|UNIQUE)\b`)
	var out []string
	primary := false
	for _, p := range parts {
		m, in := key.FindStringSubmatch(p), inline.FindStringSubmatch(p)
		switch {
		case m != nil:
			primary = primary || strings.EqualFold(m[1], "PRIMARY KEY")
			if m[2] != "tenant" {
				out = append(out, m[1]+" begins with "+m[2])
			}
		case in != nil && !isConstraint(p):
			primary = primary || strings.EqualFold(in[2], "PRIMARY KEY")
			if in[1] != "tenant" {
				out = append(out, in[2]+" on "+in[1]+" alone")
			}
		}
	}
	if !primary {
		out = append(out, "no primary key")
	}
	return out
}

func checkOrder(t *tree) []finding {
	var out []finding
	numbers := map[string][]string{}
	for _, s := range migrations(t) {
		m := regexp.MustCompile(`^(\d{5})_[a-z0-9_]+\.sql$`).FindStringSubmatch(path.Base(s.path))
		if m == nil || !strings.Contains(s.text, "-- +goose Up") {
			out = append(out, found(s.path, 1, "a migration is called 00001_what.sql and says -- +goose Up"))
			continue
		}
		numbers[s.dir()] = append(numbers[s.dir()], m[1])
	}
	for dir, have := range numbers {
		slices.Sort(have)
		if have[0] != "00001" || len(slices.Compact(slices.Clone(have))) != len(have) || have[len(have)-1] != pad(len(have)) {
			out = append(out, found(dir, 0, "numbers are %s: they begin at 00001, without a gap or a double", strings.Join(have, ", ")))
		}
	}
	return out
}
