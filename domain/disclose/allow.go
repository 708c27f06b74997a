package disclose

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"alongside/domain/consent"
	"alongside/domain/ref"
	"alongside/domain/tenant"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/page"
	"alongside/platform/scope"
)

// The wizard by which a person allows something by themselves, on their own
// phone: one thing at a time, and what cannot be kept private before all else.
// What they chose so far travels in the form, never in the address, which a
// shared phone would remember.

func allowSteps() []consent.Step {
	return []consent.Step{
		{Name: "know"},
		{Name: "who", Fields: []string{"recipient"}},
		{Name: "what", Fields: []string{"what"}},
		{Name: "touch", Fields: []string{"labels"}},
		{Name: "why", Fields: []string{"purpose"}},
		{Name: "until", Fields: []string{"days"}},
		{Name: "sign", Fields: []string{"signed_as", "age"}},
	}
}

// allowForm is the wizard as it stands.
type allowForm struct {
	Step       int
	Act        string
	Given      url.Values // what was chosen so far, only fields that a step asks
	Recipients []consent.Recipient
	Limits     []string
	Onward     string // key of what becomes of it where it goes
	Minors     consent.Minority
	Problems   []page.Problem
}

// ends are the ends that are offered, in days.
func ends() []string { return []string{"7", "30", "90", "365"} }

// open is the key of what a step still needs; "" when it needs nothing.
func (f allowForm) open(step int) (place, say string) {
	known := func(id string) bool {
		return slices.ContainsFunc(f.Recipients, func(r consent.Recipient) bool { return string(r.ID) == id })
	}
	switch allowSteps()[step].Name {
	case "who":
		if !known(f.Given.Get("recipient")) {
			return "recipient", "disclose.allow.needs-who"
		}
	case "what":
		if !someOf(consentKinds(), f.Given["what"]) {
			return "what", "disclose.allow.needs-what"
		}
	case "why":
		if !field.Offered(ownPurposes(), f.Given.Get("purpose")) {
			return "purpose", "disclose.allow.needs-why"
		}
		if slices.Contains(f.Given["what"], consent.Attendance) && f.Given.Get("purpose") != scope.OwnRequest {
			return "purpose", "disclose.allow.own-request"
		}
	case "until":
		if !slices.Contains(ends(), f.Given.Get("days")) {
			return "days", "disclose.allow.needs-days"
		}
	case "sign":
		if strings.TrimSpace(f.Given.Get("signed_as")) == "" {
			return "signed_as", "disclose.allow.needs-name"
		}
		return f.openAge()
	}
	return "", ""
}

// The answers to whether the person is of age where they live.
const (
	ofAge  = "yes"
	notYet = "not-yet"
)

// openAge is what the question of age still needs. Someone who is not of age
// signs by themselves only where the organisation said that the law of its state
// lets them (42 CFR 2.14(a)); everywhere else they need company.
func (f allowForm) openAge() (place, say string) {
	alone := f.Minors.ByState && f.Minors.Signs == tenant.MinorAlone
	switch f.Given.Get("age") {
	case ofAge:
		return "", ""
	case notYet:
		if alone {
			return "", ""
		}
		return "age", "disclose.allow.minor"
	}
	return "age", "disclose.allow.needs-age"
}

// consent is what the person allows by it: named recipient, signed on their own
// screen, read in the language of the page, with a copy on their page.
func (f allowForm) consent(v *page.View) consent.Consent {
	c := consent.Consent{
		ID: ref.Consent(f.Act), RecipientKind: consent.Named, Recipient: ref.Recipient(f.Given.Get("recipient")),
		What: f.Given["what"], Labels: f.Given["labels"], Purpose: f.Given.Get("purpose"), How: consent.Signed,
		SignedAs: short(f.Given.Get("signed_as")), Language: string(v.Lang), Rights: consent.Read, Warned: true, Copied: "page",
	}
	if f.Given.Get("age") == notYet {
		c.Signer, c.SignerWhy = consent.Minor, f.Minors.Says
	}
	return c
}

func short(s string) string {
	r := []rune(strings.TrimSpace(s))
	return string(r[:min(len(r), 80)])
}

// Allow gives a consent for the person whose own account acts, that ends after
// so many days.
func (s *Service) Allow(tx *db.Tx, c consent.Consent, days string) (ref.Consent, error) {
	person, err := self(tx)
	if err != nil {
		return "", err
	}
	n, err := strconv.Atoi(days)
	if err != nil || n < 1 || n > 366 {
		return "", errs.At("disclose: allow", "days", "disclose.allow.needs-days")
	}
	c.Person, c.UntilAt = person, tx.Now().AddDate(0, 0, n)
	given, err := s.consents.Give(tx, c)
	return given.ID, errs.Wrap("disclose: allow", err)
}
