package db

import (
	"fmt"
	"strconv"
	"strings"
	"sync"

	"alongside/platform/errs"
)

// plan is what is known of one SQL text before it is run.
type plan struct {
	sql    string // as written, for PostgreSQL
	lite   string // with ?n for $n: SQLite would number $n by first appearance
	params int    // how many parameters it takes
	first  bool   // $1 appears
	asks   bool   // it only asks: SELECT, WITH, VALUES or EXPLAIN
}

// maxPlans bounds the memory for texts put together at run time.
const maxPlans = 2000

// plans remembers the texts seen.
type plans struct {
	mu  sync.RWMutex
	all map[string]*plan
}

func (ps *plans) of(sql string) (*plan, error) {
	ps.mu.RLock()
	p := ps.all[sql]
	ps.mu.RUnlock()
	if p != nil {
		return p, nil
	}
	p, err := newPlan(sql)
	if err != nil {
		return nil, err
	}
	ps.mu.Lock()
	defer ps.mu.Unlock()
	if ps.all == nil || len(ps.all) >= maxPlans {
		ps.all = map[string]*plan{}
	}
	ps.all[sql] = p
	return p, nil
}

// newPlan reads the parameters of a text, leaving literals, quoted names and
// comments alone. Every parameter up to the last must be used, and only $n is a
// parameter: what PostgreSQL would refuse is refused here on both engines.
func newPlan(sql string) (*plan, error) {
	p := &plan{sql: sql}
	var out strings.Builder
	used := map[int]bool{}
	for i := 0; i < len(sql); {
		if n := quoted(sql[i:]); n > 0 {
			out.WriteString(sql[i : i+n])
			i += n
			continue
		}
		if sql[i] == '?' {
			return nil, bad("? is not a parameter here", sql)
		}
		if sql[i] != '$' {
			out.WriteByte(sql[i])
			i++
			continue
		}
		number, n := digits(sql[i+1:])
		if number < 1 {
			return nil, bad("a parameter without a number", sql)
		}
		used[number] = true
		p.params = max(p.params, number)
		fmt.Fprintf(&out, "?%d", number)
		i += 1 + n
	}
	for n := 1; n <= p.params; n++ {
		if !used[n] {
			return nil, bad(fmt.Sprintf("$%d is not used", n), sql)
		}
	}
	p.lite, p.first, p.asks = out.String(), used[1], asks(sql)
	return p, nil
}

func bad(what, sql string) error {
	return errs.New(errs.Internal, "db: "+what+" in: "+sql, "")
}

// asks reports whether a text begins like one that only asks. A read is also
// kept from writing by the engine; this makes the refusal the same on both.
func asks(sql string) bool {
	word, _, _ := strings.Cut(strings.TrimLeft(sql, " \t\r\n("), " ")
	word, _, _ = strings.Cut(word, "\n")
	switch strings.ToUpper(word) {
	case "SELECT", "WITH", "VALUES", "EXPLAIN":
		return true
	}
	return false
}

// quoted returns how many bytes at the start of s are a literal, a quoted name
// or a comment, 0 when none is.
func quoted(s string) int {
	switch {
	case s[0] == '\'' || s[0] == '"':
		return until(s, 1, s[:1])
	case strings.HasPrefix(s, "--"):
		return until(s, 2, "\n")
	case strings.HasPrefix(s, "/*"):
		return until(s, 2, "*/")
	}
	return 0
}

func until(s string, from int, end string) int {
	n := strings.Index(s[from:], end)
	if n < 0 {
		return len(s)
	}
	return from + n + len(end)
}

func digits(s string) (number, n int) {
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	number, err := strconv.Atoi(s[:n])
	if err != nil || number > 32766 {
		return 0, n
	}
	return number, n
}
