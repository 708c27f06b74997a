package survival

import (
	"math"

	"alongside/platform/stat"
)

// Scale is the scale on which an interval of a curve is symmetric.
type Scale string

// The scales. Log is R's default; LogLog keeps its coverage best in small
// groups; Plain is cut off at 0 and 1.
const (
	Log    Scale = "log"
	LogLog Scale = "log-log"
	Plain  Scale = "plain"
)

// Limits says what intervals a curve is asked for. R: conf.type, conf.int.
type Limits struct {
	scale Scale
	z     float64
}

// NewLimits returns pointwise limits of the scale (Log when empty) and level.
func NewLimits(scale Scale, level float64) (Limits, error) {
	if scale == "" {
		scale = Log
	}
	if scale != Log && scale != LogLog && scale != Plain {
		return Limits{}, stat.Refuse(stat.OutOfRange, "an interval of a curve is log, log-log or plain")
	}
	if err := stat.CheckLevel(level); err != nil {
		return Limits{}, err
	}
	return Limits{scale, stat.ZAt(level)}, nil
}

// around returns the limits of a share p whose logarithm has the standard
// error se. Where R prints NA they are NaN: at p = 0, and at p = 1 on the
// log-log scale.
func (l Limits) around(p, se float64) stat.Interval {
	by := l.z * se
	switch {
	case math.IsInf(se, 0) || math.IsNaN(se) || p == 0:
		return stat.Interval{Lower: math.NaN(), Upper: math.NaN()}
	case l.scale == Plain:
		return stat.Interval{Lower: math.Max(0, p-p*by), Upper: math.Min(1, p+p*by)}
	case l.scale == LogLog:
		return logLog(p, by)
	}
	return stat.Interval{Lower: p * math.Exp(-by), Upper: math.Min(1, p*math.Exp(by))}
}

func logLog(p, by float64) stat.Interval {
	if p == 1 {
		return stat.Interval{Lower: math.NaN(), Upper: math.NaN()}
	}
	h := math.Log(-math.Log(p))
	by /= math.Log(p)
	return stat.Interval{Lower: math.Exp(-math.Exp(h - by)), Upper: math.Exp(-math.Exp(h + by))}
}
