// Pages that the background scavenger gives back while main sleeps; stacks that shrink meanwhile.
package main

import (
	"runtime"
	"runtime/debug"
	"time"
)

var (
	blocks [100][]byte
	sink   []byte
)

//go:noinline
func fill(n, size int) {
	for i := 0; i < n; i++ {
		blocks[i] = make([]byte, size)
	}
}

//go:noinline
func deep(n int) int {
	var pad [200]int
	if n == 0 {
		return pad[n]
	}
	return deep(n-1) + pad[n%200]
}

func main() {
	fill(100, 100<<10)
	for i := 15; i < len(blocks); i++ {
		blocks[i] = nil
	}
	deep(60)
	runtime.GC()
	runtime.GC()
	debug.WriteHeapDump(3)
	time.Sleep(1500 * time.Millisecond)
	debug.WriteHeapDump(4)
	fill(1, 200<<10)
	sink = make([]byte, 128<<10)
	runtime.GC()
	debug.WriteHeapDump(5)
}
