package handoff

import (
	"slices"
	"strings"

	"alongside/platform/fhir"
)

// visit is the second pass: it sorts the encounters.
func (r *fhirReading) visit(e *fhir.Entry) error {
	if !takes(e, "Encounter") {
		return nil
	}
	var v fhir.Encounter
	if faults := faultsOf(e, &v); len(faults) > 0 {
		r.refuseFaults(e, faults)
		return nil
	}
	newer(e.Resource, &v)
	if v.Class.Listed {
		r.sum.Listed++
	}
	why := reasonsOf(&v)
	class := fhirClassOf(v.Class)
	overdose := r.isOverdose(e, why)
	switch {
	case overdose && class != classEmergency:
		r.sum.left(leftElsewhere, 1)
	case overdose && !tookPlace(v.Status):
		r.sum.left(leftNotReal, 1)
	case overdose:
		return r.keep(e, &v)
	case isRehab(&v): // counted by gather
	case class == classOther:
		r.sum.left(leftNotEmergency, 1)
	case class == classUnknown:
		r.sum.left(leftClass, 1)
	case anyMeans(why.codes, meansNoIntent):
		r.sum.left(leftNoIntent, 1)
	case len(why.codes) > 0 || len(why.refs) == 0 || !r.ask(e, why.refs):
		r.sum.left(leftOtherReason, 1)
	}
	return nil
}

func isRehab(v *fhir.Encounter) bool {
	return tookPlace(v.Status) && (anyMeans(codings(v.Type), meansRehab) || anyMeans(codings(v.ReasonCode), meansRehab))
}

// isOverdose looks at the reasons an encounter gives, at the conditions they
// point to, and at conditions that name the encounter as theirs.
func (r *fhirReading) isOverdose(e *fhir.Entry, why fhirReasons) bool {
	if anyMeans(why.codes, meansOverdose) {
		return true
	}
	isCondition := func(k string) bool { return r.conditions[k] }
	for _, ref := range why.refs {
		if slices.ContainsFunc(e.Targets(ref), isCondition) {
			return true
		}
	}
	return slices.ContainsFunc(e.Keys(), func(k string) bool { return r.diagnosed[k] })
}

// ask notes an emergency visit whose reasons stand elsewhere, to see whether
// they are in the file at all. It returns false when there are too many to note.
func (r *fhirReading) ask(e *fhir.Entry, refs []string) bool {
	if len(r.undecided) >= mostVisits/10 {
		return false
	}
	u := fhirUndecided{spot: e.Spot}
	for _, ref := range refs {
		keys := e.Targets(ref)
		for _, k := range keys {
			r.reasons[k] = false
		}
		u.refs = append(u.refs, keys)
	}
	r.undecided = append(r.undecided, u)
	return true
}

// undecidedVisits settles them once the whole file has been seen.
func (r *fhirReading) undecidedVisits() error {
	there := func(k string) bool { return r.reasons[k] }
	for _, u := range r.undecided {
		if !slices.ContainsFunc(u.refs, func(keys []string) bool { return !slices.ContainsFunc(keys, there) }) {
			r.sum.left(leftOtherReason, 1)
			continue
		}
		e, err := r.file.At(u.spot)
		if err != nil {
			return err
		}
		r.refuse(e, saysNoReason)
	}
	return nil
}

// keep notes an overdose visit, or refuses it.
func (r *fhirReading) keep(e *fhir.Entry, v *fhir.Encounter) error {
	if len(r.visits) >= mostVisits {
		return tooMany()
	}
	start, says := visitStart(v)
	if says == "" && r.ahead(start) {
		says = saysAhead
	}
	if says != "" {
		r.refuse(e, says)
		return nil
	}
	patient, says := r.wantPatient(e, v.Subject)
	if says != "" {
		r.refuse(e, says)
		return nil
	}
	r.visits = append(r.visits, fhirVisit{spot: e.Spot, start: start, patient: patient, site: r.wantSite(e, siteReference(v))})
	return nil
}

// ahead reports whether an instant lies after the latest that can be.
func (r *fhirReading) ahead(at fhirInstant) bool {
	return !r.opts.Latest.IsZero() && at > fhirInstant(r.opts.Latest.UnixMicro())
}

// wantPatient notes the patient of a visit or a Task as one to look for. -1 is
// one who is not to be looked for in the file.
func (r *fhirReading) wantPatient(e *fhir.Entry, ref *fhir.Reference) (int32, string) {
	switch {
	case ref == nil || ref.Reference == "" && ref.Identifier == nil:
		return 0, saysNoPatient
	case ref.Reference == "" || strings.HasPrefix(ref.Reference, "#"):
		return -1, ""
	case strings.Contains(ref.Reference, "?"):
		return 0, saysBySearch
	}
	keys := e.Targets(ref.Reference)
	names := strings.Join(keys, " ")
	for _, i := range r.patientOf[keys[0]] {
		if r.patients[i].names == names {
			return i, ""
		}
	}
	i := int32(len(r.patients))
	r.patients = append(r.patients, fhirSlot{names: names})
	for _, k := range keys {
		r.patientOf[k] = append(r.patientOf[k], i)
	}
	return i, ""
}

// wantSite notes the place of a visit, or who asks by a Task, as one to look
// for, unless the reference names it.
func (r *fhirReading) wantSite(e *fhir.Entry, ref *fhir.Reference) int32 {
	if ref == nil || ref.Display != "" || len(e.Targets(ref.Reference)) == 0 {
		return -1
	}
	keys := e.Targets(ref.Reference)
	if known := r.siteOf[keys[0]]; len(known) > 0 {
		return known[0]
	}
	i := int32(len(r.sites))
	r.sites = append(r.sites, "")
	for _, k := range keys {
		r.siteOf[k] = append(r.siteOf[k], i)
	}
	return i
}

// siteReference is the hospital of a visit, or else its first location.
func siteReference(v *fhir.Encounter) *fhir.Reference {
	if v.ServiceProvider != nil {
		return v.ServiceProvider
	}
	for _, l := range v.Location {
		if l.Location != nil {
			return l.Location
		}
	}
	return nil
}
