package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// spec is what the definitions say, by element path.
type spec struct {
	elements  map[string]definition
	resources []string // every resource a file may hold, sorted
}

type definition struct {
	Path  string `json:"path"`
	Short string `json:"short"`
	Max   string `json:"max"`
	Type  []struct {
		Code string `json:"code"`
	} `json:"type"`
}

type structure struct {
	ResourceType string `json:"resourceType"`
	Name         string `json:"name"`
	Kind         string `json:"kind"`
	Abstract     bool   `json:"abstract"`
	Snapshot     struct {
		Element []definition `json:"element"`
	} `json:"snapshot"`
}

func readSpec(dir string) (*spec, error) {
	s := &spec{elements: map[string]definition{}}
	for _, name := range []string{"profiles-types.json", "profiles-resources.json"} {
		text, err := os.ReadFile(filepath.Join(dir, "dist/fhir/r4", name))
		if err != nil {
			return nil, err
		}
		if err := s.add(text); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	slices.Sort(s.resources)
	return s, nil
}

func (s *spec) add(text []byte) error {
	var bundle struct {
		Entry []struct {
			Resource structure `json:"resource"`
		} `json:"entry"`
	}
	if err := json.Unmarshal(text, &bundle); err != nil {
		return err
	}
	for _, e := range bundle.Entry {
		d := e.Resource
		if d.ResourceType != "StructureDefinition" {
			continue
		}
		if d.Kind == "resource" && !d.Abstract {
			s.resources = append(s.resources, d.Name)
		}
		for _, el := range d.Snapshot.Element {
			s.elements[el.Path] = el
		}
	}
	return nil
}

// fetch unpacks the definitions with the npm client into a folder of its own
// and returns it; the caller removes it.
func fetch() (string, error) {
	dir, err := os.MkdirTemp("", "fhirgen")
	if err != nil {
		return "", err
	}
	pack := exec.Command("npm", "pack", "--silent", definitions)
	pack.Dir = dir
	name, err := pack.Output()
	if err != nil {
		return "", fmt.Errorf("npm pack %s: %w", definitions, err)
	}
	unpack := exec.Command("tar", "xzf", strings.TrimSpace(string(name)), "--strip-components=1")
	unpack.Dir = dir
	if err := unpack.Run(); err != nil {
		return "", fmt.Errorf("unpack: %w", err)
	}
	return dir, nil
}
