package assessment

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"alongside/platform/strictjson"
)

// sit checks answers against the instrument, place by place.
func (in *Instrument) sit(a Answers) (*sitting, error) {
	v, err := in.version(a.Version)
	if err != nil {
		return nil, err
	}
	s := &sitting{in: in, version: v, given: map[string]float64{}, zero: map[string]bool{}}
	if s.sex, err = in.sexOf(a.Sex, v); err != nil {
		return nil, err
	}
	for _, id := range slices.Sorted(maps.Keys(a.Answers)) {
		if err := s.take(id, a.Answers[id]); err != nil {
			return nil, err
		}
	}
	if len(s.given) == 0 {
		return nil, strictjson.At("/answers", "there is no answer; give at least one, as {\"answers\":{%q:…}}", in.items[0].id)
	}
	s.skip()
	return s, nil
}

func (in *Instrument) version(name *string) (Version, error) {
	if name == nil && !in.Versions[0].MustSay {
		return in.Versions[0], nil
	}
	var names []string
	for _, v := range in.Versions {
		if name != nil && v.Name == *name {
			return v, nil
		}
		names = append(names, v.Name)
	}
	if name == nil {
		return Version{}, strictjson.At("/version", "say which: %s; they score differently and neither is usual", strings.Join(names, " or "))
	}
	return Version{}, strictjson.At("/version", "%s has no version %.60q; it has %s", in.Code, *name, strings.Join(names, ", "))
}

// unsaid is the sex of answers that leave it out where a cut-off differs by it:
// the score stands, its band is null, and a flag asks for it.
const unsaid = "unsaid"

func (in *Instrument) sexOf(sex *string, v Version) (string, error) {
	needed := slices.ContainsFunc(in.Bands, func(b Bands) bool { return b.Sex != "" && holds(b.Versions, v) })
	if sex == nil && needed {
		return unsaid, nil
	}
	if sex == nil {
		return "", nil
	}
	if *sex != "female" && *sex != "male" && *sex != "unstated" {
		return "", strictjson.At("/sex", "%.60q is not female, male or unstated", *sex)
	}
	return *sex, nil
}

func (s *sitting) take(id string, value *float64) error {
	place := "/answers" + strictjson.Key(id)
	it := s.in.item(id)
	if it.id == "" {
		return strictjson.At(place, "%s has no item %.60q; it has %s", s.in.Code, id, s.in.list())
	}
	if value == nil {
		return nil
	}
	scale := s.in.scaleOf(it, s.version)
	if !slices.Contains(scale.values(), *value) {
		return strictjson.At(place, "%s is not an answer to it; it takes %s", number(*value), scale.list())
	}
	s.given[id] = *value
	return nil
}

// skip counts as 0 what the form says need not be asked. What was answered all
// the same counts as answered, and where it is above 0 the two contradict.
func (s *sitting) skip() {
	for _, k := range s.in.Skips {
		if slices.ContainsFunc(mustSpell(k.If), func(id string) bool { v, ok := s.given[id]; return !ok && !s.zero[id] || v != 0 }) {
			continue
		}
		for _, id := range mustSpell(k.Then) {
			v, answered := s.given[id]
			if !answered {
				s.zero[id] = true
			} else if v > 0 {
				s.against = append(s.against, fmt.Sprintf("Item %s is above 0, and %s answered 0 says that it need not be asked: look at the form again.", id, k.If))
			}
		}
	}
}

// list names the items as they were written down.
func (in *Instrument) list() string {
	if len(in.Items) > 0 && in.Items[0].Text == nil {
		var out []string
		for _, it := range in.Items {
			out = append(out, strings.ReplaceAll(it.IDs, "..", " to "))
		}
		return strings.Join(out, ", ")
	}
	return in.items[0].id + " to " + in.items[len(in.items)-1].id
}

func (s Scale) list() string {
	if len(s.Choices) == 0 {
		return fmt.Sprintf("whole numbers from %s to %s", number(s.From), number(s.To))
	}
	var out []string
	for _, v := range s.values() {
		out = append(out, number(v))
	}
	return strings.Join(out, ", ")
}

func number(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// rounded is a score in words: two decimals where it has more.
func rounded(v float64) string { return strconv.FormatFloat(math.Round(100*v)/100, 'g', -1, 64) }

// cite is where the scoring comes from, with what is not verified said aloud.
func (in *Instrument) cite(v Version) string {
	parts := []string{in.Source}
	for _, b := range in.Bands {
		if holds(b.Versions, v) && !slices.Contains(parts, b.Source) && !strings.HasPrefix(in.Source, b.Source) {
			parts = append(parts, b.Source)
		}
	}
	for _, u := range in.Unverified {
		parts = append(parts, "unverified: "+u)
	}
	return strings.Join(parts, "; ")
}
