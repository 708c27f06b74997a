package assessment

import (
	"fmt"
	"math"
	"regexp"
	"slices"

	"alongside/platform/strictjson"
)

var codeForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// check refuses what is malformed, naming the place, and spells the items out.
func (in *Instrument) check(folder string) error {
	steps := []func() error{
		func() error { return in.checkHead(folder) },
		in.checkScales, in.checkItems, in.checkText, in.checkRules, in.checkScores, in.checkBands, in.checkFlags,
	}
	if in.Refuses != "" {
		steps = []func() error{steps[0], in.checkRefusal}
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (in *Instrument) checkHead(folder string) error {
	switch {
	case in.Code != folder || !codeForm.MatchString(in.Code):
		return strictjson.At("/code", "%q is not the folder's name in lower case with hyphens", in.Code)
	case in.Name == "":
		return strictjson.At("/name", "is missing")
	case !slices.Contains([]string{"A", "B", "C"}, in.Tier):
		return strictjson.At("/tier", "%q is not A, B or C", in.Tier)
	case in.Licence.Says == "" || in.Licence.Source == "":
		return strictjson.At("/licence", "says and source are both needed")
	case in.Source == "":
		return strictjson.At("/source", "is missing")
	}
	return nil
}

// checkRefusal keeps an instrument that is not scored from half a scoring.
func (in *Instrument) checkRefusal() error {
	if len(in.Scores)+len(in.Bands)+len(in.Flags) > 0 {
		return strictjson.At("/refuses", "says that it is not scored, and there are scores")
	}
	return nil
}

func (in *Instrument) checkScales() error {
	if len(in.Versions) == 0 {
		return strictjson.At("/versions", "at least one is needed")
	}
	for name, s := range in.Scales {
		if err := s.check(); err != nil {
			return strictjson.At("/scales/"+name, "%v", err)
		}
	}
	for i, v := range in.Versions {
		place := fmt.Sprintf("/versions/%d", i)
		if v.Name == "" || v.Says == "" {
			return strictjson.At(place, "name and says are both needed")
		}
		for name, s := range v.Scales {
			if err := s.check(); err != nil {
				return strictjson.At(place+"/scales/"+name, "%v", err)
			}
		}
	}
	return nil
}

func (s Scale) check() error {
	if len(s.Choices) == 0 && (s.From >= s.To || s.From != math.Trunc(s.From) || s.To != math.Trunc(s.To)) {
		return fmt.Errorf("from %v to %v is not a range of whole numbers", s.From, s.To)
	}
	if len(s.Choices) == 1 {
		return fmt.Errorf("one choice is none")
	}
	if len(s.Choices) > 0 && (s.From != 0 || s.To != 0) {
		return fmt.Errorf("has choices and a range")
	}
	return nil
}

func (in *Instrument) checkItems() error {
	seen := map[string]bool{}
	for i, g := range in.Items {
		place := fmt.Sprintf("/items/%d", i)
		ids, err := spell(g.IDs)
		if err != nil || len(ids) == 0 {
			return strictjson.At(place+"/ids", "%q names no items: %v", g.IDs, err)
		}
		if _, ok := in.Scales[g.Scale]; !ok {
			return strictjson.At(place+"/scale", "there is no scale %q", g.Scale)
		}
		if len(ids) > 1 && (g.Text != nil || g.LOINC != "") {
			return strictjson.At(place, "words and a code belong to one item")
		}
		for _, id := range ids {
			if seen[id] {
				return strictjson.At(place+"/ids", "item %s stands twice", id)
			}
			seen[id] = true
			in.items = append(in.items, item{id: id, scale: g.Scale, text: g.Text, loinc: g.LOINC})
		}
	}
	return nil
}

// checkText holds an instrument to all of its text in each of its languages, or
// none.
func (in *Instrument) checkText() error {
	if in.hasText() && in.Tier != "A" {
		return strictjson.At("/languages", "only tier A ships with its text")
	}
	for i, it := range in.items {
		if len(it.text) != len(in.Languages) {
			return strictjson.At(fmt.Sprintf("/items/%d/text", i), "has %d languages, not the %d that /languages names", len(it.text), len(in.Languages))
		}
		for _, l := range in.Languages {
			if it.text[l.Code] == "" || l.Source == "" {
				return strictjson.At(fmt.Sprintf("/items/%d/text", i), "no words in %q, or nobody says where they are from", l.Code)
			}
		}
	}
	return nil
}

// checkRules looks at everything that names items.
func (in *Instrument) checkRules() error {
	lists := map[string]string{"/reversed": in.Reversed}
	for i, k := range in.Skips {
		lists[fmt.Sprintf("/skips/%d/if", i)] = k.If
		lists[fmt.Sprintf("/skips/%d/then", i)] = k.Then
	}
	for i, s := range in.Scores {
		lists[fmt.Sprintf("/scores/%d/items", i)] = s.Items
		if s.Prorate != nil {
			lists[fmt.Sprintf("/scores/%d/prorate/never", i)] = s.Prorate.Never
		}
	}
	for place, list := range lists {
		ids, err := spell(list)
		if err != nil {
			return strictjson.At(place, "%v", err)
		}
		for _, id := range ids {
			if in.item(id).id == "" {
				return strictjson.At(place, "there is no item %q", id)
			}
		}
	}
	return nil
}

func (in *Instrument) checkFlags() error {
	for i, f := range in.Flags {
		if in.item(f.Item).id == "" || f.Name == "" || f.Says == "" {
			return strictjson.At(fmt.Sprintf("/flags/%d", i), "item, name and says are needed, and the item must be there")
		}
	}
	return nil
}
