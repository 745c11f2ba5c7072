// The Go program that the scenario every-record stands for, at its defaults.
package main

import (
	"runtime"
	"runtime/debug"
)

type Shape interface{ Area() }

type Square struct {
	side int
	name string
}

func (*Square) Area() {}

var (
	shape Shape
	kept  *Square
	gate  chan bool
)

//go:noinline
func wait(s *Square) { <-gate }

//go:noinline
func drop(n int) {
	for side := 0; side < n; side++ {
		s := &Square{side: side}
		runtime.SetFinalizer(s, wait)
	}
}

//go:noinline
func dump() {
	debug.WriteHeapDump(3)
	recover()
}

//go:noinline
func later(s *Square) {}

//go:noinline
func fail() {
	s := kept
	for i := 0; i < 2; i++ {
		defer later(s)
	}
	defer dump()
	panic("every record")
}

func main() {
	runtime.MemProfileRate = 1
	gate = make(chan bool)
	kept = &Square{side: 3}
	shape = kept
	runtime.SetFinalizer(kept, wait)
	drop(2)
	runtime.GC()
	fail()
}
