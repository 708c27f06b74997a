package sheet_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"alongside/platform/sheet"
)

// read returns a line for each row: its line, its cells or what is wrong.
func read(t testing.TB, text string) (header []string, rows []string, err error) {
	t.Helper()
	r, err := sheet.New(strings.NewReader(text))
	if err != nil {
		return nil, nil, err
	}
	for {
		row, ok, err := r.Next()
		if err != nil {
			t.Fatal(err)
		}
		if !ok {
			return r.Header, rows, nil
		}
		if row.Problem != nil {
			rows = append(rows, sheet.Where(row.Line, row.Problem.Column, "")+row.Problem.Say)
			continue
		}
		rows = append(rows, fmt.Sprintf("%d %s", row.Line, strings.Join(row.Cells, "|")))
	}
}

func TestFilesAsSpreadsheetsWriteThem(t *testing.T) {
	for name, c := range map[string]struct {
		in     string
		header string
		rows   []string
	}{
		"plain":            {"a,b\n1,2\n", "a|b", []string{"2 1|2"}},
		"no last line end": {"a,b\n1,2", "a|b", []string{"2 1|2"}},
		"CR LF and a mark": {"\ufeffa,b\r\n1,2\r\n", "a|b", []string{"2 1|2"}},
		"CR alone":         {"a,b\r1,2\r3,4", "a|b", []string{"2 1|2", "3 3|4"}},
		"semicolons":       {"a;b\n1,5;2\n", "a|b", []string{"2 1,5|2"}},
		"tabs":             {"a\tb\n1\t2\n", "a|b", []string{"2 1|2"}},
		"said":             {"sep=;\r\na;b\r\n1;2\r\n", "a|b", []string{"3 1|2"}},
		"said, a comma":    {"sep=,\na,b\n1,2\n", "a|b", []string{"3 1|2"}},
		"one column":       {"a\n1\n", "a", []string{"2 1"}},
		"blank lines":      {"\n\na,b\n\n1,2\n,\n", "a|b", []string{"4 ", "5 1|2", "6 |"}},
		"quotes":           {"\"a\",\"b \"\"x\"\"\"\n\"1\n1\",2\n3,4\n", "a|b \"x\"", []string{"2 1\n1|2", "4 3|4"}},
		"quote in a word":  {"a,b\nBo\"b,5' 10\"\n", "a|b", []string{"2 Bo\"b|5' 10\""}},
		"after a quote":    {"a,b\n\"Bob\" x,2\n3,4\n", "a|b", []string{"line 2, column 1: has words after its closing quote; a quote inside a cell is written twice", "3 3|4"}},
		"lost quote":       {"a,b\n1,\"2\n3,4\n5,6\n", "a|b", []string{"line 2, column 2: opens a quote that is never closed", "3 3|4", "4 5|6"}},
		"too few, too many": {"a,b\n1\n1,2,3\n4,5\n", "a|b", []string{
			"line 2: has 1 cell where the header has 2", "line 3: has 3 cells where the header has 2", "4 4|5",
		}},
		"Latin-1": {"a,b\n1,Jos\xe9\n3,4\n", "a|b", []string{
			"line 2, column 2: is not UTF-8 (saved as Latin-1 or Windows-1252?); save it as “CSV UTF-8” in the spreadsheet", "3 3|4",
		}},
		"a far zero byte": {"a,b\n" + "1,2\n" + strings.Repeat(" ", 600) + ",x\x00y\n", "a|b", []string{"2 1|2", "line 3, column 2: has a zero byte in it"}},
		"header only":     {"a,b\n", "a|b", nil},
	} {
		header, rows, err := read(t, c.in)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if strings.Join(header, "|") != c.header || !reflect.DeepEqual(rows, c.rows) {
			t.Errorf("%s: %q\n got %q\nwant %q", name, header, rows, c.rows)
		}
	}
}

func TestWhatIsNoCSVIsRefusedInWords(t *testing.T) {
	for in, want := range map[string]string{
		"":                         "the file is empty",
		"\ufeff":                   "the file is empty",
		"\n\n":                     "the file is empty",
		"PK\x03\x04xxxx":           "spreadsheet (.xlsx",
		"\xff\xfea\x00":            "UTF-16",
		"a\x00b":                   "no text file",
		"a,Pr\xe9nom\n1,2\n":       "line 1, column 2: is not UTF-8",
		"\"a,b\n1,2\n":             "line 1, column 1: opens a quote",
		"%PDF-1.4\n":               "a PDF",
		"\x1f\x8b\x08\x00\x00\x00": "packed",
	} {
		if _, _, err := read(t, in); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", in, err, want)
		}
	}
}

// TestAsEncodingCSV: what encoding/csv writes is read back the same.
func TestAsEncodingCSV(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 5).Draw(t, "columns")
		cell := rapid.StringMatching("[a-zé\", ;\t\nا]{0,8}")
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, n, n), 1, 20).Draw(t, "rows")
		for _, row := range rows {
			row[0] = "x" + row[0] // a row with nothing in it is nothing to read
		}
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		w.Write(append([]string{"h"}, make([]string, n-1)...))
		w.WriteAll(rows)
		r, err := sheet.New(iotest{&b})
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range rows {
			got, ok, err := r.Next()
			if err != nil || !ok || got.Problem != nil || !reflect.DeepEqual(got.Cells, want) {
				t.Fatalf("row %d of %q: %q %v %v", i, b.String(), got.Cells, got.Problem, err)
			}
		}
		if row, ok, _ := r.Next(); ok {
			t.Fatalf("one more: %q", row.Cells)
		}
	})
}

// iotest hands out a few bytes at a time.
type iotest struct{ r io.Reader }

func (i iotest) Read(p []byte) (int, error) { return i.r.Read(p[:min(len(p), 7)]) }

// TestLongFilesCostNoMemory reads 100 MB, with a quote lost on the way.
func TestLongFilesCostNoMemory(t *testing.T) {
	const rows = 2_000_000
	line := "Ana,555-0100,ana@made-up.example,es,no,no\n"
	in := io.MultiReader(strings.NewReader("n,p,m,l,v,t\n"), &repeat{line, rows / 2},
		strings.NewReader("\"lost,1,2,3,4,5\n"), &repeat{line, rows / 2})
	r, err := sheet.New(in)
	if err != nil {
		t.Fatal(err)
	}
	good, bad := 0, 0
	var m runtime.MemStats
	for {
		row, ok, err := r.Next()
		if err != nil {
			t.Fatal(err)
		}
		if !ok {
			break
		}
		if good++; row.Problem != nil {
			good, bad = good-1, bad+1
		}
	}
	runtime.ReadMemStats(&m)
	if good != rows || bad != 1 || m.Sys > 64<<20 {
		t.Errorf("%d rows, %d refused, %d MB", good, bad, m.Sys>>20)
	}
}

// repeat is one line, many times.
type repeat struct {
	line string
	left int
}

func (r *repeat) Read(p []byte) (int, error) {
	n := 0
	for r.left > 0 && n+len(r.line) <= len(p) {
		n += copy(p[n:], r.line)
		r.left--
	}
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}
