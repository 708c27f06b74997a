package assessment

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// spell writes a list such as "1..3 7A" out: 1 2 3 7A. It refuses a range that
// runs backwards and an item that stands twice.
func spell(list string) ([]string, error) {
	var out []string
	for _, word := range strings.Fields(list) {
		ids, err := span(word)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			if slices.Contains(out, id) {
				return nil, fmt.Errorf("item %s stands twice in %q", id, list)
			}
			out = append(out, id)
		}
	}
	return out, nil
}

func span(word string) ([]string, error) {
	first, last, isRange := strings.Cut(word, "..")
	if !isRange {
		return []string{word}, nil
	}
	prefix := strings.TrimRight(first, "0123456789")
	from, err := strconv.Atoi(strings.TrimPrefix(first, prefix))
	if err != nil {
		return nil, fmt.Errorf("%q is not a range of items", word)
	}
	to, err := strconv.Atoi(last)
	if err != nil || to < from || to > from+500 {
		return nil, fmt.Errorf("%q is not a range of items", word)
	}
	var out []string
	for n := from; n <= to; n++ {
		out = append(out, prefix+strconv.Itoa(n))
	}
	return out, nil
}

// mustSpell is spell for a list that the loader has checked.
func mustSpell(list string) []string {
	ids, _ := spell(list)
	return ids
}
