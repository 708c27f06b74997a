package tenant

import (
	"embed"
	"encoding/json"
	"sync"

	"alongside/platform/i18n"
	"alongside/platform/page"
)

//go:embed migrations/*.sql words/*.json countries.json kit.css
var files embed.FS

// Country is what follows from where an organisation is: its privacy law and
// the numbers that crisis help shows.
//
// Each number was read at the addresses that stand beside it in countries.json,
// in stored copies, on 24 November 2026. One that could not be read there is
// left out, and a country without any is told to call the emergency number
// where they are: a wrong number is worse than none. Numbers change; whoever
// runs the program calls them once before opening the doors.
type Country struct {
	Regime string
	Lines  []page.CrisisLine
}

// entry is one country in the file, or a group of them that share everything.
type entry struct {
	Regime  string
	Members []string
	Lines   []line
}

type line struct {
	Name, Says map[string]string
	Call, Text string
	First      bool
	Sources    []string
}

// CountryOf returns what follows from a country's two capital letters.
func CountryOf(code string) Country {
	all := countries()
	if c, ok := all[code]; ok {
		return c
	}
	return all[""]
}

// countries reads the list once; it is embedded, so a fault in it is found by
// the first test.
func countries() map[string]Country { return readOnce() }

var readOnce = sync.OnceValue(func() map[string]Country {
	list, err := readCountries()
	if err != nil {
		panic(err)
	}
	out := map[string]Country{}
	for code, e := range list {
		for _, c := range append(e.Members, code) {
			out[c] = Country{Regime: e.Regime, Lines: lines(e.Lines)}
		}
	}
	return out
})

func readCountries() (list map[string]entry, err error) {
	raw, err := files.ReadFile("countries.json")
	if err == nil {
		err = json.Unmarshal(raw, &list)
	}
	return list, err
}

func lines(in []line) []page.CrisisLine {
	out := make([]page.CrisisLine, len(in))
	for i, l := range in {
		out[i] = page.CrisisLine{Name: text(l.Name), Says: text(l.Says), Call: l.Call, Text: l.Text, First: l.First}
	}
	return out
}

func text(m map[string]string) i18n.Text { return i18n.Text{EN: m["en"], ES: m["es"], AR: m["ar"]} }
