package people

import (
	"slices"
	"strconv"
	"strings"

	"alongside/platform/db"
	"alongside/platform/seal"
)

// Tokens by which a person can be found in the organisation: at most five, of
// the parts of their names, of how one of them sounds, and of the last digits
// of their telephone. They are keyed, so that the table says nothing without
// the keys, and the key is another each year.
const (
	tokensMost = 5
	tokenSize  = 8 // enough to be rare, too short to tell one person from all others
	lastDigits = 4
)

// keyed makes the tokens of one organisation and year.
type keyed struct {
	vault  *seal.Vault
	tenant string
	year   int64
}

func under(tx *db.Tx, year int64) keyed { return keyed{tx.Vault(), tx.Scope().Tenant, year} }

func (k keyed) token(kind, value string) []byte {
	use := "people.search." + strconv.FormatInt(k.year, 10)
	return k.vault.Token(k.tenant, use, []byte(kind+value))[:tokenSize]
}

func (k keyed) name(part string) []byte  { return k.token("name:", part) }
func (k keyed) sound(part string) []byte { return k.token("sound:", Sound(part)) }
func (k keyed) ending(d string) []byte   { return k.token("phone:", d[len(d)-lastDigits:]) }

// of are a person's tokens.
func (k keyed) of(p *Person) [][]byte {
	var out [][]byte
	if d := digits(p.Phone); len(d) >= lastDigits {
		out = append(out, k.ending(d))
	}
	if f := family(p); Sound(f) != "" {
		out = append(out, k.sound(f))
	}
	for _, part := range nameParts(p) {
		if len(out) == tokensMost {
			break
		}
		out = append(out, k.name(part))
	}
	return out
}

// alone reports whether this mark may propose two records by itself.
func (m mark) alone() bool { return m.why != sameName || m.bare }

// nameParts are the parts of a person's names, those first by which they are
// most often looked for: the first and the last of the name they use, then of
// the one on their papers, then what lies between.
func nameParts(p *Person) []string {
	var out, between []string
	for _, parts := range [][]string{Parts(p.Name), Parts(p.LegalName)} {
		for i, w := range parts {
			if i == 0 || i == len(parts)-1 {
				out = append(out, w)
			} else {
				between = append(between, w)
			}
		}
	}
	return once(append(out, between...))
}

func once(list []string) []string {
	var out []string
	for _, s := range list {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// family is the part of a name that stays with a family, as far as its place
// says so: before a comma, else at the end.
func family(p *Person) string {
	name := p.LegalName
	if name == "" {
		name = p.Name
	}
	if before, after, ok := strings.Cut(name, ","); ok && strings.TrimSpace(after) != "" {
		name = before
	}
	parts := Parts(name)
	if len(parts) == 0 {
		return ""
	}
	return parts[len(parts)-1]
}

// Marks by which two records are proposed as the same person: the whole
// telephone number, the whole e-mail address, the whole name of two parts or
// more. Keyed like tokens. A name alone proposes only where nothing else is
// known of one of the two: people of one name and two numbers are many.
const (
	samePhone = "phone"
	sameEmail = "email"
	sameName  = "name"
)

type mark struct {
	why  string
	key  []byte
	bare bool // a name, and nothing else is known
}

func (k keyed) marks(p *Person) []mark {
	var out []mark
	add := func(why, value string) { out = append(out, mark{why: why, key: k.token("same-"+why+":", value)}) }
	if d := digits(p.Phone); len(d) >= phoneLeast {
		add(samePhone, d[max(0, len(d)-phoneTail):]) // with or without the country
	}
	if p.Email != "" {
		add(sameEmail, strings.ToLower(p.Email))
	}
	name := p.LegalName
	if name == "" {
		name = p.Name
	}
	if parts := Parts(name); len(parts) > 1 {
		bare := len(out) == 0
		slices.Sort(parts)
		add(sameName, strings.Join(parts, " "))
		out[len(out)-1].bare = bare
	}
	return out
}

const (
	phoneLeast = 7
	phoneTail  = 9 // what is left of a number in most countries without its own prefix
)
