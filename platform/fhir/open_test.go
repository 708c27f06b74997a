package fhir_test

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"

	"alongside/platform/fhir"
)

// read opens text and returns what Each hands out, by place.
func read(t *testing.T, text string) (places, flaws []string, err error) {
	t.Helper()
	f, err := fhir.Open(context.Background(), strings.NewReader(text), int64(len(text)))
	if err != nil {
		return nil, nil, err
	}
	err = f.Each(context.Background(), func(e *fhir.Entry) error {
		places = append(places, e.Place())
		flaws = append(flaws, e.Flaw)
		return nil
	})
	return places, flaws, err
}

func TestFileIsRefusedInWordsWithItsPlace(t *testing.T) {
	ok := `{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","id":"p"}}]}`
	deep := strings.Repeat("[", 20_000)
	cases := []struct{ name, text, place, reason string }{
		{"nothing", "", "line 1 column 1", "nothing in this file"},
		{"white space", " \n\t\n ", "line 1 column 1", "nothing in this file"},
		{"a web page", "\n<!DOCTYPE html><html>", "line 1 column 1", "web page"},
		{"UTF-16 with mark", "\xff\xfe{\x00}\x00", "line 1 column 1", "UTF-16"},
		{"UTF-16 without mark", "{\x00\"\x00", "line 1 column 1", "UTF-16"},
		{"gzip", "\x1f\x8b\x08\x00", "line 1 column 1", "packed"},
		{"zip", "PK\x03\x04", "line 1 column 1", "packed"},
		{"PDF", "%PDF-1.7", "line 1 column 1", "PDF"},
		{"a list", `[` + ok + `]`, "line 1 column 1", "JSON list"},
		{"a word", "hello", "line 1 column 1", "begins with {"},
		{"not FHIR", `{"a":1}`, "line 1 column 1", "not a FHIR R4 file: it has no resourceType"},
		{"type is a number", `{"resourceType":1}`, "line 1 column 1", "not text"},
		{"another type", `{"resourceType":"Foo"}`, "line 1 column 1", "a resourceType that FHIR R4 does not have"},
		{"entry is an object", `{"resourceType":"Bundle","entry":{}}`, "line 1 column 1", "not a list"},
		{"entry twice", `{"resourceType":"Bundle","entry":[],` + "\n" + `"entry":[]}`, "line 2 column 1", "twice"},
		{"cut after a comma", ok[:40], "line 1 column 41", "cut short"},
		{"cut in an entry", "{\"resourceType\":\"Bundle\",\n\"entry\":[{},\n{\"resource\":{", "line 3 column 14", "entry[1] that begins on line 3"},
		{"a line that does not end", "{\"resourceType\":\"Task\"}\n{\"resourceType\":\"Task\",\"id\":\n{\"resourceType\":\"Task\"}\n", "line 4 column 1", "in the resource that begins on line 2"},
		{"comma missing in an entry", "{\"resourceType\":\"Bundle\",\"entry\":[\n{\"a\":1\n\"b\":2}]}", "entry[0] line 3 column 1", "not JSON"},
		{"comma missing in the first line of an entry", `{"resourceType":"Bundle","entry":[{"a":1 "b":2}]}`, "entry[0] line 1 column 42", "not JSON"},
		{"comma too many", `{"resourceType":"Bundle","entry":[{},]}`, "line 1 column 38", "not JSON"},
		{"bracket of the wrong kind", `{"resourceType":"Bundle","entry":[{"a":[}]}]}`, "line 1 column 41", "not JSON"},
		{"no colon", `{"resourceType" "Bundle"}`, "line 1 column 17", "not JSON"},
		{"name is not text", `{5:1}`, "line 1 column 2", "not JSON"},
		{"bad word", `{"resourceType":"Patient","active":ture}`, "active line 1 column 37", "not JSON"},
		{"garbage behind", ok + "x", "line 1 column 105", "follows the end"},
		{"a second Bundle behind", ok + "\n" + ok, "line 2 column 1", "follows the end"},
		{"deep", `{"resourceType":"Bundle","x":` + deep, "line 1 column", "nested deeper"},
		{"a part too long", `{"resourceType":"Bundle","x":"` + strings.Repeat("x", 5<<20) + `"}`, "line 1 column 1", "larger than 4 MB"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := read(t, c.text)
			f, ok := fhir.FaultOf(err)
			if !ok || !strings.HasPrefix(f.Place, c.place) || !strings.Contains(f.Reason, c.reason) {
				t.Errorf("got %v; want %q: …%s…", err, c.place, c.reason)
			}
		})
	}
}

func TestEntryIsRefusedAloneWhenTheFileHoldsTogether(t *testing.T) {
	good := `{"resource":{"resourceType":"Patient","id":"p"}}`
	cases := []struct{ name, entry, place, flaw string }{
		{"a name twice", `{"resource":{"resourceType":"Encounter","id":"e","id":"e"}}`, "entry[1] line 2", "twice"},
		{"broken letters", "{\"resource\":{\"resourceType\":\"Encounter\",\"id\":\"e\",\"x\":\"M\xfcller\"}}", "entry[1] line 2", "UTF-8"},
		{"too deep", `{"resource":{"resourceType":"Encounter","x":` + strings.Repeat("[", 200) + strings.Repeat("]", 200) + `}}`, "entry[1] line 2", "100 brackets"},
		{"too long", `{"resource":{"resourceType":"Binary","data":"` + strings.Repeat("x", 5<<20) + `"}}`, "entry[1] line 2", "4 MB"},
		{"not an object", `5`, "entry[1] line 2", "not an object"},
		{"resource is text", `{"resource":"x"}`, "entry[1] line 2", "not an object"},
		{"no type", `{"resource":{"id":"x"}}`, "entry[1] line 2", "no resourceType"},
		{"type is null", `{"resource":{"resourceType":null}}`, "entry[1] line 2", "not text"},
		{"unknown type", `{"resource":{"resourceType":"Foo"}}`, "entry[1] line 2", "a resourceType that FHIR R4 does not have"},
		{"full URL is a number", `{"fullUrl":5,"resource":{"resourceType":"Patient"}}`, "entry[1] line 2", "shape"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			places, flaws, err := read(t, "{\"entry\":["+good+",\n"+c.entry+","+good+"],\"resourceType\":\"Bundle\"}")
			if err != nil || len(places) != 3 {
				t.Fatalf("the file was not read: %d entries, %v", len(places), err)
			}
			if flaws[0] != "" || flaws[2] != "" {
				t.Errorf("the good entries were refused: %q, %q", flaws[0], flaws[2])
			}
			if places[1] != c.place || !strings.Contains(flaws[1], c.flaw) {
				t.Errorf("got %q: %q; want %q: …%s…", places[1], flaws[1], c.place, c.flaw)
			}
		})
	}
}

func TestShapesOfAFile(t *testing.T) {
	cases := []struct {
		name, text string
		places     []string
	}{
		{"entries before the type", `{"entry":[{"resource":{"resourceType":"Encounter","id":"a.b-1"}}],"type":"batch","resourceType":"Bundle"}`, []string{"entry[0] Encounter/a.b-1 line 1"}},
		{"no entries", `{"resourceType":"Bundle","type":"searchset"}`, nil},
		{"an empty list", `{"resourceType":"Bundle","entry":[ ]}`, nil},
		{"a patient's id is not shown", `{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","id":"MRN-5"}}]}`, []string{"entry[0] Patient line 1"}},
		{"an id no server would give is not shown", `{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Task","id":"Ann Lee"}}]}`, []string{"entry[0] Task line 1"}},
		{"one resource", "\n{\"resourceType\":\"Task\",\"id\":\"t\"}\n", []string{"Task/t line 2"}},
		{"one resource that has entries itself", `{"resourceType":"List","entry":[{"item":{}}]}`, []string{"List line 1"}},
		{"a byte order mark", "\xef\xbb\xbf" + `{"resourceType":"Task","id":"t"}`, []string{"Task/t line 1"}},
		{"one per line", "{\"resourceType\":\"Task\",\"id\":\"t\"}\r\n\n{\"id\":\"x\"}\n{\"resourceType\":\"Group\"}", []string{"Task/t line 1", "line 3", "Group line 4"}},
		{"the first of many lines is none", "{\"id\":\"x\"}\n{\"resourceType\":\"Group\"}\n", []string{"line 1", "Group line 2"}},
		{"an entry without a resource", `{"resourceType":"Bundle","entry":[{"request":{"method":"DELETE"}}]}`, []string{"entry[0] line 1"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			places, _, err := read(t, c.text)
			if err != nil || strings.Join(places, "|") != strings.Join(c.places, "|") {
				t.Errorf("got %q, %v; want %q", places, err, c.places)
			}
		})
	}
}

func TestAtReadsWhatEachHandedOut(t *testing.T) {
	text, err := os.ReadFile("testdata/entries.json")
	if err != nil {
		t.Fatal(err)
	}
	f, err := fhir.Open(context.Background(), bytes.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	err = f.Each(context.Background(), func(e *fhir.Entry) error {
		again, err := f.At(e.Spot)
		if err != nil {
			return err
		}
		if again.Place() != e.Place() || !bytes.Equal(again.Resource, e.Resource) || again.FullURL != e.FullURL {
			t.Errorf("%s came back as %s", e.Place(), again.Place())
		}
		n++
		return nil
	})
	if err != nil || n != 4 {
		t.Fatalf("%d entries, %v", n, err)
	}
}

func TestEveryExampleOfTheSpecificationIsRead(t *testing.T) {
	text, err := os.ReadFile("testdata/r4-examples.ndjson")
	if err != nil {
		t.Fatal(err)
	}
	places, flaws, err := read(t, string(text))
	if err != nil || len(places) != 69 || strings.Join(flaws, "") != "" {
		t.Errorf("together: %d read, %q, %v", len(places), flaws, err)
	}
	for i, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		alone, flaws, err := read(t, line)
		if err != nil || len(alone) != 1 || flaws[0] != "" {
			t.Errorf("%s alone: %q, %v", places[i], flaws, err)
		}
	}
}

func TestStopsWhenTold(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	text := `{"resourceType":"Bundle","entry":[{}]}`
	if _, err := fhir.Open(ctx, strings.NewReader(text), int64(len(text))); err != context.Canceled {
		t.Errorf("got %v", err)
	}
}
