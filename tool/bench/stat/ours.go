package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"time"
	"unsafe"

	"alongside/platform/stat"
	"alongside/platform/stat/design"
	"alongside/platform/stat/survival"
	"alongside/platform/stat/table"
)

// ours does one task and prints its seconds and figures.
func ours(task, folder string) error {
	switch task {
	case "km":
		return curve(folder)
	case "cox":
		return regression(folder)
	case "csv":
		return file(folder)
	}
	return errors.New("there is no such task")
}

// asked are the times whose figures are compared.
func asked() []float64 { return []float64{1, 50, 100, 200, 400} }

func curve(folder string) error {
	times, err := load(folder, "km.time")
	if err != nil {
		return err
	}
	events, err := load(folder, "km.event")
	if err != nil {
		return err
	}
	begin := time.Now()
	s := &survival.Study{}
	g := s.Group("all")
	for i, t := range times {
		if err := g.Add(t, int(events[i])); err != nil {
			return err
		}
	}
	curves, err := s.Curves()
	if err != nil {
		return err
	}
	l, err := survival.NewLimits(survival.Log, stat.Level)
	if err != nil {
		return err
	}
	c := curves[0]
	lower, upper := c.Bounds(l)
	took := time.Since(begin).Seconds()
	if len(lower) != c.Len() || len(upper) != c.Len() {
		return errors.New("intervals are missing")
	}
	fmt.Printf("work %g", took)
	for _, t := range asked() {
		p := c.At(t, l)
		fmt.Printf(" %.17g %.17g %.17g %.17g", p.Survival, p.SE, p.Lower, p.Upper)
	}
	fmt.Println()
	return nil
}

func regression(folder string) error {
	times, err := load(folder, "cox.time")
	if err != nil {
		return err
	}
	events, err := load(folder, "cox.event")
	if err != nil {
		return err
	}
	d := survival.CoxData{Time: times, Event: make([]bool, len(times)), X: design.Matrix{}}
	for i, v := range events {
		d.Event[i] = v == 1
	}
	for k := range covariates {
		name := fmt.Sprint("x", k+1)
		column, err := load(folder, "cox."+name)
		if err != nil {
			return err
		}
		d.X.Names, d.X.Columns = append(d.X.Names, name), append(d.X.Columns, column)
	}
	begin := time.Now()
	fit, err := survival.FitCox(d, survival.CoxOptions{})
	if err != nil {
		return err
	}
	fmt.Printf("work %g", time.Since(begin).Seconds())
	for _, c := range fit.Coefficients {
		fmt.Printf(" %.17g %.17g", c.Coef, c.SE)
	}
	fmt.Println()
	return nil
}

// file reads the CSV as alongside stats km does, row by row into counts.
func file(folder string) error {
	f, err := os.Open(filepath.Join(folder, "days.csv"))
	if err != nil {
		return err
	}
	defer f.Close()
	r, err := table.Open(f)
	if err != nil {
		return err
	}
	err = r.Select(false, table.Want{Name: "days", Kind: table.Time}, table.Want{Name: "event", Kind: table.Event}, table.Want{Name: "arm", Kind: table.Text})
	if err != nil {
		return err
	}
	s := &survival.Study{}
	for {
		ok, err := r.Next()
		if err != nil {
			return err
		}
		if !ok {
			break
		}
		if err := s.Group(string(r.Text(2))).Add(r.Number(0), int(r.Number(1))); err != nil {
			return err
		}
	}
	curves, err := s.Curves()
	if err != nil {
		return err
	}
	l, err := survival.NewLimits(survival.Log, stat.Level)
	fmt.Printf("work 0 %g\n", curves[0].Median(l).Value)
	return err
}

// load reads a column of float64, as they lie in memory.
func load(folder, name string) ([]float64, error) {
	f, err := os.Open(filepath.Join(folder, name))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	out := make([]float64, info.Size()/8)
	_, err = io.ReadFull(f, unsafe.Slice((*byte)(unsafe.Pointer(&out[0])), info.Size()))
	return out, err
}

// bytesOf is a number as load and R's readBin read it.
func bytesOf(b []byte, v float64) []byte {
	return binary.NativeEndian.AppendUint64(b, math.Float64bits(v))
}
