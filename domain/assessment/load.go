package assessment

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"sync"

	"alongside/platform/strictjson"
)

//go:embed instruments
var files embed.FS

// Catalogue is every instrument, in the order of their codes.
type Catalogue []*Instrument

// Shipped are the instruments that the program carries. They are embedded, so a
// fault in one is found by the first test.
func Shipped() Catalogue { return shipped() }

var shipped = sync.OnceValue(func() Catalogue {
	sub, err := fs.Sub(files, "instruments")
	if err != nil {
		panic(err)
	}
	c, err := Read(sub)
	if err != nil {
		panic(err)
	}
	return c
})

// Read reads a folder of instruments, one folder each. It refuses a malformed
// one, naming file and place, and one whose worked examples come out otherwise.
func Read(fsys fs.FS) (Catalogue, error) {
	folders, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, err
	}
	var out Catalogue
	var faults []error
	for _, d := range folders {
		in, err := readOne(fsys, d.Name())
		if err != nil {
			faults = append(faults, err)
			continue
		}
		out = append(out, in)
	}
	return out, errors.Join(faults...)
}

func readOne(fsys fs.FS, folder string) (*Instrument, error) {
	in := &Instrument{}
	if err := readFile(fsys, folder, "instrument.json", in); err != nil {
		return nil, err
	}
	if err := readFile(fsys, folder, "examples.json", &in.examples); err != nil {
		return nil, err
	}
	if err := onlyTwo(fsys, folder); err != nil {
		return nil, err
	}
	if err := in.check(folder); err != nil {
		return nil, fmt.Errorf("%s/instrument.json: %w", folder, err)
	}
	if err := in.checkExamples(); err != nil {
		return nil, fmt.Errorf("%s/examples.json: %w", folder, err)
	}
	return in, nil
}

func readFile(fsys fs.FS, folder, name string, v any) error {
	text, err := fs.ReadFile(fsys, folder+"/"+name)
	if err == nil {
		err = strictjson.Decode(text, v)
	}
	if err != nil {
		return fmt.Errorf("%s/%s: %w", folder, name, err)
	}
	return nil
}

func onlyTwo(fsys fs.FS, folder string) error {
	entries, err := fs.ReadDir(fsys, folder)
	for _, e := range entries {
		if e.Name() != "instrument.json" && e.Name() != "examples.json" {
			return fmt.Errorf("%s/%s: an instrument is two files, instrument.json and examples.json", folder, e.Name())
		}
	}
	return err
}

// codes are those of every instrument.
func (c Catalogue) codes() []string {
	var out []string
	for _, in := range c {
		out = append(out, in.Code)
	}
	return out
}

// Find returns the instrument of that code.
func (c Catalogue) Find(code string) (*Instrument, bool) {
	i := slices.IndexFunc(c, func(in *Instrument) bool { return in.Code == code })
	if i < 0 {
		return nil, false
	}
	return c[i], true
}
