package statcli_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The page for evaluators names every command with its flags and every key
// that an answer may have.
func TestPageNamesEverything(t *testing.T) {
	b, err := os.ReadFile(filepath.Join("..", "..", "docs", "statistics.md"))
	if err != nil {
		t.Fatal(err)
	}
	page := string(b)
	help := run("", "help").out
	commands := regexp.MustCompile(`(?m)^  alongside stats (\S+)(.*)$`).FindAllStringSubmatch(help, -1)
	if len(commands) != 16 {
		t.Fatalf("%d commands in the help", len(commands))
	}
	for _, c := range commands {
		if !strings.Contains(page, "| `"+c[1]+"` |") {
			t.Errorf("the page has no row for %s", c[1])
		}
		for _, flag := range regexp.MustCompile(`--[a-z0-9-]+`).FindAllString(c[2], -1) {
			if !strings.Contains(page, flag) {
				t.Errorf("the page does not name %s of %s", flag, c[1])
			}
		}
	}
	for line := range answered() {
		var answer any
		if err := json.Unmarshal([]byte(stats(line+" --json").out), &answer); err != nil {
			t.Fatal(line, err)
		}
		for _, key := range keys(answer) {
			if !strings.Contains(page, "`"+key+"`") && !strings.Contains(page, "`"+key+"[]`") {
				t.Errorf("the page does not name %s of %s", key, strings.Fields(line)[0])
			}
		}
	}
}

func keys(answer any) []string {
	var out []string
	switch v := answer.(type) {
	case map[string]any:
		for key, inner := range v {
			out = append(append(out, key), keys(inner)...)
		}
	case []any:
		for _, inner := range v {
			out = append(out, keys(inner)...)
		}
	}
	return out
}
