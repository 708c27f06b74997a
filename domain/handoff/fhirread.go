package handoff

import (
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"time"

	"alongside/platform/clock"
	"alongside/platform/errs"
	"alongside/platform/fhir"
)

// mostVisits bounds what is kept of one file while it is gone through.
const mostVisits = 100_000

// FHIROptions says where a file came from.
type FHIROptions struct {
	Sender     string    // the sender's address, for ids that are one of a kind only there; or ""
	Latest     time.Time // a visit that begins, or a Task that was written, after it is refused; zero asks nothing
	MaxRefused int       // most lines of FHIRSummary.Refused; 0 is 1,000

	Zone *time.Location // whose days a date without a time means; nil is UTC

	// Referral is handed each referral of the file, after the visits. Its error
	// ends the reading.
	Referral func(FHIRReferral) error
}

// ReadFHIR finds the overdose emergency visits of a file and hands them to
// found in the order of the file, each with its patient and with the first
// rehabilitation visit after it; then the referrals, see FHIROptions. Of the file it holds only where things stand,
// so its memory grows with the visits found (some 300 bytes each), not with
// the file. It stops at the first error that found returns; what cannot be
// taken is no error but a line of the summary.
func ReadFHIR(ctx context.Context, file *fhir.File, o FHIROptions, found func(FHIRFound) error) (FHIRSummary, error) {
	o.MaxRefused, o.Zone = cmp.Or(o.MaxRefused, 1000), cmp.Or(o.Zone, time.UTC)
	r := &fhirReading{
		file: file, opts: o, found: found,
		sum:        FHIRSummary{Used: map[string]int{}, LeftAlone: map[string]int{}},
		conditions: map[string]string{}, diagnosed: map[string]string{}, spoiled: map[string]bool{},
		first: map[int32]fhirInstant{}, patientOf: map[string][]int32{}, aliases: map[string]int32{}, siteOf: map[string][]int32{},
		seen: map[[16]byte]fhirInstant{}, reasons: map[string]bool{},
		serviceOf: map[string][]int32{}, parents: map[string]bool{}, above: map[string][]string{}, versions: map[[16]byte][8]byte{},
	}
	for _, pass := range []func(*fhir.Entry) error{r.survey, r.visit, r.gather} {
		if err := file.Each(ctx, pass); err != nil {
			return r.sum, err
		}
	}
	if err := r.undecidedVisits(); err != nil {
		return r.sum, err
	}
	err := r.emit(ctx)
	if err == nil {
		err = r.emitReferrals(ctx)
	}
	r.sum.inOrder()
	return r.sum, err
}

// fhirReading is one going-through of a file, in three passes: survey notes
// which conditions are overdoses, visit finds the visits, gather finds what
// belongs to them. A reference may point forward or back, so each needs the
// one before it to be over.
type fhirReading struct {
	file  *fhir.File
	opts  FHIROptions
	found func(FHIRFound) error
	sum   FHIRSummary

	conditions map[string]string // keys of conditions that are overdoses → whose
	diagnosed  map[string]string // keys of encounters that such a condition names → whose it is
	spoiled    map[string]bool   // keys of what was refused, and of encounters that it was a diagnosis of

	visits    []fhirVisit
	mistakes  []fhirVisit           // taken back by their sender
	first     map[int32]fhirInstant // patient → the first of their visits
	patients  []fhirSlot
	patientOf map[string][]int32 // key → patients that may be meant
	aliases   map[string]int32   // key of a patient asked for → them, under any name
	sites     []string           // names
	siteOf    map[string][]int32 // key → sites that may be meant
	rehabs    []fhirRehab
	undecided []fhirUndecided
	reasons   map[string]bool // keys the undecided ask for → in the file

	referrals []fhirReferral
	services  []fhirSlot           // the requests that referrals ask for
	serviceOf map[string][]int32   // key → requests that may be meant
	parents   map[string]bool      // keys of referrals handed on
	above     map[string][]string  // keys of a part → keys of what it is a part of
	versions  map[[16]byte][8]byte // keys of referrals handed on → sum of the resource

	seen map[[16]byte]fhirInstant // keys of visits handed on
	last struct {
		slot    int32
		patient FHIRPatient
		says    string
	}
}

// fhirVisit is what is kept of an overdose visit until the end.
type fhirVisit struct {
	spot    fhir.Spot
	start   fhirInstant
	patient int32 // in patients; -1 when the encounter itself says who
	site    int32 // in sites; -1 when the encounter itself says where
}

// fhirSlot is a patient that a visit asks for, or a request that a Task does.
type fhirSlot struct {
	names   string // the keys asked for, as one
	spot    fhir.Spot
	sum     [8]byte // of the resource, to tell a copy from another
	who     string  // mark of a patient's key, "" where nothing of them is one of a kind
	changed fhirInstant
	there   bool
	two     bool
	spoiled bool
	other   bool // what stands there is of another type
}

type fhirRehab struct {
	spot    fhir.Spot
	start   fhirInstant
	patient int32
	used    bool
}

// fhirUndecided is an emergency visit whose only reasons are references.
type fhirUndecided struct {
	spot fhir.Spot
	refs [][]string
}

// refuse writes a line for an entry.
func (r *fhirReading) refuse(e *fhir.Entry, reason string) {
	r.sum.refused(r.opts.MaxRefused, FHIRRefusal{Place: e.Place(), Reason: reason, index: e.Index()})
}

// refuseFaults writes one line for all that is wrong inside a resource.
func (r *fhirReading) refuseFaults(e *fhir.Entry, faults []fhir.Fault) {
	reason := faults[0].Reason
	if faults[0].Place != "" {
		reason = faults[0].Place + " " + reason
	}
	if n := len(faults) - 1; n > 0 {
		reason += fmt.Sprintf(" (and %d more)", n)
	}
	r.refuse(e, reason)
}

// faultsOf reads a resource into one of the FHIR structs and checks it.
func faultsOf(e *fhir.Entry, into any) []fhir.Fault {
	if err := fhir.Decode(e.Resource, into); err != nil {
		f, _ := fhir.FaultOf(err)
		return []fhir.Fault{f}
	}
	return fhir.Check(e.Resource)
}

// takes reports that an entry has a resource of the type to look at.
func takes(e *fhir.Entry, kind string) bool {
	return e.Type == kind && e.Flaw == "" && e.Method != "DELETE"
}

// survey is the first pass. It counts every entry but encounters, and refuses
// what has a flaw.
func (r *fhirReading) survey(e *fhir.Entry) error {
	r.sum.Read++
	switch {
	case e.Flaw != "":
		r.refuse(e, e.Flaw)
		r.spoil(e.Keys())
	case e.Method == "DELETE":
		r.sum.left(leftDeleted, 1)
	case e.Resource == nil:
		r.sum.left(leftBare, 1)
	case e.Type == "Bundle":
		r.refuse(e, saysInside)
	case e.Type == "Condition":
		r.condition(e)
	case e.Type == "Patient":
		if faults := faultsOf(e, &fhir.Patient{}); len(faults) > 0 {
			r.refuseFaults(e, faults)
			return nil
		}
		r.sum.left(e.Type, 1)
	case e.Type == "Task":
		return r.task(e)
	case e.Type == "ServiceRequest":
		r.sum.left(leftRequest, 1)
	case e.Type != "Encounter":
		r.sum.left(e.Type, 1)
	}
	return nil
}

func (r *fhirReading) condition(e *fhir.Entry) {
	var c fhir.Condition
	if faults := faultsOf(e, &c); len(faults) > 0 {
		r.refuseFaults(e, faults)
		r.spoil(e.Keys())
		if ofVisit(&c) {
			r.spoil(e.Targets(c.Encounter.Reference))
		}
		return
	}
	if c.Code == nil || !anyMeans(c.Code.Coding, meansOverdose) || !stands(&c) {
		r.sum.left(e.Type, 1)
		return
	}
	r.sum.used(e.Type, 1)
	of := whose(e, c.Subject)
	for _, k := range e.Keys() {
		r.conditions[k] = of
	}
	if ofVisit(&c) {
		for _, k := range e.Targets(c.Encounter.Reference) {
			r.diagnosed[k] = of
		}
	}
}

func (r *fhirReading) spoil(keys []string) {
	for _, k := range keys {
		r.spoiled[k] = true
	}
}

// emit is the end: every visit is read again, alone, and handed on.
func (r *fhirReading) emit(ctx context.Context) error {
	slices.SortFunc(r.rehabs, func(a, b fhirRehab) int {
		return cmp.Or(cmp.Compare(a.patient, b.patient), cmp.Compare(a.start, b.start))
	})
	for _, v := range r.visits {
		if first, there := r.first[v.patient]; v.patient >= 0 && (!there || v.start < first) {
			r.first[v.patient] = v.start
		}
	}
	r.last.slot = -1
	for _, v := range r.visits {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := r.handOn(v); err != nil {
			return err
		}
	}
	for _, v := range r.mistakes {
		if err := r.takeBack(v); err != nil {
			return err
		}
	}
	for _, h := range r.rehabs {
		if h.used {
			r.sum.used("Encounter", 1)
		} else {
			r.sum.left(leftRehab, 1)
		}
	}
	return nil
}

func (r *fhirReading) handOn(v fhirVisit) error {
	e, err := r.file.At(v.spot)
	if err != nil {
		return err
	}
	var enc fhir.Encounter
	if err := fhir.Decode(e.Resource, &enc); err != nil {
		return err
	}
	newer(e.Resource, &enc)
	patient, says := r.patient(v, e, &enc)
	if says != "" {
		r.refuse(e, says)
		return nil
	}
	at, _, _ := fhir.Time(enc.Period.Start)
	f := FHIRFound{Place: e.Place(), Patient: patient, EventAt: at, Site: r.site(v, &enc)}
	f.Source = visitKey(e, &enc, r.opts.Sender, patient.known, at)
	if again, says := r.again(f.Source, v.start); again {
		if says != "" {
			r.refuse(e, says)
		} else {
			r.sum.left(leftTwice, 1)
		}
		return nil
	}
	if f.Patient.Key == "" {
		f.Patient.Key = patient.nameless(cmp.Or(r.first[v.patient], v.start))
	}
	if f.Evidence, err = r.evidence(v, patient.known, at); err != nil {
		return err
	}
	r.sum.Kept++
	return r.found(f)
}

// takeBack hands on that a visit never was.
func (r *fhirReading) takeBack(v fhirVisit) error {
	e, err := r.file.At(v.spot)
	if err != nil {
		return err
	}
	var enc fhir.Encounter
	if err := fhir.Decode(e.Resource, &enc); err != nil {
		return err
	}
	var patient FHIRPatient
	if v.patient >= 0 {
		patient, _ = r.patient(v, e, &enc)
	}
	return r.found(FHIRFound{
		Place: e.Place(), Mistake: true, Source: visitKey(e, &enc, r.opts.Sender, patient.known, time.UnixMicro(int64(v.start))),
	})
}

// again notes a visit's key and reports whether it was there before. The same
// key at another time is no copy: two visits must not become one.
func (r *fhirReading) again(key string, start fhirInstant) (bool, string) {
	whole := sha256.Sum256([]byte(key))
	short := [16]byte(whole[:])
	before, there := r.seen[short]
	switch {
	case !there:
		r.seen[short] = start
		return false, ""
	case before != start:
		return true, "has the same number as another visit at another time"
	}
	return true, ""
}

// evidence finds the patient's first rehabilitation visit after a visit.
func (r *fhirReading) evidence(v fhirVisit, patient string, at time.Time) (*FHIREvidence, error) {
	if v.patient < 0 {
		return nil, nil
	}
	i, _ := slices.BinarySearchFunc(r.rehabs, fhirRehab{patient: v.patient, start: v.start + 1}, func(a, b fhirRehab) int {
		return cmp.Or(cmp.Compare(a.patient, b.patient), cmp.Compare(a.start, b.start))
	})
	if i == len(r.rehabs) || r.rehabs[i].patient != v.patient {
		return nil, nil
	}
	r.rehabs[i].used = true
	e, err := r.file.At(r.rehabs[i].spot)
	if err != nil {
		return nil, err
	}
	var enc fhir.Encounter
	if err := fhir.Decode(e.Resource, &enc); err != nil {
		return nil, err
	}
	newer(e.Resource, &enc)
	then, _, _ := fhir.Time(enc.Period.Start)
	return &FHIREvidence{
		At: then, Place: e.Place(), Days: then.Sub(at).Hours() / 24,
		Source: visitKey(e, &enc, r.opts.Sender, patient, then),
	}, nil
}

func tooMany() error {
	return &errs.Error{Kind: errs.Invalid, Err: fhir.Fault{Place: "the whole file", Reason: saysTooMany}}
}

// time reads a time that was checked before. A date without a time of day
// begins with the day in the zone of the options.
func (o FHIROptions) time(text string) time.Time {
	at, p, says := fhir.Time(text)
	if says != "" || p == fhir.Second {
		return at
	}
	return clock.Begin(at, o.Zone)
}
