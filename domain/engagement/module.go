package engagement

import (
	"alongside/platform/module"
)

// Module offers a peer's day to the program.
func Module(web *Web) module.Module {
	return module.Module{
		Name:       "engagement",
		Migrations: Migrations(),
		Records:    Records(),
		Flows:      []module.Process{Meetings()},
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

// Records are what this domain holds.
func Records() []module.Record {
	return []module.Record{
		Walks(), Contacts(), Overs(), Standings(), Laters(), LimitRecords(), Edits(), Stones(), Appointments(), Reminds(), Carries(), OwnTimes(), TextsIn(), TextDoors(),
	}
}
