package tenant

import (
	"context"
	"html"
	"strconv"
	"strings"
	"time"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/i18n"
	"alongside/platform/seal"
)

// Kit makes a new recovery kit and records that it was made. Who may ask is
// for the caller to decide: whoever has both sheets has the organisation's
// keys. Kits made before go on working.
func (s *Service) Kit(ctx context.Context, t ref.Tenant) (seal.Kit, error) {
	o, err := s.Get(ctx, t)
	if err != nil {
		return seal.Kit{}, err
	}
	kit, err := s.Vault.Kit(string(t))
	if err != nil {
		return kit, errs.Wrap("tenant: kit", err)
	}
	kit.Name = o.Name
	err = s.DB.Write(operator(ctx, t), func(tx *db.Tx) error {
		return audit.Write(tx, audit.Entry{Kind: audit.Change, Action: "tenant.kit", Record: "tenant_tenant/" + string(t)})
	})
	if err != nil {
		return seal.Kit{}, errs.Wrap("tenant: kit", err)
	}
	return kit, nil
}

// Sheet is one half of a recovery kit as its keeper reads it.
type Sheet struct {
	kit   seal.Kit
	share seal.Share
	words *i18n.Words
}

// Sheets returns the two halves of a kit in one language.
func Sheets(k seal.Kit, w *i18n.Words) [2]Sheet { return [2]Sheet{{k, k.A, w}, {k, k.B, w}} }

// facts are the sheet's names and values: which half, of whom, made when.
func (s Sheet) facts() [][2]string {
	return [][2]string{
		{s.words.T("tenant.kit.org"), s.kit.Name},
		{s.words.T("tenant.kit.id"), s.kit.Tenant},
		{s.words.T("tenant.kit.made"), s.kit.Made.UTC().Format(time.DateOnly)},
	}
}

func (s Sheet) title() string { return s.words.T("tenant.kit.title", "Letter", s.share.Letter) }

// block is one paragraph of a sheet: a heading, words, or what is typed as it
// stands.
type block struct{ kind, text string }

const (
	heading = "h2"
	words   = "p"
	typed   = "code"
)

func (s Sheet) blocks() []block {
	t := s.words.T
	return []block{
		{heading, t("tenant.kit.what")},
		{words, t("tenant.kit.what.half")},
		{words, t("tenant.kit.what.alone")},
		{words, t("tenant.kit.what.holds")},
		{heading, t("tenant.kit.keep")},
		{words, t("tenant.kit.keep.where")},
		{words, t("tenant.kit.keep.not")},
		{words, t("tenant.kit.keep.leave")},
		{heading, t("tenant.kit.use")},
		{words, t("tenant.kit.use.run")},
		{typed, "alongside recover --data DIR --org-id " + s.kit.Tenant},
		{words, t("tenant.kit.use.type")},
		{words, t("tenant.kit.use.letters")},
		{typed, strings.Join(strings.Split(seal.KitLetters, ""), " ")},
		{words, t("tenant.kit.use.copy")},
	}
}

// Text is the sheet for a terminal. No line of it but those of the share begins
// with a number, so that it can be given to recover whole.
func (s Sheet) Text() string {
	var b strings.Builder
	line := func(words ...string) { b.WriteString(strings.Join(words, "") + "\n") }
	line(s.title())
	for _, f := range s.facts() {
		line("  ", f[0], ": ", f[1])
	}
	line()
	for _, l := range s.share.Lines() {
		line("  ", l)
	}
	for _, p := range s.blocks() {
		switch p.kind {
		case heading:
			line("\n", p.text)
		case typed:
			line("    ", p.text)
		default:
			line("  ", p.text)
		}
	}
	return b.String()
}

// Page is both sheets as one page to print, each on paper of its own. It needs
// nothing but itself and is not meant to be served.
func Page(k seal.Kit, w *i18n.Words) string {
	css, err := files.ReadFile("kit.css")
	if err != nil {
		panic(err) // it is embedded
	}
	var b strings.Builder
	b.WriteString("<!doctype html>\n<html lang=\"" + string(w.Lang) + "\" dir=\"" + w.Lang.Dir() + "\">\n<head>\n<meta charset=\"utf-8\">\n" +
		"<meta name=\"viewport\" content=\"width=device-width\">\n")
	element(&b, "title", "", w.T("tenant.kit.head"))
	b.WriteString("<style>\n" + string(css) + "</style>\n</head>\n<body>\n<main>\n")
	for _, s := range Sheets(k, w) {
		s.section(&b)
	}
	b.WriteString("</main>\n</body>\n</html>\n")
	return b.String()
}

func (s Sheet) section(b *strings.Builder) {
	b.WriteString("<section>\n")
	element(b, "h1", "", s.title())
	b.WriteString("<dl>\n")
	for _, f := range s.facts() {
		element(b, "dt", "", f[0])
		b.WriteString("<dd>")
		element(b, "bdi", "", f[1])
		b.WriteString("</dd>\n")
	}
	b.WriteString("</dl>\n<table class=\"lines\" dir=\"ltr\">\n")
	for i, l := range s.share.Lines() {
		b.WriteString("<tr>")
		element(b, "th", `scope="row"`, strconv.Itoa(i+1))
		for _, group := range strings.Fields(l)[1:] {
			element(b, "td", "", group)
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("</table>\n")
	for _, p := range s.blocks() {
		attr := ""
		if p.kind == typed {
			attr = `dir="ltr"`
		}
		element(b, p.kind, attr, p.text)
	}
	b.WriteString("</section>\n")
}

func element(b *strings.Builder, name, attr, text string) {
	if attr != "" {
		attr = " " + attr
	}
	b.WriteString("<" + name + attr + ">" + html.EscapeString(text) + "</" + name + ">\n")
}
