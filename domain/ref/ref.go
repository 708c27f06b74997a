// Package ref has a type for each kind of id, so that a hand-off's id cannot be
// passed where a person's is wanted. It knows nothing else and everyone may
// import it.
package ref

// The ids. All are opaque text; see platform/id.
type (
	Tenant      string // an organisation
	Account     string // someone who signs in
	Person      string // someone who is walked with, and the name of their key
	Site        string // a place that asks for peers: a hospital's emergency room, a shelter
	Destination string // a service a person can be handed to
	Recipient   string // whom something is disclosed to; a destination is one
	Handoff     string // one warm hand-off
	Consent     string // one consent
	Disclosure  string // one thing that was told to someone outside
	Demand      string // one demand by a court or another authority
	Agreement   string // one agreement with someone who checks or studies the work
	Dispute     string // something a person says is not right
	Session     string // one sign-in
	Shift       string // a shift on the rota, or time off from it
	Walk        string // one peer walking with one person
	Contact     string // one time they were in touch, or tried to be
	Edit        string // one writing of one part of a plan
	Stone       string // one step or milestone of a plan
	Appointment string // one appointment
	Note        string // one note to a care team
	Advice      string // what was advised in one team meeting
	Live        string // a ward's request for a peer, for a moment
	Gift        string // one card in plain words that was given to a person
)
