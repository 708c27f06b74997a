package handoff

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"alongside/platform/fhir"
)

// A key must be the same in next month's file and another in another
// hospital's. The best is an identifier with its system; next an id that is
// one of a kind in the world (a UUID, or an id on a named server); and last an
// id that only this file knows. To that of a visit patient and time are added,
// to that of a patient birth date and name, and where there is no name the first
// overdose visit: every hospital has a Patient/1, and to hold two people as one
// tells a stranger about someone.

var uuid = regexp.MustCompile(`(?i)^(urn:uuid:)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// visitKey is the stable key of an encounter.
func visitKey(e *fhir.Entry, v *fhir.Encounter, sender, patient string, at time.Time) string {
	if k := identifierKey(v.Identifier, []string{"AN"}); k != "" {
		return k
	}
	if k := idKey(e, sender); k != "" {
		return k
	}
	return fmt.Sprintf("visit|%s|%s|%d", e.ID, patient, at.Unix())
}

// patientKey is the stable key of a patient, or "" when nothing of them is one of
// a kind. Numbers made for other ends (social security, driving licence, passport)
// are not used, nor those that people share: a family's insurance, an account.
func patientKey(e *fhir.Entry, p *fhir.Patient, sender string) string {
	if k := identifierKey(p.Identifier, append(shared(), "SS", "DL", "PPN", "SB", "NI")); k != "" {
		return k
	}
	return idKey(e, sender)
}

// shared are the kinds of number (HL7 v2 table 0203) that are not one person's own:
// subscriber, member, account, visit.
func shared() []string { return []string{"SN", "MB", "AN", "VN"} }

// looseKey is what a patient is known by whose id only this file knows.
func looseKey(e *fhir.Entry, p *fhir.Patient) string { return "patient|" + e.ID + "|" + p.BirthDate }

// nameless is the key of such a patient who has no name either: by the first visit
// for an overdose that the file has of them.
func (p FHIRPatient) nameless(first fhirInstant) string { return fmt.Sprintf("%s||%d", p.known, first) }

// idKey is the key of a resource by its id, or "" when its id is not one of a
// kind in the world.
func idKey(e *fhir.Entry, sender string) string {
	base := sender
	if b := e.Base(); b != "" {
		base = b
	}
	switch {
	case uuid.MatchString(e.ID):
		return "id|" + e.Type + "|" + strings.ToLower(e.ID)
	case e.ID != "" && base != "":
		return "id|" + base + "/" + e.Type + "/" + e.ID
	case e.ID == "" && uuid.MatchString(e.FullURL):
		return "id|" + e.Type + "|" + strings.TrimPrefix(strings.ToLower(e.FullURL), "urn:uuid:")
	}
	return ""
}

// identifierKey picks the same identifier whichever way they are ordered: a
// medical record number or visit number before others, then the first by
// system and value.
func identifierKey(all []fhir.Identifier, not []string) string {
	best, bestRank := "", 0
	for _, id := range all {
		if id.System == "" || id.Value == "" || id.Use == "old" || id.Use == "temp" {
			continue
		}
		kinds := identifierKinds(id)
		if slices.ContainsFunc(kinds, func(k string) bool { return slices.Contains(not, k) }) || isSocialNumber(id.System, not) {
			continue
		}
		rank := 1
		if slices.Contains(kinds, "MR") || slices.Contains(kinds, "VN") {
			rank = 2
		}
		key := "identifier|" + id.System + "|" + id.Value
		if rank > bestRank || rank == bestRank && key < best {
			best, bestRank = key, rank
		}
	}
	return best
}

func identifierKinds(id fhir.Identifier) []string {
	if id.Type == nil {
		return nil
	}
	var out []string
	for _, c := range id.Type.Coding {
		out = append(out, c.Code)
	}
	return out
}

func isSocialNumber(system string, not []string) bool {
	return len(not) > 0 && (system == "http://hl7.org/fhir/sid/us-ssn" || system == "urn:oid:2.16.840.1.113883.4.1")
}
