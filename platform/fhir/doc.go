// Package fhir reads files in the format that hospitals exchange, HL7 FHIR R4
// in JSON, of any size, and says in plain words what in them cannot be taken
// and where it stands. It knows the format and nothing of what the resources
// mean to this program.
//
// A file is read twice. Open goes through all of it and holds none of it: a
// file that is cut short, is not JSON or is not FHIR is refused here, before
// anyone has acted on its first half. Each then hands out the resources one
// after the other, and At reads one again. What a reader keeps is a place, not
// a resource.
//
// It is not a library because no usable Go library for FHIR is served where
// this project is built, and those there are hold a whole file.
package fhir

//go:generate go run alongside/tool/fhirgen -list elements.txt -out r4_gen.go
