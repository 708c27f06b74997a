package app

import (
	"fmt"
	"strings"
)

// words say what was done again, how whoever was paused comes in again, and what
// nobody can know who has only the copy.
func (d again) words(p place) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Everyone is signed out, and no link of before lets anyone sign in.\n")
	fmt.Fprintf(&b, "Ended again: %s.\n", d.ended())
	if n := d.Ended[heldAgain]; n > 0 {
		fmt.Fprintf(&b, "Held again: demands of a court or the police %d. What they said is gone: whoever decides writes each\ndown anew from its paper, and then ends the one that was put back.\n", n)
	}
	fmt.Fprintf(&b, "Paused again: accounts %d, organisations %d.\n", len(d.Paused), len(d.Organisations))
	if len(d.Paused) > 0 {
		b.WriteString("From each of these accounts a role or time was taken since the copy was made. Look at it; then an\nadministrator opens it again on its page, or you do:\n")
	}
	for _, one := range d.Paused {
		fmt.Fprintf(&b, "  alongside account resume --data %s --org %s --account %s\n", quoted(p.data), quoted(one.org), one.account)
	}
	for _, org := range d.Organisations {
		fmt.Fprintf(&b, "  alongside organisation resume --data %s --org %s --why TEXT\n", quoted(p.data), quoted(org))
	}
	b.WriteString(stands)
	return b.String()
}

// ended counts what was ended again, each sort of it, none left out.
func (d again) ended() string {
	var out []string
	for _, e := range endings() {
		if e.word == heldAgain {
			continue
		}
		out = append(out, fmt.Sprintf("%s %d", e.word, d.Ended[e.word]))
	}
	return strings.Join(out, ", ")
}

// quoted is a word as a shell takes it whole, whatever is in it.
func quoted(s string) string {
	if s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-") == "" {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// stands is what nobody can know who has only a copy of the data and of the keys.
const stands = `All this is known from the lists in the keys, and in the folder that --ledgers names. What was
taken back, stopped or paused after those were copied stands again: look through consents, cards,
roles and accounts before anyone comes in. All else is as on the day of the copy: addresses, what
people said about reaching them safely, settings. Where a number was changed since, nobody is called
or texted at the old one until somebody says that it is fine. A demand of a court or the police that
was written down after those lists were copied is gone: write it down again before anything leaves.
`
