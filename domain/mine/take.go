package mine

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"strconv"
	"time"

	"alongside/domain/audit"
	"alongside/domain/ref"
	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/field"
	"alongside/platform/i18n"
)

// Taken is what a person takes along: a page that any browser opens, what FHIR
// has a form for, and proof of who looked. No one else is in it.
type Taken struct {
	Page, Bundle []byte
	Receipts     [][]byte // of each of their records; one unless some were joined
}

// Files are the names and contents of what is taken, in order.
func (t Taken) Files() []File {
	out := []File{{"index.html", t.Page}, {"fhir-bundle.json", t.Bundle}}
	for i, r := range t.Receipts {
		name := "receipts.json"
		if i > 0 {
			name = "receipts-" + strconv.Itoa(i+1) + ".json"
		}
		out = append(out, File{name, r})
	}
	return out
}

// File is one file of what a person takes along.
type File struct {
	Name    string
	Content []byte
}

// Zip writes all of it as one archive.
func (t Taken) Zip(w io.Writer) error {
	z := zip.NewWriter(w)
	for _, f := range t.Files() {
		to, err := z.Create(f.Name)
		if err != nil {
			return err
		}
		if _, err := to.Write(f.Content); err != nil {
			return err
		}
	}
	return z.Close()
}

// Copy is for whom what is taken is put into words.
type Copy struct {
	Words *i18n.Words
	Zone  *time.Location
	Org   string
}

// TakeOwn is Take for the person whose own account acts.
func (s *Service) TakeOwn(tx *db.Tx, c Copy) (Taken, error) {
	person, err := me(tx)
	if err != nil {
		return Taken{}, err
	}
	return s.take(tx, person, c, "mine.take")
}

// Take makes what a person takes along, for whoever may make it for them. It is
// recorded and the person sees it.
func (s *Service) Take(tx *db.Tx, person ref.Person, c Copy) (Taken, error) {
	if err := s.Allow(tx, "mine.export"); err != nil {
		return Taken{}, err
	}
	return s.take(tx, person, c, "mine.export")
}

func (s *Service) take(tx *db.Tx, person ref.Person, c Copy, action string) (out Taken, err error) {
	parts, err := s.parts(tx, person, field.Reader{Words: c.Words, Zone: c.Zone})
	if err != nil {
		return out, errs.Wrap("mine: take", err)
	}
	if len(parts) == 0 {
		return out, errs.New(errs.NotFound, "mine: take of nobody", "")
	}
	if out.Bundle, err = s.bundle(tx, person); err != nil {
		return out, errs.Wrap("mine: take", err)
	}
	all, err := s.Same(tx, person)
	if err != nil {
		return out, errs.Wrap("mine: take", err)
	}
	if out.Receipts, err = proofs(tx, all); err != nil {
		return out, errs.Wrap("mine: take", err)
	}
	leaves, err := audit.HistoryOf(tx, all, mostTaken)
	if err != nil {
		return out, errs.Wrap("mine: take", err)
	}
	out.Page = readable{c, tx.Now(), parts, leaves}.html()
	return out, looked(tx, action, person)
}

// bundle is a FHIR Bundle of what has a form there.
func (s *Service) bundle(tx *db.Tx, person ref.Person) ([]byte, error) {
	type entry struct {
		Resource json.RawMessage `json:"resource"`
	}
	b := struct {
		ResourceType string  `json:"resourceType"`
		Type         string  `json:"type"`
		Timestamp    string  `json:"timestamp"`
		Entry        []entry `json:"entry"`
	}{"Bundle", "collection", tx.Now().UTC().Format(time.RFC3339), []entry{}}
	all, err := s.Same(tx, person)
	if err != nil {
		return nil, err
	}
	for _, p := range all {
		list, err := s.Resources(tx, p)
		if err != nil {
			return nil, err
		}
		for _, r := range list {
			b.Entry = append(b.Entry, entry{r})
		}
	}
	return encoded(b)
}

// encoded is JSON with every byte of what it holds as it was: a receipt proves
// bytes.
func encoded(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return b.Bytes(), err
}
