package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// tables writes what the reader checks with. They cover every element of the
// listed types, held by the program or not: a fault is a fault in both.
func (w *writer) tables(wants []want) error {
	for _, x := range append(wants, want{path: "Extension"}) {
		for path, d := range w.spec.elements {
			rest, inside := strings.CutPrefix(path, x.path+".")
			if !inside {
				continue
			}
			if err := w.note(rest[strings.LastIndex(rest, ".")+1:], d); err != nil {
				return err
			}
		}
	}
	w.table("choiceOf", "names the choice an element belongs to: deceasedBoolean is one of deceased[x].\n// It returns \"\" for what is none.", w.choices)
	w.table("timeKind", "says which kind of time an element of this name holds: date, dateTime or\n// instant. It returns \"\" for what holds none.", w.times)
	fmt.Fprintf(w, "// IsResource reports whether FHIR R4 has a resource of this name.\nfunc IsResource(name string) bool {\nswitch name {\ncase ")
	w.names(w.spec.resources)
	fmt.Fprintf(w, ":\nreturn true\n}\nreturn false\n}\n")
	return nil
}

// note remembers every name an element can take and what time it holds.
func (w *writer) note(name string, d definition) error {
	base, isChoice := strings.CutSuffix(name, "[x]")
	for _, t := range d.Type {
		full := base
		if isChoice {
			full = base + title(t.Code)
			w.choices[full] = base
		}
		if t.Code != "date" && t.Code != "dateTime" && t.Code != "instant" {
			continue
		}
		if old, ok := w.times[full]; ok && old != t.Code {
			return fmt.Errorf("%s is %s in one place and %s in another: the table by name is not enough", full, old, t.Code)
		}
		w.times[full] = t.Code
	}
	return nil
}

// table writes a function from name to group as one switch.
func (w *writer) table(fn, doc string, of map[string]string) {
	fmt.Fprintf(w, "// %s %s\nfunc %s(name string) string {\nswitch name {\n", fn, doc, fn)
	groups := map[string][]string{}
	for name, group := range of {
		groups[group] = append(groups[group], name)
	}
	for _, group := range slices.Sorted(maps.Keys(groups)) {
		slices.Sort(groups[group])
		fmt.Fprint(w, "case ")
		w.names(groups[group])
		fmt.Fprintf(w, ":\nreturn %q\n", group)
	}
	fmt.Fprintf(w, "}\nreturn \"\"\n}\n\n")
}

// names writes quoted names, six to a line.
func (w *writer) names(all []string) {
	for i, n := range all {
		switch {
		case i == 0:
		case i%6 == 0:
			fmt.Fprint(w, ",\n")
		default:
			fmt.Fprint(w, ", ")
		}
		fmt.Fprintf(w, "%q", n)
	}
}
