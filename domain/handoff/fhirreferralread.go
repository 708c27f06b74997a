package handoff

import (
	"strings"

	"alongside/platform/fhir"
)

const requestProfile = "/SDOHCC-ServiceRequest"

// What a referral lacked, without harm to it.
const (
	noteNoPatient  = "the person is not in this file; they are known by what the Task says alone"
	noteNoRequest  = "the ServiceRequest is not in this file"
	noteBadRequest = "the ServiceRequest was refused; what is asked for is not known"
	noteTwo        = "two different ServiceRequests go by the name it uses; neither was read"
	noteDayOnly    = "does not say at what time it was written; the beginning of that day, month or year on our clock stands in"
	noteNoTime     = "does not say when its status changed; the time of this import stands in"
)

// Why a referral is refused beyond what ReadFHIRTask finds.
const (
	saysOtherFocus = "error business-rule Task.focus: is not a ServiceRequest"
	saysOtherFor   = "error business-rule Task.for: is not a Patient"
	saysAskedAhead = "error business-rule Task.authoredOn: lies in the future"
)

// referral reads a referral again, alone, with what belongs to it. It says why
// when it cannot be handed on.
func (r *fhirReading) referral(v fhirReferral, e *fhir.Entry) (FHIRReferral, string, error) {
	var raw fhir.Task
	if err := fhir.Decode(e.Resource, &raw); err != nil {
		return FHIRReferral{}, "", err
	}
	t, _ := ReadFHIRTask(e.Resource)
	t.AuthoredOn = r.opts.time(raw.AuthoredOn)
	f := FHIRReferral{Place: e.Place(), Task: t, Text: e.Resource, Source: taskKey(e, &raw, r.opts.Sender)}
	if r.ahead(fhirInstant(t.AuthoredOn.UnixMicro())) {
		return f, saysAskedAhead, nil
	}
	f.Name, f.PartOf = taskNames(e, t)
	if v.part && r.hasParent(e, t) {
		return f, leftPart, nil
	}
	if says, err := r.readService(v, e, &f, &raw); says != "" || err != nil {
		return f, says, err
	}
	if says := r.readTaskPatient(v, e, &f, &raw); says != "" {
		return f, says, nil
	}
	f.Site = r.asker(v, &raw)
	if t.ModifiedAt.IsZero() && stateOfStatus(t.Status) != Requested {
		f.Notes = append(f.Notes, noteNoTime)
	}
	if _, p, _ := fhir.Time(raw.AuthoredOn); p != fhir.Second {
		f.Notes = append(f.Notes, noteDayOnly)
	}
	if r.sameVersion(f.Source, e.Resource) {
		return f, leftTaskTwice, nil
	}
	return f, "", nil
}

// taskKey is the stable key of a Task. An id that only its sender knows is told
// apart by who asked, and when: two senders both have a Task/1.
func taskKey(e *fhir.Entry, t *fhir.Task, sender string) string {
	if k := identifierKey(t.Identifier, nil); k != "" {
		return k
	}
	if k := idKey(e, sender); k != "" {
		return k
	}
	return strings.Join([]string{"task", e.ID, t.AuthoredOn, pointsTo(t.Requester)}, "|")
}

// taskNames are the name a Task goes by, and that of the one it is a part of,
// each told apart by whom it is for.
func taskNames(e *fhir.Entry, t FHIRTask) (name, partOf string) {
	if keys := e.Keys(); len(keys) > 0 {
		name = keys[0] + "|" + t.Patient
	}
	if len(t.PartOf) > 0 {
		if keys := e.Targets(t.PartOf[0]); len(keys) > 0 && e.FullURL == "" {
			partOf = keys[len(keys)-1] + "|" + t.Patient
		} else if len(keys) > 0 {
			partOf = keys[0] + "|" + t.Patient
		}
	}
	return name, partOf
}

// hasParent reports that a Task is a part of a referral that was handed on, or a
// part of a part of it.
func (r *fhirReading) hasParent(e *fhir.Entry, t FHIRTask) bool {
	var up []string
	for _, p := range t.PartOf {
		up = append(up, e.Targets(p)...)
	}
	seen := map[string]bool{}
	for len(up) > 0 {
		k := up[0]
		up = up[1:]
		if r.parents[k] {
			return true
		}
		if !seen[k] {
			seen[k] = true
			up = append(up, r.above[k]...)
		}
	}
	return false
}

// readService adds what the request says, or says why the Task falls with it.
func (r *fhirReading) readService(v fhirReferral, e *fhir.Entry, f *FHIRReferral, raw *fhir.Task) (string, error) {
	request, note, err := r.request(v, e, raw)
	switch {
	case err != nil:
		return "", err
	case note == saysOtherFocus:
		return note, nil
	case note != "":
		f.Notes = append(f.Notes, note)
		return "", nil
	}
	s, issues := ReadFHIRServiceRequest(request.Resource)
	switch {
	case len(issues) > 0:
		return issues[0].String(), nil
	case !r.samePatient(e, f.Task.Patient, request, s.Patient):
		return SamePerson(f.Task, s)[0].String(), nil
	case s.Status == "revoked", s.Status == "entered-in-error":
		return leftRevoked, nil
	case s.Not:
		return leftNot, nil
	}
	f.What = s.What
	f.notKept("ServiceRequest", elementsBut(request.Resource, "resourceType", "id", "meta", "text", "identifier", "status", "intent", "subject", "code"))
	return "", nil
}

// request is the request of a Task, inside it or in the file, or a note of why
// it cannot be read.
func (r *fhirReading) request(v fhirReferral, e *fhir.Entry, raw *fhir.Task) (request *fhir.Entry, note string, err error) {
	if id, inside := strings.CutPrefix(raw.Focus.Reference, "#"); inside {
		return containedRequest(e, raw, id)
	}
	if v.service < 0 {
		return nil, noteNoRequest, nil
	}
	slot := r.services[v.service]
	switch {
	case slot.spoiled:
		return nil, noteBadRequest, nil
	case slot.two:
		return nil, noteTwo, nil
	case !slot.there && slot.other:
		return nil, saysOtherFocus, nil
	case !slot.there:
		return nil, noteNoRequest, nil
	}
	request, err = r.file.At(slot.spot)
	return request, "", err
}

func containedRequest(e *fhir.Entry, raw *fhir.Task, id string) (*fhir.Entry, string, error) {
	for _, c := range raw.Contained {
		var s fhir.ServiceRequest
		if fhir.Decode(c, &s) == nil && s.ID == id && s.ResourceType == "ServiceRequest" {
			return &fhir.Entry{FullURL: e.FullURL, Resource: c}, "", nil
		}
	}
	return nil, saysOtherFocus, nil
}

// samePatient reports that two references, each as its own resource means it,
// may be to one patient. A number beside an address cannot be compared.
func (r *fhirReading) samePatient(e *fhir.Entry, a string, other *fhir.Entry, b string) bool {
	as, bs := e.Targets(a), other.Targets(b)
	if a == b || len(as) == 0 || len(bs) == 0 || strings.HasPrefix(a, "identifier|") || strings.HasPrefix(b, "identifier|") {
		return true
	}
	for _, k := range as {
		for _, l := range bs {
			if k == l || strings.HasSuffix(k, "/"+l) || strings.HasSuffix(l, "/"+k) || r.samePlace(k, l) {
				return true
			}
		}
	}
	return false
}

// samePlace reports that two keys lead to one patient of this file.
func (r *fhirReading) samePlace(k, l string) bool {
	for _, i := range r.patientOf[k] {
		for _, j := range r.patientOf[l] {
			a, b := r.patients[i], r.patients[j]
			if a.there && b.there && a.spot == b.spot {
				return true
			}
		}
	}
	return false
}

// readTaskPatient adds whom it is for. Who is not in the file is taken at the
// Task's word, and is the same as someone else only by a number or an address
// that is one of a kind.
func (r *fhirReading) readTaskPatient(v fhirReferral, e *fhir.Entry, f *FHIRReferral, raw *fhir.Task) string {
	says := saysDangling
	switch {
	case v.patient >= 0:
		f.Patient, says = r.slotPatient(&r.patients[v.patient])
	case raw.For.Reference == "" || strings.HasPrefix(raw.For.Reference, "#"):
		f.Patient, says = r.ownPatient(e, raw.For, raw.Contained)
	}
	if says == "" && v.patient >= 0 {
		r.notePatient(v, f)
	}
	if says == "" && f.Patient.Key == "" {
		f.Patient.Key = r.taskNameless(v, f)
	}
	if says == "" && raw.For.Reference == "" {
		says = saysDangling
	}
	switch {
	case says == saysDangling && strings.HasPrefix(raw.For.Reference, "#"):
		return saysOtherFor
	case says != saysDangling:
		return says
	}
	f.Notes = append(f.Notes, noteNoPatient)
	f.Patient.Name = raw.For.Display
	if f.Patient.Key == "" {
		f.Patient.Key = awayKey(e, raw.For.Reference, r.opts.Sender, f.Source)
	}
	return ""
}

// taskNameless is the key of a patient of whom nothing is one of a kind.
func (r *fhirReading) taskNameless(v fhirReferral, f *FHIRReferral) string {
	if first, visited := r.first[v.patient]; visited {
		return f.Patient.nameless(first)
	}
	return "of|" + f.Source
}

func (r *fhirReading) notePatient(v fhirReferral, f *FHIRReferral) {
	if e, err := r.file.At(r.patients[v.patient].spot); err == nil {
		f.notKept("Patient", elementsBut(e.Resource, "resourceType", "id", "meta", "text", "identifier", "name", "communication", "deceasedBoolean", "deceasedDateTime"))
	}
}

func (f *FHIRReferral) notKept(kind string, elements []string) {
	if len(elements) > 0 {
		f.NotKept = append(f.NotKept, kind+": "+strings.Join(elements, ", "))
	}
}

// awayKey is the key of a patient who is not in the file: as idKey where the
// reference is one of a kind in the world, else of this Task alone.
func awayKey(e *fhir.Entry, reference, sender, source string) string {
	if keys := e.Targets(reference); len(keys) > 0 {
		away := &fhir.Entry{Type: "Patient", FullURL: keys[0]}
		away.ID = keys[0][strings.LastIndexByte(keys[0], '/')+1:]
		if strings.HasPrefix(keys[0], "urn:") {
			away.ID = ""
		}
		if k := idKey(away, sender); k != "" {
			return k
		}
	}
	return "of|" + source
}

// asker is who asks, as the Task or the file names them.
func (r *fhirReading) asker(v fhirReferral, raw *fhir.Task) string {
	if v.site >= 0 {
		return r.sites[v.site]
	}
	if ref := asksBy(raw.Requester); ref != nil {
		return ref.Display
	}
	return ""
}

// Lines are the notes of a referral, and what is not kept of it, as lines of a
// report: each with its place and nothing personal.
func (f FHIRReferral) Lines() []string {
	var out []string
	for _, n := range f.Notes {
		out = append(out, "note "+f.Place+": "+n)
	}
	for _, n := range f.NotKept {
		out = append(out, "not kept: "+f.Place+": "+n)
	}
	return out
}
