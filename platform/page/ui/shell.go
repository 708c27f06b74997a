package ui

import "alongside/platform/i18n"

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
