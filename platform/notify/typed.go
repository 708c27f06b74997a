package notify

import (
	"time"

	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/id"
	"alongside/platform/job"
)

// Words that someone who works here typed to a person go by text only, from the
// programme's number. They rest where they were typed, sealed under the person's
// key; the gate has their key and asks for them at the moment they go.

// typedWord stands in a delivery whose words were typed.
const typedWord = "typed"

// Typed is what was typed, and to which number. It is asked for again at the
// moment it goes, in a transaction that has to record the look: NotFound when the
// person no longer wants it.
type Typed struct{ To, Words string }

// CanText reports whether a text may leave: there is a way, and it is written
// down why it may be used.
func (g *Gate) CanText(tx *db.Tx) (bool, error) {
	if !g.exists(SMS) || g.Typed == nil {
		return false, nil
	}
	return isOpen(tx, SMS)
}

// SendTyped writes down, in the transaction, that what was typed under a key goes
// to a person by text. The same key goes once. While texts may not leave it is
// refused: errs.Unavailable.
func (g *Gate) SendTyped(tx *db.Tx, key, person string, useful time.Duration) error {
	may, err := g.CanText(tx)
	if err != nil {
		return errs.Wrap("notify: typed", err)
	}
	if !may {
		return errs.New(errs.Unavailable, "notify: texts are shut", "")
	}
	n, err := tx.Exec(insertDelivery, key, typedWord, person, SMS, typedWord, "/", id.Secret(16), tx.Now(), tx.Now().Add(useful))
	if err != nil || n == 0 {
		return errs.Wrap("notify: typed", err)
	}
	return errs.Wrap("notify: typed", job.AddIn(tx, job.Outside, bellKind, key+" "+typedWord, tx.Now()))
}

// Fates says how what was typed to a person in the last days fared, by key.
func Fates(tx *db.Tx, person string) (map[string]string, error) {
	rows, err := tx.Query("SELECT message, state FROM notify_delivery WHERE tenant = $1 AND account = $2 AND word = $3", person, typedWord)
	if err != nil {
		return nil, errs.Wrap("notify: fates", err)
	}
	defer rows.Close()
	out := map[string]string{}
	for rows.Next() {
		var key, state string
		if err := rows.Scan(&key, &state); err != nil {
			return nil, errs.Wrap("notify: fates", err)
		}
		out[key] = state
	}
	return out, rows.Err()
}

// typed puts what was typed into the letter. end says that it is not to go any
// more.
func (g *Gate) typed(tx *db.Tx, d delivery, l Letter) (delivery, string, error) {
	if g.Typed == nil {
		return d, Off, nil
	}
	t, err := g.Typed(tx, d.message)
	if errs.Is(err, errs.NotFound) {
		return d, Stopped, nil
	}
	l.Address, l.Text, l.Link = t.To, t.Words, ""
	d.letter = l
	return d, "", err
}
