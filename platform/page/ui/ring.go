package ui

import "strconv"

// RingProps is a clock ring: how much of a span has passed. It is used where
// minutes matter and only there.
type RingProps struct {
	Value int    // what stands in the middle, e.g. minutes waited
	Of    int    // the whole ring; more than that is a full ring
	Unit  string // "min"
	Says  string // the same in a sentence, for who cannot see it
	Tone  Tone   // Lamp when someone waits for the reader
	Big   bool   // 80 px instead of 72
}

// dash is the drawn part of the ring in hundredths, as stroke-dasharray takes
// it. An empty ring still shows a grain, so that it reads as a clock.
func (p RingProps) dash() string {
	part := 100
	if p.Of > 0 && p.Value < p.Of {
		part = max(1, p.Value*100/p.Of)
	}
	return strconv.Itoa(part) + " 100"
}

func (p RingProps) class() string {
	if p.Big {
		return class("ring", p.Tone) + " ring-big"
	}
	return class("ring", p.Tone)
}
