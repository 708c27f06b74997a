package app

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// form stands on a page. It may be sent in several ways: as it stands, and with
// every question answered, by a day to come or one that has been.
type form struct {
	who, path string
	ways      []url.Values
}

// filling is one way to fill in forms.
type filling struct {
	w    *brim
	day  string // "" leaves a form as it stands
	last bool   // the last answer to each question, not the first
	bare bool   // no box is ticked
}

func (w *brim) fillings() []filling {
	day := func(n int) string { return w.clk.Now().AddDate(0, 0, n).Format("2006-01-02") }
	return []filling{{w: w, day: day(-1)}, {w: w, day: day(3), last: true}, {w: w, day: day(-1), bare: true}, {w: w}}
}

func (w *brim) parsed(page string) *html.Node {
	w.Helper()
	n, err := html.Parse(strings.NewReader(page))
	w.must(err)
	return n
}

// formsOf are the forms of a page that change something.
func (w *brim) formsOf(page string) (all []form) {
	w.Helper()
	return w.formsIn(w.parsed(page))
}

func (w *brim) formsIn(page *html.Node) (all []form) {
	for n := range page.Descendants() {
		if n.Data != "form" || !strings.EqualFold(attr(n, "method"), "post") {
			continue
		}
		f := form{path: attr(n, "action")}
		for _, how := range w.fillings() {
			way := how.in(n)
			if way.Has("long") {
				way.Del("minutes") // a length is chosen or written, not both
			}
			f.ways = append(f.ways, way)
		}
		all = append(all, f)
	}
	return all
}

func attr(n *html.Node, key string) string {
	i := slices.IndexFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
	if i < 0 {
		return ""
	}
	return n.Attr[i].Val
}

func marked(n *html.Node, key string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
}

// in are the fields of a form as a browser would send them.
func (how filling) in(f *html.Node) url.Values {
	out := url.Values{}
	pressed := false
	for n := range f.Descendants() {
		name := attr(n, "name")
		switch {
		case name == "" || marked(n, "disabled"):
		case n.Data == "select":
			out.Set(name, how.chosen(n))
		case n.Data == "textarea" && how.day != "":
			how.w.n++
			out.Set(name, fmt.Sprintf("Made-up words, and a number: %d.", how.w.n))
		case n.Data == "button" && !pressed:
			out.Set(name, attr(n, "value"))
			pressed = true
		case n.Data == "input":
			how.input(out, n, name)
		}
	}
	return out
}

// chosen is the option that is chosen or, when a form is filled in, the last.
func (how filling) chosen(list *html.Node) (value string) {
	first := true
	for n := range list.Descendants() {
		if n.Data == "option" && (first || how.day != "" || marked(n, "selected")) {
			value, first = attr(n, "value"), false
		}
	}
	return value
}

func (how filling) input(out url.Values, n *html.Node, name string) {
	value := attr(n, "value")
	switch attr(n, "type") {
	case "hidden":
		out.Add(name, value)
	case "radio":
		if marked(n, "checked") || how.day != "" && (how.last || !out.Has(name)) {
			out.Set(name, value)
		}
	case "checkbox":
		if marked(n, "checked") && !how.bare || how.day != "" && !how.bare && (how.last || !out.Has(name)) {
			out.Add(name, value)
		}
	case "file", "submit":
	default:
		if value == "" && how.day != "" {
			value = how.typed(n)
		}
		out.Add(name, value)
	}
}

func (how filling) typed(n *html.Node) string {
	how.w.n++
	switch attr(n, "type") {
	case "email":
		return fmt.Sprintf("n%d@made-up.example", how.w.n)
	case "tel":
		return "+15550123"
	case "date":
		return how.day
	case "time":
		return "10:00"
	case "datetime-local":
		return how.day + "T10:00"
	case "number":
		return max(attr(n, "min"), "1")
	case "password":
		return "made-up walnut lantern 7"
	}
	if attr(n, "inputmode") == "numeric" {
		return "1"
	}
	return "Made-up"
}
