package access

import (
	"embed"
	"io/fs"

	"alongside/platform/job"
	"alongside/platform/module"
)

//go:embed migrations/*.sql words/*.json policies/*.cedar
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

// Policies are the rules of the whole program, one file for the actions of each
// domain.
func Policies() fs.FS { return folder("policies") }

// Module offers accounts and sign-in to the program.
func Module(web *Web) module.Module {
	return module.Module{
		Name:       "access",
		Migrations: Migrations(),
		Records:    []module.Record{Accounts(), Cards()},
		Flows:      module.None[module.Process](),
		Routes:     web.Routes(),
		Jobs:       map[string]job.Handler{untilBell: web.S.comeToEnd},
		Words:      Words(),
		Samples:    Samples(),
		Imports:    module.None[module.Import](),
		Commands:   module.None[module.Command](),
		Measures:   module.None[module.Measure](),
		Policies:   Policies(),
	}
}
