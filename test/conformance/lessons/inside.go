package main

import (
	"runtime"
	"unsafe"
)

// mspan is the beginning of runtime.mspan.
type mspan struct {
	next, prev, list            uintptr
	startAddr, npages           uintptr
	manualFreeList              uintptr
	freeindex, nelems           uint16
	freeIndexForScan            uint16
	allocCache                  uint64
	allocBits, gcmarkBits, pins uintptr
	sweepgen, divMul            uint32
	allocCount                  uint16
	spanclass, state, needzero  uint8
	isUserArenaChunk            bool
	allocCountBeforeCache       uint16
	elemsize, limit             uintptr
}

//go:linkname spanOf runtime.spanOf
func spanOf(p uintptr) *mspan

//go:linkname sizes runtime.class_to_size
var sizes [68]uint16

// gp is the running goroutine: its stack is its first two words.
func gp() *[20]uintptr

// goid is the running goroutine's: the field at offset 152 of runtime.g.
//
//go:nosplit
func goid() int { return int(gp()[19]) }

const mSpanInUse = 1

const mSpanManual = 2

// stackInuse is the sum of all spans for stacks. ReadMemStats would give the stacks that Ps keep back before it counts.
func stackInuse() int {
	const base = 0xc000000000
	sum := uintptr(0)
	for p := uintptr(base); p < base+4<<20; {
		s := spanOf(p)
		if s == nil || s.startAddr != p || s.state == 0 {
			p += 8192
			continue
		}
		if s.state == mSpanManual && s.elemsize != 0 {
			sum += s.npages * 8192
		}
		p += s.npages * 8192
	}
	return int(sum)
}

func addr[T any](p *T) uintptr { return uintptr(unsafe.Pointer(p)) }

func inUse(p uintptr) int {
	s := spanOf(p)
	if s.state != mSpanInUse {
		return 0
	}
	i := (p - s.startAddr) / s.elemsize
	bits := *(*byte)(unsafe.Pointer(s.allocBits + i/8))
	return truth(i < uintptr(s.freeindex) || bits&(1<<(i%8)) != 0)
}

func freeInCache(s *mspan) int {
	n := 0
	for bits := s.allocCache; bits != 0; bits &= bits - 1 {
		n++
	}
	return n
}

var stats runtime.MemStats

func readStats() *runtime.MemStats {
	runtime.ReadMemStats(&stats)
	return &stats
}
