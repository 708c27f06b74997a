package app

import (
	"alongside/platform/i18n"
	"alongside/surface/web"
)

// wordsMeanwhile begins to read the words of the program, and returns what waits
// for them: they take as long as opening the database, and need nothing of it.
func wordsMeanwhile() (wait func() (*i18n.Catalogue, error)) {
	type read struct {
		words *i18n.Catalogue
		err   error
	}
	done := make(chan read, 1)
	go func() {
		words, err := i18n.Load(web.Sources(Modules())...)
		done <- read{words, err}
	}()
	return func() (*i18n.Catalogue, error) {
		r := <-done
		return r.words, r.err
	}
}
