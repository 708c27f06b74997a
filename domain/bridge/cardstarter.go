package bridge

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

//go:embed cards/*.json
var starterFiles embed.FS

// Source is where a fact of a card comes from.
type Source struct {
	Title     string `json:"title"`
	Publisher string `json:"publisher"`
	Year      int    `json:"year"` // 0: not known
	Address   string `json:"address"`
	Copy      string `json:"copy,omitempty"` // where it was read, when not at its address
	Says      string `json:"says"`           // what the card leans on
}

// Line is the source in one line.
func (s Source) Line() string {
	year := ""
	if s.Year > 0 {
		year = fmt.Sprintf(", %d", s.Year)
	}
	return s.Publisher + ": " + s.Title + year + ". " + s.Address
}

// Starter is a card that comes with the program. It is never changed here: an
// organisation that wants other words writes a version of its own.
type Starter struct {
	ID      string       `json:"id"`
	Kind    string       `json:"kind"`
	Country string       `json:"country,omitempty"` // where alone it holds; "" anywhere
	EN      StarterWords `json:"en"`
	ES      StarterWords `json:"es"`
	AR      StarterWords `json:"ar"`
	Sources []Source     `json:"sources"`
}

// StarterWords are a card in one language.
type StarterWords struct {
	Title string   `json:"title"`
	Lines []string `json:"lines"`
}

// Starters reads the cards that come with the program, in the order of their
// ids.
func Starters() ([]Starter, error) {
	names, err := fs.Glob(starterFiles, "cards/*.json")
	if err != nil {
		return nil, err
	}
	out := make([]Starter, len(names))
	for i, name := range names {
		text, err := starterFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(text, &out[i]); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	slices.SortFunc(out, func(a, b Starter) int { return strings.Compare(a.ID, b.ID) })
	return out, nil
}

// edition is the starter as version 0 of its card.
func (s Starter) edition() Edition {
	lines := func(w StarterWords) string { return strings.Join(w.Lines, "\n") }
	var from []string
	for _, source := range s.Sources {
		from = append(from, source.Line())
	}
	return Edition{
		Card: s.ID, Kind: s.Kind, Sources: strings.Join(from, "\n"),
		TitleEN: s.EN.Title, TitleES: s.ES.Title, TitleAR: s.AR.Title,
		BodyEN: lines(s.EN), BodyES: lines(s.ES), BodyAR: lines(s.AR),
	}
}
