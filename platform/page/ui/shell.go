package ui

import (
	"net/url"

	"github.com/a-h/templ"

	"alongside/platform/i18n"
)

// again makes a switch send the form that keeps the answers of the page, so that
// it is shown anew with them; nothing where there is none.
func again(keeps, name, value string) templ.Attributes {
	if keeps == "" {
		return nil
	}
	return templ.Attributes{"form": keeps, "formaction": "?" + url.Values{name: {value}}.Encode()}
}

func pressed(on bool) string {
	if on {
		return "true"
	}
	return "false"
}

// langName is the language's name in itself.
func langName(l i18n.Lang) string {
	switch l {
	case i18n.Spanish:
		return "Español"
	case i18n.Arabic:
		return "العربية"
	}
	return "English"
}

type theme struct{ value, key string }

func themes() []theme {
	return []theme{{"light", "ui.theme-light"}, {"dark", "ui.theme-dark"}, {"", "ui.theme-device"}}
}
