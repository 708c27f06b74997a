package handoff_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"

	"alongside/domain/handoff"
	"alongside/platform/fhir"
	"alongside/platform/soak"
)

// largeFile writes a Bundle of about size bytes: patients with thirty visits
// each, one of them an overdose, one rehabilitation, and laboratory values
// between. It returns how many patients there are.
func largeFile(t *testing.T, size int) (*os.File, int) {
	t.Helper()
	file, err := os.CreateTemp(t.TempDir(), "large")
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriterSize(file, 1<<20)
	fmt.Fprint(w, `{"resourceType":"Bundle","type":"collection","entry":[{}`)
	written, patients := 0, 0
	for written < size {
		n, err := w.WriteString(onePatient(patients))
		if err != nil {
			t.Fatal(err)
		}
		written, patients = written+n, patients+1
	}
	fmt.Fprint(w, "]}")
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return file, patients
}

func onePatient(n int) string {
	var b strings.Builder
	me := fmt.Sprintf("Patient/p%d", n)
	add := func(resource string) { fmt.Fprintf(&b, ",\n{\"resource\":%s}", resource) }
	for i := range 30 {
		id := fmt.Sprintf(`"id":"e%d-%d"`, n, i)
		switch i {
		case 7:
			add(visit(`"id":"e"`, id, "Patient/p", me))
		case 20:
			add(strings.NewReplacer(`"id":"r"`, id, "Patient/p", me).Replace(rehab))
		default:
			add(visit(`"id":"e"`, id, "Patient/p", me, "EMER", "AMB", "55680006", "1"))
		}
		add(`{"resourceType":"Observation","id":"o","status":"final","valueString":"` + strings.Repeat("0123456789", 40) + `"}`)
	}
	add(fmt.Sprintf(`{"resourceType":"Patient","id":"p%d","name":[{"text":"Person %d"}],"birthDate":"1980-02-29"}`, n, n))
	return b.String()
}

// watched notes the most heap in use while it is read.
type watched struct {
	io.ReaderAt
	reads int
	most  uint64
}

func (w *watched) ReadAt(p []byte, off int64) (int, error) {
	if w.reads++; w.reads%16 == 0 {
		w.most = max(w.most, heap())
	}
	return w.ReaderAt.ReadAt(p, off)
}

func heap() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// A file of 200 MB (20 MB outside make soak) is read in less than 32 MB.
func TestALargeFileIsNotHeld(t *testing.T) {
	file, patients := largeFile(t, soak.Count(200)*1_000_000)
	info, err := file.Stat()
	if err != nil {
		t.Fatal(err)
	}
	runtime.GC()
	before := heap()
	w := &watched{ReaderAt: file}
	f, err := fhir.Open(context.Background(), w, info.Size())
	if err != nil {
		t.Fatal(err)
	}
	linked := 0
	sum, err := handoff.ReadFHIR(context.Background(), f, handoff.FHIROptions{}, func(v handoff.FHIRFound) error {
		if v.Evidence != nil && v.Evidence.Days == 10.5 {
			linked++
		}
		return nil
	})
	if err != nil || sum.Kept != patients || linked != patients || sum.RefusedTotal != 0 {
		t.Fatalf("%v: %d patients, %d linked, %+v", err, patients, linked, sum)
	}
	if grew := int64(w.most) - int64(before); grew > 32<<20 {
		t.Errorf("the heap grew by %d MB for a file of %d MB", grew>>20, info.Size()>>20)
	}
	t.Logf("%d MB, %d visits, heap %d MB", info.Size()>>20, sum.Kept, (w.most-before)>>20)
}

// One entry longer than 4 MB is refused with its place and not held, and the
// rest of the file is read.
func TestALongEntryIsPassedOver(t *testing.T) {
	long := `{"resourceType":"DocumentReference","id":"d","data":"` + strings.Repeat("A", 30<<20) + `"}`
	text := bundleOf(visit(), long, visit(`"id":"e"`, `"id":"f"`))
	runtime.GC()
	before := heap()
	w := &watched{ReaderAt: strings.NewReader(string(text))}
	f, err := fhir.Open(context.Background(), w, int64(len(text)))
	if err != nil {
		t.Fatal(err)
	}
	sum, err := handoff.ReadFHIR(context.Background(), f, handoff.FHIROptions{}, func(handoff.FHIRFound) error { return nil })
	if err != nil || sum.Kept != 2 || len(sum.Refused) != 1 || sum.Refused[0].Place != "entry[2] line 4" || sum.Refused[0].Reason != "is larger than 4 MB" {
		t.Errorf("%v, %+v", err, sum)
	}
	if grew := int64(w.most) - int64(before); grew > 64<<20 { // the text itself is copied once for this test
		t.Errorf("the heap grew by %d MB", grew>>20)
	}
}
