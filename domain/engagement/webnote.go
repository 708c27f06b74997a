package engagement

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"alongside/domain/ref"
	"alongside/platform/field"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

func (web *Web) notePage(w http.ResponseWriter, r *http.Request) error {
	return web.showNote(w, r, noteForm{Act: page.NewAct(page.From(r.Context()).Now)})
}

func (web *Web) showNote(w http.ResponseWriter, r *http.Request, f noteForm) error {
	c, err := web.S.With(r.Context(), personIn(r))
	if err != nil {
		return err
	}
	f.Companionship = c
	return page.ShowWith(w, r, noteDoc(page.From(r.Context()), f), f.Problems)
}

// note keeps a contact, or a correction of one. What cannot be taken is shown
// again as it was typed; what was sent before with other words is kept beside.
func (web *Web) note(w http.ResponseWriter, r *http.Request) error {
	in, act, err := page.Posted(w, r)
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	c, problems := readNote(v, in)
	c.SentAs, c.Person = act, personIn(r)
	if in.Has(page.LookField) {
		c.Note = in.Get("note")
		return web.again(w, r, noteForm{Contact: c, Act: page.NewAct(v.Now), In: timed(v, in, c)})
	}
	var got Receipt
	if len(problems) == 0 {
		got, err = web.keep(r.Context(), c, in.Has("written"))
		if problems, err = page.Mendable(r, err); err != nil {
			return err
		}
	}
	if len(problems) > 0 {
		c.Note = in.Get("note")
		return web.again(w, r, noteForm{Contact: c, Act: act, In: in, Problems: problems})
	}
	if got.Apart {
		c.ID = ref.Contact(got.ID)
		d := apartDoc(v, c)
		d.Status = http.StatusConflict
		return page.Show(w, r, d)
	}
	return page.Back(w, r, walkPath(c.Person))
}

// keep keeps a contact. A page without its script cannot say that it is the form
// of before: there, the words say it.
func (web *Web) keep(ctx context.Context, c Contact, script bool) (Receipt, error) {
	if script {
		return web.S.Note(ctx, c)
	}
	return web.S.NoteOnce(ctx, c)
}

// again shows the form that was sent, or the page of the contact that it was
// to correct.
func (web *Web) again(w http.ResponseWriter, r *http.Request, f noteForm) error {
	if old := f.Contact.corrects(); len(old) > 0 {
		return web.showContact(w, r, ref.Contact(old[0]), f)
	}
	return web.showNote(w, r, f)
}

// readNote reads the form, and says what of it cannot be taken as it was typed.
// What is no way, no number and no day is left for the service to refuse, in
// words.
func readNote(v *page.View, in url.Values) (Contact, []page.Problem) {
	var c Contact
	found := slices.DeleteFunc(Contacts().Parse(in, &c), func(p field.Problem) bool { return p.Column == "way" })
	c.InsteadOf = strings.Join(in["instead_of"], " ")
	long := in.Get("long")
	problems := ui.ProblemsIn(v, Contacts(), found)
	other := strings.TrimSpace(in.Get("minutes"))
	if other != "" && long != "" && other != long {
		problems = append(problems, page.Problem{Field: "minutes", Label: v.T("engagement.note.long"), Say: v.T("engagement.error.two-lengths")})
	}
	if other != "" {
		long = other
	}
	c.Minutes = numberOr(long, -1)
	c.Reached = c.Minutes != 0
	c.StartedAt = clockOn(v, in.Get("day"), in.Get("time"))
	if c.StartedAt.IsZero() {
		c.StartedAt = beganBefore(v.Now, in.Get("written"), max(c.Minutes, 0))
	}
	if day := in.Get("next_day"); day != "" {
		c.NextAt = clockOn(v, day, "12:00")
		if c.NextAt.IsZero() {
			c.NextAt = v.Now.AddDate(100, 0, 0)
		}
	}
	return c, problems
}

// timed is the form with the time at which the contact began, as it is to stand
// there when it is looked at later.
func timed(v *page.View, in url.Values, c Contact) url.Values {
	if at := v.Local(c.StartedAt); !c.StartedAt.IsZero() {
		in.Set("day", at.Format("2006-01-02"))
		in.Set("time", at.Format("15:04"))
	}
	return in
}

// beganBefore is when something began that was written down, by the phone's
// clock, when it was over. A note sent later, without a network, says so; zero
// where nothing is said that can be. It depends on nothing but the form, or the
// same note sent again would be another.
func beganBefore(now time.Time, written string, minutes int64) time.Time {
	at := time.UnixMilli(numberOr(written, 0)).UTC()
	if at.After(now.Add(clockSlack)) || now.Sub(at) > mostLate {
		return time.Time{}
	}
	return at.Add(-time.Duration(minutes) * time.Minute)
}

// mostLate is how long after it was written a phone is believed.
const mostLate = 60 * 24 * time.Hour

// ReadBack puts the form of a page about a person into lines: what it says, and
// the words themselves.
func ReadBack(v *page.View, path string, in url.Values) []string {
	if _, rest, ok := strings.Cut(path, "/plan/"); ok {
		return planBack(v, rest, in)
	}
	c, _ := readNote(v, in)
	lines := []string{contactSays(v, c), about(v, c), in.Get("note")}
	return slices.DeleteFunc(lines, func(s string) bool { return s == "" })
}

func numberOr(s string, instead int64) int64 {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 0 {
		return instead
	}
	return n
}

// clockOn is a day and a time of day on the organisation's clock; zero when
// either was left open or is none.
func clockOn(v *page.View, day, clock string) time.Time {
	zone := v.Local(v.Now).Location()
	t, err := time.ParseInLocation("2006-01-02 15:04", day+" "+clock, zone)
	if err != nil {
		return time.Time{}
	}
	return t.UTC()
}

func (web *Web) contactPage(w http.ResponseWriter, r *http.Request) error {
	return web.showContact(w, r, ref.Contact(r.PathValue("contact")), noteForm{})
}

// showContact shows one contact with what corrects it, or what stands beside
// it, and the form to put it right.
func (web *Web) showContact(w http.ResponseWriter, r *http.Request, which ref.Contact, f noteForm) error {
	c, err := web.S.Contact(r.Context(), personIn(r), which)
	if err != nil {
		return err
	}
	v := page.From(r.Context())
	f.Companionship = c.Companionship
	if f.Act == "" {
		f.Act, f.Contact = page.NewAct(v.Now), c.One.Contact
		f.Contact.InsteadOf = strings.Join(c.claims(), " ")
	}
	return page.ShowWith(w, r, contactDoc(v, oneForm{OneContact: c, noteForm: f}), f.Problems)
}

// claims are the contacts that a correction of this one takes the place of: it,
// and those that stand beside it.
func (c OneContact) claims() []string {
	out := []string{string(c.One.ID)}
	for _, n := range c.Beside {
		out = append(out, string(n.ID))
	}
	slices.Sort(out)
	return out
}
