package bridge

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

// Records are what this domain holds.
func Records() []module.Record {
	return []module.Record{Notes(), Approvals(), Lives(), Advices(), Outcomes(), Editions(), Gifts()}
}

// Module offers the bridge to the program.
func Module(web *Web) module.Module {
	return module.Module{
		Name:       "bridge",
		Migrations: Migrations(),
		Records:    Records(),
		Flows:      []module.Process{NoteFlow(), LiveFlow()},
		Routes:     web.Routes(),
		Jobs:       web.S.Jobs(),
		Words:      Words(),
		Samples:    append(Samples(), CardSamples()...),
		Imports:    module.None[module.Import](),
		Commands:   module.None[module.Command](),
		Measures:   module.None[module.Measure](),
		Policies:   module.NoFiles{},
	}
}
