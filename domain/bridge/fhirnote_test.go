package bridge

import (
	"encoding/base64"
	"encoding/json"
	"testing"

	"alongside/domain/audit"
	"alongside/platform/db"
	"alongside/platform/fhir"
)

// What a person takes along holds the very bytes they approved, and says of each
// whether it still stands.
func TestWhatWasApprovedGoesAlong(t *testing.T) {
	each(t, func(w *world) {
		n := w.draft("Mornings.\nأفضل الصباح")
		w.yes(n)
		one := w.read(n)
		again := one.Note
		again.Body = "Nights."
		w.must(w.s.Write(rosa(), w.door(), again, one.Mark))
		w.yes(n)
		var all []json.RawMessage
		w.must(w.d.Write(blues(), func(tx *db.Tx) (err error) {
			if all, err = w.s.OwnDocuments(tx, w.blue); err != nil {
				return err
			}
			return audit.Record(tx, audit.Entry{Kind: audit.Look, Action: "mine.take"}, string(w.blue))
		}))
		want := map[string]string{"superseded": "Mornings.\nأفضل الصباح", "current": "Nights."}
		for _, raw := range all {
			for _, f := range fhir.Check(raw) {
				w.Errorf("%v", f)
			}
			var d document
			w.must(json.Unmarshal(raw, &d))
			words, err := base64.StdEncoding.DecodeString(d.Content[0].Attachment.Data)
			if err != nil || string(words) != want[d.Status] || d.Subject.Reference != "Patient/"+string(w.blue) {
				w.Errorf("%s %q %v", d.Status, words, err)
			}
			delete(want, d.Status)
		}
		if len(want) > 0 {
			w.Errorf("not there: %v", want)
		}
	})
}
