package audit

import "slices"

// judge ends a scan: what the head and the checkpoint say of the leaves that
// were found.
func (s *scan) judge(must bool) Result {
	if s.wrong == nil {
		s.wrong = s.judgeHead(must)
	}
	if s.wrong == nil {
		s.wrong = s.judgePoint()
	}
	if s.wrong == nil {
		return Result{Verdict: OK, Position: s.tree.size, Until: s.tree.size}
	}
	return Result{Verdict: s.wrong.verdict, Position: s.wrong.at, Until: s.wrong.until}
}

func (s *scan) judgeHead(must bool) *wrong {
	n := s.tree.size
	at := func(v Verdict, n int64) *wrong { return &wrong{verdict: v, at: n, until: n} }
	switch {
	case !s.head.stored && n == 0 && must && s.point == nil:
		return at(Truncated, 0) // there must have been a first leaf
	case !s.head.stored && n == 0:
		return nil
	case !s.head.stored:
		return at(Deleted, n) // the head itself
	case s.head.size > n:
		return &wrong{verdict: Truncated, at: n, until: s.head.size - 1}
	case s.head.size < n:
		return at(Edited, s.head.size) // the head was set back
	case !slices.Equal(s.head.peaks, s.tree.peaks), s.head.latest != s.latest:
		return at(Edited, n)
	case s.keyed && !s.head.sound:
		return at(Truncated, n) // the head was made to fit a shorter log
	}
	return nil
}

// judgePoint compares the log with the checkpoint. The log is whole in itself,
// so if it does not agree, either an older copy was put back, perhaps with new
// leaves after it, or someone who holds the keys made it anew.
func (s *scan) judgePoint() *wrong {
	n := s.tree.size
	switch {
	case s.point == nil || s.point.Size == 0:
		return nil
	case s.point.Size > n:
		return &wrong{verdict: RolledBack, at: n, until: s.point.Size - 1}
	case s.point.Root == s.root:
		return nil
	case s.later >= 0:
		return &wrong{verdict: RolledBack, at: s.later, until: s.later}
	}
	return &wrong{verdict: Edited, at: 0, until: s.point.Size - 1}
}
