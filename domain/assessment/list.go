package assessment

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// entries is the list of instruments as it is told.
type entries []entry

// entry is one instrument in the list.
type entry struct {
	Code       string            `json:"code"`
	Name       string            `json:"name"`
	Licence    string            `json:"licence"`
	Tier       string            `json:"tier"`
	State      string            `json:"state"`
	Languages  []string          `json:"languages"` // of the text; empty when none ships
	Versions   []string          `json:"versions"`  // the usual one first
	Forms      []form            `json:"forms"`     // what each version is
	Scores     []string          `json:"scores"`
	Scoring    []scoring         `json:"scoring"` // of what each score is made, and what it can be
	Stem       map[string]string `json:"stem,omitempty"`
	Items      []itemEntry       `json:"items"`
	Source     string            `json:"source"`
	Unverified []string          `json:"unverified"`
	Gaps       []string          `json:"gaps"`
	Refuses    string            `json:"refuses,omitempty"`
	Flags      []flagEntry       `json:"flags"`
	Bands      []bandsEntry      `json:"bands"`
}

type itemEntry struct {
	ID       string               `json:"id"`
	Text     map[string]string    `json:"text,omitempty"`
	LOINC    string               `json:"loinc,omitempty"`
	Answers  []float64            `json:"answers"`           // in the first version
	Choices  []Choice             `json:"choices,omitempty"` // the same with their words, where the text ships
	Reversed bool                 `json:"reversed"`
	Scored   bool                 `json:"scored"`                       // some score counts it
	Others   map[string][]float64 `json:"answers_by_version,omitempty"` // in the versions where they differ
}

// scoring is one score: the sum or mean of which items, from what to what.
type scoring struct {
	Name     string   `json:"name"`
	Of       string   `json:"of"`
	Items    []string `json:"items"`
	Versions []string `json:"versions"` // in which it exists; empty is all
	Ranges   []Range  `json:"ranges"`   // version "" is every version
}

type form struct {
	Version string `json:"version"`
	Says    string `json:"says"`
}

type flagEntry struct {
	Name string `json:"name"`
	Says string `json:"says"`
}

type bandsEntry struct {
	Key        string   `json:"key"`
	Score      string   `json:"score"`
	Sex        string   `json:"sex,omitempty"`
	Versions   []string `json:"versions"`
	Population string   `json:"population"`
	Source     string   `json:"source"`
	Unverified bool     `json:"unverified"`
	Bands      []Band   `json:"bands"`
}

func (c Catalogue) entries(pack bool) entries {
	out := entries{}
	for _, in := range c {
		out = append(out, in.entry(pack))
	}
	return out
}

func (in *Instrument) entry(pack bool) entry {
	e := entry{
		Code: in.Code, Name: in.Name, Licence: in.Licence.Says, Tier: in.Tier, State: in.State(pack),
		Languages: []string{}, Versions: []string{}, Forms: []form{}, Scores: []string{}, Scoring: []scoring{}, Stem: in.Stem, Items: in.itemEntries(), Source: in.Source,
		Unverified: said(in.Unverified), Gaps: said(in.Gaps), Refuses: in.Refuses, Flags: []flagEntry{}, Bands: []bandsEntry{},
	}
	for _, l := range in.Languages {
		e.Languages = append(e.Languages, l.Code)
	}
	for _, v := range in.Versions {
		e.Versions = append(e.Versions, v.Name)
		e.Forms = append(e.Forms, form{v.Name, v.Says})
	}
	for _, s := range in.Scores {
		e.Scores = append(e.Scores, s.Name)
		e.Scoring = append(e.Scoring, scoring{s.Name, s.Of, mustSpell(s.Items), said(s.Versions), append([]Range{}, s.Ranges...)})
	}
	for _, f := range in.Flags {
		e.Flags = append(e.Flags, flagEntry{f.Name, f.Says})
	}
	for _, b := range in.Bands {
		e.Bands = append(e.Bands, bandsEntry{b.key(), b.Score, b.Sex, said(b.Versions), b.Population, b.Source, b.Unverified, b.Bands})
	}
	return e
}

func (in *Instrument) itemEntries() []itemEntry {
	out := []itemEntry{}
	reversed := mustSpell(in.Reversed)
	for _, it := range in.items {
		e := itemEntry{ID: it.id, Text: it.text, LOINC: it.loinc, Reversed: slices.Contains(reversed, it.id)}
		scale := in.scaleOf(it, in.Versions[0])
		e.Answers = scale.values()
		if in.hasText() {
			e.Choices = scale.Choices
		}
		e.Scored = slices.ContainsFunc(in.Scores, func(s Score) bool { return slices.Contains(mustSpell(s.Items), it.id) })
		e.Others = in.otherAnswers(it, e.Answers)
		out = append(out, e)
	}
	return out
}

// otherAnswers are what an item takes in the versions where that differs.
func (in *Instrument) otherAnswers(it item, usual []float64) map[string][]float64 {
	out := map[string][]float64{}
	for _, v := range in.Versions[1:] {
		if other := in.scaleOf(it, v).values(); !slices.Equal(other, usual) {
			out[v.Name] = other
		}
	}
	return out
}

// said is a list that is never null in JSON.
func said(list []string) []string { return append([]string{}, list...) }

// Tell lists the instruments, a line each.
func (l entries) Tell(w io.Writer) {
	for _, e := range l {
		fmt.Fprintf(w, "%-20s %s  %-13s %s\n", e.Code, e.Tier, e.State, e.Name)
		fmt.Fprintf(w, "%20s licence: %s\n", "", e.Licence)
		if len(e.Languages) > 0 {
			fmt.Fprintf(w, "%20s text: %s\n", "", strings.Join(e.Languages, ", "))
		}
		for _, f := range e.Forms {
			if len(e.Forms) > 1 {
				fmt.Fprintf(w, "%20s version %s: %s\n", "", f.Version, f.Says)
			}
		}
		if e.Refuses != "" {
			fmt.Fprintf(w, "%20s not scored: %s\n", "", e.Refuses)
		}
		for _, u := range e.Unverified {
			fmt.Fprintf(w, "%20s unverified: %s\n", "", u)
		}
	}
	fmt.Fprint(w, "\nCode, tier, state, name. A: with its text where that is certain. B: optional pack,\noff until --pack. C: scoring only, bring the text and the right to it.\n")
}
