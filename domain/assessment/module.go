package assessment

import (
	"alongside/platform/module"
	"alongside/platform/page"
)

// Module offers instruments to the program. It keeps nothing yet, so that most
// parts are None.
func Module() module.Module {
	return module.Module{
		Name:       "assessment",
		Migrations: module.NoFiles{},
		Records:    module.None[module.Record](),
		Flows:      module.None[module.Process](),
		Routes:     module.None[module.Route](),
		Jobs:       module.NoJobs(),
		Words:      module.NoFiles{},
		Samples:    module.None[page.Sample](),
		Imports:    module.None[module.Import](),
		Commands:   Commands(Shipped),
		Measures:   module.None[module.Measure](),
		Policies:   module.NoFiles{},
	}
}
