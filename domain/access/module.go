package access

import (
	"embed"
	"io/fs"
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
