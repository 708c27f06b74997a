package handoff

import "alongside/platform/module"

// Module offers hand-offs to the program.
func Module(web *Web) module.Module {
	return module.Module{
		Name:       "handoff",
		Migrations: Migrations(),
		Records:    []module.Record{Handoffs(), Events(), Sites(), Destinations(), Tasks(), FollowUps(), Intervals(), Farewells()},
		Flows:      []module.Process{Flow()},
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
