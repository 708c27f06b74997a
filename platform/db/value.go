package db

import (
	"fmt"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"

	"alongside/platform/errs"
)

// values turns arguments into what both engines keep: string, int64, float64
// and []byte. A bool becomes 0 or 1, an instant its microseconds (0 when not
// set), nil bytes become none, for no column takes NULL.
func (p *plan) values(args []any) ([]any, error) {
	if len(args) != p.params {
		return nil, bad(fmt.Sprintf("%d parameters, %d values", p.params, len(args)), p.sql)
	}
	out := make([]any, len(args))
	for i, a := range args {
		v, err := value(a)
		if err != nil {
			return nil, err
		}
		out[i] = v
	}
	return out, nil
}

func value(a any) (any, error) {
	switch v := a.(type) {
	case string:
		return text(v)
	case int64, float64:
		return v, nil
	case int:
		return int64(v), nil
	case bool:
		return number(v), nil
	case []byte:
		return append([]byte{}, v...), nil
	case time.Time:
		return Micros(v), nil
	}
	return reflected(a)
}

func reflected(a any) (any, error) {
	v := reflect.ValueOf(a)
	switch {
	case !v.IsValid():
	case v.Kind() == reflect.String:
		return text(v.String())
	case v.Kind() == reflect.Bool:
		return number(v.Bool()), nil
	case v.CanInt():
		return v.Int(), nil
	case v.CanUint():
		return int64(v.Uint()), nil
	case v.CanFloat():
		return v.Float(), nil
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8:
		return append([]byte{}, v.Bytes()...), nil
	}
	return nil, errs.New(errs.Internal, fmt.Sprintf("db: a value of type %T cannot be kept", a), "")
}

// text refuses what PostgreSQL cannot keep in TEXT, on both engines.
func text(s string) (any, error) {
	if strings.IndexByte(s, 0) >= 0 || !utf8.ValidString(s) {
		return nil, errs.New(errs.Invalid, "db: text that is not UTF-8 or holds a zero byte", "error.text")
	}
	return s, nil
}

func number(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// Micros is an instant as the database keeps it: microseconds since 1970 in
// UTC, 0 when not set.
func Micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// Instant is the way back from [Micros]; 0 is the zero time.
func Instant(micros int64) time.Time {
	if micros == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micros).UTC()
}
