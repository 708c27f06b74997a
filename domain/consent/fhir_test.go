package consent_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"alongside/domain/consent"
	"alongside/platform/errs"
	"alongside/platform/fhir"
	"alongside/platform/scope"
)

func home() consent.Home { return consent.Home{Tenant: "t1", Name: "Riverside t1"} }

// sent is a consent as another system could send it.
func sent() consent.Consent {
	at := time.Date(2026, 3, 1, 11, 0, 0, 0, time.UTC)
	return consent.Consent{
		ID: "06ekxdz75a07ae0gphtzmmmkv4", Person: "000000002kb16y85066qp", Sort: consent.General, Regime: "part2",
		RecipientKind: consent.Named, Recipient: "06ekxaa158epkja45r24t94cbc", Discloser: "Riverside t1", SignedAs: "Rene Made-Up",
		What: []string{consent.Name, consent.Status}, Labels: []string{"SUD", "MH"}, Purpose: scope.Treatment, GivenAt: at,
		UntilAt: at.Add(90 * 24 * time.Hour), How: consent.Paper, Paper: "blue folder", Language: "es", Signer: consent.Own,
	}
}

// scopeOf is what a consent allows, and nothing of how it was written down.
func scopeOf(c consent.Consent) consent.Consent {
	c.ID, c.Regime = "", ""
	return c
}

func text(t testing.TB, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func written(t testing.TB, c consent.Consent) []byte {
	t.Helper()
	raw, err := consent.WriteFHIR(c, c.GivenAt)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// What is written reads back as the same consent, whatever it allows.
func TestAConsentSurvivesTheRoundTrip(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		c := drawn(rt)
		raw, err := consent.WriteFHIR(c, c.GivenAt)
		if err != nil {
			rt.Fatal(err)
		}
		if bad := fhir.Check(raw); len(bad) > 0 {
			rt.Fatal(bad)
		}
		back, faults := consent.ReadFHIR(raw, home())
		if len(faults) > 0 || len(back) != 1 || text(t, scopeOf(back[0])) != text(t, scopeOf(c)) {
			rt.Fatalf("%v\nwrote %+v\nread  %+v\n%s", faults, c, back, raw)
		}
	})
}

func drawn(rt *rapid.T) consent.Consent {
	c := sent()
	var kinds, labels []string
	for _, o := range consent.Kinds() {
		if o.Value != consent.Counsel && rapid.Bool().Draw(rt, o.Value) {
			kinds = append(kinds, o.Value)
		}
	}
	for _, o := range consent.Labels() {
		if rapid.Bool().Draw(rt, o.Value) {
			labels = append(labels, o.Value)
		}
	}
	if c.What, c.Labels = kinds, labels; len(kinds) == 0 {
		c.What, c.Sort = []string{consent.Counsel}, consent.Notes
	}
	switch rapid.SampledFrom([]string{consent.Named, consent.ByClass, consent.ByTPO}).Draw(rt, "to") {
	case consent.ByClass:
		c.RecipientKind, c.Recipient, c.Class = consent.ByClass, "", consent.HealthPlan
	case consent.ByTPO:
		c.RecipientKind, c.Recipient, c.Purpose = consent.ByTPO, "", consent.TPO
	}
	c.UntilAt = c.GivenAt.Add(time.Duration(rapid.Int64Range(1, 1<<45).Draw(rt, "micros")) * time.Microsecond)
	if rapid.Bool().Draw(rt, "open") {
		c.UntilAt = time.Time{}
	}
	if rapid.Bool().Draw(rt, "screen") {
		c.How, c.Paper = consent.Signed, ""
	}
	return c
}

// What R4 cannot say is refused, not said wider.
func TestWhatCannotBeWrittenIsRefused(t *testing.T) {
	c := sent()
	c.UntilAt, c.UntilEvent = time.Time{}, "support-ends"
	hub := sent()
	hub.RecipientKind, hub.Members = consent.Through, "000000002kb16y85066qp"
	for place, c := range map[string]consent.Consent{"provision.period": c, "provision.actor": hub} {
		_, err := consent.WriteFHIR(c, c.GivenAt)
		if got, _ := placeOf(err); !errs.Is(err, errs.Invalid) || got != place {
			t.Errorf("%s: %v", place, err)
		}
	}
	early := sent()
	early.Early, early.ConfirmBy = true, early.GivenAt.Add(time.Hour)
	back, faults := consent.ReadFHIR(written(t, early), home())
	if len(faults) > 0 || !back[0].UntilAt.Equal(early.ConfirmBy) {
		t.Errorf("one that waits to be read back ends at %v, %v", back, faults)
	}
	over, err := consent.WriteFHIR(sent(), sent().UntilAt)
	if _, faults := consent.ReadFHIR(over, home()); err != nil || len(faults) == 0 {
		t.Errorf("one that ended was taken in: %v", err)
	}
}

// FHIR knows no empty object and no empty text: an early consent has no paper yet,
// and who is not of age may sign alone, without a name beside it. Neither is read
// back as a signature of one's own on a screen that it was not.
func TestNothingEmptyIsWritten(t *testing.T) {
	early, minor := sent(), sent()
	early.Paper, early.SignedAs, early.Language = "", "", ""
	minor.Signer, minor.SignerWhy = consent.Minor, "14, by the law of the state"
	for name, c := range map[string]consent.Consent{"early": early, "minor": minor} {
		raw := string(written(t, c))
		if empty := regexp.MustCompile(`"\w+":(\{\}|\[\]|\[\{\}\]|""|null)`).FindString(raw); empty != "" {
			t.Errorf("%s: %s", name, empty)
		}
	}
	if back, faults := consent.ReadFHIR(written(t, minor), home()); len(faults) == 0 {
		t.Errorf("a minor's signature was read as one's own: %+v", back)
	}
}

// change returns the resource with one element set, by a path such as
// "provision.provision.0.type"; a nil value takes it out.
func change(t testing.TB, raw []byte, path string, value any) []byte {
	t.Helper()
	var all any
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	at := all
	steps := strings.Split(path, ".")
	for _, s := range steps[:len(steps)-1] {
		if list, ok := at.([]any); ok {
			at = list[int(s[0]-'0')]
			continue
		}
		at = at.(map[string]any)[s]
	}
	if last := steps[len(steps)-1]; value == nil {
		delete(at.(map[string]any), last)
	} else {
		at.(map[string]any)[last] = value
	}
	return []byte(text(t, all))
}

// Whatever the program does not understand refuses the whole: it could make the
// consent narrower.
func TestWhatIsNotUnderstoodIsRefused(t *testing.T) {
	raw := written(t, sent())
	code := func(system, code string) any {
		return []any{map[string]any{"system": system, "code": code}}
	}
	const permit = "provision.provision.0."
	for _, c := range []struct {
		path  string
		value any
	}{
		{"status", "draft"},
		{"status", "inactive"},
		{"resourceType", "Contract"},
		{"scope", map[string]any{"coding": code("http://terminology.hl7.org/CodeSystem/consentscope", "research")}},
		{"category", []any{map[string]any{"coding": code("http://terminology.hl7.org/CodeSystem/v3-ActCode", "EMRGONLY")}}},
		{"policyRule", map[string]any{"coding": code("http://terminology.hl7.org/CodeSystem/v3-ActCode", "OPTIN")}},
		{"policyRule", nil},
		{"policy", []any{map[string]any{"uri": "https://made-up.example"}}},
		{"modifierExtension", []any{map[string]any{"url": "https://made-up.example", "valueBoolean": true}}},
		{"implicitRules", "https://made-up.example"},
		{"meta.security", code("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "V")},
		{"organization", []any{map[string]any{"reference": "Organization/another"}}},
		{"organization", []any{map[string]any{"display": "Another"}}},
		{"organization", nil},
		{"patient", map[string]any{"reference": "https://made-up.example/Patient/1"}},
		{"patient", map[string]any{"display": "Rene"}},
		{"dateTime", "2026-03-01"},
		{"dateTime", nil},
		{"performer", []any{map[string]any{"reference": "RelatedPerson/1"}}},
		{"provision", nil},
		{"provision.period", map[string]any{"end": "2026-04-01"}},
		{"provision.type", "permit"},
		{"provision.code", code("x", "y")},
		{permit + "type", "deny"},
		{permit + "type", nil},
		{permit + "class", nil},
		{permit + "class", code("urn:alongside:consent-kind", "everything")},
		{permit + "purpose", nil},
		{permit + "purpose", code("http://terminology.hl7.org/CodeSystem/v3-ActReason", "HMARKT")},
		{permit + "actor", nil},
		{permit + "actor.0.reference", map[string]any{"reference": "Practitioner/1"}},
		{permit + "actor.0.reference", map[string]any{"display": "my doctor"}},
		{permit + "actor.0.role", map[string]any{"coding": code("http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "CST")}},
		{permit + "action", []any{map[string]any{"coding": code("http://terminology.hl7.org/CodeSystem/consentaction", "correct")}}},
		{permit + "period.start", "2026-03-02"},
		{permit + "period.end", "2026-02-30"},
		{permit + "data", []any{map[string]any{"meaning": "instance"}}},
		{permit + "dataPeriod", map[string]any{"end": "2025-01-01"}},
		{permit + "code", code("http://loinc.org", "1-8")},
		{permit + "extension", []any{map[string]any{"url": "https://made-up.example"}}},
		{permit + "securityLabel", code("http://terminology.hl7.org/CodeSystem/v3-ActCode", "SUD")},
		{permit + "condition", "only on Sundays"},
		{permit + "provision.0.type", "maybe"},
		{permit + "provision.0.purpose", code("http://terminology.hl7.org/CodeSystem/v3-ActReason", "TREAT")},
		{permit + "provision.0.securityLabel", code("http://terminology.hl7.org/CodeSystem/v3-ActCode", "ALIENS")},
		{permit + "provision.0.provision", []any{map[string]any{"type": "deny"}}},
	} {
		back, faults := consent.ReadFHIR(change(t, raw, c.path, c.value), home())
		if len(faults) == 0 || len(back) > 0 {
			t.Errorf("%s = %v was taken: %+v", c.path, c.value, back)
		}
		for _, f := range faults {
			if f.Reason == "" || strings.Contains(f.Error(), "Rene") {
				t.Errorf("%s: %q", c.path, f)
			}
		}
	}
	if _, faults := consent.ReadFHIR([]byte("{"), home()); len(faults) == 0 {
		t.Error("what is not JSON was taken")
	}
}

// A nested no takes out; an end that is a day is over where days end first; a
// list of recipients and purposes is one consent each.
func TestWhatIsReadIsNeverWider(t *testing.T) {
	raw := written(t, sent())
	deny := []any{map[string]any{"type": "deny", "class": []any{map[string]any{"system": "urn:alongside:consent-kind", "code": "name"}}}}
	raw = change(t, raw, "provision.provision.0.provision", deny)
	raw = change(t, raw, "provision.provision.0.period.end", "2026-04-01")
	two := []any{
		map[string]any{"system": "http://terminology.hl7.org/CodeSystem/v3-ActReason", "code": "TREAT"},
		map[string]any{"system": "http://terminology.hl7.org/CodeSystem/v3-ActReason", "code": "HPAYMT"},
	}
	raw = change(t, raw, "provision.provision.0.purpose", two)
	back, faults := consent.ReadFHIR(raw, home())
	if len(faults) > 0 || len(back) != 2 {
		t.Fatalf("%v %+v", faults, back)
	}
	for _, c := range back {
		if len(c.What) != 1 || c.What[0] != consent.Status || len(c.Labels) != 0 {
			t.Errorf("covers %v, %v", c.What, c.Labels)
		}
		if want := time.Date(2026, 4, 1, 10, 0, 0, 0, time.UTC); !c.UntilAt.Equal(want) {
			t.Errorf("until %v", c.UntilAt)
		}
	}
	if back[0].Purpose != scope.Treatment || back[1].Purpose != scope.Payment {
		t.Errorf("%v", back)
	}
}

// Each of the specification's own examples, and one from a referral network, is
// read or refused with a reason. None of them can be represented: each lets
// another organisation tell.
func TestTheSpecificationsExamples(t *testing.T) {
	files, err := filepath.Glob("testdata/fhir-r4/*.json")
	if err != nil || len(files) != 13 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		back, faults := consent.ReadFHIR(raw, home())
		if len(back) > 0 || len(faults) == 0 {
			t.Errorf("%s: %+v", name, back)
		}
		if slices.ContainsFunc(faults, func(f fhir.Fault) bool { return f.Reason == "" || f.Place == "" }) {
			t.Errorf("%s: %v", name, faults)
		}
	}
}

// What the program read is taken by Give or refused by what the law asks for.
func TestWhatIsReadStillNeedsEveryElement(t *testing.T) {
	onBothUnder(t, "part2", func(h *house) {
		clinic := h.recipient(consent.Provider, "Made-up Clinic", "")
		c := sent()
		c.Person, c.Recipient = h.person, clinic
		back, faults := consent.ReadFHIR(written(t, c), home())
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		_, err := h.try(back[0])
		if place, _ := placeOf(err); place != "rights" {
			t.Errorf("without a word about rights: %v", err)
		}
		back[0].Rights, back[0].Warned, back[0].Copied = consent.Read, true, "paper"
		given := h.give(back[0])
		if _, err := h.live(consent.Ask{Person: h.person, Recipient: clinic, Purpose: scope.Treatment, What: []string{consent.Name}}); err != nil {
			t.Errorf("%s: %v", given.ID, err)
		}
	})
}

// Another reader may take the first of two that are called the same, or see no
// difference between capitals and small letters. So a key that stands twice, in
// whatever letters, and one that nobody knows refuse the whole, wherever they are.
func TestAKeyThatReadersReadDifferentlyIsRefused(t *testing.T) {
	raw := string(written(t, sent()))
	if _, faults := consent.ReadFHIR([]byte(raw), home()); len(faults) > 0 {
		t.Fatal(faults)
	}
	tried := 0
	for _, at := range regexp.MustCompile(`"(\w+)":`).FindAllStringSubmatchIndex(raw, -1) {
		key := raw[at[2]:at[3]]
		for _, other := range []string{key, strings.ToUpper(key), strings.ToUpper(key[:1]) + key[1:], "x" + key, "_" + key} {
			for _, value := range []string{`null`, `"deny"`, `{}`} {
				bad := raw[:at[0]] + `"` + other + `":` + value + "," + raw[at[0]:]
				if back, faults := consent.ReadFHIR([]byte(bad), home()); len(faults) == 0 || len(back) > 0 {
					t.Errorf("%q: %s before it was read: %+v", other, value, back)
				}
				tried++
			}
		}
	}
	if tried < 300 {
		t.Errorf("only %d were tried", tried)
	}
}

// A consent that begins on a day does not begin the evening before, wherever it
// was signed, and begins on the day it was signed.
func TestAConsentDoesNotBeginBeforeItsDay(t *testing.T) {
	for _, c := range []struct {
		signed, start string
		taken         bool
	}{
		{"2025-12-31T20:00:00-05:00", "2026-01-01", false},
		{"2025-12-31T20:00:00-05:00", "2026", false},
		{"2026-01-01T00:30:00-05:00", "2026-01-01", true},
		{"2026-01-01T08:00:00+09:00", "2026-01-01", true},
		{"2026-01-01T08:00:00+09:00", "2026-01", true},
		{"2026-01-01T08:00:00+09:00", "2025-12-31T23:00:01Z", false},
	} {
		var m map[string]any
		if err := json.Unmarshal(written(t, sent()), &m); err != nil {
			t.Fatal(err)
		}
		m["dateTime"] = c.signed
		inner := m["provision"].(map[string]any)["provision"].([]any)[0].(map[string]any)
		inner["period"] = map[string]any{"start": c.start, "end": "2026-03-01"}
		_, faults := consent.ReadFHIR([]byte(text(t, m)), home())
		if (len(faults) == 0) != c.taken {
			t.Errorf("signed %s, from %s: %v", c.signed, c.start, faults)
		}
	}
}
