// Garbage until a collection starts by itself, then collections with other values of GOGC.
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
	list *node
	ring [64][]byte
)

//go:noinline
func churn(n, keep int) {
	for i := 0; i < n; i++ {
		x := &node{}
		if i%keep == 0 {
			x.next = list
			list = x
		}
		ring[i%len(ring)] = make([]byte, 200+i%13*100)
	}
}

func main() {
	churn(3000, 4)
	debug.WriteHeapDump(3)
	churn(1800, 8)
	debug.WriteHeapDump(4)
	churn(1000, 8)
	debug.WriteHeapDump(5)
	debug.SetGCPercent(50)
	runtime.GC()
	debug.WriteHeapDump(6)
}
