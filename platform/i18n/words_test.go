package i18n

import (
	"testing"
	"testing/fstest"
)

// TestPlaces: a value goes into its place as it is, also when it looks like a
// place itself; a place without a value can be found.
func TestPlaces(t *testing.T) {
	files := fstest.MapFS{}
	for _, l := range Langs() {
		files[string(l)+".json"] = &fstest.MapFile{Data: []byte(`{"who": "{{.Name}} at {{.Site}}, {{.Name}}", "min": "{{.N}} min", "plain": "Here"}`)}
	}
	c, err := Load(Source{Prefix: "x", FS: files})
	if err != nil {
		t.Fatal(err)
	}
	w := c.In(English)
	for _, test := range []struct {
		got, want string
	}{
		{w.T("x.who", "Name", "Blue", "Site", "Mercy"), "Blue at Mercy, Blue"},
		{w.T("x.who", "Name", "{{.Site}}", "Site", "Mercy"), "{{.Site}} at Mercy, {{.Site}}"},
		{w.T("x.who", "Name", "Blue"), "Blue at {{.Site}}, Blue"},
		{w.T("x.plain", "Name", "Blue"), "Here"},
		{w.N("x.min", 12), "12 min"},
		{c.In(Arabic).T("x.who", "Name", "Blue", "Site", "M"), "\u2068Blue\u2069 at \u2068M\u2069, \u2068Blue\u2069"},
		{c.In(Arabic).T("x.min", "N", 3), "3 min"},
	} {
		if test.got != test.want {
			t.Errorf("%q, want %q", test.got, test.want)
		}
	}
}
