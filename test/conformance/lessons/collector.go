package main

import (
	"runtime"
	"runtime/debug"
	"unsafe"
)

var (
	head     *node
	nodes    [5]uintptr
	ring     [2]uintptr
	released uintptr
)

//go:noinline
func buildList() {
	for i := len(nodes); i > 0; i-- {
		head = &node{next: head, val: i}
		nodes[i-1] = addr(head)
	}
}

//go:noinline
func buildRing() {
	x := &node{val: 1}
	y := &node{next: x, val: 2}
	x.next = y
	ring = [2]uintptr{addr(x), addr(y)}
}

func nodesInUse() int {
	n := 0
	for _, p := range nodes {
		n += inUse(p)
	}
	return n
}

//go:noinline
func cut(keep int) {
	if keep == 0 {
		head = nil
		return
	}
	p := head
	for i := 1; i < keep; i++ {
		p = p.next
	}
	p.next = nil
}

func lesson08() {
	keep := param("keep", 3)
	buildList()
	buildRing()
	cycles := readStats().NumGC
	say("nodes", len(nodes))
	say("cyclesBefore", int(cycles))
	runtime.GC()
	say("listAlive", nodesInUse())
	say("ringAlive", inUse(ring[0])+inUse(ring[1]))
	say("cycles", int(readStats().NumGC-cycles))
	cut(keep)
	runtime.GC()
	say("keep", keep)
	say("cutAlive", nodesInUse())
}

var manyCells []*cell

func sweepgen() int {
	n := spanOf(addr(&manyCells[0])).sweepgen
	if n%2 == 1 { // swept, then cached
		n -= 3
	}
	return int(n)
}

func lesson09() {
	keep := param("keep", 1)
	runtime.GC()
	manyCells = make([]*cell, 204)
	for i := range manyCells {
		manyCells[i] = new(cell)
	}
	first, second := addr(manyCells[0]), addr(manyCells[102])
	m := readStats()
	alloc, inuse, sys := int(m.HeapAlloc), int(m.HeapInuse), int(m.HeapSys)
	say("objects", len(manyCells))
	say("sweepgen", sweepgen())
	say("firstCount", int(spanOf(first).allocCount))
	say("secondCount", int(spanOf(second).allocCount))
	say("allocBefore", alloc)
	say("inuseBefore", inuse)
	say("sysBefore", sys)
	for i := keep; i < len(manyCells); i++ {
		manyCells[i] = nil
	}
	runtime.GC()
	m = readStats()
	say("keep", keep)
	say("sweepgenAfter", sweepgen())
	say("keptSlots", inUse(first)*int(spanOf(first).allocCount))
	say("secondInUse", truth(spanOf(second).state == mSpanInUse))
	say("allocFell", alloc-int(m.HeapAlloc))
	say("inuseFell", inuse-int(m.HeapInuse))
	say("sysFell", sys-int(m.HeapSys))
}

type cell64 [8]uint64

var kept []*cell64
var sink *cell64

//go:noinline
func serve(n, keep int) {
	for i := 0; i < n; i++ {
		sink = new(cell64)
		if i%keep == 0 {
			kept[i/keep] = sink
		}
	}
	sink = nil
}

func lesson10() {
	objects, keep := param("objects", 1<<15), param("keep", 126)
	debug.SetGCPercent(-1)
	kept = make([]*cell64, (objects+keep-1)/keep)
	serve(objects, keep)
	say("objects", objects)
	say("keep", keep)
	say("size", int(unsafe.Sizeof(cell64{})))
	say("allocMade", int(readStats().HeapAlloc))
	say("inuseMade", int(readStats().HeapInuse))
	runtime.GC()
	say("kept", len(kept))
	say("alloc", int(readStats().HeapAlloc))
	say("inuse", int(readStats().HeapInuse))
	kept = nil
	runtime.GC()
	say("allocLast", int(readStats().HeapAlloc))
	say("inuseLast", int(readStats().HeapInuse))
}

var blocks [][]byte

//go:noinline
func fillBlocks(n, size int) {
	blocks = make([][]byte, n)
	for i := range blocks {
		blocks[i] = make([]byte, size)
	}
}

// ledgers are the names of the ledger's lines at each point.
var ledgers = [3][5]string{
	{"allocFilled", "inuseFilled", "idleFilled", "releasedFilled", "sysFilled"},
	{"allocDropped", "inuseDropped", "idleDropped", "releasedDropped", "sysDropped"},
	{"allocFreed", "inuseFreed", "idleFreed", "releasedFreed", "sysFreed"},
}

// ledger has a small frame: with a larger one the stack of main grows, and takes 32 KiB of the heap's pages.
//
//go:noinline
func ledger(at int) {
	m, names := readStats(), &ledgers[at]
	say(names[0], int(m.HeapAlloc))
	say(names[1], int(m.HeapInuse))
	say(names[2], int(m.HeapIdle))
	say(names[3], int(m.HeapReleased))
	say(names[4], int(m.HeapSys))
}

func lesson11() {
	n := param("blocks", 64)
	fillBlocks(n, 1<<20)
	say("blocks", n)
	ledger(0)
	blocks = nil
	runtime.GC()
	ledger(1)
	debug.FreeOSMemory()
	ledger(2)
}

func lesson12() {
	percent := param("percent", 100)
	blocks = make([][]byte, 400)
	debug.SetGCPercent(percent)
	m := readStats()
	say("percent", percent)
	say("goal0", int(m.NextGC))
	cycles := uint32(0)
	for i := range blocks {
		blocks[i] = make([]byte, 100<<10)
		if m = readStats(); m.NumGC > cycles {
			for names := [...]string{"goal1", "goal2", "goal3"}; cycles < m.NumGC; cycles++ {
				if cycles < 3 {
					say(names[cycles], int(m.NextGC))
				}
			}
		}
	}
	say("cycles", int(cycles))
	say("blocks", len(blocks))
	runtime.GC()
	m = readStats()
	say("live", int(m.HeapAlloc))
	say("goal", int(m.NextGC))
	sayFloat("ratio", float64(m.NextGC)/float64(m.HeapAlloc)-1)
}
