package web

import (
	"io"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics counts requests by route pattern and status, never by path, person
// or organisation.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	open     prometheus.Gauge
}

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "alongside_requests_total", Help: "Requests answered.",
		}, []string{"pattern", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "alongside_request_seconds", Help: "Time to answer, in seconds; streams count when they end.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, 1, 5},
		}, []string{"pattern"}),
		open: prometheus.NewGauge(prometheus.GaugeOpts{Name: "alongside_requests_open", Help: "Requests being answered now."}),
	}
	m.registry.MustRegister(m.requests, m.seconds, m.open, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// count also tells page.Answer whether an answer has begun.
func (m *metrics) count(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun := time.Now()
		m.open.Inc()
		defer m.open.Dec()
		box := &pattern{}
		cw := &writer{ResponseWriter: w}
		next.ServeHTTP(cw, r.WithContext(withPattern(r.Context(), box)))
		if box.unseen {
			return
		}
		m.requests.WithLabelValues(box.name(), strconv.Itoa(cw.code())).Inc()
		m.seconds.WithLabelValues(box.name()).Observe(time.Since(begun).Seconds())
	})
}

func (w *Web) healthz(rw http.ResponseWriter, _ *http.Request) { plain(rw, http.StatusOK, "ok\n") }

func (w *Web) readyz(rw http.ResponseWriter, r *http.Request) {
	if w.Ready == nil {
		plain(rw, http.StatusOK, "ready\n")
		return
	}
	if err := w.Ready(r.Context()); err != nil {
		w.Log.Warn("not ready", "err", err)
		plain(rw, http.StatusServiceUnavailable, "not ready\n")
		return
	}
	plain(rw, http.StatusOK, "ready\n")
}

func plain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text)
}

// metricsPage answers only this machine, and not what a proxy on it passes on.
// Anyone else gets the answer for what is not here.
func (w *Web) metricsPage(rw http.ResponseWriter, r *http.Request) {
	if !fromHere(r) {
		w.framed(serve(nowhere)).ServeHTTP(rw, r)
		return
	}
	promhttp.HandlerFor(w.metrics.registry, promhttp.HandlerOpts{}).ServeHTTP(rw, r)
}

func fromHere(r *http.Request) bool {
	for _, h := range []string{"X-Forwarded-For", "Forwarded", "X-Real-Ip", "Via"} {
		if r.Header.Get(h) != "" {
			return false
		}
	}
	return loopback(r.RemoteAddr) && loopback(r.Host)
}

func loopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		host = addr
	}
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}
