// Command layout allocates 40,000 objects of mixed sizes and prints where each is.
//
// Before that it fills every span that it can get objects from, and all pages up to the end of a
// block of 64, so that what follows does not depend on the program's start. Output on descriptor 3, a file:
//
//	last START ADDR     the first arena, and the page filled last
//	KIND N ADDR         make of N elements of type KIND: 0 byte, 1 *int, 2 node, 3 mix
//	B BASE HEX          the pointer bits at the end of the span at BASE
//	M NAME BEFORE AFTER MemStats before and after the 40,000
package main

import (
	"runtime"
	"unsafe"
)

const (
	objects = 40000
	ptr     = unsafe.Sizeof(uintptr(0))
	header  = 8
	inSpan  = ptr * ptr * 8
)

type node struct {
	p *node
	v uintptr
}

type mix struct {
	a uintptr
	p *int
	b [3]uintptr
	q *int
	c uintptr
}

var (
	addrs         [objects]uintptr
	keep          [objects]unsafe.Pointer
	kinds         [objects]uint8
	counts        [objects]uint32
	fill          [70000]unsafe.Pointer
	filled        int
	before, after runtime.MemStats
	seed          uint32 = 12345
	out           [8 << 20]byte
	written       int

	sinkBytes []byte
	sinkPtrs  []*int
	sinkNodes []node
	sinkMixes []mix
)

//go:linkname findObject runtime.findObject
func findObject(p, refBase, refOff uintptr) (base uintptr, s unsafe.Pointer, objIndex uintptr)

//go:linkname write runtime.write
func write(fd uintptr, p unsafe.Pointer, n int32) int32

func random() uint32 {
	seed = seed*1664525 + 1013904223
	return seed >> 8
}

var classSizes = [...]uintptr{8, 16, 24, 32, 48, 64, 80, 96, 112, 128, 144, 160, 176, 192, 208, 224, 240, 256, 288, 320, 352, 384, 416, 448, 480, 512, 576, 640, 704, 768, 896, 1024, 1152, 1280, 1408, 1536, 1792, 2048, 2304, 2688, 3072, 3200, 3456, 4096, 4864, 5120, 5376, 6144, 6528, 6784, 6912, 8192, 9472, 9728, 10240, 10880, 12288, 13568, 14336, 16384, 18432, 19072, 20480, 21760, 24576, 27264, 28672, 32768}

//go:noinline
func makeBytes(n uintptr) unsafe.Pointer {
	sinkBytes = make([]byte, n)
	return unsafe.Pointer(unsafe.SliceData(sinkBytes))
}

//go:noinline
func makePtrs(n uintptr) unsafe.Pointer {
	sinkPtrs = make([]*int, n)
	return unsafe.Pointer(unsafe.SliceData(sinkPtrs))
}

//go:noinline
func makeNodes(n uintptr) unsafe.Pointer {
	sinkNodes = make([]node, n)
	return unsafe.Pointer(unsafe.SliceData(sinkNodes))
}

//go:noinline
func makeMixes(n uintptr) unsafe.Pointer {
	sinkMixes = make([]mix, n)
	return unsafe.Pointer(unsafe.SliceData(sinkMixes))
}

func keepFilled(p unsafe.Pointer) uintptr {
	fill[filled] = p
	filled++
	return uintptr(p)
}

// fillSpans allocates from each span class until its span is full.
func fillSpans() {
	for _, size := range classSizes {
		for scan := 0; scan < 2; scan++ {
			if size < 16 && scan == 0 || size < ptr {
				continue
			}
			off := uintptr(0)
			if allocHeaders && scan == 1 && size > inSpan {
				off = header
			}
			for {
				var p unsafe.Pointer
				if scan == 1 {
					p = makePtrs((size - off) / ptr)
				} else {
					p = makeBytes(size)
				}
				_, s, i := findObject(keepFilled(p), 0, 0)
				nelems := *(*uint16)(unsafe.Add(s, 6*ptr+2))
				if i == uintptr(nelems)-1 {
					break
				}
			}
		}
	}
}

func fillTiny() {
	keepFilled(makeBytes(15))
	keepFilled(makeBytes(1))
	for keepFilled(makeBytes(16))%8192 != 8192-16 {
	}
}

func fillPages() uintptr {
	max := uintptr(0)
	for {
		p := keepFilled(makeBytes(8192))
		if p > max {
			max = p
		}
		if p == max && p/8192%64 == 63 {
			return p
		}
	}
}

func choose() (kind uint8, n uintptr) {
	switch k := random() % 100; {
	case k < 25:
		return 0, uintptr(random() % 40)
	case k < 40:
		return 1, uintptr(random()%64) + 1
	case k < 60:
		return 2, uintptr(random()%8) + 1
	case k < 70:
		return 3, uintptr(random()%12) + 1
	case k < 80:
		return 0, uintptr(random()%3000) + 1
	case k < 90:
		return 1, uintptr(random()%400) + 1
	case k < 97:
		return 3, uintptr(random()%300) + 1
	case k < 99:
		return 0, uintptr(random()%40000) + 1
	}
	return uint8(random() % 4), uintptr(random()%9000) + 1
}

// Output is gathered, as each piece that print gets is a system call.
func text(s string) {
	written += copy(out[written:], s)
}

func number(n uint64) {
	if n >= 10 {
		number(n / 10)
	}
	text("0123456789"[n%10 : n%10+1])
}

func printBits() {
	const hex = "0123456789abcdef"
	words := [...]uintptr{0, 1, 2, 7}
	seen := uintptr(0)
	for i, kind := range kinds {
		if kind == 0 || uintptr(counts[i])*words[kind]*ptr > inSpan {
			continue
		}
		_, s, _ := findObject(addrs[i], 0, 0)
		base := *(*uintptr)(unsafe.Add(s, 3*ptr))
		end := base + *(*uintptr)(unsafe.Add(s, 4*ptr))*8192
		if base == seen {
			continue
		}
		seen = base
		text("B ")
		number(uint64(base))
		text(" ")
		for a := end - (end-base)/ptr/8; a < end; a++ {
			b := *(*byte)(unsafe.Pointer(a))
			text(hex[b>>4 : b>>4+1])
			text(hex[b&15 : b&15+1])
		}
		text("\n")
	}
}

func printStats() {
	show := func(name string, a, b uint64) { line("M "+name, a, b) }
	show("TotalAlloc", before.TotalAlloc, after.TotalAlloc)
	show("Mallocs", before.Mallocs, after.Mallocs)
	show("Frees", before.Frees, after.Frees)
	show("HeapAlloc", before.HeapAlloc, after.HeapAlloc)
	show("HeapSys", before.HeapSys, after.HeapSys)
	show("HeapInuse", before.HeapInuse, after.HeapInuse)
	show("HeapReleased", before.HeapReleased, after.HeapReleased)
	show("HeapIdle", before.HeapIdle, after.HeapIdle)
	show("HeapObjects", before.HeapObjects, after.HeapObjects)
}

func line(what string, numbers ...uint64) {
	text(what)
	for i, n := range numbers {
		if i > 0 || what != "" {
			text(" ")
		}
		number(n)
	}
	text("\n")
}

func main() {
	first := uintptr(makeBytes(32)) &^ (4<<20 - 1)
	fillSpans()
	fillTiny()
	last := fillPages()
	runtime.ReadMemStats(&before)
	for i := range addrs {
		var p unsafe.Pointer
		kind, n := choose()
		switch kind {
		case 0:
			p = makeBytes(n)
		case 1:
			p = makePtrs(n)
		case 2:
			p = makeNodes(n)
		case 3:
			p = makeMixes(n)
		}
		kinds[i], counts[i], addrs[i], keep[i] = kind, uint32(n), uintptr(p), p
	}
	runtime.ReadMemStats(&after)
	line("last", uint64(first), uint64(last))
	for i := range addrs {
		line("", uint64(kinds[i]), uint64(counts[i]), uint64(addrs[i]))
	}
	if allocHeaders {
		printBits()
	}
	printStats()
	write(3, unsafe.Pointer(&out[0]), int32(written))
}
