package fhir

import (
	"regexp"
	"strings"
	"sync"
)

// typeAndID is the end of a reference that names a resource on a server. It is
// made when it is first needed: it is a seventh of what all packages do before
// the program begins.
var typeAndID = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?:^|/)([A-Z][A-Za-z]+)/([A-Za-z0-9.-]{1,64})(?:/_history/[A-Za-z0-9.-]{1,64})?$`)
})

// Keys returns the names under which other resources of the file can point to
// this one: its full URL, or its type and id where the full URL is not an
// address on a server.
func (e *Entry) Keys() []string {
	var keys []string
	if e.FullURL != "" {
		keys = append(keys, canonical(e.FullURL))
	}
	if e.ID != "" && e.Type != "" && e.Base() == "" {
		keys = append(keys, e.Type+"/"+e.ID)
	}
	return keys
}

// Targets returns the keys that a reference inside this entry can mean, the
// likeliest first: urn:uuid, an address, or a type and id, with or without a
// version. In a file of one resource per line an address also means the resource
// of that type and id in the file, as the Bulk Data guide has it. It returns
// nothing for a reference into the resource itself (#id), a search
// (Patient?identifier=…) and an empty one.
func (e *Entry) Targets(reference string) []string {
	switch {
	case reference == "" || reference[0] == '#' || strings.Contains(reference, "?"):
		return nil
	case strings.Contains(reference, ":"):
		return e.address(canonical(reference))
	}
	own := canonical(reference)
	if base := e.Base(); base != "" {
		return []string{base + "/" + own, own}
	}
	return []string{own}
}

func (e *Entry) address(own string) []string {
	m := typeAndID().FindStringSubmatch(own)
	if e.shape != perLine || m == nil || !strings.HasPrefix(own, "http") {
		return []string{own}
	}
	return []string{own, m[1] + "/" + m[2]}
}

// Base is the address of the server in the entry's full URL, or "".
func (e *Entry) Base() string {
	if !strings.HasPrefix(e.FullURL, "http://") && !strings.HasPrefix(e.FullURL, "https://") {
		return ""
	}
	m := typeAndID().FindStringSubmatchIndex(e.FullURL)
	if m == nil {
		return ""
	}
	return e.FullURL[:m[0]]
}

// canonical drops the version of a reference and the case of a UUID.
func canonical(reference string) string {
	if strings.HasPrefix(strings.ToLower(reference), "urn:") {
		return strings.ToLower(reference)
	}
	if i := strings.Index(reference, "/_history/"); i >= 0 {
		return reference[:i]
	}
	return reference
}
