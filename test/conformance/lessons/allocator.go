package main

import (
	"runtime"
	"runtime/debug"
	"unsafe"
)

var (
	made, appended []byte
	text           [1 << 15]byte
)

//go:noinline
func appendTo(n int) int {
	appended = append([]byte(nil), text[:n]...)
	return cap(appended)
}

func lesson01() {
	size := param("size", 33)
	made = make([]byte, size)
	s := spanOf(addr(&made[0]))
	say("size", size)
	say("slot", int(s.elemsize))
	say("unused", int(s.elemsize)-size)
	say("slots", int(s.nelems))
	say("pages", int(s.npages))
	say("classes", len(sizes)-1)
	say("cap", appendTo(size))
	say("few", 5)
	say("smallCap", appendTo(5))
	caps, last, worst, waste := 0, 0, 0, 0.0
	for n := 17; n <= 128; n++ {
		c := appendTo(n)
		if c != last {
			caps++
		}
		last = c
		if w := float64(c-n) / float64(c); w > waste {
			worst, waste = n, w
		}
	}
	say("from", 17)
	say("to", 128)
	say("caps", caps)
	say("worst", worst)
	sayFloat("waste", waste)
}

var first, second []uint64

func lesson02() {
	words := param("words", 150)
	debug.SetGCPercent(-1)
	say("arena", 64<<20)
	say("sysBefore", int(readStats().HeapSys))
	first = make([]uint64, words)
	s := spanOf(addr(&first[0]))
	say("size", 8*words)
	say("slot", int(s.elemsize))
	say("pages", int(s.npages))
	say("slots", int(s.nelems))
	say("usedBefore", int(s.allocCount)-1)
	second = make([]uint64, words)
	say("apart", int(addr(&second[0])-addr(&first[0])))
	made = make([]byte, 4<<20)
	say("asked", len(made))
	say("sysAfter", int(readStats().HeapSys))
}

type cell [10]uint64

var cells [204]*cell

// slowWay is what nextFreeFast asks of the span in the mcache before it gives up.
func slowWay(s *mspan) bool {
	bit := 0
	for ; bit < 64 && s.allocCache>>bit&1 == 0; bit++ {
	}
	free := int(s.freeindex) + bit
	return bit == 64 || free >= int(s.nelems) || (free+1)%64 == 0 && free+1 != int(s.nelems)
}

func lesson03() {
	hole := param("hole", 10)
	cells[0] = new(cell)
	base := addr(cells[0])
	s := spanOf(base)
	slow := 1 // the first one got the span
	say("slots", int(s.nelems))
	say("slotSize", int(s.elemsize))
	say("freeindex1", int(s.freeindex))
	say("cache1", freeInCache(s))
	for i := 1; i < int(s.nelems); i++ {
		if slowWay(s) {
			slow++
		}
		cells[i] = new(cell)
		if i == 63 {
			say("freeindex64", int(s.freeindex))
			say("slow64", slow)
		}
	}
	say("slow", slow)
	cells[hole] = nil
	runtime.GC()
	say("hole", hole)
	cells[hole] = new(cell)
	say("slot", int((addr(cells[hole])-base)/s.elemsize))
	say("freeindexAfter", int(s.freeindex))
}

var (
	long, lastLong *int64
	oneByte        *byte
	short          *int32
	allBytes       []*byte
)

func lesson04() {
	bytes, keep := param("bytes", 8000), param("keep", 16)
	allBytes = make([]*byte, bytes)
	for long = new(int64); addr(long)%16 != 0; long = new(int64) {
	}
	oneByte = new(byte)
	short = new(int32)
	lastLong = new(int64)
	say("byteAt", int(addr(oneByte)-addr(long)))
	say("shortAt", int(addr(short)-addr(long)))
	say("sameBlock", truth(addr(lastLong)/16 == addr(long)/16))
	for (addr(oneByte)+1)%16 != 0 {
		oneByte = new(byte)
	}
	runtime.GC()
	before := readStats().HeapObjects
	say("objectsBefore", int(before))
	for i := range allBytes {
		allBytes[i] = new(byte)
	}
	filled := readStats().HeapObjects
	say("bytes", bytes)
	say("objectsMade", int(filled))
	say("blocks", int(filled-before))
	kept := 0
	for i := range allBytes {
		if i%keep != 0 {
			allBytes[i] = nil
		} else {
			kept++
		}
	}
	runtime.GC()
	say("keep", keep)
	say("kept", kept)
	say("freed", int(filled)-int(readStats().HeapObjects))
}

type node struct {
	next *node
	val  int
}

type pair struct{ a, b int }

var (
	oneNode  *node
	onePair  *pair
	pointers []*node
	numbers  []uintptr
)

//go:noinline
func fillNodes() {
	for i := range pointers {
		pointers[i] = &node{val: i}
		numbers[i] = addr(&node{val: i})
	}
}

func lesson05() {
	n := param("n", 100)
	oneNode = &node{}
	onePair = &pair{}
	scan, noscan := spanOf(addr(oneNode)), spanOf(addr(onePair))
	say("size", int(unsafe.Sizeof(node{})))
	say("scanClass", int(scan.spanclass))
	say("noscanClass", int(noscan.spanclass))
	say("scanSlots", int(scan.nelems))
	say("noscanSlots", int(noscan.nelems))
	say("bitmap", int(scan.npages*8192-uintptr(scan.nelems)*scan.elemsize))
	pointers = make([]*node, n)
	numbers = make([]uintptr, n)
	fillNodes()
	say("n", n)
	runtime.GC()
	byPointers, byNumbers := 0, 0
	for i := range pointers {
		byPointers += inUse(addr(pointers[i]))
		byNumbers += inUse(numbers[i])
	}
	say("byPointers", byPointers)
	say("byNumbers", byNumbers)
}

var (
	somePointers, growing []*uint64
	someNumbers, counts   []uint64
)

// headerOf is how far behind its slot an object of n pointers begins, and the class of its span.
func headerOf(n int) (header int, s *mspan) {
	somePointers = make([]*uint64, n)
	s = spanOf(addr(&somePointers[0]))
	return int((addr(&somePointers[0]) - s.startAddr) % s.elemsize), s
}

func lesson06() {
	words := param("words", 128)
	someNumbers = make([]uint64, words)
	header, s := headerOf(words)
	say("size", 8*words)
	say("mod16", int(addr(&somePointers[0])%16))
	say("scanSlot", int(s.elemsize))
	say("noscanSlot", int(spanOf(addr(&someNumbers[0])).elemsize))
	say("header", header)
	above, small := 0, 0
	for n := 2; n < 4200; n++ {
		h, s := headerOf(n)
		if s.spanclass>>1 == 0 {
			break
		}
		small = 8 * n
		if h == 0 {
			above = 8 * n
		}
	}
	say("headerAbove", above)
	say("maxSmall", small)
	for i, name := range [...]string{"p1", "p2", "p3", "p4", "p5", "p6"} {
		before := cap(growing)
		for i == 0 && cap(growing) < 64 || i > 0 && cap(growing) == before {
			growing = append(growing, nil)
		}
		say(name, cap(growing))
	}
	for i, name := range [...]string{"n1", "n2", "n3", "n4", "n5", "n6"} {
		before := cap(counts)
		for i == 0 && cap(counts) < 64 || i > 0 && cap(counts) == before {
			counts = append(counts, 0)
		}
		say(name, cap(counts))
	}
}

var small, large, larger, a, b, c, next []byte

//go:noinline
func neighbours(pages int) {
	a = make([]byte, pages*8192)
	b = make([]byte, pages*8192)
	c = make([]byte, pages*8192)
}

func lesson07() {
	pages := param("pages", 18)
	small = make([]byte, 32760)
	large = make([]byte, 32769)
	larger = make([]byte, 40961)
	say("smallSize", len(small))
	say("largeSize", len(large))
	say("largerSize", len(larger))
	say("smallClass", int(spanOf(addr(&small[0])).spanclass>>1))
	say("smallSlot", int(spanOf(addr(&small[0])).elemsize))
	say("largeClass", int(spanOf(addr(&large[0])).spanclass>>1))
	say("largeSlot", int(spanOf(addr(&large[0])).elemsize))
	say("largerSlot", int(spanOf(addr(&larger[0])).elemsize))
	neighbours(20)
	hole := addr(&b[0])
	say("holePages", len(b)/8192)
	say("between", int(addr(&c[0])-addr(&a[0]))/8192)
	b = nil
	runtime.GC()
	next = make([]byte, pages*8192)
	say("pages", pages)
	say("inHole", truth(addr(&next[0]) == hole))
}
