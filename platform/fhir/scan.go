package fhir

import "errors"

// maxDepth is how many brackets may stand open at once in a file. FHIR needs
// some twenty; a file that goes deeper is refused whole.
const maxDepth = 10_000

var (
	errDeep     = errors.New("brackets are nested too deep")
	errBrackets = errors.New("a bracket closes what was not opened")
)

// scan finds where one JSON value ends. It follows brackets and strings and
// leaves everything else to syntax.go, so that a value of any length can be
// passed over without holding it.
type scan struct {
	open     []byte // the brackets that are open, outermost first
	deepest  int
	started  bool
	inString bool
	escaped  bool
	scalar   bool // a number or a word: ends before the next delimiter
}

// feed goes through b, which continues what was fed before. It returns how
// many bytes belong to the value and whether the value is whole.
func (s *scan) feed(b []byte) (n int, whole bool, err error) {
	for n < len(b) {
		if s.inString {
			n += s.string(b[n:])
			if !s.inString && len(s.open) == 0 {
				return n, true, nil
			}
			continue
		}
		if s.scalar && delimits(b[n]) {
			return n, true, nil
		}
		if err := s.byte(b[n]); err != nil {
			return n, false, err
		}
		n++
		if s.started && !s.scalar && !s.inString && len(s.open) == 0 {
			return n, true, nil
		}
	}
	return n, false, nil
}

// string goes to the end of the string or of b.
func (s *scan) string(b []byte) int {
	for i, c := range b {
		switch {
		case s.escaped:
			s.escaped = false
		case c == '\\':
			s.escaped = true
		case c == '"':
			s.inString = false
			return i + 1
		}
	}
	return len(b)
}

func (s *scan) byte(c byte) error {
	first := !s.started
	s.started = true
	switch c {
	case '"':
		s.inString = true
	case '{', '[':
		if len(s.open) >= maxDepth {
			return errDeep
		}
		s.open = append(s.open, c)
		s.deepest = max(s.deepest, len(s.open))
	case '}', ']':
		if len(s.open) == 0 || s.open[len(s.open)-1] != c-2 {
			return errBrackets
		}
		s.open = s.open[:len(s.open)-1]
	default:
		s.scalar = s.scalar || first
	}
	return nil
}

// again makes s ready for the next value and keeps its memory.
func (s *scan) again() { *s = scan{open: s.open[:0]} }

func delimits(c byte) bool {
	switch c {
	case ',', ']', '}', ':', ' ', '\n', '\r', '\t':
		return true
	}
	return false
}
