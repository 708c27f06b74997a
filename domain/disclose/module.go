package disclose

import (
	"embed"
	"io/fs"

	"alongside/platform/module"
)

//go:embed migrations/*.sql words/*.json
var files embed.FS

// Migrations are the tables of this domain.
func Migrations() fs.FS { return module.Folder(files, "migrations") }

// Words are the words of this domain.
func Words() fs.FS { return module.Folder(files, "words") }

// Module offers disclosures to the program.
func Module(web *Web) module.Module {
	return module.Module{
		Name:       "disclose",
		Migrations: Migrations(),
		Records:    []module.Record{Disclosures(), Demands(), Selves(), Agreements()},
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
