package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	neturl "net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"alongside/domain/handoff"
	"alongside/platform/errs"
	"alongside/platform/fhir"
	"alongside/platform/module"
	"alongside/surface/cli"
)

// mostBytes is how large a file may be: a hospital's bulk export of a year.
const mostBytes = 4 << 30

// runImportFHIR reads overdose visits and referrals from a hospital's file or
// address, keeps the good ones and writes a line for each refused resource, the counts last.
func runImportFHIR(ctx context.Context, env module.Env, args []string) int {
	var p place
	f := cli.Flags(env, "import fhir")
	p.register(f)
	dry := f.Bool("dry-run", false, "say what would be kept, and keep nothing")
	words, ok := cli.Parse(f, args)
	if ok && len(words) != 1 {
		fmt.Fprintln(env.Err, "alongside import fhir: name one file, or one address")
	}
	if !ok || len(words) != 1 {
		return cli.WrongUse
	}
	if code, bad := needs(env, "import fhir", "--org", p.org); bad {
		return code
	}
	return at(ctx, env, "import fhir", p, func(ctx context.Context, a *App) error {
		src, size, done, err := a.source(ctx, env, words[0])
		if err != nil {
			return err
		}
		defer done()
		in := &fhirImport{app: a, env: env, org: p.org, dry: *dry}
		return in.read(ctx, src, size)
	})
}

func (in *fhirImport) read(ctx context.Context, src io.ReaderAt, size int64) error {
	file, err := fhir.Open(ctx, src, size)
	if err != nil {
		return err
	}
	org, err := in.app.Tenants.Find(ctx, in.org)
	if err != nil {
		return err
	}
	found := func(v handoff.FHIRFound) error { return in.visit(ctx, v) }
	sum, err := handoff.ReadFHIR(ctx, file, handoff.FHIROptions{
		Latest: in.app.Clock.Now().Add(24 * time.Hour), // a sender's clock may be a day ahead of ours
		Zone:   in.app.Tenants.Location(org),

		Referral: func(f handoff.FHIRReferral) error { return in.referral(ctx, f) },
	}, found)
	if err != nil {
		return err
	}
	in.report(sum)
	if in.kept+in.already == 0 && sum.RefusedTotal > 0 {
		return errors.New("nothing was kept, and what was refused stands above with its reason")
	}
	return nil
}

// fhirImport counts what became of one file.
type fhirImport struct {
	app                     *App
	env                     module.Env
	org                     string
	dry                     bool
	kept, already, notTaken int
	lines                   []string // notes, and what is not kept
	unlisted                int
}

func (in *fhirImport) visit(ctx context.Context, v handoff.FHIRFound) error {
	taken := handoff.Taken{Kept: true}
	var err error
	if !in.dry {
		taken, err = in.app.Handoffs.TakeIn(ctx, v)
	}
	if !v.Mistake || !in.dry && taken != (handoff.Taken{}) {
		in.took(v.Place, taken)
	}
	return err
}

func (in *fhirImport) referral(ctx context.Context, f handoff.FHIRReferral) error {
	taken := handoff.Taken{Kept: true}
	var err error
	if !in.dry {
		taken, err = in.app.Handoffs.TakeTask(ctx, f)
	}
	if in.took(f.Place, taken) {
		in.say(f.Lines()...)
	}
	return err
}

// took counts what became of one, and says why where it was not taken.
func (in *fhirImport) took(place string, t handoff.Taken) bool {
	switch {
	case t.Why != "":
		in.notTaken++
		in.say("not taken " + place + ": " + t.Why)
	case t.Kept:
		in.kept++
	default:
		in.already++
	}
	return t.Why == ""
}

// mostLines is how many lines of one kind are printed of one file.
const mostLines = 1000

func (in *fhirImport) say(lines ...string) {
	if len(in.lines)+len(lines) > mostLines {
		in.unlisted += len(lines)
		return
	}
	in.lines = append(in.lines, lines...)
}

func (in *fhirImport) report(sum handoff.FHIRSummary) {
	out := in.env.Out
	for _, r := range sum.Refused {
		fmt.Fprintf(out, "refused %s: %s\n", r.Place, r.Reason)
	}
	if sum.Unlisted > 0 {
		fmt.Fprintf(out, "and %d more refused\n", sum.Unlisted)
	}
	for _, line := range in.lines {
		fmt.Fprintln(out, line)
	}
	if in.unlisted > 0 {
		fmt.Fprintf(out, "and %d more such lines\n", in.unlisted)
	}
	for _, kind := range slices.Sorted(maps.Keys(sum.LeftAlone)) {
		fmt.Fprintf(out, "left alone %d %s\n", sum.LeftAlone[kind], kind)
	}
	if in.dry {
		fmt.Fprintln(out, "nothing was kept: this was a dry run")
	}
	more := ""
	if in.notTaken > 0 {
		more = fmt.Sprintf(", not taken %d", in.notTaken)
	}
	fmt.Fprintf(out, "kept %d, already there %d, refused %d%s\n", in.kept, in.already, sum.RefusedTotal, more)
}

// source opens a file, or takes what comes from an address or, for -, from standard
// input into a file of its own that goes when the import is done.
func (a *App) source(ctx context.Context, env module.Env, name string) (io.ReaderAt, int64, func(), error) {
	if name == "-" && env.In != nil {
		return a.spool(ctx, env.In)
	}
	if strings.HasPrefix(name, "http://") || strings.HasPrefix(name, "https://") {
		return a.fetch(ctx, name)
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, 0, nil, errs.Wrap("cannot be opened", err)
	}
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		defer file.Close()
		return a.spool(ctx, file)
	}
	if err == nil && info.Size() > mostBytes {
		err = fmt.Errorf("%s is larger than 4 GB; split it", filepath.Base(name))
	}
	if err != nil {
		file.Close()
		return nil, 0, nil, err
	}
	return file, info.Size(), func() { file.Close() }, nil
}

func (a *App) fetch(ctx context.Context, url string) (io.ReaderAt, int64, func(), error) {
	if u, err := neturl.Parse(url); err != nil || u.Host == "" {
		return nil, 0, nil, fmt.Errorf("%s is not an address", url)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, 0, nil, err
	}
	res, err := (&http.Client{Timeout: 10 * time.Minute}).Do(req)
	if err != nil {
		return nil, 0, nil, err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return nil, 0, nil, fmt.Errorf("the address answered %s", res.Status)
	}
	return a.spool(ctx, res.Body)
}

func (a *App) spool(ctx context.Context, r io.Reader) (io.ReaderAt, int64, func(), error) {
	s, err := fhir.NewSpool(ctx, r, a.Data, mostBytes)
	if err != nil {
		return nil, 0, nil, err
	}
	return s, s.Size(), func() { s.Close() }, nil
}
