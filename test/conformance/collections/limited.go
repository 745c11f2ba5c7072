// Collections at a tenth of the usual garbage, then under a memory limit that the live heap comes near to.
package main

import (
	"runtime"
	"runtime/debug"
)

type node struct {
	next *node
	data [6]uintptr
}

var (
	list   *node
	blocks [24][]byte
)

//go:noinline
func keep(n int) {
	for i := 0; i < n; i++ {
		list = &node{next: list}
	}
}

//go:noinline
func fill(n, size int) {
	for i := 0; i < n; i++ {
		blocks[i] = make([]byte, size)
	}
}

func main() {
	debug.SetGCPercent(10)
	keep(2000)
	runtime.GC()
	debug.WriteHeapDump(3)
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(12 << 20)
	fill(24, 100<<10)
	runtime.GC()
	debug.WriteHeapDump(4)
	for i := range blocks {
		blocks[i] = nil
	}
	runtime.GC()
	fill(12, 300<<10)
	debug.WriteHeapDump(5)
	debug.SetMemoryLimit(64 << 20)
	runtime.GC()
	debug.WriteHeapDump(6)
}
