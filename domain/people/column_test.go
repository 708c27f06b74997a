package people

import (
	"strings"
	"testing"
	"time"

	"alongside/platform/sheet"
)

// TestHeadingsAreTheirOwn: no heading stands for two columns, and each alone
// beside a name is known.
func TestHeadingsAreTheirOwn(t *testing.T) {
	of := map[string]string{}
	for _, c := range Columns() {
		for _, h := range c.Headings {
			if other, twice := of[heading(h)]; twice && other != c.Name {
				t.Errorf("%s is %s and %s", h, other, c.Name)
			}
			of[heading(h)] = c.Name
			m, err := Guess([]string{"zzz", h, "first name", "full name"}, "")
			if err != nil && c.Name != colFirst && c.Name != colName {
				t.Errorf("%s: %v", h, err)
			}
			if err == nil && m.at[c.Name] != 1 && c.Name != colFirst && c.Name != colName {
				t.Errorf("%s is not %s: %v", h, c.Name, m.Places())
			}
		}
	}
}

func TestHeadingsAsTheyStandInFiles(t *testing.T) {
	for header, want := range map[string]string{
		"FIRST_NAME,LAST_NAME,Phone (Mobile),E-Mail Address": "first last phone email",
		"Full Name*,Teléfono,Idioma,Diagnosis":               "name phone languages -",
		"Nombre,Apellidos,Celular,¿Mensaje de texto?":        "first last phone texts",
		"الاسم الأول,اللقب,رقم الجوال,البريد الإلكتروني":     "first last phone email",
		"Mobile,Home Phone,Name,Do not text":                 "phone - name no_texts",
		"Client ID,Legal Name,Preferred Name,Intake Date":    "id legal_name name since",
	} {
		h := strings.Split(header, ",")
		m, err := Guess(h, "")
		if err != nil {
			t.Errorf("%s: %v", header, err)
			continue
		}
		var got []string
		for i := range h {
			name := "-"
			for c, at := range m.at {
				if at == i {
					name = c
				}
			}
			got = append(got, name)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", header, got, want)
		}
	}
}

// one reads one row under a header.
func one(t *testing.T, header, row string) (Person, string) {
	t.Helper()
	file, err := sheet.New(strings.NewReader(header + "\n" + row + "\n"))
	if err != nil {
		t.Fatal(err)
	}
	m, err := Guess(file.Header, "")
	if err != nil {
		t.Fatal(err)
	}
	line, _, err := file.Next()
	if err != nil {
		t.Fatal(err)
	}
	in, bad := NewRowReader(m, DayFirst, time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)).Read(line)
	if len(bad) > 0 {
		return in.Person, bad[0].Reason
	}
	return in.Person, ""
}

func TestCells(t *testing.T) {
	for _, c := range []struct{ header, cell, want, say string }{
		{"phone", "(555) 010-0134", "(555) 010-0134", ""},
		{"phone", "+44 20 7946 0018 ext. 12", "+44 20 7946 0018 ext. 12", ""},
		{"phone", "=\"5550100134\"", "5550100134", ""},
		{"phone", "'0555010013", "0555010013", ""},
		{"phone", "5550100134.0", "5550100134", ""},
		{"phone", "٥٥٥٠١٠٠١٣٤", "5550100134", ""},
		{"phone", "\u202d555-010-0134\u202c", "555-010-0134", ""},
		{"phone", "N/A", "", ""},
		{"phone", "5.55E+09", "", "power of ten"},
		{"phone", "555-010-0134 / 555-010-0135", "", "more than one"},
		{"phone", "call my sister", "", "something other"},
		{"phone", "911", "", "7 to 15"},
		{"phone", "12345678901234567", "", "7 to 15"},
		{"email", "ana@made-up.example", "ana@made-up.example", ""},
		{"email", "mailto:ana@made-up.example", "ana@made-up.example", ""},
		{"email", "Ana <ana@made-up.example>", "", "space"},
		{"email", "ana@nowhere", "", "no e-mail"},
		{"email", "ana@made-up..example", "", "no e-mail"},
		{"email", "a@b.example; c@d.example", "", "more than one"},
		{"language", "Spanish; en-US", "es en", ""},
		{"language", "español y inglés", "es en", ""},
		{"language", "العربية", "ar", ""},
		{"language", "zh_Hant / ASL", "zh sgn", ""},
		{"language", "Tagalog", "und", ""},
		{"language", "klingonish words", "", "not a language"},
		{"ok to text", "Sí", "true", ""},
		{"ok to text", "نعم", "true", ""},
		{"ok to text", "", "false", ""},
		{"ok to text", "ask her", "", "neither yes nor no"},
		{"since", "2026-02-28", "2026-02-28", ""},
		{"since", "28/02/2026 13:05", "2026-02-28", ""},
		{"since", "2026-02-28T13:05:00Z", "2026-02-28", ""},
		{"since", "3 Mar 2026", "2026-03-03", ""},
		{"since", "2026-02-30", "", "does not exist"},
		{"since", "2026-13-01", "", "no such month"},
		{"since", "01/13/2026", "", "no such month"},
		{"since", "01/02/26", "", "two figures"},
		{"since", "45321", "", "day number"},
		{"since", "2027-01-01", "", "future"},
		{"since", "soon", "", "no date"},
	} {
		p, say := one(t, "name,"+c.header, "Ana,\""+strings.ReplaceAll(c.cell, "\"", "\"\"")+"\"")
		got := map[string]string{
			"phone": p.Phone, "email": p.Email, "language": strings.Join(p.Languages, " "),
			"ok to text": map[bool]string{true: "true", false: "false"}[p.Texts], "since": "",
		}[c.header]
		if c.header == "since" && !p.CreatedAt.IsZero() {
			got = p.CreatedAt.Format(time.DateOnly)
		}
		if c.say == "" && (say != "" || got != c.want) || c.say != "" && !strings.Contains(say, c.say) {
			t.Errorf("%s %q: %q %q, want %q %q", c.header, c.cell, got, say, c.want, c.say)
		}
		if len(c.cell) > 3 && strings.Contains(say, c.cell) {
			t.Errorf("%s %q: the reason repeats it", c.header, c.cell)
		}
	}
}

func TestADayOfAFileIsADayThere(t *testing.T) {
	m, err := Guess([]string{"name", "since"}, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ zone, cell, want string }{
		{"America/New_York", "2024-02-29", "2024-02-29T00:00:00-05:00"},
		{"Pacific/Honolulu", "29/02/2024", "2024-02-29T00:00:00-10:00"},
		{"Pacific/Kiritimati", "29 Feb 2024", "2024-02-29T00:00:00+14:00"},
		{"Asia/Beirut", "2024-03-31", "2024-03-31T01:00:00+03:00"},      // that night had no midnight
		{"America/Havana", "2024-11-03", "2024-11-03T00:00:00-04:00"},   // and this one two
		{"Pacific/Auckland", "2026-11-21", "2026-11-21T00:00:00+13:00"}, // today there, tomorrow in London
		{"America/New_York", "2026-11-21", "lies in the future"},
	} {
		zone, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		now := time.Date(2026, 11, 20, 20, 0, 0, 0, time.UTC).In(zone)
		in, bad := NewRowReader(m, DayFirst, now).Read(sheet.Row{Line: 2, Cells: []string{"Ana", c.cell}})
		got := in.Person.CreatedAt.Format(time.RFC3339)
		if len(bad) > 0 {
			got = bad[0].Reason
		}
		if got != c.want {
			t.Errorf("%s in %s: %s, want %s", c.cell, c.zone, got, c.want)
		}
	}
}

func TestNamesOfAFile(t *testing.T) {
	for _, c := range []struct{ header, row, use, legal string }{
		{"first name,last name", "Ana,Quill", "Ana Quill", ""},
		{"preferred name,first name,last name", "Blue,Ana,Quill", "Blue", "Ana Quill"},
		{"preferred name,first name,last name", ",Ana,Quill", "Ana Quill", ""},
		{"legal name", "Ana Quill", "Ana Quill", ""},
		{"name,legal name", "Blue,Ana Quill", "Blue", "Ana Quill"},
		{"name,surname", "Ana,Quill", "Ana Quill", ""},
		{"name", "\"Quill, Ana\"", "Quill, Ana", ""},
		{"name", "\" Ana\nQuill \"", "Ana Quill", ""},
	} {
		p, say := one(t, c.header, c.row)
		if p.Name != c.use || p.LegalName != c.legal || say != "" {
			t.Errorf("%s %s: %q %q %s", c.header, c.row, p.Name, p.LegalName, say)
		}
	}
	for _, row := range []string{"-,1", "...,2", "\u200b,3"} {
		if _, say := one(t, "name,phone", row); say == "" {
			t.Errorf("%q is taken for a name", row)
		}
	}
}

func TestNoStandsAgainstYes(t *testing.T) {
	p, _ := one(t, "name,ok to text,do not text,ok to leave voicemail,Do not call", "Ana,yes,yes,yes,x")
	if p.Texts || p.Voicemail || !p.NoCalls || p.MayRing() || !strings.Contains(p.Safety, "Do not call") {
		t.Errorf("%+v", p)
	}
	p, _ = one(t, "name,phone,no_contact,safety", "Ana,5550100100,yes,Her sister picks up")
	if !p.NoCalls || p.MayRing() || p.Safety != "Her sister picks up" {
		t.Errorf("a heading that is a code: %+v", p)
	}
}

// The names that the guide gives are headings too.
func TestHeadingsOfSafety(t *testing.T) {
	for _, h := range []string{"safety", "Safety notes", "How to reach them safely", "Seguridad"} {
		if p, _ := one(t, "name,"+h, "Ana,Mornings"); p.Safety != "Mornings" {
			t.Errorf("%s is not kept: %+v", h, p)
		}
	}
	for _, c := range Columns() {
		if c.Name == colName {
			continue
		}
		if m, err := Guess([]string{"full name", c.Name}, ""); err != nil || len(m.NotKept()) != 0 {
			t.Errorf("a column called by its own name, %s: %v, %v", c.Name, m.NotKept(), err)
		}
	}
}
