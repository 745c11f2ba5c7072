// Added to package runtime by record-boot.ts: a log of what the runtime does before main.main, kept in
// memory of its own and printed when the program asks for its first heap dump.
package runtime

import (
	"internal/abi"
	"internal/goarch"
	"runtime/internal/atomic"
	"unsafe"
)

const (
	bootlogWords = 1 << 19
	bootlogPCs   = 24
)

var (
	bootlogBase uintptr
	bootlogUsed uintptr
	bootlogDone bool
)

// bootlog notes one operation. It runs on the system stack, so that it needs next to nothing of the
// stack of the goroutine that it watches.
//
//go:nosplit
func bootlog(op, a, b, c, d uintptr) {
	if bootlogDone {
		return
	}
	pc := getcallerpc()
	sp := getcallersp()
	gp := getg()
	systemstack(func() { bootlog1(pc, sp, gp, op, a, b, c, d) })
}

func bootlog1(pc, sp uintptr, gp *g, op, a, b, c, d uintptr) {
	if bootlogBase == 0 {
		p, err := mmap(nil, bootlogWords*goarch.PtrSize, _PROT_READ|_PROT_WRITE, _MAP_ANON|_MAP_PRIVATE, -1, 0)
		if err != 0 {
			throw("bootlog: mmap")
		}
		bootlogBase = uintptr(p)
	}
	var pcs [bootlogPCs]uintptr
	var u unwinder
	u.initAt(pc, sp, 0, gp, unwindSilentErrors|unwindJumpStack)
	n := uintptr(tracebackPCs(&u, 0, pcs[:]))
	words := 8 + n
	end := atomic.Xadduintptr(&bootlogUsed, words)
	if end > bootlogWords {
		throw("bootlog: full")
	}
	at := end - words
	goid := uintptr(0)
	if gp.m.curg != nil {
		goid = uintptr(gp.m.curg.goid)
	}
	if gp == gp.m.g0 {
		goid |= 1 << 30
	}
	for i, w := range [8]uintptr{op, goid, uintptr(gp.m.id), a, b, c, d, n} {
		bootlogPut(at+uintptr(i), w)
	}
	for i := uintptr(0); i < n; i++ {
		bootlogPut(at+8+i, pcs[i])
	}
}

func bootlogPut(i, w uintptr) {
	*(*uintptr)(unsafe.Pointer(bootlogBase + i*goarch.PtrSize)) = w
}

func bootlogGet(i uintptr) uintptr {
	return *(*uintptr)(unsafe.Pointer(bootlogBase + i*goarch.PtrSize))
}

func bootlogIndex(table []uintptr, n *int, v uintptr) int {
	for i := 0; i < *n; i++ {
		if table[i] == v {
			return i
		}
	}
	table[*n] = v
	*n++
	return *n - 1
}

func bootlogFunc(pc uintptr) {
	f := findfunc(pc - 1)
	if !f.valid() {
		print("?")
		return
	}
	u, uf := newInlineUnwinder(f, pc-1)
	file, line := u.fileLine(uf)
	sf := u.srcFunc(uf)
	print(sf.name(), " ", file, ":", line)
}

func bootlogStat(p uintptr) {
	switch (*sysMemStat)(unsafe.Pointer(p)) {
	case &memstats.stacks_sys:
		print("stacks_sys")
	case &memstats.mspan_sys:
		print("mspan_sys")
	case &memstats.mcache_sys:
		print("mcache_sys")
	case &memstats.buckhash_sys:
		print("buckhash_sys")
	case &memstats.gcMiscSys:
		print("gcMiscSys")
	case &memstats.other_sys:
		print("other_sys")
	case &gcController.heapReleased:
		print("heapReleased")
	case &gcController.heapInUse:
		print("heapInUse")
	case nil:
		print("-")
	default:
		print(hex(uint64(p)))
	}
}

func bootlogFixalloc(p uintptr) {
	switch (*fixalloc)(unsafe.Pointer(p)) {
	case &mheap_.spanalloc:
		print("spanalloc")
	case &mheap_.cachealloc:
		print("cachealloc")
	case &mheap_.specialfinalizeralloc:
		print("specialfinalizeralloc")
	case &mheap_.specialprofilealloc:
		print("specialprofilealloc")
	case &mheap_.specialReachableAlloc:
		print("specialReachableAlloc")
	case &mheap_.specialPinCounterAlloc:
		print("specialPinCounterAlloc")
	case &mheap_.arenaHintAlloc:
		print("arenaHintAlloc")
	default:
		print(hex(uint64(p)))
	}
}

func bootlogType(p uintptr) {
	t := (*_type)(unsafe.Pointer(p))
	r := toRType(t)
	print(hex(uint64(p)), " ", uint64(t.Size_), " ", uint64(t.PtrBytes), " ", t.Align_, " ", t.Kind_, " ", hex(t.Hash), " ")
	if t.PtrBytes == 0 {
		print("-")
	} else if t.Kind_&kindGCProg != 0 {
		print("gcprog")
	} else {
		for i := uintptr(0); i < t.PtrBytes/goarch.PtrSize; i++ {
			print((*addb(t.GCData, i/8) >> (i % 8)) & 1)
		}
	}
	print(" ", r.pkgpath(), "|", r.string(), "\n")
}

func bootlogHalves(v uint64) { print(hex(v)) }

func bootlogFlush() {
	bootlogDone = true
	end := bootlogUsed
	scratch, err := mmap(nil, 1<<18, _PROT_READ|_PROT_WRITE, _MAP_ANON|_MAP_PRIVATE, -1, 0)
	if err != 0 {
		throw("bootlog: mmap")
	}
	const most = (1 << 18) / goarch.PtrSize
	pcs := unsafe.Slice((*uintptr)(scratch), most)[:most/2]
	types := unsafe.Slice((*uintptr)(scratch), most)[most/2:]
	npcs, ntypes := 0, 0
	for at := uintptr(0); at < end; {
		op, n := bootlogGet(at), bootlogGet(at+7)
		print("E ", uint64(op), " ", uint64(bootlogGet(at+1)), " ", uint64(bootlogGet(at+2)))
		for i := uintptr(3); i < 7; i++ {
			w := bootlogGet(at + i)
			print(" ")
			switch {
			case op == 1 && i == 4:
				if w == 0 {
					print("-1")
				} else {
					print(bootlogIndex(types, &ntypes, w))
				}
			case (op == 4 || op == 8 || op == 11) && i == 5:
				bootlogStat(w)
			case op == 5 && i == 3:
				bootlogFixalloc(w)
			case op == 20 && i == 5:
				print(bootlogIndex(pcs, &npcs, w+1))
			case op == 25 && (i == 4 || i == 5):
				print(bootlogIndex(types, &ntypes, w))
			default:
				print(hex(uint64(w)))
			}
		}
		print(" |")
		for i := uintptr(0); i < n; i++ {
			print(" ", bootlogIndex(pcs, &npcs, bootlogGet(at+8+i)))
		}
		print("\n")
		at += 8 + n
	}
	for i := 0; i < npcs; i++ {
		print("F ")
		bootlogFunc(pcs[i])
		print("\n")
	}
	for i := 0; i < ntypes; i++ {
		print("T ")
		bootlogType(types[i])
	}
	for _, s := range mheap_.allspans {
		print("S ", hex(uint64(uintptr(unsafe.Pointer(s)))), " ", hex(uint64(s.base())), " ", uint64(s.npages), " ", s.state.get(), " ",
			uint8(s.spanclass), " ", s.nelems, " ", s.allocCount, " ", uint64(s.elemsize), " ", s.freeindex, " ", s.needzero, " ", s.sweepgen, "\n")
	}
	for _, gp := range allgs {
		print("G ", hex(uint64(uintptr(unsafe.Pointer(gp)))), " ", gp.goid, " ", readgstatus(gp), " ", hex(uint64(gp.stack.lo)), " ", hex(uint64(gp.stack.hi)),
			" ", hex(uint64(gp.sched.sp)), " ", gp.waitreason, " ", gp.parentGoid, " ")
		bootlogFunc(gp.startpc + 1)
		print("\n")
	}
	for mp := allm; mp != nil; mp = mp.alllink {
		print("M ", hex(uint64(uintptr(unsafe.Pointer(mp)))), " ", mp.id, " ", hex(uint64(uintptr(unsafe.Pointer(mp.g0)))), " ",
			hex(uint64(uintptr(unsafe.Pointer(mp.gsignal)))), " ", hex(uint64(mp.g0.stack.lo)), " ", hex(uint64(mp.g0.stack.hi)), " ",
			hex(uint64(uintptr(unsafe.Pointer(mp.curg)))), " ", mp.spinning, "\n")
	}
	for _, pp := range allp {
		c := pp.mcache
		print("P ", hex(uint64(uintptr(unsafe.Pointer(pp)))), " ", pp.id, " ", pp.status, " mcache ", hex(uint64(uintptr(unsafe.Pointer(c)))), " tiny ", hex(uint64(c.tiny)), " ", uint64(c.tinyoffset), " ", uint64(c.tinyAllocs),
			" nextSample ", uint64(c.nextSample), " scanAlloc ", uint64(c.scanAlloc), " mspancache ", pp.mspancache.len, " goid ", pp.goidcache, " ", pp.goidcacheend, " pcache ", hex(uint64(pp.pcache.base)), " ")
		bootlogHalves(pp.pcache.cache)
		print(" ")
		bootlogHalves(pp.pcache.scav)
		print(" palloc ", hex(uint64(uintptr(unsafe.Pointer(pp.palloc.base)))), " ", uint64(pp.palloc.off), " schedtick ", pp.schedtick, "\n")
		for i, s := range c.alloc {
			if s != &emptymspan {
				print("A ", i, " ", hex(uint64(s.base())), "\n")
			}
		}
		for order := range c.stackcache {
			print("K ", order, " ", uint64(c.stackcache[order].size))
			for x := c.stackcache[order].list; x.ptr() != nil; x = x.ptr().next {
				print(" ", hex(uint64(x)))
			}
			print("\n")
		}
	}
	for order := range stackpool {
		for s := stackpool[order].item.span.first; s != nil; s = s.next {
			print("L ", order, " ", hex(uint64(s.base())), " ", s.allocCount)
			for x := s.manualFreeList; x.ptr() != nil; x = x.ptr().next {
				print(" ", hex(uint64(x)))
			}
			print("\n")
		}
	}
	for hint := mheap_.arenaHints; hint != nil; hint = hint.next {
		print("H ", hex(uint64(hint.addr)), " ", hint.down, "\n")
	}
	md := &firstmoduledata
	print("D text ", hex(uint64(md.text)), " ", hex(uint64(md.etext)), " data ", hex(uint64(md.data)), " ", hex(uint64(md.edata)), " bss ", hex(uint64(md.bss)), " ", hex(uint64(md.ebss)),
		" noptrdata ", hex(uint64(md.noptrdata)), " ", hex(uint64(md.enoptrdata)), " noptrbss ", hex(uint64(md.noptrbss)), " ", hex(uint64(md.enoptrbss)), " end ", hex(uint64(md.end)), "\n")
	print("V physPageSize ", uint64(physPageSize), " physHugePageSize ", uint64(physHugePageSize), " ncpu ", ncpu, " gomaxprocs ", gomaxprocs, " curArena ", hex(uint64(mheap_.curArena.base)), " ", hex(uint64(mheap_.curArena.end)),
		" searchAddr ", hex(uint64(mheap_.pages.searchAddr.addr())), " globalAlloc ", hex(uint64(uintptr(unsafe.Pointer(globalAlloc.base)))), " ", uint64(globalAlloc.off), " MemProfileRate ", MemProfileRate, " itabs ", uint64(itabTable.count), " ", uint64(itabTable.size), "\n")
	print("W stacks_sys ", memstats.stacks_sys.load(), " mspan_sys ", memstats.mspan_sys.load(), " mcache_sys ", memstats.mcache_sys.load(), " buckhash_sys ", memstats.buckhash_sys.load(), " gcMiscSys ", memstats.gcMiscSys.load(), " other_sys ", memstats.other_sys.load(),
		" heapInUse ", gcController.heapInUse.load(), " heapReleased ", gcController.heapReleased.load(), " heapFree ", gcController.heapFree.load(), " totalAlloc ", gcController.totalAlloc.Load(), " heapLive ", gcController.heapLive.Load(),
		" mappedReady ", gcController.mappedReady.Load(), "\n")
	_ = abi.FuncPCABI0(goexit)
}
