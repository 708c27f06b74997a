package ui

import (
	"fmt"
	"strings"

	"github.com/boombuler/barcode/qr"

	"alongside/platform/errs"
)

// Square is a text as a square that a camera reads, drawn as one path in a box
// of Size by Size with the light edge that the standard asks for (four dots).
type Square struct {
	Path string
	Size int
}

// squareEdge is the light edge, in dots (ISO/IEC 18004).
const squareEdge = 4

// NewSquare draws text. A text that is too long for a square is an error.
func NewSquare(text string) (Square, error) {
	code, err := qr.Encode(text, qr.M, qr.Unicode)
	if err != nil {
		return Square{Size: 2 * squareEdge}, errs.New(errs.Internal, "ui: draw a square", "")
	}
	size := code.Bounds().Dx()
	var b strings.Builder
	for y := range size {
		for x := range size {
			if r, _, _, _ := code.At(x, y).RGBA(); r == 0 {
				fmt.Fprintf(&b, "M%d %dh1v1h-1z", x+squareEdge, y+squareEdge)
			}
		}
	}
	return Square{b.String(), size + 2*squareEdge}, nil
}

// box is the drawing's viewBox.
func (s Square) box() string { return fmt.Sprintf("0 0 %d %d", s.Size, s.Size) }
