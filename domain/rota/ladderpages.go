package rota

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"alongside/domain/ref"
	"alongside/platform/field"
	"alongside/platform/notify"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// ladderForm is a site's ladder, to change.
type ladderForm struct {
	Done     bool
	Own      bool // the site has a ladder of its own, and does not follow another
	Site     ref.Site
	Places   []Place
	Rows     []Rung
	Unused   []string // channels that cannot be used now
	Act      string
	Problems []page.Problem
}

func (f ladderForm) tone(site ref.Site) ui.ButtonTone {
	if f.Site == site {
		return ui.Go
	}
	return ui.Quiet
}

// of names whose ladder it is.
func (f ladderForm) of(v *page.View) string {
	for _, p := range f.Places {
		if p.ID == f.Site {
			return p.Name
		}
	}
	return v.T("rota.every-site")
}

// whose says whether the site goes by this ladder alone, or follows another.
func (f ladderForm) whose(v *page.View) string {
	switch {
	case f.Site == "":
		return v.T("rota.ladder.every")
	case f.Own:
		return v.T("rota.ladder.own")
	}
	return v.T("rota.ladder.follows")
}

// wrong reports whether something on the i-th rung is to be looked at again.
func (f ladderForm) wrong(i int) bool {
	return slices.ContainsFunc(f.Problems, func(p page.Problem) bool {
		return slices.Contains([]string{rungField("who", i), rungField("wait", i), rungField("channels", i)}, p.Field)
	})
}

// rung names a rung on the line that opens it, with how long it waits before the
// next: a ladder of six is read at once.
func (f ladderForm) rung(v *page.View, i int) string {
	d, _ := Rungs().Field("who")
	for _, o := range d.Options {
		if o.Value != f.Rows[i].Who {
			continue
		}
		if wait := f.Rows[i].wait(); o.Value != Telephone && wait >= time.Minute {
			return v.T("rota.ladder.rung-wait", "N", i+1, "Who", v.Text(o.Label), "Wait", lasts(v, wait))
		}
		return v.T("rota.ladder.rung", "N", i+1, "Who", v.Text(o.Label))
	}
	return v.T("rota.ladder.more")
}

func (f ladderForm) who(v *page.View, i int) ui.ChoiceProps {
	d, _ := Rungs().Field("who")
	options := append(optionsOf(v, d.Options), ui.OptionProps{Label: v.T("rota.ladder.none")})
	name := rungField("who", i)
	return ui.ChoiceProps{Name: name, Label: v.Text(d.Label), Values: []string{f.Rows[i].Who}, Options: options, Say: page.ProblemOf(f.Problems, name)}
}

func (f ladderForm) wait(v *page.View, i int) ui.FieldProps {
	d, _ := Rungs().Field("wait")
	name := rungField("wait", i)
	return ui.FieldProps{Name: name, Label: v.Text(d.Label), Kind: "number", Value: strconv.FormatInt(f.Rows[i].Wait, 10), Say: page.ProblemOf(f.Problems, name)}
}

func (f ladderForm) channels(v *page.View, i int) ui.ChoiceProps {
	d, _ := Rungs().Field("channels")
	name := rungField("channels", i)
	beside := slices.DeleteFunc(slices.Clone(d.Options), func(o field.Option) bool { return o.Value == notify.App })
	return ui.ChoiceProps{Name: name, Label: v.Text(d.Label), Hint: v.T("rota.ladder.pages"), Values: f.Rows[i].Channels, Options: optionsOf(v, beside), Say: page.ProblemOf(f.Problems, name)}
}

// unused names the ways that cannot be used now.
func (f ladderForm) unused(v *page.View) string {
	var out []string
	for _, c := range f.Unused {
		out = append(out, channelName(v, c))
	}
	return strings.Join(out, ", ")
}

func ladderDoc(v *page.View, f ladderForm) page.Doc {
	return workDoc(v.T("rota.ladder.title"), page.Doc{Body: ladderBody(v, f)})
}
