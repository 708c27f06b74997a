package handoff

import (
	"bytes"
	"os"
	"testing"

	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/fhir"
)

// imported is what became of one file, by the way that import fhir goes.
type imported struct {
	kept, already int
	why           []string
	sum           FHIRSummary
}

func (w *world) importFHIR(t testing.TB, text []byte) (out imported) {
	t.Helper()
	ctx := as("coordinator", "cosmo")
	file, err := fhir.Open(ctx, bytes.NewReader(text), int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	out.sum, err = ReadFHIR(ctx, file, FHIROptions{Referral: func(f FHIRReferral) error {
		taken, err := w.s.TakeTask(ctx, f)
		switch {
		case taken.Why != "":
			out.why = append(out.why, taken.Why)
		case taken.Kept:
			out.kept++
		default:
			out.already++
		}
		return err
	}}, func(FHIRFound) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func gravityFile(t testing.TB, name string) []byte {
	t.Helper()
	text, err := os.ReadFile("testdata/fhir/gravity/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func referralFile(t testing.TB) []byte {
	return gravityFile(t, "Task-SDOHCC-TaskReferralManagementOrderFulfillmentAcceptedExample")
}

// changed is a resource with one element and its value in place of another.
func changed(t testing.TB, text []byte, changes ...fhir.Change) []byte {
	t.Helper()
	out, err := fhir.Patch(text, changes...)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func status(s string) fhir.Change { return fhir.Change{Name: "status", Value: s} }

func modifiedAt(s string) fhir.Change { return fhir.Change{Name: "lastModified", Value: s} }

// all are the hand-offs, oldest first.
func (w *world) all(t testing.TB) []Line {
	t.Helper()
	var out []Line
	if err := w.s.Lines(as("coordinator", "cosmo"), func(l Line) error { out = append(out, l); return nil }); err != nil {
		t.Fatal(err)
	}
	return out
}

// only is the one hand-off there is.
func (w *world) only(t testing.TB) Line {
	t.Helper()
	all := w.all(t)
	if len(all) != 1 {
		t.Fatalf("%d hand-offs", len(all))
	}
	return all[0]
}

func (w *world) export(t testing.TB, one ref.Handoff) []string {
	t.Helper()
	var out []string
	err := w.s.ExportTasks(as("coordinator", "cosmo"), one, func(task []byte) error {
		out = append(out, string(task))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func (w *world) rows(t testing.TB, table string) (n int) {
	t.Helper()
	err := w.d.Read(as("coordinator", "cosmo"), func(tx *db.Tx) error {
		return tx.Row("SELECT COUNT(*) FROM " + table + " WHERE tenant = $1").Scan(&n)
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// EachImport runs fn on both engines with the way that import fhir goes. What it
// returns is what the file was read as, and how many hand-offs and Tasks there
// are after it.
func EachImport(t *testing.T, fn func(t *testing.T, read func(text []byte) (sum FHIRSummary, handoffs, tasks int))) {
	each(t, func(t *testing.T, w *world) {
		fn(t, func(text []byte) (FHIRSummary, int, int) {
			sum := FHIRSummary{Read: 1, RefusedTotal: 1} // refused as a whole
			if _, err := fhir.Open(t.Context(), bytes.NewReader(text), int64(len(text))); err == nil {
				sum = w.importFHIR(t, text).sum
			}
			return sum, w.rows(t, "handoff_handoff"), w.rows(t, "handoff_task")
		})
	})
}
