package app

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"alongside/domain/people"
	"alongside/platform/module"
	"alongside/platform/sheet"
	"alongside/surface/cli"
)

// peopleOrder is what `import people` is told.
type peopleOrder struct {
	columns, dates   string
	dry, unseen, raw bool
}

// runImportPeople reads people from a CSV file: shows what each column is taken
// for, writes a line for each thing that is wrong with a row, keeps the good
// rows, the counts last.
func runImportPeople(ctx context.Context, env module.Env, args []string) int {
	var p place
	var o peopleOrder
	f := cli.Flags(env, "import people")
	p.register(f)
	f.StringVar(&o.columns, "map", "", "which column is what: “column=field,…”, or a file with a line for each")
	f.StringVar(&o.dates, "dates", "", "mdy or dmy, for dates such as 03/04/2026; without it, as in the organisation's country")
	f.BoolVar(&o.dry, "dry-run", false, "say what would be kept, and keep nothing")
	f.BoolVar(&o.unseen, "unlisted", false, "keep them faster, without what makes them found; “alongside search rebuild” adds it")
	f.BoolVar(&o.raw, "json", false, "print JSON")
	words, ok := cli.Parse(f, args)
	if ok && len(words) != 1 {
		fmt.Fprintln(env.Err, "alongside import people: name one file")
		ok = false
	}
	if ok && o.dates != "" && o.dates != string(people.MonthFirst) && o.dates != string(people.DayFirst) {
		fmt.Fprintln(env.Err, "alongside import people: --dates is mdy or dmy")
		ok = false
	}
	if !ok {
		return cli.WrongUse
	}
	if code, bad := needs(env, "import people", "--org", p.org); bad {
		return code
	}
	return at(ctx, env, "import people", p, func(ctx context.Context, a *App) error {
		return a.importPeople(ctx, env, p, words[0], o)
	})
}

func (a *App) importPeople(ctx context.Context, env module.Env, p place, name string, o peopleOrder) error {
	src, size, done, err := a.source(ctx, env, name)
	if err != nil {
		return err
	}
	defer done()
	file, err := sheet.New(io.NewSectionReader(src, 0, size))
	if err != nil {
		return err
	}
	columns, err := mapText(o.columns)
	if err != nil {
		return err
	}
	m, err := people.Guess(file.Header, columns)
	if err != nil {
		return err
	}
	org, err := a.Tenants.Find(ctx, p.org)
	if err != nil {
		return err
	}
	dates := people.Dates(o.dates)
	if dates == "" {
		dates = people.DatesOf(org.Country)
	}
	in := &peopleImport{
		app: a, file: file, size: size, how: people.Taking{Dry: o.dry, Unseen: o.unseen, Seen: map[string][]byte{}},
		rows: people.NewRowReader(m, dates, a.Clock.Now().In(a.Tenants.Location(org))), say: newPeopleReport(env.Out, o.raw), bar: newProgress(env.Err, a.Clock),
	}
	in.how.Each = in.moved
	in.say.mapping(m)
	if !o.dry && !o.unseen {
		if err := a.Registry.CatchUp(ctx); err != nil {
			return err
		}
	}
	if err := in.run(ctx); err != nil {
		return err
	}
	return in.finish()
}

// mapText is what --map says: by itself, or in a file.
func mapText(s string) (string, error) {
	if s == "" || strings.Contains(s, "=") {
		return s, nil
	}
	text, err := os.ReadFile(s)
	if err != nil {
		return "", fmt.Errorf("--map: there is no file %s, and it is no “column=field”", s)
	}
	return strings.TrimPrefix(string(text), "\ufeff"), nil
}

// peopleImport is one file on its way in.
type peopleImport struct {
	app   *App
	file  *sheet.Reader
	size  int64
	how   people.Taking
	rows  *people.RowReader
	say   *peopleReport
	bar   *progress
	batch []people.Incoming
}

func (in *peopleImport) run(ctx context.Context) error {
	for {
		row, ok, err := in.file.Next()
		if err != nil {
			return err
		}
		if !ok {
			return in.keep(ctx)
		}
		if row.Empty() {
			continue
		}
		person, bad := in.rows.Read(row)
		if len(bad) > 0 {
			in.say.refuse(bad...)
			continue
		}
		if in.batch = append(in.batch, person); len(in.batch) < people.BatchMost {
			continue
		}
		if err := in.keep(ctx); err != nil {
			return err
		}
	}
}

// keep takes in what waits.
func (in *peopleImport) keep(ctx context.Context) error {
	if len(in.batch) == 0 {
		return nil
	}
	taken, err := in.app.Registry.TakeIn(ctx, in.batch, in.how)
	if err != nil {
		return err
	}
	in.batch = in.batch[:0]
	in.say.took(taken)
	return nil
}

// moved shows that something goes on, and how far the file is read.
func (in *peopleImport) moved() {
	in.bar.show("%3d %% of the file, %d rows%s", 100*in.file.Taken()/max(in.size, 1), in.say.total(), in.bar.dots())
}

func (in *peopleImport) finish() error {
	in.bar.end()
	in.say.end(in.how.Dry)
	if in.say.Kept+in.say.Already == 0 && in.say.Refused > 0 {
		return fmt.Errorf("not one row could be kept")
	}
	return nil
}

// progress is one line on a terminal that says how far a file is read.
type progress struct {
	out   io.Writer // nil where nobody watches
	clock interface{ Now() time.Time }
	last  time.Time
	shown int
}

func newProgress(out io.Writer, clock interface{ Now() time.Time }) *progress {
	if f, ok := out.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			return &progress{out: out, clock: clock, last: clock.Now()}
		}
	}
	return &progress{}
}

func (p *progress) show(format string, a ...any) {
	if p.out == nil || p.clock.Now().Sub(p.last) < 300*time.Millisecond {
		return
	}
	p.last = p.clock.Now()
	p.shown++
	fmt.Fprintf(p.out, "\r"+format, a...)
}

// dots move, so that a long step is seen to go on.
func (p *progress) dots() string { return " " + strings.Repeat(".", p.shown%4) + "   " }

// end takes the line away.
func (p *progress) end() {
	if p.out != nil {
		fmt.Fprint(p.out, "\r\033[K")
	}
}
