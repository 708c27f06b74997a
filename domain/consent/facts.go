package consent

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/field"
	"alongside/platform/i18n"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// Facts are what a consent says, for whoever works here.
func (s Shown) Facts(v *page.View) []ui.Fact { return s.facts(v, Consents()) }

// Yours are the same for the person who gave it, who reads it or hears it read.
func (s Shown) Yours(v *page.View) []ui.Fact { return s.facts(v, Consents().Own()) }

func (s Shown) facts(v *page.View, rec *field.Record[Consent]) []ui.Fact {
	who, _ := rec.Field("recipient_kind")
	out := append([]ui.Fact{{Label: v.Text(who.Label), Value: s.Whom(v)}}, s.through(v)...)
	out = append(out, s.some(v, rec, "what", "labels", "purpose", "given_at")...)
	if !s.RevokedAt.IsZero() {
		return append(out, s.some(v, rec, "revoked_at")...)
	}
	if s.Lapsed.IsZero() {
		out = append(out, s.until(v, rec)...)
	}
	return slices.Concat(out, s.unconfirmed(v, rec), s.caveats(v))
}

// through are those behind a go-between, by name or as a class (42 CFR
// 2.31(a)(4)(ii)).
func (s Shown) through(v *page.View) []ui.Fact {
	if s.RecipientKind != Through {
		return nil
	}
	names := s.Behind
	if s.Class != "" {
		names = append(slices.Clone(names), v.Text(field.LabelOf(Classes(), s.Class)))
	}
	return []ui.Fact{{Label: v.T("consent.through"), Value: v.Words.List(names)}}
}

// some are the columns that hold something, in that order.
func (s Shown) some(v *page.View, rec *field.Record[Consent], columns ...string) (out []ui.Fact) {
	for _, name := range columns {
		f, _ := rec.Field(name)
		if words := f.Value(&s.Consent, v.Words, v.Local(v.Now).Location()); words != "" {
			out = append(out, ui.Fact{Label: v.Text(f.Label), Value: words})
		}
	}
	return out
}

// until says what a consent ends with, also when that is nothing but a word.
func (s Shown) until(v *page.View, rec *field.Record[Consent]) []ui.Fact {
	if out := s.some(v, rec, "until_at", "until_event"); len(out) > 0 {
		return out
	}
	return []ui.Fact{{Label: ends(v.Words), Value: v.T("consent.no-end")}}
}

// unconfirmed says of an early consent until when it is to be read back, or why it
// ended; of any other nothing.
func (s Shown) unconfirmed(v *page.View, rec *field.Record[Consent]) []ui.Fact {
	switch {
	case !s.Lapsed.IsZero():
		return []ui.Fact{{Label: v.T("consent.lapsed.title"), Value: s.lapsedWords(v.Words, v.Local(v.Now).Location())}}
	case s.Live && s.waits():
		return s.some(v, rec, "confirm_by")
	}
	return nil
}

func (s Shown) lapsedWords(w *i18n.Words, zone *time.Location) string {
	key := "consent.lapsed.no"
	if s.Unread {
		key = "consent.lapsed.unread"
	}
	return w.T(key, "When", i18n.Moment(w.Lang, s.Lapsed.In(zone)))
}

// ends is the label of when a consent ends.
func ends(w *i18n.Words) string {
	f, _ := Consents().Field("until_at")
	return w.Text(f.Label)
}

// All is everything a consent says, each element with its label, as the person who
// gave it reads it.
func (s Shown) All(v *page.View) []ui.Fact {
	rec := Consents().Own()
	var out []ui.Fact
	zone := v.Local(v.Now).Location()
	for _, f := range rec.Show(&s.Consent, v.Words, zone, "") {
		f = s.ofSigner(f, v.Words, zone)
		switch f.Column {
		case "mark_at", "recorded_at", "sort", "early", "until_at", "until_event", "confirm_by":
			continue // how the program keeps it, and what stands below
		case "class":
			if s.RecipientKind == Through {
				continue
			}
		case "recipient_kind":
			f.Value = s.Whom(v)
		}
		out = append(out, ui.Fact{Label: f.Label, Value: f.Value})
		if f.Column == "recipient_kind" {
			out = append(out, s.through(v)...)
		}
		if f.Column == "given_at" {
			out = append(out, slices.Concat(s.until(v, rec), s.unconfirmed(v, rec))...)
		}
	}
	return out
}

// ofSigner is a column in words that do not say the person did what someone else, who
// signed for them, did.
func (s Shown) ofSigner(f field.Shown, w *i18n.Words, zone *time.Location) field.Shown {
	another := s.Signer == Guardian || s.Signer == Representative
	if !another || !slices.Contains([]string{"how", "rights", "warned", "copied"}, f.Column) {
		return f
	}
	of, _ := Consents().Field(f.Column)
	return field.Shown{Column: f.Column, Label: w.Text(of.Label), Value: of.Value(&s.Consent, w, zone)}
}

// Naming makes plain what is held of consents: who may be told, where the record says
// only that it is one by name; what ends one that no day and no event ends; and how an
// early one ended. The caller records the look.
func (s *Service) Naming(tx *db.Tx, held []field.Held, to field.Reader) error {
	for i, h := range held {
		c, err := s.One(tx, ref.Consent(strings.TrimPrefix(h.Row, Consents().Table+"/")))
		if err != nil {
			return err
		}
		shown, err := s.Show(tx, c)
		if err != nil {
			return err
		}
		held[i].Fields = shown.plain(h.Fields, to)
	}
	return nil
}

func (s Shown) plain(fields []field.Shown, to field.Reader) (out []field.Shown) {
	for _, f := range fields {
		f = s.ofSigner(f, to.Words, to.Zone)
		switch {
		case f.Column == "recipient_kind":
			f.Value = to.Words.List(append([]string{cmp.Or(s.To, f.Value)}, s.Behind...))
		case f.Column != "confirm_by":
		case !s.Lapsed.IsZero():
			f.Label, f.Value = to.Words.T("consent.lapsed.title"), s.lapsedWords(to.Words, to.Zone)
		case !s.Live || !s.waits():
			continue
		}
		out = append(out, f)
		if f.Column == "given_at" && s.UntilAt.IsZero() && s.UntilEvent == "" {
			out = append(out, field.Shown{Column: "until_at", Label: ends(to.Words), Value: to.Words.T("consent.no-end")})
		}
	}
	return out
}
