package handoff

import (
	"regexp"
	"strings"

	"alongside/platform/fhir"
)

// What the codes of a hospital file mean here. Three things are looked for: an
// emergency visit, an overdose, and rehabilitation. Everything else means
// nothing to a hand-off and is left alone.
//
//   - Emergency: EMER of HL7's ActEncounterCode, or E of HL7 v2 table 0004.
//   - Overdose: SNOMED CT 55680006 and its near kin below; ICD-10-CM T36–T50
//     with an intent of 1 to 4 (accident, self-harm, assault, not known) and a
//     seventh character of A or none. Intent 5 is an adverse effect and 6 is
//     underdosing: neither is an overdose. D and S speak of an earlier one.
//     In WHO's ICD-10, T36–T50 are poisonings throughout.
//   - Rehabilitation: SNOMED CT 56876005.

const snomed = "http://snomed.info/sct"

// fhirMeaning is what one code says to us.
type fhirMeaning int

const (
	meansOther fhirMeaning = iota
	meansOverdose
	meansRehab
	meansNoIntent // an ICD-10-CM code of T36–T50 that stops before its intent
)

// fhirMeans says what a coding means as a reason or a type.
func fhirMeans(c fhir.Coding) fhirMeaning {
	switch codeSystem(c.System) {
	case "snomed":
		return snomedMeans(c.Code)
	case "icd-10-cm":
		return icd10CM(c.Code)
	case "icd-10":
		return icd10(c.Code)
	}
	return meansOther
}

// codeSystem gives the short name of a code system, by whichever of its
// addresses a sender uses; "" for one not known here.
func codeSystem(system string) string {
	system = strings.TrimSuffix(strings.TrimSpace(system), "/")
	switch system {
	case snomed, "urn:oid:2.16.840.1.113883.6.96":
		return "snomed"
	case "http://hl7.org/fhir/sid/icd-10-cm", "urn:oid:2.16.840.1.113883.6.90":
		return "icd-10-cm"
	case "http://hl7.org/fhir/sid/icd-10", "urn:oid:2.16.840.1.113883.6.3",
		"http://hl7.org/fhir/sid/icd-10-uk", "http://hl7.org/fhir/sid/icd-10-de", "http://fhir.de/CodeSystem/bfarm/icd-10-gm":
		return "icd-10"
	}
	if strings.HasPrefix(system, snomed+"/") { // an edition of SNOMED CT
		return "snomed"
	}
	return ""
}

// snomedMeans knows the overdose codes that were seen in files and in SNOMED
// International's own scripts. SNOMED CT has more below them; a file that uses
// one of those says so in its count of emergency visits for other reasons.
func snomedMeans(code string) fhirMeaning {
	switch code {
	case "55680006", // drug overdose
		"1149222004", // overdose
		"59369008",   // accidental drug overdose
		"59274003",   // intentional drug overdose
		"708079007":  // overdose of illicit drug
		return meansOverdose
	case "56876005": // drug rehabilitation and detoxification
		return meansRehab
	}
	return meansOther
}

// Poisoning chapters T36 to T50, without the point.
var poisoning = regexp.MustCompile(`^T(3[6-9]|4\d|50)[0-9A-Z]{0,4}$`)

// icd10CM reads the American code. Its intent is the sixth character, but the
// fifth in the nine groups for drugs not named any closer.
func icd10CM(code string) fhirMeaning {
	code = bareICD(code)
	if !poisoning.MatchString(code) {
		return meansOther
	}
	at := 5
	if len(code) >= 4 && fifthIsIntent(code[:4]) {
		at = 4
	}
	switch {
	case len(code) <= at:
		return meansNoIntent
	case len(code) == 7 && code[6] != 'A':
		return meansOther
	case code[at] >= '1' && code[at] <= '4':
		return meansOverdose
	}
	return meansOther
}

func fifthIsIntent(group string) bool {
	switch group {
	case "T369", "T379", "T399", "T414", "T427", "T439", "T459", "T479", "T499":
		return true
	}
	return false
}

// icd10 reads WHO's code. A code too long for it is an American one under the
// wrong address, which is common.
func icd10(code string) fhirMeaning {
	bare := bareICD(code)
	switch {
	case len(bare) >= 6:
		return icd10CM(code)
	case poisoning.MatchString(bare):
		return meansOverdose
	}
	return meansOther
}

func bareICD(code string) string {
	return strings.ToUpper(strings.ReplaceAll(strings.TrimSpace(code), ".", ""))
}

// fhirClass is what the class of an encounter says to us.
type fhirClass int

const (
	classUnknown fhirClass = iota
	classOther
	classEmergency
)

// fhirClassOf reads the class in either way of writing it.
func fhirClassOf(c fhir.Classes) fhirClass {
	best := classUnknown
	for _, k := range c.Codings {
		best = max(best, classCode(k))
	}
	return best
}

func classCode(c fhir.Coding) fhirClass {
	switch strings.TrimSuffix(c.System, "/") {
	case "", "http://terminology.hl7.org/CodeSystem/v3-ActCode", "http://hl7.org/fhir/v3/ActCode", "urn:oid:2.16.840.1.113883.5.4":
		switch c.Code {
		case "EMER":
			return classEmergency
		case "AMB", "FLD", "HH", "IMP", "ACUTE", "NONAC", "OBSENC", "PRENC", "SS", "VR":
			return classOther
		}
	case "http://terminology.hl7.org/CodeSystem/v2-0004", "http://hl7.org/fhir/v2/0004", "urn:oid:2.16.840.1.113883.12.4":
		switch c.Code {
		case "E":
			return classEmergency
		case "B", "C", "I", "N", "O", "P", "R", "U":
			return classOther
		}
	}
	return classUnknown
}

// isStatus reports whether FHIR has the status, in R4, R5 or STU3.
func isStatus(status string) bool {
	switch status {
	case "planned", "cancelled", "entered-in-error":
		return true
	}
	return tookPlace(status)
}

// tookPlace reports whether a visit of this status is or was real. Planned,
// cancelled and mistaken ones are not.
func tookPlace(status string) bool {
	switch status {
	case "arrived", "triaged", "in-progress", "onleave", "finished", "unknown":
		return true
	case "on-hold", "discharged", "completed", "discontinued": // R5's words
		return true
	}
	return false
}
