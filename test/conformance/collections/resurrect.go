// Finalizers: queued in the order of sweeping, run, one bringing its object back, and run again.
package main

import (
	"runtime"
	"runtime/debug"
)

type file struct {
	next *file
	fd   int
}

type wide struct {
	first *file
	data  [90]*file
}

var (
	kept   *file
	closed int
	wides  [8]*wide
)

func shut(f *file) { closed += f.fd }

func revive(f *file) {
	f.next = kept
	kept = f
	runtime.SetFinalizer(f, shut)
}

func widen(w *wide) { closed += w.first.fd }

//go:noinline
func make1(n int) {
	for i := 0; i < n; i++ {
		f := &file{fd: i}
		switch i % 3 {
		case 0:
			runtime.SetFinalizer(f, shut)
		case 1:
			runtime.SetFinalizer(f, revive)
		}
	}
	for i := range wides {
		wides[i] = &wide{first: &file{fd: 1000 + i}}
		runtime.SetFinalizer(wides[i], widen)
	}
}

func main() {
	make1(200)
	runtime.GC()
	debug.WriteHeapDump(3)
	runtime.Gosched()
	for i := 0; i < 5; i++ {
		wides[i] = nil
	}
	runtime.GC()
	debug.WriteHeapDump(4)
	runtime.Gosched()
	kept = nil
	runtime.GC()
	runtime.Gosched()
	debug.WriteHeapDump(5)
	runtime.GC()
	make1(40)
	debug.WriteHeapDump(6)
}
