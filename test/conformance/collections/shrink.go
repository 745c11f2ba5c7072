// Stacks that have grown, halved by each collection.
package main

import (
	"runtime"
	"runtime/debug"
)

var (
	block = make(chan int)
	ready = make(chan int)
)

//go:noinline
func deep(n int) int {
	var pad [200]int
	if n == 0 {
		return pad[n]
	}
	return deep(n-1) + pad[n%200]
}

func waits(depth int) {
	deep(depth)
	ready <- depth
	<-block
}

func main() {
	deep(100)
	for i := 0; i < 4; i++ {
		go waits(4 << (i * 2))
		<-ready
	}
	debug.WriteHeapDump(3)
	runtime.GC()
	debug.WriteHeapDump(4)
	runtime.GC()
	runtime.GC()
	debug.WriteHeapDump(5)
	for i := 0; i < 6; i++ {
		runtime.GC()
	}
	debug.WriteHeapDump(6)
}
