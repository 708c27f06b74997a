package engagement

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
