// One object of each size class with and without pointers, sizes beside every border, and size zero.
package main

import (
	"runtime/debug"
	"unsafe"
)

type empty struct{}

type ptrs2 struct{ a, b *int }

type tail struct {
	n [40]uintptr
	p *int
}

var (
	keep   [800]unsafe.Pointer
	nkeep  int
	zeroes [4]*empty
	sinkB  []byte
	sinkP  []*int
)

func hold(p unsafe.Pointer) {
	keep[nkeep] = p
	nkeep++
}

var sizes = [...]int{
	1, 2, 3, 4, 7, 8, 9, 12, 15, 16, 17, 24, 25, 32, 33, 48, 64, 80, 96, 112, 120, 121, 127, 128, 129, 144, 160,
	176, 192, 208, 224, 240, 256, 288, 320, 352, 384, 416, 448, 480, 504, 505, 511, 512, 513, 520, 576, 640, 704, 768,
	896, 1024, 1025, 1152, 1280, 1408, 1536, 1792, 2040, 2048, 2049, 2304, 2688, 3072, 3200, 3456, 4096, 4864,
	5376, 6144, 6528, 6784, 6912, 8192, 9472, 9728, 10240, 10880, 12288, 13568, 14336, 16384, 18432, 19072,
	20480, 21760, 24576, 27264, 28672, 32752, 32753, 32760, 32761, 32768, 32769, 40960, 40961,
}

func main() {
	debug.WriteHeapDump(3)
	x := new(int)
	for _, n := range sizes {
		sinkB = make([]byte, n)
		sinkB[0] = 1
		hold(unsafe.Pointer(&sinkB[0]))
		sinkP = make([]*int, (n+7)/8)
		sinkP[0] = x
		hold(unsafe.Pointer(&sinkP[0]))
	}
	for i := range zeroes {
		zeroes[i] = new(empty)
	}
	for i := 0; i < 20; i++ {
		hold(unsafe.Pointer(&ptrs2{x, x}))
		hold(unsafe.Pointer(&tail{p: x}))
	}
	debug.WriteHeapDump(4)
}
