package people

import (
	"embed"
	"io/fs"

	"alongside/platform/module"
	"alongside/platform/page"
)

//go:embed migrations/*.sql
var files embed.FS

// Migrations are the tables of this domain.
func Migrations() fs.FS { return module.Folder(files, "migrations") }

// Module offers people to the program. Their pages come with a later domain;
// until then a person is seen on the hand-off that they are in.
func Module() module.Module {
	return module.Module{
		Name:       "people",
		Migrations: Migrations(),
		Records:    []module.Record{Persons()},
		Flows:      module.None[module.Process](),
		Routes:     module.None[module.Route](),
		Jobs:       module.NoJobs(),
		Words:      module.NoFiles{},
		Samples:    module.None[page.Sample](),
		Imports:    module.None[module.Import](),
		Commands:   module.None[module.Command](),
		Measures:   module.None[module.Measure](),
		Policies:   module.NoFiles{},
	}
}
