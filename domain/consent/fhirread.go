package consent

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"alongside/domain/ref"
	"alongside/platform/fhir"
	"alongside/platform/field"
)

// Home is the organisation that a consent must name as the one who may tell.
type Home struct {
	Tenant ref.Tenant
	Name   string
}

// ReadFHIR reads a Consent that someone sends into consents as Give takes them,
// one for each recipient and purpose. What this program cannot represent is
// refused with its place and the reason; then there are no consents. Nothing is
// ever read wider than it was written: a day as an end is over where on earth it
// is over first. What R4 does not carry (that rights were read, that a copy was
// given) stays empty, and Give refuses it where the law asks for it.
func ReadFHIR(raw []byte, home Home) ([]Consent, []fhir.Fault) {
	faults := append(strange(raw), fhir.Check(raw)...)
	slices.SortStableFunc(faults, func(a, b fhir.Fault) int { return strings.Compare(a.Place, b.Place) })
	faults = slices.CompactFunc(faults, func(a, b fhir.Fault) bool { return a.Place == b.Place })
	if len(faults) > 0 {
		return nil, faults
	}
	var r fhirConsent
	if err := json.Unmarshal(raw, &r); err != nil {
		return nil, []fhir.Fault{{Reason: "it has not the shape of R4"}}
	}
	rd := &fhirReader{r: r, home: home}
	out := rd.read()
	if len(rd.faults) > 0 {
		return nil, rd.faults
	}
	return out, nil
}

type fhirReader struct {
	r      fhirConsent
	home   Home
	faults []fhir.Fault
}

func (rd *fhirReader) bad(place, reason string) {
	rd.faults = append(rd.faults, fhir.Fault{Place: place, Reason: reason})
}

func (rd *fhirReader) read() []Consent {
	rd.head()
	base := rd.base()
	if rd.r.Provision == nil || len(rd.r.Provision.Provision) == 0 {
		rd.bad("provision", "nothing in it is permitted")
		return nil
	}
	rd.root(*rd.r.Provision)
	var out []Consent
	for _, p := range rd.r.Provision.Provision {
		out = append(out, rd.permit(base, p)...)
	}
	return out
}

// head checks that it is a consent to tell, in force, of a kind that is known.
func (rd *fhirReader) head() {
	r := rd.r
	if r.ResourceType != "Consent" {
		rd.bad("resourceType", "it is not a Consent")
	}
	if r.Status != "active" {
		rd.bad("status", "it is not in force")
	}
	if !only(r.Scope, sysScope, "patient-privacy") {
		rd.bad("scope", "it is not about what may be told")
	}
	for _, c := range r.Category {
		if !only(c, sysLOINC, "59284-0") && !only(c, sysActCode, "42CFRPart2") && !only(c, sysActCode, "IDSCL") {
			rd.bad("category", "it is of a kind that the program does not know")
		}
	}
	if r.PolicyRule == nil || !only(*r.PolicyRule, sysActCode, "OPTOUT") {
		rd.bad("policyRule", "it does not say that everything it does not name is refused")
	}
	rd.labels()
	rd.discloser()
}

func (rd *fhirReader) labels() {
	if rd.r.Meta == nil {
		return
	}
	for _, l := range rd.r.Meta.Security {
		if l.System != sysConfidential || l.Code != "R" && l.Code != "N" {
			rd.bad("meta.security", "it carries a label that would be lost")
		}
	}
}

// discloser refuses a consent that lets somebody else tell.
func (rd *fhirReader) discloser() {
	o := rd.r.Organization
	ours := len(o) == 1 && (o[0].Reference == "Organization/"+string(rd.home.Tenant) || o[0].Reference == "" && o[0].Display == rd.home.Name && o[0].Display != "")
	if !ours {
		rd.bad("organization", "it does not let this organisation tell, and no other")
	}
}

// base is what all provisions share.
func (rd *fhirReader) base() Consent {
	c := Consent{Sort: General, Signer: Own, Discloser: rd.home.Name, SignedAs: rd.r.Patient.Display, Language: rd.r.Language}
	person, ok := strings.CutPrefix(rd.r.Patient.Reference, "Patient/")
	if !ok || !idLike(person) {
		rd.bad("patient", "it does not name someone by an id of this program")
	}
	c.Person = ref.Person(person)
	at, precision, says := fhir.Time(rd.r.DateTime)
	if says != "" || precision != fhir.Second {
		rd.bad("dateTime", "it does not say to the second when it was signed")
	}
	c.GivenAt = at.UTC()
	for _, p := range rd.r.Performer {
		if p.Reference != rd.r.Patient.Reference {
			rd.bad("performer", "someone else signed it; why they may has to be written down here")
		}
	}
	c.How, c.Paper = rd.how()
	return c
}

func (rd *fhirReader) how() (how, paper string) {
	for _, v := range rd.r.Verification {
		if v.Verified {
			how = Signed
		}
	}
	if a := rd.r.SourceAttachment; a != nil && a.Title != "" && how == Signed {
		return Paper, a.Title
	}
	return how, ""
}

// root refuses conditions on the whole, which would narrow every provision.
func (rd *fhirReader) root(p fhirProvision) {
	narrow := p.Period != nil || len(p.Actor)+len(p.Action)+len(p.SecurityLabel)+len(p.Purpose)+len(p.Class) > 0
	if narrow || p.Type != "" {
		rd.bad("provision", "it has conditions outside of what it permits")
	}
}

func (rd *fhirReader) permit(c Consent, p fhirProvision) []Consent {
	if p.Type != "permit" {
		rd.bad("provision.provision.type", "a no stands beside a yes, and which one wins is not said")
		return nil
	}
	rd.actions(p)
	rd.period(&c, p.Period)
	c.What = rd.codes(p.Class, sysKind, "provision.provision.class", func(v string) bool { return field.Offered(Kinds(), v) })
	if slices.Contains(c.What, Counsel) {
		c.Sort = Notes
	}
	rd.inner(&c, p.Provision)
	if len(p.SecurityLabel) > 0 {
		rd.bad("provision.provision.securityLabel", "it permits only what carries a label, and the program cannot leave out the rest")
	}
	return rd.multiply(c, p)
}

// actions refuses anything but telling and letting see.
func (rd *fhirReader) actions(p fhirProvision) {
	for _, a := range p.Action {
		if !only(a, sysAction, "disclose") && !only(a, sysAction, "access") {
			rd.bad("provision.provision.action", "it permits something else than to tell")
		}
	}
}

func (rd *fhirReader) period(c *Consent, p *fhir.Period) {
	if p == nil {
		return
	}
	if p.Start != "" && beginsLater(p.Start, rd.r.DateTime, c.GivenAt) {
		rd.bad("provision.provision.period.start", "it begins later than it was signed")
	}
	if p.End != "" {
		end, precision, _ := fhir.Time(p.End)
		c.UntilAt = firstOver(end, precision)
	}
}

// beginsLater reports whether a start comes after the signing. A day without a
// time is a day on the calendar of whoever signed: read as a day in London it
// would begin the evening before in New York.
func beginsLater(start, signed string, given time.Time) bool {
	at, precision, _ := fhir.Time(start)
	if precision == fhir.Second {
		return at.After(given)
	}
	return len(signed) >= len(start) && start > signed[:len(start)]
}

// firstOver is the first instant at which an end, as FHIR writes it, is over
// somewhere: FHIR counts the last day, and days end first at UTC+14.
func firstOver(end time.Time, p fhir.Precision) time.Time {
	const east = 14 * time.Hour
	switch p {
	case fhir.Second:
		return end.UTC().Add(time.Microsecond)
	case fhir.Day:
		return end.AddDate(0, 0, 1).Add(-east)
	case fhir.Month:
		return end.AddDate(0, 1, 0).Add(-east)
	}
	return end.AddDate(1, 0, 0).Add(-east)
}

// only reports whether a concept has one coding, and that one.
func only(c fhir.CodeableConcept, system, code string) bool {
	return len(c.Coding) == 1 && c.Coding[0].System == system && c.Coding[0].Code == code
}

// codes reads codes of one system, each of which must be known.
func (rd *fhirReader) codes(list []fhir.Coding, system, place string, known func(string) bool) []string {
	var out []string
	for _, c := range list {
		if c.System != system || !known(c.Code) {
			rd.bad(place, "it names something that the program does not know")
			continue
		}
		out = append(out, c.Code)
	}
	if len(list) == 0 {
		rd.bad(place, "it is missing, and without it everything would be permitted")
	}
	return out
}
