// Strings and numbers below 16 bytes: they share blocks, and their alignment decides where.
package main

import "runtime/debug"

var (
	words []string
	nums  [100]any
	pairs [60]*[2]uint32
	ones  [70]*byte
	sixes [50]*[3]uint16
	twelv [50]*[12]byte
	joins string
)

func word(n int) string {
	b := make([]byte, 0, 15)
	for i := 0; i <= n%14; i++ {
		b = append(b, byte('a'+i))
	}
	return string(b)
}

func main() {
	debug.WriteHeapDump(3)
	words = make([]string, 0, 400)
	for i := 0; i < 400; i++ {
		words = append(words, word(i))
	}
	for i := range nums {
		switch i % 4 {
		case 0:
			nums[i] = i + 1000
		case 1:
			nums[i] = float64(i)
		case 2:
			nums[i] = uint16(i + 300)
		default:
			nums[i] = word(i)
		}
	}
	for i := range pairs {
		pairs[i] = &[2]uint32{uint32(i), 7}
	}
	for i := range ones {
		ones[i] = new(byte)
		*ones[i] = byte(i)
	}
	for i := range sixes {
		sixes[i] = &[3]uint16{1, 2, 3}
		twelv[i] = &[12]byte{9}
	}
	for i := 0; i < 30; i++ {
		joins += words[i]
	}
	debug.WriteHeapDump(4)
}
