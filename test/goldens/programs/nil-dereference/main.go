// A panic that a signal raised, in progress: the frame that faulted lies under runtime.sigpanic's.
package main

import "runtime/debug"

type node struct {
	next *node
	val  int
}

var sink *node

//go:noinline
func fault(n, kept *node) int {
	v := n.next.val
	sink = kept
	return v
}

func dump(kept *node) {
	debug.WriteHeapDump(4)
	sink = kept
	recover()
}

//go:noinline
func guarded() {
	kept := &node{val: 1}
	defer dump(kept)
	fault(&node{}, kept)
}

func main() {
	debug.WriteHeapDump(3)
	guarded()
}
