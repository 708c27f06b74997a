package mine

import (
	"html"
	"strings"
	"time"

	"alongside/domain/audit"
	"alongside/platform/field"
	"alongside/platform/i18n"
)

// readable is the page a person takes along: one file that needs no other and
// asks no server for anything.
type readable struct {
	Copy
	at     time.Time
	parts  []Part
	leaves []audit.Leaf
}

func (r readable) html() []byte {
	var b strings.Builder
	w := r.Words
	css, err := files.ReadFile("taken.css")
	if err != nil {
		panic(err) // the file is part of the program
	}
	b.WriteString(`<!doctype html><html lang="` + string(w.Lang) + `" dir="` + w.Lang.Dir() + `"><head><meta charset="utf-8">`)
	b.WriteString(`<meta name="viewport" content="width=device-width, initial-scale=1"><title>` + text(w.T("mine.taken.title")) + `</title>`)
	b.WriteString("<style>" + string(css) + "</style></head><body>")
	element(&b, "h1", w.T("mine.taken.title"))
	element(&b, "p", w.T("mine.taken.lead", "Org", r.Org, "When", r.when(r.at)))
	element(&b, "p", w.T("mine.held.they"))
	for _, p := range r.parts {
		r.part(&b, p)
	}
	r.looks(&b)
	element(&b, "h2", w.T("mine.taken.others"))
	element(&b, "p", w.T("mine.taken.others-says"))
	b.WriteString("</body></html>\n")
	return []byte(b.String())
}

func (r readable) part(b *strings.Builder, p Part) {
	element(b, "h2", r.Words.Text(p.Title))
	for _, row := range p.Rows {
		b.WriteString("<article><dl>")
		for _, f := range row.Fields {
			fact(b, f)
		}
		b.WriteString("</dl>")
		if len(row.Apart) > 0 {
			b.WriteString(`<p class="muted">` + text(r.Words.T("mine.held.apart", "What", r.Words.List(row.Apart))) + "</p>")
		}
		for _, d := range row.Said {
			r.said(b, d)
		}
		b.WriteString("</article>")
	}
}

func (r readable) said(b *strings.Builder, d Dispute) {
	b.WriteString(`<div class="said">`)
	element(b, "p", r.Words.T("mine.said.you", "When", r.when(d.At), "Says", d.Says))
	if d.Answer != "" {
		element(b, "p", r.Words.T("mine.said.answer", "When", r.when(d.AnsweredAt), "Says", d.Answer))
	}
	b.WriteString("</div>")
}

// looks lists who looked by what they were, not by name: nobody else is in what
// a person takes along.
func (r readable) looks(b *strings.Builder) {
	element(b, "h2", r.Words.T("mine.taken.looks"))
	b.WriteString("<ul>")
	for _, l := range r.leaves {
		element(b, "li", r.Words.T("mine.taken.look", "When", r.when(l.When()), "Who", whoWords(r.Words, l), "Did", didWords(r.Words, l)))
	}
	b.WriteString("</ul>")
	element(b, "p", r.Words.T("mine.taken.proof"))
}

func (r readable) when(at time.Time) string { return i18n.Moment(r.Words.Lang, at.In(r.Zone)) }

func fact(b *strings.Builder, f field.Shown) {
	b.WriteString("<div><dt>" + text(f.Label) + "</dt><dd><bdi>" + text(f.Value) + "</bdi></dd></div>")
}

func element(b *strings.Builder, tag, words string) {
	b.WriteString("<" + tag + ">" + text(words) + "</" + tag + ">")
}

func text(s string) string { return html.EscapeString(s) }

// whoWords says what kind of someone did it.
func whoWords(w *i18n.Words, l audit.Leaf) string {
	kind := l.Role
	switch {
	case strings.HasPrefix(l.Actor, "link:"):
		kind = "link"
	case strings.HasPrefix(l.Actor, "operator:"):
		kind = "operator"
	case l.Actor == "system":
		kind = "program"
	}
	switch kind {
	case participant, "peer", "supervisor", "coordinator", "link", "operator", "program":
		return w.T("mine.who." + kind)
	}
	return w.T("mine.who.someone")
}

func didWords(w *i18n.Words, l audit.Leaf) string {
	switch l.Kind {
	case audit.Change:
		return w.T("mine.did.change")
	case audit.Disclosure:
		return w.T("mine.did.tell")
	}
	return w.T("mine.did.look")
}
