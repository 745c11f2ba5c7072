/** What every twin has in common, in Go. */

/** Offset of a map's seed: count, flags, B, noverflow come before it. @go runtime/map.go hmap */
const seedOffset = 'unsafe.Sizeof(uintptr(0)) + 4';

export const prelude = `
// The address of each allocation, by number. They are numbers to the collector: what it finds are
// the variables above, as in the scenario, and roots.
var addr [allocations]uintptr

// What only frames of the scenario point to while the collector runs.
var roots [mostRoots]unsafe.Pointer

// Through sink each object escapes to the heap; elem is the entry that mapassign gave last.
var sink, elem unsafe.Pointer

// made keeps the address of allocation number id.
func made(id int, object unsafe.Pointer) {
	sink = object
	addr[id] = uintptr(object)
}

// p points into allocation number id.
func p(id int, offset uintptr) unsafe.Pointer {
	return unsafe.Pointer(addr[id] + offset)
}

func collect() {
	sink, elem = nil, nil
	runtime.GC()
	clear(roots[:])
}
`;

/** Parts that not every twin needs, by the name that needs them. */
export const parts = {
  freeOSMemory: `
func freeOSMemory() {
	sink, elem = nil, nil
	debug.FreeOSMemory()
	clear(roots[:])
}
`,
  newString: `
//go:noinline
func newString(s string) unsafe.Pointer {
	return unsafe.Pointer(unsafe.StringData(string(unsafe.Slice(unsafe.StringData(s), len(s)))))
}
`,
  newBytes: `
//go:noinline
func newBytes(s string) unsafe.Pointer {
	return unsafe.Pointer(unsafe.SliceData([]byte(s)))
}
`,
  slice: `
// slice is the first len of cap elements at array.
func slice[T any](array unsafe.Pointer, len, cap int) []T {
	return unsafe.Slice((*T)(array), cap)[:len]
}
`,
  word: `
// word is a pointer-shaped value, or the data of an interface, as a pointer.
func word[T any](value T) unsafe.Pointer {
	words := (*[2]unsafe.Pointer)(unsafe.Pointer(&value))
	if unsafe.Sizeof(value) == unsafe.Sizeof(words[0]) {
		return words[0]
	}
	return words[1]
}
`,
  outside: `
// What is no object of the heap.
var outside byte
`,
  pointer: `
// pointer makes a map, a channel or a function of a pointer.
func pointer[T any](at unsafe.Pointer) T {
	return *(*T)(unsafe.Pointer(&at))
}
`,
  use: `
//go:noinline
func use(unsafe.Pointer) {}
`,
  code: `
// code is what the first word of a closure points to that calls f.
func code(f func()) uintptr {
	return **(**uintptr)(unsafe.Pointer(&f))
}
`,
  closure: `
// closure is the function value that is allocation number id.
func closure(id int) func() {
	at := p(id, 0)
	return *(*func())(unsafe.Pointer(&at))
}
`,
  receive: `
//go:noinline
func receive[T any](c unsafe.Pointer) {
	v := <-pointer[chan T](c)
	use(unsafe.Pointer(&v))
}
`,
  iterated: `
// iterated marks the buckets of a map, and the old ones, as those of a loop. A loop itself would begin anywhere.
func iterated(m unsafe.Pointer) {
	if *(*int)(m) > 0 {
		*(*uint8)(unsafe.Add(m, unsafe.Sizeof(uintptr(0)))) |= 3
	}
}
`,
  condWait: `
//go:linkname notifyListAdd sync.runtime_notifyListAdd
//go:noescape
func notifyListAdd(list unsafe.Pointer) uint32

//go:linkname notifyListWait sync.runtime_notifyListWait
//go:noescape
func notifyListWait(list unsafe.Pointer, ticket uint32)

func condWait(cond, mutex unsafe.Pointer) {
	ticket := notifyListAdd(cond)
	(*sync.Mutex)(mutex).Unlock()
	notifyListWait(cond, ticket)
	(*sync.Mutex)(mutex).Lock()
}
`,
  notifyListNotifyOne: `
//go:linkname notifyListNotifyOne sync.runtime_notifyListNotifyOne
//go:noescape
func notifyListNotifyOne(list unsafe.Pointer)
`,
  notifyListNotifyAll: `
//go:linkname notifyListNotifyAll sync.runtime_notifyListNotifyAll
//go:noescape
func notifyListNotifyAll(list unsafe.Pointer)
`,
  setSeed: `
// setSeed gives a map the seed that it has in the scenario.
func setSeed(m unsafe.Pointer, seed uint32) {
	*(*uint32)(unsafe.Add(m, ${seedOffset})) = seed
}
`,
} as const;

/** The linker lets a package have functions without bodies if it has a file in assembly. */
export const emptyAssembly =
  '// Some functions of the program are declared here and linked from package runtime.\n';

/**
 * Maps. Go's hash functions begin with random numbers, so that no two runs lay out a map alike: the twin
 * gives the runtime map types with a hash function of its own, the model's.
 */
export const mapPrelude = (bigEndian: boolean, wide: boolean): string => `
// A map's type as the runtime has it.
type mapType struct {
	size, ptrBytes                  uintptr
	hash                            uint32
	tflag, align, fieldAlign, kind_ uint8
	equal                           func(unsafe.Pointer, unsafe.Pointer) bool
	gcdata                          *byte
	str, ptrToThis                  int32
	key, elem, bucket               unsafe.Pointer
	hasher                          func(unsafe.Pointer, uintptr) uintptr
	keySize, valueSize              uint8
	bucketSize                      uint16
	flags                           uint32
}

// hashed makes t the type of the map m with a hash function that does not depend on random numbers.
//
//go:noinline
func hashed(t *mapType, m any, hasher func(unsafe.Pointer, uintptr) uintptr) {
	*t = **(**mapType)(unsafe.Pointer(&m))
	t.hasher = hasher
}

//go:linkname mapassign runtime.mapassign
//go:noescape
func mapassign(t *mapType, m, key unsafe.Pointer) unsafe.Pointer

//go:linkname mapdelete runtime.mapdelete
//go:noescape
func mapdelete(t *mapType, m, key unsafe.Pointer)

// The compiler has functions of their own called for some types of keys.
//go:linkname mapassign_fast32 runtime.mapassign_fast32
//go:noescape
func mapassign_fast32(t *mapType, m unsafe.Pointer, key uint32) unsafe.Pointer

//go:linkname mapassign_fast64 runtime.mapassign_fast64
//go:noescape
func mapassign_fast64(t *mapType, m unsafe.Pointer, key uint64) unsafe.Pointer

//go:linkname mapassign_faststr runtime.mapassign_faststr
//go:noescape
func mapassign_faststr(t *mapType, m unsafe.Pointer, key string) unsafe.Pointer

//go:linkname mapassign_fast32ptr runtime.mapassign_fast32ptr
//go:noescape
func mapassign_fast32ptr(t *mapType, m unsafe.Pointer, key unsafe.Pointer) unsafe.Pointer

//go:linkname mapassign_fast64ptr runtime.mapassign_fast64ptr
//go:noescape
func mapassign_fast64ptr(t *mapType, m unsafe.Pointer, key unsafe.Pointer) unsafe.Pointer

//go:linkname mapdelete_fast32 runtime.mapdelete_fast32
//go:noescape
func mapdelete_fast32(t *mapType, m unsafe.Pointer, key uint32)

//go:linkname mapdelete_fast64 runtime.mapdelete_fast64
//go:noescape
func mapdelete_fast64(t *mapType, m unsafe.Pointer, key uint64)

//go:linkname mapdelete_faststr runtime.mapdelete_faststr
//go:noescape
func mapdelete_faststr(t *mapType, m unsafe.Pointer, key string)

// hash is a hash in progress.
type hash struct{ a, b uint32 }

func newHash(seed uintptr) hash {
	return hash{uint32(seed), uint32(seed) ^ 0x9e3779b9}
}

func (h *hash) mix(word uint32) {
	a := (h.a ^ word) * 0xcc9e2d51
	a = a<<15 | a>>17
	h.a = a*0x1b873593 + h.b
	b := h.b ^ word*0x85ebca6b
	b = b<<13 | b>>19
	h.b = b*5 + 0xe6546b64 + h.a
}

func (h *hash) memory(at unsafe.Pointer, n uintptr) {
	i := uintptr(0)
	for ; i+4 <= n; i += 4 {
		b := (*[4]byte)(unsafe.Add(at, i))
		h.mix(uint32(b[${bigEndian ? 3 : 0}]) | uint32(b[${bigEndian ? 2 : 1}])<<8 | uint32(b[${bigEndian ? 1 : 2}])<<16 | uint32(b[${bigEndian ? 0 : 3}])<<24)
	}
	for ; i < n; i++ {
		h.mix(uint32(*(*byte)(unsafe.Add(at, i))) | 0x100)
	}
}

func (h *hash) text(s *string) {
	h.memory(unsafe.Pointer(unsafe.StringData(*s)), uintptr(len(*s)))
}

func finish(h uint32) uint32 {
	h ^= h >> 16
	h *= 0x85ebca6b
	h ^= h >> 13
	h *= 0xc2b2ae35
	return h ^ h>>16
}

func (h *hash) sum() uintptr {
	low := finish(h.a ^ h.b*0x27d4eb2f)
	top := finish(h.b^h.a>>3) & 0xff
${
  wide
    ? '\treturn uintptr(uint64(top)<<56 | uint64(low))'
    : '\treturn uintptr(low&0x00ffffff | top<<24)'
}
}
`;
