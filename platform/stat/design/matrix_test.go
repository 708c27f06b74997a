package design_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"alongside/platform/stat/design"
)

// variables are four rows: a number, another, a factor of three levels and one
// of two.
func variables() []design.Column {
	return []design.Column{
		design.Numeric("x", []float64{1, 2, 3, 5, 4, 6, 8, 7}), design.Numeric("y", []float64{2, -1, 4, 0, 1, 3, 5, 2}),
		design.Factor("site", []string{"north", "east", "north", "west", "east", "west", "north", "east"}),
		design.Factor("arm", []string{"b", "a", "a", "b", "b", "a", "a", "b"}),
	}
}

func TestColumnsOfAModel(t *testing.T) {
	for what, c := range map[string]struct {
		model design.Model
		names string
		last  []float64
	}{
		"numbers":             {design.Model{Terms: []string{"x", "y"}}, "x y", []float64{2, -1, 4, 0, 1, 3, 5, 2}},
		"with an intercept":   {design.Model{Terms: []string{"x"}, Intercept: true}, "(Intercept) x", []float64{1, 2, 3, 5, 4, 6, 8, 7}},
		"a factor":            {design.Model{Terms: []string{"site"}}, "site=north site=west", []float64{0, 0, 0, 1, 0, 1, 0, 0}},
		"by another level":    {design.Model{Terms: []string{"site"}, Reference: map[string]string{"site": "west"}}, "site=east site=north", []float64{1, 0, 1, 0, 0, 0, 1, 0}},
		"a product":           {design.Model{Terms: []string{"x:y"}}, "x:y", []float64{2, -2, 12, 0, 4, 18, 40, 14}},
		"a product in full":   {design.Model{Terms: []string{"x*arm"}}, "x arm=b x:arm=b", []float64{1, 0, 0, 5, 4, 0, 0, 7}},
		"two factors in full": {design.Model{Terms: []string{"site*arm"}}, "site=north site=west arm=b site=north:arm=b site=west:arm=b", []float64{0, 0, 0, 1, 0, 0, 0, 0}},
		"three in full":       {design.Model{Terms: []string{"x*y*arm"}}, "x y arm=b x:y x:arm=b y:arm=b x:y:arm=b", []float64{2, 0, 0, 0, 4, 0, 0, 14}},
		"named twice":         {design.Model{Terms: []string{"x", "x*y", "y"}}, "x y x:y", []float64{2, -2, 12, 0, 4, 18, 40, 14}},
	} {
		m, err := c.model.Build(variables())
		if err != nil {
			t.Errorf("%s: %v", what, err)
			continue
		}
		if got := strings.Join(m.Names, " "); got != c.names || len(m.Columns) != len(m.Names) {
			t.Errorf("%s: %s, want %s", what, got, c.names)
		}
		if last := m.Columns[len(m.Columns)-1]; !slices.Equal(last, c.last) {
			t.Errorf("%s: %v, want %v", what, last, c.last)
		}
		if c.model.Intercept && slices.ContainsFunc(m.Columns[0], func(v float64) bool { return v != 1 }) {
			t.Errorf("%s: the intercept is %v", what, m.Columns[0])
		}
		if m.Rows() != 8 {
			t.Errorf("%s: %d rows", what, m.Rows())
		}
	}
}

func TestModelsThatCannotBe(t *testing.T) {
	same := append(variables(), design.Factor("all", []string{"a", "a", "a", "a", "a", "a", "a", "a"}))
	for terms, want := range map[string]string{
		"z":               `"z" is not a column`,
		"x:":              `"x:" is not a column`,
		"x:x":             "x:x names a column twice",
		"x:site":          "x:site needs x in the model too; write x*site",
		"site:arm":        "site:arm needs site in the model too; write site*arm",
		"all":             "column all is the same for everybody",
		"x*y*x*y*x*y*x*y": `"x*y*x*y*x*y*x*y" is not a column`,
	} {
		_, err := design.Model{Terms: []string{terms}}.Build(same)
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v", terms, err)
		}
	}
	if _, err := (design.Model{Terms: []string{"x", "x:site"}}).Build(same); err != nil {
		t.Error(err)
	}
	for reference, want := range map[string]string{"x": "holds numbers", "z": "is not in the model", "site": "is not one of its levels"} {
		_, err := design.Model{Terms: []string{"site"}, Reference: map[string]string{reference: "moon"}}.Build(variables())
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("reference of %s: %v", reference, err)
		}
	}
	for _, bad := range []float64{math.NaN(), math.Inf(1), 1e151} {
		_, err := design.Model{Terms: []string{"x"}}.Build([]design.Column{design.Numeric("x", []float64{1, bad})})
		if err == nil || !strings.Contains(err.Error(), "not a finite number") {
			t.Errorf("%g: %v", bad, err)
		}
	}
	short := design.Matrix{Names: []string{"x", "y"}, Columns: [][]float64{{1, 2}, {1}}}
	if err := short.Finite(); err == nil || !strings.Contains(err.Error(), "column y has another number of rows") {
		t.Error(err)
	}
	if rows := (design.Matrix{}).Rows(); rows != 0 {
		t.Errorf("%d rows of nothing", rows)
	}
}

// people is a factor with a level for each row.
func people(name string, n int) design.Column {
	cells := make([]string, n)
	for i := range cells {
		cells[i] = name + strings.Repeat("x", i)
	}
	return design.Factor(name, cells)
}

// A column of names by mistake is seen before its columns are made.
func TestTooManyLevels(t *testing.T) {
	who := people("who", 30)
	_, err := design.Model{Terms: []string{"who"}, Intercept: true}.Build([]design.Column{who})
	if err != nil {
		t.Error("as many levels as rows can be written down:", err)
	}
	also := people("also", 30)
	_, err = design.Model{Terms: []string{"who", "also"}}.Build([]design.Column{who, also})
	if err == nil || err.Error() != "also has too many different values: 30 rows are too few for 58 coefficients" {
		t.Error(err)
	}
	for events, want := range map[int]string{
		0: "", 30: "", 29: "who has too many different values: 29 events are too few for 30 of them", 1: "who has too many different values: 1 events are too few for 30 of them",
	} {
		_, err := design.Model{Terms: []string{"who"}, Events: events}.Build([]design.Column{who})
		if got := words(err); got != want {
			t.Errorf("%d events: %q, want %q", events, got, want)
		}
	}
	few := people("few", 20) // up to twenty are tried however few the events
	if _, err := (design.Model{Terms: []string{"few"}, Events: 1}).Build([]design.Column{few}); err != nil {
		t.Error(err)
	}
	if _, err := (design.Model{Terms: []string{"one"}, Events: 1}).Build([]design.Column{people("one", 21)}); err == nil {
		t.Error("21 levels of one event")
	}
	rows := design.Factor("rows", []string{"1", "2", "3", "4", "5", "6", "7"})
	if _, err = (design.Model{Terms: []string{"rows", "then"}, Intercept: true}).Build([]design.Column{rows, design.Factor("then", []string{"a", "b", "a", "b", "a", "b", "a"})}); err != nil {
		t.Error("as many columns as rows:", err)
	}
	_, err = design.Model{Terms: []string{"rows", "then"}}.Build([]design.Column{rows, design.Factor("then", []string{"a", "b", "c", "a", "b", "c", "a"})})
	if words(err) != "then has too many different values: 7 rows are too few for 8 coefficients" {
		t.Error(err)
	}
	many := people("many", 1002)
	_, err = design.Model{Terms: []string{"many"}, Events: 5000}.Build([]design.Column{many})
	if words(err) != "many has too many different values: more than 1000 coefficients are not fitted" {
		t.Error(err)
	}
	if _, err = (design.Model{Terms: []string{"many"}}).Build([]design.Column{many}); err != nil {
		t.Error(err)
	}
	just := people("just", 1001)
	if _, err = (design.Model{Terms: []string{"just"}, Events: 5000}).Build([]design.Column{just}); err != nil {
		t.Error("a thousand coefficients:", err)
	}
}

// A product of factors has a level for each pair; one with numbers has an end
// without events too.
func TestProductsOfTooManyLevels(t *testing.T) {
	sixes := design.Factor("sixes", []string{"1", "2", "3", "4", "5", "6"})
	also := design.Factor("also", []string{"1", "2", "3", "4", "5", "6"})
	number := design.Numeric("number", []float64{1, 2, 3, 4, 5, 6})
	_, err := design.Model{Terms: []string{"sixes*also"}, Events: 29}.Build([]design.Column{sixes, also})
	if words(err) != "sixes has too many different values: 6 rows are too few for 7 coefficients" {
		t.Error(err)
	}
	six := repeated(10, sixes, also, number)
	_, err = design.Model{Terms: []string{"sixes*also"}, Events: 29}.Build(six)
	if words(err) != "sixes:also has too many different values: 29 events are too few for 36 of them" {
		t.Error(err)
	}
	for _, terms := range []string{"sixes*also", "sixes*number"} {
		if _, err = (design.Model{Terms: []string{terms}, Events: map[string]int{"sixes*also": 36, "sixes*number": 1}[terms]}).Build(six); err != nil {
			t.Error(err)
		}
	}
}

// repeated is every row of columns so many times, one after the other.
func repeated(times int, columns ...design.Column) []design.Column {
	var out []design.Column
	for _, c := range columns {
		r := design.Column{Name: c.Name, Levels: c.Levels}
		for range times {
			r.Numbers, r.Codes = append(r.Numbers, c.Numbers...), append(r.Codes, c.Codes...)
		}
		out = append(out, r)
	}
	return out
}

func words(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestVariablesOfTerms(t *testing.T) {
	has := func(name string) bool { return name == "a:b" }
	if got := design.Variables([]string{"x*y", "y:z", "a:b", "x"}, has); !slices.Equal(got, []string{"x", "y", "z", "a:b"}) {
		t.Error(got)
	}
	m, err := design.Model{Terms: []string{"a:b", "c*d"}}.Build([]design.Column{design.Numeric("a:b", []float64{1, 2}), design.Numeric("c*d", []float64{3, 4})})
	if err != nil || !slices.Equal(m.Names, []string{"a:b", "c*d"}) {
		t.Errorf("columns with such names: %v %v", m.Names, err)
	}
}

func TestFactors(t *testing.T) {
	var b design.FactorBuilder
	for _, cell := range []string{"10", "9", "10", "1.5"} {
		b.AddBytes([]byte(cell))
	}
	b.Add("9")
	c := b.Column("n")
	if !slices.Equal(c.Levels, []string{"1.5", "9", "10"}) || !slices.Equal(c.Codes, []uint32{2, 1, 2, 0, 1}) || c.Len() != 5 || !c.IsFactor() {
		t.Errorf("%+v", c)
	}
	if n := design.Numeric("x", []float64{1, 2, 3}); n.Len() != 3 || n.IsFactor() {
		t.Errorf("%+v", n)
	}
	if c := design.Factor("w", []string{"b", "10", "a"}); !slices.Equal(c.Levels, []string{"10", "a", "b"}) {
		t.Errorf("%v", c.Levels)
	}
	if c := design.Factor("w", []string{"1.0", "1", "01"}); !slices.Equal(c.Levels, []string{"01", "1", "1.0"}) {
		t.Errorf("%v", c.Levels)
	}
}
