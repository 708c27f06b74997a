package app

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"alongside/domain/engagement"
	"alongside/platform/errs"
	"alongside/platform/scope"
)

// emptyEvery is how often the folder is looked into.
const emptyEvery = 5 * time.Second

// emptyTexts takes in the texts that a modem's program lays into a folder, until
// ctx ends.
func (a *App) emptyTexts(ctx context.Context) {
	dir, ok := strings.CutPrefix(a.Outside.SMSIn, "file:")
	if !ok {
		return
	}
	folder := a.textFolder(dir)
	tick := time.NewTicker(emptyEvery)
	defer tick.Stop()
	for {
		folder.empty(ctx)
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// textFolder is a folder in which texts lie, a file of JSON for each, named as the
// modem's program likes: after the number it came from, for one, so nothing that is
// said tells the name. What stays in it is said once, until it is another.
type textFolder struct {
	*App
	dir   string
	said  map[string]string // by file, "" for the folder: what was said, and of what
	taken map[string]string // by file: taken in as it is, and it cannot be removed
}

func (a *App) textFolder(dir string) *textFolder {
	return &textFolder{App: a, dir: dir, said: map[string]string{}, taken: map[string]string{}}
}

// empty takes in what lies there. One that was taken goes; one that stays holds up
// no other.
func (f *textFolder) empty(ctx context.Context) {
	files, err := filepath.Glob(filepath.Join(f.dir, "*.json"))
	forget := func(file, _ string) bool { return file != "" && !slices.Contains(files, file) }
	maps.DeleteFunc(f.said, forget)
	maps.DeleteFunc(f.taken, forget)
	if err == nil && len(files) > 0 {
		ctx, err = f.whose(ctx)
	}
	if f.say(ctx, "", "", err); err != nil {
		return
	}
	for _, file := range files {
		is := lies(file)
		f.say(ctx, file, is, f.take(ctx, file, is))
	}
}

// say warns of an error, once for each state of what it is about.
func (f *textFolder) say(ctx context.Context, file, is string, err error) {
	if err == nil || ctx.Err() != nil {
		delete(f.said, file)
		return
	}
	if now := is + " " + err.Error(); f.said[file] != now {
		f.said[file] = now
		f.Log.Warn("texts that came in were left in their folder", "err", err)
	}
}

// whose is the scope in which texts come in: that of the site's one organisation.
func (f *textFolder) whose(ctx context.Context) (context.Context, error) {
	orgs, err := f.Tenants.List(scope.AsSystem(ctx, "whose texts are in the folder"))
	if err != nil {
		return ctx, err
	}
	if len(orgs) != 1 {
		return ctx, errs.New(errs.Invalid, "app: a folder for texts is for a site with one organisation", "")
	}
	return scope.With(ctx, scope.Scope{Tenant: string(orgs[0].ID), Actor: "link:texts", Purpose: scope.Treatment}), nil
}

// lies tells two states of a file apart; "" where it is not there.
func lies(file string) string {
	info, err := os.Stat(file)
	if err != nil {
		return ""
	}
	return fmt.Sprint(info.Size(), " ", info.ModTime().UnixNano())
}

// take takes in one file and removes it.
func (f *textFolder) take(ctx context.Context, file, is string) error {
	if f.taken[file] != is || is == "" {
		if err := f.takeIn(ctx, file); err != nil {
			return err
		}
		f.taken[file] = is
	}
	return unhandled(os.Remove(file))
}

// takeIn takes in what a file says. What cannot be read waits, sealed, for a
// coordinator: it may be someone's words, so it does not stay here. What is larger
// than any text is none, and stays.
func (f *textFolder) takeIn(ctx context.Context, file string) error {
	if info, err := os.Stat(file); err == nil && info.Size() > engagement.MostLetter {
		return errs.New(errs.Invalid, "app: a file in the folder for texts is larger than any text", "")
	}
	body, err := os.ReadFile(file)
	if err != nil {
		return unhandled(err)
	}
	in, err := engagement.ReadArrived(body)
	if err == nil {
		err = f.Day.Arrive(ctx, in)
	}
	if errs.Is(err, errs.Invalid) {
		err = f.Day.ArriveUnread(ctx, body)
	}
	return err
}

// unhandled is an error of the folder without the name of a file.
func unhandled(err error) error {
	if err == nil || os.IsNotExist(err) {
		return nil
	}
	return errs.New(errs.Unavailable, "app: a file in the folder for texts cannot be read or removed", "")
}
