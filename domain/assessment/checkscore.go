package assessment

import (
	"fmt"
	"slices"

	"alongside/platform/strictjson"
)

// checkScores computes what each score can be and holds the file to it.
func (in *Instrument) checkScores() error {
	if len(in.Scores) == 0 {
		return strictjson.At("/scores", "there is none; an instrument that cannot be scored says why in refuses")
	}
	for i, s := range in.Scores {
		place := fmt.Sprintf("/scores/%d", i)
		if s.Name == "" || s.Of != "sum" && s.Of != "mean" || s.Items == "" {
			return strictjson.At(place, "name, of (sum or mean) and items are needed")
		}
		if s.Prorate != nil && (s.Prorate.Source == "" || s.Prorate.Most < 1) {
			return strictjson.At(place+"/prorate", "say how many may be missing, and who allows it")
		}
		for _, v := range in.Versions {
			if !holds(s.Versions, v) {
				continue
			}
			if err := in.checkRange(s, v, place); err != nil {
				return err
			}
		}
	}
	return nil
}

func (in *Instrument) checkRange(s Score, v Version, place string) error {
	told, ok := s.rangeIn(v)
	if !ok {
		return strictjson.At(place+"/ranges", "none for version %s", v.Name)
	}
	low, high := 0.0, 0.0
	ids := mustSpell(s.Items)
	for _, id := range ids {
		l, h := in.scaleOf(in.item(id), v).bounds()
		low, high = low+l, high+h
	}
	if s.Of == "mean" {
		low, high = low/float64(len(ids)), high/float64(len(ids))
	}
	if low, high = s.scaled(low), s.scaled(high); low != told.From || high != told.To {
		return strictjson.At(place+"/ranges", "the answers of version %s give %v to %v, not %v to %v", v.Name, low, high, told.From, told.To)
	}
	return nil
}

func (s Score) rangeIn(v Version) (Range, bool) {
	i := slices.IndexFunc(s.Ranges, func(r Range) bool { return r.Version == v.Name })
	if i < 0 {
		i = slices.IndexFunc(s.Ranges, func(r Range) bool { return r.Version == "" })
	}
	if i < 0 {
		return Range{}, false
	}
	return s.Ranges[i], true
}

func (in *Instrument) checkBands() error {
	for i, b := range in.Bands {
		place := fmt.Sprintf("/bands/%d", i)
		at := slices.IndexFunc(in.Scores, func(s Score) bool { return s.Name == b.Score })
		switch {
		case at < 0:
			return strictjson.At(place+"/score", "there is no score %q", b.Score)
		case b.Source == "" || b.Population == "" || len(b.Bands) == 0:
			return strictjson.At(place, "source, population and bands are needed")
		case b.Unverified && len(in.Unverified) == 0:
			return strictjson.At(place, "is unverified, and /unverified does not say so")
		case !in.bothSexes(b):
			return strictjson.At(place+"/sex", "female and male are both needed")
		}
		for _, v := range in.Versions {
			if !holds(b.Versions, v) {
				continue
			}
			if err := b.check(in.Scores[at], v, place); err != nil {
				return err
			}
		}
	}
	return nil
}

func (in *Instrument) bothSexes(b Bands) bool {
	other := map[string]string{"female": "male", "male": "female"}[b.Sex]
	if other == "" {
		return b.Sex == ""
	}
	return slices.ContainsFunc(in.Bands, func(o Bands) bool {
		return o.key() == b.key() && o.Sex == other && slices.Equal(o.Versions, b.Versions)
	})
}

// check holds bands to the whole range of their score, without gap or overlap.
func (b Bands) check(s Score, v Version, place string) error {
	r, ok := s.rangeIn(v)
	if !ok || !holds(s.Versions, v) {
		return strictjson.At(place, "score %s is not in version %s", s.Name, v.Name)
	}
	next := r.From
	for i, x := range b.Bands {
		if x.From != next || x.To < x.From || x.Name == "" {
			return strictjson.At(fmt.Sprintf("%s/bands/%d", place, i), "begins at %v, not at %v, or has no name", x.From, next)
		}
		next = x.To + 1
	}
	if next != r.To+1 {
		return strictjson.At(place+"/bands", "ends at %v, and the score at %v", next-1, r.To)
	}
	return nil
}
