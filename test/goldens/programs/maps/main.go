// Maps that grow: of every key kind with a fast path, with overflow buckets, indirect keys, in the middle of evacuation.
package main

import "runtime/debug"

type big struct{ a [200]byte }

var (
	ints    map[int]int
	u32     map[uint32]*int
	strs    map[string]string
	ptrs    map[*int][]byte
	bigs    map[[20]int]big
	hinted  map[int64]int64
	small   map[byte]bool
	empty   map[string]int
	nested  map[string]map[int]int
	growing map[uint64]uint64
)

func digits(n int) string {
	var b [8]byte
	i := len(b)
	for {
		i--
		b[i] = byte('0' + n%10)
		n /= 10
		if n == 0 {
			return string(b[i:])
		}
	}
}

func main() {
	debug.WriteHeapDump(3)
	ints = map[int]int{}
	u32 = map[uint32]*int{}
	strs = map[string]string{}
	ptrs = map[*int][]byte{}
	bigs = map[[20]int]big{}
	hinted = make(map[int64]int64, 500)
	small = map[byte]bool{}
	empty = make(map[string]int)
	nested = map[string]map[int]int{}
	growing = map[uint64]uint64{}
	for i := 0; i < 300; i++ {
		ints[i] = i
		p := new(int)
		*p = i
		u32[uint32(i)*7] = p
		strs[digits(i)] = digits(i * i)
		ptrs[p] = make([]byte, i%5)
		hinted[int64(i)] = int64(i)
		small[byte(i)] = i%2 == 0
		if i%10 == 0 {
			bigs[[20]int{i}] = big{}
			nested[digits(i)] = map[int]int{i: 1, i + 1: 2}
		}
	}
	// One past 6.5 * 2^6: the next growth has begun and is not done.
	for i := uint64(0); i <= 420; i++ {
		growing[i] = i
	}
	for i := 0; i < 300; i += 3 {
		delete(ints, i)
		delete(strs, digits(i))
	}
	debug.WriteHeapDump(4)
}
