/**
 * Frames of Go's own functions as a stopped stack of go1.22.12 shows them, by GOARCH: made from real
 * dumps and function tables by `npx tsx test/goldens/runtimefuncs.ts`.
 *
 * A line is: name, file:line, bytes of code, of arguments (-2147483648: unknown), of the frame (greatest
 * sp delta), offset of the deferreturn call, locals and argument bitmaps of index 0, stack objects
 * (off+size/ptrdata:mask), then for each callee `callee@offset:line,locals,args`: offset of the return
 * pc and the bitmaps there, a character a word, `-` where the function has no table. The callee `main`
 * stands for any function of the program, `stop` for the place where a goroutine leaves its stack;
 * `callee#place` is a further call of the same callee: before the loop, or for a nil channel.
 */
import type { GoArch } from './arch.ts';

export const runtimeFuncTable: { readonly [goarch in GoArch]: string } = {
  '386': `
internal/poll.(*FD).Read internal/poll/fd_unix.go:140 752 28 68 730 00000,1100000 -12+8/8:02 internal/poll.(*pollDesc).wait@524:89,10001,1100001
internal/poll.(*pollDesc).wait internal/poll/fd_poll_runtime.go:80 320 20 16 0 ,10000 - internal/poll.runtime_pollWait@55:84,,00000
internal/poll.runtime_pollWait runtime/netpoll.go:336 160 12 16 0 , - runtime.netpollblock@82:345,,
os.(*File).Read os/file.go:114 208 28 32 0 ,1100000 - internal/poll.(*FD).Read@112:29,,1000000
os.(*file).close os/file_unix.go:306 464 12 36 0 000,100 -
runtime.(*hmap).newoverflow runtime/map.go:247 576 16 40 0 00,1110 -
runtime.(*mcache).allocLarge runtime/mcache.go:219 496 16 40 0 0, -
runtime.(*mcache).nextFree runtime/malloc.go:938 576 20 28 0 , -
runtime.(*mcache).refill runtime/mcache.go:147 640 8 40 0 0, -
runtime.(*mcentral).cacheSpan runtime/mcentral.go:81 1040 8 56 0 0, -
runtime.(*mcentral).grow runtime/mcentral.go:250 208 8 28 0 , -
runtime.(*mheap).alloc runtime/mheap.go:953 128 16 28 0 00000, -20+20/16:08
runtime.(*scavengerState).park runtime/mgcscavenge.go:419 144 4 16 0 ,1 - runtime.gopark@96:408,,0
runtime.(*scavengerState).sleep runtime/mgcscavenge.go:465 848 12 104 0 0,1 - runtime.gopark@352:408,0,1
runtime.GC runtime/mgc.go:433 416 0 28 0 0, - runtime.gcStart@99:466,0, runtime.gcWaitOnMark@56:461,0, runtime.mcall@128:342,0,
runtime.Goexit runtime/panic.go:614 112 0 64 0 0000000000000, -52+52/48:6d0d main@75:626,1011011010110,
runtime.SetFinalizer runtime/mfinal.go:410 1728 16 108 0 000000000000,0101 -32+24/24:36,-8+8/8:02,0+8/8:02,8+8/8:02
runtime.bgscavenge runtime/mgcscavenge.go:649 192 4 24 0 ,1 - runtime.(*scavengerState).park@111:658,,0 runtime.(*scavengerState).park#first@75:653,,0 runtime.(*scavengerState).sleep@166:662,,0 runtime.chansend1@61:652,,0
runtime.bgsweep runtime/mgcsweep.go:271 384 4 24 0 ,1 - runtime.chansend1@115:277,,0 runtime.gopark@248:408,,0 runtime.gopark#first@155:408,,0 runtime.goschedIfBusy@333:302,,0
runtime.block runtime/select.go:102 80 0 16 0 , - runtime.gopark@56:103,,
runtime.call16 runtime/asm_386.s:544 112 28 16 0 ,1110001 - main@48:544,,1110001
runtime.chanrecv runtime/chan.go:457 1360 16 56 0 000000,11 -8+8/8:02 runtime.gopark@931:583,010100,00 runtime.gopark#nil@1299:469,000000,00
runtime.chanrecv1 runtime/chan.go:441 32 8 16 0 ,11 - runtime.chanrecv@28:442,,00
runtime.chanrecv2 runtime/chan.go:446 48 12 16 0 ,11 - runtime.chanrecv@28:447,,00
runtime.chansend runtime/chan.go:160 1280 20 52 0 00000,11 -8+8/8:02 runtime.gopanic@1262:206,00000,00 runtime.gopark@677:259,10100,11 runtime.gopark#nil@1123:165,00000,00
runtime.chansend1 runtime/chan.go:144 48 8 20 0 ,11 - runtime.chansend@36:145,,00
runtime.closechan runtime/chan.go:357 624 4 36 0 000000,1 -12+12/8:02 runtime.gopanic@608:359,000000,0
runtime.concatstrings runtime/string.go:25 496 24 64 0 00,11000 -
runtime.createfing runtime/mfinal.go:161 112 0 16 0 , - runtime.newproc@96:164,,
runtime.deferproc runtime/panic.go:271 192 4 12 0 0,1 -
runtime.deferreturn runtime/panic.go:592 112 0 64 0 0000000000000, -52+52/48:6d0d main@75:602,1011011010110,
runtime.evacuate runtime/map.go:1169 1088 12 100 0 00000000000000,11 -52+32/32:dd
runtime.evacuate_fast32 runtime/map_fast32.go:374 832 12 92 0 0000000000000,11 -48+32/32:dd
runtime.evacuate_faststr runtime/map_faststr.go:402 816 12 100 0 000000000000000,11 -56+32/32:dd
runtime.forcegchelper runtime/proc.go:317 304 0 16 0 , - runtime.gopark@211:408,,
runtime.gcBgMarkStartWorkers runtime/mgc.go:1227 112 0 16 0 , - runtime.newproc@37:1234,,
runtime.gcBgMarkWorker runtime/mgc.go:1276 1280 0 88 0 000000, -12+12/12:06 runtime.gopark@247:1310,110000,
runtime.gcStart runtime/mgc.go:595 1568 16 116 0 000000000, -20+12/12:06,-8+8/8:02
runtime.gcWaitOnMark runtime/mgc.go:507 192 4 16 0 , - runtime.gopark@96:408,,
runtime.gcenable runtime/mgc.go:200 256 0 16 0 0, - runtime.chanrecv1@203:205,1, runtime.newproc@119:203,1,
runtime.gcenable.gowrap1 runtime/mgc.go:203 64 0 4 0 , - runtime.bgsweep@39:203,,
runtime.gcenable.gowrap2 runtime/mgc.go:204 64 0 4 0 , - runtime.bgscavenge@39:204,,
runtime.goPanicIndex runtime/panic.go:112 192 8 28 0 , - runtime.gopanic@166:114,,
runtime.goPanicSliceAcap runtime/panic.go:138 192 8 28 0 , - runtime.gopanic@166:140,,
runtime.goexit runtime/asm_386.s:1362 16 0 0 0 -, - main@1:1363,-, runtime.forcegchelper@1:1363,-, runtime.gcBgMarkWorker@1:1363,-, runtime.gcenable.gowrap1@1:1363,-, runtime.gcenable.gowrap2@1:1363,-, runtime.main@1:1363,-, runtime.runfinq@1:1363,-,
runtime.gopanic runtime/panic.go:720 800 8 80 0 000000000000000,01 -60+52/48:6d0d main@259:770,101101101011000,00
runtime.gopark runtime/proc.go:385 320 16 16 0 00,11 - stop@268:402,00,00
runtime.goschedIfBusy runtime/proc.go:358 80 0 8 0 , - runtime.mcall@60:365,,
runtime.growWork runtime/map.go:1145 128 12 12 0 ,11 -
runtime.growWork_fast32 runtime/map_fast32.go:363 128 12 12 0 ,11 -
runtime.growWork_faststr runtime/map_faststr.go:391 128 12 12 0 ,11 -
runtime.growslice runtime/slice.go:155 1632 32 60 0 0,100010 -
runtime.hashGrow runtime/map.go:1053 448 8 32 0 00,11 -
runtime.init.5 runtime/proc.go:313 48 0 4 0 , - runtime.newproc@35:314,,
runtime.mProf_Malloc runtime/mprof.go:425 496 8 196 0 000000,1 -12+12/8:02
runtime.main runtime/proc.go:146 1136 0 64 1117 000000, -12+8/8:02 main@694:271,000001, runtime.gcenable@394:210,000001,
runtime.makeBucketArray runtime/map.go:346 528 20 20 0 ,10100 -
runtime.makechan runtime/chan.go:72 464 12 28 0 00,100 -
runtime.makemap runtime/map.go:305 368 16 32 0 00,1010 -
runtime.makemap_small runtime/map.go:294 80 4 12 0 0,0 -
runtime.makeslice runtime/slice.go:92 192 16 16 0 ,1000 - runtime.gopanic@122:29,,0000
runtime.mallocgc runtime/malloc.go:971 2544 16 100 0 00000,0100 -
runtime.mapassign runtime/map.go:579 1232 16 80 0 0000000000,1110 -
runtime.mapassign_fast32 runtime/map_fast32.go:93 736 16 56 0 000,1100 - runtime.gopanic@719:95,000,0000
runtime.mapassign_faststr runtime/map_faststr.go:203 912 20 64 0 00000,11100 8+8/4:01
runtime.netpollblock runtime/netpoll.go:546 352 16 20 0 0, - runtime.gopark@234:573,1,
runtime.newBucket runtime/mprof.go:217 144 12 16 0 , -
runtime.newarray runtime/malloc.go:1404 160 12 16 0 ,100 -
runtime.newobject runtime/malloc.go:1389 64 8 16 0 ,10 -
runtime.newproc runtime/proc.go:4874 128 4 20 0 0000,1 -16+16/12:06
runtime.panicdivide runtime/panic.go:238 96 0 8 0 , - runtime.gopanic@74:240,,
runtime.panicdottypeE runtime/iface.go:261 144 12 8 0 ,111 - runtime.gopanic@101:262,,000
runtime.persistentalloc runtime/malloc.go:1526 128 16 28 0 00000,0010 -20+20/20:12
runtime.profilealloc runtime/malloc.go:1420 144 12 12 0 ,11 -
runtime.rt0_go runtime/asm_386.s:92 384 -2147483648 8 0 -, - runtime.newproc@363:247,-,
runtime.runfinq runtime/mfinal.go:177 1136 0 84 0 000000, - runtime.call16@894:256,000001, runtime.gopark@252:194,001000,
runtime.selectgo runtime/select.go:121 4784 32 224 0 00000000000000000000,110 -28+28/20:12 runtime.gopanic@4217:515,00000000000000000000,000 runtime.gopark@2855:327,00010100000010000000,100
runtime.semacquire1 runtime/sema.go:114 880 20 44 0 0000,1 - runtime.gopark@657:408,1100,1
runtime.sigpanic runtime/signal_unix.go:862 1072 0 40 0 0000, -12+12/4:01 runtime.gopanic@935:261,0000,
runtime.stkbucket runtime/mprof.go:263 944 28 48 0 0000,001 -
runtime.systemstack_switch runtime/asm_386.s:340 16 0 0 0 -, - stop@0:341,-,
runtime/debug.WriteHeapDump runtime/heapdump.go:22 240 4 5568 0 000, -12+12/8:02 runtime.systemstack_switch@180:32,000,
sync.(*Cond).Wait sync/cond.go:66 224 4 32 0 000,1 -8+4/4:01 sync.runtime_notifyListWait@162:70,000,1
sync.(*Mutex).Lock sync/mutex.go:81 96 4 16 0 ,1 - sync.(*Mutex).lockSlow@76:90,,0
sync.(*Mutex).lockSlow sync/mutex.go:117 800 4 60 0 ,1 - sync.runtime_SemacquireMutex@583:171,,1
sync.(*Once).Do sync/once.go:48 80 8 8 0 ,11 - sync.(*Once).doSlow@63:65,,00
sync.(*Once).doSlow sync/once.go:69 272 8 40 251 0000000,11 -28+8/8:02,-16+8/8:02 main@193:74,0000011,00
sync.(*RWMutex).Lock sync/rwmutex.go:140 144 4 12 0 ,1 - sync.(*Mutex).Lock@35:146,,1 sync.runtime_SemacquireRWMutex@129:151,,0
sync.(*RWMutex).RLock sync/rwmutex.go:63 96 4 12 0 ,1 - sync.runtime_SemacquireRWMutexR@82:70,,0
sync.(*WaitGroup).Wait sync/waitgroup.go:91 192 4 24 0 ,1 - sync.runtime_Semacquire@101:116,,1
sync.runtime_Semacquire runtime/sema.go:61 80 4 20 0 ,1 - runtime.semacquire1@59:62,,0
sync.runtime_SemacquireMutex runtime/sema.go:76 80 12 20 0 ,1 - runtime.semacquire1@63:77,,0
sync.runtime_SemacquireRWMutex runtime/sema.go:86 80 12 20 0 ,1 - runtime.semacquire1@63:87,,0
sync.runtime_SemacquireRWMutexR runtime/sema.go:81 80 12 20 0 ,1 - runtime.semacquire1@63:82,,0
sync.runtime_notifyListWait runtime/sema.go:544 480 8 36 0 00,1 - runtime.gopark@377:408,10,0
syscall.Syscall syscall/syscall_linux.go:68 128 28 52 0 , - stop@8:69,,
syscall.read syscall/zsyscall_linux_386.go:729 208 28 36 0 0,0100000 -4+4/4:01 syscall.Syscall@77:736,1,0000000
time.Sleep runtime/time.go:178 320 8 24 0 00, - runtime.gopark@296:195,00,
`,
  amd64: `
internal/poll.(*FD).Read internal/poll/fd_unix.go:140 960 32 144 873 0000000,11 -24+16/16:02 internal/poll.(*pollDesc).wait@634:89,0110001,11
internal/poll.(*pollDesc).wait internal/poll/fd_poll_runtime.go:80 352 24 32 0 ,1 - internal/poll.runtime_pollWait@39:84,,0
internal/poll.runtime_pollWait runtime/netpoll.go:336 288 16 24 0 , - runtime.netpollblock@133:345,,
os.(*File).Read os/file.go:114 192 32 56 0 ,11 - internal/poll.(*FD).Read@82:29,,10
os.(*file).close os/file_unix.go:306 448 8 80 0 000,1 -
runtime.(*hmap).newoverflow runtime/map.go:247 640 24 88 0 00,111 -
runtime.(*mcache).allocLarge runtime/mcache.go:219 480 24 72 0 , -
runtime.(*mcache).nextFree runtime/malloc.go:938 512 16 48 0 , -
runtime.(*mcache).refill runtime/mcache.go:147 608 16 56 0 , -
runtime.(*mcentral).cacheSpan runtime/mcentral.go:81 1152 8 112 0 000, -
runtime.(*mcentral).grow runtime/mcentral.go:250 192 8 56 0 , -
runtime.(*mheap).alloc runtime/mheap.go:953 160 24 64 0 00000, -40+40/32:08
runtime.(*scavengerState).park runtime/mgcscavenge.go:419 128 8 40 0 ,1 - runtime.gopark@73:408,,0
runtime.(*scavengerState).sleep runtime/mgcscavenge.go:465 640 16 104 0 ,1 - runtime.gopark@275:408,,1
runtime.GC runtime/mgc.go:433 320 0 48 0 0, - runtime.gcStart@62:466,0, runtime.gcWaitOnMark@37:461,0, runtime.mcall@90:342,0,
runtime.Goexit runtime/panic.go:614 128 0 136 0 0000000000000, -104+104/96:6d0d main@94:626,1011011010110,
runtime.SetFinalizer runtime/mfinal.go:410 1792 32 208 0 000000000000,0101 -64+48/48:36,-16+16/16:02,0+16/16:02,16+16/16:02
runtime.bgscavenge runtime/mgcscavenge.go:649 160 8 24 0 ,1 - runtime.(*scavengerState).park@89:658,,0 runtime.(*scavengerState).park#first@60:653,,0 runtime.(*scavengerState).sleep@116:662,,0 runtime.chansend1@48:652,,0
runtime.bgsweep runtime/mgcsweep.go:271 416 8 64 0 0,1 - runtime.chansend1@113:277,0,0 runtime.gopark@223:408,0,0 runtime.gopark#first@148:408,0,0 runtime.goschedIfBusy@335:302,0,0
runtime.block runtime/select.go:102 64 0 40 0 , - runtime.gopark@38:103,,
runtime.call16 runtime/asm_amd64.s:770 160 48 24 0 ,111001 - main@67:770,,111001
runtime.call32 runtime/asm_amd64.s:771 160 48 40 0 ,111001 - main@67:771,,111001
runtime.chanrecv runtime/chan.go:457 1504 24 112 0 000000,11 -16+16/16:02 runtime.gopark@959:583,010100,00 runtime.gopark#nil@345:469,000000,00
runtime.chanrecv1 runtime/chan.go:441 32 16 32 0 ,11 - runtime.chanrecv@18:442,,00
runtime.chanrecv2 runtime/chan.go:446 32 16 32 0 ,11 - runtime.chanrecv@18:447,,00
runtime.chansend runtime/chan.go:160 1440 32 104 0 00000,11 -16+16/16:02 runtime.gopanic@1384:206,00000,00 runtime.gopark@909:259,10100,11 runtime.gopark#nil@218:165,00000,00
runtime.chansend1 runtime/chan.go:144 32 16 40 0 ,11 - runtime.chansend@23:145,,00
runtime.closechan runtime/chan.go:357 1056 8 80 0 000000,1 -24+24/16:02 runtime.gopanic@1016:359,000000,0
runtime.concatstrings runtime/string.go:25 544 32 104 0 0000,11 -
runtime.createfing runtime/mfinal.go:161 96 0 16 0 , - runtime.newproc@61:164,,
runtime.deferproc runtime/panic.go:271 256 8 32 0 0,1 -
runtime.deferreturn runtime/panic.go:592 128 0 136 0 0000000000000, -104+104/96:6d0d main@94:602,1011011010110,
runtime.evacuate runtime/map.go:1169 1440 24 176 0 000000000000,11 -96+64/64:dd
runtime.evacuate_fast32 runtime/map_fast32.go:374 960 24 160 0 00000000000,11 -88+64/64:dd
runtime.evacuate_fast64 runtime/map_fast64.go:376 1088 24 160 0 00000000000,11 -88+64/64:dd
runtime.evacuate_faststr runtime/map_faststr.go:402 1056 24 160 0 00000000000,11 -88+64/64:dd
runtime.forcegchelper runtime/proc.go:317 288 0 48 0 0, - runtime.gopark@179:408,0,
runtime.gcBgMarkStartWorkers runtime/mgc.go:1227 96 0 24 0 , - runtime.newproc@28:1234,,
runtime.gcBgMarkWorker runtime/mgc.go:1276 1216 0 136 0 000000, -24+24/24:06 runtime.gopark@229:1310,110000,
runtime.gcStart runtime/mgc.go:595 1504 24 184 0 00000000, -40+24/24:06,-16+16/16:02
runtime.gcWaitOnMark runtime/mgc.go:507 192 8 40 0 , - runtime.gopark@85:408,,
runtime.gcenable runtime/mgc.go:200 224 0 32 0 0, - runtime.chanrecv1@177:205,1, runtime.newproc@102:203,1,
runtime.gcenable.gowrap1 runtime/mgc.go:203 96 0 16 0 , - runtime.bgsweep@37:203,,
runtime.gcenable.gowrap2 runtime/mgc.go:204 96 0 16 0 , - runtime.bgscavenge@37:204,,
runtime.goPanicIndex runtime/panic.go:112 160 16 56 0 , - runtime.gopanic@124:114,,
runtime.goPanicSliceAcap runtime/panic.go:138 160 16 56 0 , - runtime.gopanic@124:140,,
runtime.goexit runtime/asm_amd64.s:1694 32 0 0 0 -, - main@1:1695,-, runtime.forcegchelper@1:1695,-, runtime.gcBgMarkWorker@1:1695,-, runtime.gcenable.gowrap1@1:1695,-, runtime.gcenable.gowrap2@1:1695,-, runtime.main@1:1695,-, runtime.runfinq@1:1695,-,
runtime.gopanic runtime/panic.go:720 864 16 168 0 000000000000000,01 -120+104/96:6d0d main@306:770,101101101011000,00
runtime.gopark runtime/proc.go:385 320 32 24 0 ,11 - stop@206:402,,00
runtime.goschedIfBusy runtime/proc.go:358 64 0 16 0 , - runtime.mcall@40:365,,
runtime.growWork runtime/map.go:1145 160 24 32 0 ,11 -
runtime.growWork_fast32 runtime/map_fast32.go:363 160 24 32 0 ,11 -
runtime.growWork_fast64 runtime/map_fast64.go:365 160 24 32 0 ,11 -
runtime.growWork_faststr runtime/map_faststr.go:391 160 24 32 0 ,11 -
runtime.growslice runtime/slice.go:155 1952 40 104 0 0,10001 -
runtime.hashGrow runtime/map.go:1053 512 16 56 0 00,11 -
runtime.init.5 runtime/preempt.go:316 192 0 32 0 , -
runtime.mProf_Malloc runtime/mprof.go:425 512 16 376 0 00000,1 -24+24/16:02
runtime.main runtime/proc.go:146 1056 0 136 1024 000000, -24+16/16:02 main@669:271,000001, runtime.gcenable@363:210,000001,
runtime.makeBucketArray runtime/map.go:346 640 24 56 0 00,101 -
runtime.makechan runtime/chan.go:72 480 16 56 0 00,1 -
runtime.makemap runtime/map.go:305 416 24 64 0 000,101 -
runtime.makemap_small runtime/map.go:294 64 0 32 0 0, -
runtime.makeslice runtime/slice.go:92 224 24 32 0 ,1 - runtime.gopanic@107:29,,0
runtime.mallocgc runtime/malloc.go:971 2304 24 128 0 00000,01 -
runtime.mapassign runtime/map.go:579 1344 24 120 0 0000000,111 -
runtime.mapassign_fast32 runtime/map_fast32.go:93 800 24 56 0 0,11 -
runtime.mapassign_fast64 runtime/map_fast64.go:93 800 24 56 0 0,11 - runtime.gopanic@745:95,0,00
runtime.mapassign_faststr runtime/map_faststr.go:203 1056 32 104 0 0000,111 16+16/8:01
runtime.netpollblock runtime/netpoll.go:546 384 16 48 0 0, - runtime.gopark@247:573,1,
runtime.newBucket runtime/mprof.go:217 160 16 32 0 , -
runtime.newarray runtime/malloc.go:1404 160 16 32 0 ,1 -
runtime.newobject runtime/malloc.go:1389 64 8 32 0 ,1 -
runtime.newproc runtime/proc.go:4874 128 8 48 0 0000,1 -32+32/24:06
runtime.panicdivide runtime/panic.go:238 96 0 24 0 , - runtime.gopanic@62:240,,
runtime.panicdottypeE runtime/iface.go:261 192 24 24 0 ,111 - runtime.gopanic@101:262,,000
runtime.persistentalloc runtime/malloc.go:1526 160 24 64 0 00000,001 -40+40/40:12
runtime.profilealloc runtime/malloc.go:1420 192 24 32 0 ,11 -
runtime.rt0_go runtime/asm_amd64.s:159 384 -2147483648 8 0 -, - runtime.newproc@297:354,-,
runtime.runfinq runtime/mfinal.go:177 1248 0 440 0 0000000000000000000000000000000000000000, -320+272/264:000000ff01 runtime.call16@1009:256,0000000000000000000000000000000000000001, runtime.call32@1009:256,0000000000000000000000000000000000000001, runtime.gopark@263:194,0000000000000000000000000000000000001000,
runtime.selectgo runtime/select.go:121 5056 48 280 0 00000000000000000,110 -56+56/40:12 runtime.gopanic@3163:515,00000000000000000,000 runtime.gopark@1829:327,00011000000000000,100
runtime.semacquire1 runtime/sema.go:114 864 40 96 0 0000,1 - runtime.gopark@549:408,1100,1
runtime.sigpanic runtime/signal_unix.go:862 1024 0 88 0 0000, -24+24/8:01 runtime.gopanic@888:261,0000,
runtime.stkbucket runtime/mprof.go:263 1024 48 80 0 00,001 -
runtime.systemstack_switch runtime/asm_amd64.s:470 32 0 8 0 -, - stop@8:474,-,
runtime/debug.WriteHeapDump runtime/heapdump.go:22 256 8 5840 0 000, -24+24/16:02 runtime.systemstack_switch@165:32,000,
sync.(*Cond).Wait sync/cond.go:66 224 8 56 0 000,1 -16+8/8:01 sync.runtime_notifyListWait@133:70,100,0
sync.(*Mutex).lockSlow sync/mutex.go:117 672 8 72 0 ,1 - sync.runtime_SemacquireMutex@349:171,,1
sync.(*Once).doSlow sync/once.go:69 320 16 88 258 00000000,11 -48+16/16:02,-32+16/16:02 main@194:74,00000011,00
sync.(*RWMutex).Lock sync/rwmutex.go:140 160 8 40 0 0,1 - sync.(*Mutex).lockSlow@49:90,1,0 sync.runtime_SemacquireRWMutex@106:151,0,0
sync.(*WaitGroup).Wait sync/waitgroup.go:91 160 8 32 0 0,1 - sync.runtime_Semacquire@72:116,1,0
sync.runtime_Semacquire runtime/sema.go:61 64 8 48 0 ,1 - runtime.semacquire1@37:62,,0
sync.runtime_SemacquireMutex runtime/sema.go:76 96 24 48 0 ,1 - runtime.semacquire1@37:77,,0
sync.runtime_SemacquireRWMutex runtime/sema.go:86 96 24 48 0 ,1 - runtime.semacquire1@37:87,,0
sync.runtime_SemacquireRWMutexR runtime/sema.go:81 96 24 48 0 ,1 - runtime.semacquire1@37:82,,0
sync.runtime_notifyListWait runtime/sema.go:544 448 16 72 0 000,1 - runtime.gopark@345:408,100,0
syscall.Syscall syscall/syscall_linux.go:68 128 32 88 0 , - stop@37:69,,
syscall.read syscall/zsyscall_linux_amd64.go:729 256 32 56 0 0,01 -8+8/8:01 syscall.Syscall@56:736,1,00
time.Sleep runtime/time.go:178 320 8 56 0 00, - runtime.gopark@277:195,00,
`,
  arm: `
internal/poll.(*FD).Read internal/poll/fd_unix.go:140 872 28 72 808 00000,1100000 -12+8/8:02 internal/poll.(*pollDesc).wait@568:89,10001,1100001
internal/poll.(*pollDesc).wait internal/poll/fd_poll_runtime.go:80 396 20 20 0 ,10000 - internal/poll.runtime_pollWait@48:84,,00000
internal/poll.runtime_pollWait runtime/netpoll.go:336 160 12 20 0 , - runtime.netpollblock@84:345,,
os.(*File).Read os/file.go:114 236 28 36 0 ,1100000 - internal/poll.(*FD).Read@128:29,,1000000
os.(*file).close os/file_unix.go:306 564 12 40 0 000,100 -
runtime.(*hmap).newoverflow runtime/map.go:247 764 16 48 0 00,1110 -
runtime.(*mcache).allocLarge runtime/mcache.go:219 520 16 44 0 0, -
runtime.(*mcache).nextFree runtime/malloc.go:938 568 20 32 0 0, -
runtime.(*mcache).refill runtime/mcache.go:147 700 8 48 0 00, -
runtime.(*mcentral).cacheSpan runtime/mcentral.go:81 1128 8 68 0 000, -
runtime.(*mcentral).grow runtime/mcentral.go:250 220 8 32 0 , -
runtime.(*mheap).alloc runtime/mheap.go:953 120 16 32 0 00000, -20+20/16:08
runtime.(*scavengerState).park runtime/mgcscavenge.go:419 156 4 20 0 ,1 - runtime.gopark@104:408,,0
runtime.(*scavengerState).sleep runtime/mgcscavenge.go:465 944 12 96 0 ,1 - runtime.gopark@368:408,,1
runtime.GC runtime/mgc.go:433 484 0 32 0 0, - runtime.gcStart@92:466,0, runtime.gcWaitOnMark@48:461,0, runtime.mcall@124:342,0,
runtime.Goexit runtime/panic.go:614 124 0 68 0 0000000000000, -52+52/48:6d0d main@80:626,1011011010110,
runtime.SetFinalizer runtime/mfinal.go:410 1992 16 112 0 000000000000,0101 -32+24/24:36,-8+8/8:02,0+8/8:02,8+8/8:02
runtime.bgscavenge runtime/mgcscavenge.go:649 176 4 28 0 ,1 - runtime.(*scavengerState).park@96:658,,0 runtime.(*scavengerState).park#first@60:653,,0 runtime.(*scavengerState).sleep@144:662,,0 runtime.chansend1@48:652,,0
runtime.bgsweep runtime/mgcsweep.go:271 484 4 32 0 0,1 - runtime.chansend1@120:277,0,0 runtime.gopark@284:408,0,0 runtime.gopark#first@168:408,0,0 runtime.goschedIfBusy@392:302,0,0
runtime.block runtime/select.go:102 76 0 20 0 , - runtime.gopark@60:103,,
runtime.call16 runtime/asm_arm.s:488 156 28 20 0 ,1110001 - main@76:488,,1110001
runtime.chanrecv runtime/chan.go:457 1712 16 60 0 000000,11 -8+8/8:02 runtime.gopark@1200:583,010100,00 runtime.gopark#nil@1624:469,000000,00
runtime.chanrecv1 runtime/chan.go:441 36 8 20 0 ,11 - runtime.chanrecv@32:442,,00
runtime.chanrecv2 runtime/chan.go:446 44 12 20 0 ,11 - runtime.chanrecv@32:447,,00
runtime.chansend runtime/chan.go:160 1632 20 56 0 00000,11 -8+8/8:02 runtime.gopanic@1568:206,00000,00 runtime.gopark@888:259,10100,11 runtime.gopark#nil@1432:165,00000,00
runtime.chansend1 runtime/chan.go:144 44 8 24 0 ,11 - runtime.chansend@40:145,,00
runtime.closechan runtime/chan.go:357 808 4 40 0 000000,1 -12+12/8:02 runtime.gopanic@768:359,000000,0
runtime.concatstrings runtime/string.go:25 572 24 60 0 00,11000 -
runtime.createfing runtime/mfinal.go:161 120 0 20 0 , - runtime.newproc@92:164,,
runtime.deferproc runtime/panic.go:271 208 4 16 0 0,1 -
runtime.deferreturn runtime/panic.go:592 120 0 68 0 0000000000000, -52+52/48:6d0d main@80:602,1011011010110,
runtime.evacuate runtime/map.go:1169 1308 12 96 0 0000000000000,11 -52+32/32:dd
runtime.evacuate_fast32 runtime/map_fast32.go:374 1024 12 88 0 000000000000,11 -48+32/32:dd
runtime.evacuate_faststr runtime/map_faststr.go:402 972 12 88 0 000000000000,11 -48+32/32:dd
runtime.forcegchelper runtime/proc.go:317 348 0 24 0 0, - runtime.gopark@228:408,0,
runtime.gcBgMarkStartWorkers runtime/mgc.go:1227 160 0 20 0 , - runtime.newproc@32:1234,,
runtime.gcBgMarkWorker runtime/mgc.go:1276 1464 0 92 0 000000, -12+12/12:06 runtime.gopark@236:1310,110000,
runtime.gcStart runtime/mgc.go:595 1872 16 128 0 00000000000, -20+12/12:06,-8+8/8:02
runtime.gcWaitOnMark runtime/mgc.go:507 232 4 20 0 , - runtime.gopark@100:408,,
runtime.gcenable runtime/mgc.go:200 284 0 20 0 0, - runtime.chanrecv1@208:205,1, runtime.newproc@116:203,1,
runtime.gcenable.gowrap1 runtime/mgc.go:203 84 0 8 0 , - runtime.bgsweep@40:203,,
runtime.gcenable.gowrap2 runtime/mgc.go:204 84 0 8 0 , - runtime.bgscavenge@40:204,,
runtime.goPanicIndex runtime/panic.go:112 188 8 32 0 , - runtime.gopanic@160:114,,
runtime.goPanicSliceAcap runtime/panic.go:138 192 8 32 0 , - runtime.gopanic@164:140,,
runtime.goexit runtime/asm_arm.s:858 16 0 0 0 -, - main@4:859,-, runtime.forcegchelper@4:859,-, runtime.gcBgMarkWorker@4:859,-, runtime.gcenable.gowrap1@4:859,-, runtime.gcenable.gowrap2@4:859,-, runtime.main@4:859,-, runtime.runfinq@4:859,-,
runtime.gopanic runtime/panic.go:720 796 8 84 0 000000000000000,01 -60+52/48:6d0d main@252:770,101101101011000,00
runtime.gopark runtime/proc.go:385 320 16 20 0 00,11 - stop@260:402,00,00
runtime.goschedIfBusy runtime/proc.go:358 72 0 12 0 , - runtime.mcall@52:365,,
runtime.growWork runtime/map.go:1145 144 12 16 0 ,11 -
runtime.growWork_fast32 runtime/map_fast32.go:363 144 12 16 0 ,11 -
runtime.growWork_faststr runtime/map_faststr.go:391 144 12 16 0 ,11 -
runtime.growslice runtime/slice.go:155 1744 32 40 0 0,100010 -
runtime.hashGrow runtime/map.go:1053 580 8 36 0 00,11 -
runtime.init.5 runtime/proc.go:313 52 0 8 0 , - runtime.newproc@28:314,,
runtime.mProf_Malloc runtime/mprof.go:425 448 8 200 0 000000,1 -12+12/8:02
runtime.main runtime/proc.go:146 1404 0 68 1212 000000, -12+8/8:02 main@764:271,000001, runtime.gcenable@412:210,000001,
runtime.makeBucketArray runtime/map.go:346 628 20 28 0 ,10100 -
runtime.makechan runtime/chan.go:72 612 12 32 0 00,100 -
runtime.makemap runtime/map.go:305 512 16 40 0 00,1010 -
runtime.makemap_small runtime/map.go:294 80 4 20 0 0,0 -
runtime.makeslice runtime/slice.go:92 364 16 20 0 ,1000 - runtime.gopanic@232:29,,0000
runtime.mallocgc runtime/malloc.go:971 2924 16 72 0 00000,0100 -
runtime.mapassign runtime/map.go:579 1380 16 64 0 0000000,1110 -
runtime.mapassign_fast32 runtime/map_fast32.go:93 872 16 32 0 0,1100 - runtime.gopanic@836:95,0,0000
runtime.mapassign_faststr runtime/map_faststr.go:203 1112 20 56 0 0000,11100 8+8/4:01
runtime.netpollblock runtime/netpoll.go:546 392 16 24 0 0, - runtime.gopark@256:573,1,
runtime.newBucket runtime/mprof.go:217 160 12 20 0 , -
runtime.newarray runtime/malloc.go:1404 256 12 20 0 ,100 -
runtime.newobject runtime/malloc.go:1389 68 8 20 0 ,10 -
runtime.newproc runtime/proc.go:4874 108 4 24 0 0000,1 -16+16/12:06
runtime.panicdivide runtime/panic.go:238 108 0 12 0 , - runtime.gopanic@76:240,,
runtime.panicdottypeE runtime/iface.go:261 164 12 16 0 ,111 - runtime.gopanic@104:262,,000
runtime.persistentalloc runtime/malloc.go:1526 120 16 32 0 00000,0010 -20+20/20:12
runtime.profilealloc runtime/malloc.go:1420 184 12 16 0 ,11 -
runtime.rt0_go runtime/asm_arm.s:115 192 -2147483648 72 0 -, - runtime.newproc@148:176,-,
runtime.runfinq runtime/mfinal.go:177 1472 0 96 0 00000000, - runtime.call16@1080:256,00110001, runtime.gopark@272:194,00100000,
runtime.selectgo runtime/select.go:121 4900 32 160 0 0000000000000000000000,110 -28+28/20:12 runtime.gopanic@4272:515,0000000000000000000000,000 runtime.gopark@2800:327,0000011000000010000000,100
runtime.semacquire1 runtime/sema.go:114 912 20 40 0 000,1 - runtime.gopark@624:408,101,1
runtime.sigpanic runtime/signal_unix.go:862 1132 0 48 0 0000, -12+12/4:01 runtime.gopanic@920:261,0000,
runtime.stkbucket runtime/mprof.go:263 1144 28 52 0 0000,001 -
runtime.systemstack_switch runtime/asm_arm.s:274 16 0 4 0 -, - stop@4:274,-,
runtime/debug.WriteHeapDump runtime/heapdump.go:22 288 4 5572 0 000, -12+12/8:02 runtime.systemstack_switch@188:32,000,
sync.(*Cond).Wait sync/cond.go:66 264 4 36 0 000,1 -8+4/4:01 sync.runtime_notifyListWait@188:70,000,1
sync.(*Mutex).Lock sync/mutex.go:81 92 4 20 0 ,1 - sync.(*Mutex).lockSlow@76:90,,0
sync.(*Mutex).lockSlow sync/mutex.go:117 900 4 52 0 ,1 - sync.runtime_SemacquireMutex@640:171,,1
sync.(*Once).Do sync/once.go:48 80 8 12 0 ,11 - sync.(*Once).doSlow@64:65,,00
sync.(*Once).doSlow sync/once.go:69 304 8 44 272 0000000,11 -28+8/8:02,-16+8/8:02 main@200:74,0000011,00
sync.(*RWMutex).Lock sync/rwmutex.go:140 152 4 16 0 ,1 - sync.(*Mutex).Lock@32:146,,1 sync.runtime_SemacquireRWMutex@136:151,,0
sync.(*RWMutex).RLock sync/rwmutex.go:63 104 4 16 0 ,1 - sync.runtime_SemacquireRWMutexR@88:70,,0
sync.(*WaitGroup).Wait sync/waitgroup.go:91 216 4 28 0 ,1 - sync.runtime_Semacquire@104:116,,1
sync.runtime_Semacquire runtime/sema.go:61 76 4 24 0 ,1 - runtime.semacquire1@60:62,,0
sync.runtime_SemacquireMutex runtime/sema.go:76 76 12 24 0 ,1 - runtime.semacquire1@60:77,,0
sync.runtime_SemacquireRWMutex runtime/sema.go:86 76 12 24 0 ,1 - runtime.semacquire1@60:87,,0
sync.runtime_SemacquireRWMutexR runtime/sema.go:81 76 12 24 0 ,1 - runtime.semacquire1@60:82,,0
sync.runtime_notifyListWait runtime/sema.go:544 616 8 44 0 000,1 - runtime.gopark@484:408,100,0
syscall.Syscall syscall/syscall_linux.go:68 116 28 56 0 , - stop@8:69,,
syscall.read syscall/zsyscall_linux_arm.go:729 276 28 40 0 0,0100000 -4+4/4:01 syscall.Syscall@72:736,1,0000000
time.Sleep runtime/time.go:178 388 8 28 0 00, - runtime.gopark@344:195,00,
`,
  arm64: `
internal/poll.(*FD).Read internal/poll/fd_unix.go:140 816 32 160 736 0000000,11 -24+16/16:02 internal/poll.(*pollDesc).wait@512:89,0110001,11
internal/poll.(*pollDesc).wait internal/poll/fd_poll_runtime.go:80 352 24 48 0 ,1 - internal/poll.runtime_pollWait@40:84,,0
internal/poll.runtime_pollWait runtime/netpoll.go:336 320 16 48 0 0, - runtime.netpollblock@160:345,1,
os.(*File).Read os/file.go:114 224 32 64 0 ,11 - internal/poll.(*FD).Read@112:29,,10
os.(*file).close os/file_unix.go:306 464 8 96 0 000,1 -
runtime.(*hmap).newoverflow runtime/map.go:247 672 24 112 0 00,111 -
runtime.(*mcache).allocLarge runtime/mcache.go:219 544 24 80 0 , -
runtime.(*mcache).nextFree runtime/malloc.go:938 528 16 80 0 0, -
runtime.(*mcache).refill runtime/mcache.go:147 688 16 80 0 0, -
runtime.(*mcentral).cacheSpan runtime/mcentral.go:81 1360 8 144 0 00000, -
runtime.(*mcentral).grow runtime/mcentral.go:250 224 8 64 0 , -
runtime.(*mheap).alloc runtime/mheap.go:953 144 24 80 0 00000, -40+40/32:08
runtime.(*scavengerState).park runtime/mgcscavenge.go:419 144 8 48 0 ,1 - runtime.gopark@92:408,,0
runtime.(*scavengerState).sleep runtime/mgcscavenge.go:465 608 16 112 0 ,1 - runtime.gopark@280:408,,1
runtime.GC runtime/mgc.go:433 400 0 64 0 0, - runtime.gcStart@72:466,0, runtime.gcWaitOnMark@48:461,0, runtime.mcall@104:342,0,
runtime.Goexit runtime/panic.go:614 144 0 144 0 0000000000000, -104+104/96:6d0d main@96:626,1011011010110,
runtime.SetFinalizer runtime/mfinal.go:410 1584 32 224 0 000000000000,0101 -64+48/48:36,-16+16/16:02,0+16/16:02,16+16/16:02
runtime.bgscavenge runtime/mgcscavenge.go:649 208 8 32 0 ,1 - runtime.(*scavengerState).park@172:658,,0 runtime.(*scavengerState).park#first@68:653,,0 runtime.(*scavengerState).sleep@156:662,,0 runtime.chansend1@56:652,,0
runtime.bgsweep runtime/mgcsweep.go:271 448 8 80 0 0,1 - runtime.chansend1@124:277,0,0 runtime.gopark@264:408,0,0 runtime.gopark#first@160:408,0,0 runtime.goschedIfBusy@376:302,0,0
runtime.block runtime/select.go:102 80 0 48 0 , - runtime.gopark@48:103,,
runtime.call16 runtime/asm_arm64.s:503 224 48 32 0 ,111001 - main@120:503,,111001
runtime.call32 runtime/asm_arm64.s:504 224 48 48 0 ,111001 - main@120:504,,111001
runtime.chanrecv runtime/chan.go:457 1552 24 128 0 000000,11 -16+16/16:02 runtime.gopark@1028:583,010100,00 runtime.gopark#nil@416:469,000000,00
runtime.chanrecv1 runtime/chan.go:441 32 16 48 0 ,11 - runtime.chanrecv@20:442,,00
runtime.chanrecv2 runtime/chan.go:446 48 16 48 0 ,11 - runtime.chanrecv@20:447,,00
runtime.chansend runtime/chan.go:160 1440 32 112 0 00000,11 -16+16/16:02 runtime.gopanic@1388:206,00000,00 runtime.gopark@944:259,10100,11 runtime.gopark#nil@240:165,00000,00
runtime.chansend1 runtime/chan.go:144 48 16 48 0 ,11 - runtime.chansend@24:145,,00
runtime.closechan runtime/chan.go:357 1072 8 96 0 000000,1 -24+24/16:02 runtime.gopanic@1044:359,000000,0
runtime.concatstrings runtime/string.go:25 560 32 112 0 0000,11 -
runtime.createfing runtime/mfinal.go:161 160 0 32 0 , - runtime.newproc@128:164,,
runtime.deferproc runtime/panic.go:271 224 8 48 0 0,1 -
runtime.deferreturn runtime/panic.go:592 144 0 144 0 0000000000000, -104+104/96:6d0d main@96:602,1011011010110,
runtime.evacuate runtime/map.go:1169 1280 24 192 0 0000000000000,11 -104+64/64:dd
runtime.evacuate_fast32 runtime/map_fast32.go:374 912 24 176 0 000000000000,11 -96+64/64:dd
runtime.evacuate_fast64 runtime/map_fast64.go:376 992 24 176 0 000000000000,11 -96+64/64:dd
runtime.evacuate_faststr runtime/map_faststr.go:402 960 24 176 0 000000000000,11 -96+64/64:dd
runtime.forcegchelper runtime/proc.go:317 272 0 64 0 0, - runtime.gopark@184:408,0,
runtime.gcBgMarkStartWorkers runtime/mgc.go:1227 144 0 32 0 , - runtime.newproc@40:1234,,
runtime.gcBgMarkWorker runtime/mgc.go:1276 1232 0 160 0 000000, -24+24/24:06 runtime.gopark@216:1310,110000,
runtime.gcStart runtime/mgc.go:595 1520 24 208 0 000000000, -40+24/24:06,-16+16/16:02
runtime.gcWaitOnMark runtime/mgc.go:507 224 8 48 0 , - runtime.gopark@100:408,,
runtime.gcenable runtime/mgc.go:200 240 0 48 0 0, - runtime.chanrecv1@184:205,1, runtime.newproc@108:203,1,
runtime.gcenable.gowrap1 runtime/mgc.go:203 96 0 32 0 , - runtime.bgsweep@40:203,,
runtime.gcenable.gowrap2 runtime/mgc.go:204 96 0 32 0 , - runtime.bgscavenge@40:204,,
runtime.goPanicIndex runtime/panic.go:112 160 16 64 0 , - runtime.gopanic@124:114,,
runtime.goPanicSliceAcap runtime/panic.go:138 160 16 64 0 , - runtime.gopanic@128:140,,
runtime.goexit runtime/asm_arm64.s:1221 16 0 0 0 -, - main@4:1222,-, runtime.forcegchelper@4:1222,-, runtime.gcBgMarkWorker@4:1222,-, runtime.gcenable.gowrap1@4:1222,-, runtime.gcenable.gowrap2@4:1222,-, runtime.main@4:1222,-, runtime.runfinq@4:1222,-,
runtime.gopanic runtime/panic.go:720 720 16 176 0 000000000000000,01 -120+104/96:6d0d main@292:770,101101101011000,00
runtime.gopark runtime/proc.go:385 288 32 32 0 ,11 - stop@200:402,,00
runtime.goschedIfBusy runtime/proc.go:358 80 0 32 0 , - runtime.mcall@52:365,,
runtime.growWork runtime/map.go:1145 160 24 48 0 ,11 -
runtime.growWork_fast32 runtime/map_fast32.go:363 160 24 48 0 ,11 -
runtime.growWork_fast64 runtime/map_fast64.go:365 160 24 48 0 ,11 -
runtime.growWork_faststr runtime/map_faststr.go:391 160 24 48 0 ,11 -
runtime.growslice runtime/slice.go:155 1664 40 96 0 0,10001 -
runtime.hashGrow runtime/map.go:1053 528 16 64 0 00,11 -
runtime.init.5 runtime/preempt.go:316 192 0 48 0 , -
runtime.mProf_Malloc runtime/mprof.go:425 432 16 400 0 000000,1 -24+24/16:02
runtime.main runtime/proc.go:146 1040 0 144 1000 000000, -24+16/16:02 main@652:271,000001, runtime.gcenable@364:210,000001,
runtime.makeBucketArray runtime/map.go:346 592 24 48 0 ,101 -
runtime.makechan runtime/chan.go:72 464 16 64 0 00,1 -
runtime.makemap runtime/map.go:305 400 24 64 0 00,101 -
runtime.makemap_small runtime/map.go:294 80 0 48 0 0, -
runtime.makeslice runtime/slice.go:92 208 24 48 0 ,1 - runtime.gopanic@128:29,,0
runtime.mallocgc runtime/malloc.go:971 2304 24 144 0 00000,01 -
runtime.mapassign runtime/map.go:579 1216 24 128 0 0000000,111 -
runtime.mapassign_fast32 runtime/map_fast32.go:93 816 24 64 0 0,11 -
runtime.mapassign_fast64 runtime/map_fast64.go:93 816 24 64 0 0,11 - runtime.gopanic@768:95,0,00
runtime.mapassign_faststr runtime/map_faststr.go:203 1024 32 112 0 0000,111 16+16/8:01
runtime.netpollblock runtime/netpoll.go:546 512 16 64 0 0, - runtime.gopark@344:573,1,
runtime.newBucket runtime/mprof.go:217 176 16 48 0 , -
runtime.newarray runtime/malloc.go:1404 176 16 48 0 ,1 -
runtime.newobject runtime/malloc.go:1389 80 8 48 0 ,1 -
runtime.newproc runtime/proc.go:4874 112 8 64 0 0000,1 -32+32/24:06
runtime.panicdivide runtime/panic.go:238 96 0 32 0 , - runtime.gopanic@72:240,,
runtime.panicdottypeE runtime/iface.go:261 176 24 48 0 ,111 - runtime.gopanic@104:262,,000
runtime.persistentalloc runtime/malloc.go:1526 144 24 80 0 00000,001 -40+40/40:12
runtime.profilealloc runtime/malloc.go:1420 208 24 48 0 ,11 -
runtime.rt0_go runtime/asm_arm64.s:11 224 -2147483648 64 0 -, - runtime.newproc@188:93,-,
runtime.runfinq runtime/mfinal.go:177 1280 0 592 0 000000000000000000000000000000000000000000000000000000000, -456+392/384:00000000ffff runtime.call16@1000:256,000000000000000000000000000000000000000000000000000010011, runtime.call32@1000:256,000000000000000000000000000000000000000000000000000010011, runtime.gopark@264:194,000000000000000000000000000000000000000000000000000100000,
runtime.selectgo runtime/select.go:121 4304 48 272 0 0000000000000000,110 -56+56/40:12 runtime.gopanic@2660:515,0000000000000000,000 runtime.gopark@1556:327,0001100010000000,100
runtime.semacquire1 runtime/sema.go:114 912 40 80 0 00,1 - runtime.gopark@520:408,11,1
runtime.sigpanic runtime/signal_unix.go:862 912 0 96 0 0000, -24+24/8:01 runtime.gopanic@776:261,0000,
runtime.stkbucket runtime/mprof.go:263 1088 48 96 0 00,001 -
runtime.systemstack_switch runtime/asm_arm64.s:200 32 0 16 0 -, - stop@8:200,-,
runtime/debug.WriteHeapDump runtime/heapdump.go:22 208 8 5856 0 000, -24+24/16:02 runtime.systemstack_switch@148:32,000,
sync.(*Cond).Wait sync/cond.go:66 288 8 64 0 00,1 -8+8/8:01 sync.runtime_notifyListWait@204:70,00,1
sync.(*Mutex).lockSlow sync/mutex.go:117 736 8 80 0 ,1 - sync.runtime_SemacquireMutex@372:171,,1
sync.(*Once).doSlow sync/once.go:69 384 16 96 328 0000000,11 -48+16/16:02,-32+16/16:02 main@256:74,0000011,00
sync.(*RWMutex).Lock sync/rwmutex.go:140 288 8 48 0 ,1 - sync.(*Mutex).lockSlow@112:90,,1 sync.runtime_SemacquireRWMutex@248:151,,0
sync.(*WaitGroup).Wait sync/waitgroup.go:91 208 8 32 0 ,1 - sync.runtime_Semacquire@116:116,,1
sync.runtime_Semacquire runtime/sema.go:61 80 8 64 0 ,1 - runtime.semacquire1@44:62,,0
sync.runtime_SemacquireMutex runtime/sema.go:76 96 24 64 0 ,1 - runtime.semacquire1@40:77,,0
sync.runtime_SemacquireRWMutex runtime/sema.go:86 96 24 64 0 ,1 - runtime.semacquire1@40:87,,0
sync.runtime_SemacquireRWMutexR runtime/sema.go:81 96 24 64 0 ,1 - runtime.semacquire1@40:82,,0
sync.runtime_notifyListWait runtime/sema.go:544 448 16 80 0 000,1 - runtime.gopark@340:408,100,0
syscall.Syscall syscall/syscall_linux.go:68 112 32 96 0 , - stop@32:69,,
syscall.read syscall/zsyscall_linux_arm64.go:729 272 32 64 0 0,01 -8+8/8:01 syscall.Syscall@64:736,1,00
time.Sleep runtime/time.go:178 304 8 64 0 00, - runtime.gopark@252:195,00,
`,
  loong64: `
internal/poll.(*FD).Read internal/poll/fd_unix.go:140 912 32 152 884 0000000,11 -24+16/16:02 internal/poll.(*pollDesc).wait@664:89,0110001,11
internal/poll.(*pollDesc).wait internal/poll/fd_poll_runtime.go:80 368 24 40 0 ,1 - internal/poll.runtime_pollWait@76:84,,0
internal/poll.runtime_pollWait runtime/netpoll.go:336 448 16 32 0 0, - runtime.netpollblock@252:345,1,
os.(*File).Read os/file.go:114 224 32 56 0 ,11 - internal/poll.(*FD).Read@156:29,,10
os.(*file).close os/file_unix.go:306 464 8 80 0 000,1 -
runtime.(*hmap).newoverflow runtime/map.go:247 672 24 96 0 00,111 -
runtime.(*mcache).allocLarge runtime/mcache.go:219 528 24 72 0 , -
runtime.(*mcache).nextFree runtime/malloc.go:938 480 16 64 0 0, -
runtime.(*mcache).refill runtime/mcache.go:147 672 16 64 0 0, -
runtime.(*mcentral).cacheSpan runtime/mcentral.go:81 1504 8 120 0 00000, -
runtime.(*mcentral).grow runtime/mcentral.go:250 240 8 56 0 , -
runtime.(*mheap).alloc runtime/mheap.go:953 144 24 64 0 00000, -40+40/32:08
runtime.(*scavengerState).park runtime/mgcscavenge.go:419 144 8 40 0 ,1 - runtime.gopark@112:408,,0
runtime.(*scavengerState).sleep runtime/mgcscavenge.go:465 640 16 104 0 ,1 - runtime.gopark@324:408,,1
runtime.GC runtime/mgc.go:433 560 0 56 0 0, - runtime.gcStart@92:466,0, runtime.gcWaitOnMark@68:461,0, runtime.mcall@128:342,0,
runtime.Goexit runtime/panic.go:614 128 0 136 0 0000000000000, -104+104/96:6d0d main@92:626,1011011010110,
runtime.SetFinalizer runtime/mfinal.go:410 1904 32 208 0 000000000000,0101 -64+48/48:36,-16+16/16:02,0+16/16:02,16+16/16:02
runtime.bgscavenge runtime/mgcscavenge.go:649 192 8 24 0 ,1 - runtime.(*scavengerState).park@124:658,,0 runtime.(*scavengerState).park#first@88:653,,0 runtime.(*scavengerState).sleep@180:662,,0 runtime.chansend1@76:652,,0
runtime.bgsweep runtime/mgcsweep.go:271 528 8 64 0 0,1 - runtime.chansend1@144:277,0,0 runtime.gopark@332:408,0,0 runtime.gopark#first@180:408,0,0 runtime.goschedIfBusy@460:302,0,0
runtime.block runtime/select.go:102 80 0 40 0 , - runtime.gopark@60:103,,
runtime.call32 runtime/asm_loong64.s:376 208 48 40 0 ,111001 - main@140:376,,111001
runtime.chanrecv runtime/chan.go:457 1664 24 120 0 000000,11 -16+16/16:02 runtime.gopark@1156:583,010100,00 runtime.gopark#nil@500:469,000000,00
runtime.chanrecv1 runtime/chan.go:441 32 16 32 0 ,11 - runtime.chanrecv@20:442,,00
runtime.chanrecv2 runtime/chan.go:446 48 16 32 0 ,11 - runtime.chanrecv@20:447,,00
runtime.chansend runtime/chan.go:160 1504 32 112 0 00000,11 -16+16/16:02 runtime.gopanic@1500:206,00000,00 runtime.gopark@1024:259,10100,11 runtime.gopark#nil@288:165,00000,00
runtime.chansend1 runtime/chan.go:144 48 16 40 0 ,11 - runtime.chansend@24:145,,00
runtime.closechan runtime/chan.go:357 1168 8 80 0 000000,1 -24+24/16:02 runtime.gopanic@1164:359,000000,0
runtime.concatstrings runtime/string.go:25 592 32 104 0 0000,11 -
runtime.createfing runtime/mfinal.go:161 160 0 16 0 , - runtime.newproc@140:164,,
runtime.deferproc runtime/panic.go:271 224 8 32 0 0,1 -
runtime.deferreturn runtime/panic.go:592 128 0 136 0 0000000000000, -104+104/96:6d0d main@92:602,1011011010110,
runtime.evacuate runtime/map.go:1169 1408 24 176 0 00000000000000,11 -112+64/64:dd
runtime.evacuate_fast32 runtime/map_fast32.go:374 976 24 160 0 0000000000000,11 -104+64/64:dd
runtime.evacuate_fast64 runtime/map_fast64.go:376 1072 24 160 0 0000000000000,11 -104+64/64:dd
runtime.evacuate_faststr runtime/map_faststr.go:402 1040 24 160 0 0000000000000,11 -104+64/64:dd
runtime.forcegchelper runtime/proc.go:317 288 0 48 0 0, - runtime.gopark@220:408,0,
runtime.gcBgMarkStartWorkers runtime/mgc.go:1227 160 0 24 0 , - runtime.newproc@60:1234,,
runtime.gcBgMarkWorker runtime/mgc.go:1276 1344 0 144 0 000000, -24+24/24:06 runtime.gopark@236:1310,110000,
runtime.gcStart runtime/mgc.go:595 1648 24 208 0 000000000, -40+24/24:06,-16+16/16:02
runtime.gcWaitOnMark runtime/mgc.go:507 256 8 40 0 , - runtime.gopark@132:408,,
runtime.gcenable runtime/mgc.go:200 240 0 40 0 0, - runtime.chanrecv1@196:205,1, runtime.newproc@120:203,1,
runtime.gcenable.gowrap1 runtime/mgc.go:203 96 0 16 0 , - runtime.bgsweep@72:203,,
runtime.gcenable.gowrap2 runtime/mgc.go:204 96 0 16 0 , - runtime.bgscavenge@72:204,,
runtime.goPanicIndex runtime/panic.go:112 176 16 56 0 , - runtime.gopanic@172:114,,
runtime.goPanicSliceAcap runtime/panic.go:138 192 16 56 0 , - runtime.gopanic@176:140,,
runtime.goexit runtime/asm_loong64.s:651 16 0 0 0 -, - main@4:652,-, runtime.forcegchelper@4:652,-, runtime.gcBgMarkWorker@4:652,-, runtime.gcenable.gowrap1@4:652,-, runtime.gcenable.gowrap2@4:652,-, runtime.main@4:652,-, runtime.runfinq@4:652,-,
runtime.gopanic runtime/panic.go:720 720 16 168 0 000000000000000,01 -120+104/96:6d0d main@316:770,101101101011000,00
runtime.gopark runtime/proc.go:385 320 32 24 0 ,11 - stop@280:402,,00
runtime.goschedIfBusy runtime/proc.go:358 96 0 16 0 , - runtime.mcall@60:365,,
runtime.growWork runtime/map.go:1145 176 24 32 0 ,11 -
runtime.growWork_fast32 runtime/map_fast32.go:363 176 24 32 0 ,11 -
runtime.growWork_fast64 runtime/map_fast64.go:365 176 24 32 0 ,11 -
runtime.growWork_faststr runtime/map_faststr.go:391 176 24 32 0 ,11 -
runtime.growslice runtime/slice.go:155 1936 40 88 0 0,10001 -
runtime.hashGrow runtime/map.go:1053 560 16 56 0 00,11 -
runtime.init.5 runtime/proc.go:313 64 0 16 0 , - runtime.newproc@48:314,,
runtime.mProf_Malloc runtime/mprof.go:425 464 16 368 0 00000,1 -24+24/16:02
runtime.main runtime/proc.go:146 1120 0 112 1104 00000, -24+16/16:02 main@680:271,00001, runtime.gcenable@388:210,00001,
runtime.makeBucketArray runtime/map.go:346 672 24 40 0 ,101 -
runtime.makechan runtime/chan.go:72 480 16 56 0 00,1 -
runtime.makemap runtime/map.go:305 448 24 56 0 00,101 -
runtime.makemap_small runtime/map.go:294 80 0 40 0 0, -
runtime.makeslice runtime/slice.go:92 240 24 32 0 ,1 - runtime.gopanic@184:29,,0
runtime.mallocgc runtime/malloc.go:971 1952 24 144 0 00000,01 -
runtime.mapassign runtime/map.go:579 1424 24 120 0 0000000,111 -
runtime.mapassign_fast32 runtime/map_fast32.go:93 976 24 56 0 0,11 -
runtime.mapassign_fast64 runtime/map_fast64.go:93 976 24 56 0 0,11 - runtime.gopanic@960:95,0,00
runtime.mapassign_faststr runtime/map_faststr.go:203 1168 32 104 0 0000,111 16+16/8:01
runtime.netpollblock runtime/netpoll.go:546 528 16 48 0 0, - runtime.gopark@396:573,1,
runtime.newBucket runtime/mprof.go:217 176 16 32 0 , -
runtime.newarray runtime/malloc.go:1404 192 16 32 0 ,1 -
runtime.newobject runtime/malloc.go:1389 80 8 32 0 ,1 -
runtime.newproc runtime/proc.go:4874 128 8 48 0 0000,1 -32+32/24:06
runtime.panicdivide runtime/panic.go:238 96 0 24 0 , - runtime.gopanic@84:240,,
runtime.panicdottypeE runtime/iface.go:261 192 24 32 0 ,111 - runtime.gopanic@152:262,,000
runtime.persistentalloc runtime/malloc.go:1526 144 24 64 0 00000,001 -40+40/40:12
runtime.profilealloc runtime/malloc.go:1420 208 24 32 0 ,11 -
runtime.rt0_go runtime/asm_loong64.s:12 192 -2147483648 48 0 -, - runtime.newproc@164:66,-,
runtime.runfinq runtime/mfinal.go:177 1232 0 560 0 00000000000000000000000000000000000000000000000000000000, -448+392/384:00000000ffff runtime.call32@996:256,00000000000000000000000000000000000000000000000000001001, runtime.gopark@276:194,00000000000000000000000000000000000000000000000000010000,
runtime.selectgo runtime/select.go:121 4656 48 264 0 00000000000000000,110 -56+56/40:12 runtime.gopanic@3016:515,00000000000000000,000 runtime.gopark@1832:327,00011000100000000,100
runtime.semacquire1 runtime/sema.go:114 976 40 72 0 000,1 - runtime.gopark@604:408,101,1
runtime.sigpanic runtime/signal_unix.go:862 1008 0 88 0 0000, -24+24/8:01 runtime.gopanic@884:261,0000,
runtime.stkbucket runtime/mprof.go:263 1248 48 80 0 00,001 -
runtime.systemstack_switch runtime/asm_loong64.s:158 32 0 8 0 -, - stop@8:158,-,
runtime/debug.WriteHeapDump runtime/heapdump.go:22 320 8 5840 0 000, -24+24/16:02 runtime.systemstack_switch@280:32,000,
sync.(*Cond).Wait sync/cond.go:66 272 8 48 0 00,1 -8+8/8:01 sync.runtime_notifyListWait@212:70,00,1
sync.(*Mutex).lockSlow sync/mutex.go:117 864 8 80 0 ,1 - sync.runtime_SemacquireMutex@448:171,,1
sync.(*Once).doSlow sync/once.go:69 416 16 80 392 0000000,11 -48+16/16:02,-32+16/16:02 main@296:74,0000011,00
sync.(*RWMutex).Lock sync/rwmutex.go:140 272 8 32 0 ,1 - sync.(*Mutex).lockSlow@104:90,,1 sync.runtime_SemacquireRWMutex@260:151,,0
sync.(*WaitGroup).Wait sync/waitgroup.go:91 224 8 24 0 ,1 - sync.runtime_Semacquire@144:116,,1
sync.runtime_Semacquire runtime/sema.go:61 80 8 48 0 ,1 - runtime.semacquire1@64:62,,0
sync.runtime_SemacquireMutex runtime/sema.go:76 96 24 48 0 ,1 - runtime.semacquire1@76:77,,0
sync.runtime_SemacquireRWMutex runtime/sema.go:86 96 24 48 0 ,1 - runtime.semacquire1@76:87,,0
sync.runtime_SemacquireRWMutexR runtime/sema.go:81 96 24 48 0 ,1 - runtime.semacquire1@76:82,,0
sync.runtime_notifyListWait runtime/sema.go:544 448 16 72 0 000,1 - runtime.gopark@368:408,100,0
syscall.Syscall syscall/syscall_linux.go:68 112 32 88 0 , - stop@32:69,,
syscall.read syscall/zsyscall_linux_loong64.go:729 288 32 56 0 0,01 -8+8/8:01 syscall.Syscall@108:736,1,00
time.Sleep runtime/time.go:178 320 8 56 0 00, - runtime.gopark@296:195,00,
`,
  mips: `
internal/poll.(*FD).Read internal/poll/fd_unix.go:140 984 28 76 960 00000,1100000 -12+8/8:02 internal/poll.(*pollDesc).wait@668:89,10001,1100001
internal/poll.(*pollDesc).wait internal/poll/fd_poll_runtime.go:80 480 20 20 0 ,10000 - internal/poll.runtime_pollWait@84:84,,00000
internal/poll.runtime_pollWait runtime/netpoll.go:336 484 12 24 0 0, - runtime.netpollblock@272:345,1,
os.(*File).Read os/file.go:114 276 28 36 0 ,1100000 - internal/poll.(*FD).Read@176:29,,1000000
os.(*file).close os/file_unix.go:306 620 12 40 0 000,100 -
runtime.(*hmap).newoverflow runtime/map.go:247 864 16 48 0 00,1110 -
runtime.(*mcache).allocLarge runtime/mcache.go:219 596 16 44 0 0, -
runtime.(*mcache).nextFree runtime/malloc.go:938 692 20 28 0 0, -
runtime.(*mcache).refill runtime/mcache.go:147 852 8 52 0 00, -
runtime.(*mcentral).cacheSpan runtime/mcentral.go:81 1896 8 76 0 00000, -
runtime.(*mcentral).grow runtime/mcentral.go:250 288 8 32 0 , -
runtime.(*mheap).alloc runtime/mheap.go:953 164 16 32 0 00000, -20+20/16:08
runtime.(*scavengerState).park runtime/mgcscavenge.go:419 200 4 20 0 ,1 - runtime.gopark@152:408,,0
runtime.(*scavengerState).sleep runtime/mgcscavenge.go:465 1140 12 92 0 ,1 - runtime.gopark@480:408,,1
runtime.GC runtime/mgc.go:433 572 0 32 0 0, - runtime.gcStart@128:466,0, runtime.gcWaitOnMark@88:461,0, runtime.mcall@180:342,0,
runtime.Goexit runtime/panic.go:614 192 0 68 0 0000000000000, -52+52/48:6d0d main@140:626,1011011010110,
runtime.SetFinalizer runtime/mfinal.go:410 2480 16 112 0 000000000000,0101 -32+24/24:36,-8+8/8:02,0+8/8:02,8+8/8:02
runtime.bgscavenge runtime/mgcscavenge.go:649 264 4 20 0 ,1 - runtime.(*scavengerState).park@168:658,,0 runtime.(*scavengerState).park#first@116:653,,0 runtime.(*scavengerState).sleep@256:662,,0 runtime.chansend1@96:652,,0
runtime.bgsweep runtime/mgcsweep.go:271 604 4 32 0 0,1 - runtime.chansend1@172:277,0,0 runtime.gopark@384:408,0,0 runtime.gopark#first@232:408,0,0 runtime.goschedIfBusy@536:302,0,0
runtime.block runtime/select.go:102 104 0 20 0 , - runtime.gopark@88:103,,
runtime.call16 runtime/asm_mipsx.s:360 208 28 20 0 ,1110001 - main@152:360,,1110001
runtime.chanrecv runtime/chan.go:457 2100 16 60 0 000000,11 -8+8/8:02 runtime.gopark@1456:583,010100,00 runtime.gopark#nil@656:469,000000,00
runtime.chanrecv1 runtime/chan.go:441 60 8 20 0 ,11 - runtime.chanrecv@44:442,,00
runtime.chanrecv2 runtime/chan.go:446 68 12 20 0 ,11 - runtime.chanrecv@44:447,,00
runtime.chansend runtime/chan.go:160 1940 20 56 0 00000,11 -8+8/8:02 runtime.gopanic@1936:206,00000,00 runtime.gopark@1260:259,10100,11 runtime.gopark#nil@380:165,00000,00
runtime.chansend1 runtime/chan.go:144 68 8 24 0 ,11 - runtime.chansend@52:145,,00
runtime.closechan runtime/chan.go:357 1328 4 40 0 000000,1 -12+12/8:02 runtime.gopanic@1324:359,000000,0
runtime.concatstrings runtime/string.go:25 712 24 64 0 000,11000 -
runtime.createfing runtime/mfinal.go:161 168 0 8 0 , - runtime.newproc@152:164,,
runtime.deferproc runtime/panic.go:271 256 4 16 0 0,1 -
runtime.deferreturn runtime/panic.go:592 184 0 68 0 0000000000000, -52+52/48:6d0d main@140:602,1011011010110,
runtime.evacuate runtime/map.go:1169 1520 12 92 0 00000000000000,11 -56+32/32:dd
runtime.evacuate_fast32 runtime/map_fast32.go:374 1148 12 84 0 0000000000000,11 -52+32/32:dd
runtime.evacuate_faststr runtime/map_faststr.go:402 1100 12 84 0 0000000000000,11 -52+32/32:dd
runtime.forcegchelper runtime/proc.go:317 396 0 24 0 0, - runtime.gopark@296:408,0,
runtime.gcBgMarkStartWorkers runtime/mgc.go:1227 188 0 20 0 , - runtime.newproc@76:1234,,
runtime.gcBgMarkWorker runtime/mgc.go:1276 1540 0 88 0 000000, -12+12/12:06 runtime.gopark@292:1310,110000,
runtime.gcStart runtime/mgc.go:595 2056 16 112 0 000000000, -20+12/12:06,-8+8/8:02
runtime.gcWaitOnMark runtime/mgc.go:507 284 4 20 0 , - runtime.gopark@148:408,,
runtime.gcenable runtime/mgc.go:200 344 0 20 0 0, - runtime.chanrecv1@296:205,1, runtime.newproc@180:203,1,
runtime.gcenable.gowrap1 runtime/mgc.go:203 116 0 8 0 , - runtime.bgsweep@100:203,,
runtime.gcenable.gowrap2 runtime/mgc.go:204 116 0 8 0 , - runtime.bgscavenge@100:204,,
runtime.goPanicIndex runtime/panic.go:112 200 8 32 0 , - runtime.gopanic@196:114,,
runtime.goPanicSliceAcap runtime/panic.go:138 204 8 32 0 , - runtime.gopanic@200:140,,
runtime.goexit runtime/asm_mipsx.s:640 16 0 0 0 -, - main@4:641,-, runtime.forcegchelper@4:641,-, runtime.gcBgMarkWorker@4:641,-, runtime.gcenable.gowrap1@4:641,-, runtime.gcenable.gowrap2@4:641,-, runtime.main@4:641,-, runtime.runfinq@4:641,-,
runtime.gopanic runtime/panic.go:720 1064 8 84 0 000000000000000,01 -60+52/48:6d0d main@360:770,101101101011000,00
runtime.gopark runtime/proc.go:385 344 16 12 0 ,11 - stop@296:402,,00
runtime.goschedIfBusy runtime/proc.go:358 104 0 8 0 , - runtime.mcall@72:365,,
runtime.growWork runtime/map.go:1145 188 12 16 0 ,11 -
runtime.growWork_fast32 runtime/map_fast32.go:363 188 12 16 0 ,11 -
runtime.growWork_faststr runtime/map_faststr.go:391 188 12 16 0 ,11 -
runtime.growslice runtime/slice.go:155 2204 32 40 0 0,100010 -
runtime.hashGrow runtime/map.go:1053 656 8 36 0 00,11 -
runtime.init.5 runtime/proc.go:313 84 0 8 0 , - runtime.newproc@68:314,,
runtime.mProf_Malloc runtime/mprof.go:425 516 8 192 0 00000,1 -12+12/8:02
runtime.main runtime/proc.go:146 1400 0 56 1376 00000, -12+8/8:02 main@820:271,00001, runtime.gcenable@444:210,00001,
runtime.makeBucketArray runtime/map.go:346 776 20 24 0 ,10100 -
runtime.makechan runtime/chan.go:72 700 12 32 0 00,100 -
runtime.makemap runtime/map.go:305 584 16 36 0 00,1010 -
runtime.makemap_small runtime/map.go:294 116 4 20 0 0,0 -
runtime.makeslice runtime/slice.go:92 424 16 20 0 ,1000 - runtime.gopanic@296:29,,0000
runtime.mallocgc runtime/malloc.go:971 3212 16 72 0 00000,0100 -
runtime.mapassign runtime/map.go:579 1604 16 64 0 0000000,1110 -
runtime.mapassign_fast32 runtime/map_fast32.go:93 1052 16 32 0 0,1100 - runtime.gopanic@1048:95,0,0000
runtime.mapassign_faststr runtime/map_faststr.go:203 1304 20 56 0 0000,11100 8+8/4:01
runtime.netpollblock runtime/netpoll.go:546 608 16 24 0 0, - runtime.gopark@440:573,1,
runtime.newBucket runtime/mprof.go:217 208 12 20 0 , -
runtime.newarray runtime/malloc.go:1404 312 12 20 0 ,100 -
runtime.newobject runtime/malloc.go:1389 104 8 20 0 ,10 -
runtime.newproc runtime/proc.go:4874 128 4 24 0 0000,1 -16+16/12:06
runtime.panicdivide runtime/panic.go:238 124 0 12 0 , - runtime.gopanic@120:240,,
runtime.panicdottypeE runtime/iface.go:261 184 12 16 0 ,111 - runtime.gopanic@144:262,,000
runtime.persistentalloc runtime/malloc.go:1526 164 16 32 0 00000,0010 -20+20/20:12
runtime.profilealloc runtime/malloc.go:1420 228 12 16 0 ,11 -
runtime.rt0_go runtime/asm_mipsx.s:14 232 -2147483648 32 0 -, - runtime.newproc@200:69,-,
runtime.runfinq runtime/mfinal.go:177 1464 0 88 0 0000000, - runtime.call16@1164:256,0001001, runtime.gopark@356:194,0010000,
runtime.selectgo runtime/select.go:121 5696 32 148 0 000000000000000000,110 -28+28/20:12 runtime.gopanic@3576:515,000000000000000000,000 runtime.gopark@2104:327,000110000100000000,100
runtime.semacquire1 runtime/sema.go:114 1176 20 40 0 000,1 - runtime.gopark@736:408,101,1
runtime.sigpanic runtime/signal_unix.go:862 1388 0 48 0 0000, -12+12/4:01 runtime.gopanic@1212:261,0000,
runtime.stkbucket runtime/mprof.go:263 1476 28 44 0 00,001 -
runtime.systemstack_switch runtime/asm_mipsx.s:149 40 0 4 0 -, - stop@8:149,-,
runtime/debug.WriteHeapDump runtime/heapdump.go:22 236 4 5572 0 000, -12+12/8:02 runtime.systemstack_switch@188:32,000,
sync.(*Cond).Wait sync/cond.go:66 328 4 24 0 00,1 -4+4/4:01 sync.runtime_notifyListWait@248:70,00,1
sync.(*Mutex).lockSlow sync/mutex.go:117 964 4 52 0 ,1 - sync.runtime_SemacquireMutex@500:171,,1
sync.(*Once).doSlow sync/once.go:69 416 8 40 392 0000000,11 -24+8/8:02,-16+8/8:02 main@284:74,0000011,00
sync.(*RWMutex).Lock sync/rwmutex.go:140 272 4 16 0 ,1 - sync.(*Mutex).lockSlow@120:90,,1 sync.runtime_SemacquireRWMutex@256:151,,0
sync.(*WaitGroup).Wait sync/waitgroup.go:91 256 4 28 0 ,1 - sync.runtime_Semacquire@152:116,,1
sync.runtime_Semacquire runtime/sema.go:61 104 4 24 0 ,1 - runtime.semacquire1@88:62,,0
sync.runtime_SemacquireMutex runtime/sema.go:76 112 12 24 0 ,1 - runtime.semacquire1@96:77,,0
sync.runtime_SemacquireRWMutex runtime/sema.go:86 112 12 24 0 ,1 - runtime.semacquire1@96:87,,0
sync.runtime_SemacquireRWMutexR runtime/sema.go:81 112 12 24 0 ,1 - runtime.semacquire1@96:82,,0
sync.runtime_notifyListWait runtime/sema.go:544 660 8 44 0 000,1 - runtime.gopark@516:408,100,0
syscall.Syscall syscall/syscall_linux.go:68 144 28 56 0 , - stop@20:69,,
syscall.read syscall/zsyscall_linux_mips.go:729 332 28 40 0 0,0100000 -4+4/4:01 syscall.Syscall@116:736,1,0000000
time.Sleep runtime/time.go:178 440 8 28 0 00, - runtime.gopark@408:195,00,
`,
  mips64: `
os.(*file).close os/file_unix.go:306 680 24 80 0 000,100 -
runtime.(*hmap).newoverflow runtime/map.go:247 912 32 96 0 00,1110 -
runtime.(*mcache).allocLarge runtime/mcache.go:219 680 32 80 0 , -
runtime.(*mcache).nextFree runtime/malloc.go:938 704 40 64 0 0, -
runtime.(*mcache).refill runtime/mcache.go:147 888 16 64 0 0, -
runtime.(*mcentral).cacheSpan runtime/mcentral.go:81 1968 16 136 0 00000, -
runtime.(*mcentral).grow runtime/mcentral.go:250 312 16 64 0 , -
runtime.(*mheap).alloc runtime/mheap.go:953 160 32 64 0 00000, -40+40/32:08
runtime.(*scavengerState).park runtime/mgcscavenge.go:419 208 8 40 0 ,1 - runtime.gopark@156:408,,0
runtime.(*scavengerState).sleep runtime/mgcscavenge.go:465 792 16 112 0 ,1 - runtime.gopark@388:408,,1
runtime.GC runtime/mgc.go:433 680 0 56 0 0, - runtime.gcStart@128:466,0, runtime.gcWaitOnMark@92:461,0, runtime.mcall@184:342,0,
runtime.Goexit runtime/panic.go:614 184 0 136 0 0000000000000, -104+104/96:6d0d main@132:626,1011011010110,
runtime.SetFinalizer runtime/mfinal.go:410 2624 32 224 0 000000000000,0101 -64+48/48:36,-16+16/16:02,0+16/16:02,16+16/16:02
runtime.bgscavenge runtime/mgcscavenge.go:649 288 8 32 0 ,1 - runtime.(*scavengerState).park@188:658,,0 runtime.(*scavengerState).park#first@128:653,,0 runtime.(*scavengerState).sleep@276:662,,0 runtime.chansend1@104:652,,0
runtime.bgsweep runtime/mgcsweep.go:271 688 8 64 0 0,1 - runtime.chansend1@196:277,0,0 runtime.gopark@452:408,0,0 runtime.gopark#first@264:408,0,0 runtime.goschedIfBusy@616:302,0,0
runtime.block runtime/select.go:102 104 0 40 0 , - runtime.gopark@88:103,,
runtime.call16 runtime/asm_mips64x.s:385 208 48 24 0 ,111001 - main@152:385,,111001
runtime.call32 runtime/asm_mips64x.s:386 208 48 40 0 ,111001 - main@152:386,,111001
runtime.chanrecv runtime/chan.go:457 2072 32 112 0 000000,11 -16+16/16:02 runtime.gopark@1444:583,010100,00 runtime.gopark#nil@632:469,000000,00
runtime.chanrecv1 runtime/chan.go:441 64 16 40 0 ,11 - runtime.chanrecv@44:442,,00
runtime.chanrecv2 runtime/chan.go:446 72 24 40 0 ,11 - runtime.chanrecv@44:447,,00
runtime.chansend runtime/chan.go:160 1920 40 104 0 00000,11 -16+16/16:02 runtime.gopanic@1916:206,00000,00 runtime.gopark@1240:259,10100,11 runtime.gopark#nil@344:165,00000,00
runtime.chansend1 runtime/chan.go:144 72 16 48 0 ,11 - runtime.chansend@52:145,,00
runtime.closechan runtime/chan.go:357 1344 8 80 0 000000,1 -24+24/16:02 runtime.gopanic@1336:359,000000,0
runtime.concatstrings runtime/string.go:25 720 48 128 0 000,11000 -
runtime.createfing runtime/mfinal.go:161 184 0 16 0 , - runtime.newproc@168:164,,
runtime.deferproc runtime/panic.go:271 264 8 32 0 0,1 -
runtime.deferreturn runtime/panic.go:592 176 0 136 0 0000000000000, -104+104/96:6d0d main@132:602,1011011010110,
runtime.evacuate runtime/map.go:1169 1616 24 184 0 00000000000000,11 -112+64/64:dd
runtime.evacuate_fast32 runtime/map_fast32.go:374 1104 24 168 0 0000000000000,11 -104+64/64:dd
runtime.evacuate_fast64 runtime/map_fast64.go:376 1224 24 168 0 0000000000000,11 -104+64/64:dd
runtime.evacuate_faststr runtime/map_faststr.go:402 1168 24 168 0 0000000000000,11 -104+64/64:dd
runtime.forcegchelper runtime/proc.go:317 432 0 48 0 0, - runtime.gopark@316:408,0,
runtime.gcBgMarkStartWorkers runtime/mgc.go:1227 208 0 32 0 , - runtime.newproc@80:1234,,
runtime.gcBgMarkWorker runtime/mgc.go:1276 1712 0 144 0 000000, -24+24/24:06 runtime.gopark@320:1310,110000,
runtime.gcStart runtime/mgc.go:595 2184 24 184 0 000000000, -40+24/24:06,-16+16/16:02
runtime.gcWaitOnMark runtime/mgc.go:507 328 8 40 0 , - runtime.gopark@164:408,,
runtime.gcenable runtime/mgc.go:200 376 0 40 0 0, - runtime.chanrecv1@324:205,1, runtime.newproc@196:203,1,
runtime.gcenable.gowrap1 runtime/mgc.go:203 120 0 16 0 , - runtime.bgsweep@100:203,,
runtime.gcenable.gowrap2 runtime/mgc.go:204 120 0 16 0 , - runtime.bgscavenge@100:204,,
runtime.goPanicIndex runtime/panic.go:112 200 16 56 0 , - runtime.gopanic@196:114,,
runtime.goPanicSliceAcap runtime/panic.go:138 208 16 56 0 , - runtime.gopanic@200:140,,
runtime.goexit runtime/asm_mips64x.s:670 16 0 0 0 -, - main@4:671,-, runtime.forcegchelper@4:671,-, runtime.gcBgMarkWorker@4:671,-, runtime.gcenable.gowrap1@4:671,-, runtime.gcenable.gowrap2@4:671,-, runtime.main@4:671,-, runtime.runfinq@4:671,-,
runtime.gopanic runtime/panic.go:720 1136 16 168 0 000000000000000,01 -120+104/96:6d0d main@396:770,101101101011000,00
runtime.gopark runtime/proc.go:385 376 32 24 0 ,11 - stop@320:402,,00
runtime.goschedIfBusy runtime/proc.go:358 120 0 16 0 , - runtime.mcall@84:365,,
runtime.growWork runtime/map.go:1145 208 24 32 0 ,11 -
runtime.growWork_fast32 runtime/map_fast32.go:363 208 24 32 0 ,11 -
runtime.growWork_fast64 runtime/map_fast64.go:365 208 24 32 0 ,11 -
runtime.growWork_faststr runtime/map_faststr.go:391 208 24 32 0 ,11 -
runtime.growslice runtime/slice.go:155 2336 64 80 0 0,100010 -
runtime.hashGrow runtime/map.go:1053 704 16 72 0 00,11 -
runtime.init.5 runtime/proc.go:313 88 0 16 0 , - runtime.newproc@72:314,,
runtime.mProf_Malloc runtime/mprof.go:425 536 16 376 0 00000,1 -24+24/16:02
runtime.main runtime/proc.go:146 1576 0 112 1552 00000, -24+16/16:02 main@924:271,00001, runtime.gcenable@472:210,00001,
runtime.makeBucketArray runtime/map.go:346 848 40 48 0 ,10100 -
runtime.makechan runtime/chan.go:72 688 24 64 0 00,100 -
runtime.makemap runtime/map.go:305 576 32 72 0 00,1010 -
runtime.makemap_small runtime/map.go:294 120 8 40 0 0,0 -
runtime.makeslice runtime/slice.go:92 344 32 40 0 ,1000 - runtime.gopanic@236:29,,0000
runtime.mallocgc runtime/malloc.go:971 2640 32 144 0 00000,0100 -
runtime.mapassign runtime/map.go:579 1752 32 128 0 0000000,1110 -
runtime.mapassign_fast32 runtime/map_fast32.go:93 1136 32 64 0 0,1100 -
runtime.mapassign_fast64 runtime/map_fast64.go:93 1136 32 64 0 0,1100 - runtime.gopanic@1132:95,0,0000
runtime.mapassign_faststr runtime/map_faststr.go:203 1400 40 112 0 0000,11100 16+16/8:01
runtime.newBucket runtime/mprof.go:217 216 24 40 0 , -
runtime.newarray runtime/malloc.go:1404 272 24 40 0 ,100 -
runtime.newobject runtime/malloc.go:1389 104 16 40 0 ,10 -
runtime.newproc runtime/proc.go:4874 136 8 48 0 0000,1 -32+32/24:06
runtime.panicdivide runtime/panic.go:238 136 0 24 0 , - runtime.gopanic@132:240,,
runtime.panicdottypeE runtime/iface.go:261 200 24 32 0 ,111 - runtime.gopanic@156:262,,000
runtime.persistentalloc runtime/malloc.go:1526 160 32 64 0 00000,0010 -40+40/40:12
runtime.profilealloc runtime/malloc.go:1420 240 24 32 0 ,11 -
runtime.rt0_go runtime/asm_mips64x.s:14 248 -2147483648 48 0 -, - runtime.newproc@212:68,-,
runtime.runfinq runtime/mfinal.go:177 1608 0 168 0 0000000, - runtime.call16@1276:256,0001001, runtime.call32@1276:256,0001001, runtime.gopark@408:194,0010000,
runtime.selectgo runtime/select.go:121 5648 64 264 0 00000000000000000,110 -56+56/40:12 runtime.gopanic@3548:515,00000000000000000,000 runtime.gopark@2080:327,00011000100000000,100
runtime.semacquire1 runtime/sema.go:114 1112 40 72 0 000,1 - runtime.gopark@680:408,101,1
runtime.sigpanic runtime/signal_unix.go:862 1512 0 96 0 0000, -24+24/8:01 runtime.gopanic@1312:261,0000,
runtime.stkbucket runtime/mprof.go:263 1528 56 88 0 00,001 -
runtime.systemstack_switch runtime/asm_mips64x.s:150 40 0 8 0 -, - stop@8:150,-,
runtime/debug.WriteHeapDump runtime/heapdump.go:22 224 8 5848 0 000, -24+24/16:02 runtime.systemstack_switch@184:32,000,
sync.(*Cond).Wait sync/cond.go:66 336 8 48 0 00,1 -8+8/8:01 sync.runtime_notifyListWait@248:70,00,1
sync.(*Mutex).lockSlow sync/mutex.go:117 1000 8 72 0 ,1 - sync.runtime_SemacquireMutex@516:171,,1
sync.(*Once).doSlow sync/once.go:69 440 16 80 416 0000000,11 -48+16/16:02,-32+16/16:02 main@300:74,0000011,00
sync.(*RWMutex).Lock sync/rwmutex.go:140 304 8 32 0 ,1 - sync.(*Mutex).lockSlow@120:90,,1 sync.runtime_SemacquireRWMutex@284:151,,0
sync.(*WaitGroup).Wait sync/waitgroup.go:91 256 8 24 0 ,1 - sync.runtime_Semacquire@152:116,,1
sync.runtime_Semacquire runtime/sema.go:61 104 8 48 0 ,1 - runtime.semacquire1@88:62,,0
sync.runtime_SemacquireMutex runtime/sema.go:76 112 24 48 0 ,1 - runtime.semacquire1@96:77,,0
sync.runtime_SemacquireRWMutex runtime/sema.go:86 112 24 48 0 ,1 - runtime.semacquire1@96:87,,0
sync.runtime_SemacquireRWMutexR runtime/sema.go:81 112 24 48 0 ,1 - runtime.semacquire1@96:82,,0
sync.runtime_notifyListWait runtime/sema.go:544 600 16 72 0 000,1 - runtime.gopark@480:408,100,0
syscall.Syscall syscall/syscall_linux.go:68 144 56 112 0 , - stop@20:69,,
syscall.read syscall/zsyscall_linux_mips64.go:729 368 56 80 0 0,0100000 -8+8/8:01 syscall.Syscall@120:736,1,0000000
time.Sleep runtime/time.go:178 408 8 56 0 00, - runtime.gopark@376:195,00,
`,
  mips64le: `
os.(*file).close os/file_unix.go:306 680 24 80 0 000,100 -
runtime.(*hmap).newoverflow runtime/map.go:247 912 32 96 0 00,1110 -
runtime.(*mcache).allocLarge runtime/mcache.go:219 680 32 80 0 , -
runtime.(*mcache).nextFree runtime/malloc.go:938 704 40 64 0 0, -
runtime.(*mcache).refill runtime/mcache.go:147 888 16 64 0 0, -
runtime.(*mcentral).cacheSpan runtime/mcentral.go:81 1968 16 136 0 00000, -
runtime.(*mcentral).grow runtime/mcentral.go:250 312 16 64 0 , -
runtime.(*mheap).alloc runtime/mheap.go:953 160 32 64 0 00000, -40+40/32:08
runtime.(*scavengerState).park runtime/mgcscavenge.go:419 208 8 40 0 ,1 - runtime.gopark@156:408,,0
runtime.(*scavengerState).sleep runtime/mgcscavenge.go:465 792 16 112 0 ,1 - runtime.gopark@388:408,,1
runtime.GC runtime/mgc.go:433 680 0 56 0 0, - runtime.gcStart@128:466,0, runtime.gcWaitOnMark@92:461,0, runtime.mcall@184:342,0,
runtime.Goexit runtime/panic.go:614 184 0 136 0 0000000000000, -104+104/96:6d0d main@132:626,1011011010110,
runtime.SetFinalizer runtime/mfinal.go:410 2624 32 224 0 000000000000,0101 -64+48/48:36,-16+16/16:02,0+16/16:02,16+16/16:02
runtime.bgscavenge runtime/mgcscavenge.go:649 288 8 32 0 ,1 - runtime.(*scavengerState).park@188:658,,0 runtime.(*scavengerState).park#first@128:653,,0 runtime.(*scavengerState).sleep@276:662,,0 runtime.chansend1@104:652,,0
runtime.bgsweep runtime/mgcsweep.go:271 688 8 64 0 0,1 - runtime.chansend1@196:277,0,0 runtime.gopark@452:408,0,0 runtime.gopark#first@264:408,0,0 runtime.goschedIfBusy@616:302,0,0
runtime.block runtime/select.go:102 104 0 40 0 , - runtime.gopark@88:103,,
runtime.call16 runtime/asm_mips64x.s:385 208 48 24 0 ,111001 - main@152:385,,111001
runtime.call32 runtime/asm_mips64x.s:386 208 48 40 0 ,111001 - main@152:386,,111001
runtime.chanrecv runtime/chan.go:457 2072 32 112 0 000000,11 -16+16/16:02 runtime.gopark@1444:583,010100,00 runtime.gopark#nil@632:469,000000,00
runtime.chanrecv1 runtime/chan.go:441 64 16 40 0 ,11 - runtime.chanrecv@44:442,,00
runtime.chanrecv2 runtime/chan.go:446 72 24 40 0 ,11 - runtime.chanrecv@44:447,,00
runtime.chansend runtime/chan.go:160 1920 40 104 0 00000,11 -16+16/16:02 runtime.gopanic@1916:206,00000,00 runtime.gopark@1240:259,10100,11 runtime.gopark#nil@344:165,00000,00
runtime.chansend1 runtime/chan.go:144 72 16 48 0 ,11 - runtime.chansend@52:145,,00
runtime.closechan runtime/chan.go:357 1344 8 80 0 000000,1 -24+24/16:02 runtime.gopanic@1336:359,000000,0
runtime.concatstrings runtime/string.go:25 720 48 128 0 000,11000 -
runtime.createfing runtime/mfinal.go:161 184 0 16 0 , - runtime.newproc@168:164,,
runtime.deferproc runtime/panic.go:271 264 8 32 0 0,1 -
runtime.deferreturn runtime/panic.go:592 176 0 136 0 0000000000000, -104+104/96:6d0d main@132:602,1011011010110,
runtime.evacuate runtime/map.go:1169 1616 24 184 0 00000000000000,11 -112+64/64:dd
runtime.evacuate_fast32 runtime/map_fast32.go:374 1104 24 168 0 0000000000000,11 -104+64/64:dd
runtime.evacuate_fast64 runtime/map_fast64.go:376 1224 24 168 0 0000000000000,11 -104+64/64:dd
runtime.evacuate_faststr runtime/map_faststr.go:402 1168 24 168 0 0000000000000,11 -104+64/64:dd
runtime.forcegchelper runtime/proc.go:317 432 0 48 0 0, - runtime.gopark@316:408,0,
runtime.gcBgMarkStartWorkers runtime/mgc.go:1227 208 0 32 0 , - runtime.newproc@80:1234,,
runtime.gcBgMarkWorker runtime/mgc.go:1276 1712 0 144 0 000000, -24+24/24:06 runtime.gopark@320:1310,110000,
runtime.gcStart runtime/mgc.go:595 2184 24 184 0 000000000, -40+24/24:06,-16+16/16:02
runtime.gcWaitOnMark runtime/mgc.go:507 328 8 40 0 , - runtime.gopark@164:408,,
runtime.gcenable runtime/mgc.go:200 376 0 40 0 0, - runtime.chanrecv1@324:205,1, runtime.newproc@196:203,1,
runtime.gcenable.gowrap1 runtime/mgc.go:203 120 0 16 0 , - runtime.bgsweep@100:203,,
runtime.gcenable.gowrap2 runtime/mgc.go:204 120 0 16 0 , - runtime.bgscavenge@100:204,,
runtime.goPanicIndex runtime/panic.go:112 200 16 56 0 , - runtime.gopanic@196:114,,
runtime.goPanicSliceAcap runtime/panic.go:138 208 16 56 0 , - runtime.gopanic@200:140,,
runtime.goexit runtime/asm_mips64x.s:670 16 0 0 0 -, - main@4:671,-, runtime.forcegchelper@4:671,-, runtime.gcBgMarkWorker@4:671,-, runtime.gcenable.gowrap1@4:671,-, runtime.gcenable.gowrap2@4:671,-, runtime.main@4:671,-, runtime.runfinq@4:671,-,
runtime.gopanic runtime/panic.go:720 1136 16 168 0 000000000000000,01 -120+104/96:6d0d main@396:770,101101101011000,00
runtime.gopark runtime/proc.go:385 376 32 24 0 ,11 - stop@320:402,,00
runtime.goschedIfBusy runtime/proc.go:358 120 0 16 0 , - runtime.mcall@84:365,,
runtime.growWork runtime/map.go:1145 208 24 32 0 ,11 -
runtime.growWork_fast32 runtime/map_fast32.go:363 208 24 32 0 ,11 -
runtime.growWork_fast64 runtime/map_fast64.go:365 208 24 32 0 ,11 -
runtime.growWork_faststr runtime/map_faststr.go:391 208 24 32 0 ,11 -
runtime.growslice runtime/slice.go:155 2336 64 80 0 0,100010 -
runtime.hashGrow runtime/map.go:1053 704 16 72 0 00,11 -
runtime.init.5 runtime/proc.go:313 88 0 16 0 , - runtime.newproc@72:314,,
runtime.mProf_Malloc runtime/mprof.go:425 536 16 376 0 00000,1 -24+24/16:02
runtime.main runtime/proc.go:146 1576 0 112 1552 00000, -24+16/16:02 main@924:271,00001, runtime.gcenable@472:210,00001,
runtime.makeBucketArray runtime/map.go:346 848 40 48 0 ,10100 -
runtime.makechan runtime/chan.go:72 688 24 64 0 00,100 -
runtime.makemap runtime/map.go:305 576 32 72 0 00,1010 -
runtime.makemap_small runtime/map.go:294 120 8 40 0 0,0 -
runtime.makeslice runtime/slice.go:92 344 32 40 0 ,1000 - runtime.gopanic@236:29,,0000
runtime.mallocgc runtime/malloc.go:971 2640 32 144 0 00000,0100 -
runtime.mapassign runtime/map.go:579 1752 32 128 0 0000000,1110 -
runtime.mapassign_fast32 runtime/map_fast32.go:93 1136 32 64 0 0,1100 -
runtime.mapassign_fast64 runtime/map_fast64.go:93 1136 32 64 0 0,1100 - runtime.gopanic@1132:95,0,0000
runtime.mapassign_faststr runtime/map_faststr.go:203 1400 40 112 0 0000,11100 16+16/8:01
runtime.newBucket runtime/mprof.go:217 216 24 40 0 , -
runtime.newarray runtime/malloc.go:1404 272 24 40 0 ,100 -
runtime.newobject runtime/malloc.go:1389 104 16 40 0 ,10 -
runtime.newproc runtime/proc.go:4874 136 8 48 0 0000,1 -32+32/24:06
runtime.panicdivide runtime/panic.go:238 136 0 24 0 , - runtime.gopanic@132:240,,
runtime.panicdottypeE runtime/iface.go:261 200 24 32 0 ,111 - runtime.gopanic@156:262,,000
runtime.persistentalloc runtime/malloc.go:1526 160 32 64 0 00000,0010 -40+40/40:12
runtime.profilealloc runtime/malloc.go:1420 240 24 32 0 ,11 -
runtime.rt0_go runtime/asm_mips64x.s:14 248 -2147483648 48 0 -, - runtime.newproc@212:68,-,
runtime.runfinq runtime/mfinal.go:177 1608 0 168 0 0000000, - runtime.call16@1276:256,0001001, runtime.call32@1276:256,0001001, runtime.gopark@408:194,0010000,
runtime.selectgo runtime/select.go:121 5648 64 264 0 00000000000000000,110 -56+56/40:12 runtime.gopanic@3548:515,00000000000000000,000 runtime.gopark@2080:327,00011000100000000,100
runtime.semacquire1 runtime/sema.go:114 1112 40 72 0 000,1 - runtime.gopark@680:408,101,1
runtime.sigpanic runtime/signal_unix.go:862 1512 0 96 0 0000, -24+24/8:01 runtime.gopanic@1312:261,0000,
runtime.stkbucket runtime/mprof.go:263 1528 56 88 0 00,001 -
runtime.systemstack_switch runtime/asm_mips64x.s:150 40 0 8 0 -, - stop@8:150,-,
runtime/debug.WriteHeapDump runtime/heapdump.go:22 224 8 5848 0 000, -24+24/16:02 runtime.systemstack_switch@184:32,000,
sync.(*Cond).Wait sync/cond.go:66 336 8 48 0 00,1 -8+8/8:01 sync.runtime_notifyListWait@248:70,00,1
sync.(*Mutex).lockSlow sync/mutex.go:117 1000 8 72 0 ,1 - sync.runtime_SemacquireMutex@516:171,,1
sync.(*Once).doSlow sync/once.go:69 440 16 80 416 0000000,11 -48+16/16:02,-32+16/16:02 main@300:74,0000011,00
sync.(*RWMutex).Lock sync/rwmutex.go:140 304 8 32 0 ,1 - sync.(*Mutex).lockSlow@120:90,,1 sync.runtime_SemacquireRWMutex@284:151,,0
sync.(*WaitGroup).Wait sync/waitgroup.go:91 256 8 24 0 ,1 - sync.runtime_Semacquire@152:116,,1
sync.runtime_Semacquire runtime/sema.go:61 104 8 48 0 ,1 - runtime.semacquire1@88:62,,0
sync.runtime_SemacquireMutex runtime/sema.go:76 112 24 48 0 ,1 - runtime.semacquire1@96:77,,0
sync.runtime_SemacquireRWMutex runtime/sema.go:86 112 24 48 0 ,1 - runtime.semacquire1@96:87,,0
sync.runtime_SemacquireRWMutexR runtime/sema.go:81 112 24 48 0 ,1 - runtime.semacquire1@96:82,,0
sync.runtime_notifyListWait runtime/sema.go:544 600 16 72 0 000,1 - runtime.gopark@480:408,100,0
syscall.Syscall syscall/syscall_linux.go:68 144 56 112 0 , - stop@20:69,,
syscall.read syscall/zsyscall_linux_mips64le.go:729 368 56 80 0 0,0100000 -8+8/8:01 syscall.Syscall@120:736,1,0000000
time.Sleep runtime/time.go:178 408 8 56 0 00, - runtime.gopark@376:195,00,
`,
  mipsle: `
internal/poll.(*FD).Read internal/poll/fd_unix.go:140 984 28 76 960 00000,1100000 -12+8/8:02 internal/poll.(*pollDesc).wait@668:89,10001,1100001
internal/poll.(*pollDesc).wait internal/poll/fd_poll_runtime.go:80 480 20 20 0 ,10000 - internal/poll.runtime_pollWait@84:84,,00000
internal/poll.runtime_pollWait runtime/netpoll.go:336 484 12 24 0 0, - runtime.netpollblock@272:345,1,
os.(*File).Read os/file.go:114 276 28 36 0 ,1100000 - internal/poll.(*FD).Read@176:29,,1000000
os.(*file).close os/file_unix.go:306 620 12 40 0 000,100 -
runtime.(*hmap).newoverflow runtime/map.go:247 864 16 48 0 00,1110 -
runtime.(*mcache).allocLarge runtime/mcache.go:219 596 16 44 0 0, -
runtime.(*mcache).nextFree runtime/malloc.go:938 692 20 28 0 0, -
runtime.(*mcache).refill runtime/mcache.go:147 852 8 52 0 00, -
runtime.(*mcentral).cacheSpan runtime/mcentral.go:81 1896 8 76 0 00000, -
runtime.(*mcentral).grow runtime/mcentral.go:250 288 8 32 0 , -
runtime.(*mheap).alloc runtime/mheap.go:953 164 16 32 0 00000, -20+20/16:08
runtime.(*scavengerState).park runtime/mgcscavenge.go:419 200 4 20 0 ,1 - runtime.gopark@152:408,,0
runtime.(*scavengerState).sleep runtime/mgcscavenge.go:465 1140 12 92 0 ,1 - runtime.gopark@480:408,,1
runtime.GC runtime/mgc.go:433 572 0 32 0 0, - runtime.gcStart@128:466,0, runtime.gcWaitOnMark@88:461,0, runtime.mcall@180:342,0,
runtime.Goexit runtime/panic.go:614 192 0 68 0 0000000000000, -52+52/48:6d0d main@140:626,1011011010110,
runtime.SetFinalizer runtime/mfinal.go:410 2480 16 112 0 000000000000,0101 -32+24/24:36,-8+8/8:02,0+8/8:02,8+8/8:02
runtime.bgscavenge runtime/mgcscavenge.go:649 264 4 20 0 ,1 - runtime.(*scavengerState).park@168:658,,0 runtime.(*scavengerState).park#first@116:653,,0 runtime.(*scavengerState).sleep@256:662,,0 runtime.chansend1@96:652,,0
runtime.bgsweep runtime/mgcsweep.go:271 604 4 32 0 0,1 - runtime.chansend1@172:277,0,0 runtime.gopark@384:408,0,0 runtime.gopark#first@232:408,0,0 runtime.goschedIfBusy@536:302,0,0
runtime.block runtime/select.go:102 104 0 20 0 , - runtime.gopark@88:103,,
runtime.call16 runtime/asm_mipsx.s:360 208 28 20 0 ,1110001 - main@152:360,,1110001
runtime.chanrecv runtime/chan.go:457 2100 16 60 0 000000,11 -8+8/8:02 runtime.gopark@1456:583,010100,00 runtime.gopark#nil@656:469,000000,00
runtime.chanrecv1 runtime/chan.go:441 60 8 20 0 ,11 - runtime.chanrecv@44:442,,00
runtime.chanrecv2 runtime/chan.go:446 68 12 20 0 ,11 - runtime.chanrecv@44:447,,00
runtime.chansend runtime/chan.go:160 1940 20 56 0 00000,11 -8+8/8:02 runtime.gopanic@1936:206,00000,00 runtime.gopark@1260:259,10100,11 runtime.gopark#nil@380:165,00000,00
runtime.chansend1 runtime/chan.go:144 68 8 24 0 ,11 - runtime.chansend@52:145,,00
runtime.closechan runtime/chan.go:357 1328 4 40 0 000000,1 -12+12/8:02 runtime.gopanic@1324:359,000000,0
runtime.concatstrings runtime/string.go:25 712 24 64 0 000,11000 -
runtime.createfing runtime/mfinal.go:161 168 0 8 0 , - runtime.newproc@152:164,,
runtime.deferproc runtime/panic.go:271 256 4 16 0 0,1 -
runtime.deferreturn runtime/panic.go:592 184 0 68 0 0000000000000, -52+52/48:6d0d main@140:602,1011011010110,
runtime.evacuate runtime/map.go:1169 1520 12 92 0 00000000000000,11 -56+32/32:dd
runtime.evacuate_fast32 runtime/map_fast32.go:374 1148 12 84 0 0000000000000,11 -52+32/32:dd
runtime.evacuate_faststr runtime/map_faststr.go:402 1100 12 84 0 0000000000000,11 -52+32/32:dd
runtime.forcegchelper runtime/proc.go:317 396 0 24 0 0, - runtime.gopark@296:408,0,
runtime.gcBgMarkStartWorkers runtime/mgc.go:1227 188 0 20 0 , - runtime.newproc@76:1234,,
runtime.gcBgMarkWorker runtime/mgc.go:1276 1540 0 88 0 000000, -12+12/12:06 runtime.gopark@292:1310,110000,
runtime.gcStart runtime/mgc.go:595 2056 16 112 0 000000000, -20+12/12:06,-8+8/8:02
runtime.gcWaitOnMark runtime/mgc.go:507 284 4 20 0 , - runtime.gopark@148:408,,
runtime.gcenable runtime/mgc.go:200 344 0 20 0 0, - runtime.chanrecv1@296:205,1, runtime.newproc@180:203,1,
runtime.gcenable.gowrap1 runtime/mgc.go:203 116 0 8 0 , - runtime.bgsweep@100:203,,
runtime.gcenable.gowrap2 runtime/mgc.go:204 116 0 8 0 , - runtime.bgscavenge@100:204,,
runtime.goPanicIndex runtime/panic.go:112 200 8 32 0 , - runtime.gopanic@196:114,,
runtime.goPanicSliceAcap runtime/panic.go:138 204 8 32 0 , - runtime.gopanic@200:140,,
runtime.goexit runtime/asm_mipsx.s:640 16 0 0 0 -, - main@4:641,-, runtime.forcegchelper@4:641,-, runtime.gcBgMarkWorker@4:641,-, runtime.gcenable.gowrap1@4:641,-, runtime.gcenable.gowrap2@4:641,-, runtime.main@4:641,-, runtime.runfinq@4:641,-,
runtime.gopanic runtime/panic.go:720 1064 8 84 0 000000000000000,01 -60+52/48:6d0d main@360:770,101101101011000,00
runtime.gopark runtime/proc.go:385 344 16 12 0 ,11 - stop@296:402,,00
runtime.goschedIfBusy runtime/proc.go:358 104 0 8 0 , - runtime.mcall@72:365,,
runtime.growWork runtime/map.go:1145 188 12 16 0 ,11 -
runtime.growWork_fast32 runtime/map_fast32.go:363 188 12 16 0 ,11 -
runtime.growWork_faststr runtime/map_faststr.go:391 188 12 16 0 ,11 -
runtime.growslice runtime/slice.go:155 2204 32 40 0 0,100010 -
runtime.hashGrow runtime/map.go:1053 656 8 36 0 00,11 -
runtime.init.5 runtime/proc.go:313 84 0 8 0 , - runtime.newproc@68:314,,
runtime.mProf_Malloc runtime/mprof.go:425 516 8 192 0 00000,1 -12+12/8:02
runtime.main runtime/proc.go:146 1400 0 56 1376 00000, -12+8/8:02 main@820:271,00001, runtime.gcenable@444:210,00001,
runtime.makeBucketArray runtime/map.go:346 776 20 24 0 ,10100 -
runtime.makechan runtime/chan.go:72 700 12 32 0 00,100 -
runtime.makemap runtime/map.go:305 584 16 36 0 00,1010 -
runtime.makemap_small runtime/map.go:294 116 4 20 0 0,0 -
runtime.makeslice runtime/slice.go:92 424 16 20 0 ,1000 - runtime.gopanic@296:29,,0000
runtime.mallocgc runtime/malloc.go:971 3212 16 72 0 00000,0100 -
runtime.mapassign runtime/map.go:579 1604 16 64 0 0000000,1110 -
runtime.mapassign_fast32 runtime/map_fast32.go:93 1052 16 32 0 0,1100 - runtime.gopanic@1048:95,0,0000
runtime.mapassign_faststr runtime/map_faststr.go:203 1304 20 56 0 0000,11100 8+8/4:01
runtime.netpollblock runtime/netpoll.go:546 608 16 24 0 0, - runtime.gopark@440:573,1,
runtime.newBucket runtime/mprof.go:217 208 12 20 0 , -
runtime.newarray runtime/malloc.go:1404 312 12 20 0 ,100 -
runtime.newobject runtime/malloc.go:1389 104 8 20 0 ,10 -
runtime.newproc runtime/proc.go:4874 128 4 24 0 0000,1 -16+16/12:06
runtime.panicdivide runtime/panic.go:238 124 0 12 0 , - runtime.gopanic@120:240,,
runtime.panicdottypeE runtime/iface.go:261 184 12 16 0 ,111 - runtime.gopanic@144:262,,000
runtime.persistentalloc runtime/malloc.go:1526 164 16 32 0 00000,0010 -20+20/20:12
runtime.profilealloc runtime/malloc.go:1420 228 12 16 0 ,11 -
runtime.rt0_go runtime/asm_mipsx.s:14 232 -2147483648 32 0 -, - runtime.newproc@200:69,-,
runtime.runfinq runtime/mfinal.go:177 1464 0 88 0 0000000, - runtime.call16@1164:256,0001001, runtime.gopark@356:194,0010000,
runtime.selectgo runtime/select.go:121 5696 32 148 0 000000000000000000,110 -28+28/20:12 runtime.gopanic@3576:515,000000000000000000,000 runtime.gopark@2104:327,000110000100000000,100
runtime.semacquire1 runtime/sema.go:114 1176 20 40 0 000,1 - runtime.gopark@736:408,101,1
runtime.sigpanic runtime/signal_unix.go:862 1388 0 48 0 0000, -12+12/4:01 runtime.gopanic@1212:261,0000,
runtime.stkbucket runtime/mprof.go:263 1476 28 44 0 00,001 -
runtime.systemstack_switch runtime/asm_mipsx.s:149 40 0 4 0 -, - stop@8:149,-,
runtime/debug.WriteHeapDump runtime/heapdump.go:22 236 4 5572 0 000, -12+12/8:02 runtime.systemstack_switch@188:32,000,
sync.(*Cond).Wait sync/cond.go:66 328 4 24 0 00,1 -4+4/4:01 sync.runtime_notifyListWait@248:70,00,1
sync.(*Mutex).lockSlow sync/mutex.go:117 964 4 52 0 ,1 - sync.runtime_SemacquireMutex@500:171,,1
sync.(*Once).doSlow sync/once.go:69 416 8 40 392 0000000,11 -24+8/8:02,-16+8/8:02 main@284:74,0000011,00
sync.(*RWMutex).Lock sync/rwmutex.go:140 272 4 16 0 ,1 - sync.(*Mutex).lockSlow@120:90,,1 sync.runtime_SemacquireRWMutex@256:151,,0
sync.(*WaitGroup).Wait sync/waitgroup.go:91 256 4 28 0 ,1 - sync.runtime_Semacquire@152:116,,1
sync.runtime_Semacquire runtime/sema.go:61 104 4 24 0 ,1 - runtime.semacquire1@88:62,,0
sync.runtime_SemacquireMutex runtime/sema.go:76 112 12 24 0 ,1 - runtime.semacquire1@96:77,,0
sync.runtime_SemacquireRWMutex runtime/sema.go:86 112 12 24 0 ,1 - runtime.semacquire1@96:87,,0
sync.runtime_SemacquireRWMutexR runtime/sema.go:81 112 12 24 0 ,1 - runtime.semacquire1@96:82,,0
sync.runtime_notifyListWait runtime/sema.go:544 656 8 44 0 000,1 - runtime.gopark@512:408,100,0
syscall.Syscall syscall/syscall_linux.go:68 144 28 56 0 , - stop@20:69,,
syscall.read syscall/zsyscall_linux_mipsle.go:729 332 28 40 0 0,0100000 -4+4/4:01 syscall.Syscall@116:736,1,0000000
time.Sleep runtime/time.go:178 440 8 28 0 00, - runtime.gopark@408:195,00,
`,
  ppc64: `
internal/poll.(*FD).Read internal/poll/fd_unix.go:140 912 32 168 868 0000000,11 -24+16/16:02 internal/poll.(*pollDesc).wait@632:89,0110001,11
internal/poll.(*pollDesc).wait internal/poll/fd_poll_runtime.go:80 368 24 88 0 ,1 - internal/poll.runtime_pollWait@76:84,,0
internal/poll.runtime_pollWait runtime/netpoll.go:336 432 16 64 0 0, - runtime.netpollblock@244:345,1,
os.(*File).Read os/file.go:114 224 32 80 0 ,11 - internal/poll.(*FD).Read@164:29,,10
os.(*file).close os/file_unix.go:306 512 8 120 0 000,1 -
runtime.(*hmap).newoverflow runtime/map.go:247 768 24 144 0 00,111 -
runtime.(*mcache).allocLarge runtime/mcache.go:219 480 24 88 0 , -
runtime.(*mcache).nextFree runtime/malloc.go:938 496 16 80 0 0, -
runtime.(*mcache).refill runtime/mcache.go:147 640 16 96 0 0, -
runtime.(*mcentral).cacheSpan runtime/mcentral.go:81 1440 8 152 0 00000, -
runtime.(*mcentral).grow runtime/mcentral.go:250 224 8 72 0 , -
runtime.(*mheap).alloc runtime/mheap.go:953 160 24 88 0 00000, -40+40/32:08
runtime.(*scavengerState).park runtime/mgcscavenge.go:419 160 8 64 0 ,1 - runtime.gopark@112:408,,0
runtime.(*scavengerState).sleep runtime/mgcscavenge.go:465 640 16 128 0 ,1 - runtime.gopark@320:408,,1
runtime.GC runtime/mgc.go:433 512 0 72 0 0, - runtime.gcStart@96:466,0, runtime.gcWaitOnMark@72:461,0, runtime.mcall@128:342,0,
runtime.Goexit runtime/panic.go:614 160 0 160 0 0000000000000, -104+104/96:6d0d main@120:626,1011011010110,
runtime.SetFinalizer runtime/mfinal.go:410 1792 32 232 0 000000000000,0101 -64+48/48:36,-16+16/16:02,0+16/16:02,16+16/16:02
runtime.bgscavenge runtime/mgcscavenge.go:649 176 8 48 0 ,1 - runtime.(*scavengerState).park@116:658,,0 runtime.(*scavengerState).park#first@84:653,,0 runtime.(*scavengerState).sleep@164:662,,0 runtime.chansend1@72:652,,0
runtime.bgsweep runtime/mgcsweep.go:271 464 8 88 0 0,1 - runtime.chansend1@160:277,0,0 runtime.gopark@312:408,0,0 runtime.gopark#first@196:408,0,0 runtime.goschedIfBusy@420:302,0,0
runtime.block runtime/select.go:102 80 0 64 0 , - runtime.gopark@56:103,,
runtime.call16 runtime/asm_ppc64x.s:509 272 48 48 0 ,111001 - main@200:509,,111001
runtime.call32 runtime/asm_ppc64x.s:510 272 48 64 0 ,111001 - main@200:510,,111001
runtime.chanrecv runtime/chan.go:457 1808 24 152 0 0000000,11 -16+16/16:02 runtime.gopark@1268:583,0010100,00 runtime.gopark#nil@592:469,0000000,00
runtime.chanrecv1 runtime/chan.go:441 32 16 56 0 ,11 - runtime.chanrecv@16:442,,00
runtime.chanrecv2 runtime/chan.go:446 48 16 56 0 ,11 - runtime.chanrecv@16:447,,00
runtime.chansend runtime/chan.go:160 1632 32 144 0 000000,11 -16+16/16:02 runtime.gopanic@1624:206,000000,00 runtime.gopark@1136:259,010100,11 runtime.gopark#nil@320:165,000000,00
runtime.chansend1 runtime/chan.go:144 48 16 64 0 ,11 - runtime.chansend@20:145,,00
runtime.closechan runtime/chan.go:357 1168 8 104 0 000000,1 -24+24/16:02 runtime.gopanic@1152:359,000000,0
runtime.concatstrings runtime/string.go:25 576 32 128 0 0000,11 -
runtime.createfing runtime/mfinal.go:161 160 0 40 0 , - runtime.newproc@132:164,,
runtime.deferproc runtime/panic.go:271 224 8 56 0 0,1 -
runtime.deferreturn runtime/panic.go:592 160 0 160 0 0000000000000, -104+104/96:6d0d main@120:602,1011011010110,
runtime.evacuate runtime/map.go:1169 1392 24 200 0 00000000000000,11 -112+64/64:dd
runtime.evacuate_fast32 runtime/map_fast32.go:374 944 24 176 0 000000000000,11 -96+64/64:dd
runtime.evacuate_fast64 runtime/map_fast64.go:376 1072 24 184 0 0000000000000,11 -104+64/64:dd
runtime.evacuate_faststr runtime/map_faststr.go:402 1024 24 184 0 0000000000000,11 -104+64/64:dd
runtime.forcegchelper runtime/proc.go:317 304 0 72 0 0, - runtime.gopark@232:408,0,
runtime.gcBgMarkStartWorkers runtime/mgc.go:1227 144 0 48 0 , - runtime.newproc@48:1234,,
runtime.gcBgMarkWorker runtime/mgc.go:1276 1232 0 184 0 000000, -24+24/24:06 runtime.gopark@248:1310,110000,
runtime.gcStart runtime/mgc.go:595 1648 24 200 0 0000000, -40+24/24:06,-16+16/16:02
runtime.gcWaitOnMark runtime/mgc.go:507 240 8 64 0 , - runtime.gopark@116:408,,
runtime.gcenable runtime/mgc.go:200 256 0 88 0 0, - runtime.chanrecv1@208:205,1, runtime.newproc@124:203,1,
runtime.gcenable.gowrap1 runtime/mgc.go:203 96 0 40 0 , - runtime.bgsweep@76:203,,
runtime.gcenable.gowrap2 runtime/mgc.go:204 96 0 40 0 , - runtime.bgscavenge@76:204,,
runtime.goPanicIndex runtime/panic.go:112 160 16 80 0 , - runtime.gopanic@152:114,,
runtime.goPanicSliceAcap runtime/panic.go:138 160 16 80 0 , - runtime.gopanic@156:140,,
runtime.goexit runtime/asm_ppc64x.s:1017 16 0 0 0 -, - main@4:1018,-, runtime.forcegchelper@4:1018,-, runtime.gcBgMarkWorker@4:1018,-, runtime.gcenable.gowrap1@4:1018,-, runtime.gcenable.gowrap2@4:1018,-, runtime.main@4:1018,-, runtime.runfinq@4:1018,-,
runtime.gopanic runtime/panic.go:720 752 16 192 0 000000000000000,01 -120+104/96:6d0d main@340:770,101101101011000,00
runtime.gopark runtime/proc.go:385 320 32 48 0 ,11 - stop@276:402,,00
runtime.goschedIfBusy runtime/proc.go:358 112 0 40 0 , - runtime.mcall@72:365,,
runtime.growWork runtime/map.go:1145 160 24 56 0 ,11 -
runtime.growWork_fast32 runtime/map_fast32.go:363 160 24 56 0 ,11 -
runtime.growWork_fast64 runtime/map_fast64.go:365 160 24 56 0 ,11 -
runtime.growWork_faststr runtime/map_faststr.go:391 160 24 56 0 ,11 -
runtime.growslice runtime/slice.go:155 1760 40 112 0 0,10001 -
runtime.hashGrow runtime/map.go:1053 560 16 104 0 00,11 -
runtime.init.5 runtime/proc.go:313 64 0 40 0 , - runtime.newproc@44:314,,
runtime.mProf_Malloc runtime/mprof.go:425 448 16 392 0 00000,1 -24+24/16:02
runtime.main runtime/proc.go:146 1200 0 136 1180 00000, -24+16/16:02 main@752:271,00001, runtime.gcenable@404:210,00001,
runtime.makeBucketArray runtime/map.go:346 608 24 64 0 ,101 -
runtime.makechan runtime/chan.go:72 576 16 104 0 00,1 -
runtime.makemap runtime/map.go:305 496 24 104 0 00,101 -
runtime.makemap_small runtime/map.go:294 80 0 88 0 0, -
runtime.makeslice runtime/slice.go:92 336 24 56 0 ,1 - runtime.gopanic@248:29,,0
runtime.mallocgc runtime/malloc.go:971 2528 24 152 0 00000,01 -
runtime.mapassign runtime/map.go:579 1328 24 144 0 0000000,111 -
runtime.mapassign_fast32 runtime/map_fast32.go:93 864 24 80 0 0,11 -
runtime.mapassign_fast64 runtime/map_fast64.go:93 864 24 80 0 0,11 - runtime.gopanic@852:95,0,00
runtime.mapassign_faststr runtime/map_faststr.go:203 1104 32 128 0 0000,111 16+16/8:01
runtime.netpollblock runtime/netpoll.go:546 528 16 72 0 0, - runtime.gopark@396:573,1,
runtime.newBucket runtime/mprof.go:217 176 16 56 0 , -
runtime.newarray runtime/malloc.go:1404 256 16 56 0 ,1 -
runtime.newobject runtime/malloc.go:1389 80 8 56 0 ,1 -
runtime.newproc runtime/proc.go:4874 128 8 72 0 0000,1 -32+32/24:06
runtime.panicdivide runtime/panic.go:238 96 0 48 0 , - runtime.gopanic@84:240,,
runtime.panicdottypeE runtime/iface.go:261 176 24 80 0 ,111 - runtime.gopanic@144:262,,000
runtime.persistentalloc runtime/malloc.go:1526 160 24 88 0 00000,001 -40+40/40:12
runtime.profilealloc runtime/malloc.go:1420 208 24 56 0 ,11 -
runtime.rt0_go runtime/asm_ppc64x.s:19 256 -2147483648 152 0 -, - runtime.newproc@216:96,-,
runtime.runfinq runtime/mfinal.go:177 1312 0 488 0 00000000000000000000000000000000000000000000, -352+296/288:000000ff0f runtime.call16@1080:256,00000000000000000000000000000000000000001001, runtime.call32@1080:256,00000000000000000000000000000000000000001001, runtime.gopark@288:194,00000000000000000000000000000000000000010000,
runtime.selectgo runtime/select.go:121 4960 48 320 0 00000000000000000000,110 -56+56/40:12 runtime.gopanic@3220:515,00000000000000000000,000 runtime.gopark@1816:327,00000100010010000000,100
runtime.semacquire1 runtime/sema.go:114 928 40 96 0 000,1 - runtime.gopark@580:408,101,1
runtime.sigpanic runtime/signal_unix.go:862 960 0 112 0 0000, -24+24/8:01 runtime.gopanic@844:261,0000,
runtime.stkbucket runtime/mprof.go:263 1312 48 120 0 0000,001 -
runtime.systemstack_switch runtime/asm_ppc64x.s:207 48 0 32 0 -, - stop@16:212,-,
runtime/debug.WriteHeapDump runtime/heapdump.go:22 208 8 5864 0 000, -24+24/16:02 runtime.systemstack_switch@172:32,000,
sync.(*Cond).Wait sync/cond.go:66 272 8 72 0 00,1 -8+8/8:01 sync.runtime_notifyListWait@204:70,00,1
sync.(*Mutex).lockSlow sync/mutex.go:117 736 8 88 0 ,1 - sync.runtime_SemacquireMutex@376:171,,1
sync.(*Once).doSlow sync/once.go:69 416 16 104 388 0000000,11 -48+16/16:02,-32+16/16:02 main@288:74,0000011,00
sync.(*RWMutex).Lock sync/rwmutex.go:140 224 8 56 0 ,1 - sync.(*Mutex).lockSlow@100:90,,1 sync.runtime_SemacquireRWMutex@200:151,,0
sync.(*WaitGroup).Wait sync/waitgroup.go:91 224 8 48 0 ,1 - sync.runtime_Semacquire@136:116,,1
sync.runtime_Semacquire runtime/sema.go:61 80 8 72 0 ,1 - runtime.semacquire1@60:62,,0
sync.runtime_SemacquireMutex runtime/sema.go:76 96 24 72 0 ,1 - runtime.semacquire1@72:77,,0
sync.runtime_SemacquireRWMutex runtime/sema.go:86 96 24 72 0 ,1 - runtime.semacquire1@72:87,,0
sync.runtime_SemacquireRWMutexR runtime/sema.go:81 96 24 72 0 ,1 - runtime.semacquire1@72:82,,0
sync.runtime_notifyListWait runtime/sema.go:544 480 16 96 0 000,1 - runtime.gopark@392:408,100,0
syscall.Syscall syscall/syscall_linux.go:68 112 32 112 0 , - stop@28:69,,
syscall.read syscall/zsyscall_linux_ppc64.go:729 272 32 80 0 0,01 -8+8/8:01 syscall.Syscall@108:736,1,00
time.Sleep runtime/time.go:178 320 8 96 0 00, - runtime.gopark@284:195,00,
`,
  ppc64le: `
internal/poll.(*FD).Read internal/poll/fd_unix.go:140 912 32 168 868 0000000,11 -24+16/16:02 internal/poll.(*pollDesc).wait@632:89,0110001,11
internal/poll.(*pollDesc).wait internal/poll/fd_poll_runtime.go:80 368 24 88 0 ,1 - internal/poll.runtime_pollWait@76:84,,0
internal/poll.runtime_pollWait runtime/netpoll.go:336 432 16 64 0 0, - runtime.netpollblock@244:345,1,
os.(*File).Read os/file.go:114 224 32 80 0 ,11 - internal/poll.(*FD).Read@164:29,,10
os.(*file).close os/file_unix.go:306 512 8 120 0 000,1 -
runtime.(*hmap).newoverflow runtime/map.go:247 768 24 144 0 00,111 -
runtime.(*mcache).allocLarge runtime/mcache.go:219 480 24 88 0 , -
runtime.(*mcache).nextFree runtime/malloc.go:938 496 16 80 0 0, -
runtime.(*mcache).refill runtime/mcache.go:147 640 16 96 0 0, -
runtime.(*mcentral).cacheSpan runtime/mcentral.go:81 1440 8 152 0 00000, -
runtime.(*mcentral).grow runtime/mcentral.go:250 224 8 72 0 , -
runtime.(*mheap).alloc runtime/mheap.go:953 160 24 88 0 00000, -40+40/32:08
runtime.(*scavengerState).park runtime/mgcscavenge.go:419 160 8 64 0 ,1 - runtime.gopark@112:408,,0
runtime.(*scavengerState).sleep runtime/mgcscavenge.go:465 640 16 128 0 ,1 - runtime.gopark@320:408,,1
runtime.GC runtime/mgc.go:433 512 0 72 0 0, - runtime.gcStart@96:466,0, runtime.gcWaitOnMark@72:461,0, runtime.mcall@128:342,0,
runtime.Goexit runtime/panic.go:614 160 0 160 0 0000000000000, -104+104/96:6d0d main@120:626,1011011010110,
runtime.SetFinalizer runtime/mfinal.go:410 1792 32 232 0 000000000000,0101 -64+48/48:36,-16+16/16:02,0+16/16:02,16+16/16:02
runtime.bgscavenge runtime/mgcscavenge.go:649 176 8 48 0 ,1 - runtime.(*scavengerState).park@116:658,,0 runtime.(*scavengerState).park#first@84:653,,0 runtime.(*scavengerState).sleep@164:662,,0 runtime.chansend1@72:652,,0
runtime.bgsweep runtime/mgcsweep.go:271 464 8 88 0 0,1 - runtime.chansend1@160:277,0,0 runtime.gopark@312:408,0,0 runtime.gopark#first@196:408,0,0 runtime.goschedIfBusy@420:302,0,0
runtime.block runtime/select.go:102 80 0 64 0 , - runtime.gopark@56:103,,
runtime.call16 runtime/asm_ppc64x.s:509 272 48 48 0 ,111001 - main@200:509,,111001
runtime.call32 runtime/asm_ppc64x.s:510 272 48 64 0 ,111001 - main@200:510,,111001
runtime.chanrecv runtime/chan.go:457 1808 24 152 0 0000000,11 -16+16/16:02 runtime.gopark@1268:583,0010100,00 runtime.gopark#nil@592:469,0000000,00
runtime.chanrecv1 runtime/chan.go:441 32 16 56 0 ,11 - runtime.chanrecv@16:442,,00
runtime.chanrecv2 runtime/chan.go:446 48 16 56 0 ,11 - runtime.chanrecv@16:447,,00
runtime.chansend runtime/chan.go:160 1632 32 144 0 000000,11 -16+16/16:02 runtime.gopanic@1624:206,000000,00 runtime.gopark@1136:259,010100,11 runtime.gopark#nil@320:165,000000,00
runtime.chansend1 runtime/chan.go:144 48 16 64 0 ,11 - runtime.chansend@20:145,,00
runtime.closechan runtime/chan.go:357 1168 8 104 0 000000,1 -24+24/16:02 runtime.gopanic@1152:359,000000,0
runtime.concatstrings runtime/string.go:25 576 32 128 0 0000,11 -
runtime.createfing runtime/mfinal.go:161 160 0 40 0 , - runtime.newproc@132:164,,
runtime.deferproc runtime/panic.go:271 224 8 56 0 0,1 -
runtime.deferreturn runtime/panic.go:592 160 0 160 0 0000000000000, -104+104/96:6d0d main@120:602,1011011010110,
runtime.evacuate runtime/map.go:1169 1392 24 200 0 00000000000000,11 -112+64/64:dd
runtime.evacuate_fast32 runtime/map_fast32.go:374 944 24 176 0 000000000000,11 -96+64/64:dd
runtime.evacuate_fast64 runtime/map_fast64.go:376 1072 24 184 0 0000000000000,11 -104+64/64:dd
runtime.evacuate_faststr runtime/map_faststr.go:402 1024 24 184 0 0000000000000,11 -104+64/64:dd
runtime.forcegchelper runtime/proc.go:317 304 0 72 0 0, - runtime.gopark@232:408,0,
runtime.gcBgMarkStartWorkers runtime/mgc.go:1227 144 0 48 0 , - runtime.newproc@48:1234,,
runtime.gcBgMarkWorker runtime/mgc.go:1276 1232 0 184 0 000000, -24+24/24:06 runtime.gopark@248:1310,110000,
runtime.gcStart runtime/mgc.go:595 1648 24 200 0 0000000, -40+24/24:06,-16+16/16:02
runtime.gcWaitOnMark runtime/mgc.go:507 240 8 64 0 , - runtime.gopark@116:408,,
runtime.gcenable runtime/mgc.go:200 256 0 88 0 0, - runtime.chanrecv1@208:205,1, runtime.newproc@124:203,1,
runtime.gcenable.gowrap1 runtime/mgc.go:203 96 0 40 0 , - runtime.bgsweep@76:203,,
runtime.gcenable.gowrap2 runtime/mgc.go:204 96 0 40 0 , - runtime.bgscavenge@76:204,,
runtime.goPanicIndex runtime/panic.go:112 160 16 80 0 , - runtime.gopanic@152:114,,
runtime.goPanicSliceAcap runtime/panic.go:138 160 16 80 0 , - runtime.gopanic@156:140,,
runtime.goexit runtime/asm_ppc64x.s:1017 16 0 0 0 -, - main@4:1018,-, runtime.forcegchelper@4:1018,-, runtime.gcBgMarkWorker@4:1018,-, runtime.gcenable.gowrap1@4:1018,-, runtime.gcenable.gowrap2@4:1018,-, runtime.main@4:1018,-, runtime.runfinq@4:1018,-,
runtime.gopanic runtime/panic.go:720 752 16 192 0 000000000000000,01 -120+104/96:6d0d main@340:770,101101101011000,00
runtime.gopark runtime/proc.go:385 320 32 48 0 ,11 - stop@276:402,,00
runtime.goschedIfBusy runtime/proc.go:358 112 0 40 0 , - runtime.mcall@72:365,,
runtime.growWork runtime/map.go:1145 160 24 56 0 ,11 -
runtime.growWork_fast32 runtime/map_fast32.go:363 160 24 56 0 ,11 -
runtime.growWork_fast64 runtime/map_fast64.go:365 160 24 56 0 ,11 -
runtime.growWork_faststr runtime/map_faststr.go:391 160 24 56 0 ,11 -
runtime.growslice runtime/slice.go:155 1760 40 112 0 0,10001 -
runtime.hashGrow runtime/map.go:1053 560 16 104 0 00,11 -
runtime.init.5 runtime/proc.go:313 64 0 40 0 , - runtime.newproc@44:314,,
runtime.mProf_Malloc runtime/mprof.go:425 448 16 392 0 00000,1 -24+24/16:02
runtime.main runtime/proc.go:146 1200 0 136 1180 00000, -24+16/16:02 main@752:271,00001, runtime.gcenable@404:210,00001,
runtime.makeBucketArray runtime/map.go:346 608 24 64 0 ,101 -
runtime.makechan runtime/chan.go:72 576 16 104 0 00,1 -
runtime.makemap runtime/map.go:305 496 24 104 0 00,101 -
runtime.makemap_small runtime/map.go:294 80 0 88 0 0, -
runtime.makeslice runtime/slice.go:92 336 24 56 0 ,1 - runtime.gopanic@248:29,,0
runtime.mallocgc runtime/malloc.go:971 2528 24 152 0 00000,01 -
runtime.mapassign runtime/map.go:579 1328 24 144 0 0000000,111 -
runtime.mapassign_fast32 runtime/map_fast32.go:93 864 24 80 0 0,11 -
runtime.mapassign_fast64 runtime/map_fast64.go:93 864 24 80 0 0,11 - runtime.gopanic@852:95,0,00
runtime.mapassign_faststr runtime/map_faststr.go:203 1104 32 128 0 0000,111 16+16/8:01
runtime.netpollblock runtime/netpoll.go:546 528 16 72 0 0, - runtime.gopark@396:573,1,
runtime.newBucket runtime/mprof.go:217 176 16 56 0 , -
runtime.newarray runtime/malloc.go:1404 256 16 56 0 ,1 -
runtime.newobject runtime/malloc.go:1389 80 8 56 0 ,1 -
runtime.newproc runtime/proc.go:4874 128 8 72 0 0000,1 -32+32/24:06
runtime.panicdivide runtime/panic.go:238 96 0 48 0 , - runtime.gopanic@84:240,,
runtime.panicdottypeE runtime/iface.go:261 176 24 80 0 ,111 - runtime.gopanic@144:262,,000
runtime.persistentalloc runtime/malloc.go:1526 160 24 88 0 00000,001 -40+40/40:12
runtime.profilealloc runtime/malloc.go:1420 208 24 56 0 ,11 -
runtime.rt0_go runtime/asm_ppc64x.s:19 256 -2147483648 152 0 -, - runtime.newproc@208:96,-,
runtime.runfinq runtime/mfinal.go:177 1312 0 488 0 00000000000000000000000000000000000000000000, -352+296/288:000000ff0f runtime.call16@1080:256,00000000000000000000000000000000000000001001, runtime.call32@1080:256,00000000000000000000000000000000000000001001, runtime.gopark@288:194,00000000000000000000000000000000000000010000,
runtime.selectgo runtime/select.go:121 4960 48 320 0 00000000000000000000,110 -56+56/40:12 runtime.gopanic@3220:515,00000000000000000000,000 runtime.gopark@1816:327,00000100010010000000,100
runtime.semacquire1 runtime/sema.go:114 928 40 96 0 000,1 - runtime.gopark@580:408,101,1
runtime.sigpanic runtime/signal_unix.go:862 960 0 112 0 0000, -24+24/8:01 runtime.gopanic@844:261,0000,
runtime.stkbucket runtime/mprof.go:263 1312 48 120 0 0000,001 -
runtime.systemstack_switch runtime/asm_ppc64x.s:207 48 0 32 0 -, - stop@16:212,-,
runtime/debug.WriteHeapDump runtime/heapdump.go:22 208 8 5864 0 000, -24+24/16:02 runtime.systemstack_switch@172:32,000,
sync.(*Cond).Wait sync/cond.go:66 272 8 72 0 00,1 -8+8/8:01 sync.runtime_notifyListWait@204:70,00,1
sync.(*Mutex).lockSlow sync/mutex.go:117 736 8 88 0 ,1 - sync.runtime_SemacquireMutex@376:171,,1
sync.(*Once).doSlow sync/once.go:69 416 16 104 388 0000000,11 -48+16/16:02,-32+16/16:02 main@288:74,0000011,00
sync.(*RWMutex).Lock sync/rwmutex.go:140 224 8 56 0 ,1 - sync.(*Mutex).lockSlow@100:90,,1 sync.runtime_SemacquireRWMutex@200:151,,0
sync.(*WaitGroup).Wait sync/waitgroup.go:91 224 8 48 0 ,1 - sync.runtime_Semacquire@136:116,,1
sync.runtime_Semacquire runtime/sema.go:61 80 8 72 0 ,1 - runtime.semacquire1@60:62,,0
sync.runtime_SemacquireMutex runtime/sema.go:76 96 24 72 0 ,1 - runtime.semacquire1@72:77,,0
sync.runtime_SemacquireRWMutex runtime/sema.go:86 96 24 72 0 ,1 - runtime.semacquire1@72:87,,0
sync.runtime_SemacquireRWMutexR runtime/sema.go:81 96 24 72 0 ,1 - runtime.semacquire1@72:82,,0
sync.runtime_notifyListWait runtime/sema.go:544 480 16 96 0 000,1 - runtime.gopark@392:408,100,0
syscall.Syscall syscall/syscall_linux.go:68 112 32 112 0 , - stop@28:69,,
syscall.read syscall/zsyscall_linux_ppc64le.go:729 272 32 80 0 0,01 -8+8/8:01 syscall.Syscall@108:736,1,00
time.Sleep runtime/time.go:178 320 8 96 0 00, - runtime.gopark@284:195,00,
`,
  riscv64: `
internal/poll.(*FD).Read internal/poll/fd_unix.go:140 808 32 144 780 0000000,11 -24+16/16:02 internal/poll.(*pollDesc).wait@572:89,0110001,11
internal/poll.(*pollDesc).wait internal/poll/fd_poll_runtime.go:80 344 24 40 0 ,1 - internal/poll.runtime_pollWait@68:84,,0
internal/poll.runtime_pollWait runtime/netpoll.go:336 344 16 32 0 0, - runtime.netpollblock@192:345,1,
os.(*File).Read os/file.go:114 208 32 56 0 ,11 - internal/poll.(*FD).Read@148:29,,10
os.(*file).close os/file_unix.go:306 448 8 80 0 000,1 -
runtime.(*hmap).newoverflow runtime/map.go:247 656 24 96 0 00,111 -
runtime.(*mcache).allocLarge runtime/mcache.go:219 432 24 64 0 , -
runtime.(*mcache).nextFree runtime/malloc.go:938 456 16 64 0 0, -
runtime.(*mcache).refill runtime/mcache.go:147 584 16 72 0 0, -
runtime.(*mcentral).cacheSpan runtime/mcentral.go:81 1264 8 128 0 00000, -
runtime.(*mcentral).grow runtime/mcentral.go:250 216 8 56 0 , -
runtime.(*mheap).alloc runtime/mheap.go:953 128 24 64 0 00000, -40+40/32:08
runtime.(*scavengerState).park runtime/mgcscavenge.go:419 136 8 40 0 ,1 - runtime.gopark@104:408,,0
runtime.(*scavengerState).sleep runtime/mgcscavenge.go:465 576 16 120 0 0,1 - runtime.gopark@284:408,1,1
runtime.GC runtime/mgc.go:433 456 0 56 0 0, - runtime.gcStart@76:466,0, runtime.gcWaitOnMark@52:461,0, runtime.mcall@108:342,0,
runtime.Goexit runtime/panic.go:614 112 0 136 0 0000000000000, -104+104/96:6d0d main@80:626,1011011010110,
runtime.SetFinalizer runtime/mfinal.go:410 1656 32 208 0 000000000000,0101 -64+48/48:36,-16+16/16:02,0+16/16:02,16+16/16:02
runtime.bgscavenge runtime/mgcscavenge.go:649 152 8 24 0 ,1 - runtime.(*scavengerState).park@108:658,,0 runtime.(*scavengerState).park#first@80:653,,0 runtime.(*scavengerState).sleep@144:662,,0 runtime.chansend1@68:652,,0
runtime.bgsweep runtime/mgcsweep.go:271 448 8 64 0 0,1 - runtime.chansend1@144:277,0,0 runtime.gopark@292:408,0,0 runtime.gopark#first@180:408,0,0 runtime.goschedIfBusy@400:302,0,0
runtime.block runtime/select.go:102 64 0 40 0 , - runtime.gopark@52:103,,
runtime.call16 runtime/asm_riscv64.s:493 184 48 24 0 ,111001 - main@100:493,,111001
runtime.call32 runtime/asm_riscv64.s:494 184 48 40 0 ,111001 - main@100:494,,111001
runtime.chanrecv runtime/chan.go:457 1504 24 120 0 000000,11 -16+16/16:02 runtime.gopark@1056:583,010100,00 runtime.gopark#nil@436:469,000000,00
runtime.chanrecv1 runtime/chan.go:441 32 16 32 0 ,11 - runtime.chanrecv@20:442,,00
runtime.chanrecv2 runtime/chan.go:446 40 16 32 0 ,11 - runtime.chanrecv@20:447,,00
runtime.chansend runtime/chan.go:160 1400 32 112 0 00000,11 -16+16/16:02 runtime.gopanic@1396:206,00000,00 runtime.gopark@952:259,10100,11 runtime.gopark#nil@276:165,00000,00
runtime.chansend1 runtime/chan.go:144 40 16 40 0 ,11 - runtime.chansend@24:145,,00
runtime.closechan runtime/chan.go:357 984 8 80 0 000000,1 -24+24/16:02 runtime.gopanic@980:359,000000,0
runtime.concatstrings runtime/string.go:25 520 32 104 0 0000,11 -
runtime.createfing runtime/mfinal.go:161 112 0 16 0 , - runtime.newproc@100:164,,
runtime.deferproc runtime/panic.go:271 208 8 32 0 0,1 -
runtime.deferreturn runtime/panic.go:592 112 0 136 0 0000000000000, -104+104/96:6d0d main@80:602,1011011010110,
runtime.evacuate runtime/map.go:1169 1336 24 176 0 00000000000000,11 -112+64/64:dd
runtime.evacuate_fast32 runtime/map_fast32.go:374 920 24 160 0 0000000000000,11 -104+64/64:dd
runtime.evacuate_fast64 runtime/map_fast64.go:376 1016 24 160 0 0000000000000,11 -104+64/64:dd
runtime.evacuate_faststr runtime/map_faststr.go:402 984 24 160 0 0000000000000,11 -104+64/64:dd
runtime.forcegchelper runtime/proc.go:317 272 0 48 0 0, - runtime.gopark@212:408,0,
runtime.gcBgMarkStartWorkers runtime/mgc.go:1227 128 0 24 0 , - runtime.newproc@44:1234,,
runtime.gcBgMarkWorker runtime/mgc.go:1276 1192 0 144 0 000000, -24+24/24:06 runtime.gopark@228:1310,110000,
runtime.gcStart runtime/mgc.go:595 1464 24 192 0 0000000, -40+24/24:06,-16+16/16:02
runtime.gcWaitOnMark runtime/mgc.go:507 224 8 40 0 , - runtime.gopark@112:408,,
runtime.gcenable runtime/mgc.go:200 224 0 40 0 0, - runtime.chanrecv1@188:205,1, runtime.newproc@112:203,1,
runtime.gcenable.gowrap1 runtime/mgc.go:203 80 0 16 0 , - runtime.bgsweep@44:203,,
runtime.gcenable.gowrap2 runtime/mgc.go:204 80 0 16 0 , - runtime.bgscavenge@44:204,,
runtime.goPanicIndex runtime/panic.go:112 152 16 56 0 , - runtime.gopanic@148:114,,
runtime.goPanicSliceAcap runtime/panic.go:138 160 16 56 0 , - runtime.gopanic@152:140,,
runtime.goexit runtime/asm_riscv64.s:539 16 0 0 0 -, - main@4:540,-, runtime.forcegchelper@4:540,-, runtime.gcBgMarkWorker@4:540,-, runtime.gcenable.gowrap1@4:540,-, runtime.gcenable.gowrap2@4:540,-, runtime.main@4:540,-, runtime.runfinq@4:540,-,
runtime.gopanic runtime/panic.go:720 664 16 168 0 000000000000000,01 -120+104/96:6d0d main@264:770,101101101011000,00
runtime.gopark runtime/proc.go:385 296 32 24 0 ,11 - stop@264:402,,00
runtime.goschedIfBusy runtime/proc.go:358 80 0 16 0 , - runtime.mcall@56:365,,
runtime.growWork runtime/map.go:1145 144 24 32 0 ,11 -
runtime.growWork_fast32 runtime/map_fast32.go:363 144 24 32 0 ,11 -
runtime.growWork_fast64 runtime/map_fast64.go:365 144 24 32 0 ,11 -
runtime.growWork_faststr runtime/map_faststr.go:391 144 24 32 0 ,11 -
runtime.growslice runtime/slice.go:155 1640 40 88 0 0,10001 -
runtime.hashGrow runtime/map.go:1053 504 16 56 0 00,11 -
runtime.init.5 runtime/proc.go:313 56 0 16 0 , - runtime.newproc@40:314,,
runtime.mProf_Malloc runtime/mprof.go:425 408 16 368 0 00000,1 -24+24/16:02
runtime.main runtime/proc.go:146 1032 0 112 1016 00000, -24+16/16:02 main@640:271,00001, runtime.gcenable@364:210,00001,
runtime.makeBucketArray runtime/map.go:346 568 24 40 0 ,101 -
runtime.makechan runtime/chan.go:72 456 16 56 0 00,1 -
runtime.makemap runtime/map.go:305 392 24 56 0 00,101 -
runtime.makemap_small runtime/map.go:294 72 0 40 0 0, -
runtime.makeslice runtime/slice.go:92 216 24 32 0 ,1 - runtime.gopanic@168:29,,0
runtime.mallocgc runtime/malloc.go:971 1976 24 144 0 00000,01 -
runtime.mapassign runtime/map.go:579 1264 24 120 0 0000000,111 -
runtime.mapassign_fast32 runtime/map_fast32.go:93 816 24 56 0 0,11 -
runtime.mapassign_fast64 runtime/map_fast64.go:93 816 24 56 0 0,11 - runtime.gopanic@812:95,0,00
runtime.mapassign_faststr runtime/map_faststr.go:203 1040 32 104 0 0000,111 16+16/8:01
runtime.netpollblock runtime/netpoll.go:546 400 16 48 0 0, - runtime.gopark@300:573,1,
runtime.newBucket runtime/mprof.go:217 160 16 32 0 , -
runtime.newarray runtime/malloc.go:1404 176 16 32 0 ,1 -
runtime.newobject runtime/malloc.go:1389 72 8 32 0 ,1 -
runtime.newproc runtime/proc.go:4874 112 8 48 0 0000,1 -32+32/24:06
runtime.panicdivide runtime/panic.go:238 80 0 24 0 , - runtime.gopanic@76:240,,
runtime.panicdottypeE runtime/iface.go:261 168 24 32 0 ,111 - runtime.gopanic@136:262,,000
runtime.persistentalloc runtime/malloc.go:1526 128 24 64 0 00000,001 -40+40/40:12
runtime.profilealloc runtime/malloc.go:1420 192 24 32 0 ,11 -
runtime.rt0_go runtime/asm_riscv64.s:10 192 -2147483648 48 0 -, - runtime.newproc@164:63,-,
runtime.runfinq runtime/mfinal.go:177 1144 0 560 0 00000000000000000000000000000000000000000000000000000000, -448+392/384:00000000ffff runtime.call16@940:256,00000000000000000000000000000000000000000000000000001001, runtime.call32@940:256,00000000000000000000000000000000000000000000000000001001, runtime.gopark@264:194,00000000000000000000000000000000000000000000000000010000,
runtime.selectgo runtime/select.go:121 4208 48 264 0 00000000000000000,110 -56+56/40:12 runtime.gopanic@2712:515,00000000000000000,000 runtime.gopark@1608:327,00010001010000000,100
runtime.semacquire1 runtime/sema.go:114 800 40 72 0 000,1 - runtime.gopark@536:408,101,1
runtime.sigpanic runtime/signal_unix.go:862 936 0 88 0 0000, -24+24/8:01 runtime.gopanic@816:261,0000,
runtime.stkbucket runtime/mprof.go:263 1072 48 80 0 00,001 -
runtime.systemstack_switch runtime/asm_riscv64.s:96 32 0 8 0 -, - stop@8:96,-,
runtime/debug.WriteHeapDump runtime/heapdump.go:22 296 8 5840 0 000, -24+24/16:02 runtime.systemstack_switch@256:32,000,
sync.(*Cond).Wait sync/cond.go:66 232 8 48 0 00,1 -8+8/8:01 sync.runtime_notifyListWait@176:70,00,1
sync.(*Mutex).lockSlow sync/mutex.go:117 712 8 80 0 ,1 - sync.runtime_SemacquireMutex@384:171,,1
sync.(*Once).doSlow sync/once.go:69 352 16 80 332 0000000,11 -48+16/16:02,-32+16/16:02 main@252:74,0000011,00
sync.(*RWMutex).Lock sync/rwmutex.go:140 168 8 32 0 ,1 - sync.(*Mutex).lockSlow@80:90,,1 sync.runtime_SemacquireRWMutex@156:151,,0
sync.(*WaitGroup).Wait sync/waitgroup.go:91 160 8 24 0 ,1 - sync.runtime_Semacquire@100:116,,1
sync.runtime_Semacquire runtime/sema.go:61 72 8 48 0 ,1 - runtime.semacquire1@56:62,,0
sync.runtime_SemacquireMutex runtime/sema.go:76 80 24 48 0 ,1 - runtime.semacquire1@68:77,,0
sync.runtime_SemacquireRWMutex runtime/sema.go:86 80 24 48 0 ,1 - runtime.semacquire1@68:87,,0
sync.runtime_SemacquireRWMutexR runtime/sema.go:81 80 24 48 0 ,1 - runtime.semacquire1@68:82,,0
sync.runtime_notifyListWait runtime/sema.go:544 440 16 72 0 000,1 - runtime.gopark@364:408,100,0
syscall.Syscall syscall/syscall_linux.go:68 104 32 88 0 , - stop@32:69,,
syscall.read syscall/zsyscall_linux_riscv64.go:729 256 32 56 0 0,01 -8+8/8:01 syscall.Syscall@100:736,1,00
time.Sleep runtime/time.go:178 280 8 56 0 00, - runtime.gopark@256:195,00,
`,
  s390x: `
internal/poll.(*FD).Read internal/poll/fd_unix.go:140 944 56 144 908 00000,1100000 -24+16/16:02 internal/poll.(*pollDesc).wait@646:89,10001,1100001
internal/poll.(*pollDesc).wait internal/poll/fd_poll_runtime.go:80 384 40 40 0 ,10000 - internal/poll.runtime_pollWait@66:84,,00000
internal/poll.runtime_pollWait runtime/netpoll.go:336 480 24 40 0 0, - runtime.netpollblock@254:345,1,
os.(*File).Read os/file.go:114 288 56 72 0 ,1100000 - internal/poll.(*FD).Read@152:29,,1000000
os.(*file).close os/file_unix.go:306 624 24 88 0 000,100 -
runtime.(*hmap).newoverflow runtime/map.go:247 992 32 96 0 00,1110 -
runtime.(*mcache).allocLarge runtime/mcache.go:219 544 32 64 0 , -
runtime.(*mcache).nextFree runtime/malloc.go:938 672 40 64 0 0, -
runtime.(*mcache).refill runtime/mcache.go:147 720 16 64 0 0, -
runtime.(*mcentral).cacheSpan runtime/mcentral.go:81 1792 16 136 0 00000, -
runtime.(*mcentral).grow runtime/mcentral.go:250 288 16 56 0 , -
runtime.(*mheap).alloc runtime/mheap.go:953 144 32 64 0 00000, -40+40/32:08
runtime.(*scavengerState).park runtime/mgcscavenge.go:419 176 8 40 0 ,1 - runtime.gopark@114:408,,0
runtime.(*scavengerState).sleep runtime/mgcscavenge.go:465 768 16 112 0 ,1 - runtime.gopark@372:408,,1
runtime.GC runtime/mgc.go:433 496 0 48 0 0, - runtime.gcStart@96:466,0, runtime.gcWaitOnMark@58:461,0, runtime.mcall@142:342,0,
runtime.Goexit runtime/panic.go:614 160 0 136 0 0000000000000, -104+104/96:6d0d main@98:626,1011011010110,
runtime.SetFinalizer runtime/mfinal.go:410 2256 32 224 0 000000000000,0101 -64+48/48:36,-16+16/16:02,0+16/16:02,16+16/16:02
runtime.bgscavenge runtime/mgcscavenge.go:649 208 8 32 0 ,1 - runtime.(*scavengerState).park@138:658,,0 runtime.(*scavengerState).park#first@90:653,,0 runtime.(*scavengerState).sleep@182:662,,0 runtime.chansend1@72:652,,0
runtime.bgsweep runtime/mgcsweep.go:271 512 8 56 0 ,1 - runtime.chansend1@132:277,,0 runtime.gopark@272:408,,0 runtime.gopark#first@170:408,,0 runtime.goschedIfBusy@442:302,,0
runtime.block runtime/select.go:102 96 0 40 0 , - runtime.gopark@60:103,,
runtime.call16 runtime/asm_s390x.s:456 240 48 24 0 ,111001 - main@154:456,,111001
runtime.call32 runtime/asm_s390x.s:457 240 48 40 0 ,111001 - main@154:457,,111001
runtime.chanrecv runtime/chan.go:457 2096 32 120 0 000000,11 -16+16/16:02 runtime.gopark@1452:583,001100,00 runtime.gopark#nil@586:469,000000,00
runtime.chanrecv1 runtime/chan.go:441 64 16 40 0 ,11 - runtime.chanrecv@46:442,,00
runtime.chanrecv2 runtime/chan.go:446 80 24 40 0 ,11 - runtime.chanrecv@46:447,,00
runtime.chansend runtime/chan.go:160 1936 40 112 0 00000,11 -16+16/16:02 runtime.gopanic@1908:206,00000,00 runtime.gopark@1298:259,01100,11 runtime.gopark#nil@324:165,00000,00
runtime.chansend1 runtime/chan.go:144 80 16 48 0 ,11 - runtime.chansend@58:145,,00
runtime.closechan runtime/chan.go:357 1296 8 80 0 000000,1 -24+24/16:02 runtime.gopanic@1266:359,000000,0
runtime.concatstrings runtime/string.go:25 688 48 128 0 000,11000 -
runtime.createfing runtime/mfinal.go:161 128 0 16 0 , - runtime.newproc@100:164,,
runtime.deferproc runtime/panic.go:271 304 8 32 0 0,1 -
runtime.deferreturn runtime/panic.go:592 160 0 136 0 0000000000000, -104+104/96:6d0d main@98:602,1011011010110,
runtime.evacuate runtime/map.go:1169 1696 24 176 0 000000000000,11 -96+64/64:dd
runtime.evacuate_fast32 runtime/map_fast32.go:374 1104 24 160 0 00000000000,11 -88+64/64:dd
runtime.evacuate_fast64 runtime/map_fast64.go:376 1248 24 160 0 00000000000,11 -88+64/64:dd
runtime.evacuate_faststr runtime/map_faststr.go:402 1216 24 176 0 0000000000000,11 -104+64/64:dd
runtime.forcegchelper runtime/proc.go:317 304 0 40 0 , - runtime.gopark@210:408,,
runtime.gcBgMarkStartWorkers runtime/mgc.go:1227 160 0 32 0 , - runtime.newproc@52:1234,,
runtime.gcBgMarkWorker runtime/mgc.go:1276 1488 0 144 0 000000, -24+24/24:06 runtime.gopark@300:1310,110000,
runtime.gcStart runtime/mgc.go:595 1776 24 160 0 0000000, -40+24/24:06,-16+16/16:02
runtime.gcWaitOnMark runtime/mgc.go:507 224 8 40 0 , - runtime.gopark@100:408,,
runtime.gcenable runtime/mgc.go:200 368 0 40 0 0, - runtime.chanrecv1@294:205,1, runtime.newproc@168:203,1,
runtime.gcenable.gowrap1 runtime/mgc.go:203 128 0 16 0 , - runtime.bgsweep@94:203,,
runtime.gcenable.gowrap2 runtime/mgc.go:204 128 0 16 0 , - runtime.bgscavenge@94:204,,
runtime.goPanicIndex runtime/panic.go:112 176 16 56 0 , - runtime.gopanic@158:114,,
runtime.goPanicSliceAcap runtime/panic.go:138 176 16 56 0 , - runtime.gopanic@158:140,,
runtime.goexit runtime/asm_s390x.s:773 16 0 0 0 -, - main@2:774,-, runtime.forcegchelper@2:774,-, runtime.gcBgMarkWorker@2:774,-, runtime.gcenable.gowrap1@2:774,-, runtime.gcenable.gowrap2@2:774,-, runtime.main@2:774,-, runtime.runfinq@2:774,-,
runtime.gopanic runtime/panic.go:720 928 16 168 0 000000000000000,01 -120+104/96:6d0d main@282:770,101101101011000,00
runtime.gopark runtime/proc.go:385 368 32 24 0 ,11 - stop@310:402,,00
runtime.goschedIfBusy runtime/proc.go:358 112 0 16 0 , - runtime.mcall@74:365,,
runtime.growWork runtime/map.go:1145 176 24 32 0 ,11 -
runtime.growWork_fast32 runtime/map_fast32.go:363 176 24 32 0 ,11 -
runtime.growWork_fast64 runtime/map_fast64.go:365 176 24 32 0 ,11 -
runtime.growWork_faststr runtime/map_faststr.go:391 176 24 32 0 ,11 -
runtime.growslice runtime/slice.go:155 1984 64 80 0 0,100010 -
runtime.hashGrow runtime/map.go:1053 736 16 72 0 00,11 -
runtime.init.5 runtime/proc.go:313 80 0 16 0 , - runtime.newproc@48:314,,
runtime.mProf_Malloc runtime/mprof.go:425 496 16 384 0 00000,1 -24+24/16:02
runtime.main runtime/proc.go:146 1264 0 112 1232 00000, -24+16/16:02 main@754:271,00001, runtime.gcenable@410:210,00001,
runtime.makeBucketArray runtime/map.go:346 704 40 56 0 0,10100 -
runtime.makechan runtime/chan.go:72 720 24 64 0 00,100 -
runtime.makemap runtime/map.go:305 624 32 80 0 000,1010 -
runtime.makemap_small runtime/map.go:294 128 8 40 0 0,0 -
runtime.makeslice runtime/slice.go:92 416 32 40 0 ,1000 - runtime.gopanic@280:29,,0000
runtime.mallocgc runtime/malloc.go:971 2976 32 136 0 00000,0100 -
runtime.mapassign runtime/map.go:579 1744 32 128 0 0000000,1110 -
runtime.mapassign_fast32 runtime/map_fast32.go:93 1040 32 64 0 0,1100 -
runtime.mapassign_fast64 runtime/map_fast64.go:93 1040 32 64 0 0,1100 - runtime.gopanic@1014:95,0,0000
runtime.mapassign_faststr runtime/map_faststr.go:203 1344 40 112 0 0000,11100 16+16/8:01
runtime.netpollblock runtime/netpoll.go:546 528 24 48 0 0, - runtime.gopark@368:573,1,
runtime.newBucket runtime/mprof.go:217 208 24 40 0 , -
runtime.newarray runtime/malloc.go:1404 288 24 40 0 ,100 -
runtime.newobject runtime/malloc.go:1389 96 16 40 0 ,10 -
runtime.newproc runtime/proc.go:4874 128 8 48 0 0000,1 -32+32/24:06
runtime.panicdivide runtime/panic.go:238 128 0 24 0 , - runtime.gopanic@98:240,,
runtime.panicdottypeE runtime/iface.go:261 176 24 32 0 ,111 - runtime.gopanic@128:262,,000
runtime.persistentalloc runtime/malloc.go:1526 144 32 64 0 00000,0010 -40+40/40:12
runtime.profilealloc runtime/malloc.go:1420 224 24 32 0 ,11 -
runtime.rt0_go runtime/asm_s390x.s:87 272 -2147483648 208 0 -, - runtime.newproc@236:154,-,
runtime.runfinq runtime/mfinal.go:177 1552 0 192 0 000000000, - runtime.call16@1262:256,000100011, runtime.call32@1262:256,000100011, runtime.gopark@314:194,001000000,
runtime.selectgo runtime/select.go:121 5968 64 312 0 000000000000000000000,110 -56+56/40:12 runtime.gopanic@3834:515,000000000000000000000,000 runtime.gopark@2094:327,000001100000100000000,100
runtime.semacquire1 runtime/sema.go:114 928 40 80 0 000,1 - runtime.gopark@580:408,101,1
runtime.sigpanic runtime/signal_unix.go:862 1232 0 96 0 0000, -24+24/8:01 runtime.gopanic@1068:261,0000,
runtime.stkbucket runtime/mprof.go:263 1360 56 88 0 00,001 -
runtime.systemstack_switch runtime/asm_s390x.s:238 48 0 8 0 -, - stop@16:238,-,
runtime/debug.WriteHeapDump runtime/heapdump.go:22 256 8 5848 0 000, -24+24/16:02 runtime.systemstack_switch@188:32,000,
sync.(*Cond).Wait sync/cond.go:66 320 8 48 0 00,1 -8+8/8:01 sync.runtime_notifyListWait@222:70,00,1
sync.(*Mutex).lockSlow sync/mutex.go:117 944 8 72 0 ,1 - sync.runtime_SemacquireMutex@530:171,,1
sync.(*Once).doSlow sync/once.go:69 400 16 80 356 0000000,11 -48+16/16:02,-32+16/16:02 main@246:74,0000011,00
sync.(*RWMutex).Lock sync/rwmutex.go:140 208 8 32 0 ,1 - sync.(*Mutex).lockSlow@82:90,,1 sync.runtime_SemacquireRWMutex@178:151,,0
sync.(*WaitGroup).Wait sync/waitgroup.go:91 192 8 24 0 ,1 - sync.runtime_Semacquire@106:116,,1
sync.runtime_Semacquire runtime/sema.go:61 96 8 48 0 ,1 - runtime.semacquire1@68:62,,0
sync.runtime_SemacquireMutex runtime/sema.go:76 112 24 48 0 ,1 - runtime.semacquire1@80:77,,0
sync.runtime_SemacquireRWMutex runtime/sema.go:86 112 24 48 0 ,1 - runtime.semacquire1@80:87,,0
sync.runtime_SemacquireRWMutexR runtime/sema.go:81 112 24 48 0 ,1 - runtime.semacquire1@80:82,,0
sync.runtime_notifyListWait runtime/sema.go:544 576 16 64 0 00,1 - runtime.gopark@444:408,10,0
syscall.Syscall syscall/syscall_linux.go:68 176 56 112 0 , - stop@24:69,,
syscall.read syscall/zsyscall_linux_s390x.go:729 288 56 80 0 0,0100000 -8+8/8:01 syscall.Syscall@96:736,1,0000000
time.Sleep runtime/time.go:178 368 8 64 0 00, - runtime.gopark@322:195,00,
`,
};
