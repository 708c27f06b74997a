// Package tenant knows the organisations that live here: what they are called,
// in which country and time zone they work, and what follows from that. Each
// has keys of its own, a log of its own and rows of its own; one can leave whole,
// and a host or a funder never sees into any of them.
package tenant
