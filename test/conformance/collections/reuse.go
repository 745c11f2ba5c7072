// Free slots between kept objects, and what takes them after a collection.
package main

import (
	"runtime"
	"runtime/debug"
)

type small struct{ next, other *small }
type middle struct {
	next *middle
	data [11]uintptr
}
type big struct {
	next *big
	data [150]*big
}

var (
	smalls  [600]*small
	middles [300]*middle
	bigs    [60]*big
	bytes   [400][]byte
)

//go:noinline
func fill(step int) {
	for i := 0; i < len(smalls); i += step {
		smalls[i] = &small{}
	}
	for i := 0; i < len(middles); i += step {
		middles[i] = &middle{}
	}
	for i := 0; i < len(bigs); i += step {
		bigs[i] = &big{}
	}
	for i := 0; i < len(bytes); i += step {
		bytes[i] = make([]byte, 24+i%5*16)
	}
}

//go:noinline
func drop(n int) {
	for i := range smalls {
		if i%n != 0 {
			smalls[i] = nil
		}
	}
	for i := range middles {
		if i%n != 0 {
			middles[i] = nil
		}
	}
	for i := range bigs {
		if i%n != 0 {
			bigs[i] = nil
		}
	}
	for i := range bytes {
		if i%n != 0 {
			bytes[i] = nil
		}
	}
}

func main() {
	fill(1)
	drop(3)
	runtime.GC()
	debug.WriteHeapDump(3)
	fill(2)
	debug.WriteHeapDump(4)
	drop(7)
	runtime.GC()
	fill(4)
	debug.WriteHeapDump(5)
	drop(50)
	runtime.GC()
	runtime.GC()
	fill(5)
	debug.WriteHeapDump(6)
}
