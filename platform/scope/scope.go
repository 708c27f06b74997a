// Package scope says on whose behalf something is done: which organisation,
// who, in which role and for what purpose. It travels in the context from the
// edge of the program to the database, where a transaction refuses to start
// without one. There is no other way to say "which organisation" to a query.
//
// It is not a library because it is ten lines that everything else trusts.
package scope

import "context"

// Scope is the answer to "who is asking, and why". Tenant and Actor are never
// empty in a scope that reaches personal data.
type Scope struct {
	Tenant  string // organisation id
	Actor   string // account id, "link:<id>" for a visitor by link, "operator:<system user>", or "system"
	Role    string // the role the actor acts in; empty for links and the system
	Purpose string // why: one of the purposes of use, e.g. Treatment
	Session string // sign-in session id, empty outside the web
	System  bool   // work across organisations: sweeping jobs, finding whose link this is
	Always  bool   // goes on in an organisation that is paused: its record, its bells, and whoever ends the pause
}

// Purposes of use, in the codes that FHIR and HL7 use (v3 PurposeOfUse).
const (
	Treatment  = "TREAT"
	Payment    = "HPAYMT"
	Operations = "HOPERAT"
	OwnRequest = "PATRQT"
	Emergency  = "ETREAT"
	Research   = "HRESCH"
)

type key struct{}

// With returns a context in which s is the scope.
func With(ctx context.Context, s Scope) context.Context {
	return context.WithValue(ctx, key{}, s)
}

// From returns the scope of ctx; ok is false when there is none.
func From(ctx context.Context) (Scope, bool) {
	s, ok := ctx.Value(key{}).(Scope)
	return s, ok
}

// AsSystem returns a context for work that belongs to no single organisation.
// The reason is kept as the purpose, so that it can be found in a review.
func AsSystem(ctx context.Context, reason string) context.Context {
	return With(ctx, Scope{Actor: "system", Purpose: reason, System: true})
}

// Always returns a context for what goes on although the organisation of its
// scope is paused. It reads and writes nothing that a person told.
func Always(ctx context.Context) context.Context {
	s, _ := From(ctx)
	s.Always = true
	return With(ctx, s)
}
