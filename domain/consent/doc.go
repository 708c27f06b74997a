// Package consent keeps what people have agreed that others may be told: who,
// to whom, what, for which purpose, until when, and whether they took it back.
// Consent is executed, not filed: nothing is told outside the organisation
// unless Live says, in the transaction that tells it, that a consent covers
// exactly this person, this recipient, this purpose and all of what is told.
//
// No consent, an ended one, one taken back, one for another purpose and one for
// another recipient are all answered alike: errs.Denied, which a page shows as
// if there were nothing there. A consent ends at the second that was said. It
// is taken back at once, in any way the person likes, a spoken word included;
// what was told before stays told, and stays recorded.
//
// A clock that is set back does not bring a consent to life again. Live decides
// by the latest of the clock, the consent's own record, and whatever instant
// the organisation's log has reached since the consent was given; one that was
// taken back is never live, whatever the clock says. (A clock that once ran
// ahead does not stop new consents either: only what the log has reached since
// counts.)
//
// This is enough to gate a hand-off. The elements of a written consent under 42
// CFR 2.31, notices with each disclosure, and accounts of disclosures come with
// the issue that completes it.
//
// Sources: 42 CFR 2.31 (elements; an end date, or none for treatment, payment
// and operations), 2.33 (uses under a consent), HL7 v3 PurposeOfUse (codes of
// purposes), FHIR R4 Consent (paths in the field list).
package consent
