package rota

import (
	"crypto/sha256"
	_ "embed" // the script of the page
	"encoding/hex"
	"net/http"
)

//go:embed assets/push.js
var pushScript string

// pushPath changes with the script, so that a browser may keep it.
func pushPath() string {
	sum := sha256.Sum256([]byte(pushScript))
	return "/rota/push.js?" + hex.EncodeToString(sum[:6])
}

func (web *Web) pushScript(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	_, err := w.Write([]byte(pushScript))
	return err
}
