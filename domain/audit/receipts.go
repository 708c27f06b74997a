package audit

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/strictjson"
)

// receiptFormat is the first word of a file of receipts.
const receiptFormat = "alongside receipts 1"

// Receipts is what a person keeps: proof of what was recorded about them, to be
// checked without the program's data. It names nobody but them, by an opaque id.
type Receipts struct {
	Format   string    `json:"format"`
	Key      string    `json:"key"` // the organisation's public key
	Person   string    `json:"person"`
	Receipts []Receipt `json:"receipts"`
}

// ProveAll makes the receipts of some leaves for one of their subjects. A leaf
// that waits for its number has none yet and is left out.
func ProveAll(tx *db.Tx, subject string, leaves []int64) (Receipts, error) {
	out := Receipts{Format: receiptFormat, Person: subject, Receipts: []Receipt{}}
	var err error
	if out.Key, err = PublicKey(tx.Vault(), tx.Scope().Tenant); err != nil {
		return out, err
	}
	for _, n := range leaves {
		if n == Pending {
			continue
		}
		r, err := Prove(tx, n, subject)
		if err != nil {
			return out, err
		}
		out.Receipts = append(out.Receipts, r)
	}
	return out, nil
}

// Checking says what `alongside audit receipt` is to look at.
type Checking struct {
	File       []byte
	Checkpoint []byte // kept elsewhere; nil without one
	Key        string // got elsewhere; empty takes the one in the file
	JSON       bool
}

// Checked is the verdict on one receipt.
type Checked struct {
	Verdict string    `json:"verdict"` // ok | changed | another log | other checkpoint
	Leaf    int64     `json:"leaf"`
	At      time.Time `json:"at"`
	Kind    Kind      `json:"kind"`
	Action  string    `json:"action"`
	By      string    `json:"by"`
}

// The verdicts on a receipt.
const (
	Holds      = "ok"
	Changed    = "changed"
	AnotherLog = "another log"
	OtherSize  = "other checkpoint"
)

// RunReceipt is `alongside audit receipt`: it prints a line for each receipt of
// the file and returns the exit code, 0 when every one holds. It needs no data
// folder and no connection.
func RunReceipt(c Checking, out io.Writer) (int, error) {
	var all Receipts
	if err := strictjson.Decode(c.File, &all); err != nil || all.Format != receiptFormat || len(all.Receipts) == 0 {
		return 1, errs.New(errs.Invalid, "audit: receipts", "")
	}
	if c.Key == "" {
		c.Key = all.Key
	}
	code, lines := 0, []Checked{}
	for _, r := range all.Receipts {
		line := c.check(r, all.Person)
		if line.Verdict != Holds {
			code = 1
		}
		lines = append(lines, line)
	}
	return code, c.print(lines, out)
}

func (c Checking) check(r Receipt, person string) Checked {
	line := Checked{Verdict: Holds, Leaf: r.Number}
	if leaf, err := decode(r.Leaf); err == nil {
		line.At, line.Kind, line.Action, line.By = leaf.When(), leaf.Kind, leaf.Action, leaf.Actor
	}
	if r.Check(c.Key, person) != nil {
		line.Verdict = Changed
		return line
	}
	if c.Checkpoint == nil {
		return line
	}
	switch err := r.Against(c.Key, c.Checkpoint); {
	case errors.Is(err, ErrOtherSize):
		line.Verdict = OtherSize
	case err != nil:
		line.Verdict = AnotherLog
	}
	return line
}

func (c Checking) print(lines []Checked, out io.Writer) error {
	if c.JSON {
		return json.NewEncoder(out).Encode(lines)
	}
	for _, l := range lines {
		if _, err := fmt.Fprintf(out, "%s\tleaf %d\t%s\t%s\t%s\t%s\n", l.Verdict, l.Leaf, l.At.Format(time.RFC3339), l.Kind, l.Action, l.By); err != nil {
			return err
		}
	}
	return nil
}
