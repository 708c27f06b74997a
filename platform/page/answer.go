package page

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"syscall"

	"alongside/platform/errs"
)

// Sorry is what an error page may say. It holds nothing of the error itself.
type Sorry struct {
	Status int
	Kind   errs.Kind // Denied never appears: it has become NotFound
	Say    string    // key of the words: what happened
	Hint   string    // key of the words: what to do now
	Args   []any     // names and values for the words, in turn
	Ref    string    // reference to tell a helper; "" where it would help nobody
	Back   string    // a path that is safe to go on to
	Call   string    // a telephone number to call instead; "" for none
}

// CallArg is the name under which an error's words carry a telephone number to
// call instead. The page shows it as a button, not in the words.
const CallArg = "Call"

// How long a browser is asked to wait, in seconds.
const (
	retrySoon = 10 // Unavailable
	retrySlow = 60 // TooMany
)

// errGone marks that the browser hung up while it was answered.
var errGone = errors.New("page: browser is gone")

// Answer answers err in words that are safe to show and writes the trail to the
// log with the same reference. It is the only place that does. Denied and
// NotFound get one answer, equal in status, headers and body. An err of nil is
// nothing to answer.
func Answer(w http.ResponseWriter, r *http.Request, err error) {
	if err == nil {
		return
	}
	s := settingOf(r.Context())
	if hungUp(r.Context(), err) {
		return
	}
	sorry := SorryFor(err)
	record(r, s, sorry, err)
	if written(w) {
		return
	}
	answer(w, r, s, sorry)
}

func answer(w http.ResponseWriter, r *http.Request, s Setting, sorry Sorry) {
	h := w.Header()
	h.Del("Content-Length")
	h.Del("Location")
	if wait := waitFor(sorry.Kind); wait > 0 {
		h.Set("Retry-After", strconv.Itoa(wait))
	}
	if sorry.Kind == errs.Internal || sorry.Kind == errs.Unavailable {
		sorry.Ref = From(r.Context()).Ref
	}
	if s.Shell == nil {
		http.Error(w, http.StatusText(sorry.Status), sorry.Status)
		return
	}
	d := s.Shell.Sorry(s.View, sorry)
	d.Status = sorry.Status
	if err := Show(w, r, d); err != nil && !errors.Is(err, errGone) {
		log(s).Error("error page", "ref", s.View.Ref, "err", err)
		http.Error(w, http.StatusText(sorry.Status), sorry.Status)
	}
}

// SorryFor says what an error page may say of err.
func SorryFor(err error) Sorry {
	kind, say, args := errs.KindOf(err), "", map[string]any(nil)
	var e *errs.Error
	if errors.As(err, &e) {
		say, args = e.Say, e.Args
	}
	var big *http.MaxBytesError
	if errors.As(err, &big) {
		return Sorry{Status: http.StatusRequestEntityTooLarge, Kind: errs.Invalid, Say: "error.too-big", Hint: "error.too-big-hint"}
	}
	if kind == errs.Denied || kind == errs.NotFound {
		return Sorry{Status: http.StatusNotFound, Kind: errs.NotFound, Say: "error.not-found", Hint: "error.not-found-hint"}
	}
	if say == "" || kind == errs.Internal {
		say = "error." + kind.String()
	}
	call, _ := args[CallArg].(string)
	return Sorry{Status: StatusOf(kind), Kind: kind, Say: say, Hint: say + "-hint", Args: pairs(args), Call: call}
}

// StatusOf returns the HTTP status of a kind.
func StatusOf(k errs.Kind) int {
	switch k {
	case errs.NotFound, errs.Denied:
		return http.StatusNotFound
	case errs.Invalid:
		return http.StatusUnprocessableEntity
	case errs.Conflict:
		return http.StatusConflict
	case errs.TooMany:
		return http.StatusTooManyRequests
	case errs.Unavailable:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

func waitFor(k errs.Kind) int {
	switch k {
	case errs.Unavailable:
		return retrySoon
	case errs.TooMany:
		return retrySlow
	}
	return 0
}

// record writes the log's voice. The pattern is logged, never the path, which
// may hold an unguessable link.
func record(r *http.Request, s Setting, sorry Sorry, err error) {
	level := slog.LevelInfo
	if sorry.Kind == errs.Internal || sorry.Kind == errs.Unavailable {
		level = slog.LevelError
	}
	log(s).Log(r.Context(), level, "answered an error", "ref", From(r.Context()).Ref,
		"kind", errs.KindOf(err).String(), "status", sorry.Status,
		"method", r.Method, "pattern", r.Pattern, "err", err)
}

func log(s Setting) *slog.Logger {
	if s.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return s.Log
}

func hungUp(ctx context.Context, err error) bool {
	return errors.Is(err, errGone) || (ctx.Err() != nil && errors.Is(err, context.Canceled))
}

// gone turns a write error of a closed connection into errGone.
func gone(err error) error {
	var netErr net.Error
	if err == nil || !(errors.Is(err, syscall.EPIPE) || errors.Is(err, syscall.ECONNRESET) ||
		errors.Is(err, net.ErrClosed) || errors.As(err, &netErr)) {
		return err
	}
	return errors.Join(errGone, err)
}

// written reports whether bytes have left already; surface/web's writer tells.
func written(w http.ResponseWriter) bool {
	t, ok := w.(interface{ Written() bool })
	return ok && t.Written()
}

func pairs(m map[string]any) []any {
	out := make([]any, 0, 2*len(m))
	for k, v := range m {
		out = append(out, k, v)
	}
	return out
}
