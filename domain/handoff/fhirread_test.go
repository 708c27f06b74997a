package handoff_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"alongside/domain/handoff"
	"alongside/platform/fhir"
)

// readFHIR reads text as a file.
func readFHIR(t testing.TB, text []byte, o handoff.FHIROptions) ([]handoff.FHIRFound, handoff.FHIRSummary, error) {
	t.Helper()
	file, err := fhir.Open(context.Background(), bytes.NewReader(text), int64(len(text)))
	if err != nil {
		return nil, handoff.FHIRSummary{}, err
	}
	var found []handoff.FHIRFound
	sum, err := handoff.ReadFHIR(context.Background(), file, o, func(f handoff.FHIRFound) error {
		if !f.Mistake {
			found = append(found, f)
		}
		return nil
	})
	if err == nil && sum.Read != sum.Kept+count(sum.Used)+sum.Left()+sum.RefusedTotal {
		t.Errorf("not every resource is counted once: %+v", sum)
	}
	return found, sum, err
}

func count(m map[string]int) int {
	n := 0
	for _, c := range m {
		n += c
	}
	return n
}

// mustRead is readFHIR for a file that holds together.
func mustRead(t testing.TB, text []byte) ([]handoff.FHIRFound, handoff.FHIRSummary) {
	t.Helper()
	found, sum, err := readFHIR(t, text, handoff.FHIROptions{})
	if err != nil {
		t.Fatal(err)
	}
	return found, sum
}

// mustReadBack is mustRead with what a file takes back.
func mustReadBack(t testing.TB, text []byte) (found []handoff.FHIRFound, sum handoff.FHIRSummary) {
	t.Helper()
	file, err := fhir.Open(context.Background(), bytes.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	sum, err = handoff.ReadFHIR(context.Background(), file, handoff.FHIROptions{}, func(f handoff.FHIRFound) error {
		found = append(found, f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found, sum
}

func synthea(t testing.TB) map[string][]byte {
	t.Helper()
	files, err := filepath.Glob("testdata/fhir/*.subset.json")
	if err != nil || len(files) != 3 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	out := map[string][]byte{}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Base(name)] = text
	}
	return out
}

func TestRealFilesGiveTheVisitsKnownToBeInThem(t *testing.T) {
	text, err := os.ReadFile("testdata/fhir/expected-overdose-encounters.json")
	if err != nil {
		t.Fatal(err)
	}
	var want map[string]struct {
		BirthDate  string
		Encounters int
		Links      []struct {
			Overdose string
			Days     *float64 `json:"days_to_next_rehab"`
		}
	}
	if err := json.Unmarshal(text, &want); err != nil || len(want) != 3 {
		t.Fatal(len(want), err)
	}
	for name, text := range synthea(t) {
		found, sum := mustRead(t, text)
		w := want[name]
		if sum.Kept != len(w.Links) || len(found) != len(w.Links) || sum.RefusedTotal != 0 {
			t.Fatalf("%s: %d of %d visits, refused %v", name, len(found), len(w.Links), sum.Refused)
		}
		for i, l := range w.Links {
			f := found[i]
			if at := f.EventAt.Format("2006-01-02T15:04:05-07:00"); at != l.Overdose || f.Patient.BirthDate != w.BirthDate {
				t.Errorf("%s: visit %d at %s of %s, want %s of %s", name, i, at, f.Patient.BirthDate, l.Overdose, w.BirthDate)
			}
			if (f.Evidence == nil) != (l.Days == nil) || f.Evidence != nil && f.Evidence.Days != *l.Days {
				t.Errorf("%s: visit %d evidence %+v, want %v", name, i, f.Evidence, l.Days)
			}
		}
		if n := countOf(sum, "Encounter"); n+sum.Kept != w.Encounters {
			t.Errorf("%s: %d encounters beside %d kept, want %d: %v %v", name, n, sum.Kept, w.Encounters, sum.LeftAlone, sum.Used)
		}
	}
}

// countOf counts what was used or left alone of one type.
func countOf(sum handoff.FHIRSummary, kind string) int {
	n := sum.Used[kind]
	for what, c := range sum.LeftAlone {
		if what == kind || strings.HasPrefix(what, kind+":") {
			n += c
		}
	}
	return n
}

func TestWhatIsReadOfAVisit(t *testing.T) {
	found, sum := mustRead(t, synthea(t)["Chad_Pfeffer_1c911236-e7da-42a6-a3bd-3a3b4e55d5cd.subset.json"])
	f := found[0]
	p := f.Patient
	if p.Name != "Chad Pfeffer" || p.LegalName != "Chad Pfeffer" || p.Gender != "male" || p.Deceased.Known || !reflect.DeepEqual(p.Languages, []string{"en-US"}) {
		t.Errorf("%+v", p)
	}
	if p.Key != "identifier|http://hospital.smarthealthit.org|1c911236-e7da-42a6-a3bd-3a3b4e55d5cd" || f.Source != "id|Encounter|550eac49-9e5b-4454-8312-b9f4bd7c3ec4" {
		t.Errorf("keys %q, %q", p.Key, f.Source)
	}
	if f.Site == "" || !strings.HasPrefix(f.Place, "entry[") || !strings.Contains(f.Place, " Encounter/550eac49-9e5b-4454-8312-b9f4bd7c3ec4 line ") {
		t.Errorf("site %q, place %q", f.Site, f.Place)
	}
	if f.Evidence.Days != 42 || f.Evidence.At.Format("2006-01-02T15:04:05-07:00") != "2017-04-23T17:45:30-04:00" || f.Evidence.Source == "" || f.Evidence.Place == "" {
		t.Errorf("%+v", f.Evidence)
	}
	if sum.LeftAlone["CareTeam"] != 3 || sum.LeftAlone["CarePlan"] != 3 || sum.Used["Patient"] != 1 || sum.Used["Encounter"] != 1 {
		t.Errorf("left %v, used %v", sum.LeftAlone, sum.Used)
	}
}

func TestTheSameVisitHasTheSameKeyInEveryFile(t *testing.T) {
	var all []string
	for range 2 {
		var keys []string
		for _, name := range []string{"Chad", "Fannie", "Rene"} {
			for file, text := range synthea(t) {
				if !strings.HasPrefix(file, name) {
					continue
				}
				found, _ := mustRead(t, text)
				for _, f := range found {
					keys = append(keys, f.Source+" of "+f.Patient.Key)
				}
			}
		}
		all = append(all, strings.Join(keys, "\n"))
	}
	if all[0] != all[1] || strings.Count(all[0], "\n") != 7 {
		t.Errorf("got\n%s\nthen\n%s", all[0], all[1])
	}
}

func TestEveryExampleOfTheSpecificationIsLeftAloneInPeace(t *testing.T) {
	text, err := os.ReadFile("../../platform/fhir/testdata/r4-examples.ndjson")
	if err != nil {
		t.Fatal(err)
	}
	found, sum := mustRead(t, text)
	if len(found) != 0 || sum.RefusedTotal != 0 || sum.Read != 69 || sum.LeftAlone["Task: not a referral"] != 12 {
		t.Errorf("%d found, %+v", len(found), sum)
	}
	for _, line := range bytes.Split(bytes.TrimSpace(text), []byte("\n")) {
		if _, sum := mustRead(t, line); sum.Read != 1 || sum.Left() != 1 {
			t.Errorf("%s: %+v", line[:60], sum)
		}
	}
}

func TestStopsAtTheFirstErrorOfWhoTakesTheVisits(t *testing.T) {
	text := synthea(t)["Rene_Hills_733abdda-2bfa-485f-9c83-ed9b206889b2.subset.json"]
	file, err := fhir.Open(context.Background(), bytes.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	full := fmt.Errorf("the disk is full")
	sum, err := handoff.ReadFHIR(context.Background(), file, handoff.FHIROptions{}, func(handoff.FHIRFound) error { return full })
	if err != full || sum.Kept != 1 {
		t.Errorf("%v, %+v", err, sum)
	}
}
