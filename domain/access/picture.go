package access

import (
	"fmt"
	"strings"

	"github.com/boombuler/barcode/qr"

	"alongside/platform/errs"
)

// picture is a text as a square that a camera reads, drawn as one path in a box
// of Size by Size with the white edge the standard asks for (four dots).
type picture struct {
	Path string
	Size int
}

const pictureEdge = 4

func drawn(text string) (picture, error) {
	code, err := qr.Encode(text, qr.M, qr.Unicode)
	if err != nil {
		return picture{}, errs.New(errs.Internal, "access: draw a picture", "")
	}
	size := code.Bounds().Dx()
	var b strings.Builder
	for y := range size {
		for x := range size {
			if r, _, _, _ := code.At(x, y).RGBA(); r == 0 {
				fmt.Fprintf(&b, "M%d %dh1v1h-1z", x+pictureEdge, y+pictureEdge)
			}
		}
	}
	return picture{b.String(), size + 2*pictureEdge}, nil
}

// box is the drawing's viewBox.
func (p picture) box() string { return fmt.Sprintf("0 0 %d %d", p.Size, p.Size) }
