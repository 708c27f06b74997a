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
)

// Self says that an account is a person's own.
type Self struct {
	Account ref.Account
	Person  ref.Person
	Since   time.Time
	By      string
}

// Selves says what the record of it holds.
func Selves() *field.Record[Self] {
	return field.Define("disclose_self",
		field.Keys[Self]{
			ID: []string{"account"}, Subject: func(s *Self) string { return string(s.Person) },
			Title: words{EN: "Your own page here", ES: "Su propia página aquí", AR: "صفحتك الخاصة هنا"},
		},
		field.Field[Self]{Column: "account", Kind: field.Ref, At: func(s *Self) any { return &s.Account }},
		field.Field[Self]{Column: "person", Kind: field.Ref, At: func(s *Self) any { return &s.Person }},
		field.Field[Self]{
			Column: "since_at", Kind: field.Instant, Label: words{EN: "Since", ES: "Desde", AR: "منذ"},
			At: func(s *Self) any { return &s.Since },
		},
		field.Field[Self]{Column: "noted_by", Kind: field.Ref, At: func(s *Self) any { return &s.By }},
	)
}

// Belong records that an account is a person's own. An account has one person
// and a person one account: anything else is a Conflict. That the person is
// here is for the caller to know.
func (s *Service) Belong(tx *db.Tx, account ref.Account, person ref.Person) error {
	row := Self{Account: account, Person: person, Since: tx.Now(), By: tx.Scope().Actor}
	changes, err := Selves().Insert(tx, &row)
	if err == nil {
		err = audit.Write(tx, audit.Entry{
			Kind: audit.Change, Action: "disclose.belong", Subjects: []string{string(person)},
			Record: "disclose_self/" + string(account), Changes: changes,
		})
	}
	return errs.Wrap("disclose: belong", err)
}

// self is the person whose own account acts; NotFound when it is nobody's.
func self(tx *db.Tx) (ref.Person, error) {
	var person ref.Person
	err := tx.Row("SELECT person FROM disclose_self WHERE tenant = $1 AND account = $2", tx.Scope().Actor).Scan(&person)
	return person, errs.Wrap("disclose: self", err)
}

// Me is the person whose own account acts; NotFound when it is nobody's.
func Me(tx *db.Tx) (ref.Person, error) { return self(tx) }

// selves are all records of the person whose own account acts; NotFound when it
// is nobody's.
func (s *Service) selves(tx *db.Tx) ([]ref.Person, error) {
	person, err := self(tx)
	if err != nil || s.Same == nil {
		return []ref.Person{person}, err
	}
	return s.Same(tx, person)
}

// AccountOf is a person's own account; NotFound when they have none.
func AccountOf(tx *db.Tx, person ref.Person) (ref.Account, error) {
	var account ref.Account
	err := tx.Row("SELECT account FROM disclose_self WHERE tenant = $1 AND person = $2", person).Scan(&account)
	return account, errs.Wrap("disclose: account of", err)
}

// Mine is what a person sees of what they allowed and of what was told.
type Mine struct {
	Consents []consent.Shown
	Told     []Line
}

// Mine reads it for the account that acts, by all records of the person. An
// account that is nobody's own has nothing. An emergency that is shown here for
// the first time counts as told to the person.
func (s *Service) Mine(tx *db.Tx) (out Mine, err error) {
	all, err := s.selves(tx)
	if errs.Is(err, errs.NotFound) {
		return out, nil
	}
	if err != nil {
		return out, err
	}
	if out.Consents, err = s.given(tx, all); err != nil {
		return out, err
	}
	for _, person := range all {
		told, err := s.accounting(tx, person, "all")
		if err != nil {
			return out, err
		}
		out.Told = append(out.Told, told...)
	}
	slices.SortStableFunc(out.Told, func(a, b Line) int { return b.At.Compare(a.At) })
	return out, s.known(tx, out.Told)
}

// given is what a person allowed, by all their records. The caller records the look.
func (s *Service) given(tx *db.Tx, all []ref.Person) (out []consent.Shown, err error) {
	for _, person := range all {
		rows, err := s.consents.Of(tx, person)
		if err != nil {
			return nil, err
		}
		for _, c := range rows {
			one, err := s.consents.Show(tx, c)
			if err != nil {
				return nil, err
			}
			out = append(out, one)
		}
	}
	consent.Beside(out)
	return out, nil
}

func (s *Service) known(tx *db.Tx, told []Line) error {
	for _, l := range told {
		if l.Basis != ByEmergency || !l.KnownAt.IsZero() {
			continue
		}
		if err := s.Known(tx, l.ID); err != nil {
			return err
		}
	}
	return nil
}

// MyConsent reads one of the person's own consents. Anyone else's is NotFound.
func (s *Service) MyConsent(tx *db.Tx, which ref.Consent) (consent.Shown, error) {
	all, err := s.selves(tx)
	if err != nil {
		return consent.Shown{}, err
	}
	c, err := s.consents.One(tx, which)
	if err != nil {
		return consent.Shown{}, err
	}
	if !slices.Contains(all, c.Person) {
		tx.Settle(string(c.Person))
		return consent.Shown{}, errs.New(errs.NotFound, "disclose: consent of another", "")
	}
	list, err := s.given(tx, all)
	i := slices.IndexFunc(list, func(s consent.Shown) bool { return s.ID == c.ID })
	switch {
	case err != nil:
		return consent.Shown{}, err
	case i < 0:
		return consent.Shown{}, errs.New(errs.NotFound, "disclose: consent of another", "")
	}
	for _, p := range all { // of the other ones is shown no more than that there is one for the same
		tx.Settle(string(p))
	}
	return list[i], audit.Write(tx, audit.Entry{
		Kind: audit.Look, Action: "consent.own", Subjects: []string{string(c.Person)}, Record: "consent_consent/" + string(which),
	})
}

// TakeBack takes one of the person's own consents back, on their own page.
func (s *Service) TakeBack(tx *db.Tx, which ref.Consent) error {
	if _, err := s.MyConsent(tx, which); err != nil {
		return err
	}
	return s.consents.Revoke(tx, which, consent.Self)
}
