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
	own, others := r.overdoses(e, &v, why)
	switch {
	case own:
		return r.overdose(e, &v)
	case others && class == classEmergency:
		r.refuse(e, saysOthers)
	case isRehab(&v): // counted by gather
	case class == classOther:
		r.sum.left(leftNotEmergency, 1)
	case class == classUnknown:
		r.sum.left(leftClass, 1)
	case anyMeans(why.codes, meansNoIntent):
		r.sum.left(leftNoIntent, 1)
	case r.isSpoiled(e, why.refs):
		r.refuse(e, saysBadReason)
	case slices.ContainsFunc(why.codes, isCode) || len(why.refs) > 0 && !r.ask(e, why.refs):
		r.sum.left(leftOtherReason, 1)
	case len(why.refs) > 0: // asked for
	case len(v.ReasonCode) > 0:
		r.sum.left(leftWordsOnly, 1)
	default:
		r.sum.left(leftNoReason, 1)
	}
	return nil
}

// overdose keeps a visit for an overdose if it was an emergency that took place.
func (r *fhirReading) overdose(e *fhir.Entry, v *fhir.Encounter) error {
	class := fhirClassOf(v.Class)
	switch {
	case v.Class.IsZero():
		r.refuse(e, saysNoClass)
	case class == classUnknown:
		r.sum.left(leftOddClass, 1)
	case class == classOther:
		r.sum.left(leftElsewhere, 1)
	case v.Status == "":
		r.refuse(e, saysNoStatus)
	case !isStatus(v.Status):
		r.refuse(e, saysBadStatus)
	case v.Status == "entered-in-error":
		r.sum.left(leftNotReal, 1)
		return r.mistake(e, v)
	case !tookPlace(v.Status):
		r.sum.left(leftNotReal, 1)
	default:
		return r.keep(e, v)
	}
	return nil
}

// mistake notes a visit that its sender takes back, to end what was made of it. One
// whose patient or start is not there is known by its number alone.
func (r *fhirReading) mistake(e *fhir.Entry, v *fhir.Encounter) error {
	if len(r.mistakes) >= mostVisits {
		return tooMany()
	}
	patient, says := r.wantPatient(e, v.Subject)
	if says != "" {
		patient = -1
	}
	start, _ := visitStart(v)
	r.mistakes = append(r.mistakes, fhirVisit{spot: e.Spot, start: start, patient: patient, site: -1})
	return nil
}

// isSpoiled reports that a reason an encounter points to, or a diagnosis that
// names it, was refused.
func (r *fhirReading) isSpoiled(e *fhir.Entry, refs []string) bool {
	keys := e.Keys()
	for _, ref := range refs {
		keys = append(keys, e.Targets(ref)...)
	}
	return slices.ContainsFunc(keys, func(k string) bool { return r.spoiled[k] })
}

func isRehab(v *fhir.Encounter) bool {
	return tookPlace(v.Status) && (anyMeans(codings(v.Type), meansRehab) || anyMeans(codings(v.ReasonCode), meansRehab))
}

// isOverdose looks at the reasons an encounter gives, at the conditions they
// point to, and at conditions that name the encounter as theirs.
func (r *fhirReading) isOverdose(e *fhir.Entry, v *fhir.Encounter, why fhirReasons) bool {
	own, _ := r.overdoses(e, v, why)
	return own
}

// overdoses reports whether an encounter was for an overdose of its own patient,
// or whether a condition of somebody else is given as its reason.
func (r *fhirReading) overdoses(e *fhir.Entry, v *fhir.Encounter, why fhirReasons) (own, others bool) {
	if anyMeans(why.codes, meansOverdose) {
		return true, false
	}
	patient := whose(e, v.Subject)
	look := func(keys []string, in map[string]string) {
		for _, k := range keys {
			of, there := in[k]
			own = own || there && !differ(of, patient)
			others = others || there && differ(of, patient)
		}
	}
	for _, ref := range why.refs {
		look(e.Targets(ref), r.conditions)
	}
	look(e.Keys(), r.diagnosed)
	return own, others && !own
}

// whose is the patient whom a resource is about, as a reference means it; "" when
// it has none that can be compared.
func whose(e *fhir.Entry, ref *fhir.Reference) string {
	if ref == nil {
		return ""
	}
	keys := append([]string{""}, e.Targets(ref.Reference)...)
	return keys[len(keys)-1]
}

// differ reports that two references of one kind are to two patients. An address
// beside a type and id may be one and the same.
func differ(a, b string) bool {
	kind := func(s string) string { return s[:strings.LastIndexByte(s, ':')+1] }
	return a != "" && b != "" && a != b && kind(a) == kind(b)
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
