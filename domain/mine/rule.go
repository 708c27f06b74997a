package mine

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"alongside/domain/tenant"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
)

// How long rows about someone who left are kept. Whatever is kept is kept
// without words: the person's key is gone.
const (
	KeepNothing = "nothing" // deleted when the person leaves
	KeepCounts  = "counts"  // kept to be counted: times, states and choices
	KeepYears   = "years"   // deleted that many years after the person left
	KeepOpen    = "open"    // kept until the organisation sets a number of years
	KeepQuiet   = "quiet"   // no rows: someone about whom nothing was recorded for that long has left
)

// Rule is one line of rules.json. A record without a line is kept to be
// counted.
type Rule struct {
	Code    string   `json:"rule"`
	Record  string   `json:"record,omitempty"`
	Keep    string   `json:"keep"`
	Laws    []string `json:"laws,omitempty"`    // regimes under which it is so; under others nothing is kept
	Years   int      `json:"years,omitempty"`   // 0: no source gives a number
	Cite    string   `json:"cite,omitempty"`    // where the number stands
	Checked bool     `json:"checked,omitempty"` // whether this project has read it there
	Set     bool     `json:"set,omitempty"`     // the organisation decided it
}

// Rules lists the rules as the program brings them.
func Rules() ([]Rule, error) {
	text, err := files.ReadFile("rules.json")
	if err != nil {
		return nil, err
	}
	var out []Rule
	return out, json.Unmarshal(text, &out)
}

// under is a rule as the organisation's law and its own decisions make it.
func (r Rule) under(regime string, set map[string]Setting) Rule {
	if r.Keep == KeepYears && !slices.Contains(r.Laws, regime) {
		r.Keep, r.Years, r.Cite = KeepNothing, 0, ""
	}
	d, ok := set[r.Code]
	if !ok {
		return r
	}
	if r.Years, r.Set, r.Cite = int(d.Years), true, ""; r.Keep != KeepQuiet {
		r.Keep = KeepYears
	}
	return r
}

// until is when rows of someone who left then go; zero is never, as far as
// anyone has decided.
func (r Rule) until(left time.Time) time.Time {
	if r.Keep == KeepYears && r.Years > 0 {
		return left.AddDate(r.Years, 0, 0)
	}
	return time.Time{}
}

// rules are the rules that hold for the organisation.
func (s *Service) rules(tx *db.Tx) ([]Rule, error) {
	all, err := Rules()
	if err != nil {
		return nil, err
	}
	regime, err := tenant.RegimeOf(tx)
	if err != nil {
		return nil, err
	}
	list, err := s.settings.List(tx, "WHERE tenant = $1")
	set := map[string]Setting{}
	for _, d := range list {
		set[d.Rule] = d
	}
	for i := range all {
		all[i] = all[i].under(regime, set)
	}
	return all, err
}

// ruleOf is the rule for a record.
func ruleOf(all []Rule, record string) Rule {
	i := slices.IndexFunc(all, func(r Rule) bool { return r.Record == record })
	if i < 0 {
		return Rule{Record: record, Keep: KeepCounts}
	}
	return all[i]
}

// Setting is what an organisation decided about a rule.
type Setting struct {
	Rule  string
	Years int64
	Why   string // about the organisation, never about a person
	At    time.Time
	By    string
}

// Settings says what the record of it holds. It is about nobody.
func Settings() *field.Record[Setting] {
	type f = field.Field[Setting]
	return field.Define("mine_setting", field.Keys[Setting]{ID: []string{"rule"}},
		f{Column: "rule", Kind: field.Ref, At: func(d *Setting) any { return &d.Rule }},
		f{Column: "years", Kind: field.Number, Label: words{EN: "Years", ES: "Años", AR: "السنوات"}, At: func(d *Setting) any { return &d.Years }},
		f{Column: "why", Kind: field.Long, Label: words{EN: "Why", ES: "Por qué", AR: "لماذا"}, At: func(d *Setting) any { return &d.Why }},
		f{Column: "set_at", Kind: field.Instant, Label: words{EN: "Decided on", ES: "Decidido el", AR: "تقرر في"}, At: func(d *Setting) any { return &d.At }},
		f{Column: "set_by", Kind: field.Ref, At: func(d *Setting) any { return &d.By }},
	)
}

// leastReason is how many characters a reason has at least: a word is none.
const leastReason = 20

// Set records how many years an organisation keeps what a rule speaks of, and
// why. A rule that keeps nothing or counts cannot be set.
func (s *Service) Set(tx *db.Tx, code string, years int, why string) error {
	all, err := Rules()
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(r Rule) bool { return r.Code == code })
	switch {
	case i < 0, !slices.Contains([]string{KeepYears, KeepOpen, KeepQuiet}, all[i].Keep):
		return errs.At("mine: set", "rule", "mine.needs-rule")
	case years < 1 || years > 100:
		return errs.At("mine: set", "years", "mine.needs-years")
	case len([]rune(strings.TrimSpace(why))) < leastReason:
		return errs.At("mine: set", "why", "mine.needs-why")
	}
	d := Setting{Rule: code, Years: int64(years), Why: strings.TrimSpace(why), At: tx.Now(), By: tx.Scope().Actor}
	before, err := s.settings.Get(tx, code)
	if errs.Is(err, errs.NotFound) {
		_, err = s.settings.Insert(tx, &d)
	} else if err == nil {
		_, err = s.settings.Update(tx, &before, &d)
	}
	if err != nil {
		return errs.Wrap("mine: set", err)
	}
	return nobody(tx, "mine.set", "mine_setting/"+code)
}
