package handoff_test

import (
	"slices"
	"strings"
	"testing"

	"alongside/domain/handoff"
)

const (
	overdoseReason = `"reasonCode":[{"coding":[{"system":"` + sct + `","code":"55680006"}]}]`
	overdoseCode   = `"code":{"coding":[{"system":"` + sct + `","code":"55680006"}]}`
	condition      = `{"resourceType":"Condition","id":"c","subject":{"reference":"Patient/p"},` + overdoseCode + `}`
	rehab          = `{"resourceType":"Encounter","id":"r","status":"finished","class":{"code":"IMP"},"subject":{"reference":"Patient/p"},` +
		`"type":[{"coding":[{"system":"` + sct + `","code":"56876005"}]}],"period":{"start":"2024-03-11T22:00:00-05:00"}}`
)

func TestAReasonMayStandElsewhere(t *testing.T) {
	by := func(reason string) string { return visit(overdoseReason, reason) }
	ofVisit := strings.Replace(condition, `"id":"c"`, `"id":"c","encounter":{"reference":"Encounter/e"},"category":[{"coding":[{"code":"encounter-diagnosis"}]}]`, 1)
	cases := []struct {
		name      string
		resources []string
		want      bool
		refused   string
	}{
		{"reasonReference", []string{by(`"reasonReference":[{"reference":"Condition/c"}]`), condition}, true, ""},
		{"the condition first", []string{condition, by(`"reasonReference":[{"reference":"Condition/c"}]`)}, true, ""},
		{"diagnosis", []string{by(`"diagnosis":[{"condition":{"reference":"Condition/c"}}]`), condition}, true, ""},
		{"contained", []string{by(`"contained":[` + condition + `],"diagnosis":[{"condition":{"reference":"#c"}}]`)}, true, ""},
		{"a diagnosis that names the visit", []string{by(`"text":{}`), ofVisit}, true, ""},
		{"a problem that names the visit", []string{by(`"text":{}`), strings.Replace(ofVisit, "encounter-diagnosis", "problem-list-item", 1)}, false, ""},
		{"a condition for another reason", []string{by(`"reasonReference":[{"reference":"Condition/c"}]`), strings.Replace(condition, "55680006", "1", 1)}, false, ""},
		{"a condition taken back", []string{by(`"reasonReference":[{"reference":"Condition/c"}]`), strings.Replace(condition, `"id":"c"`, `"id":"c","verificationStatus":{"coding":[{"code":"refuted"}]}`, 1)}, false, ""},
		{"a procedure", []string{by(`"diagnosis":[{"condition":{"reference":"Procedure/c"}}]`), `{"resourceType":"Procedure","id":"c"}`}, false, ""},
		{"not in the file", []string{by(`"reasonReference":[{"reference":"Condition/x"}]`), condition}, false, "its reason is not in this file"},
		{"contained, not there", []string{by(`"diagnosis":[{"condition":{"reference":"#c"}}]`)}, false, "diagnosis[0].condition.reference points to a contained"},
		{"a code of another kind and a reference", []string{visit("55680006", "1", `"period"`, `"reasonReference":[{"reference":"Condition/x"}],"period"`)}, false, ""},
		{"words only", []string{by(`"reasonCode":[{"text":"overdose"}]`)}, false, ""},
		{"somebody else's", []string{by(`"diagnosis":[{"condition":{"reference":"Condition/c"}}]`), strings.Replace(condition, "Patient/p", "Patient/q", 1)}, false, "its reason is a condition of another"},
		{"somebody else's, and it names the visit", []string{by(`"text":{}`), strings.Replace(ofVisit, "Patient/p", "Patient/q", 1)}, false, "its reason is a condition of another"},
		{"a condition that names its patient by another address", []string{by(`"diagnosis":[{"condition":{"reference":"Condition/c"}}]`), strings.Replace(condition, "Patient/p", "urn:uuid:5", 1)}, true, ""},
		{"as R5 has it", []string{by(`"reason":[{"value":[{"concept":{"coding":[{"system":"` + sct + `","code":"55680006"}]}}]}]`)}, false, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			found, sum := mustRead(t, bundleOf(c.resources...))
			if got := len(found) == 1; got != c.want {
				t.Errorf("overdose %v: %v", got, sum)
			}
			checkRefused(t, sum, c.refused)
		})
	}
}

// checkRefused wants one line with the words, or none.
func checkRefused(t *testing.T, sum handoff.FHIRSummary, words string) {
	t.Helper()
	switch {
	case words == "" && sum.RefusedTotal != 0, words != "" && len(sum.Refused) != 1:
		t.Errorf("refused %v", sum.Refused)
	case words != "" && !strings.HasPrefix(sum.Refused[0].Reason, words):
		t.Errorf("refused with %q, want %q", sum.Refused[0].Reason, words)
	}
}

func TestAVisitAsR5HasIt(t *testing.T) {
	found, sum := mustRead(t, bundleOf(visit(
		`{"system":"`+actCode+`","code":"EMER"}`, `[{"coding":[{"system":"`+actCode+`","code":"EMER"}]}]`,
		"finished", "completed", `"period"`, `"actualPeriod"`,
		overdoseReason, `"reason":[{"value":[{"concept":{"coding":[{"system":"`+sct+`","code":"55680006"}]}},{"reference":{"reference":"Condition/c"}}]}]`), condition))
	if len(found) != 1 || sum.Listed != 1 || found[0].EventAt.Hour() != 10 {
		t.Errorf("%v, %+v", found, sum)
	}
}

func TestWhenAVisitBegan(t *testing.T) {
	for start, refused := range map[string]string{
		`"2024-03-01T10:00:00-05:00"`:     "",
		`"2024-03-01T10:00:00.123+05:30"`: "",
		`"2024-03-01T10:00:00"`:           "period.start has a time of day but no time zone",
		`"2024-03-01"`:                    "starts on a day without a time",
		`"2024"`:                          "starts on a day without a time",
		`"2024-13-01T10:00:00Z"`:          "period.start is not a date that exists",
		`"2023-02-30T10:00:00Z"`:          "period.start is not a date that exists",
		`"yesterday"`:                     "period.start is not a date or time as FHIR writes it",
		`""`:                              "period.start is not a date or time as FHIR writes it",
		`5`:                               "period.start does not have the shape",
		`null`:                            "has no start",
		`"2024-03-01T10:00:00Z","end":"2024-03-01T09:59:59Z"`:      "ends before it starts",
		`"2024-03-01T10:00:00Z","end":"2024-03-01T09:00:00-05:00"`: "",
		`"2024-03-01T10:00:00Z","end":"2024-13-01T09:00:00-05:00"`: "period.end is not a date that exists",
	} {
		t.Run(start, func(t *testing.T) {
			found, sum := mustRead(t, bundleOf(visit(`"2024-03-01T10:00:00-05:00"`, start)))
			checkRefused(t, sum, refused)
			if (refused == "") != (len(found) == 1) {
				t.Errorf("%d found", len(found))
			}
		})
	}
	_, sum := mustRead(t, bundleOf(visit(`"period":{"start":"2024-03-01T10:00:00-05:00"},`, "")))
	checkRefused(t, sum, "has no start")
	if sum.Refused[0].Place != "entry[1] Encounter/e line 3" {
		t.Errorf("place %q", sum.Refused[0].Place)
	}
}

func TestWhoseVisitItWas(t *testing.T) {
	subject := `"subject":{"reference":"Patient/p"}`
	patient := `{"resourceType":"Patient","id":"q","identifier":[{"system":"s","value":"5"}]}`
	cases := []struct {
		name, subject string
		more          []string
		key, refused  string
	}{
		{"relative", subject, nil, "patient|p|1980||1709305200000000", ""},
		{"with a version", `"subject":{"reference":"Patient/p/_history/2"}`, nil, "patient|p|1980||1709305200000000", ""},
		{"an identifier", `"subject":{"reference":"Patient/q"}`, []string{patient}, "identifier|s|5", ""},
		{"an identifier without a reference", `"subject":{"identifier":{"system":"s","value":"5"}}`, nil, "identifier|s|5", ""},
		{"contained", `"contained":[` + patient + `],"subject":{"reference":"#q"}`, nil, "identifier|s|5", ""},
		{"contained, without a number", `"contained":[{"resourceType":"Patient","id":"q"}],"subject":{"reference":"#q"}`, nil, "patient|e-q|||1709305200000000", ""},
		{"the same patient twice", `"subject":{"reference":"Patient/q"}`, []string{patient, patient}, "identifier|s|5", ""},
		{"two patients of one name", `"subject":{"reference":"Patient/q"}`, []string{patient, strings.Replace(patient, "5", "6", 1)}, "", "two different patients"},
		{"not in the file", `"subject":{"reference":"Patient/x"}`, nil, "", "its patient is not in this file"},
		{"a group", `"subject":{"reference":"Group/p"}`, nil, "", "its patient is not in this file"},
		{"another server's", `"subject":{"reference":"https://a.example/Patient/p"}`, nil, "", "its patient is not in this file"},
		{"contained, not there", `"subject":{"reference":"#q"}`, nil, "", "subject.reference points to a contained resource"},
		{"a search", `"subject":{"reference":"Patient?identifier=5"}`, nil, "", "names its patient by a search"},
		{"nobody", `"text":{}`, nil, "", "does not say whose visit"},
		{"a name only", `"subject":{"display":"Ann Lee"}`, nil, "", "does not say whose visit"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			found, sum := mustRead(t, bundleOf(append(c.more, visit(subject, c.subject))...))
			checkRefused(t, sum, c.refused)
			if c.refused == "" && (len(found) != 1 || found[0].Patient.Key != c.key) {
				t.Errorf("%+v", found)
			}
		})
	}
}

func TestAPatientWhoCannotBeReadTakesTheVisitsAlong(t *testing.T) {
	for _, spoiled := range []string{
		`{"resourceType":"Patient","id":"q","birthDate":"1980-13-01"}`,
		`{"resourceType":"Patient","id":"q","deceasedBoolean":true,"deceasedDateTime":"2020"}`,
		`{"resourceType":"Patient","id":"q","name":"Ann Lee"}`,
	} {
		found, sum := mustRead(t, bundleOf(visit("Patient/p", "Patient/q"), spoiled, visit(`"id":"e"`, `"id":"f"`)))
		if len(found) != 1 || sum.RefusedTotal != 2 || sum.Refused[0].Reason != "its patient was refused" || sum.Refused[1].Place != "entry[2] Patient line 4" {
			t.Errorf("%d found, %v", len(found), sum.Refused)
		}
	}
}

func TestEvidenceIsTheFirstRehabilitationAfterTheVisit(t *testing.T) {
	at := func(start string) string { return strings.Replace(rehab, "2024-03-11T22:00:00-05:00", start, 1) }
	cases := []struct {
		name   string
		rehabs []string
		days   float64 // 0 for none
		left   int
	}{
		{"ten and a half days", []string{rehab}, 10.5, 0},
		{"the first of three", []string{at("2024-05-01T10:00:00-05:00"), at("2024-03-03T15:00:00Z"), at("2024-04-01T10:00:00-05:00")}, 2, 2},
		{"before", []string{at("2024-03-01T14:59:59Z")}, 0, 1},
		{"at the same moment", []string{at("2024-03-01T15:00:00Z")}, 0, 1},
		{"as a reason", []string{strings.Replace(rehab, `"type"`, `"reasonCode"`, 1)}, 10.5, 0},
		{"cancelled", []string{strings.Replace(rehab, "finished", "cancelled", 1)}, 0, 0},
		{"someone else's", []string{strings.Replace(rehab, "Patient/p", "Patient/q", 1)}, 0, 1},
		{"another treatment", []string{strings.Replace(rehab, "56876005", "1", 1)}, 0, 0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			found, sum := mustRead(t, bundleOf(append(c.rehabs, visit())...))
			got := 0.0
			if len(found) == 1 && found[0].Evidence != nil {
				got = found[0].Evidence.Days
			}
			if got != c.days || sum.LeftAlone["Encounter: rehabilitation, not after an overdose in this file"] != c.left {
				t.Errorf("%v days, %v", got, sum.LeftAlone)
			}
		})
	}
	_, sum := mustRead(t, bundleOf(visit(), at("2024-03-11")))
	checkRefused(t, sum, "starts on a day")
}

func TestTheSameVisitTwiceInAFileIsOne(t *testing.T) {
	number := `"id":"e","identifier":[{"system":"s","value":"7"}]`
	found, sum := mustRead(t, bundleOf(visit(), visit(), visit(`"id":"e"`, number), visit(`"id":"e"`, strings.Replace(number, `"e"`, `"f"`, 1))))
	if len(found) != 2 || sum.LeftAlone["Encounter: the same overdose visit again"] != 2 {
		t.Errorf("%d found, %v", len(found), sum)
	}
	_, sum = mustRead(t, bundleOf(visit(`"id":"e"`, number), visit(`"id":"e"`, number, "10:00:00", "11:00:00")))
	checkRefused(t, sum, "has the same number as another visit")
}

func TestKeysTellSendersApart(t *testing.T) {
	key := func(o handoff.FHIROptions, text []byte) string {
		found, _, err := readFHIR(t, text, o)
		if err != nil || len(found) != 1 {
			t.Fatal(len(found), err)
		}
		return found[0].Source + " of " + found[0].Patient.Key
	}
	plain := bundleOf(visit())
	onServer := []byte(strings.NewReplacer(
		`{"resource":{"resourceType":"Patient"`, `{"fullUrl":"https://a.example/fhir/Patient/p","resource":{"resourceType":"Patient"`,
		`{"resource":{"resourceType":"Encounter"`, `{"fullUrl":"https://a.example/fhir/Encounter/e","resource":{"resourceType":"Encounter"`).Replace(string(plain)))
	none := handoff.FHIROptions{}
	keys := []string{
		key(none, plain), key(handoff.FHIROptions{Sender: "b"}, plain), key(none, onServer),
		key(none, bundleOf(visit("10:00:00", "11:00:00"))),
	}
	if want := "visit|e|patient|p|1980|1709305200 of patient|p|1980||1709305200000000"; keys[0] != want {
		t.Errorf("got %q", keys[0])
	}
	if want := "id|b/Encounter/e of id|b/Patient/p"; keys[1] != want {
		t.Errorf("got %q", keys[1])
	}
	if want := "id|https://a.example/fhir/Encounter/e of id|https://a.example/fhir/Patient/p"; keys[2] != want {
		t.Errorf("got %q", keys[2])
	}
	slices.Sort(keys)
	if len(slices.Compact(keys)) != 4 {
		t.Errorf("two are alike: %q", keys)
	}
}

func TestIdentifierDoesNotDependOnTheirOrder(t *testing.T) {
	ids := []string{
		`{"system":"http://hl7.org/fhir/sid/us-ssn","value":"1"}`,
		`{"system":"z","value":"2","type":{"coding":[{"code":"MR"}]}}`,
		`{"system":"a","value":"3"}`,
		`{"system":"b","value":"4","type":{"coding":[{"code":"DL"}]}}`,
		`{"system":"y","value":"5","type":{"coding":[{"code":"MR"}]},"use":"old"}`,
		`{"value":"6"}`,
	}
	for range ids {
		ids = append(ids[1:], ids[0])
		patient := `{"resourceType":"Patient","id":"q","identifier":[` + strings.Join(ids, ",") + `]}`
		found, _ := mustRead(t, bundleOf(patient, visit("Patient/p", "Patient/q")))
		if len(found) != 1 || found[0].Patient.Key != "identifier|z|2" {
			t.Fatalf("%+v", found)
		}
	}
}

func TestNamesAndDeath(t *testing.T) {
	cases := []struct{ patient, name, legal, languages, died string }{
		{`"name":[{"use":"maiden","family":"Old"},{"use":"official","given":["Ann","B."],"family":"Lee"},{"use":"usual","text":"Annie"}]`, "Annie", "Ann B. Lee", "", ""},
		{`"name":[{"use":"nickname","given":["Bo"],"family":"Lee"},{"family":"Lee"}]`, "Bo", "Lee", "", ""},
		{`"name":[{"use":"old","text":"Old"}]`, "", "", "", ""},
		{`"communication":[{"language":{"coding":[{"system":"urn:ietf:bcp:47","code":"en"}]}},{"language":{"coding":[{"code":"es"}]},"preferred":true},{"language":{"text":"?"}}]`, "", "", "es en", ""},
		{`"deceasedBoolean":true`, "", "", "", "yes 0001"},
		{`"deceasedBoolean":false`, "", "", "", ""},
		{`"deceasedDateTime":"2024-03-02"`, "", "", "", "yes 2024"},
	}
	for _, c := range cases {
		found, _ := mustRead(t, bundleOf(`{"resourceType":"Patient","id":"q",`+c.patient+`}`, visit("Patient/p", "Patient/q")))
		p := found[0].Patient
		died := ""
		if p.Deceased.Known {
			died = "yes " + p.Deceased.At.Format("2006")
		}
		if p.Name != c.name || p.LegalName != c.legal || strings.Join(p.Languages, " ") != c.languages || died != c.died {
			t.Errorf("%s: %+v", c.patient, p)
		}
	}
}

func TestTheHospitalsName(t *testing.T) {
	org := `{"resourceType":"Organization","id":"o","name":"Harbor Hospital"}`
	place := `{"resourceType":"Location","id":"l","name":"Bay 4"}`
	for provider, want := range map[string]string{
		`"serviceProvider":{"reference":"Organization/o","display":"Shown"}`: "Shown",
		`"serviceProvider":{"reference":"Organization/o"}`:                   "Harbor Hospital",
		`"serviceProvider":{"reference":"Organization/x"}`:                   "",
		`"location":[{"location":{"reference":"Location/l"}}]`:               "Bay 4",
		`"text":{}`: "",
	} {
		found, _ := mustRead(t, bundleOf(visit(`"status"`, provider+`,"status"`), org, place))
		if len(found) != 1 || found[0].Site != want {
			t.Errorf("%s: %q", provider, found[0].Site)
		}
	}
}

func TestEntriesThatAreNoResource(t *testing.T) {
	text := strings.Replace(string(bundleOf(visit())), "\n]}", `,{"request":{"method":"DELETE","url":"Encounter/1"}},{"search":{"mode":"match"}},{"resource":{"resourceType":"Bundle"}},{"resource":`+visit(`"id":"e"`, `"id":"x"`)+`,"request":{"method":"DELETE"}}]}`, 1)
	found, sum := mustRead(t, []byte(text))
	if len(found) != 1 || sum.LeftAlone["entry that asks for something to be deleted"] != 2 || sum.LeftAlone["entry without a resource"] != 1 {
		t.Errorf("%d found, %+v", len(found), sum)
	}
	checkRefused(t, sum, "is a file inside the file")
}
