// The Go program that the scenario deep-stack stands for, at its defaults.
package main

import (
	"runtime"
	"runtime/debug"
	"time"
)

type Step struct {
	depth int
	from  *Step
}

type Failure struct {
	why string
	at  *Step
}

var (
	never chan bool
	last  *Step
)

//go:noinline
func note(s *Step) { last = s }

//go:noinline
func wait(depth int, from *Step) {
	here := &Step{depth, from}
	squares := make([]int, 4)
	middle := &squares[2]
	*middle = depth * depth
	if depth == 0 {
		<-never
	} else {
		wait(depth-1, here)
	}
	runtime.KeepAlive(middle)
}

//go:noinline
func panicAgain(s *Step) {
	defer dumpAndRecover(s)
	panic("second")
}

//go:noinline
func dumpAndRecover(s *Step) {
	debug.WriteHeapDump(4)
	recover()
}

//go:noinline
func recoverAndDump() {
	recover()
	debug.WriteHeapDump(5)
}

//go:noinline
func fail(s *Step) {
	defer panicAgain(s)
	panic(&Failure{"first", s})
}

//go:noinline
func recovers(s *Step) {
	defer recoverAndDump()
	fail(s)
}

//go:noinline
func deferInLoop(s *Step, n int) {
	for i := 0; i < n; i++ {
		defer note(s)
	}
	debug.WriteHeapDump(3)
	recovers(s)
}

//go:noinline
func openCoded(s *Step, n int) {
	defer note(s)
	defer note(s)
	deferInLoop(s, n)
}

//go:noinline
func descend(depth int, from *Step, defers int) {
	here := &Step{depth, from}
	if depth == 0 {
		openCoded(here, defers)
	} else {
		descend(depth-1, here, defers)
	}
	runtime.KeepAlive(here)
}

func main() {
	never = make(chan bool)
	for i := 0; i < 4; i++ {
		go wait(100>>i, &Step{depth: i})
	}
	time.Sleep(200 * time.Millisecond)
	descend(100, last, 5)
}
