package table_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"alongside/platform/stat"
	"alongside/platform/stat/table"

	"pgregory.net/rapid"
)

// read takes all rows of a file as text, one column per want.
func read(file string, drop bool, wants ...table.Want) (rows [][]string, leftOut int, err error) {
	r, err := table.Open(iotest.OneByteReader(strings.NewReader(file)))
	if err != nil {
		return nil, 0, err
	}
	if err := r.Select(drop, wants...); err != nil {
		return nil, 0, err
	}
	for {
		ok, err := r.Next()
		if err != nil || !ok {
			return rows, r.LeftOut(), err
		}
		var row []string
		for i, w := range wants {
			if w.Kind == table.Text || w.Kind == table.Auto && r.IsText(i) {
				row = append(row, string(r.Text(i)))
				continue
			}
			row = append(row, strconv.FormatFloat(r.Number(i), 'g', -1, 64))
		}
		rows = append(rows, row)
	}
}

func TestReads(t *testing.T) {
	time, name := table.Want{Name: "time", Kind: table.Time}, table.Want{Name: "name", Kind: table.Text}
	for what, c := range map[string]struct{ file, want string }{
		"plain":          {"time,name\n1,a\n2.5,b\n", "1 a|2.5 b"},
		"no last end":    {"time,name\n1,a", "1 a"},
		"other line end": {"time,name\r\n1,a\r\n\r\n2,b\r\n", "1 a|2 b"},
		"quotes":         {"\"time\",\"name\"\n\"1\",\"a, \"\"b\"\"\"\n2,c\n", `1 a, "b"|2 c`},
		"line in a cell": {"time,name\n1,\"a\nb\"\n2,c\n", "1 a\nb|2 c"},
		"semicolons":     {"name;time;x\na;1;0\n", "1 a"},
		"tabs, order":    {"x\tname\ttime\n9\ta\t1\n", "1 a"},
		"a mark first":   {"\ufefftime,name\n1,a\n", "1 a"},
		"spaces":         {"time, name\n 1 , a \n", "1 a"},
		"numbers":        {"time,name\n1e2,a\n.5,b\n12345678901234567890,c\n+3,d\n", "100 a|0.5 b|1.2345678901234567e+19 c|3 d"},
	} {
		rows, _, err := read(c.file, false, time, name)
		var got []string
		for _, row := range rows {
			got = append(got, strings.Join(row, " "))
		}
		if err != nil || strings.Join(got, "|") != c.want {
			t.Errorf("%s: %q %v", what, got, err)
		}
	}
}

// R: read.csv2.
func TestCommasBeforeDecimals(t *testing.T) {
	open := func(file string, kind table.Kind) (float64, bool, error) {
		r, err := table.Open(strings.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		r.DecimalComma()
		if err := r.Select(false, table.Want{Name: "x", Kind: kind}); err != nil {
			t.Fatal(err)
		}
		_, err = r.Next()
		return r.Number(0), r.IsText(0), err
	}
	for cell, want := range map[string]float64{"1,5": 1.5, "-0,25": -.25, "3": 3, "1,5e2": 150, `"12345678,125"`: 12345678.125} {
		for _, kind := range []table.Kind{table.Number, table.Auto} {
			if got, text, err := open("x;y\n"+cell+";2\n", kind); got != want || text || err != nil {
				t.Errorf("%s: %v, text %v, %v", cell, got, text, err)
			}
		}
	}
	for _, cell := range []string{"1.5", "1.234,5", "1,2,3"} {
		for _, kind := range []table.Kind{table.Number, table.Auto} {
			if got, _, err := open("x;y\n"+cell+";2\n", kind); err == nil || !strings.Contains(err.Error(), "with --comma one comma stands before decimals") {
				t.Errorf("%s: %v, %v", cell, got, err)
			}
		}
	}
	if _, text, err := open("x;y\n27.11.2026;2\n", table.Auto); !text || err != nil {
		t.Errorf("a date: text %v, %v", text, err)
	}
}

func TestRefusesWithThePlace(t *testing.T) {
	wants := []table.Want{{Name: "time", Kind: table.Time}, {Name: "event", Kind: table.Event}, {Name: "age", Kind: table.Auto}}
	for file, want := range map[string]string{
		"":                                    "line 1: the file is empty",
		"\n\n":                                "line 1: the file is empty",
		"time,event,age\n":                    "there are no rows",
		"time,age\n1,2\n":                     `line 1, column "event"`,
		"time,event,event,age\n1,2,3,4\n":     `line 1, column "event": the header names`,
		"time,event,age\n1,1,5\n,1,5\n":       `line 3, column "time": the cell is missing`,
		"time,event,age\n1,1,5\n2,NA,5\n":     `line 3, column "event": the cell is missing`,
		"time,event,age\nx,1,5\n":             `line 2, column "time": text where a number`,
		"time,event,age\n2026-11-27,1,5\n":    `line 2, column "time": a date where a number belongs; write the days`,
		"time,event,age\n27.11.26 9:30,1,5\n": `line 2, column "time": a date where`,
		"time,event,age\n.,1,5\n":             `line 2, column "time": text where a number belongs; a cell that is missing is left empty, or holds NA`,
		"time,event,age\n1,N/A,5\n":           `line 2, column "event": text where a number belongs; a cell that is missing`,
		"time,event,age\n1-2,1,5\n":           `line 2, column "time": text where a number`,
		"time,event,\"age, years\"\n1,2,3\n":  `there is no such column; the file has time, event, "age, years"`,
		"time;event;age\n1;1;41,5\n":          `line 2, column "age": a number with a comma in it; write none between thousands, and a point before decimals, or say --comma`,
		"time;event;age\n1,5;1;41\n":          `line 2, column "time": a number with a comma in it`,
		"time,event,age\n-1,1,5\n":            `line 2, column "time": a time below 0`,
		"time,event,age\n1,1.5,5\n":           `line 2, column "event"`,
		"time,event,age\n1,yes,5\n":           `line 2, column "event": text where a number belongs; an event is 0 (or FALSE) for none, 1 (or TRUE)`,
		"time,event,age\n1,1,5\n\n2,1,old\n":  `line 4, column "age": text among numbers`,
		"time,event,age\n1,1,old\n2,1,5\n":    `line 3, column "age": a number among text`,
		"time,event,age\n1,1\n":               "line 2: 2 cells where the header has 3",
		"time;event;age\n1,5;1;5\n":           `line 2, column "time": a number with a comma`,
		"time,event,age\n\"1,1,5\n2,1,5\n":    "line 2: a quote is opened",
		"time,event,age\n\"1\"x,1,5\n":        "line 2: a quoted cell is followed",
		"time,event,age\nInf,1,5\n":           `line 2, column "time": text`,
		"time,event,age\n1e999,1,5\n":         `line 2, column "time"`,
		"time,event,age\n0x10,1,5\n":          `line 2, column "time": text`,
	} {
		_, _, err := read(file, false, wants...)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", file, err, want)
		}
	}
}

func TestDropsMissing(t *testing.T) {
	wants := []table.Want{{Name: "x", Kind: table.Number}, {Name: "y", Kind: table.Flag}}
	rows, left, err := read("x,y,z\n1,TRUE,\n,1,2\n3,NA,2\n4,0,NA\n", true, wants...)
	if err != nil || left != 2 || len(rows) != 2 || rows[0][1] != "1" {
		t.Errorf("%v, %d left out, %v", rows, left, err)
	}
	if _, _, err := read("x,y\n,1\n", true, wants...); err == nil {
		t.Error("a file with no complete row was taken")
	}
}

func TestNothingOfACellInARefusal(t *testing.T) {
	_, _, err := read("time\nMargaret\n", false, table.Want{Name: "time", Kind: table.Time})
	if err == nil || strings.Contains(err.Error(), "Margaret") {
		t.Error(err)
	}
}

// What encoding/csv writes is read as it was.
func TestReadsWhatOthersWrite(t *testing.T) {
	cell := rapid.StringMatching(`[a-z",;\n é]{0,5}x`)
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, 3, 3), 1, 8).Draw(t, "rows")
		var file bytes.Buffer
		w := csv.NewWriter(&file)
		w.UseCRLF = rapid.Bool().Draw(t, "crlf")
		_ = w.Write([]string{"a", "b", "c"})
		_ = w.WriteAll(rows)
		back, err := csv.NewReader(bytes.NewReader(file.Bytes())).ReadAll()
		if err != nil {
			t.Skip("not read by encoding/csv")
		}
		got, _, err := read(file.String(), false, table.Want{Name: "a", Kind: table.Text},
			table.Want{Name: "b", Kind: table.Text}, table.Want{Name: "c", Kind: table.Text})
		if err != nil || len(got) != len(rows) {
			t.Fatalf("%d rows of %d: %v", len(got), len(rows), err)
		}
		for i, row := range got {
			for j, c := range row {
				want := strings.TrimSpace(strings.ReplaceAll(back[i+1][j], "\r\n", "\n"))
				if strings.ReplaceAll(c, "\r\n", "\n") != want {
					t.Fatalf("%q, want %q", c, want)
				}
			}
		}
	})
}

func TestNumbersAreExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.Float64Range(-stat.Largest, stat.Largest).Draw(t, "v")
		s := strconv.FormatFloat(v, rapid.SampledFrom([]byte{'g', 'f', 'e'}).Draw(t, "format"), -1, 64)
		rows, _, err := read("x\n"+s+"\n", false, table.Want{Name: "x"})
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := strconv.ParseFloat(rows[0][0], 64); got != v {
			t.Fatalf("%s read as %v", s, got)
		}
	})
}

func TestNullWhereThereIsNoNumber(t *testing.T) {
	b, err := json.Marshal([]table.Num{1.5, table.Num(math.NaN()), table.Num(math.Inf(1))})
	if err != nil || string(b) != "[1.5,null,null]" {
		t.Errorf("%s %v", b, err)
	}
}

// A number whose square is none is refused where it stands, in every kind of column
// of numbers.
func TestNumbersTooLarge(t *testing.T) {
	for _, kind := range []table.Kind{table.Number, table.Time, table.Auto} {
		_, _, err := read("x\n1\n1e151\n", false, table.Want{Name: "x", Kind: kind})
		if err == nil || err.Error() != `line 3, column "x": a number too large to reckon with` {
			t.Errorf("kind %d: %v", kind, err)
		}
	}
	if _, _, err := read("x\nname\n1e151x\n", false, table.Want{Name: "x", Kind: table.Auto}); err != nil {
		t.Error(err)
	}
}
