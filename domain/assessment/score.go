package assessment

import (
	"fmt"
	"slices"
	"strings"

	"alongside/platform/strictjson"
)

// Answers is one filled questionnaire. An item that is absent or null was not
// answered. Sex is female, male, or unstated: then a score has no band where the
// cut-off differs by sex. Absent is as unstated, with a flag that asks for it.
type Answers struct {
	Answers map[string]*float64 `json:"answers"`
	Version *string             `json:"version"`
	Sex     *string             `json:"sex"`
}

// Result is what the answers come to. A score that may not be computed is null,
// and so is its band.
type Result struct {
	Instrument string              `json:"instrument"`
	Version    string              `json:"version"`
	Scores     map[string]*float64 `json:"scores"`
	Bands      map[string]*string  `json:"bands"`
	Flags      []string            `json:"flags"`
	Missing    []string            `json:"missing"`  // items that count, have no answer and were not skipped by rule
	Complete   bool                `json:"complete"` // nothing is missing
	Source     string              `json:"source"`

	says []string
}

// sitting is one scoring under way.
type sitting struct {
	in      *Instrument
	version Version
	sex     string
	given   map[string]float64
	zero    map[string]bool // not asked by rule: counts 0
	against []string        // answers that contradict a rule of skipping, in words
}

// Score computes everything the instrument allows from a. It refuses, with a
// *strictjson.Fault that names the place, what is not an answer to it, and an
// instrument whose scoring is not known.
func (in *Instrument) Score(a Answers) (Result, error) {
	if in.Refuses != "" {
		return Result{}, strictjson.At("", "%s is not scored: %s", in.Code, in.Refuses)
	}
	s, err := in.sit(a)
	if err != nil {
		return Result{}, err
	}
	return s.result(), nil
}

func (s *sitting) result() Result {
	r := Result{
		Instrument: s.in.Code, Version: s.version.Name, Source: s.in.cite(s.version),
		Scores: map[string]*float64{}, Bands: map[string]*string{}, Flags: []string{}, Missing: []string{},
	}
	for _, sc := range s.in.Scores {
		if !holds(sc.Versions, s.version) {
			continue
		}
		value, missing := s.score(sc)
		r.Scores[sc.Name] = value
		if value != nil && len(missing) > 0 {
			r.says = append(r.says, fmt.Sprintf("%s: the mean of the other answers stands in for item %s, as the authors allow.", sc.Name, strings.Join(missing, ", ")))
		}
		for _, id := range missing {
			if !slices.Contains(r.Missing, id) {
				r.Missing = append(r.Missing, id)
			}
		}
	}
	s.sortMissing(r.Missing)
	r.Complete = len(r.Missing) == 0
	s.band(&r)
	s.flag(&r)
	return r
}

// score is a score's value, nil when it may not be computed, and the items it
// lacks.
func (s *sitting) score(sc Score) (value *float64, missing []string) {
	ids := mustSpell(sc.Items)
	sum, n := 0.0, 0
	for _, id := range ids {
		v, ok := s.counts(id)
		if !ok {
			missing = append(missing, id)
			continue
		}
		sum += v
		n++
	}
	if !sc.mayLack(missing) || n == 0 {
		return nil, missing
	}
	total := sum / float64(n)
	if sc.Of == "sum" && len(missing) == 0 {
		total = sum
	} else if sc.Of == "sum" {
		total *= float64(len(ids))
	}
	total = sc.scaled(total)
	return &total, missing
}

// scaled is a raw sum or mean as the score is told.
func (sc Score) scaled(raw float64) float64 {
	if sc.Times != 0 {
		raw *= sc.Times
	}
	return raw + sc.Plus
}

// mayLack reports whether the authors let a score be computed without these.
func (sc Score) mayLack(missing []string) bool {
	if len(missing) == 0 {
		return true
	}
	if sc.Prorate == nil || len(missing) > sc.Prorate.Most {
		return false
	}
	never := mustSpell(sc.Prorate.Never)
	return !slices.ContainsFunc(missing, func(id string) bool { return slices.Contains(never, id) })
}

// counts is what an item adds: its answer, turned round where the key says so.
func (s *sitting) counts(id string) (float64, bool) {
	v, ok := s.given[id]
	if !ok {
		return 0, s.zero[id]
	}
	if slices.Contains(mustSpell(s.in.Reversed), id) {
		low, high := s.in.scaleOf(s.in.item(id), s.version).bounds()
		v = low + high - v
	}
	return v, true
}

func (s *sitting) sortMissing(ids []string) {
	at := func(id string) int {
		return slices.IndexFunc(s.in.items, func(it item) bool { return it.id == id })
	}
	slices.SortFunc(ids, func(a, b string) int { return at(a) - at(b) })
}

func (s *sitting) band(r *Result) {
	for _, b := range s.in.Bands {
		if !holds(b.Versions, s.version) {
			continue
		}
		if _, seen := r.Bands[b.key()]; !seen {
			r.Bands[b.key()] = nil
		}
		value := r.Scores[b.Score]
		if value == nil || b.Sex != "" && b.Sex != s.sex {
			continue
		}
		name := b.of(*value)
		r.Bands[b.key()] = &name
	}
}

// of names the band of a value; one between two whole numbers, which a mean
// gives, is in the lower band.
func (b Bands) of(value float64) string {
	name := b.Bands[0].Name
	for _, x := range b.Bands {
		if value >= x.From {
			name = x.Name
		}
	}
	return name
}

func (s *sitting) flag(r *Result) {
	if s.sex == unsaid {
		r.Flags = append(r.Flags, "sex-not-given")
		r.says = append(r.says, "The cut-off differs by sex, so a band is left out: add \"sex\", female or male, or unstated if it is not to be told.")
	}
	if len(s.against) > 0 {
		r.Flags = append(r.Flags, "answers-contradict")
		r.says = append(r.says, s.against...)
	}
	for _, f := range s.in.Flags {
		if v, ok := s.given[f.Item]; ok && v > f.Above {
			r.Flags = append(r.Flags, f.Name)
			r.says = append(r.says, f.Says)
		}
	}
}

func holds(versions []string, v Version) bool {
	return len(versions) == 0 || slices.Contains(versions, v.Name)
}

func (in *Instrument) item(id string) item {
	i := slices.IndexFunc(in.items, func(it item) bool { return it.id == id })
	if i < 0 {
		return item{}
	}
	return in.items[i]
}
