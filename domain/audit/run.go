package audit

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"slices"

	"alongside/platform/db"
)

// Verification says what `alongside audit verify` is to look at.
type Verification struct {
	DB         *db.DB
	Checkpoint []byte                     // the file's content; nil without one
	Must       []string                   // organisations that have a log for certain
	Name       func(tenant string) string // what to call an organisation; nil: its id
	Unkeyed    func(tenant string) bool   // its keys are lost, so no log of it can be called ok; nil: none
	JSON       bool
}

// RunCheckpoint is `alongside audit checkpoint`: it prints the organisation's
// signed note. On PostgreSQL it first numbers what waits.
func RunCheckpoint(ctx context.Context, d *db.DB, tenant string, out io.Writer) error {
	if _, err := NewSequencer(d, slog.New(slog.DiscardHandler)).Sequence(ctx); err != nil {
		return err
	}
	signed, err := Publish(ctx, d, tenant)
	if err != nil {
		return err
	}
	_, err = out.Write(signed)
	return err
}

// RunVerify is `alongside audit verify`: it prints a line for each
// organisation, the verdict, the organisation and the position between tabs,
// and returns the exit code: 0 when every log is as it was written, 1 when not.
func RunVerify(ctx context.Context, v Verification, out io.Writer) (int, error) {
	if _, err := NewSequencer(v.DB, slog.New(slog.DiscardHandler)).Sequence(ctx); err != nil {
		return 1, err
	}
	results, err := Verify(ctx, v.DB, v.Checkpoint, v.Must)
	if err != nil {
		return 1, err
	}
	code := 0
	results = slices.DeleteFunc(results, func(r Result) bool {
		unsure := r.Verdict == OK && v.Unkeyed != nil && v.Unkeyed(r.Organisation)
		if unsure {
			code = 1
		}
		return unsure
	})
	for i := range results {
		if results[i].Verdict != OK {
			code = 1
		}
		if v.Name != nil {
			results[i].Organisation = v.Name(results[i].Organisation)
		}
	}
	if err := v.print(results, out); err != nil {
		return 1, err
	}
	return code, nil
}

func (v Verification) print(results []Result, out io.Writer) error {
	var b bytes.Buffer
	if v.JSON {
		if results == nil {
			results = []Result{}
		}
		if err := json.NewEncoder(&b).Encode(results); err != nil {
			return err
		}
	} else {
		for _, r := range results {
			fmt.Fprintf(&b, "%s\t%s\t%s\n", r.Verdict, r.Organisation, r.span())
		}
	}
	_, err := out.Write(b.Bytes())
	return err
}

// span is the position in words for a terminal.
func (r Result) span() string {
	if r.Verdict == OK {
		return fmt.Sprintf("%d leaves", r.Leaves)
	}
	if r.Until > r.Position {
		return fmt.Sprintf("%d-%d", r.Position, r.Until)
	}
	return fmt.Sprint(r.Position)
}
