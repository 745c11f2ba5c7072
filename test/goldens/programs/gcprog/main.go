// Types so large that their pointer mask is a GC program.
package main

import "runtime/debug"

type cell struct {
	p *cell
	n uintptr
	s string
}

type huge struct {
	before [3]uintptr
	cells  [9000]cell
	after  [100]*cell
	rest   [7]byte
}

type nest struct {
	rows [200][300]struct {
		n uintptr
		p *int
	}
	last *nest
}

var (
	a *huge
	b *nest
	d *[40000]*cell
	e []huge
	g huge
)

func main() {
	debug.WriteHeapDump(3)
	a = new(huge)
	b = new(nest)
	d = new([40000]*cell)
	e = make([]huge, 2)
	c := &cell{n: 5, s: "x"}
	a.cells[8999].p = c
	a.after[99] = c
	b.last = b
	d[39999] = c
	e[1].cells[1].p = c
	g.cells[1].p = c
	debug.WriteHeapDump(4)
}
