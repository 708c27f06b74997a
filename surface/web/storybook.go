package web

import (
	"net/http"
	"time"

	"alongside/platform/errs"
	"alongside/platform/i18n"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// storyTime is when every sample is drawn: a Friday night.
func storyTime() time.Time { return time.Date(2026, 11, 20, 23, 5, 0, 0, time.UTC) }

// storyIndex lists every sample in every language, light and dark.
func (w *Web) storyIndex(rw http.ResponseWriter, r *http.Request) error {
	v := page.From(r.Context())
	return page.Show(rw, r, page.Doc{Title: v.T("shell.pages-title"), Body: storyList(v, w.samples)})
}

// storyPage draws one sample: /pages/NAME?lang=ar&theme=dark.
func (w *Web) storyPage(rw http.ResponseWriter, r *http.Request) error {
	if r.PathValue("name") == "" {
		return w.storyIndex(rw, r)
	}
	for _, s := range w.samples {
		if s.Name == r.PathValue("name") {
			return w.draw(rw, r, s)
		}
	}
	return errs.New(errs.NotFound, "web: no such sample", "")
}

func (w *Web) draw(rw http.ResponseWriter, r *http.Request, s page.Sample) error {
	lang, _ := spoken(r.URL.Query().Get("lang"))
	v := w.storyView(lang, r.URL.Query().Get("theme"), r.URL.Path)
	d := s.Doc(v)
	if d.Kind == page.Worker && v.Signed == nil {
		v.Signed = storyRosa(v)
	}
	d.Status, d.Live = 0, "" // every sample is a page that stands still
	ctx := page.With(r.Context(), page.Setting{View: v, Shell: w.shell, Log: w.Log})
	return page.Show(rw, r.WithContext(ctx), d)
}

func (w *Web) storyView(lang i18n.Lang, theme, path string) *page.View {
	if theme != "light" && theme != "dark" {
		theme = ""
	}
	return &page.View{
		Words: w.Words.In(lang), Lang: lang, Theme: theme, Path: path,
		Now: storyTime(), Zone: time.UTC, Ref: "k3v9x2ab", Country: "us", Crisis: storyLines(),
	}
}

func storyRosa(v *page.View) *page.Signed {
	note := i18n.Text{EN: "on duty until 07:00", ES: "de turno hasta las 07:00", AR: "مناوِبة حتى 07:00"}
	return &page.Signed{Name: "Rosa", Role: "peer", Note: v.Text(note)}
}

// storyLines are made-up crisis lines.
func storyLines() []page.CrisisLine {
	return []page.CrisisLine{
		{
			Name: i18n.Text{EN: "Emergency", ES: "Emergencias", AR: "الطوارئ"},
			Says: i18n.Text{EN: "Someone is hurt or may die.", ES: "Alguien está herido o puede morir.", AR: "شخص مصاب أو قد يموت."},
			Call: "911", First: true,
		},
		{
			Name: i18n.Text{EN: "Crisis line", ES: "Línea de crisis", AR: "خط الأزمات"},
			Says: i18n.Text{EN: "You think of dying, or it is all too much.", ES: "Piensa en morir, o ya no puede más.", AR: "تفكّر في الموت، أو لم تعد تحتمل."},
			Call: "988", Text: "988",
		},
	}
}

func storyColumns(v *page.View) []ui.Column {
	out := []ui.Column{{Words: v.T("shell.pages-sample")}}
	for _, l := range i18n.Langs() {
		for _, theme := range []string{"light", "dark"} {
			out = append(out, ui.Column{Words: string(l) + " " + v.T("ui.theme-"+theme)})
		}
	}
	return out
}

func storyRows(samples []page.Sample) [][]ui.Cell {
	var out [][]ui.Cell
	for _, s := range samples {
		row := []ui.Cell{{Words: s.Name, Path: "/pages/" + s.Name}}
		for _, l := range i18n.Langs() {
			for _, theme := range []string{"light", "dark"} {
				row = append(row, ui.Cell{Words: string(l) + " " + theme, Path: "/pages/" + s.Name + "?lang=" + string(l) + "&theme=" + theme})
			}
		}
		out = append(out, row)
	}
	return out
}
