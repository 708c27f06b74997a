package handoff

import (
	"cmp"
	"crypto/sha256"
	"slices"
	"strings"

	"alongside/platform/fhir"
)

// gather is the third pass: patients, places and rehabilitation of the visits
// found, and whether the reasons asked for are there.
func (r *fhirReading) gather(e *fhir.Entry) error {
	keys := e.Keys()
	for _, k := range keys {
		if _, asked := r.reasons[k]; asked {
			r.reasons[k] = true
		}
	}
	if e.Type != "ServiceRequest" {
		r.settleService(keys, func(s *fhirSlot) { s.other = true })
	}
	switch {
	case e.Flaw != "" && e.Type != "Encounter":
		r.settle(keys, func(s *fhirSlot) { s.spoiled = true })
	case takes(e, "ServiceRequest"):
		r.gatherService(e, keys)
	case takes(e, "Patient"):
		r.gatherPatient(e, keys)
	case takes(e, "Organization"), takes(e, "Location"):
		r.gatherSite(e, keys)
	case takes(e, "Encounter"):
		return r.gatherRehab(e)
	}
	return nil
}

// settleService does something for each request asked for under one of the keys.
func (r *fhirReading) settleService(keys []string, do func(*fhirSlot)) {
	for _, k := range keys {
		for _, i := range r.serviceOf[k] {
			do(&r.services[i])
		}
	}
}

// settle does something for each patient asked for under one of the keys.
func (r *fhirReading) settle(keys []string, do func(*fhirSlot)) {
	for _, k := range keys {
		for _, i := range r.patientOf[k] {
			do(&r.patients[i])
		}
	}
}

func (r *fhirReading) gatherPatient(e *fhir.Entry, keys []string) {
	if !slices.ContainsFunc(keys, func(k string) bool { return len(r.patientOf[k]) > 0 }) {
		return
	}
	var p fhir.Patient
	if len(faultsOf(e, &p)) > 0 {
		r.settle(keys, func(s *fhirSlot) { s.spoiled = true })
		return
	}
	mixed, new := r.fromSeveral(keys), r.slotOf(e, &p)
	r.settle(keys, func(s *fhirSlot) {
		s.two = s.two || mixed || s.there && s.sum != new.sum && (s.who != new.who || new.who == "")
		if !s.there || new.changed > s.changed {
			s.spot, s.sum, s.who, s.changed, s.there = new.spot, new.sum, new.who, new.changed, true
		}
	})
	r.alias(keys)
	r.sum.left("Patient", -1)
	r.sum.used("Patient", 1)
}

// alias notes every name that a patient goes by, for visits that follow and use
// another than the overdose visit does. A name of two patients is none.
func (r *fhirReading) alias(keys []string) {
	slot := int32(-1)
	for _, k := range keys {
		if asked := r.patientOf[k]; slot < 0 && len(asked) > 0 {
			slot = asked[0]
		}
	}
	for _, k := range keys {
		if other, there := r.aliases[k]; there && other != slot {
			slot = -1
		}
		r.aliases[k] = slot
	}
}

// slotOf is what is kept of a patient. Two that are one by a key of their own are
// versions of one, of which the last is read.
func (r *fhirReading) slotOf(e *fhir.Entry, p *fhir.Patient) fhirSlot {
	whole := sha256.Sum256(e.Resource)
	s := fhirSlot{spot: e.Spot, sum: [8]byte(whole[:])}
	if key := fhirPatient(e, p, r.opts).Key; key != "" {
		of := sha256.Sum256([]byte(key))
		s.who = string(of[:8])
	}
	if p.Meta != nil {
		at, _, _ := fhir.Time(p.Meta.LastUpdated)
		s.changed = fhirInstant(at.UnixMicro())
	}
	return s
}

// fromSeveral reports that one patient is asked for under the addresses of two
// servers: a file of one resource per line does not say which of them it is from.
func (r *fhirReading) fromSeveral(keys []string) bool {
	from := ""
	several := false
	r.settle(keys, func(s *fhirSlot) {
		at := address(s.names)
		several = several || at != "" && from != "" && at != from
		from = cmp.Or(at, from)
	})
	return several
}

// address is the address among the keys of a reference, or "".
func address(names string) string {
	first, _, _ := strings.Cut(names, " ")
	if !strings.Contains(first, ":") {
		return ""
	}
	return first
}

func (r *fhirReading) gatherSite(e *fhir.Entry, keys []string) {
	var place struct {
		Name string `json:"name"`
	}
	for _, k := range keys {
		for _, i := range r.siteOf[k] {
			if r.sites[i] != "" || fhir.Decode(e.Resource, &place) != nil || place.Name == "" {
				continue
			}
			r.sites[i] = place.Name
			r.sum.left(e.Type, -1)
			r.sum.used(e.Type, 1)
			return
		}
	}
}

// gatherRehab notes a rehabilitation visit of a patient who is asked for.
func (r *fhirReading) gatherRehab(e *fhir.Entry) error {
	var v fhir.Encounter
	if len(faultsOf(e, &v)) > 0 {
		return nil // refused by visit
	}
	newer(e.Resource, &v)
	if !isRehab(&v) || r.isOverdose(e, &v, reasonsOf(&v)) {
		return nil
	}
	patient := r.rehabPatient(e, &v)
	if patient < 0 {
		r.sum.left(leftRehab, 1)
		return nil
	}
	start, says := visitStart(&v)
	if says == "" && r.ahead(start) {
		says = saysAhead
	}
	if says != "" {
		r.refuse(e, says)
		return nil
	}
	if len(r.rehabs) >= 2*mostVisits {
		return tooMany()
	}
	r.rehabs = append(r.rehabs, fhirRehab{spot: e.Spot, start: start, patient: patient})
	return nil
}

func (r *fhirReading) rehabPatient(e *fhir.Entry, v *fhir.Encounter) int32 {
	if v.Subject == nil {
		return -1
	}
	keys := e.Targets(v.Subject.Reference)
	var may []int32
	for _, k := range keys {
		may = append(may, r.patientOf[k]...)
	}
	for _, k := range keys {
		if i, there := r.aliases[k]; there && i >= 0 {
			may = append(may, i)
		}
	}
	at := address(strings.Join(keys, " "))
	for _, i := range may {
		if other := address(r.patients[i].names); at == "" || other == "" || at == other {
			return i
		}
	}
	return -1
}

// patient reads the patient of a visit, or says why it cannot be taken.
func (r *fhirReading) patient(v fhirVisit, e *fhir.Entry, enc *fhir.Encounter) (FHIRPatient, string) {
	if v.patient < 0 {
		return r.ownPatient(e, enc.Subject, enc.Contained)
	}
	if r.last.slot != v.patient {
		r.last.slot = v.patient
		r.last.patient, r.last.says = r.slotPatient(&r.patients[v.patient])
	}
	return r.last.patient, r.last.says
}

func (r *fhirReading) slotPatient(s *fhirSlot) (FHIRPatient, string) {
	switch {
	case s.spoiled:
		return FHIRPatient{}, saysSpoiled
	case !s.there:
		return FHIRPatient{}, saysDangling
	case s.two:
		return FHIRPatient{}, saysTwo
	}
	e, err := r.file.At(s.spot)
	var p fhir.Patient
	if err != nil || fhir.Decode(e.Resource, &p) != nil {
		return FHIRPatient{}, saysSpoiled
	}
	return fhirPatient(e, &p, r.opts), ""
}

// ownPatient reads a patient inside the resource that names them, or one that
// is named by an identifier alone.
func (r *fhirReading) ownPatient(e *fhir.Entry, who *fhir.Reference, contained fhir.Contained) (FHIRPatient, string) {
	if who.Reference == "" {
		key := identifierKey([]fhir.Identifier{*who.Identifier}, shared())
		if key == "" {
			return FHIRPatient{}, saysNoPatient
		}
		return FHIRPatient{Key: key, known: key}, ""
	}
	for _, raw := range contained {
		var p fhir.Patient
		if fhir.Decode(raw, &p) == nil && p.ResourceType == "Patient" && "#"+p.ID == who.Reference {
			// Its id holds only inside this resource, so the key is made of the two.
			in := &fhir.Entry{FullURL: e.FullURL, Type: "Patient", ID: strings.Trim(e.ID+"-"+p.ID, "-")}
			return fhirPatient(in, &p, r.opts), ""
		}
	}
	return FHIRPatient{}, saysDangling
}

// site is the name of the place of a visit, or "".
func (r *fhirReading) site(v fhirVisit, enc *fhir.Encounter) string {
	if v.site >= 0 {
		return r.sites[v.site]
	}
	if ref := siteReference(enc); ref != nil {
		return ref.Display
	}
	return ""
}
