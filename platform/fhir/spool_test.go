package fhir_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"alongside/platform/fhir"

	"pgregory.net/rapid"
)

func TestSpoolGivesBackWhatCameIn(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		in := rapid.SliceOfN(rapid.Byte(), 0, 300).Draw(r, "bytes")
		s, err := fhir.NewSpool(context.Background(), iotest.OneByteReader(bytes.NewReader(in)), t.TempDir(), 1000)
		if err != nil {
			r.Fatal(err)
		}
		defer s.Close()
		out, err := io.ReadAll(io.NewSectionReader(s, 0, s.Size()))
		if err != nil || !bytes.Equal(in, out) {
			r.Fatalf("%v: %d bytes in, %d out", err, len(in), len(out))
		}
		from := rapid.IntRange(0, len(in)).Draw(r, "from")
		part := make([]byte, len(in)-from)
		if _, err := s.ReadAt(part, int64(from)); (err != nil && err != io.EOF) || !bytes.Equal(part, in[from:]) {
			r.Fatalf("from %d: %v", from, err)
		}
	})
}

func TestSpoolLeavesNothingReadable(t *testing.T) {
	dir := t.TempDir()
	secret := strings.Repeat("Ann Lee was here. ", 10_000)
	s, err := fhir.NewSpool(context.Background(), strings.NewReader(secret), dir, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob(dir + "/*")
	if len(files) != 1 {
		t.Fatalf("%d files", len(files))
	}
	on, err := os.ReadFile(files[0])
	info, _ := os.Stat(files[0])
	if err != nil || len(on) != len(secret) || bytes.Contains(on, []byte("Ann")) || info.Mode().Perm() != 0o600 {
		t.Errorf("%v: %d bytes, mode %v", err, len(on), info.Mode())
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if files, _ = filepath.Glob(dir + "/*"); len(files) != 0 || s.Close() != nil {
		t.Errorf("%d files are left", len(files))
	}
}

func TestSpoolRefusesTooMuchAndPassesOnABrokenPipe(t *testing.T) {
	dir := t.TempDir()
	_, err := fhir.NewSpool(context.Background(), strings.NewReader(strings.Repeat("x", 100)), dir, 99)
	if f, ok := fhir.FaultOf(err); !ok || !strings.Contains(f.Reason, "larger") {
		t.Errorf("got %v", err)
	}
	gone := errors.New("gone")
	if _, err = fhir.NewSpool(context.Background(), iotest.ErrReader(gone), dir, 99); err != gone {
		t.Errorf("got %v", err)
	}
	if files, _ := filepath.Glob(dir + "/*"); len(files) != 0 {
		t.Errorf("%d files are left", len(files))
	}
}
