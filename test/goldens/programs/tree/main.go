// A binary tree whose leaves and inner nodes differ in size, some behind a malloc header.
package main

import "runtime/debug"

type Tree interface{ depth() int }

type Leaf struct {
	name string
	data [3]uint64
}

type Inner struct {
	left, right Tree
	parent      *Inner
}

// Wide is larger than the biggest class without a malloc header.
type Wide struct {
	kids  [70]Tree
	marks [10]uint8
	last  *Inner
}

func (l *Leaf) depth() int  { return 1 }
func (n *Inner) depth() int { return 1 + n.left.depth() }
func (w *Wide) depth() int  { return 1 + w.kids[0].depth() }

var root Tree

func grow(parent *Inner, depth int) Tree {
	switch {
	case depth == 0:
		return &Leaf{name: "leaf", data: [3]uint64{1, 2, 3}}
	case depth == 3:
		w := &Wide{last: parent}
		for i := range w.kids {
			w.kids[i] = &Leaf{name: "wide"[:i%4], data: [3]uint64{uint64(i)}}
		}
		return w
	}
	n := &Inner{parent: parent}
	n.left = grow(n, depth-1)
	n.right = grow(n, depth-1)
	return n
}

func main() {
	debug.WriteHeapDump(3)
	root = grow(nil, 7)
	debug.WriteHeapDump(4)
}
