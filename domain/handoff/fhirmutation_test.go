package handoff_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"alongside/domain/handoff"
	"alongside/platform/fhir"
	"alongside/platform/soak"
)

// mutations are the ways in which files come to harm on their way.
func mutations() map[string]func(*rand.Rand, []byte) []byte {
	return map[string]func(*rand.Rand, []byte) []byte{
		"cut short": func(r *rand.Rand, b []byte) []byte { return b[:r.IntN(len(b))] },
		"a bit flipped": func(r *rand.Rand, b []byte) []byte {
			b[r.IntN(len(b))] ^= 1 << r.IntN(8)
			return b
		},
		"a line lost": func(r *rand.Rand, b []byte) []byte {
			lines := bytes.SplitAfter(b, []byte("\n"))
			i := r.IntN(len(lines))
			return bytes.Join(append(lines[:i:i], lines[i+1:]...), nil)
		},
		"a line twice": func(r *rand.Rand, b []byte) []byte {
			lines := bytes.SplitAfter(b, []byte("\n"))
			i := r.IntN(len(lines))
			return bytes.Join(append(lines[:i+1:i+1], lines[i:]...), nil)
		},
		"two lines swapped": func(r *rand.Rand, b []byte) []byte {
			lines := bytes.SplitAfter(b, []byte("\n"))
			i, j := r.IntN(len(lines)), r.IntN(len(lines))
			lines[i], lines[j] = lines[j], lines[i]
			return bytes.Join(lines, nil)
		},
		"a key renamed":         swap(regexp.MustCompile(`"[a-zA-Z]+":`), `"other":`),
		"a month 13":            swap(regexp.MustCompile(`-\d\d-\d\dT`), `-13-01T`),
		"a 30 February":         swap(regexp.MustCompile(`-\d\d-\d\dT`), `-02-30T`),
		"a zone lost":           swap(regexp.MustCompile(`[-+]\d\d:\d\d"`), `"`),
		"a reference dangling":  swap(regexp.MustCompile(`"urn:uuid:[^"]+"`), `"urn:uuid:00000000-0000-0000-0000-000000000000"`),
		"a text made a number":  swap(regexp.MustCompile(`: "[^"]*"`), `: 5`),
		"a text made null":      swap(regexp.MustCompile(`: "[^"]*"`), `: null`),
		"an object made a list": swap(regexp.MustCompile(`: \{`), `: [`),
		"an unknown code":       swap(regexp.MustCompile(`"code": "[^"]*"`), `"code": "zzz"`),
		"an unknown type":       swap(regexp.MustCompile(`"resourceType": "[^"]*"`), `"resourceType": "Zzz"`),
		"a pointer to nothing":  swap(regexp.MustCompile(`"reference": "[^"]*"`), `"reference": "#nothing"`),
	}
}

// swap replaces one match of many.
func swap(what *regexp.Regexp, by string) func(*rand.Rand, []byte) []byte {
	return func(r *rand.Rand, b []byte) []byte {
		all := what.FindAllIndex(b, -1)
		if len(all) == 0 {
			return b
		}
		at := all[r.IntN(len(all))]
		return append(append(append([]byte{}, b[:at[0]]...), by...), b[at[1]:]...)
	}
}

// Whatever happened to a file: it is refused whole, before anyone has acted on
// it, or read with a line for each resource that was refused. Every line has a
// place and no value from the file.
func TestHarmedFilesAreRefusedWithAPlace(t *testing.T) {
	r := soak.Rand(t, 41)
	files := synthea(t)
	for name, mutate := range mutations() {
		t.Run(name, func(t *testing.T) {
			whole, lines := 0, 0
			for range soak.Count(300) {
				for _, text := range files {
					refusedWhole, n := readHarmed(t, mutate(r, bytes.Clone(text)))
					whole, lines = whole+refusedWhole, lines+n
				}
			}
			t.Logf("%d refused whole, %d lines", whole, lines)
		})
	}
}

func readHarmed(t *testing.T, text []byte) (whole, lines int) {
	t.Helper()
	found, sum, err := readFHIR(t, text, handoff.FHIROptions{})
	if err != nil {
		f, ok := fhir.FaultOf(err)
		if !ok || !strings.Contains(f.Place, "line ") || len(found) > 0 {
			t.Errorf("refused with %v after %d visits", err, len(found))
		}
		checkQuiet(t, f.Place+" "+f.Reason)
		return 1, 0
	}
	if len(sum.Refused) != sum.RefusedTotal || len(found) != sum.Kept {
		t.Errorf("%d lines of %d, %d visits of %d", len(sum.Refused), sum.RefusedTotal, len(found), sum.Kept)
	}
	for _, line := range sum.Refused {
		if !strings.Contains(line.Place, "entry[") || !strings.Contains(line.Place, "line ") || line.Reason == "" {
			t.Errorf("refused with %q: %q", line.Place, line.Reason)
		}
		checkQuiet(t, line.Place+" "+line.Reason)
	}
	return 0, len(sum.Refused)
}

// checkQuiet looks for what the three patients could be known by.
func checkQuiet(t *testing.T, line string) {
	t.Helper()
	for _, word := range []string{
		"Chad", "Pfeffer", "Fannie", "Pacocha", "Rene", "Hills", "999-46-1827", "555-459", "555-477", "555-985", "1996-04-18", "1956-09-19", "1972-02-27",
		"1c911236-e7da-42a6", "e26c4cc1-8769-4a0a", "733abdda-2bfa-485f",
	} {
		if strings.Contains(line, word) {
			t.Errorf("%q is in %q", word, line)
		}
	}
}

// Harm done to one visit costs that visit and no other.
func TestWhatIsGoodIsKeptBesideWhatIsRefused(t *testing.T) {
	text := string(synthea(t)["Rene_Hills_733abdda-2bfa-485f-9c83-ed9b206889b2.subset.json"])
	for _, c := range []struct {
		old, by, reason string
		kept            int
	}{
		{"2011-07-21T10:07:58-04:00", "2011-13-21T10:07:58-04:00", "period.start is not a date that exists", 4},
		{"2012-06-28T10:07:58-04:00", "2012-06-31T10:07:58-04:00", "period.start is not a date that exists", 4},
		{"2012-06-28T10:07:58-04:00", "2012-06-28T10:07:58", "period.start has a time of day but no time zone", 4},
		{"2013-04-03T10:07:58-04:00", "2013-04-03T25:07:58-04:00", "period.start is not a date that exists", 5},
	} {
		found, sum := mustRead(t, []byte(strings.ReplaceAll(text, c.old, c.by)))
		if len(found) != c.kept || len(sum.Refused) == 0 || !strings.Contains(fmt.Sprint(sum.Refused), c.reason) {
			t.Errorf("%s: %d kept, refused %v", c.by, len(found), sum.Refused)
		}
	}
	patient := "urn:uuid:733abdda-2bfa-485f-9c83-ed9b206889b2"
	found, sum := mustRead(t, []byte(strings.Replace(text, `"fullUrl": "`+patient, `"fullUrl": "urn:uuid:0`, 1)))
	if len(found) != 0 || sum.RefusedTotal != 5 || sum.Refused[0].Reason != "its patient is not in this file" {
		t.Errorf("%d found, %v", len(found), sum.Refused)
	}
}

func FuzzReadFHIR(f *testing.F) {
	f.Add(bundleOf(visit(), condition, rehab))
	f.Add([]byte(visit() + "\n" + rehab))
	f.Fuzz(func(t *testing.T, text []byte) {
		if _, sum, err := readFHIR(t, text, handoff.FHIROptions{}); err == nil {
			for _, line := range sum.Refused {
				if !strings.Contains(line.Place, "line ") || line.Reason == "" {
					t.Errorf("%+v", line)
				}
			}
		} else if _, ok := fhir.FaultOf(err); !ok {
			t.Errorf("refused with %v", err)
		}
	})
}
