package outbox

import (
	"embed"
	"io/fs"

	"alongside/platform/module"
)

//go:embed migrations/*.sql words/*.json
var files embed.FS

// Migrations are the tables of this domain.
func Migrations() fs.FS { return module.Folder(files, "migrations") }

// Records are what this domain holds.
func Records() []module.Record { return []module.Record{Items(), SettingRecords()} }

// Module offers the outbox to the program.
func Module(web *Web) module.Module {
	return module.Module{
		Name:       "outbox",
		Migrations: Migrations(),
		Records:    Records(),
		Flows:      module.None[module.Process](),
		Routes:     web.Routes(),
		Jobs:       module.NoJobs(),
		Words:      module.Folder(files, "words"),
		Samples:    Samples(),
		Imports:    module.None[module.Import](),
		Commands:   module.None[module.Command](),
		Measures:   module.None[module.Measure](),
		Policies:   module.NoFiles{},
	}
}
