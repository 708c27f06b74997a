package field

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"alongside/platform/db"
	"alongside/platform/errs"
	"alongside/platform/seal"
)

// Erased stands where a value was whose key is gone.
const Erased = "—"

// raw is the stored value as bytes, the same on both engines.
func raw(v any) []byte {
	switch v := v.(type) {
	case []byte:
		return v
	case string:
		return []byte(v)
	case int64:
		return strconv.AppendInt(nil, v, 10)
	}
	return nil
}

// scan reads the current row. Values that are not what the struct holds (times,
// lists, sealed bytes) come through a slot and are set afterwards; the slots in
// into serve all rows of a query. Fields are not copied: each is hundreds of
// bytes of words, and a board reads thousands.
func (r *Record[R]) scan(tx *db.Tx, rows *db.Rows, row *R, into []any) error {
	for i := range r.Fields {
		f := &r.Fields[i]
		if !f.slotted() {
			into[i] = f.At(row)
		} else if into[i] == nil {
			into[i] = slot(f.Kind, f.Sealed)
		}
	}
	if err := rows.Scan(into...); err != nil {
		return err
	}
	for i := range r.Fields {
		if err := r.settle(tx, &r.Fields[i], row, into[i]); err != nil {
			return err
		}
	}
	return nil
}

func (f *Field[R]) slotted() bool { return f.Sealed || f.Kind == Instant || f.Kind == Choices }

func slot(k Kind, sealed bool) any {
	switch {
	case sealed:
		return new([]byte)
	case k == Instant:
		return new(int64)
	}
	return new(string)
}

func (r *Record[R]) settle(tx *db.Tx, f *Field[R], row *R, from any) error {
	if f.Sealed {
		return r.unseal(tx, f, row, *from.(*[]byte))
	}
	switch f.Kind {
	case Instant:
		*f.At(row).(*time.Time) = instant(*from.(*int64))
	case Choices:
		*f.At(row).(*[]string) = strings.Fields(*from.(*string))
	}
	return nil
}

func (r *Record[R]) unseal(tx *db.Tx, f *Field[R], row *R, sealed []byte) error {
	if len(sealed) == 0 {
		return nil
	}
	plain, err := tx.Vault().UnsealOf(tx.Scope().Tenant, r.keys.Subject(row), r.place(f), sealed)
	if errors.Is(err, seal.ErrErased) {
		plain, err = erased(f.Kind), nil
	}
	if err != nil {
		return errs.Wrap("unseal "+r.place(f), err)
	}
	return set(f.Kind, f.At(row), string(plain))
}

func erased(k Kind) []byte {
	if k == Text || k == Long {
		return []byte(Erased)
	}
	return nil
}

// set puts a value, as raw wrote it, into the struct.
func set(k Kind, p any, s string) error {
	switch k {
	case Flag:
		*p.(*bool) = s == "1"
	case Instant, Number, Version:
		n, err := strconv.ParseInt("0"+strings.TrimPrefix(s, "-"), 10, 64)
		if err != nil {
			return err
		}
		if strings.HasPrefix(s, "-") {
			n = -n
		}
		return setNumber(k, p, n)
	case Choices:
		*p.(*[]string) = strings.Fields(s)
	case Digest:
		*p.(*[]byte) = []byte(s)
	default:
		setText(p, s)
	}
	return nil
}

func setNumber(k Kind, p any, n int64) error {
	if k == Instant {
		*p.(*time.Time) = instant(n)
		return nil
	}
	*p.(*int64) = n
	return nil
}
