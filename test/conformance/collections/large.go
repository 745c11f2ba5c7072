// Large objects and whole spans that go back to the page heap, given to the system or taken again.
package main

import (
	"runtime"
	"runtime/debug"
)

type node struct {
	next *node
	data [5]uintptr
}

var (
	larges [40][]byte
	tables [20][]*node
	nodes  [2000]*node
)

//go:noinline
func fill(from, step int) {
	for i := from; i < len(larges); i += step {
		larges[i] = make([]byte, 20000+i*9000)
	}
	for i := from; i < len(tables); i += step {
		tables[i] = make([]*node, 3000+i*700)
	}
	for i := range nodes {
		nodes[i] = &node{}
	}
}

//go:noinline
func drop(from, step int) {
	for i := from; i < len(larges); i += step {
		larges[i] = nil
	}
	for i := from; i < len(tables); i += step {
		tables[i] = nil
	}
	for i := range nodes {
		if i%500 != from {
			nodes[i] = nil
		}
	}
}

func main() {
	debug.SetGCPercent(-1)
	fill(0, 1)
	drop(1, 2)
	runtime.GC()
	debug.WriteHeapDump(3)
	fill(1, 4)
	debug.WriteHeapDump(4)
	drop(0, 3)
	debug.FreeOSMemory()
	debug.WriteHeapDump(5)
	fill(0, 6)
	debug.WriteHeapDump(6)
}
