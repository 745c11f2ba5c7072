// Goroutines in every state a program can park them in.
package main

import (
	"runtime"
	"runtime/debug"
	"sync"
	"syscall"
	"time"
)

// A first timer starts the network poller, which crashes under qemu's mips64.
const timers = runtime.GOARCH != "mips64" && runtime.GOARCH != "mips64le"

type msg struct {
	text string
	next *msg
}

var (
	unbuf  = make(chan *msg)
	full   = make(chan msg, 4)
	empty  = make(chan int, 8)
	ready  = make(chan int)
	mu     sync.Mutex
	rw     sync.RWMutex
	cond   = sync.NewCond(&sync.Mutex{})
	wg     sync.WaitGroup
	once   sync.Once
	pipe   [2]int
	blocks [64]byte
)

func sendUnbuf(m *msg)       { unbuf <- m }
func sendFull(m msg)         { full <- m }
func recvEmpty() (int, bool) { v, ok := <-empty; return v, ok }
func recvNil() int           { var c chan int; return <-c }
func sendNil(m *msg)         { var c chan *msg; c <- m }
func selectNone()            { select {} }
func lockHeld()              { mu.Lock() }
func rlockHeld()             { rw.RLock() }
func lockRead()              { rw.Lock() }
func condWait()              { cond.L.Lock(); cond.Wait() }
func groupWait()             { wg.Wait() }
func sleep()                 { time.Sleep(time.Hour) }
func exits()                 {}

func selectMany(m *msg) (string, int) {
	var other chan *msg
	select {
	case v := <-empty:
		return "empty", v
	case full <- *m:
		return "full", 0
	case other <- m:
		return "nil", 0
	case v := <-ready:
		return "ready", v
	}
}

func timer(c <-chan time.Time) time.Time { return <-c }

func locked() {
	runtime.LockOSThread()
	selectNone()
}

func sysread() int {
	n, _ := syscall.Read(pipe[0], blocks[:])
	return n
}

func rangeOver(c chan *msg) (last *msg) {
	for m := range c {
		last = m
	}
	return last
}

func later(p *msg) { p.text = "ran" }

func start(f func()) {
	go f()
	runtime.Gosched()
}

func main() {
	debug.WriteHeapDump(3)
	if err := syscall.Pipe(pipe[:]); err != nil {
		panic(err)
	}
	m := &msg{text: "hello"}
	for i := 0; i < 4; i++ {
		full <- msg{text: "queued", next: m}
	}
	mu.Lock()
	rw.Lock()
	wg.Add(1)
	start(func() { sendUnbuf(m) })
	start(func() { sendUnbuf(&msg{text: "second"}) })
	start(func() { sendFull(*m) })
	start(func() { recvEmpty() })
	start(func() { recvNil() })
	start(func() { sendNil(m) })
	start(selectNone)
	start(lockHeld)
	start(lockHeld)
	start(rlockHeld)
	start(lockRead)
	start(condWait)
	start(condWait)
	start(groupWait)
	if timers {
		start(sleep)
	}
	start(func() { selectMany(m) })
	start(func() { once.Do(selectNone) })
	if timers {
		start(func() { timer(time.After(time.Hour)) })
	}
	start(func() { rangeOver(make(chan *msg)) })
	start(exits)
	start(exits)
	start(locked)
	start(func() { sysread() })
	for i := 0; i < 3; i++ {
		go later(m)
	}
	debug.WriteHeapDump(4)
	runtime.KeepAlive(m)
}
