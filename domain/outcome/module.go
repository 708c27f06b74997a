package outcome

import (
	"io/fs"

	"alongside/platform/module"
	"alongside/platform/page"
)

// Words are the words of this domain.
func Words() fs.FS { return module.Folder(files, "words") }

// Module offers the evidence to the program. It keeps nothing yet, so that most
// parts are None.
func Module() module.Module {
	return module.Module{
		Name:       "outcome",
		Migrations: module.NoFiles{},
		Records:    module.None[module.Record](),
		Flows:      module.None[module.Process](),
		Routes:     Routes(),
		Jobs:       module.NoJobs(),
		Words:      Words(),
		Samples:    Samples(),
		Imports:    module.None[module.Import](),
		Commands:   Commands(),
		Measures:   module.None[module.Measure](),
		Policies:   module.NoFiles{},
	}
}

// Samples are the pages in the storybook.
func Samples() []page.Sample {
	return []page.Sample{{Name: "outcome/evidence", Doc: evidenceDoc}}
}
