// A bit of everything, then collections: swept spans, reused slots, garbage made since, a shrunken stack.
package main

import (
	"runtime"
	"runtime/debug"
)

type node struct {
	kids [2]*node
	tag  string
	data []byte
}

type cache struct {
	byName map[string]*node
	order  []*node
}

var (
	c    cache
	junk [64]any
	work = make(chan *node, 16)
	dead = make(chan int)
)

func name(i int) string {
	return string([]byte{'n', byte('0' + i/100), byte('0' + i/10%10), byte('0' + i%10)})
}

//go:noinline
func fill(from, to int) {
	for i := from; i < to; i++ {
		n := &node{tag: name(i), data: make([]byte, i*7%900)}
		if i > from {
			n.kids[0] = c.order[len(c.order)-1]
		}
		c.byName[n.tag] = n
		c.order = append(c.order, n)
		junk[i%len(junk)] = make([]*node, i%150)
	}
}

//go:noinline
func deep(n int) int {
	var pad [100]int
	pad[n%100] = n
	if n == 0 {
		return 0
	}
	return deep(n-1) + pad[n%100]
}

func worker(id int) {
	for n := range work {
		n.tag = name(id)
	}
	<-dead
}

func main() {
	debug.WriteHeapDump(3)
	c.byName = map[string]*node{}
	for i := 0; i < 3; i++ {
		go worker(i)
	}
	fill(0, 400)
	deep(200)
	for i := 0; i < 400; i += 2 {
		delete(c.byName, name(i))
		c.order[i].kids[0] = nil
		c.order[i] = nil
	}
	runtime.GC()
	debug.WriteHeapDump(4)
	fill(400, 500)
	for _, n := range c.order[400:410] {
		work <- n
	}
	runtime.Gosched()
	runtime.GC()
	runtime.GC()
	for i := range junk {
		junk[i] = nil
	}
	debug.WriteHeapDump(5)
}
