package handoff

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// FHIRFound is one overdose emergency visit of a hospital file.
type FHIRFound struct {
	Place    string        // where in the file; holds nothing personal
	Source   string        // the same for this visit in every file; personal, see FHIRPatient.Key
	Patient  FHIRPatient   // whose visit
	EventAt  time.Time     // when it began, in the zone it was written in
	Site     string        // the hospital's name as the file has it, or ""
	Evidence *FHIREvidence // the first rehabilitation visit after it, or nil
	Mistake  bool          // its sender says that it never was; then nothing is here but Place and Source
}

// FHIRPatient is what is read of a patient. Telephone and address are left
// where they are: nobody is to be surprised by a call.
type FHIRPatient struct {
	// Key is the same for this person in every file of the sender. It is made
	// of a number or an id that belongs to the person: keep it as a token only.
	Key       string
	known     string   // by what a visit tells its patient from others: as Key, but never the name
	Name      string   // the name they use
	LegalName string   // the name on their papers
	BirthDate string   // as the file has it: 1980, 1980-02 or 1980-02-29
	Gender    string   // as the file has it: male, female, other, unknown
	Languages []string // BCP 47, the one they prefer first
	Deceased  FHIRDeath
}

// FHIRDeath says whether the file calls the person dead, and since when.
type FHIRDeath struct {
	Known bool
	At    time.Time // zero when the file does not say; may be a day or a year only
}

// FHIREvidence is a rehabilitation visit after an overdose: it shows that the
// person reached a service.
type FHIREvidence struct {
	At     time.Time
	Source string // as FHIRFound.Source
	Place  string
	Days   float64 // after the overdose
}

// FHIRRefusal is one line of the report: a resource that could not be taken.
// Neither part holds anything personal.
type FHIRRefusal struct {
	Place, Reason string
	index         int
}

// FHIRSummary counts every resource of a file once:
// Read = Kept + Used + LeftAlone + RefusedTotal.
type FHIRSummary struct {
	Read         int
	Kept         int            // overdose visits and referrals handed on
	Used         map[string]int // read for a visit's sake: Patient, Condition …
	LeftAlone    map[string]int // by type, encounters by what they were
	Refused      []FHIRRefusal  // in the order of the file, at most FHIROptions.MaxRefused; a Task has a line for each issue
	Unlisted     int            // refused without a line
	RefusedTotal int
	Listed       int // encounters whose class was a list, as R5 has it
}

// Left is how many resources were left alone.
func (s *FHIRSummary) Left() int { return total(s.LeftAlone) }

func total(counts map[string]int) int {
	n := 0
	for _, c := range counts {
		n += c
	}
	return n
}

// The lines that count encounters left alone.
const (
	leftNotEmergency = "Encounter: not an emergency visit"
	leftOtherReason  = "Encounter: emergency visit for another reason"
	leftNoIntent     = "Encounter: emergency visit with a poisoning code that does not say whether it was one"
	leftClass        = "Encounter: class not known here"
	leftNoReason     = "Encounter: emergency visit that gives no reason"
	leftWordsOnly    = "Encounter: emergency visit whose reason is in words, or in codes of no system"
	leftOddClass     = "Encounter: overdose, with a class that is not known here"
	leftElsewhere    = "Encounter: overdose, but not an emergency visit"
	leftNotReal      = "Encounter: overdose visit that is planned, cancelled or a mistake"
	leftTwice        = "Encounter: the same overdose visit again"
	leftRehab        = "Encounter: rehabilitation, not after an overdose in this file"
	leftDeleted      = "entry that asks for something to be deleted"
	leftBare         = "entry without a resource"
	leftRequest      = "ServiceRequest: no Task here asks for it"
	leftRevoked      = "Task: its ServiceRequest was taken back"
	leftNot          = "Task: its ServiceRequest asks that this not be done"
	leftDraft        = "Task: a draft, nothing is asked yet"
	leftPart         = "Task: part of a referral in this file"
	leftTaskTwice    = "Task: the same one again"
)

// Why a resource is refused beyond what platform/fhir finds.
const (
	saysNoStatus  = "has no status, so it cannot be said whether it took place"
	saysBadStatus = "has a status that FHIR does not have, so it cannot be said whether it took place"
	saysNoClass   = "has no class, so it cannot be said whether it was an emergency"
	saysNoStart   = "has no start, so it cannot be said when it happened"
	saysDayOnly   = "starts on a day without a time; a time with its zone is needed"
	saysBadStart  = "its start "
	saysEndsFirst = "ends before it starts"
	saysAhead     = "starts at a time that has not come yet"
	saysNoPatient = "does not say whose visit it was"
	saysBySearch  = "names its patient by a search, not by a reference"
	saysDangling  = "its patient is not in this file"
	saysTwo       = "two different patients in this file go by the name it uses"
	saysSpoiled   = "its patient was refused"
	saysOthers    = "its reason is a condition of another patient"
	saysBadReason = "its reason was refused, so it cannot be said whether it was an overdose"
	saysNoReason  = "its reason is not in this file, so it cannot be said whether it was an overdose"
	saysInside    = "is a file inside the file; import it by itself"
	saysTooMany   = "more than 100,000 overdose or rehabilitation visits in one file; split it"
)

func (s *FHIRSummary) left(what string, n int) { move(s.LeftAlone, what, n) }
func (s *FHIRSummary) used(what string, n int) { move(s.Used, what, n) }

func move(counts map[string]int, what string, n int) {
	counts[what] += n
	if counts[what] == 0 {
		delete(counts, what)
	}
}

// refused writes the lines of one resource while there is room, and counts the
// resource in any event.
func (s *FHIRSummary) refused(most int, lines ...FHIRRefusal) {
	s.RefusedTotal++
	if len(s.Refused)+len(lines) > most {
		s.Unlisted++
		return
	}
	s.Refused = append(s.Refused, lines...)
}

func (s *FHIRSummary) inOrder() {
	slices.SortStableFunc(s.Refused, func(a, b FHIRRefusal) int {
		return cmp.Or(cmp.Compare(a.index, b.index), strings.Compare(a.Place, b.Place))
	})
}
