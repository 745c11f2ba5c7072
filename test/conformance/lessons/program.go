package main

import (
	"math"
	"runtime"
	"time"
	"unsafe"
)

var gate, ready, never chan bool

func stackSize() int { g := gp(); return int(g[1] - g[0]) }

// descend has a frame of some 300 B.
//
//go:noinline
func descend(depth int) int {
	var pad [32]uintptr
	if depth > 0 {
		pad[depth%32] = uintptr(descend(depth - 1))
		return int(pad[(depth+1)%32])
	}
	say("deepStack", stackSize())
	return depth
}

var workerG *[20]uintptr

//go:noinline
func worker(depth int) {
	workerG = gp()
	lo := workerG[0]
	say("local", int(unsafe.Sizeof([32]uintptr{})))
	say("goid", goid())
	say("stack", stackSize())
	descend(depth)
	say("moved", truth(workerG[0] != lo))
	say("returnedStack", stackSize())
	ready <- true
	<-gate
}

func lesson13() {
	depth := param("depth", 36)
	gate, ready = make(chan bool), make(chan bool)
	say("depth", depth)
	go worker(depth)
	say("inuseMade", stackInuse())
	<-ready
	say("inuseGrown", stackInuse())
	runtime.GC()
	say("shrunkStack", int(workerG[1]-workerG[0]))
	runtime.GC()
	say("againStack", int(workerG[1]-workerG[0]))
	say("inuseAgain", stackInuse())
}

type page struct {
	body  [1000]uint64
	views uint64
}

var (
	name                              []byte
	views                             *uint64
	theBuffer, theFile, thePage, gone uintptr
)

//go:noinline
func ask() {
	buffer := make([]byte, 64<<10)
	theBuffer = addr(&buffer[0])
	<-never
	name = buffer
}

//go:noinline
func readName(clone bool) {
	file := make([]byte, 1<<20)
	theFile = addr(&file[0])
	name = file[:3]
	if clone {
		name = append(make([]byte, 0, 3), name...)
	}
}

//go:noinline
func countViews() {
	p := new(page)
	thePage = addr(p)
	views = &p.views
	gone = addr(newPage())
}

//go:noinline
func newPage() *page { return new(page) }

func lesson14() {
	clone := param("clone", 0) != 0
	never = make(chan bool)
	go ask()
	runtime.Gosched()
	readName(clone)
	countViews()
	runtime.GC()
	say("pageSize", int(unsafe.Sizeof(page{})))
	say("length", len(name))
	say("fileAlive", inUse(theFile))
	say("pageAlive", inUse(thePage))
	say("bufferAlive", inUse(theBuffer))
	say("droppedAlive", inUse(gone))
	say("pageOffset", int(addr(views)-thePage))
	say("alloc", int(readStats().HeapAlloc))
}

type file struct {
	fd   int
	peer *file
}

var (
	closed, ringClosed, tinyClosed int
	neighbour                      *byte
	fileAt, pairAt, byteAt         uintptr
)

//go:noinline
func open() {
	f := &file{fd: 3}
	fileAt = addr(f)
	runtime.SetFinalizer(f, func(*file) { closed++ })
}

//go:noinline
func openPair(ring bool) {
	second := &file{fd: 5}
	first := &file{fd: 4, peer: second}
	if ring {
		second.peer = first
	}
	pairAt = addr(first)
	runtime.SetFinalizer(first, func(*file) { ringClosed++ })
}

//go:noinline
func tiny() {
	b := new(byte)
	for addr(b)%16 != 0 {
		b = new(byte)
	}
	byteAt = addr(b)
	runtime.SetFinalizer(b, func(*byte) { tinyClosed++ })
	neighbour = new(byte)
}

func lesson15() {
	open()
	openPair(param("ring", 1) != 0)
	tiny()
	say("neighbour", int(addr(neighbour)-byteAt))
	runtime.GC()
	for closed == 0 {
		time.Sleep(time.Millisecond)
	}
	say("closed", closed)
	say("fileAlive", inUse(fileAt))
	runtime.GC()
	time.Sleep(10 * time.Millisecond)
	say("ringClosed", ringClosed)
	say("tinyClosed", tinyClosed)
	say("fileAliveLater", inUse(fileAt))
	say("pairAlive", inUse(pairAt))
	say("byteAlive", inUse(byteAt))
}

const rate = 8 << 10

var records [1000]runtime.MemProfileRecord

func lesson16() {
	runtime.MemProfileRate = rate
	n, size := param("n", 4000), param("size", 1024)
	fillBlocks(n, size)
	chance := 1 - math.Exp(-float64(size)/rate)
	say("n", n)
	say("size", size)
	say("rate", rate)
	sayFloat("chance", chance)
	runtime.GC()
	runtime.GC()
	taken := 0
	count, _ := runtime.MemProfile(records[:], true)
	for _, r := range records[:count] {
		if r.AllocObjects > 0 && r.AllocBytes/r.AllocObjects == int64(size) {
			taken += int(r.InUseObjects())
		}
	}
	say("taken", taken)
	say("estimate", int(float64(taken)/chance+0.5))
	all := 0
	for _, b := range blocks {
		all += inUse(addr(&b[0]))
	}
	say("all", all)
}
