package plot_test

import (
	"bytes"
	"encoding/xml"
	"io"
	"math"
	"strings"
	"testing"

	"alongside/platform/stat/plot"
)

func picture() plot.Picture {
	return plot.Picture{Title: "Share still in support <by> arm", X: "days", Y: "share", Lines: []plot.Line{
		{Name: "a & b", From: 1, Last: 100, Steps: []plot.Step{{X: 10, Y: .8, Lower: .6, Upper: .9}, {X: 60, Y: .5, Lower: math.NaN(), Upper: math.NaN()}}, AtRisk: func(x float64) int64 { return int64(100 - x) }},
		{Name: "c", From: 1, Last: 50, Steps: []plot.Step{{X: 25, Y: .25, Lower: .1, Upper: .4}}},
	}}
}

func TestSVGIsXMLWithoutScriptOrStyle(t *testing.T) {
	var b bytes.Buffer
	if err := plot.SVG(&b, picture()); err != nil {
		t.Fatal(err)
	}
	d := xml.NewDecoder(bytes.NewReader(b.Bytes()))
	texts := ""
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if s, ok := token.(xml.StartElement); ok && (s.Name.Local == "script" || s.Name.Local == "style" || s.Name.Local == "image") {
			t.Errorf("holds %s", s.Name.Local)
		}
		if c, ok := token.(xml.CharData); ok {
			texts += string(c) + "|"
		}
	}
	for _, want := range []string{"Share still in support <by> arm", "a & b", "Still watched", "days", "100"} {
		if !strings.Contains(texts, want) {
			t.Errorf("%q is not in the picture", want)
		}
	}
	if strings.Contains(b.String(), "NaN") {
		t.Error("a missing limit was drawn")
	}
}

func TestSVGStaysSmall(t *testing.T) {
	p := picture()
	for i := range 200_000 {
		x := float64(i) / 2000
		p.Lines[0].Steps = append(p.Lines[0].Steps, plot.Step{X: x, Y: 1 - x/100, Lower: 1 - x/99, Upper: 1 - x/101})
	}
	var b bytes.Buffer
	if err := plot.SVG(&b, p); err != nil || b.Len() > 200_000 {
		t.Errorf("%d bytes, %v", b.Len(), err)
	}
}

func TestTerminal(t *testing.T) {
	var b bytes.Buffer
	if err := plot.Terminal(&b, picture()); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(b.String(), "\n")
	if !strings.HasPrefix(lines[2], "100 % |x") {
		t.Errorf("the top line is %q", lines[2])
	}
	if !strings.Contains(b.String(), "  x  c") || !strings.Contains(b.String(), "still") {
		t.Error(b.String())
	}
	t.Log("\n" + b.String())
}
