package tenant

import (
	"io/fs"

	"alongside/platform/module"
)

// Migrations are the tables of this domain.
func Migrations() fs.FS { return module.Folder(files, "migrations") }

// Words are the words of this domain.
func Words() fs.FS { return module.Folder(files, "words") }

// Module offers organisations to the program.
func Module(web *Web) module.Module {
	return module.Module{
		Name:       "tenant",
		Migrations: Migrations(),
		Records:    []module.Record{Tenants(), Rulings(), MinorsRecord(), Pauses()},
		Flows:      module.None[module.Process](),
		Routes:     web.routes(),
		Jobs:       module.NoJobs(),
		Words:      Words(),
		Samples:    settingsSamples(),
		Imports:    module.None[module.Import](),
		Commands:   module.None[module.Command](),
		Measures:   module.None[module.Measure](),
		Policies:   module.NoFiles{},
	}
}
