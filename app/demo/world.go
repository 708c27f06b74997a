// Package demo makes a world of made-up people, so that the program can be tried
// within seconds: a city that does not exist, two organisations, three sites,
// workers in every role and some two hundred participants whose hand-offs stand
// at every point of the path.
//
// Every name is one that nobody could take for a real person's. Nothing here is
// random: the same demo stands there each time.
package demo

// Org is one made-up organisation.
type Org struct {
	Name, Country, Zone string
	Sites               []Site
	Services            []Service
	Workers             []Worker
	People              int
	Minors              Minors
}

// Minors is what the organisation says of the law of its made-up state; none
// where it has not said it.
type Minors struct{ Signs, Says string }

// Site is a place that asks. Wards stand before the other doors.
type Site struct {
	Name, Door, Duty string
	Minutes, Flood   int64
}

// wards is how many of the organisation's sites are wards.
func (o Org) wards() int {
	n := 0
	for _, s := range o.Sites {
		if s.Door == "" {
			n++
		}
	}
	return n
}

// Service is a destination.
type Service struct {
	Name, Phone, About, Takes, Hours, Medicine, Way string
	Languages                                       []string
}

// Worker is an account.
type Worker struct{ Name, Role, Email string }

// Orgs are the two organisations of Lanternford.
func Orgs() []Org {
	return []Org{
		{
			Name: "Lanternford Alongside", Country: "US", Zone: "America/New_York", People: 160,
			Minors: Minors{"alone", "In this made-up state someone who is not of age may ask for help alone. So they sign alone, and no parent is told."},
			Sites: []Site{
				{Name: "Lanternford General, emergency", Duty: "555-0140", Minutes: 30},
				{Name: "Harbour Street Hospital, emergency", Duty: "555-0141", Minutes: 30},
				{Name: "City case managers", Door: "case_manager", Duty: "555-0142", Minutes: 60},
				{Name: "Tablet in the hall", Door: "tablet", Duty: "555-0140", Minutes: 30, Flood: 1},
				{Name: "Open door", Door: "person", Duty: "555-0143", Minutes: 60},
				{Name: "Family and friends", Door: "family", Duty: "555-0143", Minutes: 120},
			},
			Services: []Service{
				{
					Name: "Quay Clinic", Phone: "555-0150", About: "Medicine for opioid use, same day", Takes: "Anyone over 18, with or without insurance",
					Hours: "08:00 to 20:00, every day", Medicine: "gives", Way: "Tram 4 to Quay Street", Languages: []string{"en", "es"},
				},
				{
					Name: "Tallow House", Phone: "555-0151", About: "A place to live while things settle", Takes: "Women, with children too",
					Hours: "At any hour", Medicine: "welcomes", Way: "Bus 11 to Mill Lane", Languages: []string{"en", "ar"},
				},
				{
					Name: "Lamplight Centre", Phone: "555-0152", About: "Drop-in, meals, groups", Takes: "Whoever comes in",
					Hours: "10:00 to 22:00", Medicine: "welcomes", Way: "Beside the market hall", Languages: []string{"en", "es", "ar"},
				},
			},
			Workers: []Worker{
				{"Rosa Demo", "peer", "rosa@lanternford.example"},
				{"Idris Demo", "peer", "idris@lanternford.example"},
				{"Maple Demo", "peer", "maple@lanternford.example"},
				{"Dana Demo", "supervisor", "dana@lanternford.example"},
				{"Cosmo Demo", "coordinator", "cosmo@lanternford.example"},
				{"Etta Demo", "evaluator", "etta@lanternford.example"},
				{"Ada Demo", "administrator", "ada@lanternford.example"},
				{"Blue Demo", "participant", "blue@lanternford.example"},
			},
		},
		{
			Name: "Millrace Recovery", Country: "GB", Zone: "Europe/London", People: 48,
			Sites: []Site{
				{Name: "Millrace Infirmary, emergency", Duty: "01632 960140", Minutes: 45},
				{Name: "Open door", Door: "person", Duty: "01632 960141", Minutes: 60},
			},
			Services: []Service{{Name: "Weir Clinic", Phone: "01632 960150", About: "Prescribing and groups", Hours: "09:00 to 17:00", Medicine: "gives"}},
			Workers: []Worker{
				{"Fern Demo", "peer", "fern@millrace.example"},
				{"Otto Demo", "supervisor", "otto@millrace.example"},
				{"Vela Demo", "coordinator", "vela@millrace.example"},
				{"Umber Demo", "administrator", "umber@millrace.example"},
			},
		},
	}
}

// aliases are names that a person might be called at a bedside.
func aliases() []string {
	return []string{
		"Blue", "Sky", "Teo", "Sam O.", "Juniper", "Moth", "Pebble", "Rio", "Ash", "Lark",
		"Cricket", "Bay", "Sunny", "Oak", "Wren", "Fox", "River", "Clay", "Dune", "Quill",
		"نور", "سلام", "Luz", "Sol", "",
	}
}

func places() []string {
	return []string{"Bay 7", "Bay 3", "Room 12", "Hall bed 2", "Bay 11", "Room 4, curtain", "Observation 1"}
}
