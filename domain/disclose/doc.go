// Package disclose is the one door through which anything about a person leaves
// the organisation: a page shown to an outsider, a link, a FHIR answer, a print,
// an export, a message. At the moment of telling it asks the consent in force,
// hands on only what that consent covers, sends the notice of 42 CFR 2.32 and
// the consent's scope with it, and writes down what was told: to whom, when,
// what, what for, and why it was allowed. The person sees all of it.
//
// Two things leave without a consent. In a medical emergency someone may break
// the glass: they say who is told, where, what the emergency is and why the
// person could not be asked; a second person looks at it afterwards, and the
// person is told. And a demand by a court, the police or child protection opens
// a hold: from then on nothing about that person leaves, whoever asks, until one
// named person has decided; the answer to whoever asks is the same as for
// someone who was never here. A subpoena alone is not enough under Part 2.
//
// A third: those who check or study the work (42 CFR 2.53 and 2.52) may be told
// the least, where Part 2 binds, once an administrator has written down the
// agreement with all that the law asks of it and a second person who directs
// the programme has approved it. The person sees each time. Ending the
// agreement, or a hold, stops it at once. 2.53 was read in the edition of 2024;
// of 2.52 only the edition of 2020 was at hand, and what rests on it says so.
//
// Sources, as of 16 April 2024: 42 CFR 2.24 (intermediaries, 3 years), 2.25
// (accounting, 3 years), 2.32 (notice), 2.51 (emergencies), 2.61 (a court's order
// and what compels), 2.12(c)(6) (reports of child abuse), 2.13 (presence is
// neither confirmed nor denied), 2.53 (audit and evaluation); 45 CFR 164.528
// (accounting, 6 years). Medicare and Medicaid audits (2.53(e)), audits that a
// statute commands (2.53(g)) and public health (2.54) have no page: for those
// nothing leaves without a consent.
package disclose
