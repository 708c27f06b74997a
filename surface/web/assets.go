package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"sync"
)

//go:embed assets
var files embed.FS

// assets are the files of the browser side. Each is served under a name that
// holds its own hash, so it may be kept for ever.
type assets struct {
	byName map[string]*asset // "/assets/app.1a2b3c4d5e.css" → file
	hashed map[string]string // "app.css" → "/assets/app.1a2b3c4d5e.css"
}

type asset struct {
	body   []byte
	kind   string
	once   sync.Once
	packed []byte // gzip, nil where it does not help
}

// sheets are joined into one, in this order.
func sheets() []string {
	return []string{"tokens", "fonts", "base", "parts", "forms", "shell", "print"}
}

// scripts are served as they are.
func scripts() []string {
	return []string{"js/page.js", "js/live.js", "js/pocket.js", "js/phone.js", "js/own.js", "vendor/htmx-4.0.1.min.js", "icon.svg"}
}

func loadAssets() (*assets, error) {
	a := &assets{byName: map[string]*asset{}, hashed: map[string]string{}}
	faces, err := fs.Glob(files, "assets/fonts/*.woff2")
	if err != nil {
		return nil, err
	}
	for _, name := range faces {
		if err := a.addFile(name); err != nil {
			return nil, err
		}
	}
	for _, name := range scripts() {
		if err := a.addFile("assets/" + name); err != nil {
			return nil, err
		}
	}
	return a, a.addSheet()
}

func (a *assets) addFile(name string) error {
	body, err := files.ReadFile(name)
	if err != nil {
		return err
	}
	a.add(path.Base(name), body)
	return nil
}

// addSheet joins the sheets and lets them name the faces by their hashed names.
func (a *assets) addSheet() error {
	var all bytes.Buffer
	for _, name := range sheets() {
		body, err := files.ReadFile("assets/css/" + name + ".css")
		if err != nil {
			return err
		}
		all.Write(body)
	}
	var pairs []string
	for base, hashed := range a.hashed {
		pairs = append(pairs, `url("`+base+`")`, `url("`+hashed+`")`)
	}
	a.add("app.css", []byte(strings.NewReplacer(pairs...).Replace(all.String())))
	return nil
}

func (a *assets) add(base string, body []byte) {
	sum := sha256.Sum256(body)
	ext := path.Ext(base)
	name := "/assets/" + strings.TrimSuffix(base, ext) + "." + hex.EncodeToString(sum[:5]) + ext
	a.hashed[base] = name
	a.byName[name] = &asset{body: body, kind: mediaType(ext)}
}

// mediaType knows the kinds that there are. The library would read all kinds that
// the machine knows, and keep them: a seventh of the memory in use.
func mediaType(ext string) string {
	return map[string]string{
		".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
		".svg": "image/svg+xml", ".woff2": "font/woff2",
	}[ext]
}

// path returns where a file is served; "" for one that is not there.
func (a *assets) path(base string) string { return a.hashed[base] }

// ServeHTTP serves a file by its hashed name.
func (a *assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f, ok := a.byName[r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Content-Type", f.kind)
	h.Set("Vary", "Accept-Encoding")
	body := f.body
	if packed := f.pack(); packed != nil && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		body = packed
	}
	_, _ = w.Write(body)
}

// pack compresses the file when it is first asked for.
func (f *asset) pack() []byte {
	f.once.Do(func() {
		if f.kind == "font/woff2" {
			return
		}
		var b bytes.Buffer
		z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
		if err != nil {
			return
		}
		if _, err := z.Write(f.body); err != nil || z.Close() != nil {
			return
		}
		f.packed = b.Bytes()
	})
	return f.packed
}
