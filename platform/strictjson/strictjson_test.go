package strictjson

import (
	"errors"
	"strings"
	"testing"
	"testing/iotest"
	"unicode"
)

type doc struct {
	Rho   *float64            `json:"rho"`
	Name  string              `json:"name"`
	Goals []goal              `json:"goals"`
	By    map[string]*float64 `json:"by"`
}

type goal struct {
	Weight int `json:"weight"`
}

func TestRefusals(t *testing.T) {
	for text, want := range map[string]string{
		"":                              "is empty",
		" \n":                           "is empty",
		"{":                             "line 1, column 2: the file ends in the middle",
		"{\n \"rho\": x}":               "line 2, column 9: this is not JSON",
		`{"rho":1} {"rho":2}`:           "line 1, column 11: this is not JSON",
		`{"rho":1}x`:                    "line 1, column 10: this is not JSON",
		`{"rho":1,"rho":2}`:             "/rho (line 1, column 10): stands there twice",
		`{"by":{"1":1,"1":2}}`:          "/by/1 (line 1, column 14): stands there twice",
		`{"rhO":1}`:                     "/rhO: nothing here has this name; it takes rho, name, goals, by",
		`{"goals":[{"wait":1}]}`:        "/goals/0/wait: nothing here has this name; it takes weight",
		`{"rho":"0.3"}`:                 "/rho: a number is expected, not a text",
		`{"rho":true}`:                  "/rho: a number is expected, not true or false",
		`{"name":3}`:                    "/name: a text is expected, not a number",
		`{"goals":{}}`:                  "/goals: a list is expected, not an object",
		`{"goals":[{},{"weight":"a"}]}`: "/goals/1/weight: a number is expected, not a text",
		`{"goals":[{"weight":1.5}]}`:    "/goals/0/weight: 1.5 cannot be kept as a number",
		`{"by":{"3":[1]}}`:              "/by/3: a number is expected, not a list",
		`{"rho":1e999}`:                 "/rho: 1e999 cannot be kept as a number",
		`[]`:                            "an object is expected, not a list",
		`3`:                             "an object is expected, not a number",
		"{\"name\":\"\xff\"}":           "line 1",
		`{"rho":NaN}`:                   "line 1, column 8: this is not JSON",
	} {
		var d doc
		err := Decode([]byte(text), &d)
		var f *Fault
		if !errors.As(err, &f) || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

func TestWhatIsRead(t *testing.T) {
	var d doc
	text := "\xef\xbb\xbf" + `{"rho":0.3,"name":"م","goals":[{"weight":2}],"by":{"1":null,"2":1e0}}` + "\n\n"
	if err := Read(strings.NewReader(text), Most, &d); err != nil {
		t.Fatal(err)
	}
	if *d.Rho != 0.3 || d.Goals[0].Weight != 2 || d.By["1"] != nil || *d.By["2"] != 1 {
		t.Errorf("%+v", d)
	}
}

func TestAFileWithoutEndIsRefused(t *testing.T) {
	var d doc
	text := `{"name":"` + strings.Repeat("a", 200) + `"}`
	if err := Read(strings.NewReader(text), 100, &d); err == nil || !strings.Contains(err.Error(), "larger than 100 bytes") {
		t.Error(err)
	}
	if err := Read(iotest.ErrReader(errors.New("torn")), 100, &d); err == nil || err.Error() != "torn" {
		t.Error(err)
	}
	deep := strings.Repeat(`{"by":`, 20000)
	if err := Decode([]byte(deep), &d); err == nil {
		t.Error("deep")
	}
}

// A key is somebody else's text: a terminal shows it and does not obey it, and a
// long one, or a long number, is not repeated whole.
func TestWordsOfARefusal(t *testing.T) {
	long := strings.Repeat("7", 5000)
	for _, text := range []string{
		`{"a\u001b[2Jb\u0000":1}`, `{"by":{"\u001b[31m":"x"}}`, `{"` + long + `":1}`, `{"by":{"1":` + long + `}}`,
		`{"by":{"` + long + `":1,"` + long + `":2}}`,
	} {
		var d doc
		err := Decode([]byte(text), &d)
		if err == nil || len(err.Error()) > 300 || strings.ContainsFunc(err.Error(), unicode.IsControl) {
			t.Errorf("%.40s: %q", text, err)
		}
	}
	if place := Key(long); len(place) > 100 {
		t.Errorf("%d bytes of place", len(place))
	}
	if err := At(Key("a\x1b"), "no"); strings.ContainsRune(err.Error(), 0x1b) {
		t.Errorf("%q", err)
	}
}
