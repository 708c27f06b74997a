package workforce

import (
	"context"
	"html"
	"strings"

	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/page"
)

// Take is all that whoever asks wrote, the oldest first. What others wrote with
// them is theirs, and is not in it.
func (s *Service) Take(ctx context.Context) (out []Entry, err error) {
	err = s.DB.Write(ctx, func(tx *db.Tx) error {
		if err := s.enter(tx); err != nil {
			return err
		}
		if err := s.mayKeep(tx); err != nil {
			return err
		}
		list, err := s.entries.List(tx, "WHERE tenant = $1 AND account = $2 AND gone_at = 0 ORDER BY written_at, entry", me(tx))
		if err != nil {
			return err
		}
		out = readable(list)
		return looked(tx)
	})
	return out, errs.Wrap("workforce: take", err)
}

// taken is a page that needs no other and asks no server for anything.
func taken(v *page.View, list []Entry) []byte {
	css, err := files.ReadFile("taken.css")
	if err != nil {
		panic(err) // the file is part of the program
	}
	var b strings.Builder
	b.WriteString(`<!doctype html><html lang="` + string(v.Lang) + `" dir="` + v.Dir() + `"><head><meta charset="utf-8">`)
	b.WriteString(`<meta name="viewport" content="width=device-width, initial-scale=1"><title>` + html.EscapeString(v.T("workforce.taken.title")) + `</title>`)
	b.WriteString("<style>" + string(css) + "</style></head><body>")
	element(&b, "h1", v.T("workforce.taken.title"))
	element(&b, "p", v.T("workforce.taken.lead", "When", v.Date(v.Now)))
	element(&b, "p", v.T("workforce.taken.theirs"))
	for _, e := range list {
		b.WriteString("<article>")
		element(&b, "h2", kindWords(v, e))
		element(&b, "p", v.Date(e.WrittenAt))
		b.WriteString(`<div dir="auto">` + html.EscapeString(e.Words) + "</div></article>")
	}
	b.WriteString("</body></html>\n")
	return []byte(b.String())
}

func element(b *strings.Builder, tag, words string) {
	b.WriteString("<" + tag + ">" + html.EscapeString(words) + "</" + tag + ">")
}
