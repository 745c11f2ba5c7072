// Slices that grow by append: with pointers, without, of strings, of wide elements, to large sizes.
package main

import "runtime/debug"

type wide struct {
	a [3]*int
	b [5]int64
}

var (
	bytes   []byte
	i64s    []int64
	u16s    []uint16
	ptrs    []*int
	strs    []string
	wides   []wide
	matrix  [][]float64
	ifaces  []any
	grown   []*int
	grownB  []byte
	history [40][]*int
	nhist   int
)

func main() {
	debug.WriteHeapDump(3)
	x := new(int)
	for i := 0; i < 3000; i++ {
		bytes = append(bytes, byte(i))
		i64s = append(i64s, int64(i))
		u16s = append(u16s, uint16(i))
		if cap(ptrs) == len(ptrs) && nhist < len(history) {
			history[nhist] = ptrs
			nhist++
		}
		ptrs = append(ptrs, x)
		if i%10 == 0 {
			strs = append(strs, "string")
			wides = append(wides, wide{a: [3]*int{x, nil, x}})
			ifaces = append(ifaces, i)
		}
		if i%100 == 0 {
			matrix = append(matrix, make([]float64, i/50))
		}
	}
	grown = append(make([]*int, 5, 8), ptrs[:1000]...)
	grownB = append([]byte("prefix"), make([]byte, 33)...)
	debug.WriteHeapDump(4)
}
