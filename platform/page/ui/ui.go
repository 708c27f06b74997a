// Package ui has the parts that pages are laid out from: the path of stones,
// the clock ring, cards, form fields, buttons. Each takes typed props and words
// that are already in the reader's language; its own few words come from the
// view in the context. No part needs JavaScript, and none carries a style or a
// script inside it.
//
// It is not a library because these parts, their words and their sizes are the
// look of this program; the markup follows the patterns of GOV.UK and the NHS.
package ui

import (
	"embed"
	"io/fs"
	"strings"

	"github.com/a-h/templ"

	"alongside/platform/i18n"
	"alongside/platform/page"
)

//go:embed words/*.json
var words embed.FS

// Words are the parts' own words, under the prefix "ui".
func Words() i18n.Source {
	sub, err := fs.Sub(words, "words")
	if err != nil {
		return i18n.Source{Prefix: "ui", FS: words}
	}
	return i18n.Source{Prefix: "ui", FS: sub}
}

// Tone says what kind of thing a tag, notice or button is. A word always says
// it too; tone is never the only sign.
type Tone string

// The tones.
const (
	Soft Tone = ""     // quiet
	Lamp Tone = "lamp" // needs you
	Clay Tone = "clay" // leave, harm, cannot be undone
	Leaf Tone = "leaf" // done well
)

// class joins a base class with its tone: "tag tag-lamp".
func class(base string, t Tone) string {
	if t == Soft {
		return base
	}
	return base + " " + base + "-" + string(t)
}

// classed is a class as an attribute. class={ … } gathers classes in a map, for
// style sheets of single parts that we do not have: for a part that stands on a
// page a hundred times that is worth leaving out.
func classed(c string) templ.OrderedAttributes {
	return templ.OrderedAttributes{{Key: "class", Value: c}}
}

// describedBy lists the ids of hint and problem that exist, for
// aria-describedby.
func describedBy(name, hint, say string) string {
	ids := ""
	if hint != "" {
		ids = page.Anchor(name) + "-hint"
	}
	if say != "" {
		if ids != "" {
			ids += " "
		}
		ids += page.Anchor(name) + "-say"
	}
	return ids
}

// Apart keeps a name or a number in its own direction inside a sentence of the
// other one. Use it for what is put into words, e.g. T(key, "Name", Apart(n)). Nothing
// in it ends that, or turns what stands beside it.
func Apart(s string) string { return "\u2068" + i18n.Straight(s) + "\u2069" }

// composed says that words are a sentence of ours with something set Apart in it.
func composed(words string) bool { return strings.Contains(words, "\u2068") }
