// Objects of more than 32 KiB: buffers, pointer arrays, and structs whose type is kept on the span.
package main

import "runtime/debug"

type record struct {
	name string
	id   int
	next *record
}

type block struct {
	head [10]*record
	body [50000]byte
	tail *record
}

var (
	buffers [12][]byte
	ptrs    [6][]*record
	records []record
	blocks  [3]*block
	freed   [][]byte
)

func main() {
	debug.WriteHeapDump(3)
	r := &record{name: "shared", id: 1}
	for i := range buffers {
		buffers[i] = make([]byte, 32769+i*9000)
		buffers[i][i] = byte(i)
	}
	for i := range ptrs {
		ptrs[i] = make([]*record, 4095+i*1500)
		ptrs[i][i*100] = r
		ptrs[i][len(ptrs[i])-1] = r
	}
	records = make([]record, 2500)
	for i := range records {
		if i%100 == 0 {
			records[i] = record{name: r.name, id: i, next: r}
		}
	}
	for i := range blocks {
		blocks[i] = &block{tail: r}
	}
	for i := 0; i < 3; i++ {
		freed = append(freed, make([]byte, 1<<20))
	}
	freed = nil
	debug.WriteHeapDump(4)
}
