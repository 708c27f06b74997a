package web

import (
	"github.com/a-h/templ"

	"alongside/platform/errs"
	"alongside/platform/page"
)

// Samples are the frame's own pages, the errors, and every part of
// platform/page/ui, with made-up people.
func Samples() []page.Sample {
	out := []page.Sample{
		{Name: "shell/home", Doc: func(v *page.View) page.Doc { return homeDoc(v, "/sign-in", nil) }},
		{Name: "shell/home-signed-in", Doc: homeSignedIn},
		{Name: "shell/home-nothing-yet", Doc: func(v *page.View) page.Doc {
			v.Signed = storyRosa(v)
			return homeDoc(v, "/sign-in", nil)
		}},
		{Name: "shell/crisis", Doc: crisisDoc},
		{Name: "shell/offline", Doc: offlineDoc},
		{Name: "shell/offline-out", Doc: outDoc},
		{Name: "shell/crisis-unknown-country", Doc: func(v *page.View) page.Doc {
			v.Crisis, v.Country = nil, ""
			return crisisDoc(v)
		}},
		{Name: "parts/ask", Doc: askSample},
		{Name: "parts/ask-again", Doc: askAgainSample},
		{Name: "parts/status", Doc: statusSample},
		{Name: "parts/board", Doc: boardSample},
		{Name: "parts/empty", Doc: emptySample},
		{Name: "parts/own-page", Doc: ownPageSample},
		{Name: "parts/all", Doc: allSample},
	}
	return append(out, errorSamples()...)
}

func homeSignedIn(v *page.View) page.Doc {
	v.Signed = storyRosa(v)
	v.Org = "Riverside"
	v.Menu = storyMenu(v)
	return homeDoc(v, "/sign-in", nil)
}

// errorSamples draws the page of every kind of error as Answer would.
func errorSamples() []page.Sample {
	var out []page.Sample
	for _, k := range []errs.Kind{errs.NotFound, errs.Internal, errs.Invalid, errs.Conflict, errs.TooMany, errs.Unavailable} {
		out = append(out, sorrySample("errors/"+k.String(), errs.New(k, "sample", "")))
	}
	for _, say := range []string{"step-not-now", "changed-meanwhile", "old-form", "elsewhere", "behind-side-file"} {
		out = append(out, sorrySample("errors/"+say, errs.New(errs.Conflict, "sample", "error."+say)))
	}
	return out
}

func sorrySample(name string, err error) page.Sample {
	return page.Sample{Name: name, Doc: func(v *page.View) page.Doc {
		e := page.SorryFor(err)
		if isFault(e) {
			e.Ref = v.Ref
		}
		return (&shell{}).Sorry(v, e)
	}}
}

func whole(_ *page.View, kind page.DocKind, title string, body templ.Component) page.Doc {
	return page.Doc{Title: title, Kind: kind, Body: body, Narrow: true}
}
