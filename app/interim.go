package app

import (
	"alongside/domain/access"
	"alongside/platform/module"
	"alongside/platform/page"
)

func (a *App) door() module.Module {
	return module.Module{Name: "access", Migrations: access.Migrations(), Words: access.Words(), Policies: access.Policies(),
		Records: module.None[module.Record](), Flows: module.None[module.Process](), Routes: module.None[module.Route](), Jobs: module.NoJobs(),
		Samples: module.None[page.Sample](), Imports: module.None[module.Import](), Commands: module.None[module.Command](), Measures: module.None[module.Measure]()}
}
