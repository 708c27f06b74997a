package browsertest

import (
	"regexp"

	"github.com/chromedp/chromedp"
)

// Sheets prints the page on paper of a size in inches, such as
// chromedp.PaperA5, with the margins that the page asks for, and counts the
// sheets.
func (p *Page) Sheets(size chromedp.PaperSize) int {
	p.t.Helper()
	pdf := Get(p, chromedp.PrintToPDF(chromedp.PDFPaper(size)))
	return len(regexp.MustCompile(`/Type\s*/Page\b`).FindAll(pdf, -1))
}

// Papers are the smallest and the widest paper that pages are printed on.
func Papers() []chromedp.PaperSize {
	return []chromedp.PaperSize{chromedp.PaperA5, chromedp.PaperLetter}
}
