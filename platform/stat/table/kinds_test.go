package table_test

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"alongside/platform/stat/table"
)

// What each kind of column takes, and in which words it refuses the rest.
func TestKindsOfColumns(t *testing.T) {
	const event, flag = "an event is 0", "only 0 and 1 (or FALSE and TRUE) can stand here"
	for _, c := range []struct {
		kind    table.Kind
		takes   string // cells, and what each is read as
		refuses string
		say     string
	}{
		{table.Number, "-1=-1 +2=2 0=0 -0=0 .5=0.5 5.=5 1e3=1000 -1E-3=-0.001 007=7", "", ""},
		{table.Time, "0=0 0.25=0.25 1e10=1e+10", "-1 -0.001", "a time below 0"},
		{table.Share, "0=0 1=1 0.5=0.5", "-0.1 1.1 2", "a value outside 0 to 1"},
		{table.Event, "0=0 1=1 31=31 2.0=2 TRUE=1 T=1 true=1 True=1 FALSE=0 F=0 false=0 False=0", "32 -1 1.5", event},
		{table.Flag, "0=0 1=1 TRUE=1 FALSE=0", "2 -1 0.5", flag},
	} {
		for _, cell := range strings.Fields(c.takes) {
			cell, want, _ := strings.Cut(cell, "=")
			if got, err := oneCell(cell, c.kind); err != nil || got != want {
				t.Errorf("kind %d, %s: %s %v, want %s", c.kind, cell, got, err, want)
			}
		}
		for _, cell := range strings.Fields(c.refuses) {
			if _, err := oneCell(cell, c.kind); err == nil || !strings.HasPrefix(err.Error(), `line 2, column "x": `+c.say) {
				t.Errorf("kind %d, %s: %v", c.kind, cell, err)
			}
		}
		for _, cell := range []string{"x", "+", "-.", "1e", "e5", "1..2", "--1", "1-", "0x10", "Inf", "1_0", "١", "tRUE"} {
			if _, err := oneCell(cell, c.kind); err == nil || !strings.HasPrefix(err.Error(), `line 2, column "x": text where a number belongs`) {
				t.Errorf("kind %d, %s: %v", c.kind, cell, err)
			}
		}
	}
	for cell, want := range map[string]string{
		"1e400": "a number too large to reckon with", "-1e400": "a number too large to reckon with",
		"1,5": "a number with a comma in it",
	} {
		if _, err := oneCell(`"`+cell+`"`, table.Number); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", cell, err)
		}
	}
}

// oneCell is the number that a cell of that kind is read as.
func oneCell(cell string, kind table.Kind) (string, error) {
	r, err := table.Open(strings.NewReader("x\n" + cell + "\n"))
	if err != nil {
		return "", err
	}
	if err := r.Select(false, table.Want{Name: "x", Kind: kind}); err != nil {
		return "", err
	}
	if _, err := r.Next(); err != nil {
		return "", err
	}
	return strconv.FormatFloat(r.Number(0)+0, 'g', -1, 64), nil
}

// Short decimals do not go to strconv, and are read as it reads them.
func TestShortDecimalsAreExact(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		digits := fmt.Sprint(random.Int64N(1_000_000_000_000_000))
		digits = strings.Repeat("0", random.IntN(4)) + digits[random.IntN(len(digits)):]
		at := random.IntN(len(digits) + 1)
		s := []string{"", "-", "+"}[random.IntN(3)] + digits[:at] + "." + digits[at:]
		want, err := strconv.ParseFloat(s, 64)
		if err != nil {
			t.Fatal(s, err)
		}
		if got, ok := table.ParseNumber(s); !ok || got != want {
			t.Fatalf("%s is read as %v, not %v", s, got, want)
		}
	}
}

// Every word for a cell that holds nothing, and those that only look like one.
func TestWordsForNothing(t *testing.T) {
	for _, cell := range []string{"", "NA", "NaN", "null", "NULL", `""`, " ", " NA "} {
		if _, _, err := read("x,y\n1,2\n"+cell+",1\n", false, table.Want{Name: "x"}); err == nil || !strings.Contains(err.Error(), "the cell is missing") {
			t.Errorf("%q: %v", cell, err)
		}
		_, leftOut, err := read("x,y\n1,2\n"+cell+",1\n", true, table.Want{Name: "x"})
		if err != nil || leftOut != 1 {
			t.Errorf("%q: %d left out, %v", cell, leftOut, err)
		}
	}
	for _, cell := range []string{"na", "nan", "Null", "none", "NAN", "N/A", "-"} {
		if _, _, err := read("x,y\n1,2\n"+cell+",1\n", true, table.Want{Name: "x"}); err == nil {
			t.Errorf("%q counts as nothing", cell)
		}
	}
}

// The first line that Excel writes names the sign between cells, whatever the
// header has most of; another such line is a header.
func TestTheFileNamesItsSign(t *testing.T) {
	for file, want := range map[string]string{
		"sep=;\nx;a,b,c\n1;2\n": "1", "sep=,\nx,a;b;c\n1,2\n": "1", "sep=\t\nx\ta\n1\t2\n": "1", "x;a;b,c\n1;2;3\n": "1", "x,a\n1,2\n": "1",
	} {
		rows, _, err := read(file, false, table.Want{Name: "x"})
		if err != nil || rows[0][0] != want {
			t.Errorf("%q: %v %v", file, rows, err)
		}
	}
	for _, file := range []string{"sep=|\nx|a\n1|2\n", "sep=;;\nx;a\n1;2\n", "sep=\nx;a\n1;2\n"} {
		if rows, _, err := read(file, false, table.Want{Name: "x"}); err == nil {
			t.Errorf("%q: %v", file, rows)
		}
	}
}

// Columns as they are gathered: numbers, levels, and lines to point at.
func TestGather(t *testing.T) {
	r, err := table.Open(strings.NewReader("n,t,auto,words\n1,b,7,\"x\ny\"\nNA,b,8,z\n2,a,9,x\n"))
	if err != nil {
		t.Fatal(err)
	}
	wants := []table.Want{{Name: "n"}, {Name: "t", Kind: table.Text}, {Name: "auto", Kind: table.Auto}, {Name: "words", Kind: table.Auto}}
	if err := r.Select(true, wants...); err != nil {
		t.Fatal(err)
	}
	c, lines, err := r.GatherLines()
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(lines, c[0].Numbers, c[1].Levels, c[1].Codes, c[2].Numbers, c[3].Levels, c[3].Codes); got != "[2 5] [1 2] [a b] [1 0] [7 9] [x x\ny] [1 0]" {
		t.Error(got)
	}
	if c[0].IsFactor() || !c[1].IsFactor() || c[2].IsFactor() || !c[3].IsFactor() || r.LeftOut() != 1 || r.Rows() != 2 {
		t.Errorf("%d left out of %d: %+v", r.LeftOut(), r.Rows(), c)
	}
}

// A missing column is named beside a dozen that are there.
func TestColumnsThatAreThere(t *testing.T) {
	for n, want := range map[int]string{12: "a, a, a, a, a, a, a, a, a, a, a, a", 13: "a, a, a, a, a, a, a, a, a, a, a, a …"} {
		_, _, err := read(strings.Repeat("a,", n-1)+"a\n", false, table.Want{Name: "x"})
		if err == nil || !strings.HasSuffix(err.Error(), "the file has "+want) {
			t.Errorf("%d columns: %v", n, err)
		}
	}
}
