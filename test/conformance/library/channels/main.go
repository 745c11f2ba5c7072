// The Go program that the scenario channels stands for, at its defaults.
package main

import (
	"runtime/debug"
	"sync"
	"time"
)

type Message struct {
	id   int
	text string
	next *Message
}

var (
	unbuffered chan *Message
	full       chan Message
	half       chan Message
	empty      chan int
	mu         sync.Mutex
	condMu     sync.Mutex
	cond       = sync.NewCond(&condMu)
	group      sync.WaitGroup
)

//go:noinline
func send(m *Message) { unbuffered <- m }

//go:noinline
func sendFull(m *Message) { full <- *m }

//go:noinline
func sendNil(m *Message) { (chan *Message)(nil) <- m }

//go:noinline
func selectMany(m *Message) {
	select {
	case <-empty:
	case full <- *m:
	case <-(chan *Message)(nil):
	}
}

//go:noinline
func receive() { <-empty }

//go:noinline
func receiveNil() { <-(chan int)(nil) }

//go:noinline
func selectNone() { select {} }

//go:noinline
func lock() { mu.Lock() }

//go:noinline
func waitCond() {
	condMu.Lock()
	cond.Wait()
}

//go:noinline
func waitGroup() { group.Wait() }

//go:noinline
func sleep() { time.Sleep(time.Hour) }

//go:noinline
func justStarted(m *Message) {}

func main() {
	const buffer = 6
	unbuffered = make(chan *Message)
	full = make(chan Message, buffer)
	half = make(chan Message, buffer)
	empty = make(chan int, buffer)
	var m *Message
	for id := 0; id < buffer; id++ {
		m = &Message{id, "queued", m}
		full <- *m
		if id < buffer/2 {
			half <- *m
		}
	}
	mu.Lock()
	group.Add(1)
	go send(m)
	go sendFull(m)
	go sendNil(m)
	go selectMany(m)
	go receive()
	go receiveNil()
	go selectNone()
	go lock()
	go waitCond()
	go waitGroup()
	go sleep()
	time.Sleep(200 * time.Millisecond)
	go justStarted(m)
	debug.WriteHeapDump(3)
}
