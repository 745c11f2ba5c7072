/** A Go program that prints what the runtime knows of types: descriptors as they lie in rodata. */

export const caseModule = 'example.com/go.test';
export const libPath = `${caseModule}/deep/er.go-lib`;
export const apiPath = `${caseModule}/api/v2`;

const lib = `package er

type T struct {
	X int
	y string
	_ int8
}

type Iface interface {
	M(T) *T
	hidden()
}

type Base struct{ id int32 }

func (Base) Name() string { return "" }
func (*Base) reset()      {}
`;

const api = `package api

type ID [16]byte

func (ID) String() string { return "" }
`;

const declarations = `
type Int int
type Str string
type Float float64
type Flag bool
type IntPtr *int
type Bytes []byte
type Grid [3][5]Node
type Ages map[string]int
type Queue chan<- Node
type Op func(Node, ...int) error
type Any any
type Empty struct{}
type Node struct {
	next *Node
	val  int
}
type Point struct{ X, Y int32 }
type Shape struct {
	name string
	at   Point
}

func (Shape) Area() float64    { return 0 }
func (Shape) less(Shape) bool  { return false }
func (*Shape) Scale(f float64) {}
func (Int) String() string     { return "" }
func (f Float) Twice() Float   { return f }
func (*Node) Next() *Node      { return nil }

type Square struct {
	Shape
	side int
}
type Ref struct{ *Shape }
type Hiding struct {
	*Shape
	Area int
}
type Other struct{}

func (Other) Area() int    { return 0 }
func (Other) Corners() int { return 0 }

type Ambiguous struct {
	Shape
	Other
}
type Deep struct {
	Ambiguous
	fmt.Stringer
	er.Base
}
type Alone struct{ fmt.Stringer }
type Renamed = Node
type Vec = []Node
type Align struct {
	b byte
	n atomic.Int64
}
type Tree []Tree
type Handler func(Handler) Handler
type Loop chan Loop
type Self *Self
type M map[string]M
type Walker interface {
	Walk() Walker
	stop(func(Walker))
}
type Dir struct {
	name string
	sub  map[string]Dir
}
type BigDir struct {
	pad [130]byte
	sub map[int16]BigDir
}
type Wide struct {
	rows *[4]Wide
	list []struct {
		k byte
		v Wide
	}
	ch chan struct {
		v   Wide
		err error
	}
	n byte
}
type A struct {
	b *B
	x byte
}
type B struct {
	a A
	n int64
}
type List[E any] struct {
	head *E
	last E
}

func local() reflect.Type {
	type Local struct{ p *Node }
	return reflect.TypeOf(Local{})
}
`;

const printer = `
type rtype struct {
	size, ptrdata           uintptr
	hash                    uint32
	tflag, align, fieldAlign, kind uint8
	equal, gcdata           unsafe.Pointer
	str, ptrToThis          int32
}
type mapType struct {
	rtype
	key, elem, bucket     *rtype
	hasher                unsafe.Pointer
	keySize, valueSize    uint8
	bucketSize            uint16
	flags                 uint32
}
type Uncommon struct {
	PkgPath string
	Methods []string
}
type Common struct {
	Size, PtrBytes                 uintptr
	Hash                           uint32
	Tflag, Align, FieldAlign, Kind uint8
	Gcdata                         string
}
type MapInfo struct {
	Bucket               Common
	KeySize, ValueSize   uint8
	BucketSize           uint16
	Flags                uint32
}
type Info struct {
	Common
	String, Name string
	Fields       []uintptr
	Uncommon     *Uncommon
	Map          *MapInfo
}

//go:linkname resolveNameOff reflect.resolveNameOff
func resolveNameOff(ptrInModule unsafe.Pointer, off int32) unsafe.Pointer

func nameAt(r *rtype, off int32) string {
	p := resolveNameOff(unsafe.Pointer(r), off)
	if p == nil {
		return ""
	}
	n := 0
	for i := 1; ; i++ {
		x := *(*byte)(unsafe.Add(p, i))
		n |= int(x&0x7f) << (7 * (i - 1))
		if x&0x80 == 0 {
			return unsafe.String((*byte)(unsafe.Add(p, i+1)), n)
		}
	}
}

func uncommonOf(r *rtype, k reflect.Kind) *Uncommon {
	if r.tflag&1 == 0 {
		return nil
	}
	word := unsafe.Sizeof(uintptr(0))
	own := map[reflect.Kind]uintptr{
		reflect.Pointer: word, reflect.Slice: word, reflect.Func: word, reflect.Chan: 2 * word,
		reflect.Array: 3 * word, reflect.Interface: 4 * word, reflect.Struct: 4 * word, reflect.Map: 4*word + 8,
	}[k]
	u := unsafe.Add(unsafe.Pointer(r), unsafe.Sizeof(*r)+own)
	methods := []string{}
	at := unsafe.Add(u, *(*uint32)(unsafe.Add(u, 8)))
	for i := 0; i < int(*(*uint16)(unsafe.Add(u, 4))); i++ {
		methods = append(methods, nameAt(r, *(*int32)(unsafe.Add(at, 16*i))))
	}
	return &Uncommon{nameAt(r, *(*int32)(u)), methods}
}

func common(r *rtype) Common {
	word := unsafe.Sizeof(uintptr(0))
	n := (r.ptrdata/word + 7) / 8
	n = (n + word - 1) &^ (word - 1)
	if r.kind&0x40 != 0 {
		n = 4 + uintptr(*(*uint32)(r.gcdata))
	}
	gcdata := fmt.Sprintf("%x", unsafe.Slice((*byte)(r.gcdata), n))
	return Common{r.size, r.ptrdata, r.hash, r.tflag, r.align, r.fieldAlign, r.kind, gcdata}
}

func show(t reflect.Type) {
	r := (*[2]*rtype)(unsafe.Pointer(&t))[1]
	info := Info{Common: common(r), String: t.String(), Name: t.Name(), Uncommon: uncommonOf(r, t.Kind())}
	if t.Kind() == reflect.Struct {
		for i := 0; i < t.NumField(); i++ {
			info.Fields = append(info.Fields, t.Field(i).Offset)
		}
	}
	if t.Kind() == reflect.Map {
		m := (*mapType)(unsafe.Pointer(r))
		info.Map = &MapInfo{common(m.bucket), m.keySize, m.valueSize, m.bucketSize, m.flags}
	}
	line, _ := json.Marshal(info)
	os.Stdout.Write(append(line, 10))
}
`;

/** The program's files; it prints one JSON object a line for each type, given in Go source of package main. */
export function typeProgram(
  types: readonly string[],
  values: readonly string[],
): Record<string, string> {
  const shown = types.map((go) => `\tshow(reflect.TypeOf((*${go})(nil)).Elem())`);
  return {
    'main.go': `package main

import (
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"sync/atomic"
	"unsafe"

	"${apiPath}"
	"${libPath}"
)
${declarations}
${printer}
func main() {
${shown.join('\n')}
${values.map((go) => `\tshow(${go})`).join('\n')}
}
`,
    'empty.s': '',
    'deep/er.go-lib/er.go': lib,
    'api/v2/api.go': api,
  };
}
