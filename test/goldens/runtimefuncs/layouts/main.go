// Prints the layouts of the runtime's structures, from the DWARF of the executables named, as JSON.
package main

import (
	"debug/dwarf"
	"debug/elf"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"strings"
)

type field struct {
	Name  string
	Off   int64
	Kind  string
	Count int64
}
type layout struct {
	Size, PtrBytes int64
	Mask           string
	Fields         []field
}

func kindOf(t dwarf.Type) string {
	switch t := t.(type) {
	case *dwarf.PtrType:
		return "ptr"
	case *dwarf.TypedefType:
		return kindOf(t.Type)
	case *dwarf.FuncType:
		return "ptr"
	default:
		switch t.Size() {
		case 1:
			return "uint8"
		case 2:
			return "uint16"
		case 4:
			return "uint32"
		case 8:
			return "uint64"
		}
	}
	return ""
}

func flat(out []field, name string, off int64, t dwarf.Type) []field {
	switch u := t.(type) {
	case *dwarf.TypedefType:
		return flat(out, name, off, u.Type)
	case *dwarf.StructType:
		for _, f := range u.Field {
			n := f.Name
			if name != "" {
				n = name + "." + f.Name
			}
			out = flat(out, n, off+f.ByteOffset, f.Type)
		}
		return out
	case *dwarf.ArrayType:
		el := u.Type
		for {
			if td, ok := el.(*dwarf.TypedefType); ok {
				el = td.Type
				continue
			}
			break
		}
		if _, ok := el.(*dwarf.StructType); ok {
			if u.Count <= 32 {
				for i := int64(0); i < u.Count; i++ {
					out = flat(out, fmt.Sprintf("%s.%d", name, i), off+i*u.Type.Size(), u.Type)
				}
			}
			return out
		}
		if _, ok := el.(*dwarf.ArrayType); ok {
			return out
		}
		return append(out, field{name, off, kindOf(el), u.Count})
	}
	if t.Size() == 0 {
		return out
	}
	return append(out, field{name, off, kindOf(t), 1})
}

func main() {
	want := map[string]bool{}
	for _, n := range strings.Fields("g m p sudog hchan hmap mapextra _defer _panic timer gobuf waitq mspan mcache finblock special specialfinalizer bmap mutex semaRoot itab schedt") {
		want["runtime."+n] = true
	}
	for _, n := range []string{"sync.Mutex", "sync.RWMutex", "sync.WaitGroup", "sync.Cond", "sync.notifyList", "sync.Once", "sync.Pool", "sync.poolLocal"} {
		want[n] = true
	}
	res := map[string]map[string]layout{}
	for _, path := range os.Args[1:] {
		ef, err := elf.Open(path)
		if err != nil {
			panic(err)
		}
		var bo binary.ByteOrder = ef.ByteOrder
		ptr := int64(8)
		if ef.Class == elf.ELFCLASS32 {
			ptr = 4
		}
		read := func(a uint64, n int64) []byte {
			for _, p := range ef.Progs {
				if p.Type == elf.PT_LOAD && a >= p.Vaddr && a < p.Vaddr+p.Filesz {
					b := make([]byte, n)
					p.ReadAt(b, int64(a-p.Vaddr))
					return b
				}
			}
			return nil
		}
		word := func(a uint64) uint64 {
			b := read(a, ptr)
			if b == nil {
				return 0
			}
			if ptr == 4 {
				return uint64(bo.Uint32(b))
			}
			return bo.Uint64(b)
		}
		d, err := ef.DWARF()
		if err != nil {
			panic(err)
		}
		r := d.Reader()
		a := path
		res[a] = map[string]layout{}
		for {
			e, err := r.Next()
			if err != nil || e == nil {
				break
			}
			if e.Tag != dwarf.TagStructType {
				continue
			}
			n, _ := e.Val(dwarf.AttrName).(string)
			if !want[n] {
				continue
			}
			t, err := d.Type(e.Offset)
			if err != nil {
				panic(err)
			}
			l := layout{Size: t.Size(), PtrBytes: -1}
			l.Fields = flat(nil, "", 0, t)
			if rt, ok := e.Val(dwarf.Attr(0x2904)).(uint64); ok && rt != 0 {
				rt += ef.Section(".rodata").Addr
				if word(rt) != uint64(t.Size()) {
					panic(n + ": not its type")
				}
				l.PtrBytes = int64(word(rt + uint64(ptr)))
				words := l.PtrBytes / ptr
				l.Mask = fmt.Sprintf("%x", read(word(rt+3*uint64(ptr)+8), (words+7)/8))
			}
			res[a][n] = l
		}
	}
	j, _ := json.MarshalIndent(res, "", " ")
	os.Stdout.Write(j)
}
