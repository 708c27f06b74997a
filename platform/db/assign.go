package db

import (
	"fmt"
	"reflect"
	"strconv"
	"time"

	"alongside/platform/errs"
)

// assign puts a value that an engine returned into *dest. The engines return
// int64, float64, string, []byte, bool and nil; nil, which only an outer join
// or an empty sum gives, becomes the zero value. A number may come as text (a
// sum on PostgreSQL).
func assign(dest, v any) error {
	switch d := dest.(type) {
	case *string:
		return set(d, v, toText)
	case *int64:
		return set(d, v, toInt)
	case *int:
		n, err := toInt(v)
		*d = int(n)
		return err
	case *bool:
		n, err := toInt(v)
		*d = n != 0
		return err
	case *float64:
		return set(d, v, toFloat)
	case *[]byte:
		return set(d, v, toBytes)
	case *time.Time:
		n, err := toInt(v)
		*d = Instant(n)
		return err
	case *any:
		*d = v
		return nil
	}
	return assignNamed(reflect.ValueOf(dest), v)
}

func set[T any](d *T, v any, to func(any) (T, error)) (err error) {
	*d, err = to(v)
	return err
}

// assignNamed is assign for types that only have one of the kinds beneath.
func assignNamed(p reflect.Value, v any) error {
	if p.Kind() != reflect.Pointer || p.IsNil() {
		return mismatch(v, fmt.Sprintf("%v", p.Type()))
	}
	d := p.Elem()
	switch {
	case d.Kind() == reflect.String:
		s, err := toText(v)
		d.SetString(s)
		return err
	case d.CanInt():
		n, err := toInt(v)
		d.SetInt(n)
		return err
	case d.Kind() == reflect.Bool:
		n, err := toInt(v)
		d.SetBool(n != 0)
		return err
	case d.CanFloat():
		f, err := toFloat(v)
		d.SetFloat(f)
		return err
	case d.Kind() == reflect.Slice && d.Type().Elem().Kind() == reflect.Uint8:
		b, err := toBytes(v)
		d.SetBytes(b)
		return err
	}
	return mismatch(v, d.Type().String())
}

func toText(v any) (string, error) {
	switch v := v.(type) {
	case nil:
		return "", nil
	case string:
		return v, nil
	case []byte:
		return string(v), nil
	case int64:
		return strconv.FormatInt(v, 10), nil
	}
	return "", mismatch(v, "text")
}

func toInt(v any) (int64, error) {
	switch v := v.(type) {
	case nil:
		return 0, nil
	case int64:
		return v, nil
	case bool:
		return number(v), nil
	case float64:
		if v == float64(int64(v)) {
			return int64(v), nil
		}
	case string:
		if n, err := strconv.ParseInt(v, 10, 64); err == nil {
			return n, nil
		}
	}
	return 0, mismatch(v, "a whole number")
}

func toFloat(v any) (float64, error) {
	switch v := v.(type) {
	case nil:
		return 0, nil
	case float64:
		return v, nil
	case int64:
		return float64(v), nil
	case string:
		if f, err := strconv.ParseFloat(v, 64); err == nil {
			return f, nil
		}
	}
	return 0, mismatch(v, "a number")
}

func toBytes(v any) ([]byte, error) {
	switch v := v.(type) {
	case nil:
		return nil, nil
	case []byte:
		return v, nil
	case string:
		return []byte(v), nil
	}
	return nil, mismatch(v, "bytes")
}

// mismatch names types, never the value.
func mismatch(v any, want string) error {
	return errs.New(errs.Internal, fmt.Sprintf("db: a column of %T is not %s", v, want), "")
}
