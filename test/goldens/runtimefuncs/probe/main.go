// Parks goroutines in every way whose frames a heap dump shows, then dumps. Arguments name what the
// machine can do: "signals", "timers", "io".
package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"sync"
	"syscall"
	"time"
)

type iface interface{ M() }
type impl struct{ p *int }

func (*impl) M() {}

var (
	unbuf   = make(chan *int)
	unbuf2  = make(chan *int)
	nilchan chan int
	mu      sync.Mutex
	rw      sync.RWMutex
	rw2     sync.RWMutex
	wg      sync.WaitGroup
	cond    = sync.NewCond(new(sync.Mutex))
	sink    any
	m       = map[int]*int{}
	ms      = map[string]*int{}
	once    sync.Once
	ballast []byte
)

//go:noinline
func recv1() { <-unbuf }

//go:noinline
func recv2() { v, ok := <-unbuf; _, _ = v, ok }

//go:noinline
func rangeRecv() {
	for v := range unbuf {
		sink = v
	}
}

//go:noinline
func send1() { unbuf2 <- nil }

//go:noinline
func nilRecv() { <-nilchan }

//go:noinline
func nilSend() { nilchan <- 1 }

//go:noinline
func selectEmpty() { select {} }

//go:noinline
func selectTwo() {
	select {
	case <-unbuf:
	case <-nilchan:
	}
}

//go:noinline
func selectSend() {
	select {
	case unbuf2 <- nil:
	case <-nilchan:
	}
}

//go:noinline
func lockMutex() { mu.Lock() }

//go:noinline
func rlock() { rw.RLock() }

//go:noinline
func wlock() { rw.Lock() }

//go:noinline
func wlockAfterReader() { rw2.Lock() }

//go:noinline
func waitGroup() { wg.Wait() }

//go:noinline
func condWait() { cond.L.Lock(); cond.Wait() }

//go:noinline
func sleeper() { time.Sleep(time.Hour) }

//go:noinline
func deferred() {
	defer func() { <-unbuf }()
	defer recv1()
	<-unbuf
}

//go:noinline
func panicking() {
	defer func() { <-unbuf; recover() }()
	panic("x")
}

//go:noinline
func panickingTwice() {
	defer func() { <-unbuf; recover() }()
	defer func() { panic("y") }()
	panic("x")
}

//go:noinline
func deferLoop() {
	for i := 0; i < 3; i++ {
		defer func() { <-unbuf }()
	}
	panic("z")
}

//go:noinline
func deferLoopReturn() {
	for i := 0; i < 3; i++ {
		defer func() { <-unbuf }()
	}
}

//go:noinline
func divide(a, b int) {
	defer func() { <-unbuf; recover() }()
	sink = a / b
}

//go:noinline
func sliceBounds(b []byte, i int) {
	defer func() { <-unbuf; recover() }()
	sink = b[:i]
}

//go:noinline
func typeAssert(v any) {
	defer func() { <-unbuf; recover() }()
	sink = v.(int)
}

//go:noinline
func nilMap(m map[int]int) {
	defer func() { <-unbuf; recover() }()
	m[1] = 1
}

//go:noinline
func makeNegative(n int) {
	defer func() { <-unbuf; recover() }()
	sink = make([]byte, n)
}

//go:noinline
func closeNil(c chan int) {
	defer func() { <-unbuf; recover() }()
	close(c)
}

//go:noinline
func sendClosed(c chan int) {
	defer func() { <-unbuf; recover() }()
	c <- 1
}

//go:noinline
func selectSendClosed(c chan int) {
	defer func() { <-unbuf; recover() }()
	select {
	case c <- 1:
	case <-nilchan:
	}
}

//go:noinline
func selectOne() {
	for {
		select {
		case v, ok := <-unbuf:
			sink = v
			_ = ok
		}
	}
}

//go:noinline
func goexits() {
	defer func() { <-unbuf }()
	runtime.Goexit()
}

//go:noinline
func nilDeref(p *int) {
	defer func() { <-unbuf; recover() }()
	*p = 1
}

//go:noinline
func indexPanic(i int) {
	defer func() { <-unbuf; recover() }()
	var a [4]int
	sink = a[i]
}

//go:noinline
func onceDo() { once.Do(recv1) }

//go:noinline
func readPipe(fd int) {
	var b [1]byte
	syscall.Read(fd, b[:])
}

//go:noinline
func ioWait(f *os.File) {
	var b [1]byte
	f.Read(b[:])
}

//go:noinline
func gosched() {
	for {
		runtime.Gosched()
	}
}

//go:noinline
func finalizer(p *[16]int) { <-unbuf }

//go:noinline
func finalizerWithResult(p *[16]int) *int { return <-unbuf }

func makeFinal() {
	p := new([16]int)
	if asked("result") {
		runtime.SetFinalizer(p, finalizerWithResult)
	} else {
		runtime.SetFinalizer(p, finalizer)
	}
}

func asked(what string) bool {
	for _, a := range os.Args[1:] {
		if a == what {
			return true
		}
	}
	return false
}

func main() {
	mu.Lock()
	rw.Lock()
	wg.Add(1)
	x := 0
	go recv1()
	go recv2()
	go rangeRecv()
	go send1()
	go nilRecv()
	go nilSend()
	go selectEmpty()
	go selectTwo()
	go selectSend()
	go lockMutex()
	go rlock()
	go wlock()
	rw2.RLock()
	go wlockAfterReader()
	go waitGroup()
	go condWait()
	if asked("timers") {
		go sleeper()
	}
	go deferred()
	go panicking()
	go panickingTwice()
	go deferLoop()
	go goexits()
	go deferLoopReturn()
	go divide(1, len(os.Args)-len(os.Args))
	go sliceBounds(nil, len(os.Args)+3)
	go typeAssert("x")
	go nilMap(nil)
	go makeNegative(-len(os.Args))
	go closeNil(nil)
	closed := make(chan int)
	close(closed)
	go sendClosed(closed)
	go selectSendClosed(closed)
	go selectOne()
	if asked("signals") {
		go nilDeref(nil)
	}
	go indexPanic(len(os.Args) + 9)
	go onceDo()
	go func() { recv1(); sink = &x }()
	var fds [2]int
	syscall.Pipe(fds[:])
	go readPipe(fds[0])
	if asked("io") {
		r, _, err := os.Pipe()
		_ = err
		go ioWait(r)
	}
	if !asked("timers") {
		// With so much alive, what a collection frees is too little for the scavenger to wake, which would set a timer.
		ballast = make([]byte, 16<<20)
	}
	makeFinal()
	for i := 0; i < 50; i++ {
		runtime.Gosched()
	}
	runtime.GC()
	runtime.GC()
	for i := 0; i < 50; i++ {
		runtime.Gosched()
	}
	if asked("timers") {
		time.Sleep(20 * time.Millisecond)
	}
	if asked("linked") {
		// Never: their calls are looked for in the code.
		runtime.LockOSThread()
		sink = time.NewTimer(time.Hour)
	}
	go gosched()
	runtime.Gosched()
	go recv1()
	m[1] = &x
	ms["a"] = &x
	var i iface = &impl{}
	i.M()
	debug.WriteHeapDump(3)
	runtime.KeepAlive(i)
}
