package assessment

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"alongside/platform/module"
)

func tiny() string {
	return `{"code":"made-up-2","name":"Made up","tier":"A","licence":{"says":"free","source":"here"},"source":"made up",
"languages":[{"code":"en","source":"made up"}],"versions":[{"name":"standard","says":"one"}],"scales":{"s":{"from":0,"to":3}},
"items":[{"ids":"1","scale":"s","text":{"en":"One?"}},{"ids":"2","scale":"s","text":{"en":"Two?"}}],
"scores":[{"name":"total","of":"sum","items":"1 2","ranges":[{"from":0,"to":6}]}],
"bands":[{"score":"total","population":"nobody","source":"made up","bands":[{"from":0,"to":2,"name":"low"},{"from":3,"to":6,"name":"high"}]}],
"flags":[{"name":"two","item":"2","above":2,"says":"Two is high."}]}`
}

func tinyExamples() string {
	return `[{"name":"a","source":"by hand","answers":{"1":1,"2":3},"scores":{"total":4},"bands":{"total":"high"},"flags":["two"],"missing":[],"complete":true},
{"name":"b","source":"by hand","answers":{"1":1},"scores":{"total":null},"bands":{"total":null},"flags":[],"missing":["2"],"complete":false}]`
}

// with is the shipped folder and one more instrument of two files.
func with(t *testing.T, instrument, examples string) fs.FS {
	t.Helper()
	all := fstest.MapFS{}
	err := fs.WalkDir(files, "instruments", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := files.ReadFile(name)
		all[strings.TrimPrefix(name, "instruments/")] = &fstest.MapFile{Data: text}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	all["made-up-2/instrument.json"] = &fstest.MapFile{Data: []byte(instrument)}
	all["made-up-2/examples.json"] = &fstest.MapFile{Data: []byte(examples)}
	return all
}

// TestAnInstrumentIsTwoFiles adds one by its two files and nothing else, and
// uses it as anyone would.
func TestAnInstrumentIsTwoFiles(t *testing.T) {
	c, err := Read(with(t, tiny(), tinyExamples()))
	if err != nil {
		t.Fatal(err)
	}
	if len(c) != len(Shipped())+1 {
		t.Errorf("%d instruments", len(c))
	}
	code, out, errs := command(t, c, "score", `{"answers":{"1":3,"2":3}}`, "made-up-2", "-", "--json")
	var r Result
	if err := json.Unmarshal([]byte(out), &r); err != nil || code != 0 || *r.Scores["total"] != 6 || *r.Bands["total"] != "high" {
		t.Errorf("%d %s %s", code, out, errs)
	}
	if _, out, _ := command(t, c, "instruments", ""); !strings.Contains(out, "made-up-2 ") {
		t.Error("it is not listed")
	}
}

func command(t *testing.T, c Catalogue, name, in string, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	for _, cmd := range Commands(func() Catalogue { return c }) {
		if cmd.Name == name {
			code = cmd.Run(t.Context(), module.Env{In: strings.NewReader(in), Out: &o, Err: &e}, args)
		}
	}
	return code, o.String(), e.String()
}

// TestMalformed changes one thing at a time and looks for the place in what is
// said.
func TestMalformed(t *testing.T) {
	for _, row := range []struct{ old, new, want string }{
		{`"code":"made-up-2"`, `"code":"Made-up-2"`, "made-up-2/instrument.json: /code"},
		{`"name":"Made up"`, `"name":""`, "/name"},
		{`"name":"Made up"`, `"nome":""`, "/nome: nothing here has this name"},
		{`"name":"Made up"`, `"name":"a","name":"b"`, "/name (line 1, column"},
		{`"tier":"A"`, `"tier":"D"`, "/tier"},
		{`"tier":"A"`, `"tier":"C"`, "/languages: only tier A"},
		{`"says":"free"`, `"says":""`, "/licence"},
		{`"source":"made up",`, `"source":"",`, "/source"},
		{`[{"name":"standard","says":"one"}]`, `[]`, "/versions"},
		{`"says":"one"`, `"says":""`, "/versions/0"},
		{`{"from":0,"to":3}`, `{"from":3,"to":3}`, "/scales/s"},
		{`{"from":0,"to":3}`, `{"choices":[{"value":1}]}`, "/scales/s"},
		{`"ids":"2"`, `"ids":"1"`, "/items/1/ids: item 1 stands twice"},
		{`"ids":"2"`, `"ids":"2..1"`, "/items/1/ids"},
		{`"ids":"2"`, `"ids":"2..3"`, "/items/1: words and a code belong to one item"},
		{`"ids":"2","scale":"s"`, `"ids":"2","scale":"t"`, "/items/1/scale"},
		{`"text":{"en":"Two?"}`, `"text":{"es":"¿Dos?"}`, "/items/1/text"},
		{`,"text":{"en":"Two?"}`, ``, "/items/1/text"},
		{`"items":"1 2"`, `"items":"1 3"`, `/scores/0/items: there is no item "3"`},
		{`"items":"1 2"`, `"items":"1 1"`, "/scores/0/items: item 1 stands twice"},
		{`"of":"sum"`, `"of":"product"`, "/scores/0"},
		{`"of":"sum"`, `"of":"mean"`, "/scores/0/ranges: the answers of version standard give 0 to 3, not 0 to 6"},
		{`[{"from":0,"to":6}]`, `[{"from":0,"to":7}]`, "/scores/0/ranges"},
		{`[{"from":0,"to":6}]`, `[{"version":"x","from":0,"to":6}]`, "/scores/0/ranges: none for version"},
		{`"of":"sum"`, `"of":"sum","prorate":{"most":1}`, "/scores/0/prorate"},
		{`"score":"total"`, `"score":"sum"`, "/bands/0/score"},
		{`"population":"nobody",`, ``, "/bands/0: source, population"},
		{`"population":"nobody"`, `"population":"nobody","unverified":true`, "/unverified does not say so"},
		{`"population":"nobody"`, `"population":"nobody","sex":"female"`, "/bands/0/sex"},
		{`{"from":3,"to":6,"name":"high"}`, `{"from":4,"to":6,"name":"high"}`, "/bands/0/bands/1"},
		{`{"from":3,"to":6,"name":"high"}`, `{"from":3,"to":5,"name":"high"}`, "/bands/0/bands: ends at 5"},
		{`"item":"2"`, `"item":"3"`, "/flags/0"},
		{`"scores":[{"name":"total","of":"sum","items":"1 2","ranges":[{"from":0,"to":6}]}]`, `"scores":[]`, "/scores"},
		{`"source":"made up",`, `"source":"made up","refuses":"not known",`, "/refuses"},
		{`"source":"made up",`, `"source":"made up","reversed":"9",`, `/reversed: there is no item "9"`},
		{`"source":"made up",`, `"source":"made up","reversed":"2",`, "made-up-2/examples.json: /0: a: scores"},
		{`"source":"made up",`, `"source":"made up","skips":[{"if":"1","then":"4"}],`, "/skips/0/then"},
	} {
		if !strings.Contains(tiny(), row.old) {
			t.Fatalf("%s is not in the made-up instrument", row.old)
		}
		_, err := Read(with(t, strings.Replace(tiny(), row.old, row.new, 1), tinyExamples()))
		if err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: %v, want %s", row.new, err, row.want)
		}
	}
}

func TestMalformedExamples(t *testing.T) {
	for _, row := range []struct{ old, new, want string }{
		{`"total":4`, `"total":5`, "made-up-2/examples.json: /0: a: scores"},
		{`"total":"high"`, `"total":"low"`, "/0: a: bands"},
		{`["two"]`, `[]`, "/0: a: flags"},
		{`["2"]`, `[]`, "/1: b: missing"},
		{`"complete":false`, `"complete":true`, "/1: b: complete"},
		{`"source":"by hand"`, `"source":""`, "/0"},
		{`"answers":{"1":1}`, `"answers":{"1":9}`, "/1: b: /answers/1"},
		{`"missing":["2"]`, `"mising":["2"]`, "/1/mising"},
		{tinyExamples(), `[]`, "no example of version standard"},
	} {
		_, err := Read(with(t, tiny(), strings.Replace(tinyExamples(), row.old, row.new, 1)))
		if err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: %v, want %s", row.new, err, row.want)
		}
	}
	all := with(t, tiny(), tinyExamples()).(fstest.MapFS)
	all["made-up-2/notes.txt"] = &fstest.MapFile{}
	if _, err := Read(all); err == nil || !strings.Contains(err.Error(), "an instrument is two files") {
		t.Error(err)
	}
	delete(all, "made-up-2/notes.txt")
	delete(all, "made-up-2/examples.json")
	if _, err := Read(all); err == nil || !strings.Contains(err.Error(), "made-up-2/examples.json") {
		t.Error(err)
	}
}

// TestGapsAreDocumented: every instrument stands in the document with its state,
// its terms and whatever is left out. make check compares the written one to it.
func TestGapsAreDocumented(t *testing.T) {
	doc := Shipped().Document()
	for _, in := range Shipped() {
		_, own, found := strings.Cut(doc, "\n## "+in.Code+"\n")
		own, _, _ = strings.Cut(own, "\n## ")
		if !found || !strings.Contains(doc, "| `"+in.Code+"` | "+in.Name+" | "+in.Tier+" | "+in.State(false)+" |") {
			t.Errorf("the document has no place for %s, tier %s, %s", in.Code, in.Tier, in.State(false))
		}
		for _, said := range append(append([]string{in.Licence.Says, in.Source, in.Refuses}, in.Gaps...), in.Unverified...) {
			if !strings.Contains(own, said) {
				t.Errorf("%s: the document does not say %q", in.Code, said)
			}
		}
	}
}
