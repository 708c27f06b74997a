package main

import (
	"bufio"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
)

const covariates = 5

// generate writes the numbers: times with a third censored, and for the
// regression covariates of which three are normal and two are 0 or 1.
func generate(folder string, kmRows, coxRows int) error {
	r := rand.New(rand.NewPCG(2026, 7))
	kmTime, kmEvent, err := two(folder, "km")
	if err != nil {
		return err
	}
	days, err := create(folder, "days.csv")
	if err != nil {
		return err
	}
	fmt.Fprintln(days, "arm,days,event")
	for range kmRows {
		t, event := censored(r, 100)
		kmTime.put(t)
		kmEvent.put(event)
		fmt.Fprintf(days, "%c,%d,%d\n", "ab"[r.IntN(2)], int(t), int(event))
	}
	if err := shut(kmTime, kmEvent, days); err != nil {
		return err
	}
	coxTime, coxEvent, err := two(folder, "cox")
	if err != nil {
		return err
	}
	all := []*column{coxTime, coxEvent}
	for k := range covariates {
		c, err := create(folder, fmt.Sprint("cox.x", k+1))
		if err != nil {
			return err
		}
		all = append(all, c)
	}
	for range coxRows {
		risk := 0.0
		for k, c := range all[2:] {
			x := r.NormFloat64()
			if k >= 3 {
				x = float64(r.IntN(2))
			}
			risk += x * []float64{.5, -.2, .1, .4, -.6}[k]
			c.put(x)
		}
		t, event := censored(r, 100*math.Exp(-risk))
		coxTime.put(t)
		coxEvent.put(event)
	}
	return shut(all...)
}

func censored(r *rand.Rand, mean float64) (t, event float64) {
	t, end := mean*r.ExpFloat64(), 200*r.ExpFloat64()
	if end < t {
		return end, 0
	}
	return t, 1
}

// column is a file of numbers.
type column struct {
	*bufio.Writer
	f *os.File
}

func create(folder, name string) (*column, error) {
	f, err := os.Create(filepath.Join(folder, name))
	if err != nil {
		return nil, err
	}
	return &column{bufio.NewWriterSize(f, 1<<20), f}, nil
}

func two(folder, name string) (times, events *column, err error) {
	if times, err = create(folder, name+".time"); err != nil {
		return nil, nil, err
	}
	events, err = create(folder, name+".event")
	return times, events, err
}

// put writes a number; an error stays with the writer until shut.
func (c *column) put(v float64) {
	var b [8]byte
	_, _ = c.Write(bytesOf(b[:0], v))
}

func shut(columns ...*column) error {
	for _, c := range columns {
		if err := c.Flush(); err != nil {
			return err
		}
		if err := c.f.Close(); err != nil {
			return err
		}
	}
	return nil
}
