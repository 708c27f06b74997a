package consent

import (
	"embed"
	"io/fs"

	"alongside/platform/module"
)

//go:embed migrations/*.sql words/*.json
var files embed.FS

// folder returns one of the embedded folders. A name that is not there is found
// by the first test that runs.
func folder(name string) fs.FS {
	sub, err := fs.Sub(files, name)
	if err != nil {
		panic(err)
	}
	return sub
}

// Migrations are the tables of this domain.
func Migrations() fs.FS { return folder("migrations") }

// Words are the words of this domain.
func Words() fs.FS { return folder("words") }

// Module offers consents to the program.
func Module(web *Web) module.Module {
	return module.Module{
		Name:       "consent",
		Migrations: Migrations(),
		Records:    []module.Record{Consents(), Recipients(), Mines()},
		Flows:      module.None[module.Process](),
		Routes:     web.Routes(),
		Jobs:       module.NoJobs(),
		Words:      Words(),
		Samples:    Samples(),
		Imports:    module.None[module.Import](),
		Commands:   module.None[module.Command](),
		Measures:   module.None[module.Measure](),
		Policies:   module.NoFiles{},
	}
}
