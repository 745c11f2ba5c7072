// Prints, as JSON, the frames of Go's own functions that a heap dump shows, with what the
// executable's function table says of them.
//
// Usage: frames executable dump,... [function or function>callee[:line][!][$][#place]]...
// A call is looked for in the code where no dump shows it, with ! in any case; it is the first one of
// the line (where a function with it is inlined, of the line that calls that), with $ the last. A place is one more call of the same callee, kept under callee#place.
// The callee * is whatever is called through a register, after the registers are saved in functions that do so.
package main

import (
	"debug/elf"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"os"
	"slices"
	"strconv"
	"strings"
)

// A position is one of source code: After is the line of what follows a call, File is empty where it is the function's.
type position struct {
	Off, Line, After int
	File             string
}

type site struct {
	position
	// Where the inlined function that makes the call is called, and so on outwards.
	Inlined      []position
	Locals, Args string
}

type object struct {
	Off, Size, Ptrdata int
	Mask               string
}

type function struct {
	File        string
	Line        int
	Size        int
	Args        int
	Frame       int
	Deferreturn int
	Locals0     string
	Args0       string
	Objects     []object
	Sites       map[string]site
}

var (
	bo                        binary.ByteOrder
	ptr                       uint64
	file                      *elf.File
	tab                       []byte
	text                      uint64
	nfun                      uint64
	quan                      uint64
	fns, cus, files, pcs, fun uint64
)

func mem(a uint64, n int) []byte {
	for _, p := range file.Progs {
		if p.Type == elf.PT_LOAD && a >= p.Vaddr && a < p.Vaddr+p.Filesz {
			b := make([]byte, n)
			p.ReadAt(b, int64(a-p.Vaddr))
			return b
		}
	}
	return nil
}

func word(b []byte) uint64 {
	if ptr == 4 {
		return uint64(bo.Uint32(b))
	}
	return bo.Uint64(b)
}

func open(path string) {
	var err error
	if file, err = elf.Open(path); err != nil {
		panic(err)
	}
	bo = file.ByteOrder
	ptr = 8
	if file.Class == elf.ELFCLASS32 {
		ptr = 4
	}
	tab, err = file.Section(".gopclntab").Data()
	if err != nil {
		panic(err)
	}
	quan = uint64(tab[6])
	w := func(i uint64) uint64 { return word(tab[8+i*ptr:]) }
	nfun, text = w(0), w(2)
	fns, cus, files, pcs, fun = w(3), w(4), w(5), w(6), w(7)
}

func cstr(b []byte) string {
	for i, c := range b {
		if c == 0 {
			return string(b[:i])
		}
	}
	return ""
}

type raw struct {
	entry, size uint64
	b           []byte
	name        string
}

func (r *raw) u32(i int) uint32 { return bo.Uint32(r.b[4*i:]) }

// fields: entryOff nameOff args deferreturn pcsp pcfile pcln npcdata cuOffset startLine (funcID flag _ nfuncdata)
func at(i uint64) *raw {
	e := tab[fun+i*8:]
	off := uint64(bo.Uint32(e))
	next := uint64(bo.Uint32(e[8:]))
	r := &raw{entry: text + off, size: next - off, b: tab[fun+uint64(bo.Uint32(e[4:])):]}
	r.name = cstr(tab[fns+uint64(r.u32(1)):])
	return r
}

func find(pc uint64) *raw {
	lo, hi := uint64(0), nfun
	for lo < hi {
		m := (lo + hi) / 2
		if text+uint64(bo.Uint32(tab[fun+m*8:])) <= pc {
			lo = m + 1
		} else {
			hi = m
		}
	}
	if lo == 0 {
		return nil
	}
	return at(lo - 1)
}

func varint(p []byte) (uint32, []byte) {
	var v uint32
	for s := 0; ; s += 7 {
		b := p[0]
		p = p[1:]
		v |= uint32(b&0x7f) << s
		if b&0x80 == 0 {
			return v, p
		}
	}
}

func (r *raw) value(table uint32, target uint64) int {
	if table == 0 {
		return -1
	}
	p := tab[pcs+uint64(table):]
	pc, v := r.entry, int32(-1)
	for first := true; ; first = false {
		var d, n uint32
		d, p = varint(p)
		if d == 0 && !first {
			return int(v)
		}
		v += int32(d>>1) ^ -int32(d&1)
		n, p = varint(p)
		pc += uint64(n) * quan
		if target < pc {
			return int(v)
		}
	}
}

func (r *raw) max(table uint32) int {
	if table == 0 {
		return 0
	}
	p := tab[pcs+uint64(table):]
	v, m := int32(-1), int32(0)
	for first := true; ; first = false {
		var d uint32
		d, p = varint(p)
		if d == 0 && !first {
			return int(m)
		}
		v += int32(d>>1) ^ -int32(d&1)
		_, p = varint(p)
		if v > m {
			m = v
		}
	}
}

func (r *raw) pcdata(i int) uint32 {
	if i >= int(r.u32(7)) {
		return 0
	}
	return r.u32(11 + i)
}

var gofunc uint64

func (r *raw) funcdata(i int) uint64 {
	if i >= int(r.b[43]) {
		return 0
	}
	off := r.u32(11 + int(r.u32(7)) + i)
	if off == 0xffffffff {
		return 0
	}
	return gofunc + uint64(off)
}

func (r *raw) bitmap(which, index int) string {
	a := r.funcdata(which)
	if a == 0 {
		return "-"
	}
	h := mem(a, 8)
	n, nbit := int(bo.Uint32(h)), int(bo.Uint32(h[4:]))
	if index < 0 {
		index = 0
	}
	if index >= n {
		return "-"
	}
	nb := (nbit + 7) / 8
	b := mem(a+8+uint64(index*nb), nb)
	bits := ""
	for i := 0; i < nbit; i++ {
		if b[i/8]>>(i%8)&1 == 1 {
			bits += "1"
		} else {
			bits += "0"
		}
	}
	return bits
}

func (r *raw) objects(rodata uint64) (out []object) {
	a := r.funcdata(2)
	if a == 0 {
		return nil
	}
	n := int(word(mem(a, int(ptr))))
	for i := 0; i < n; i++ {
		b := mem(a+ptr+uint64(i*16), 16)
		pd := int(int32(bo.Uint32(b[8:])))
		o := object{Off: int(int32(bo.Uint32(b))), Size: int(int32(bo.Uint32(b[4:]))), Ptrdata: pd}
		if pd > 0 {
			o.Mask = hex.EncodeToString(mem(rodata+uint64(bo.Uint32(b[12:])), (pd/int(ptr)+7)/8))
		}
		out = append(out, o)
	}
	return out
}

func (r *raw) file(pc uint64) string {
	i := r.value(r.u32(5), pc)
	if i < 0 {
		return ""
	}
	off := bo.Uint32(tab[cus+4*(uint64(r.u32(8))+uint64(i)):])
	return cstr(tab[files+uint64(off):])
}

// position tells of the code that ends at pc.
func (r *raw) position(pc uint64) position {
	p := position{Off: int(pc - r.entry), Line: r.value(r.u32(6), pc-1), After: r.value(r.u32(6), pc)}
	if name := r.file(pc - 1); name != r.file(r.entry) {
		p.File = name
	}
	return p
}

// site tells of the call that returns to pc.
func (r *raw) site(pc uint64) site {
	idx := -1
	if pc != r.entry {
		idx = r.value(r.pcdata(1), pc-1)
	}
	s := site{position: r.position(pc), Locals: r.bitmap(1, idx), Args: r.bitmap(0, idx)}
	tree := r.funcdata(3)
	for at := pc; tree != 0; {
		i := r.value(r.pcdata(2), at-1)
		if i < 0 {
			break
		}
		at = r.entry + uint64(bo.Uint32(mem(tree+uint64(16*i)+8, 4))) + 1
		s.Inlined = append(s.Inlined, r.position(at))
	}
	return s
}

// is tells whether the call, or that of an inlined function that makes it, is in the line.
func (s site) is(line int) bool {
	return s.Line == line || slices.ContainsFunc(s.Inlined, func(at position) bool { return at.Line == line })
}

// target decodes a direct call at pc: what it calls and where it returns to, or zeros.
func target(code []byte, pc uint64) (to, next uint64) {
	signed := func(v uint32, bits int) uint64 { return uint64(int64(int32(v<<(32-bits)) >> (32 - bits))) }
	m := file.Machine
	if m == elf.EM_386 || m == elf.EM_X86_64 {
		if code[0] != 0xe8 {
			return 0, 0
		}
		next = pc + 5
		return next + signed(bo.Uint32(code[1:]), 32), next
	}
	if m == elf.EM_S390 {
		if code[0] != 0xc0 || code[1] != 0xe5 {
			return 0, 0
		}
		return pc + 2*signed(bo.Uint32(code[2:]), 32), pc + 6
	}
	if pc%4 != 0 {
		return 0, 0
	}
	w := bo.Uint32(code)
	switch {
	case m == elf.EM_MIPS && w>>26 == 3:
		return pc&^(1<<28-1) | uint64(w&(1<<26-1))<<2, pc + 8
	case m == elf.EM_AARCH64 && w>>26 == 0x25:
		return pc + 4*signed(w, 26), pc + 4
	case m == elf.EM_ARM && w>>24 == 0xeb:
		return pc + 8 + 4*signed(w, 24), pc + 4
	case m == elf.EM_PPC64 && w>>26 == 18 && w&3 == 1:
		return pc + signed(w&0x3fffffc, 26), pc + 4
	case m == elf.EM_LOONGARCH && w>>26 == 0x15:
		return pc + 4*signed(w&0x3ff<<16|w>>10&0xffff, 26), pc + 4
	case m == elf.EM_RISCV && w&0xfff == 0xef:
		return pc + signed(w>>31<<20|w>>12&0xff<<12|w>>20&1<<11|w>>21&0x3ff<<1, 21), pc + 4
	}
	return 0, 0
}

// throughRegister decodes a call at pc of an address in a register: where it returns to, or zero.
func throughRegister(code []byte, pc uint64) uint64 {
	m := file.Machine
	switch {
	case (m == elf.EM_386 || m == elf.EM_X86_64) && code[0] == 0xff && code[1]>>3 == 0x1a:
		return pc + 2
	case m == elf.EM_S390 && pc%2 == 0 && code[0] == 0x0d && code[1]>>4 != 0 && code[1]&15 != 0:
		return pc + 2
	case m == elf.EM_386 || m == elf.EM_X86_64 || m == elf.EM_S390 || pc%4 != 0:
		return 0
	}
	w := bo.Uint32(code)
	switch {
	case m == elf.EM_MIPS && w&0xfc1f003f == 9:
		return pc + 8
	case m == elf.EM_AARCH64 && w&0xfffffc1f == 0xd63f0000,
		m == elf.EM_ARM && w&0x0ffffff0 == 0x012fff30,
		m == elf.EM_PPC64 && (w&0xfc0007ff == 0x4c000421 || w&0xfc0007ff == 0x4c000021),
		m == elf.EM_LOONGARCH && w&0xfffffc1f == 0x4c000001,
		m == elf.EM_RISCV && w&0xfff07fff == 0x000000e7:
		return pc + 4
	}
	return 0
}

// register finds the return pc of the function's first call through a register; where it saves its
// registers by a call of save, of the first after that.
func (r *raw) register(save []uint64) (found uint64) {
	code := mem(r.entry, int(r.size)+8)
	for i := 0; i < int(r.size); i++ {
		pc := r.entry + uint64(i)
		if to, next := target(code[i:], pc); next != 0 && slices.Contains(save, to) {
			found = 0
		}
		if next := throughRegister(code[i:], pc); next != 0 && found == 0 {
			found = next
		}
	}
	return found
}

// call finds the return pc of the first or last call of callee in the function, from the line unless
// that is 0. It stands for calls that no dump shows.
func (r *raw) call(callees []uint64, line int, last bool) (found uint64) {
	code := mem(r.entry, int(r.size)+8)
	for i := 0; i < int(r.size); i++ {
		to, next := target(code[i:], r.entry+uint64(i))
		if ptr == 4 {
			to = uint64(uint32(to))
		}
		if next != 0 && slices.Contains(callees, to) && (line == 0 || r.site(next).is(line)) {
			if found = next; !last {
				break
			}
		}
	}
	return found
}

type reader struct {
	b []byte
}

func (d *reader) int() uint64 {
	v, n := binary.Uvarint(d.b)
	d.b = d.b[n:]
	return v
}
func (d *reader) bytes() []byte {
	n := d.int()
	v := d.b[:n]
	d.b = d.b[n:]
	return v
}
func (d *reader) fields() {
	for d.int() != 0 {
		d.int()
	}
}

type frame struct {
	sp, depth, entry, pc, cont uint64
	name                       string
}

func main() {
	open(os.Args[1])
	syms, _ := file.Symbols()
	for _, s := range syms {
		if s.Name == "go:func.*" {
			gofunc = s.Value
		}
	}
	rodata := file.Section(".rodata").Addr
	out := map[string]*function{}
	add := func(r *raw) *function {
		f := out[r.name]
		if f == nil {
			f = &function{
				File: r.file(r.entry), Line: int(r.u32(9)), Size: int(r.size), Args: int(int32(r.u32(2))),
				Frame: r.max(r.u32(4)), Deferreturn: int(r.u32(3)),
				Locals0: r.bitmap(1, 0), Args0: r.bitmap(0, 0), Objects: r.objects(rodata), Sites: map[string]site{},
			}
			out[r.name] = f
		}
		return f
	}
	var last string
	own := func(n string) bool { return !strings.HasPrefix(n, "main.") }
	for _, path := range strings.Split(os.Args[2], ",") {
		dump, err := os.ReadFile(path)
		if err != nil {
			panic(err)
		}
		d := &reader{dump[len("go1.7 heap dump\n"):]}
		for {
			tag := d.int()
			if tag == 0 {
				break
			}
			switch tag {
			case 1:
				d.int()
				d.bytes()
				d.fields()
			case 2:
				d.bytes()
				d.int()
			case 3:
				d.int()
				d.int()
				d.bytes()
				d.int()
			case 4:
				for i := 0; i < 8; i++ {
					d.int()
				}
				d.bytes()
				for i := 0; i < 4; i++ {
					d.int()
				}
				last = ""
			case 5:
				var f frame
				f.sp, f.depth = d.int(), d.int()
				d.int()
				d.bytes()
				f.entry, f.pc, f.cont = d.int(), d.int(), d.int()
				f.name = string(d.bytes())
				d.fields()
				r := find(f.pc)
				if r == nil || r.name != f.name {
					panic("function table disagrees with dump: " + f.name)
				}
				if own(f.name) {
					callee := last
					if f.depth == 0 {
						callee = ""
					} else if !own(callee) {
						callee = "main"
					}
					fn := add(r)
					if _, ok := fn.Sites[callee]; !ok {
						fn.Sites[callee] = r.site(f.pc)
					}
				}
				last = f.name
			case 6:
				d.int()
				d.int()
				d.int()
				d.int()
				d.bytes()
				d.bytes()
				d.int()
			case 7, 17:
				for i := 0; i < 5; i++ {
					d.int()
					if tag == 17 && i == 1 {
						break
					}
				}
			case 8:
				d.int()
				d.int()
			case 9:
				d.int()
				d.int()
				d.int()
			case 10:
				for i := 0; i < 24+256+1; i++ {
					d.int()
				}
			case 11:
				for i := 0; i < 5; i++ {
					d.int()
				}
			case 12, 13:
				d.int()
				d.bytes()
				d.fields()
			case 14:
				for i := 0; i < 7; i++ {
					d.int()
				}
			case 15:
				for i := 0; i < 6; i++ {
					d.int()
				}
			case 16:
				d.int()
				d.int()
				n := d.int()
				for i := uint64(0); i < n; i++ {
					d.bytes()
					d.bytes()
					d.int()
				}
				d.int()
				d.int()
			default:
				panic("tag")
			}
		}
	}
	// A function with a wrapper for the other ABI is there twice: the larger is the function.
	all, entries := map[string]*raw{}, map[string][]uint64{}
	for i := uint64(0); i < nfun; i++ {
		r := at(i)
		entries[r.name] = append(entries[r.name], r.entry)
		if old := all[r.name]; old == nil || old.size < r.size {
			all[r.name] = r
		}
	}
	for _, n := range os.Args[3:] {
		name, callee, call := strings.Cut(n, ">")
		callee, place, another := strings.Cut(callee, "#")
		callee, last := strings.CutSuffix(callee, "$")
		callee, always := strings.CutSuffix(callee, "!")
		callee, lineText, _ := strings.Cut(callee, ":")
		line, _ := strconv.Atoi(lineText)
		r := all[name]
		if r == nil {
			continue
		}
		fn := add(r)
		key := callee
		if another {
			key += "#" + place
		}
		if _, ok := fn.Sites[key]; call && (!ok || always) {
			pc := r.call(entries[callee], line, last)
			if callee == "*" {
				pc = r.register(entries["gosave_systemstack_switch"])
			}
			if pc != 0 {
				fn.Sites[key] = r.site(pc)
			}
		}
	}
	j, _ := json.MarshalIndent(out, "", " ")
	os.Stdout.Write(j)
}
