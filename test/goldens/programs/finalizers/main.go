// Finalizers registered, queued, and one that never returns; profile-free.
package main

import (
	"runtime"
	"runtime/debug"
)

type file struct {
	fd   int
	name string
	next *file
}

type closer interface{ close() }

func (f *file) close() { f.fd = -1 }

var (
	live    [30]*file
	blocked = make(chan int)
	entered = make(chan int)
)

//go:noinline
func drop(n int) {
	for i := 0; i < n; i++ {
		f := &file{fd: i, name: "dropped", next: live[0]}
		runtime.SetFinalizer(f, func(f *file) { f.close(); <-blocked })
	}
}

//go:noinline
func first() {
	f := &file{fd: 99}
	runtime.SetFinalizer(f, func(f *file) int { entered <- f.fd; <-blocked; return f.fd })
}

//go:noinline
func clobber(n int) int {
	var pad [200]int
	pad[n] = n
	return pad[n/2]
}

func main() {
	debug.WriteHeapDump(3)
	for i := range live {
		live[i] = &file{fd: i, name: "live"}
		switch i % 3 {
		case 0:
			runtime.SetFinalizer(live[i], (*file).close)
		case 1:
			runtime.SetFinalizer(live[i], func(c closer) { c.close() })
		}
	}
	b := new([100]byte)
	runtime.SetFinalizer(b, func(b *[100]byte) { b[0] = 1 })
	t := new(int32)
	runtime.SetFinalizer(t, func(x any) {})
	first()
	clobber(3)
	runtime.GC()
	<-entered
	drop(150)
	clobber(5)
	runtime.GC()
	debug.WriteHeapDump(4)
	runtime.KeepAlive(b)
	runtime.KeepAlive(t)
}
