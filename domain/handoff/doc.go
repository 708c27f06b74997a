// Package handoff is the warm hand-off: someone has survived an overdose, a
// nurse, a case manager, the family or the person asks for a peer, a peer comes
// to the bedside, stays through the talk about what next, introduces the person
// to a service face to face, and it becomes known that they arrived.
//
// A hand-off is a list of events that is only ever added to. What a page shows
// of it (its state, the times of each step, who comes) is folded from that list;
// a mistake is mended by a new event that names the old one, and both stay
// readable. Times that mean different things are kept apart: when it happened
// to the person, when we were asked, when a peer said yes, was there, introduced
// them, and when the service first saw them.
//
// Two rules stand above the others. Nothing that tells a service who the person
// is happens without a live consent that covers that service. And "not now" is
// an answer, not an end: nobody contacts the person except as they agreed, and
// the way back stays open.
//
// The steps, who may take them and what must be true first are rows in flow.go;
// docs/generated/handoff-flow.md draws them. Source for the path and its words:
// AHRQ's definition of a warm hand-off (in person, between two members of the
// care team, in front of the patient and family) and the programme timings listed
// in docs/sources.md. That a peer is beside the person within thirty minutes is
// Dauphin County's published requirement, kept here as a default that each site
// can change.
package handoff
