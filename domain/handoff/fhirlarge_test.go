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

// largeFile writes a Bundle of 200 MB (20 outside make soak): patients with thirty visits
// each, one of them an overdose, one rehabilitation, and laboratory values
// between. It returns how many patients there are.
func largeFile(t *testing.T) (*os.File, int) { return largeFileOf(t, onePatient) }

// largeFileOf writes one entry after the other until the file is large.
func largeFileOf(t *testing.T, one func(int) string) (*os.File, int) {
	t.Helper()
	size := soak.Count(200) * 1_000_000
	file, err := os.CreateTemp(t.TempDir(), "large")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	w := bufio.NewWriterSize(file, 1<<20)
	fmt.Fprint(w, `{"resourceType":"Bundle","type":"collection","entry":[{}`)
	written, patients := 0, 0
	for written < size {
		n, err := w.WriteString(one(patients))
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
	bytes int64
	most  uint64
}

func (w *watched) ReadAt(p []byte, off int64) (int, error) {
	if w.reads++; w.reads%16 == 0 {
		w.most = max(w.most, heap())
	}
	n, err := w.ReaderAt.ReadAt(p, off)
	w.bytes += int64(n)
	return n, err
}

func heap() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// A file of 200 MB (20 MB outside make soak) is read in less than 32 MB.
func TestALargeFileIsNotHeld(t *testing.T) {
	file, patients := largeFile(t)
	linked := 0
	sum, grew := readWatched(t, file, func(v handoff.FHIRFound) error {
		if v.Evidence != nil && v.Evidence.Days == 10.5 {
			linked++
		}
		return nil
	})
	if sum.Kept != patients || linked != patients || sum.RefusedTotal != 0 {
		t.Fatalf("%d patients, %d linked, %+v", patients, linked, sum)
	}
	if grew > 32<<20 {
		t.Errorf("the heap grew by %d MB", grew>>20)
	}
	t.Logf("%d visits, heap %d MB", sum.Kept, grew>>20)
}

// One entry longer than 4 MB is refused with its place and not held, and the
// rest of the file is read.
func TestALongEntryIsPassedOver(t *testing.T) {
	file := longEntry(t)
	sum, grew := readWatched(t, file, func(handoff.FHIRFound) error { return nil })
	if sum.Kept != 2 || len(sum.Refused) != 1 || sum.Refused[0].Place != "entry[2] line 4" || sum.Refused[0].Reason != "is larger than 4 MB" {
		t.Errorf("%+v", sum)
	}
	if grew > 32<<20 {
		t.Errorf("the heap grew by %d MB", grew>>20)
	}
}

func longEntry(t *testing.T) *os.File {
	t.Helper()
	name := t.TempDir() + "/long.json"
	long := `{"resourceType":"DocumentReference","id":"d","data":"` + strings.Repeat("A", 60<<20) + `"}`
	if err := os.WriteFile(name, bundleOf(visit(), long, visit(`"id":"e"`, `"id":"f"`)), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	return file
}

// readWatched reads a file and returns by how much the heap grew.
func readWatched(t *testing.T, file *os.File, found func(handoff.FHIRFound) error) (handoff.FHIRSummary, int64) {
	t.Helper()
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
	sum, err := handoff.ReadFHIR(context.Background(), f, handoff.FHIROptions{}, found)
	if err != nil {
		t.Fatal(err)
	}
	if w.bytes > 5*info.Size() {
		t.Errorf("%d bytes were read of a file of %d: four passes and the visits are fewer", w.bytes, info.Size())
	}
	return sum, int64(w.most) - int64(before)
}
