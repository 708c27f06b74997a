package i18n

import (
	"strconv"
	"time"
)

// Date writes t's own day in words, "12 November" or "12 November 2026", in
// Western digits in every language, so that a number means the same on a form
// and on a phone.
func Date(l Lang, t time.Time, year bool) string {
	of := " "
	if l == Spanish {
		of = " de "
	}
	day := strconv.Itoa(t.Day()) + of + months()[t.Month()-1].In(l)
	if year {
		day += of + strconv.Itoa(t.Year())
	}
	return day
}

// Moment writes t's own day and time of day, "12 November 2026, 23:02", for
// where there is no now to be near to.
func Moment(l Lang, t time.Time) string {
	comma := ", "
	if l == Arabic {
		comma = "، "
	}
	return Date(l, t, true) + comma + t.Format("15:04")
}

func months() [12]Text {
	return [12]Text{
		{EN: "January", ES: "enero", AR: "يناير"},
		{EN: "February", ES: "febrero", AR: "فبراير"},
		{EN: "March", ES: "marzo", AR: "مارس"},
		{EN: "April", ES: "abril", AR: "أبريل"},
		{EN: "May", ES: "mayo", AR: "مايو"},
		{EN: "June", ES: "junio", AR: "يونيو"},
		{EN: "July", ES: "julio", AR: "يوليو"},
		{EN: "August", ES: "agosto", AR: "أغسطس"},
		{EN: "September", ES: "septiembre", AR: "سبتمبر"},
		{EN: "October", ES: "octubre", AR: "أكتوبر"},
		{EN: "November", ES: "noviembre", AR: "نوفمبر"},
		{EN: "December", ES: "diciembre", AR: "ديسمبر"},
	}
}
