/**
 * Layouts of the runtime's own structures: size, pointer mask, offset of each field, by pointer
 * size; mips and mips64 have a larger m. Made from the DWARF and the type descriptors of
 * go1.22.12 executables by `npx tsx test/goldens/runtimefuncs.ts`.
 *
 * @go runtime/runtime2.go, runtime/chan.go, runtime/map.go, runtime/sema.go, runtime/time.go
 */

/** `mask`: hex bytes, bit i set if word i holds a pointer. `fields`: `name:offset`, nested names joined by dots. */
export interface RuntimeLayout {
  readonly size: number;
  readonly ptrBytes: number;
  readonly mask: string;
  readonly fields: string;
}

export type LayoutKey = '32' | '64' | 'mips' | 'mips64';

export const runtimeLayouts = {
  g: {
    '32': {
      size: 260,
      ptrBytes: 220,
      mask: '70040200089059',
      fields:
        'stack.lo:0 stack.hi:4 stackguard0:8 stackguard1:12 _panic:16 _defer:20 m:24 ' +
        'sched.sp:28 sched.pc:32 sched.g:36 sched.ctxt:40 sched.ret:44 sched.lr:48 ' +
        'sched.bp:52 syscallsp:56 syscallpc:60 stktopsp:64 param:68 atomicstatus:72 ' +
        'stackLock:76 goid:80 schedlink:88 waitsince:92 waitreason:100 preempt:101 ' +
        'preemptStop:102 preemptShrink:103 asyncSafePoint:104 paniconfault:105 ' +
        'gcscandone:106 throwsplit:107 activeStackChans:108 parkingOnChan:109 ' +
        'inMarkAssist:110 coroexit:111 raceignore:112 nocgocallback:113 tracking:114 ' +
        'trackingSeq:115 trackingStamp:116 runnableTime:124 lockedm:132 sig:136 ' +
        'writebuf.array:140 writebuf.len:144 writebuf.cap:148 sigcode0:152 sigcode1:156 ' +
        'sigpc:160 parentGoid:164 gopc:172 ancestors:176 startpc:180 racectx:184 ' +
        'waiting:188 cgoCtxt.array:192 cgoCtxt.len:196 cgoCtxt.cap:200 labels:204 ' +
        'timer:208 selectDone:212 coroarg:216 goroutineProfiled:220 ' +
        'trace.statusTraced.0:224 trace.statusTraced.1:228 trace.statusTraced.2:232 ' +
        'trace.seq:236 gcAssistBytes:252',
    },
    '64': {
      size: 424,
      ptrBytes: 376,
      mask: '700402109059',
      fields:
        'stack.lo:0 stack.hi:8 stackguard0:16 stackguard1:24 _panic:32 _defer:40 m:48 ' +
        'sched.sp:56 sched.pc:64 sched.g:72 sched.ctxt:80 sched.ret:88 sched.lr:96 ' +
        'sched.bp:104 syscallsp:112 syscallpc:120 stktopsp:128 param:136 ' +
        'atomicstatus:144 stackLock:148 goid:152 schedlink:160 waitsince:168 ' +
        'waitreason:176 preempt:177 preemptStop:178 preemptShrink:179 asyncSafePoint:180 ' +
        'paniconfault:181 gcscandone:182 throwsplit:183 activeStackChans:184 ' +
        'parkingOnChan:185 inMarkAssist:186 coroexit:187 raceignore:188 ' +
        'nocgocallback:189 tracking:190 trackingSeq:191 trackingStamp:192 ' +
        'runnableTime:200 lockedm:208 sig:216 writebuf.array:224 writebuf.len:232 ' +
        'writebuf.cap:240 sigcode0:248 sigcode1:256 sigpc:264 parentGoid:272 gopc:280 ' +
        'ancestors:288 startpc:296 racectx:304 waiting:312 cgoCtxt.array:320 ' +
        'cgoCtxt.len:328 cgoCtxt.cap:336 labels:344 timer:352 selectDone:360 coroarg:368 ' +
        'goroutineProfiled:376 trace.statusTraced.0:384 trace.statusTraced.1:388 ' +
        'trace.statusTraced.2:392 trace.seq:400 gcAssistBytes:416',
    },
  },
  m: {
    '32': {
      size: 1296,
      ptrBytes: 560,
      mask: '1110000c10000a0000000000000000008c08',
      fields:
        'g0:0 morebuf.sp:4 morebuf.pc:8 morebuf.g:12 morebuf.ctxt:16 morebuf.ret:20 ' +
        'morebuf.lr:24 morebuf.bp:28 divmod:32 procid:40 gsignal:48 ' +
        'goSigStack.stack.lo:52 goSigStack.stack.hi:56 goSigStack.stackguard0:60 ' +
        'goSigStack.stackguard1:64 goSigStack.stktopsp:68 sigmask:72 tls:80 mstartfn:104 ' +
        'curg:108 caughtsig:112 p:116 nextp:120 oldp:124 id:128 mallocing:136 ' +
        'throwing:140 preemptoff.str:144 preemptoff.len:148 locks:152 dying:156 ' +
        'profilehz:160 spinning:164 blocked:165 newSigstack:166 printlock:167 incgo:168 ' +
        'isextra:169 isExtraInC:170 isExtraInSig:171 freeWait:172 needextram:176 ' +
        'traceback:177 ncgocall:180 ncgo:188 cgoCallersUse:192 cgoCallers:196 ' +
        'park.key:200 alllink:204 schedlink:208 lockedg:212 createstack:216 ' +
        'lockedExt:344 lockedInt:348 nextwaitm:352 mLockProfile.waitTime:360 ' +
        'mLockProfile.stack:368 mLockProfile.pending:496 mLockProfile.cycles:500 ' +
        'mLockProfile.cyclesLost:508 mLockProfile.disabled:516 waitunlockf:520 ' +
        'waitlock:524 waitTraceBlockReason:528 waitTraceSkip:532 syscalltick:536 ' +
        'freelink:540 trace.seqlock:544 trace.buf:548 trace.link:556 libcall.fn:560 ' +
        'libcall.n:564 libcall.args:568 libcall.r1:572 libcall.r2:576 libcall.err:580 ' +
        'libcallpc:584 libcallsp:588 libcallg:592 syscall.fn:596 syscall.n:600 ' +
        'syscall.args:604 syscall.r1:608 syscall.r2:612 syscall.err:616 vdsoSP:620 ' +
        'vdsoPC:624 preemptGen:628 signalPending:632 pcvalueCache.inUse:892 ' +
        'mOS.profileTimer:896 mOS.profileTimerValid:900 mOS.needPerThreadSyscall:901 ' +
        'chacha8.buf:904 chacha8.seed:1160 chacha8.i:1192 chacha8.n:1196 chacha8.c:1200 ' +
        'cheaprand:1204 locksHeldLen:1212 locksHeld.0.lockAddr:1216 ' +
        'locksHeld.0.rank:1220 locksHeld.1.lockAddr:1224 locksHeld.1.rank:1228 ' +
        'locksHeld.2.lockAddr:1232 locksHeld.2.rank:1236 locksHeld.3.lockAddr:1240 ' +
        'locksHeld.3.rank:1244 locksHeld.4.lockAddr:1248 locksHeld.4.rank:1252 ' +
        'locksHeld.5.lockAddr:1256 locksHeld.5.rank:1260 locksHeld.6.lockAddr:1264 ' +
        'locksHeld.6.rank:1268 locksHeld.7.lockAddr:1272 locksHeld.7.rank:1276 ' +
        'locksHeld.8.lockAddr:1280 locksHeld.8.rank:1284 locksHeld.9.lockAddr:1288 ' +
        'locksHeld.9.rank:1292',
    },
    '64': {
      size: 2024,
      ptrBytes: 1000,
      mask: '11048081800200000000000000001811',
      fields:
        'g0:0 morebuf.sp:8 morebuf.pc:16 morebuf.g:24 morebuf.ctxt:32 morebuf.ret:40 ' +
        'morebuf.lr:48 morebuf.bp:56 divmod:64 procid:72 gsignal:80 ' +
        'goSigStack.stack.lo:88 goSigStack.stack.hi:96 goSigStack.stackguard0:104 ' +
        'goSigStack.stackguard1:112 goSigStack.stktopsp:120 sigmask:128 tls:136 ' +
        'mstartfn:184 curg:192 caughtsig:200 p:208 nextp:216 oldp:224 id:232 ' +
        'mallocing:240 throwing:244 preemptoff.str:248 preemptoff.len:256 locks:264 ' +
        'dying:268 profilehz:272 spinning:276 blocked:277 newSigstack:278 printlock:279 ' +
        'incgo:280 isextra:281 isExtraInC:282 isExtraInSig:283 freeWait:284 ' +
        'needextram:288 traceback:289 ncgocall:296 ncgo:304 cgoCallersUse:308 ' +
        'cgoCallers:312 park.key:320 alllink:328 schedlink:336 lockedg:344 ' +
        'createstack:352 lockedExt:608 lockedInt:612 nextwaitm:616 ' +
        'mLockProfile.waitTime:624 mLockProfile.stack:632 mLockProfile.pending:888 ' +
        'mLockProfile.cycles:896 mLockProfile.cyclesLost:904 mLockProfile.disabled:912 ' +
        'waitunlockf:920 waitlock:928 waitTraceBlockReason:936 waitTraceSkip:944 ' +
        'syscalltick:952 freelink:960 trace.seqlock:968 trace.buf:976 trace.link:992 ' +
        'libcall.fn:1000 libcall.n:1008 libcall.args:1016 libcall.r1:1024 ' +
        'libcall.r2:1032 libcall.err:1040 libcallpc:1048 libcallsp:1056 libcallg:1064 ' +
        'syscall.fn:1072 syscall.n:1080 syscall.args:1088 syscall.r1:1096 ' +
        'syscall.r2:1104 syscall.err:1112 vdsoSP:1120 vdsoPC:1128 preemptGen:1136 ' +
        'signalPending:1140 pcvalueCache.inUse:1528 mOS.profileTimer:1536 ' +
        'mOS.profileTimerValid:1540 mOS.needPerThreadSyscall:1541 chacha8.buf:1544 ' +
        'chacha8.seed:1800 chacha8.i:1832 chacha8.n:1836 chacha8.c:1840 cheaprand:1848 ' +
        'locksHeldLen:1856 locksHeld.0.lockAddr:1864 locksHeld.0.rank:1872 ' +
        'locksHeld.1.lockAddr:1880 locksHeld.1.rank:1888 locksHeld.2.lockAddr:1896 ' +
        'locksHeld.2.rank:1904 locksHeld.3.lockAddr:1912 locksHeld.3.rank:1920 ' +
        'locksHeld.4.lockAddr:1928 locksHeld.4.rank:1936 locksHeld.5.lockAddr:1944 ' +
        'locksHeld.5.rank:1952 locksHeld.6.lockAddr:1960 locksHeld.6.rank:1968 ' +
        'locksHeld.7.lockAddr:1976 locksHeld.7.rank:1984 locksHeld.8.lockAddr:1992 ' +
        'locksHeld.8.rank:2000 locksHeld.9.lockAddr:2008 locksHeld.9.rank:2016',
    },
    mips: {
      size: 1304,
      ptrBytes: 568,
      mask: '111000304000280000000000000000003022',
      fields:
        'g0:0 morebuf.sp:4 morebuf.pc:8 morebuf.g:12 morebuf.ctxt:16 morebuf.ret:20 ' +
        'morebuf.lr:24 morebuf.bp:28 divmod:32 procid:40 gsignal:48 ' +
        'goSigStack.stack.lo:52 goSigStack.stack.hi:56 goSigStack.stackguard0:60 ' +
        'goSigStack.stackguard1:64 goSigStack.stktopsp:68 sigmask:72 tls:88 mstartfn:112 ' +
        'curg:116 caughtsig:120 p:124 nextp:128 oldp:132 id:136 mallocing:144 ' +
        'throwing:148 preemptoff.str:152 preemptoff.len:156 locks:160 dying:164 ' +
        'profilehz:168 spinning:172 blocked:173 newSigstack:174 printlock:175 incgo:176 ' +
        'isextra:177 isExtraInC:178 isExtraInSig:179 freeWait:180 needextram:184 ' +
        'traceback:185 ncgocall:188 ncgo:196 cgoCallersUse:200 cgoCallers:204 ' +
        'park.key:208 alllink:212 schedlink:216 lockedg:220 createstack:224 ' +
        'lockedExt:352 lockedInt:356 nextwaitm:360 mLockProfile.waitTime:368 ' +
        'mLockProfile.stack:376 mLockProfile.pending:504 mLockProfile.cycles:508 ' +
        'mLockProfile.cyclesLost:516 mLockProfile.disabled:524 waitunlockf:528 ' +
        'waitlock:532 waitTraceBlockReason:536 waitTraceSkip:540 syscalltick:544 ' +
        'freelink:548 trace.seqlock:552 trace.buf:556 trace.link:564 libcall.fn:568 ' +
        'libcall.n:572 libcall.args:576 libcall.r1:580 libcall.r2:584 libcall.err:588 ' +
        'libcallpc:592 libcallsp:596 libcallg:600 syscall.fn:604 syscall.n:608 ' +
        'syscall.args:612 syscall.r1:616 syscall.r2:620 syscall.err:624 vdsoSP:628 ' +
        'vdsoPC:632 preemptGen:636 signalPending:640 pcvalueCache.inUse:900 ' +
        'mOS.profileTimer:904 mOS.profileTimerValid:908 mOS.needPerThreadSyscall:909 ' +
        'chacha8.buf:912 chacha8.seed:1168 chacha8.i:1200 chacha8.n:1204 chacha8.c:1208 ' +
        'cheaprand:1212 locksHeldLen:1220 locksHeld.0.lockAddr:1224 ' +
        'locksHeld.0.rank:1228 locksHeld.1.lockAddr:1232 locksHeld.1.rank:1236 ' +
        'locksHeld.2.lockAddr:1240 locksHeld.2.rank:1244 locksHeld.3.lockAddr:1248 ' +
        'locksHeld.3.rank:1252 locksHeld.4.lockAddr:1256 locksHeld.4.rank:1260 ' +
        'locksHeld.5.lockAddr:1264 locksHeld.5.rank:1268 locksHeld.6.lockAddr:1272 ' +
        'locksHeld.6.rank:1276 locksHeld.7.lockAddr:1280 locksHeld.7.rank:1284 ' +
        'locksHeld.8.lockAddr:1288 locksHeld.8.rank:1292 locksHeld.9.lockAddr:1296 ' +
        'locksHeld.9.rank:1300',
    },
    mips64: {
      size: 2032,
      ptrBytes: 1008,
      mask: '11040003010500000000000000003022',
      fields:
        'g0:0 morebuf.sp:8 morebuf.pc:16 morebuf.g:24 morebuf.ctxt:32 morebuf.ret:40 ' +
        'morebuf.lr:48 morebuf.bp:56 divmod:64 procid:72 gsignal:80 ' +
        'goSigStack.stack.lo:88 goSigStack.stack.hi:96 goSigStack.stackguard0:104 ' +
        'goSigStack.stackguard1:112 goSigStack.stktopsp:120 sigmask:128 tls:144 ' +
        'mstartfn:192 curg:200 caughtsig:208 p:216 nextp:224 oldp:232 id:240 ' +
        'mallocing:248 throwing:252 preemptoff.str:256 preemptoff.len:264 locks:272 ' +
        'dying:276 profilehz:280 spinning:284 blocked:285 newSigstack:286 printlock:287 ' +
        'incgo:288 isextra:289 isExtraInC:290 isExtraInSig:291 freeWait:292 ' +
        'needextram:296 traceback:297 ncgocall:304 ncgo:312 cgoCallersUse:316 ' +
        'cgoCallers:320 park.key:328 alllink:336 schedlink:344 lockedg:352 ' +
        'createstack:360 lockedExt:616 lockedInt:620 nextwaitm:624 ' +
        'mLockProfile.waitTime:632 mLockProfile.stack:640 mLockProfile.pending:896 ' +
        'mLockProfile.cycles:904 mLockProfile.cyclesLost:912 mLockProfile.disabled:920 ' +
        'waitunlockf:928 waitlock:936 waitTraceBlockReason:944 waitTraceSkip:952 ' +
        'syscalltick:960 freelink:968 trace.seqlock:976 trace.buf:984 trace.link:1000 ' +
        'libcall.fn:1008 libcall.n:1016 libcall.args:1024 libcall.r1:1032 ' +
        'libcall.r2:1040 libcall.err:1048 libcallpc:1056 libcallsp:1064 libcallg:1072 ' +
        'syscall.fn:1080 syscall.n:1088 syscall.args:1096 syscall.r1:1104 ' +
        'syscall.r2:1112 syscall.err:1120 vdsoSP:1128 vdsoPC:1136 preemptGen:1144 ' +
        'signalPending:1148 pcvalueCache.inUse:1536 mOS.profileTimer:1544 ' +
        'mOS.profileTimerValid:1548 mOS.needPerThreadSyscall:1549 chacha8.buf:1552 ' +
        'chacha8.seed:1808 chacha8.i:1840 chacha8.n:1844 chacha8.c:1848 cheaprand:1856 ' +
        'locksHeldLen:1864 locksHeld.0.lockAddr:1872 locksHeld.0.rank:1880 ' +
        'locksHeld.1.lockAddr:1888 locksHeld.1.rank:1896 locksHeld.2.lockAddr:1904 ' +
        'locksHeld.2.rank:1912 locksHeld.3.lockAddr:1920 locksHeld.3.rank:1928 ' +
        'locksHeld.4.lockAddr:1936 locksHeld.4.rank:1944 locksHeld.5.lockAddr:1952 ' +
        'locksHeld.5.rank:1960 locksHeld.6.lockAddr:1968 locksHeld.6.rank:1976 ' +
        'locksHeld.7.lockAddr:1984 locksHeld.7.rank:1992 locksHeld.8.lockAddr:2000 ' +
        'locksHeld.8.rank:2008 locksHeld.9.lockAddr:2016 locksHeld.9.rank:2024',
    },
  },
  p: {
    '32': {
      size: 4576,
      ptrBytes: 4528,
      mask: '0000c8ffffff3f000000000000000000000000000000000000000000000000000000000000000080fcffffffffffffffffffffffffffffff0300000000000000000000000000000008000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000008',
      fields:
        'id:0 status:4 link:8 schedtick:12 syscalltick:16 sysmontick.schedtick:20 ' +
        'sysmontick.schedwhen:24 sysmontick.syscalltick:32 sysmontick.syscallwhen:36 ' +
        'm:44 mcache:48 pcache.base:52 pcache.cache:56 pcache.scav:64 raceprocctx:72 ' +
        'deferpool.array:76 deferpool.len:80 deferpool.cap:84 deferpoolbuf:88 ' +
        'goidcache:216 goidcacheend:224 runqhead:232 runqtail:236 runq:240 runnext:1264 ' +
        'gFree.gList.head:1268 gFree.n:1272 sudogcache.array:1276 sudogcache.len:1280 ' +
        'sudogcache.cap:1284 sudogbuf:1288 mspancache.len:1800 mspancache.buf:1804 ' +
        'pinnerCache:2316 trace.statusTraced.0:2320 trace.statusTraced.1:2324 ' +
        'trace.statusTraced.2:2328 trace.seq:2332 trace.mSyscallID:2348 ' +
        'trace.maySweep:2356 trace.inSweep:2357 trace.swept:2360 trace.reclaimed:2364 ' +
        'palloc.base:2368 palloc.off:2372 timer0When:2376 timerModifiedEarliest:2384 ' +
        'gcAssistTime:2392 gcFractionalMarkTime:2400 limiterEvent.stamp:2408 ' +
        'gcMarkWorkerMode:2416 gcMarkWorkerStartTime:2420 gcw.wbuf1:2428 gcw.wbuf2:2432 ' +
        'gcw.bytesMarked:2436 gcw.heapScanWork:2444 gcw.flushedWork:2452 wbBuf.next:2456 ' +
        'wbBuf.end:2460 wbBuf.buf:2464 runSafePointFn:4512 statsSeq:4516 ' +
        'timersLock.key:4520 timers.array:4524 timers.len:4528 timers.cap:4532 ' +
        'numTimers:4536 deletedTimers:4540 timerRaceCtx:4544 maxStackScanDelta:4548 ' +
        'scannedStackSize:4556 scannedStacks:4564 preempt:4572',
    },
    '64': {
      size: 8944,
      ptrBytes: 8880,
      mask: '0020ffffffff000000000000000000000000000000000000000000000000000000000000000040feffffffffffffffffffffffffffffff010000000000000000000000000000000400000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000020',
      fields:
        'id:0 status:4 link:8 schedtick:16 syscalltick:20 sysmontick.schedtick:24 ' +
        'sysmontick.schedwhen:32 sysmontick.syscalltick:40 sysmontick.syscallwhen:48 ' +
        'm:56 mcache:64 pcache.base:72 pcache.cache:80 pcache.scav:88 raceprocctx:96 ' +
        'deferpool.array:104 deferpool.len:112 deferpool.cap:120 deferpoolbuf:128 ' +
        'goidcache:384 goidcacheend:392 runqhead:400 runqtail:404 runq:408 runnext:2456 ' +
        'gFree.gList.head:2464 gFree.n:2472 sudogcache.array:2480 sudogcache.len:2488 ' +
        'sudogcache.cap:2496 sudogbuf:2504 mspancache.len:3528 mspancache.buf:3536 ' +
        'pinnerCache:4560 trace.statusTraced.0:4568 trace.statusTraced.1:4572 ' +
        'trace.statusTraced.2:4576 trace.seq:4584 trace.mSyscallID:4600 ' +
        'trace.maySweep:4608 trace.inSweep:4609 trace.swept:4616 trace.reclaimed:4624 ' +
        'palloc.base:4632 palloc.off:4640 timer0When:4648 timerModifiedEarliest:4656 ' +
        'gcAssistTime:4664 gcFractionalMarkTime:4672 limiterEvent.stamp:4680 ' +
        'gcMarkWorkerMode:4688 gcMarkWorkerStartTime:4696 gcw.wbuf1:4704 gcw.wbuf2:4712 ' +
        'gcw.bytesMarked:4720 gcw.heapScanWork:4728 gcw.flushedWork:4736 wbBuf.next:4744 ' +
        'wbBuf.end:4752 wbBuf.buf:4760 runSafePointFn:8856 statsSeq:8860 ' +
        'timersLock.key:8864 timers.array:8872 timers.len:8880 timers.cap:8888 ' +
        'numTimers:8896 deletedTimers:8900 timerRaceCtx:8904 maxStackScanDelta:8912 ' +
        'scannedStackSize:8920 scannedStacks:8928 preempt:8936',
    },
  },
  sudog: {
    '32': {
      size: 56,
      ptrBytes: 56,
      mask: '0f3c',
      fields:
        'g:0 next:4 prev:8 elem:12 acquiretime:16 releasetime:24 ticket:32 isSelect:36 ' +
        'success:37 waiters:38 parent:40 waitlink:44 waittail:48 c:52',
    },
    '64': {
      size: 88,
      ptrBytes: 88,
      mask: '8f07',
      fields:
        'g:0 next:8 prev:16 elem:24 acquiretime:32 releasetime:40 ticket:48 isSelect:52 ' +
        'success:53 waiters:54 parent:56 waitlink:64 waittail:72 c:80',
    },
  },
  hchan: {
    '32': {
      size: 52,
      ptrBytes: 48,
      mask: '240f',
      fields:
        'qcount:0 dataqsiz:4 buf:8 elemsize:12 closed:16 elemtype:20 sendx:24 recvx:28 ' +
        'recvq.first:32 recvq.last:36 sendq.first:40 sendq.last:44 lock.key:48',
    },
    '64': {
      size: 96,
      ptrBytes: 88,
      mask: '9407',
      fields:
        'qcount:0 dataqsiz:8 buf:16 elemsize:24 closed:28 elemtype:32 sendx:40 recvx:48 ' +
        'recvq.first:56 recvq.last:64 sendq.first:72 sendq.last:80 lock.key:88',
    },
  },
  hmap: {
    '32': {
      size: 28,
      ptrBytes: 28,
      mask: '58',
      fields:
        'count:0 flags:4 B:5 noverflow:6 hash0:8 buckets:12 oldbuckets:16 nevacuate:20 ' +
        'extra:24',
    },
    '64': {
      size: 48,
      ptrBytes: 48,
      mask: '2c',
      fields:
        'count:0 flags:8 B:9 noverflow:10 hash0:12 buckets:16 oldbuckets:24 nevacuate:32 ' +
        'extra:40',
    },
  },
  mapextra: {
    '32': {
      size: 12,
      ptrBytes: 12,
      mask: '07',
      fields: 'overflow:0 oldoverflow:4 nextOverflow:8',
    },
    '64': {
      size: 24,
      ptrBytes: 24,
      mask: '07',
      fields: 'overflow:0 oldoverflow:8 nextOverflow:16',
    },
  },
  _defer: {
    '32': {
      size: 24,
      ptrBytes: 24,
      mask: '38',
      fields: 'heap:0 rangefunc:1 sp:4 pc:8 fn:12 link:16 head:20',
    },
    '64': {
      size: 48,
      ptrBytes: 48,
      mask: '38',
      fields: 'heap:0 rangefunc:1 sp:8 pc:16 fn:24 link:32 head:40',
    },
  },
  _panic: {
    '32': {
      size: 52,
      ptrBytes: 48,
      mask: '6d0d',
      fields:
        'argp:0 arg._type:4 arg.data:8 link:12 startPC:16 startSP:20 sp:24 lr:28 fp:32 ' +
        'retpc:36 deferBitsPtr:40 slotsPtr:44 recovered:48 goexit:49 deferreturn:50',
    },
    '64': {
      size: 104,
      ptrBytes: 96,
      mask: '6d0d',
      fields:
        'argp:0 arg._type:8 arg.data:16 link:24 startPC:32 startSP:40 sp:48 lr:56 fp:64 ' +
        'retpc:72 deferBitsPtr:80 slotsPtr:88 recovered:96 goexit:97 deferreturn:98',
    },
  },
  timer: {
    '32': {
      size: 48,
      ptrBytes: 32,
      mask: 'a0',
      fields:
        'pp:0 when:4 period:12 f:20 arg._type:24 arg.data:28 seq:32 nextwhen:36 ' + 'status:44',
    },
    '64': {
      size: 72,
      ptrBytes: 48,
      mask: '28',
      fields:
        'pp:0 when:8 period:16 f:24 arg._type:32 arg.data:40 seq:48 nextwhen:56 ' + 'status:64',
    },
  },
  semaRoot: {
    '32': {
      size: 12,
      ptrBytes: 8,
      mask: '02',
      fields: 'lock.key:0 treap:4 nwait:8',
    },
    '64': {
      size: 24,
      ptrBytes: 16,
      mask: '02',
      fields: 'lock.key:0 treap:8 nwait:16',
    },
  },
  schedt: {
    '32': {
      size: 6712,
      ptrBytes: 172,
      mask: '000000001a04',
      fields:
        'goidgen:0 lastpoll:8 pollUntil:16 lock.key:24 midle:28 nmidle:32 ' +
        'nmidlelocked:36 mnext:40 maxmcount:48 nmsys:52 nmfreed:56 ngsys:64 pidle:68 ' +
        'npidle:72 nmspinning:76 needspinning:80 runq.head:84 runq.tail:88 runqsize:92 ' +
        'disable.user:96 disable.runnable.head:100 disable.runnable.tail:104 ' +
        'disable.n:108 gFree.lock.key:112 gFree.stack.head:116 gFree.noStack.head:120 ' +
        'gFree.n:124 sudoglock.key:128 sudogcache:132 deferlock.key:136 deferpool:140 ' +
        'freem:144 gcwaiting:148 stopwait:152 stopnote.key:156 sysmonwait:160 ' +
        'sysmonnote.key:164 safePointFn:168 safePointWait:172 safePointNote.key:176 ' +
        'profilehz:180 procresizetime:184 totaltime:192 sysmonlock.key:200 ' +
        'timeToRun.underflow:1488 timeToRun.overflow:1496 idleTime:1504 ' +
        'totalMutexWaitTime:1512 stwStoppingTimeGC.underflow:2800 ' +
        'stwStoppingTimeGC.overflow:2808 stwStoppingTimeOther.underflow:4096 ' +
        'stwStoppingTimeOther.overflow:4104 stwTotalTimeGC.underflow:5392 ' +
        'stwTotalTimeGC.overflow:5400 stwTotalTimeOther.underflow:6688 ' +
        'stwTotalTimeOther.overflow:6696 totalRuntimeLockWaitTime:6704',
    },
    '64': {
      size: 6824,
      ptrBytes: 272,
      mask: '0000001a02',
      fields:
        'goidgen:0 lastpoll:8 pollUntil:16 lock.key:24 midle:32 nmidle:40 ' +
        'nmidlelocked:44 mnext:48 maxmcount:56 nmsys:60 nmfreed:64 ngsys:72 pidle:80 ' +
        'npidle:88 nmspinning:92 needspinning:96 runq.head:104 runq.tail:112 ' +
        'runqsize:120 disable.user:128 disable.runnable.head:136 ' +
        'disable.runnable.tail:144 disable.n:152 gFree.lock.key:160 gFree.stack.head:168 ' +
        'gFree.noStack.head:176 gFree.n:184 sudoglock.key:192 sudogcache:200 ' +
        'deferlock.key:208 deferpool:216 freem:224 gcwaiting:232 stopwait:236 ' +
        'stopnote.key:240 sysmonwait:248 sysmonnote.key:256 safePointFn:264 ' +
        'safePointWait:272 safePointNote.key:280 profilehz:288 procresizetime:296 ' +
        'totaltime:304 sysmonlock.key:312 timeToRun.underflow:1600 ' +
        'timeToRun.overflow:1608 idleTime:1616 totalMutexWaitTime:1624 ' +
        'stwStoppingTimeGC.underflow:2912 stwStoppingTimeGC.overflow:2920 ' +
        'stwStoppingTimeOther.underflow:4208 stwStoppingTimeOther.overflow:4216 ' +
        'stwTotalTimeGC.underflow:5504 stwTotalTimeGC.overflow:5512 ' +
        'stwTotalTimeOther.underflow:6800 stwTotalTimeOther.overflow:6808 ' +
        'totalRuntimeLockWaitTime:6816',
    },
  },
} as const satisfies Record<string, Partial<Record<LayoutKey, RuntimeLayout>>>;
