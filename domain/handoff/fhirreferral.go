package handoff

import (
	"cmp"
	"context"
	"crypto/sha256"
	"slices"
	"strings"

	"alongside/platform/fhir"
)

// FHIRReferral is one referral of a file: a Task that asks for someone to go to
// a person, and what the same file has of the request and the person.
type FHIRReferral struct {
	Place   string // where in the file; holds nothing personal
	Source  string // the same for this Task in every file; personal
	Name    string // by which a part of it names it; personal
	PartOf  string // Name of the referral that it is a part of, or ""
	Task    FHIRTask
	Text    []byte // the Task as it came, valid during the call
	Patient FHIRPatient
	Site    string   // who asks, as the file names them, or ""
	What    string   // what is asked for, in the request's words, or ""
	Notes   []string // what was missing and did no harm, in plain words
	NotKept []string // what is not kept: a type and its elements
}

// fhirReferral is what is kept of a referral until the end.
type fhirReferral struct {
	spot    fhir.Spot
	patient int32 // in patients; -1 when it is not to be looked for
	site    int32 // in sites; -1 when the Task names it or nobody does
	service int32 // in services; -1 when it is not to be looked for
	part    bool
}

// task notes a referral, in the first pass.
func (r *fhirReading) task(e *fhir.Entry) error {
	t, issues := ReadFHIRTask(e.Resource)
	switch {
	case len(issues) > 0:
		r.refuseIssues(e, issues)
		return nil
	case t.Kind.LeftWord() != "":
		r.sum.left(t.Kind.LeftWord(), 1)
		return nil
	case t.Status == "draft":
		r.sum.left(leftDraft, 1)
		return nil
	case len(r.referrals) >= mostVisits:
		return tooMany()
	}
	return r.wantReferral(e, t)
}

func (r *fhirReading) wantReferral(e *fhir.Entry, t FHIRTask) error {
	var raw fhir.Task
	if err := fhir.Decode(e.Resource, &raw); err != nil {
		return err
	}
	for _, k := range e.Keys() {
		for _, p := range t.PartOf {
			r.above[k] = append(r.above[k], e.Targets(p)...)
		}
	}
	patient, says := r.wantPatient(e, raw.For)
	if says != "" && says != saysBySearch {
		r.refuse(e, says)
		return nil
	}
	if says != "" {
		patient = -1
	}
	r.referrals = append(r.referrals, fhirReferral{
		spot: e.Spot, patient: patient, site: r.wantSite(e, asksBy(raw.Requester)), service: r.wantService(e, raw.Focus), part: t.Kind == TaskPart,
	})
	return nil
}

// asksBy is the requester where it may be named in the clear: a place or one
// who works there. The person and their family stay unnamed.
func asksBy(ref *fhir.Reference) *fhir.Reference {
	kind := cmp.Or(ref.Type, writtenType(ref.Reference))
	switch kind {
	case "Organization", "Practitioner", "PractitionerRole", "Device", "":
		bare := *ref
		if kind == "" {
			bare.Display = ""
		}
		return &bare
	}
	return nil
}

func (r *fhirReading) wantService(e *fhir.Entry, ref *fhir.Reference) int32 {
	keys := e.Targets(ref.Reference)
	if len(keys) == 0 {
		return -1
	}
	names := strings.Join(keys, " ")
	for _, i := range r.serviceOf[keys[0]] {
		if r.services[i].names == names {
			return i
		}
	}
	i := int32(len(r.services))
	r.services = append(r.services, fhirSlot{names: names})
	for _, k := range keys {
		r.serviceOf[k] = append(r.serviceOf[k], i)
	}
	return i
}

// gatherService notes a request that a Task asks for, or refuses it. Others are
// left alone, checked only where they say that they follow the guide.
func (r *fhirReading) gatherService(e *fhir.Entry, keys []string) {
	asked := slices.ContainsFunc(keys, func(k string) bool { return len(r.serviceOf[k]) > 0 })
	if !asked && !claimsGuide(e.Resource) {
		return
	}
	if _, issues := ReadFHIRServiceRequest(e.Resource); len(issues) > 0 {
		r.sum.left(leftRequest, -1)
		r.refuseIssues(e, issues)
		r.settleService(keys, func(s *fhirSlot) { s.spoiled = true })
		return
	}
	if !asked {
		return
	}
	whole := sha256.Sum256(e.Resource)
	sum := [8]byte(whole[:])
	r.settleService(keys, func(s *fhirSlot) {
		s.two = s.two || s.there && s.sum != sum
		s.spot, s.sum, s.there = e.Spot, sum, true
	})
	r.sum.left(leftRequest, -1)
	r.sum.used(e.Type, 1)
}

func claimsGuide(resource []byte) bool {
	var s fhir.ServiceRequest
	return fhir.Decode(resource, &s) != nil || claims(s.Meta, requestProfile)
}

func (r *fhirReading) refuseIssues(e *fhir.Entry, issues []FHIRIssue) {
	lines := make([]FHIRRefusal, len(issues))
	for i, issue := range issues {
		lines[i] = FHIRRefusal{Place: e.Place(), Reason: issue.String(), index: e.Index()}
	}
	r.sum.refused(r.opts.MaxRefused, lines...)
}

// emitReferrals hands the referrals on, whole ones first: then it is known of
// each part whether the whole is here.
func (r *fhirReading) emitReferrals(ctx context.Context) error {
	slices.SortStableFunc(r.referrals, func(a, b fhirReferral) int {
		return cmp.Compare(map[bool]int{true: 1}[a.part], map[bool]int{true: 1}[b.part])
	})
	r.last.slot = -1
	for _, v := range r.referrals {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := r.handOnReferral(v); err != nil {
			return err
		}
	}
	return nil
}

func (r *fhirReading) handOnReferral(v fhirReferral) error {
	e, err := r.file.At(v.spot)
	if err != nil {
		return err
	}
	f, says, err := r.referral(v, e)
	switch {
	case err != nil:
		return err
	case says == leftRevoked, says == leftNot, says == leftPart, says == leftTaskTwice:
		r.sum.left(says, 1)
		return nil
	case says != "":
		r.refuse(e, says)
		return nil
	}
	for _, k := range e.Keys() {
		r.parents[k] = true
	}
	r.sum.Kept++
	if r.opts.Referral == nil {
		return nil
	}
	return r.opts.Referral(f)
}

// sameVersion notes a referral's key and reports whether this very text came
// before.
func (r *fhirReading) sameVersion(source string, text []byte) bool {
	key, whole := sha256.Sum256([]byte(source)), sha256.Sum256(text)
	before, there := r.versions[[16]byte(key[:])]
	r.versions[[16]byte(key[:])] = [8]byte(whole[:])
	return there && before == [8]byte(whole[:])
}
