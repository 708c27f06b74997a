package rota

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"alongside/platform/notify"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// channelsForm is the channels that leave the building, with their forms.
type channelsForm struct {
	All      []notify.Faring
	Done     bool
	Channel  string     // whose form has a problem
	In       url.Values // what was typed in it
	Act      string
	Problems []page.Problem
}

func channelsDoc(v *page.View, f channelsForm) page.Doc {
	return workDoc(v.T("rota.channels.title"), page.Doc{Body: channelsBody(v, f)})
}

func channelName(v *page.View, channel string) string {
	e, _ := Rungs().Field("channels")
	return v.Text(e.Option(channel))
}

func channelTags(v *page.View, c notify.Faring) []ui.TagProps {
	var out []ui.TagProps
	if c.Open() {
		out = append(out, ui.TagProps{Words: v.T("rota.channels.open"), Tone: ui.Leaf})
	} else {
		out = append(out, ui.TagProps{Words: v.T("rota.channels.shut")})
	}
	if !c.Exists {
		out = append(out, ui.TagProps{Words: v.T("rota.channels.unset"), Tone: ui.Lamp})
	}
	return out
}

// channelSays is since when it is open and why, or that nothing goes out.
func channelSays(v *page.View, c notify.Faring) string {
	switch {
	case c.Open():
		return v.T("rota.channels.since", "When", v.When(c.Latest.OpenedAt)) + " " + v.T("rota.channels."+c.Latest.Basis, "Why", ui.Apart(c.Latest.Why))
	case c.Latest.Channel != "":
		return v.T("rota.channels.ended", "When", v.When(c.Latest.ShutAt))
	}
	return v.T("rota.channels.never")
}

// Setting names that by which the program is given a way to use a channel; "" where
// it needs none.
func Setting(channel string) string {
	return map[string]string{notify.Mail: "ALONGSIDE_SMTP", notify.SMS: "ALONGSIDE_SMS"}[channel]
}

func channelFacts(v *page.View, c notify.Faring) []ui.Fact {
	out := []ui.Fact{
		{Label: v.T("rota.channels.ways"), Value: strconv.Itoa(c.Ways)},
		{Label: v.T("rota.channels.went"), Value: counted(v, "last", c.Went, c.WentAt)},
	}
	if c.Waits > 0 {
		out = append(out, ui.Fact{Label: v.T("rota.channels.waits"), Value: counted(v, "first", c.Waits, c.Since)})
	}
	if c.Lost > 0 {
		out = append(out, ui.Fact{Label: v.T("rota.channels.lost"), Value: counted(v, "last", c.Lost, c.LostAt)})
	}
	if c.Unsure > 0 {
		out = append(out, ui.Fact{Label: v.T("rota.channels.unsure"), Value: strconv.Itoa(c.Unsure)})
	}
	return out
}

func counted(v *page.View, which string, n int, at time.Time) string {
	if n == 0 {
		return "0"
	}
	return v.T("rota.channels.n-"+which, "N", n, "When", v.When(at))
}

// stuckAfter is how long a message waits before the page says that something is wrong:
// longer than two tries take.
const stuckAfter = 2 * time.Minute

func stuck(v *page.View, c notify.Faring) bool {
	return c.Waits > 0 && v.Now.Sub(c.Since) > stuckAfter
}

func (f channelsForm) basis(v *page.View, c notify.Faring) ui.ChoiceProps {
	return ui.ChoiceProps{
		Name: "basis", Of: c.Channel, Label: v.T("rota.channels.basis"), Values: f.typed(c, "basis"), Say: f.problem(c, "basis"),
		Options: []ui.OptionProps{
			{Value: notify.Agreement, Label: v.T("rota.channels.basis-agreement")},
			{Value: notify.NotNeeded, Label: v.T("rota.channels.basis-not-needed")},
		},
	}
}

func (f channelsForm) why(v *page.View, c notify.Faring) ui.FieldProps {
	p := ui.FieldProps{Name: "why", Of: c.Channel, Label: v.T("rota.channels.why"), Hint: v.T("rota.channels.why-hint"), Rows: 2, Max: mostWhy, Say: f.problem(c, "why")}
	if typed := f.typed(c, "why"); len(typed) > 0 {
		p.Value = typed[0]
	}
	return p
}

func (f channelsForm) typed(c notify.Faring, name string) []string {
	if f.Channel != c.Channel {
		return nil
	}
	return f.In[name]
}

func (f channelsForm) problem(c notify.Faring, name string) string {
	return page.ProblemOf(f.Problems, ui.Key(c.Channel, name))
}

// did are the words for what was just done to a way to be told.
func (f mineForm) did(v *page.View) string {
	if f.Done == wayTried {
		return v.T("rota.told.tried")
	}
	return v.T("rota.told.done")
}

// uses reports whether a channel can be used now.
func (f mineForm) uses(channel string) bool { return !slices.Contains(f.Unused, channel) }

// fate is how a way to be told stands: that it is not in use, or how the newest
// message by it fared.
func (f mineForm) fate(v *page.View, d notify.Device) string {
	if !f.uses(d.Channel) {
		return v.T("rota.told.unused")
	}
	last := f.Fates[d.ID]
	switch last.State {
	case notify.Sent:
		return v.T("rota.told.went", "When", v.When(last.At))
	case notify.Waiting, notify.Trying:
		return v.T("rota.told.waits", "When", v.When(last.At))
	case notify.Refused, notify.Late, notify.Unsure:
		return v.T("rota.told."+last.State, "When", v.When(last.At))
	}
	return ""
}

// silent names the ways that they chose and that are not in use; "" when all are.
func (f mineForm) silent(v *page.View) string {
	var out []string
	for _, d := range f.Devices {
		if name := channelName(v, d.Channel); !f.uses(d.Channel) && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return strings.Join(out, ", ")
}
