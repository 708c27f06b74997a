package tenant

import (
	"embed"
	"encoding/json"
	"io/fs"
	"sync"

	"alongside/platform/i18n"
	"alongside/platform/module"
	"alongside/platform/page"
)

//go:embed migrations/*.sql words/*.json countries.json
var files embed.FS

// Country is what follows from where an organisation is: its privacy law and
// the numbers that crisis help shows. Each number's source stands beside it in
// countries.json; a country that is not there gets no number at all.
type Country struct {
	Regime string
	Lines  []page.CrisisLine
}

type line struct {
	Name, Says         map[string]string
	Call, Text, Source string
	First              bool
}

// CountryOf returns what follows from a country's two letters.
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
	raw, err := files.ReadFile("countries.json")
	var list map[string]struct {
		Regime string
		Lines  []line
	}
	if err == nil {
		err = json.Unmarshal(raw, &list)
	}
	if err != nil {
		panic(err)
	}
	out := make(map[string]Country, len(list))
	for code, c := range list {
		out[code] = Country{Regime: c.Regime, Lines: lines(c.Lines)}
	}
	return out
})

func lines(in []line) []page.CrisisLine {
	out := make([]page.CrisisLine, len(in))
	for i, l := range in {
		out[i] = page.CrisisLine{Name: text(l.Name), Says: text(l.Says), Call: l.Call, Text: l.Text, First: l.First}
	}
	return out
}

func text(m map[string]string) i18n.Text { return i18n.Text{EN: m["en"], ES: m["es"], AR: m["ar"]} }

// Migrations are the tables of this domain.
func Migrations() fs.FS { return module.Folder(files, "migrations") }

// Words are the words of this domain.
func Words() fs.FS { return module.Folder(files, "words") }

// Module offers organisations to the program.
func Module() module.Module {
	return module.Module{
		Name:       "tenant",
		Migrations: Migrations(),
		Records:    []module.Record{Tenants()},
		Flows:      module.None[module.Process](),
		Routes:     module.None[module.Route](),
		Jobs:       module.NoJobs(),
		Words:      Words(),
		Samples:    module.None[page.Sample](),
		Imports:    module.None[module.Import](),
		Commands:   module.None[module.Command](),
		Measures:   module.None[module.Measure](),
		Policies:   module.NoFiles{},
	}
}
