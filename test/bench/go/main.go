// Does the tasks of the bench in real Go. Usage: prog TASK N [FILE]; prints one JSON object.
package main

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"syscall"
	"time"
)

type Node struct {
	next *Node
	val  int
}

var head, kept *Node
var sink any

func list(n int) *Node {
	var h *Node
	for i := 0; i < n; i++ {
		h = &Node{h, i}
	}
	return h
}

// random is the generator that the other side has too.
type random uint32

func (r *random) next() uint32 {
	*r = *r*1664525 + 1013904223
	return uint32(*r)
}

func mixed(n int) {
	r := random(1)
	for i := 0; i < n; i++ {
		x := r.next()
		size := 8 + int(x>>8)%(8<<((x>>4)%8))
		if x>>31 == 0 {
			sink = make([]byte, size)
		} else {
			sink = make([]*byte, (size+7)/8)
		}
	}
}

func buffers(n int) {
	for i := 0; i < n; i++ {
		b := make([]byte, 512)
		b[0] = byte(i)
		sink = b
	}
}

// halves makes two lists in turn, of which one is dropped.
func halves(n int) {
	var a, b *Node
	for i := 0; i < n; i += 2 {
		a = &Node{a, i}
		b = &Node{b, i}
	}
	head, kept = a, b
	head = nil
}

func writeDump(file string) func() {
	f, err := os.Create(file)
	if err != nil {
		panic(err)
	}
	return func() { debug.WriteHeapDump(f.Fd()) }
}

// prepared does what a task needs first, and gives the part that is timed.
func prepared(task string, n int, file string) func() {
	switch task {
	case "mallocgc":
		return func() { head = list(n) }
	case "mixed":
		return func() { mixed(n) }
	case "collect":
		head = list(n)
		return runtime.GC
	case "collect-half":
		halves(n)
		return runtime.GC
	case "dump":
		head = list(n)
		return writeDump(file)
	case "dump-buffers":
		buffers(n)
		return writeDump(file)
	}
	panic("unknown task " + task)
}

func cpu() time.Duration {
	var usage syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

func main() {
	task := os.Args[1]
	n, err := strconv.Atoi(os.Args[2])
	if err != nil {
		panic(err)
	}
	file := ""
	if len(os.Args) > 3 {
		file = os.Args[3]
	}
	debug.SetGCPercent(-1)
	timed := prepared(task, n, file)
	cpu0, start := cpu(), time.Now()
	timed()
	wall, used := time.Since(start), cpu()-cpu0
	fmt.Printf("{\"wall\":%f,\"cpu\":%f}\n", wall.Seconds(), used.Seconds())
}
