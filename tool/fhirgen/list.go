package main

import (
	"fmt"
	"strings"
)

// want is one line of the list: a type of the specification and the elements
// of it that the program holds.
type want struct {
	path     string // "Encounter" or "Encounter.diagnosis"
	elements []element
}

type element struct {
	name   string   // as in the specification, "value[x]" with its brackets
	types  []string // for a choice: only these; empty takes all
	goType string   // instead of the type the specification gives
}

func parseList(text string) ([]want, error) {
	var out []want
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		path, rest, ok := strings.Cut(line, ":")
		if !ok || strings.TrimSpace(rest) == "" {
			return nil, fmt.Errorf("line %d: expected Type: element element …", i+1)
		}
		w := want{path: strings.TrimSpace(path)}
		for _, word := range strings.Fields(rest) {
			w.elements = append(w.elements, parseElement(word))
		}
		out = append(out, w)
	}
	return out, nil
}

func parseElement(word string) element {
	e := element{name: word}
	if name, goType, ok := strings.Cut(word, "!"); ok {
		e.name, e.goType = name, goType
	}
	if name, types, ok := strings.Cut(e.name, "="); ok {
		e.name, e.types = name, strings.Split(types, ",")
	}
	return e
}
