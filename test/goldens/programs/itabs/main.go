// Itabs made at run time, by assertions of types that no conversion in the program names.
package main

import "runtime/debug"

type shape interface{ area() int }
type named interface{ name() string }
type both interface {
	shape
	named
}

type sq struct{ a int }
type tri struct{ p *tri }
type dot int8
type fn func() int
type list []int

func (sq) area() int      { return 1 }
func (sq) name() string   { return "sq" }
func (*tri) area() int    { return 2 }
func (*tri) name() string { return "tri" }
func (dot) area() int     { return 3 }
func (dot) name() string  { return "dot" }
func (f fn) area() int    { return f() }
func (list) name() string { return "list" }

var (
	all  = []any{sq{1}, &sq{2}, &tri{}, dot(3), fn(nil), list{1}, 7, "text", 1.5, []int{1}}
	sink [30]any
	out  []both
)

func main() {
	debug.WriteHeapDump(3)
	n := 0
	for _, a := range all {
		if s, ok := a.(shape); ok {
			sink[n] = s
			n++
		}
		if s, ok := a.(named); ok {
			sink[n] = s
			n++
		}
		if b, ok := a.(both); ok {
			out = append(out, b)
		}
		if e, ok := a.(error); ok {
			sink[n] = e
			n++
		}
	}
	debug.WriteHeapDump(4)
}
