// The Go program that the scenario finalizers stands for, at its defaults.
package main

import (
	"runtime"
	"runtime/debug"
	"time"
)

type File struct {
	fd   int
	name string
	next *File
}

var (
	open    *File
	revived *File
	tiny    *uint8
	gate    chan bool
	closed  int
)

//go:noinline
func close_(f *File) {
	<-gate
	f.fd = -1
	closed++
}

//go:noinline
func revive(f *File) {
	<-gate
	revived = f
}

//go:noinline
func dropTiny(b *uint8) { <-gate }

//go:noinline
func openFiles(n int) {
	for fd := 3; fd < n+3; fd++ {
		f := &File{fd, "live.txt", open}
		runtime.SetFinalizer(f, close_)
		open = f
	}
}

//go:noinline
func dropFiles(n int) {
	for fd := 100; fd < n+100; fd++ {
		f := &File{fd, "dropped.txt", nil}
		runtime.SetFinalizer(f, close_)
	}
	f := &File{99, "revived.txt", nil}
	runtime.SetFinalizer(f, revive)
}

//go:noinline
func makeTiny(n int) {
	var b *uint8
	for i := 0; i < n; i++ {
		b = new(uint8)
		*b = uint8(i)
		runtime.SetFinalizer(b, dropTiny)
	}
	tiny = b
}

func main() {
	gate = make(chan bool)
	openFiles(10)
	dropFiles(150)
	makeTiny(40)
	debug.WriteHeapDump(3)

	runtime.GC()
	debug.WriteHeapDump(4)

	close(gate)
	for closed < 150 || revived == nil {
		time.Sleep(time.Millisecond)
	}
	debug.WriteHeapDump(5)

	runtime.GC()
	debug.WriteHeapDump(6)
}
