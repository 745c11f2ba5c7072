// Package main compresses and expands: large objects without pointers, large structs.
package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
)

func main() {
	for level := 1; level <= 9; level += 4 {
		var packed bytes.Buffer
		w, err := gzip.NewWriterLevel(&packed, level)
		if err != nil {
			panic(err)
		}
		for i := 0; i < 3000; i++ {
			fmt.Fprintf(w, "line %d of a text that repeats itself\n", i)
		}
		w.Close()
		r, err := gzip.NewReader(&packed)
		if err != nil {
			panic(err)
		}
		if _, err := io.ReadAll(r); err != nil {
			panic(err)
		}
	}
}
