// Goroutines that die and are made again, with stacks that have grown; their descriptors and stacks.
package main

import (
	"runtime"
	"runtime/debug"
)

type msg struct {
	next *msg
	id   int
}

var (
	start = make(chan *msg)
	done  = make(chan *msg)
	last  *msg
)

//go:noinline
func deep(n int) int {
	var pad [60]int
	if n == 0 {
		return pad[n]
	}
	return deep(n-1) + pad[n%60]
}

func worker(depth int) {
	m := <-start
	m.id += deep(depth)
	done <- m
}

//go:noinline
func run(n int) {
	for i := 0; i < n; i++ {
		go worker(i % 40)
	}
	runtime.Gosched()
	for i := 0; i < n; i++ {
		start <- &msg{next: last}
		last = <-done
	}
}

func main() {
	run(90)
	debug.WriteHeapDump(3)
	runtime.GC()
	debug.WriteHeapDump(4)
	run(50)
	runtime.GC()
	last = nil
	runtime.GC()
	debug.WriteHeapDump(5)
	run(20)
	debug.WriteHeapDump(6)
}
