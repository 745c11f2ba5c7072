// Deep stacks, defers of every sort, and panics in progress; the dumps are taken at the deepest point.
package main

import (
	"runtime"
	"runtime/debug"
)

type arg struct {
	n    int
	name string
	next *arg
}

type failure struct {
	why  string
	from *arg
}

func (f *failure) Error() string { return f.why }

var sink [8]*arg

//go:noinline
func descend(a *arg, depth int, words [3]uintptr) (r *arg) {
	local := &arg{n: depth, next: a}
	sink[depth%len(sink)] = local
	if depth == 0 {
		return openCoded(local)
	}
	words[depth%3]++
	r = descend(local, depth-1, words)
	runtime.KeepAlive(local)
	return r
}

//go:noinline
func note(a *arg) { sink[0] = a }

//go:noinline
func openCoded(a *arg) *arg {
	b := &arg{name: "open-coded", next: a}
	defer note(a)
	defer func() { sink[1] = b }()
	return loopDefers(b)
}

//go:noinline
func loopDefers(a *arg) *arg {
	for i := 0; i < 5; i++ {
		c := &arg{n: i, next: a}
		defer func() { sink[2] = c }()
	}
	return stackDefers(a)
}

//go:noinline
func stackDefers(a *arg) *arg {
	// A goto backwards past them, so that they are not open-coded.
	n := 0
again:
	if n > 0 {
		defer note(a)
	}
	if n++; n < 2 {
		goto again
	}
	return recovers(a)
}

//go:noinline
func recovers(a *arg) (r *arg) {
	defer func() {
		e := recover()
		if f, ok := e.(*failure); ok {
			r = f.from
		}
	}()
	return panics(a)
}

//go:noinline
func panics(a *arg) *arg {
	defer duringPanic(a)
	panic(&failure{why: "first", from: a})
}

//go:noinline
func duringPanic(a *arg) {
	defer func() {
		// Two panics are in progress here.
		debug.WriteHeapDump(4)
		recover()
	}()
	sink[3] = a
	sink[len(sink)+a.n].n = 1
}

//go:noinline
func bigFrame(depth int) int {
	var pad [500]int
	var ptrs [20]*arg
	pad[depth] = depth
	ptrs[depth%20] = sink[0]
	if depth == 0 {
		done <- 1
		<-block
		return pad[0]
	}
	r := bigFrame(depth-1) + pad[depth]
	runtime.KeepAlive(ptrs)
	return r
}

var (
	done  = make(chan int)
	block = make(chan int)
)

func main() {
	debug.WriteHeapDump(3)
	go bigFrame(20)
	<-done
	go func() {
		defer note(nil)
		defer bigFrame(3)
		bigFrame(5)
	}()
	<-done
	a := descend(nil, 100, [3]uintptr{})
	debug.WriteHeapDump(5)
	runtime.KeepAlive(a)
}
