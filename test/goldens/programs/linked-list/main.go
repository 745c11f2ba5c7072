// A list of 16-byte nodes: one pointer span class, filled past its first span.
package main

import "runtime/debug"

type Node struct {
	next *Node
	val  int
}

var head *Node

func build(n int) {
	var h *Node
	for i := 0; i < n; i++ {
		h = &Node{next: h, val: i}
	}
	head = h
}

func main() {
	debug.WriteHeapDump(3)
	build(1000)
	debug.WriteHeapDump(4)
}
