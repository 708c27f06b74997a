package workforce

import (
	"embed"
	"io/fs"

	"alongside/platform/module"
)

//go:embed migrations/*.sql words/*.json taken.css
var files embed.FS

// Migrations are the tables of this domain.
func Migrations() fs.FS { return module.Folder(files, "migrations") }

// Words are the words of this domain.
func Words() fs.FS { return module.Folder(files, "words") }

// Module offers pages of one's own to the program. No command, report, import or
// measure knows of them.
func Module(web *Web) module.Module {
	return module.Module{
		Name:       "workforce",
		Migrations: Migrations(),
		Records:    []module.Record{Entries(), Parts()},
		Flows:      module.None[module.Process](),
		Routes:     web.Routes(),
		Jobs:       web.S.Jobs(),
		Words:      Words(),
		Samples:    Samples(),
		Imports:    module.None[module.Import](),
		Commands:   module.None[module.Command](),
		Measures:   module.None[module.Measure](),
		Policies:   module.NoFiles{},
	}
}
