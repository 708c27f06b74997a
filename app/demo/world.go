// Package demo makes a world of made-up people, so that the program can be tried
// within seconds: a city that does not exist, two organisations, three sites,
// workers in every role and some two hundred participants whose hand-offs stand
// at every point of the path.
//
// Every name is one that nobody could take for a real person's. Nothing here is
// random: the same demo stands there each time.
package demo

import "time"

// Org is one made-up organisation.
type Org struct {
	Name, Country, Zone string
	Sites               []Site
	Services            []Service
	Workers             []Worker
	People              int
}

// Site is a place that asks.
type Site struct {
	Name, Duty string
	Minutes    int64
}

// Service is a destination.
type Service struct{ Name, Phone, About string }

// Worker is an account.
type Worker struct{ Name, Role, Email string }

// Orgs are the two organisations of Lanternford.
func Orgs() []Org {
	return []Org{
		{
			Name: "Lanternford Alongside", Country: "US", Zone: "America/New_York", People: 160,
			Sites: []Site{
				{"Lanternford General, emergency", "555-0140", 30},
				{"Harbour Street Hospital, emergency", "555-0141", 30},
			},
			Services: []Service{
				{"Quay Clinic", "555-0150", "Medicine for opioid use, same day"},
				{"Tallow House", "555-0151", "A place to live while things settle"},
				{"Lamplight Centre", "555-0152", "Drop-in, meals, groups"},
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
			Sites:    []Site{{"Millrace Infirmary, emergency", "01632 960140", 45}},
			Services: []Service{{"Weir Clinic", "01632 960150", "Prescribing and groups"}},
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

// story is how far a made-up hand-off went, and how long before now it began.
type story struct {
	until string // last step taken
	ago   time.Duration
}

// tonight are the first hand-offs of an organisation: what the board shows.
func tonight() []story {
	return []story{
		{"ask", 4 * time.Minute},
		{"ask", 41 * time.Minute},
		{"acknowledge", 9 * time.Minute},
		{"set_out", 16 * time.Minute},
		{"meet", 50 * time.Minute},
		{"agree", 3 * time.Hour},
		{"accept", 5 * time.Hour},
		{"introduce", 26 * time.Hour},
		{"ask", 12 * time.Minute},
		{"not_now", 20 * time.Hour},
	}
}

// before is the story of the nth of those who came in the months before. The
// mix keeps those who said "not now", who could not go on and who died in view.
func before(n int) story {
	ends := []string{"connect", "connect", "not_now", "connect", "introduce", "close:moved", "connect", "not_now", "close:their_choice", "connect", "close:died", "accept"}
	return story{ends[n%len(ends)], time.Duration(30+n*11) * time.Hour}
}
