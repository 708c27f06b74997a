package assessment

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"

	"alongside/platform/strictjson"
)

// checkExamples scores every worked example, and asks for enough of them: one in
// each version, and one with an answer missing.
func (in *Instrument) checkExamples() error {
	if in.Refuses != "" {
		if len(in.examples) > 0 {
			return strictjson.At("", "there are examples of an instrument that is not scored")
		}
		return nil
	}
	lacks := false
	seen := map[string]bool{}
	for i, e := range in.examples {
		got, err := in.Score(e.answers())
		if err != nil {
			return strictjson.At(fmt.Sprintf("/%d", i), "%s: %v", e.Name, err)
		}
		if why := e.differs(got); why != "" || e.Source == "" || e.Name == "" {
			return strictjson.At(fmt.Sprintf("/%d", i), "%s: %s (name and source are needed)", e.Name, why)
		}
		seen[got.Version], lacks = true, lacks || len(e.Missing) > 0
	}
	for _, v := range in.Versions {
		if !seen[v.Name] {
			return strictjson.At("", "no example of version %s", v.Name)
		}
	}
	if !lacks {
		return strictjson.At("", "no example with an answer missing")
	}
	return nil
}

func (e Example) answers() Answers {
	a := Answers{Answers: e.Answers}
	if e.Version != "" {
		a.Version = &e.Version
	}
	if e.Sex != "" {
		a.Sex = &e.Sex
	}
	return a
}

// differs says how a result is not what the example tells; "" when it is.
func (e Example) differs(r Result) string {
	switch {
	case !maps.EqualFunc(e.Scores, r.Scores, near):
		return fmt.Sprintf("scores %s, not %s", text(r.Scores), text(e.Scores))
	case !maps.EqualFunc(e.Bands, r.Bands, sameWords):
		return fmt.Sprintf("bands %s, not %s", text(r.Bands), text(e.Bands))
	case !slices.Equal(e.Flags, r.Flags):
		return fmt.Sprintf("flags %v, not %v", r.Flags, e.Flags)
	case !slices.Equal(e.Missing, r.Missing):
		return fmt.Sprintf("missing %v, not %v", r.Missing, e.Missing)
	case e.Complete != r.Complete:
		return fmt.Sprintf("complete %v, not %v", r.Complete, e.Complete)
	}
	return ""
}

func near(a, b *float64) bool {
	if a == nil || b == nil {
		return a == b
	}
	return math.Abs(*a-*b) <= 1e-9*max(1, math.Abs(*a))
}

func sameWords(a, b *string) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

func text(v any) string {
	out, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(out)
}
