// Every allocation profiled: buckets with stacks, and the sample of each object.
package main

import (
	"runtime"
	"runtime/debug"
)

type item struct {
	p *item
	n [3]int
}

var (
	items [50]*item
	bufs  [20][]byte
	texts []string
)

//go:noinline
func leaf(p *item) *item { return &item{p: p} }

//go:noinline
func branch(i int) *item {
	if i%2 == 0 {
		return leaf(nil)
	}
	return leaf(leaf(nil))
}

func records() int {
	n, _ := runtime.MemProfile(nil, true)
	return n
}

func main() {
	debug.WriteHeapDump(3)
	runtime.MemProfileRate = 1
	for i := range items {
		items[i] = branch(i)
	}
	for i := range bufs {
		bufs[i] = make([]byte, 1+i*i*100)
	}
	for i := 0; i < 40; i++ {
		texts = append(texts, string([]byte{'t', byte(i)}))
	}
	for i := 0; i < len(items); i += 2 {
		items[i] = nil
	}
	runtime.GC()
	runtime.GC()
	records()
	runtime.MemProfileRate = 0
	debug.WriteHeapDump(4)
}
