package disclose

import (
	"slices"
	"time"

	"alongside/domain/audit"
	"alongside/domain/consent"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/scope"
)

// LimitAudit is what goes with everything that is told to someone who checks
// the work: the words of 42 CFR 2.53(f), in the edition of 2024. It names
// paragraph (e), under which this program tells nothing.
const LimitAudit = "42 CFR 2.53(f): Except as provided in paragraph (e) of this section, patient identifying information disclosed under this section " +
	"may be disclosed only back to the part 2 program or other lawful holder from which it was obtained and may be used only to carry out " +
	"an audit or evaluation purpose or to investigate or prosecute criminal or other activities, as authorized by a court order entered under § 2.66."

// LimitStudy is what goes with what is told for research: 42 CFR 2.52(b)(2) and
// (3) in the edition of 2020. The words of 2024 could not be read.
const LimitStudy = "42 CFR 2.52(b), edition of 2020, not checked against the text of 2024: " +
	"Must not re-disclose patient identifying information except back to the individual or entity from whom that patient identifying information was obtained " +
	"or as permitted under paragraph (c) of this section. May include part 2 data in research reports only in aggregate form in which patient identifying information " +
	"has been rendered non-identifiable such that the information cannot be re-identified and serve as an unauthorized means to identify a patient, " +
	"directly or indirectly, as having or having had a substance use disorder."

// Under is what a caller would like to tell under an agreement.
type Under struct {
	ID        ref.Disclosure // the form's; empty draws one
	Agreement ref.Agreement
	Person    ref.Person
	Way       string // one of Ways
	Items     []Item
}

// staysHere are the ways by which nothing is copied or removed.
func staysHere() []string { return []string{"page", "spoken"} }

// TellUnder hands on what the agreement names, of one person, without that
// person's yes, and records it; the person sees it. Whatever stands in the way
// is errs.Denied, always in the same words: no agreement, one that waits, is over
// or has ended, another law, a copy where none may be taken, a matter more
// sensitive than substance use, a legal demand that is open. The same form twice
// is told once; with other words it is a Conflict.
func (s *Service) TellUnder(tx *db.Tx, u Under) (Told, error) {
	told, err := s.under(tx, u)
	if errs.Is(err, errs.Denied) || errs.Is(err, errs.NotFound) {
		return Told{}, errs.New(errs.Denied, "disclose: tell under", "")
	}
	return told, errs.Wrap("disclose: tell under", err)
}

func (s *Service) under(tx *db.Tx, u Under) (Told, error) {
	a, err := s.openAgreement(tx, u)
	if err != nil {
		return Told{}, err
	}
	items := a.names(u.Items)
	if have, err := s.disclosures.Get(tx, u.ID); err == nil {
		return Told{ID: have.ID, Items: items, Notice: a.notice()}, u.again(tx, have, items)
	} else if !errs.Is(err, errs.NotFound) {
		return Told{}, err
	}
	if held, err := s.Holds(tx, u.Person); err != nil || held || len(items) == 0 {
		return Told{}, orDenied(err)
	}
	row := Disclosure{
		ID: u.ID, Person: u.Person, ToWhom: a.Who, Facility: a.Body, Way: u.Way, What: kindsOf(items), Agreement: a.ID,
		Purpose: scope.Operations, Basis: ByAudit,
	}
	if a.Kind == Study {
		row.Purpose, row.Basis = scope.Research, ByStudy
	}
	row, err = s.write(tx, row)
	return Told{ID: row.ID, Items: items, Notice: a.notice()}, err
}

// notice is what goes with all that is told under the agreement.
func (a Agreement) notice() string {
	if a.Kind == Study {
		return LimitStudy
	}
	return LimitAudit
}

// again answers a form that comes a second time.
func (u Under) again(tx *db.Tx, have Disclosure, items []Item) error {
	same := have.Person == u.Person && have.By == tx.Scope().Actor && have.Agreement == u.Agreement && have.Way == u.Way &&
		slices.Equal(have.What, kindsOf(items))
	return sentAgain(tx, same, "disclose.under", string(have.Person))
}

func orDenied(err error) error {
	if err == nil {
		err = errs.New(errs.Denied, "under", "")
	}
	return err
}

// openAgreement is the agreement, where it opens this way now. It is written
// over with itself, so that ending it and telling under it cannot both happen
// at once.
func (s *Service) openAgreement(tx *db.Tx, u Under) (Agreement, error) {
	err := part2(tx)
	if errs.Is(err, errs.Invalid) {
		return Agreement{}, orDenied(nil)
	}
	if err != nil {
		return Agreement{}, err
	}
	a, err := Agreements().Get(tx, u.Agreement)
	if err != nil {
		return a, err
	}
	now, err := lastly(tx)
	away := !slices.Contains(staysHere(), u.Way)
	if err != nil || !a.opens(now) || !field.Offered(Ways(), u.Way) || away && !a.Copies {
		return a, orDenied(err)
	}
	n, err := tx.Exec("UPDATE disclose_agreement SET version = version WHERE tenant = $1 AND agreement = $2 AND ended_at = 0", a.ID)
	if err != nil || n == 0 {
		return a, orDenied(err)
	}
	return a, nil
}

// lastly is now, or the latest instant of the record where the clock was set
// back behind it: what has ended once stays so.
func lastly(tx *db.Tx) (time.Time, error) {
	latest, err := audit.Latest(tx)
	if at := db.Instant(latest); at.After(tx.Now()) {
		return at, err
	}
	return tx.Now(), err
}

// names are the items that the agreement names. A matter more sensitive than
// substance use is never among them.
func (a Agreement) names(items []Item) (out []Item) {
	more := func(label string) bool { return label != "SUD" }
	for _, i := range items {
		if slices.Contains(a.What, i.Kind) && i.Kind != consent.Counsel && !slices.ContainsFunc(i.Labels, more) {
			out = append(out, i)
		}
	}
	return out
}
