// Package consent keeps what people have agreed that others may be told: who,
// to whom, what, for which purpose, until when, and whether they took it back.
// Consent is executed, not filed: nothing is told outside the organisation
// unless Decide says, in the transaction that tells it, that a consent covers
// exactly this person, this recipient, this purpose and what is told.
//
// No consent, an ended one, one taken back, one for another purpose, one for
// another recipient and one under a legal demand are all answered alike:
// errs.Denied, which a page shows as if there were nothing there. A consent ends
// at the second that was said. It is taken back at once, in any way the person
// likes, a spoken word included; what was told before stays told, and stays
// recorded.
//
// A clock that is set back does not bring a consent to life again. Decide judges
// by the latest of the clock, the consent's own record, and whatever instant
// the organisation's log has reached since the consent was given; one that was
// taken back is never in force, whatever the clock says. (A clock that once ran
// ahead does not stop new consents either: only what the log has reached since
// counts.)
//
// What a consent must hold is a table, Elements, and which law asks for it a
// second one, Rules. A consent given soon after an overdose covers one service
// and lapses unless it is read back (early.go). "My treating providers" are
// those that were noted as the person's own (mine.go).
//
// Sources: 42 CFR 2.31 (elements; an end date, or none for treatment, payment
// and operations; counselling notes apart), 2.32 (notices), 2.33 (uses under a
// consent), 2.14 and 2.15 (who signs; which copies were read:
// docs/decisions/0079), as of 16 April 2024; HL7 v3 PurposeOfUse and ActCode
// (codes of purposes and labels), FHIR R4 Consent (paths in the field list). The
// verbatim text of 2.31(a)(5) to (10) is not known to this project: what a person
// reads is in our own plain words.
package consent
