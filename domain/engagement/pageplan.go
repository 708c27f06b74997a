package engagement

import (
	"context"
	"encoding/hex"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"alongside/domain/ref"
	"alongside/platform/field"
	"alongside/platform/flow"
	"alongside/platform/ical"
	"alongside/platform/notify"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// planForm is a plan with its forms.
type planForm struct {
	Plan
	Door     Door
	Act      string
	Open     string // the part whose form has a problem
	Apart    string // the part that someone else wrote in the meantime
	Typed    string
	Stone    Stone
	Problems []page.Problem
}

// diaryForm is the appointments with their forms.
type diaryForm struct {
	Diary
	Door      Door
	Typed     Appointment
	In        url.Values
	Open      ref.Appointment // the one whose form has a problem
	Reminding bool            // the form of reminders has one
	Act       string
	Problems  []page.Problem
}

func kindOf(d Door) page.DocKind {
	if d.Own {
		return page.Participant
	}
	return page.Worker
}

func planDoc(v *page.View, f planForm) page.Doc {
	d := page.Doc{Title: v.T(f.Door.voice("engagement.plan.title")), Kind: kindOf(f.Door), Body: planBody(v, f), Narrow: true}
	if f.Apart != "" {
		d.Status = 409
	}
	return d
}

func hardDoc(v *page.View, d Door, p Plan) page.Doc {
	return page.Doc{Title: v.T("engagement.hard.title"), Kind: kindOf(d), Body: hardBody(v, d, p), Narrow: true, Leave: true, Pocket: d.Own}
}

func diaryDoc(v *page.View, f diaryForm) page.Doc {
	return page.Doc{Title: v.T("engagement.diary.title"), Kind: kindOf(f.Door), Body: diaryBody(v, f), Narrow: true}
}

func quietDoc(v *page.View, list []Silent) page.Doc {
	return page.Doc{Title: v.T("engagement.quiet.title"), Kind: page.Worker, Body: quietBody(v, list), Narrow: true}
}

// voice is the key of words said to the person, or about them.
func (d Door) voice(key string) string {
	if d.Own {
		return key + "-own"
	}
	return key
}

// back is where a page of this door leads back to.
func (d Door) back() string {
	if d.Own {
		return "/mine"
	}
	return d.base()
}

// partLabel is what a part is called: as the person says it.
func partLabel(v *page.View, part string) string {
	f, _ := Edits().Field("part")
	return v.Text(f.Option(part))
}

// typed is what stands in the field of a part: what was typed, or what stands.
// Two that were written apart stand below each other, to be made one.
func (f planForm) typed(part string) string {
	if f.Open == part {
		return f.Typed
	}
	return f.text(part)
}

func (f planForm) writtenBy(v *page.View, e Edit) string {
	if f.Door.Own && e.By == f.Reader {
		return v.T("engagement.plan.by-own", "When", dayOf(v, e.At))
	}
	if e.By != "" && e.By == f.Theirs {
		return v.T("engagement.plan.by-them", "When", dayOf(v, e.At))
	}
	if name := f.Names[ref.Account(e.By)]; name != "" {
		return v.T("engagement.plan.by", "Name", ui.Apart(name), "When", dayOf(v, e.At))
	}
	return v.T("engagement.plan.on", "When", dayOf(v, e.At))
}

func stoneTags(v *page.View, s Stone) []ui.TagProps {
	f, _ := Stones().Field("sort")
	out := []ui.TagProps{{Words: v.Text(f.Option(s.Sort))}}
	if !s.DoneAt.IsZero() {
		out = append(out, ui.TagProps{Words: v.T("engagement.stone.done", "When", dayOf(v, s.DoneAt)), Tone: ui.Leaf})
	}
	return out
}

// stoneTurn is what the first button does.
func stoneTurn(s Stone) string {
	if s.DoneAt.IsZero() {
		return Done
	}
	return Undone
}

// stoneWords are the key of what that button says.
func stoneWords(s Stone) string {
	if stoneTurn(s) == Done {
		return "engagement.stone.mark"
	}
	return "engagement.stone.undone"
}

func meetingTitle(v *page.View, a Appointment) string {
	return v.When(a.StartsAt) + " · " + a.With
}

func (f diaryForm) facts(v *page.View, a Appointment) []ui.Fact {
	out := []ui.Fact{{Label: meetingLabel(v, "place"), Value: a.Place}, {Label: f.wayLabel(v), Value: a.WayThere}}
	if a.Along != "" {
		out = append(out, ui.Fact{Label: v.T("engagement.diary.along"), Value: f.Names[a.Along]})
	}
	if says := f.reminder(v, a); says != "" {
		out = append(out, ui.Fact{Label: v.T("engagement.remind.fact"), Value: says})
	}
	return out
}

// reminder is when one comes of an appointment, or that none does because it is too near;
// "" where none was chosen, where it went, and where none goes for another reason.
func (f diaryForm) reminder(v *page.View, a Appointment) string {
	if f.Remind.How == noReminder || f.Silent != "" || f.Reminded[a.ID] || a.StartsAt.Before(v.Now) {
		return ""
	}
	at, over := f.bellAt(a, v.Now)
	if over {
		return v.T("engagement.remind.too-near")
	}
	return v.When(at)
}

// wayLabel asks about the person, and says it to them.
func (f diaryForm) wayLabel(v *page.View) string {
	if f.Door.Own {
		return v.T("engagement.diary.way-own")
	}
	return meetingLabel(v, "way_there")
}

func meetingLabel(v *page.View, column string) string {
	e, _ := Appointments().Field(column)
	return v.Text(e.Label)
}

func meetingTags(v *page.View, a Appointment) []ui.TagProps {
	if a.State == Planned {
		return nil
	}
	e, _ := Appointments().Field("state")
	return []ui.TagProps{{Words: v.Text(e.Option(a.State))}}
}

// steps are what the reader can do with an appointment now.
func (f diaryForm) steps(v *page.View, a Appointment) []flow.Step[MeetingFacts] {
	role := "peer"
	if f.Door.Own {
		role = "participant"
	}
	var out []flow.Step[MeetingFacts]
	for _, s := range Meetings().Next(a.State, role) {
		if s.Guard == nil || s.Guard(MeetingFacts{a, v.Now}) == nil {
			out = append(out, s)
		}
	}
	return out
}

func (f diaryForm) in(name string) string {
	if f.In == nil {
		return ""
	}
	return f.In.Get(name)
}

func (f diaryForm) alongOptions(v *page.View) []ui.OptionProps {
	return append([]ui.OptionProps{{Value: "", Label: v.T("engagement.diary.nobody")}}, peerOptions(f.Peers)...)
}

func (f diaryForm) aheadValue() []string { return []string{strconv.FormatInt(f.Remind.Ahead, 10)} }

// reminds is the line that opens the reminders: how and when, so that whoever has just
// chosen it sees that it is so.
func (f diaryForm) reminds(v *page.View) string {
	if f.Remind.How == noReminder || f.Reminding {
		return v.T("engagement.remind.title")
	}
	how, ahead := field.LabelOf(Hows(), f.Remind.How), field.LabelOf(Aheads(), f.aheadValue()[0])
	return v.T("engagement.remind.is", "How", v.Text(how), "Ahead", v.Text(ahead))
}

// silent is why no reminder goes out, or that the last did not; "" while all is well.
func (f diaryForm) silent(v *page.View) string {
	switch {
	case f.Silent == "engagement.error.no-address":
		return v.T(f.Silent)
	case f.Silent != "":
		return v.T(f.Door.voice(f.Silent))
	case f.Fate.State == notify.Refused || f.Fate.State == notify.Late:
		return v.T(f.Door.voice("engagement.remind.lost"), "When", v.When(f.Fate.At))
	}
	return ""
}

// problem is what is wrong in the form that asks for an appointment.
func (f diaryForm) problem(name string) string {
	if f.Open != "" || f.Reminding {
		return ""
	}
	return page.ProblemOf(f.Problems, name)
}

func silentSays(v *page.View, s Silent) string {
	if !s.Rest.IsZero() {
		return v.T("engagement.quiet.rest", "Day", v.Date(s.Rest))
	}
	return companionSays(v, s.Companion)
}

// meetingLong is how long a calendar shows an appointment: nobody is asked for
// its end.
const meetingLong = time.Hour

func calendarOf(a Appointment, word string) ([]byte, error) {
	return ical.Encode(a.MadeAt, []ical.Event{{
		ID: hex.EncodeToString([]byte(a.ID)), From: a.StartsAt, To: a.StartsAt.Add(meetingLong), Word: word,
	}})
}

// Panels are the parts of a person's own page that a peer's day adds.
func (web *Web) Panels() []func(context.Context) (templ.Component, error) {
	return []func(context.Context) (templ.Component, error){web.panel}
}

// panel says who walks with the person.
func (web *Web) panel(ctx context.Context) (templ.Component, error) {
	m, err := web.S.Mine(ctx)
	if err != nil {
		return nil, err
	}
	v := page.From(ctx)
	return minePanel(v, m, page.NewAct(v.Now)), nil
}

func planOver(v *page.View, f planForm) string {
	if f.Door.Own {
		return ""
	}
	return nameOf(v, f.Person)
}

func hardOver(v *page.View, d Door, p Plan) string {
	if d.Own {
		return ""
	}
	return nameOf(v, p.Person)
}

func diaryOver(v *page.View, f diaryForm) string {
	switch {
	case f.Door.Own:
		return ""
	case f.Name == "":
		return v.T("engagement.no-name")
	}
	return f.Name
}

// hasHard reports whether there is anything for a hard moment.
func (p Plan) hasHard() bool {
	for _, part := range hard() {
		if p.text(part) != "" {
			return true
		}
	}
	return false
}

// planBack puts a form of the plan into lines. rest is its path within the plan.
func planBack(v *page.View, rest string, in url.Values) []string {
	if part, ok := strings.CutPrefix(rest, "part/"); ok {
		return []string{partLabel(v, part), in.Get("body")}
	}
	if words := in.Get("words"); words != "" {
		return []string{v.T("engagement.stone.title"), words}
	}
	return []string{v.T("engagement.stone.title"), strings.TrimSpace(v.T("engagement.stone."+rest[strings.LastIndex(rest, "/")+1:], "When", ""))}
}

func mineName(v *page.View, m Mine, w Walk) string {
	if name := m.Names[w.Peer]; name != "" {
		return name
	}
	return v.T("engagement.mine.peer")
}

// mineNext is when they next meet.
func mineNext(v *page.View, m Mine) string {
	if m.Next.ID == "" {
		return v.T("engagement.mine.no-next")
	}
	return v.T("engagement.mine.next", "When", v.When(m.Next.StartsAt), "With", ui.Apart(m.Next.With))
}
