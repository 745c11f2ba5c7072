/**
 * Frames of Go's own functions as a stopped stack of go1.22.12 shows them, by GOARCH: made from real
 * dumps and function tables by `npx tsx test/goldens/runtimefuncs.ts`.
 *
 * A line is: name, file:line, bytes of code, of arguments (-2147483648: unknown), of the frame (greatest
 * sp delta), offset of the deferreturn call, locals and argument bitmaps of index 0, stack objects
 * (off+size/ptrdata:mask), then for each callee `callee@offset:line,locals,args`: offset of the return
 * pc and the bitmaps there, a character a word, `-` where the function has no table. `line/after`: what
 * follows the call is of another line; `~file`: of another file, as the call is in an inlined function,
 * and after each `^` is where that is called. The callee `main` stands for any function of the program,
 * `*` for one called through a register, `stop` for the place where a goroutine leaves its stack;
 * `callee#place` is a further call of the same callee: before the loop, or for a nil channel.
 */
import type { GoArch } from './arch.ts';

export const runtimeFuncTable: { readonly [goarch in GoArch]: string } = {
  '386': `
internal/poll.(*FD).Read internal/poll/fd_unix.go:140 752 28 68 730 00000,1100000 -12+8/8:02 internal/poll.(*pollDesc).wait@524:89~internal/poll/fd_poll_runtime.go^497:164,10001,1100001
internal/poll.(*pollDesc).wait internal/poll/fd_poll_runtime.go:80 320 20 16 0 ,10000 - internal/poll.runtime_pollWait@55:84,,00000
internal/poll.runtime_pollWait runtime/netpoll.go:336 160 12 16 0 , - runtime.netpollblock@82:345,,
os.(*File).Read os/file.go:114 208 28 32 0 ,1100000 - internal/poll.(*FD).Read@112:29~os/file_posix.go^80:118/29,,1000000
os.(*file).close os/file_unix.go:306 464 12 36 0 000,100 -
runtime.(*_panic).nextDefer runtime/panic.go:831 512 12 16 0 00,10 -
runtime.(*_panic).nextFrame runtime/panic.go:905 144 8 20 0 0000,1 -16+16/16:0e
runtime.(*atomicHeadTailIndex).incTail runtime/mspanset.go:376 224 12 24 0 ,1 -
runtime.(*gcControllerState).heapGoalInternal runtime/mgcpacer.go:909 336 20 28 0 ,1 -
runtime.(*gcControllerState).revise runtime/mgcpacer.go:490 1568 4 224 0 0000000,1 -
runtime.(*gcControllerState).startCycle runtime/mgcpacer.go:384 1488 32 124 0 00000000,1 -
runtime.(*hmap).newoverflow runtime/map.go:247 576 16 40 0 00,1110 - runtime.growslice@415:269,11,0110 runtime.mallocgc@179:1390~runtime/malloc.go^154:264,00,1110 runtime.newobject#extra@245:277^227:268/276,10,1110 runtime.newobject#overflow@316:280^227:268/276,10,1110
runtime.(*mLockProfile).recordUnlock runtime/mprof.go:668 128 8 4 0 ,11 -
runtime.(*mcache).allocLarge runtime/mcache.go:219 496 16 40 0 0, -
runtime.(*mcache).nextFree runtime/malloc.go:938 576 20 28 0 , -
runtime.(*mcache).refill runtime/mcache.go:147 640 8 40 0 0, -
runtime.(*mcentral).cacheSpan runtime/mcentral.go:81 1040 8 56 0 0, -
runtime.(*mcentral).grow runtime/mcentral.go:250 208 8 28 0 , -
runtime.(*mcentral).uncacheSpan runtime/mcentral.go:204 288 8 28 0 , -
runtime.(*mheap).alloc runtime/mheap.go:953 128 16 28 0 00000, -20+20/16:08
runtime.(*scavengerState).init runtime/mgcscavenge.go:356 384 4 8 0 ,1 - runtime.newobject@93:363,,1
runtime.(*scavengerState).park runtime/mgcscavenge.go:419 144 4 16 0 ,1 - runtime.gopark@96:408/426~runtime/proc.go^63:425/408,,0
runtime.(*scavengerState).sleep runtime/mgcscavenge.go:465 848 12 104 0 0,1 - runtime.gopark@352:408/19~runtime/proc.go^319:504/408,0,1 runtime.modtimer@310:555/503~runtime/time.go^250:235/555~runtime/time.go^202:500,0,1
runtime.(*spanSet).push runtime/mspanset.go:74 512 8 60 0 000000,1 -
runtime.(*spanSetBlockAlloc).alloc runtime/mspanset.go:312 112 8 16 0 ,10 -
runtime.(*sweepLocked).sweep runtime/mgcsweep.go:499 3392 12 168 0 000000000000,1 -44+8/4:01,-36+12/4:01,-24+12/4:01
runtime.GC runtime/mgc.go:433 416 0 28 0 0, - runtime.gcStart@99:466/469,0, runtime.gcWaitOnMark@56:461/466,0, runtime.mcall@128:342/194~runtime/proc.go^114:476/342,0,
runtime.Goexit runtime/panic.go:614 112 0 64 0 0000000000000, -52+52/48:6d0d main@75:626/622,1011011010110,
runtime.LockOSThread runtime/proc.go:5188 144 0 8 0 , - runtime.startTemplateThread@30:5193/5195,,
runtime.SetFinalizer runtime/mfinal.go:410 1728 16 108 0 000000000000,0101 -32+24/24:36,-8+8/8:02,0+8/8:02,8+8/8:02
runtime.acquireSudog runtime/proc.go:418 736 4 48 0 000,0 - runtime.newobject@556:441,101,0
runtime.addtimer runtime/time.go:257 416 4 32 0 0000,1 - runtime.doaddtimer@244:280/281,1100,0
runtime.allgadd runtime/proc.go:618 368 4 32 0 ,1 - runtime.growslice@127:624,,1
runtime.allocm runtime/proc.go:2057 784 20 40 0 000000,11000 -12+4/4:01,-8+8/8:02 runtime.malg@297:2117,011000,10000 runtime.mcommoninit@222:2110/2114,011000,10000 runtime.newobject@160:2108/2109,001000,11000
runtime.bgscavenge runtime/mgcscavenge.go:649 192 4 24 0 ,1 - runtime.(*scavengerState).init@39:650/652,,1 runtime.(*scavengerState).park@111:658/659,,0 runtime.(*scavengerState).park#first@75:653/656,,0 runtime.(*scavengerState).sleep@166:662,,0 runtime.chansend1@61:652/653,,0
runtime.bgsweep runtime/mgcsweep.go:271 384 4 24 0 ,1 - runtime.chansend1@115:277/278,,0 runtime.gopark@248:408/299~runtime/proc.go^209:318/408,,0 runtime.gopark#first@155:408/299~runtime/proc.go^116:278/408,,0 runtime.goschedIfBusy@333:302/300,,0
runtime.block runtime/select.go:102 80 0 16 0 , - runtime.gopark@56:103/104,,
runtime.call16 runtime/asm_386.s:544 112 28 16 0 ,1110001 - main@48:544,,1110001
runtime.chanrecv runtime/chan.go:457 1360 16 56 0 000000,11 -8+8/8:02 runtime.acquireSudog@542:563,001100,11 runtime.gopark@931:583/586,010100,00 runtime.gopark#nil@1299:469/470,000000,00
runtime.chanrecv1 runtime/chan.go:441 32 8 16 0 ,11 - runtime.chanrecv@28:442/443,,00
runtime.chanrecv2 runtime/chan.go:446 48 12 16 0 ,11 - runtime.chanrecv@28:447,,00
runtime.chansend runtime/chan.go:160 1280 20 52 0 00000,11 -8+8/8:02 runtime.acquireSudog@285:239,01100,11 runtime.gopanic@1262:206,00000,00 runtime.gopark@677:259/267,10100,11 runtime.gopark#nil@1123:165/166,00000,00
runtime.chansend1 runtime/chan.go:144 48 8 20 0 ,11 - runtime.chansend@36:145/146,,00
runtime.clearpools runtime/mgc.go:1669 352 0 20 0 0, -
runtime.closechan runtime/chan.go:357 624 4 36 0 000000,1 -12+12/8:02 runtime.gopanic@608:359,000000,0
runtime.concatstrings runtime/string.go:25 496 24 64 0 00,11000 -
runtime.createfing runtime/mfinal.go:161 112 0 16 0 , - runtime.newproc@96:164/166,,
runtime.deductSweepCredit runtime/mgcsweep.go:895 480 8 48 0 0, -
runtime.deferproc runtime/panic.go:271 192 4 12 0 0,1 - runtime.newdefer@55:278,1,1
runtime.deferreturn runtime/panic.go:592 112 0 64 0 0000000000000, -52+52/48:6d0d main@75:602/598,1011011010110,
runtime.doaddtimer runtime/time.go:290 416 8 36 0 ,11 - runtime.growslice@140:302,,11
runtime.entersyscallblock_handoff runtime/proc.go:4480 112 0 16 0 0, - runtime.handoffp@98:4487/4488,0,
runtime.evacuate runtime/map.go:1169 1088 12 100 0 00000000000000,11 -52+32/32:dd runtime.(*hmap).newoverflow@709:1242,01011101111111,11
runtime.evacuate_fast32 runtime/map_fast32.go:374 832 12 92 0 0000000000000,11 -48+32/32:dd runtime.(*hmap).newoverflow@549:423,0101110111111,11
runtime.evacuate_faststr runtime/map_faststr.go:402 816 12 100 0 000000000000000,11 -56+32/32:dd runtime.(*hmap).newoverflow@549:451,010111011111100,11
runtime.forcegchelper runtime/proc.go:317 304 0 16 0 , - runtime.gopark@211:408/328^172:326/408,,
runtime.gcAssistAlloc runtime/mgcmark.go:407 1264 4 120 0 00000,1 -16+16/8:02
runtime.gcBgMarkStartWorkers runtime/mgc.go:1227 112 0 16 0 , - runtime.newproc@37:1234/1236,,
runtime.gcBgMarkWorker runtime/mgc.go:1276 1280 0 88 0 000000, -12+12/12:06 runtime.gopark@247:1310/580,110000, runtime.newobject@104:1283/1284,010000,
runtime.gcMarkTinyAllocs runtime/mgcmark.go:1743 208 0 44 0 00, -
runtime.gcStart runtime/mgc.go:595 1568 16 116 0 000000000, -20+12/12:06,-8+8/8:02
runtime.gcWaitOnMark runtime/mgc.go:507 192 4 16 0 , - runtime.gopark@96:408/510~runtime/proc.go^57:525/408,,
runtime.gcenable runtime/mgc.go:200 256 0 16 0 0, - runtime.chanrecv1@203:205/206,1, runtime.makechan@47:202,0, runtime.newobject@69:203,1, runtime.newobject#second@133:204,1, runtime.newproc@119:203/204,1,
runtime.gcenable.gowrap1 runtime/mgc.go:203 64 0 4 0 , - runtime.bgsweep@39:203,,
runtime.gcenable.gowrap2 runtime/mgc.go:204 64 0 4 0 , - runtime.bgscavenge@39:204,,
runtime.goPanicIndex runtime/panic.go:112 192 8 28 0 , - runtime.convTnoptr@144:114,, runtime.gopanic@166:114,,
runtime.goPanicSliceAcap runtime/panic.go:138 192 8 28 0 , - runtime.gopanic@166:140,,
runtime.goexit runtime/asm_386.s:1362 16 0 0 0 -, - main@1:1363/1364,-, runtime.forcegchelper@1:1363/1364,-, runtime.gcBgMarkWorker@1:1363/1364,-, runtime.gcenable.gowrap1@1:1363/1364,-, runtime.gcenable.gowrap2@1:1363/1364,-, runtime.main@1:1363/1364,-, runtime.runfinq@1:1363/1364,-,
runtime.goexit0 runtime/proc.go:4179 64 4 4 0 ,1 - runtime.schedule@38:4181/4182,,0
runtime.gopanic runtime/panic.go:720 800 8 80 0 000000000000000,01 -60+52/48:6d0d main@259:770/766,101101101011000,00
runtime.gopark runtime/proc.go:385 320 16 16 0 00,11 - stop@268:402/403,00,00
runtime.goschedIfBusy runtime/proc.go:358 80 0 8 0 , - runtime.mcall@60:365/366,,
runtime.goschedImpl runtime/proc.go:4039 384 8 20 0 0,1 - runtime.schedule@333:4065/4066,0,0
runtime.gosched_m runtime/proc.go:4069 64 4 8 0 ,1 - runtime.goschedImpl@38:4070/4071,,0
runtime.goyield_m runtime/proc.go:4152 224 4 24 0 00,1 - runtime.schedule@198:4162/4163,00,0
runtime.greyobject runtime/mgcmark.go:1615 736 24 28 0 ,00001 -
runtime.growWork runtime/map.go:1145 128 12 12 0 ,11 - runtime.evacuate@76:1148/1118,,11 runtime.evacuate#second@110:1152/1154,,00
runtime.growWork_fast32 runtime/map_fast32.go:363 128 12 12 0 ,11 - runtime.evacuate_fast32@76:366/1118,,11 runtime.evacuate_fast32#second@110:370/372,,00
runtime.growWork_faststr runtime/map_faststr.go:391 128 12 12 0 ,11 - runtime.evacuate_faststr@76:394/1118,,11 runtime.evacuate_faststr#second@110:398/400,,00
runtime.growslice runtime/slice.go:155 1632 32 60 0 0,100010 -
runtime.handoffp runtime/proc.go:2905 896 4 32 0 ,1 - runtime.startm@882:2911/2912,,0 runtime.startm#spinning@804:2928/2929,,0
runtime.hashGrow runtime/map.go:1053 448 8 32 0 00,11 - runtime.makeBucketArray@120:1063/1065,10,01 runtime.newobject@336:1087,01,01
runtime.init.5 runtime/proc.go:313 48 0 4 0 , - runtime.newproc@35:314/315,,
runtime.lock2 runtime/lock_futex.go:55 512 4 64 0 0000000,1 -28+28/4:01
runtime.mProf_Malloc runtime/mprof.go:425 496 8 196 0 000000,1 -12+12/8:02
runtime.main runtime/proc.go:146 1136 0 64 1117 000000, -12+8/8:02 main@694:271/194,000001, runtime.gcenable@394:210/212,000001, runtime.makechan@416:212,000001,
runtime.main.func1 runtime/proc.go:171 80 0 16 0 , - runtime.newm@59:172/173,,
runtime.makeBucketArray runtime/map.go:346 528 20 20 0 ,10100 - runtime.newarray@382:364,,10000
runtime.makechan runtime/chan.go:72 464 12 28 0 00,100 - runtime.newobject@189:106,10,000
runtime.makemap runtime/map.go:305 368 16 32 0 00,1010 - runtime.makeBucketArray@192:330,01,0000 runtime.newobject@81:313,00,1000 runtime.newobject#extra@258:332,11,0000
runtime.makemap_small runtime/map.go:294 80 4 12 0 0,0 - runtime.newobject@35:295,0,0
runtime.makeslice runtime/slice.go:92 192 16 16 0 ,1000 - runtime.gopanic@122:29/101^98:102/29,,0000
runtime.malg runtime/proc.go:4855 192 8 24 0 0000,00 -12+12/8:02 runtime.newobject@39:4856,0000,00
runtime.mallocgc runtime/malloc.go:971 2544 16 100 0 00000,0100 -
runtime.mapassign runtime/map.go:579 1232 16 80 0 0000000000,1110 - runtime.(*hmap).newoverflow@849:665,0000000000,1110 runtime.growWork@275:611/16,0000000000,1110 runtime.hashGrow@214:659/660,0000000000,1110 runtime.mallocgc@152:1390/605~runtime/malloc.go^127:605,0000000000,1110 runtime.mallocgc#elem@1023:1390/679~runtime/malloc.go^1002:678,0111000000,1110 runtime.mallocgc#key@931:1390/674~runtime/malloc.go^910:673,0011001000,1110
runtime.mapassign_fast32 runtime/map_fast32.go:93 736 16 56 0 000,1100 - runtime.(*hmap).newoverflow@569:163,000,1100 runtime.gopanic@719:95,000,0000 runtime.growWork_fast32@277:116/16,000,1100 runtime.hashGrow@214:157/158,000,1100 runtime.mallocgc@152:1390/110~runtime/malloc.go^127:110,000,1100
runtime.mapassign_faststr runtime/map_faststr.go:203 912 20 64 0 00000,11100 8+8/4:01 runtime.(*hmap).newoverflow@731:282,00000,11100 runtime.growWork_faststr@281:227/16,00000,11100 runtime.hashGrow@218:276/277,00000,11100 runtime.mallocgc@152:1390/221~runtime/malloc.go^127:221,00000,11100
runtime.mcall runtime/asm_386.s:306 80 4 4 0 -,1 - *@68:329/330,-,1
runtime.mcommoninit runtime/proc.go:889 448 12 20 0 ,1 - runtime.malg@197:375~runtime/os_linux.go^185:907/375,,1
runtime.modtimer runtime/time.go:439 1296 40 44 0 00000,10000101 - runtime.doaddtimer@1092:508/509,10101,00000000
runtime.mstart runtime/asm_386.s:274 16 -2147483648 0 0 -, - runtime.mstart0@5:275/276,-,
runtime.mstart0 runtime/proc.go:1660 112 0 12 0 , - runtime.mstart1@90:1686/1695,,
runtime.mstart1 runtime/proc.go:1702 224 0 12 0 0, - *@126:1729,1,
runtime.netpollblock runtime/netpoll.go:546 352 16 20 0 0, - runtime.gopark@234:573/576,1,
runtime.newArenaMayUnlock runtime/mheap.go:2238 208 4 20 0 0, -
runtime.newBucket runtime/mprof.go:217 144 12 16 0 , -
runtime.newMarkBits runtime/mheap.go:2142 400 8 32 0 , -
runtime.newarray runtime/malloc.go:1404 160 12 16 0 ,100 -
runtime.newdefer runtime/panic.go:501 528 4 44 0 000,0 - runtime.newobject@230:525,000,0
runtime.newm runtime/proc.go:2631 432 16 24 0 0,11 - runtime.allocm@86:2644,0,01
runtime.newobject runtime/malloc.go:1389 64 8 16 0 ,10 -
runtime.newproc runtime/proc.go:4874 128 4 20 0 0000,1 -16+16/12:06
runtime.newproc.func1 runtime/proc.go:4877 128 0 16 0 , - runtime.newproc1@46:4878,,
runtime.newproc1 runtime/proc.go:4892 1120 16 48 0 00000,1100 - runtime.allgadd@164:4903/4905,11001,1100 runtime.malg@120:4901,10001,1100
runtime.panicdivide runtime/panic.go:238 96 0 8 0 , - runtime.gopanic@74:240,,
runtime.panicdottypeE runtime/iface.go:261 144 12 8 0 ,111 - runtime.gopanic@101:262,,000 runtime.newobject@35:262,,111
runtime.park_m runtime/proc.go:4007 464 4 28 0 00,1 - *@236:4023/4024,10,1 runtime.schedule@437:4036/4037,00,0
runtime.persistentalloc runtime/malloc.go:1526 128 16 28 0 00000,0010 -20+20/20:12
runtime.profilealloc runtime/malloc.go:1420 144 12 12 0 ,11 -
runtime.resetForSleep runtime/time.go:202 128 12 48 0 0,01 - runtime.modtimer@105:555/205^22:204,0,00
runtime.retake runtime/proc.go:6104 704 12 52 0 000, - runtime.handoffp@571:6165/6163,000,
runtime.rt0_go runtime/asm_386.s:92 384 -2147483648 8 0 -, - runtime.newproc@363:247/248,-,
runtime.runfinq runtime/mfinal.go:177 1136 0 84 0 000000, - runtime.call16@894:256/257,000001, runtime.gopark@252:194/216,001000, runtime.lock2@143:24/191~runtime/lockrank_off.go^129:52/24~runtime/lock_futex.go^363:190,001000,
runtime.schedule runtime/proc.go:3839 720 0 24 0 00, - runtime.stoplockedm@74:3847/3848,10,
runtime.selectgo runtime/select.go:121 4784 32 224 0 00000000000000000000,110 -28+28/20:12 runtime.acquireSudog@2222:298,00110100100000000000,100 runtime.gopanic@4217:515/377,00000000000000000000,000 runtime.gopark@2855:327/328,00010100000010000000,100
runtime.semacquire1 runtime/sema.go:114 880 20 44 0 0000,1 - runtime.acquireSudog@80:131,0000,1 runtime.gopark@657:408/161~runtime/proc.go^611:160,1100,1
runtime.semrelease1 runtime/sema.go:175 608 12 64 0 0000,1 -
runtime.sigpanic runtime/signal_unix.go:862 1072 0 40 0 0000, -12+12/4:01 runtime.gopanic@935:261/880~runtime/panic.go^882:881/260,0000,
runtime.startTemplateThread runtime/proc.go:2709 256 0 20 0 0, - runtime.newm@189:2721/588,1,
runtime.startm runtime/proc.go:2809 736 8 40 0 000,1 - runtime.newm@466:2870/2809,100,0
runtime.stkbucket runtime/mprof.go:263 944 28 48 0 0000,001 -
runtime.stoplockedm runtime/proc.go:3013 400 0 20 0 00, - runtime.handoffp@90:3022/3024,01,
runtime.sweepone runtime/mgcsweep.go:353 640 4 52 0 0, -
runtime.sysmon runtime/proc.go:5946 1472 0 88 0 , - runtime.retake@1136:6071,,
runtime.systemstack runtime/asm_386.s:344 128 4 0 0 -,1 - *@65:374/377,-,1
runtime.systemstack_switch runtime/asm_386.s:340 16 0 0 0 -, - stop@0:341,-,
runtime.unlock2 runtime/lock_futex.go:124 240 4 16 0 0,1 -
runtime/debug.WriteHeapDump runtime/heapdump.go:22 240 4 5568 0 000, -12+12/8:02 runtime.systemstack_switch@180:32/40,000,
sync.(*Cond).Wait sync/cond.go:66 224 4 32 0 000,1 -8+4/4:01 sync.runtime_notifyListWait@162:70/71,000,1
sync.(*Mutex).Lock sync/mutex.go:81 96 4 16 0 ,1 - sync.(*Mutex).lockSlow@76:90/91,,0
sync.(*Mutex).lockSlow sync/mutex.go:117 800 4 60 0 ,1 - sync.runtime_SemacquireMutex@583:171/151,,1
sync.(*Once).Do sync/once.go:48 80 8 8 0 ,11 - sync.(*Once).doSlow@63:65/67,,00
sync.(*Once).doSlow sync/once.go:69 272 8 40 251 0000000,11 -28+8/8:02,-16+8/8:02 main@193:74/73,0000011,00
sync.(*RWMutex).Lock sync/rwmutex.go:140 144 4 12 0 ,1 - sync.(*Mutex).Lock@35:146/88,,1 sync.runtime_SemacquireRWMutex@129:151/158,,0
sync.(*RWMutex).RLock sync/rwmutex.go:63 96 4 12 0 ,1 - sync.runtime_SemacquireRWMutexR@82:70/76,,0
sync.(*WaitGroup).Wait sync/waitgroup.go:91 192 4 24 0 ,1 - sync.runtime_Semacquire@101:116/145,,1
sync.runtime_Semacquire runtime/sema.go:61 80 4 20 0 ,1 - runtime.semacquire1@59:62/63,,0
sync.runtime_SemacquireMutex runtime/sema.go:76 80 12 20 0 ,1 - runtime.semacquire1@63:77/78,,0
sync.runtime_SemacquireRWMutex runtime/sema.go:86 80 12 20 0 ,1 - runtime.semacquire1@63:87/88,,0
sync.runtime_SemacquireRWMutexR runtime/sema.go:81 80 12 20 0 ,1 - runtime.semacquire1@63:82/83,,0
sync.runtime_notifyListWait runtime/sema.go:544 480 8 36 0 00,1 - runtime.acquireSudog@72:554,01,1 runtime.gopark@377:408/570~runtime/proc.go^340:569/408,10,0
syscall.Syscall syscall/syscall_linux.go:68 128 28 52 0 , - stop@8:69/82,,
syscall.read syscall/zsyscall_linux_386.go:729 208 28 36 0 0,0100000 -4+4/4:01 syscall.Syscall@77:736,1,0000000
time.NewTimer time/sleep.go:86 240 12 32 0 00,000 - runtime.makechan@47:87,00,000 runtime.newobject@105:88/89,01,000 time.startTimer@205:96/97,10,000
time.Sleep runtime/time.go:178 320 8 24 0 00, - runtime.gopark@296:195/196,00, runtime.newobject@103:186/187,01,
time.startTimer runtime/time.go:211 48 4 4 0 ,1 - runtime.addtimer@33:215/216,,0
`,
  amd64: `
internal/poll.(*FD).Read internal/poll/fd_unix.go:140 960 32 144 873 0000000,11 -24+16/16:02 internal/poll.(*pollDesc).wait@634:89~internal/poll/fd_poll_runtime.go^616:164,0110001,11
internal/poll.(*pollDesc).wait internal/poll/fd_poll_runtime.go:80 352 24 32 0 ,1 - internal/poll.runtime_pollWait@39:84,,0
internal/poll.runtime_pollWait runtime/netpoll.go:336 288 16 24 0 , - runtime.netpollblock@133:345,,
os.(*File).Read os/file.go:114 192 32 56 0 ,11 - internal/poll.(*FD).Read@82:29~os/file_posix.go^74:118/29,,10
os.(*file).close os/file_unix.go:306 448 8 80 0 000,1 -
runtime.(*_panic).nextDefer runtime/panic.go:831 544 8 40 0 00,1 -
runtime.(*_panic).nextFrame runtime/panic.go:905 160 8 56 0 0000,1 -32+32/32:0e
runtime.(*atomicHeadTailIndex).incTail runtime/mspanset.go:376 160 8 32 0 ,1 -
runtime.(*gcControllerState).heapGoalInternal runtime/mgcpacer.go:909 128 8 24 0 ,1 -
runtime.(*gcControllerState).revise runtime/mgcpacer.go:490 448 8 48 0 ,1 -
runtime.(*gcControllerState).startCycle runtime/mgcpacer.go:384 800 48 72 0 ,1 -
runtime.(*hmap).newoverflow runtime/map.go:247 640 24 88 0 00,111 - runtime.growslice@431:269,11,011 runtime.mallocgc@202:1390/269~runtime/malloc.go^183:264,00,111 runtime.newobject#extra@265:277^241:268/276,10,111 runtime.newobject#overflow@334:280^241:268/276,10,111
runtime.(*mLockProfile).recordUnlock runtime/mprof.go:668 128 16 16 0 ,11 -
runtime.(*mcache).allocLarge runtime/mcache.go:219 480 24 72 0 , -
runtime.(*mcache).nextFree runtime/malloc.go:938 512 16 48 0 , -
runtime.(*mcache).refill runtime/mcache.go:147 608 16 56 0 , -
runtime.(*mcentral).cacheSpan runtime/mcentral.go:81 1152 8 112 0 000, -
runtime.(*mcentral).grow runtime/mcentral.go:250 192 8 56 0 , -
runtime.(*mcentral).uncacheSpan runtime/mcentral.go:204 224 16 32 0 , -
runtime.(*mheap).alloc runtime/mheap.go:953 160 24 64 0 00000, -40+40/32:08
runtime.(*scavengerState).init runtime/mgcscavenge.go:356 512 8 32 0 0,1 - runtime.newobject@90:363,0,1
runtime.(*scavengerState).park runtime/mgcscavenge.go:419 128 8 40 0 ,1 - runtime.gopark@73:408/426~runtime/proc.go^46:425/408,,0
runtime.(*scavengerState).sleep runtime/mgcscavenge.go:465 640 16 104 0 ,1 - runtime.gopark@275:408/19~runtime/proc.go^248:504/408,,1 runtime.modtimer@238:555/503~runtime/time.go^218:235/555~runtime/time.go^172:500,,1
runtime.(*spanSet).push runtime/mspanset.go:74 448 16 96 0 0000,1 -
runtime.(*spanSetBlockAlloc).alloc runtime/mspanset.go:312 160 8 32 0 ,1 -
runtime.(*sweepLocked).sweep runtime/mgcsweep.go:499 3712 16 272 0 000000000,1 -64+16/8:01,-48+24/8:01,-24+24/8:01
runtime.GC runtime/mgc.go:433 320 0 48 0 0, - runtime.gcStart@62:466/469,0, runtime.gcWaitOnMark@37:461/466,0, runtime.mcall@90:342/475~runtime/proc.go^78:476/342,0,
runtime.Goexit runtime/panic.go:614 128 0 136 0 0000000000000, -104+104/96:6d0d main@94:626/622,1011011010110,
runtime.LockOSThread runtime/proc.go:5188 128 0 24 0 , - runtime.startTemplateThread@23:5193/5196,,
runtime.SetFinalizer runtime/mfinal.go:410 1792 32 208 0 000000000000,0101 -64+48/48:36,-16+16/16:02,0+16/16:02,16+16/16:02
runtime.acquireSudog runtime/proc.go:418 736 0 96 0 000, - runtime.newobject@553:441,101,
runtime.addtimer runtime/time.go:257 320 8 64 0 0000,1 - runtime.doaddtimer@168:280/281,1100,0
runtime.allgadd runtime/proc.go:618 352 8 80 0 0,1 - runtime.growslice@105:624,0,1
runtime.allocm runtime/proc.go:2057 800 24 80 0 000000,11 -24+8/8:01,-16+16/16:02 runtime.malg@268:2117,011000,10 runtime.mcommoninit@197:2110/2114,011000,10 runtime.newobject@145:2108/2109,001000,11
runtime.bgscavenge runtime/mgcscavenge.go:649 160 8 24 0 ,1 - runtime.(*scavengerState).init@31:650/652,,1 runtime.(*scavengerState).park@89:658/659,,0 runtime.(*scavengerState).park#first@60:653/656,,0 runtime.(*scavengerState).sleep@116:662,,0 runtime.chansend1@48:652/653,,0
runtime.bgsweep runtime/mgcsweep.go:271 416 8 64 0 0,1 - runtime.chansend1@113:277/278,0,0 runtime.gopark@223:408~runtime/proc.go^189:318/408,0,0 runtime.gopark#first@148:408/299~runtime/proc.go^114:278/408,0,0 runtime.goschedIfBusy@335:302/300,0,0
runtime.block runtime/select.go:102 64 0 40 0 , - runtime.gopark@38:103/104,,
runtime.call16 runtime/asm_amd64.s:770 160 48 24 0 ,111001 - main@67:770,,111001
runtime.call32 runtime/asm_amd64.s:771 160 48 40 0 ,111001 - main@67:771,,111001
runtime.chanrecv runtime/chan.go:457 1504 24 112 0 000000,11 -16+16/16:02 runtime.acquireSudog@549:563/564,001100,11 runtime.gopark@959:583/586,010100,00 runtime.gopark#nil@345:469/470,000000,00
runtime.chanrecv1 runtime/chan.go:441 32 16 32 0 ,11 - runtime.chanrecv@18:442/443,,00
runtime.chanrecv2 runtime/chan.go:446 32 16 32 0 ,11 - runtime.chanrecv@18:447/448,,00
runtime.chansend runtime/chan.go:160 1440 32 104 0 00000,11 -16+16/16:02 runtime.acquireSudog@503:239/240,01100,11 runtime.gopanic@1384:206,00000,00 runtime.gopark@909:259/267,10100,11 runtime.gopark#nil@218:165/166,00000,00
runtime.chansend1 runtime/chan.go:144 32 16 40 0 ,11 - runtime.chansend@23:145/146,,00
runtime.clearpools runtime/mgc.go:1669 416 0 56 0 00, -
runtime.closechan runtime/chan.go:357 1056 8 80 0 000000,1 -24+24/16:02 runtime.gopanic@1016:359,000000,0
runtime.concatstrings runtime/string.go:25 544 32 104 0 0000,11 -
runtime.createfing runtime/mfinal.go:161 96 0 16 0 , - runtime.newproc@61:164/166,,
runtime.deductSweepCredit runtime/mgcsweep.go:895 544 16 56 0 00, -
runtime.deferproc runtime/panic.go:271 256 8 32 0 0,1 - runtime.newdefer@60:278/279,1,1
runtime.deferreturn runtime/panic.go:592 128 0 136 0 0000000000000, -104+104/96:6d0d main@94:602/598,1011011010110,
runtime.doaddtimer runtime/time.go:290 384 16 80 0 ,11 - runtime.growslice@127:302,,11
runtime.entersyscallblock_handoff runtime/proc.go:4480 160 0 32 0 0, - runtime.handoffp@133:4487/4488,0,
runtime.evacuate runtime/map.go:1169 1440 24 176 0 000000000000,11 -96+64/64:dd runtime.(*hmap).newoverflow@877:1242,101110111111,11
runtime.evacuate_fast32 runtime/map_fast32.go:374 960 24 160 0 00000000000,11 -88+64/64:dd runtime.(*hmap).newoverflow@665:423,10111011111,11
runtime.evacuate_fast64 runtime/map_fast64.go:376 1088 24 160 0 00000000000,11 -88+64/64:dd runtime.(*hmap).newoverflow@669:425,10111011111,11
runtime.evacuate_faststr runtime/map_faststr.go:402 1056 24 160 0 00000000000,11 -88+64/64:dd runtime.(*hmap).newoverflow@669:451,10111011111,11
runtime.forcegchelper runtime/proc.go:317 288 0 48 0 0, - runtime.gopark@179:408/328^145:326/408,0,
runtime.gcAssistAlloc runtime/mgcmark.go:407 1152 8 88 0 0000000,1 -24+24/16:02
runtime.gcBgMarkStartWorkers runtime/mgc.go:1227 96 0 24 0 , - runtime.newproc@28:1234/1236,,
runtime.gcBgMarkWorker runtime/mgc.go:1276 1216 0 136 0 000000, -24+24/24:06 runtime.gopark@229:1310/581,110000, runtime.newobject@101:1283/1284,010000,
runtime.gcMarkTinyAllocs runtime/mgcmark.go:1743 192 0 96 0 00, -
runtime.gcStart runtime/mgc.go:595 1504 24 184 0 00000000, -40+24/24:06,-16+16/16:02
runtime.gcWaitOnMark runtime/mgc.go:507 192 8 40 0 , - runtime.gopark@85:408/510~runtime/proc.go^51:525/408,,
runtime.gcenable runtime/mgc.go:200 224 0 32 0 0, - runtime.chanrecv1@177:205/206,1, runtime.makechan@37:202,0, runtime.newobject@54:203,1, runtime.newobject#second@114:204,1, runtime.newproc@102:203/204,1,
runtime.gcenable.gowrap1 runtime/mgc.go:203 96 0 16 0 , - runtime.bgsweep@37:203,,
runtime.gcenable.gowrap2 runtime/mgc.go:204 96 0 16 0 , - runtime.bgscavenge@37:204,,
runtime.goPanicIndex runtime/panic.go:112 160 16 56 0 , - runtime.convTnoptr@109:114,, runtime.gopanic@124:114,,
runtime.goPanicSliceAcap runtime/panic.go:138 160 16 56 0 , - runtime.gopanic@124:140,,
runtime.goexit runtime/asm_amd64.s:1694 32 0 0 0 -, - main@1:1695/1696,-, runtime.forcegchelper@1:1695/1696,-, runtime.gcBgMarkWorker@1:1695/1696,-, runtime.gcenable.gowrap1@1:1695/1696,-, runtime.gcenable.gowrap2@1:1695/1696,-, runtime.main@1:1695/1696,-, runtime.runfinq@1:1695/1696,-,
runtime.goexit0 runtime/proc.go:4179 64 8 16 0 ,1 - runtime.schedule@24:4181/4182,,0
runtime.gopanic runtime/panic.go:720 864 16 168 0 000000000000000,01 -120+104/96:6d0d main@306:770/766,101101101011000,00
runtime.gopark runtime/proc.go:385 320 32 24 0 ,11 - stop@206:402/403,,00
runtime.goschedIfBusy runtime/proc.go:358 64 0 16 0 , - runtime.mcall@40:365/366,,
runtime.goschedImpl runtime/proc.go:4039 736 16 72 0 00,1 - runtime.schedule@376:4065/4066,00,0
runtime.gosched_m runtime/proc.go:4069 64 8 24 0 ,1 - runtime.goschedImpl@21:4070/4071,,0
runtime.goyield_m runtime/proc.go:4152 288 8 56 0 00,1 - runtime.schedule@241:4162/4163,00,0
runtime.greyobject runtime/mgcmark.go:1615 768 48 64 0 ,00001 -
runtime.growWork runtime/map.go:1145 160 24 32 0 ,11 - runtime.evacuate@69:1148/1118,,11 runtime.evacuate#second@95:1152/1154,,00
runtime.growWork_fast32 runtime/map_fast32.go:363 160 24 32 0 ,11 - runtime.evacuate_fast32@69:366/1118,,11 runtime.evacuate_fast32#second@95:370/372,,00
runtime.growWork_fast64 runtime/map_fast64.go:365 160 24 32 0 ,11 - runtime.evacuate_fast64@69:368/1118,,11 runtime.evacuate_fast64#second@95:372/374,,00
runtime.growWork_faststr runtime/map_faststr.go:391 160 24 32 0 ,11 - runtime.evacuate_faststr@69:394/1118,,11 runtime.evacuate_faststr#second@95:398/400,,00
runtime.growslice runtime/slice.go:155 1952 40 104 0 0,10001 -
runtime.handoffp runtime/proc.go:2905 864 8 32 0 ,1 - runtime.startm@822:2911/2912,,0 runtime.startm#spinning@400:2928/2929,,0
runtime.hashGrow runtime/map.go:1053 512 16 56 0 00,11 - runtime.makeBucketArray@111:1063/1065,10,01 runtime.newobject@349:1087,01,01
runtime.init.5 runtime/preempt.go:316 192 0 32 0 , -
runtime.lock2 runtime/lock_futex.go:55 512 8 96 0 0000,1 -32+32/8:01
runtime.mProf_Malloc runtime/mprof.go:425 512 16 376 0 00000,1 -24+24/16:02
runtime.main runtime/proc.go:146 1056 0 136 1024 000000, -24+16/16:02 main@669:271/194,000001, runtime.gcenable@363:210/212,000001, runtime.makechan@377:212,000001,
runtime.main.func1 runtime/proc.go:171 64 0 32 0 , - runtime.newm@37:172/173,,
runtime.makeBucketArray runtime/map.go:346 640 24 56 0 00,101 - runtime.newarray@429:364/378,01,000
runtime.makechan runtime/chan.go:72 480 16 56 0 00,1 - runtime.newobject@204:106,10,0
runtime.makemap runtime/map.go:305 416 24 64 0 000,101 - runtime.makeBucketArray@186:330,010,000 runtime.newobject@81:313/315,001,000 runtime.newobject#extra@249:332,110,000
runtime.makemap_small runtime/map.go:294 64 0 32 0 0, - runtime.newobject@26:295,0,
runtime.makeslice runtime/slice.go:92 224 24 32 0 ,1 - runtime.gopanic@107:29/101^88:102/29,,0
runtime.malg runtime/proc.go:4855 224 8 56 0 0000, -24+24/16:02 runtime.newobject@37:4856/4857,0000,
runtime.mallocgc runtime/malloc.go:971 2304 24 128 0 00000,01 -
runtime.mapassign runtime/map.go:579 1344 24 120 0 0000000,111 - runtime.(*hmap).newoverflow@893:665/666,0000000,111 runtime.growWork@316:611/197,0000000,111 runtime.hashGrow@245:659/660,0000000,111 runtime.mallocgc@175:1390/605~runtime/malloc.go^151:605,0000000,111 runtime.mallocgc#elem@1080:1390/679~runtime/malloc.go^1064:678,0111000,111 runtime.mallocgc#key@980:1390/674~runtime/malloc.go^964:673,0011001,111
runtime.mapassign_fast32 runtime/map_fast32.go:93 800 24 56 0 0,11 - runtime.(*hmap).newoverflow@584:163/175,0,11 runtime.growWork_fast32@271:116/197,0,11 runtime.hashGrow@209:157/158,0,11 runtime.mallocgc@148:1390/110~runtime/malloc.go^127:110,0,11
runtime.mapassign_fast64 runtime/map_fast64.go:93 800 24 56 0 0,11 - runtime.(*hmap).newoverflow@584:163/175,0,11 runtime.gopanic@745:95,0,00 runtime.growWork_fast64@279:116/197,0,11 runtime.hashGrow@217:157/158,0,11 runtime.mallocgc@156:1390/110~runtime/malloc.go^135:110,0,11
runtime.mapassign_faststr runtime/map_faststr.go:203 1056 32 104 0 0000,111 16+16/8:01 runtime.(*hmap).newoverflow@781:282/293,0000,111 runtime.growWork_faststr@293:227/197,0000,111 runtime.hashGrow@229:276/277,0000,111 runtime.mallocgc@165:1390/221~runtime/malloc.go^140:221,0000,111
runtime.mcall runtime/asm_amd64.s:428 96 8 16 0 -,- - *@78:458/459,-,-
runtime.mcommoninit runtime/proc.go:889 448 16 40 0 ,1 - runtime.malg@144:375~runtime/os_linux.go^134:907/375,,1
runtime.modtimer runtime/time.go:439 1248 56 56 0 000,100101 - runtime.doaddtimer@820:508/509,110,100000
runtime.mstart runtime/asm_amd64.s:393 32 -2147483648 0 0 -, - runtime.mstart0@5:394/395,-,
runtime.mstart0 runtime/proc.go:1660 160 0 40 0 0, - runtime.mstart1@118:1686/1695,0,
runtime.mstart1 runtime/proc.go:1702 256 0 32 0 0, - *@147:1729,1,
runtime.netpollblock runtime/netpoll.go:546 384 16 48 0 0, - runtime.gopark@247:573/409,1,
runtime.newArenaMayUnlock runtime/mheap.go:2238 192 0 40 0 0, -
runtime.newBucket runtime/mprof.go:217 160 16 32 0 , -
runtime.newMarkBits runtime/mheap.go:2142 768 8 64 0 , -
runtime.newarray runtime/malloc.go:1404 160 16 32 0 ,1 -
runtime.newdefer runtime/panic.go:501 512 0 96 0 000, - runtime.newobject@222:525/527,000,
runtime.newm runtime/proc.go:2631 416 24 40 0 0,11 - runtime.allocm@53:2644/296,0,01
runtime.newobject runtime/malloc.go:1389 64 8 32 0 ,1 -
runtime.newproc runtime/proc.go:4874 128 8 48 0 0000,1 -32+32/24:06
runtime.newproc.func1 runtime/proc.go:4877 96 0 32 0 , - runtime.newproc1@31:4878/4880,,
runtime.newproc1 runtime/proc.go:4892 1056 24 80 0 0000,11 - runtime.allgadd@143:4903/4905,0111,11 runtime.malg@111:4901,0101,11
runtime.panicdivide runtime/panic.go:238 96 0 24 0 , - runtime.gopanic@62:240,,
runtime.panicdottypeE runtime/iface.go:261 192 24 24 0 ,111 - runtime.gopanic@101:262,,000 runtime.newobject@45:262,,111
runtime.park_m runtime/proc.go:4007 544 8 80 0 000,1 - *@265:4023/4024,001,1 runtime.schedule@492:4036/4037,000,0
runtime.persistentalloc runtime/malloc.go:1526 160 24 64 0 00000,001 -40+40/40:12
runtime.profilealloc runtime/malloc.go:1420 192 24 32 0 ,11 -
runtime.resetForSleep runtime/time.go:202 96 16 64 0 ,01 - runtime.modtimer@49:555/205^15:204,,00
runtime.retake runtime/proc.go:6104 736 8 88 0 00, - runtime.handoffp@573:6165/6163,00,
runtime.rt0_go runtime/asm_amd64.s:159 384 -2147483648 8 0 -, - runtime.newproc@297:354/355,-,
runtime.runfinq runtime/mfinal.go:177 1248 0 440 0 0000000000000000000000000000000000000000, -320+272/264:000000ff01 runtime.call16@1009:256,0000000000000000000000000000000000000001, runtime.call32@1009:256,0000000000000000000000000000000000000001, runtime.gopark@263:194/216,0000000000000000000000000000000000001000, runtime.lock2@148:24/191~runtime/lockrank_off.go^136:52/24~runtime/lock_futex.go^407:190,0000000000000000000000000000000000001000,
runtime.schedule runtime/proc.go:3839 672 0 48 0 00, - runtime.stoplockedm@58:3847/3848,10,
runtime.selectgo runtime/select.go:121 5056 48 280 0 00000000000000000,110 -56+56/40:12 runtime.acquireSudog@1129:298/299,00111010000000000,100 runtime.gopanic@3163:515/377,00000000000000000,000 runtime.gopark@1829:327/328,00011000000000000,100
runtime.semacquire1 runtime/sema.go:114 864 40 96 0 0000,1 - runtime.acquireSudog@119:131,0000,1 runtime.gopark@549:408/161~runtime/proc.go^500:160,1100,1
runtime.semrelease1 runtime/sema.go:175 576 24 80 0 00000,1 -
runtime.sigpanic runtime/signal_unix.go:862 1024 0 88 0 0000, -24+24/8:01 runtime.gopanic@888:261~runtime/panic.go^838:881/260,0000,
runtime.startTemplateThread runtime/proc.go:2709 224 0 40 0 0, - runtime.newm@133:2721/588,1,
runtime.startm runtime/proc.go:2809 736 16 72 0 000,1 - runtime.newm@344:2870/2827,100,0
runtime.stkbucket runtime/mprof.go:263 1024 48 80 0 00,001 -
runtime.stoplockedm runtime/proc.go:3013 640 0 80 0 0000, - runtime.handoffp@82:3022/3024,0010,
runtime.sweepone runtime/mgcsweep.go:353 608 0 72 0 0, -
runtime.sysmon runtime/proc.go:5946 1120 0 96 0 , - runtime.retake@837:6071,,
runtime.systemstack runtime/asm_amd64.s:478 160 8 8 0 -,1 - *@74:509/513,-,1
runtime.systemstack_switch runtime/asm_amd64.s:470 32 0 8 0 -, - stop@8:474,-,
runtime.unlock2 runtime/lock_futex.go:124 192 8 32 0 0,1 -
runtime/debug.WriteHeapDump runtime/heapdump.go:22 256 8 5840 0 000, -24+24/16:02 runtime.systemstack_switch@165:32,000,
sync.(*Cond).Wait sync/cond.go:66 224 8 56 0 000,1 -16+8/8:01 sync.runtime_notifyListWait@133:70/71,100,0
sync.(*Mutex).lockSlow sync/mutex.go:117 672 8 72 0 ,1 - sync.runtime_SemacquireMutex@349:171/151,,1
sync.(*Once).doSlow sync/once.go:69 320 16 88 258 00000000,11 -48+16/16:02,-32+16/16:02 main@194:74/73,00000011,00
sync.(*RWMutex).Lock sync/rwmutex.go:140 160 8 40 0 0,1 - sync.(*Mutex).lockSlow@49:90/88~sync/mutex.go^18:146,1,0 sync.runtime_SemacquireRWMutex@106:151/158,0,0
sync.(*WaitGroup).Wait sync/waitgroup.go:91 160 8 32 0 0,1 - sync.runtime_Semacquire@72:116/145,1,0
sync.runtime_Semacquire runtime/sema.go:61 64 8 48 0 ,1 - runtime.semacquire1@37:62/63,,0
sync.runtime_SemacquireMutex runtime/sema.go:76 96 24 48 0 ,1 - runtime.semacquire1@37:77/78,,0
sync.runtime_SemacquireRWMutex runtime/sema.go:86 96 24 48 0 ,1 - runtime.semacquire1@37:87/88,,0
sync.runtime_SemacquireRWMutexR runtime/sema.go:81 96 24 48 0 ,1 - runtime.semacquire1@37:82/83,,0
sync.runtime_notifyListWait runtime/sema.go:544 448 16 72 0 000,1 - runtime.acquireSudog@77:554/555,010,1 runtime.gopark@345:408/570~runtime/proc.go^313:569/408,100,0
syscall.Syscall syscall/syscall_linux.go:68 128 32 88 0 , - stop@37:69/82,,
syscall.read syscall/zsyscall_linux_amd64.go:729 256 32 56 0 0,01 -8+8/8:01 syscall.Syscall@56:736/738,1,00
time.NewTimer time/sleep.go:86 224 8 48 0 00, - runtime.makechan@40:87,00, runtime.newobject@72:88/89,01, time.startTimer@173:96/97,10,
time.Sleep runtime/time.go:178 320 8 56 0 00, - runtime.gopark@277:195/196,00, runtime.newobject@61:186/187,01,
time.startTimer runtime/time.go:211 64 8 16 0 ,1 - runtime.addtimer@19:215/216,,0
`,
  arm: `
internal/poll.(*FD).Read internal/poll/fd_unix.go:140 872 28 72 808 00000,1100000 -12+8/8:02 internal/poll.(*pollDesc).wait@568:89~internal/poll/fd_poll_runtime.go^541:164,10001,1100001
internal/poll.(*pollDesc).wait internal/poll/fd_poll_runtime.go:80 396 20 20 0 ,10000 - internal/poll.runtime_pollWait@48:84,,00000
internal/poll.runtime_pollWait runtime/netpoll.go:336 160 12 20 0 , - runtime.netpollblock@84:345,,
os.(*File).Read os/file.go:114 236 28 36 0 ,1100000 - internal/poll.(*FD).Read@128:29~os/file_posix.go^93:118,,1000000
os.(*file).close os/file_unix.go:306 564 12 40 0 000,100 -
runtime.(*_panic).nextDefer runtime/panic.go:831 624 12 20 0 00,10 -
runtime.(*_panic).nextFrame runtime/panic.go:905 140 8 24 0 0000,1 -16+16/16:0e
runtime.(*atomicHeadTailIndex).incTail runtime/mspanset.go:376 220 12 28 0 ,1 -
runtime.(*gcControllerState).heapGoalInternal runtime/mgcpacer.go:909 424 20 24 0 ,1 -
runtime.(*gcControllerState).revise runtime/mgcpacer.go:490 1484 4 232 0 0000000,1 -
runtime.(*gcControllerState).startCycle runtime/mgcpacer.go:384 1492 32 128 0 00000000,1 -
runtime.(*hmap).newoverflow runtime/map.go:247 764 16 48 0 00,1110 - runtime.growslice@528:269,11,0110 runtime.mallocgc@236:1390~runtime/malloc.go^205:264,00,1110 runtime.newobject#extra@312:277^289:268,10,1110 runtime.newobject#overflow@400:280^289:268,10,1110
runtime.(*mLockProfile).recordUnlock runtime/mprof.go:668 132 8 8 0 ,11 -
runtime.(*mcache).allocLarge runtime/mcache.go:219 520 16 44 0 0, -
runtime.(*mcache).nextFree runtime/malloc.go:938 568 20 32 0 0, -
runtime.(*mcache).refill runtime/mcache.go:147 700 8 48 0 00, -
runtime.(*mcentral).cacheSpan runtime/mcentral.go:81 1128 8 68 0 000, -
runtime.(*mcentral).grow runtime/mcentral.go:250 220 8 32 0 , -
runtime.(*mcentral).uncacheSpan runtime/mcentral.go:204 328 8 32 0 , -
runtime.(*mheap).alloc runtime/mheap.go:953 120 16 32 0 00000, -20+20/16:08
runtime.(*scavengerState).init runtime/mgcscavenge.go:356 484 4 20 0 0,1 - runtime.newobject@88:363,0,1
runtime.(*scavengerState).park runtime/mgcscavenge.go:419 156 4 20 0 ,1 - runtime.gopark@104:408/426~runtime/proc.go^61:425,,0
runtime.(*scavengerState).sleep runtime/mgcscavenge.go:465 944 12 96 0 ,1 - runtime.gopark@368:408/19~runtime/proc.go^325:504,,1 runtime.modtimer@312:555/503~runtime/time.go^253:235~runtime/time.go^205:500,,1
runtime.(*spanSet).push runtime/mspanset.go:74 624 8 64 0 000000,1 -
runtime.(*spanSetBlockAlloc).alloc runtime/mspanset.go:312 120 8 20 0 ,10 -
runtime.(*sweepLocked).sweep runtime/mgcsweep.go:499 3600 12 152 0 000000000000,1 -44+8/4:01,-36+12/4:01,-24+12/4:01
runtime.GC runtime/mgc.go:433 484 0 32 0 0, - runtime.gcStart@92:466/469,0, runtime.gcWaitOnMark@48:461/466,0, runtime.mcall@124:342/194~runtime/proc.go^109:476,0,
runtime.Goexit runtime/panic.go:614 124 0 68 0 0000000000000, -52+52/48:6d0d main@80:626/622,1011011010110,
runtime.LockOSThread runtime/proc.go:5188 140 0 12 0 , - runtime.startTemplateThread@32:5193/5196,,
runtime.SetFinalizer runtime/mfinal.go:410 1992 16 112 0 000000000000,0101 -32+24/24:36,-8+8/8:02,0+8/8:02,8+8/8:02
runtime.acquireSudog runtime/proc.go:418 800 4 52 0 000,0 - runtime.newobject@576:441,101,0
runtime.addtimer runtime/time.go:257 456 4 40 0 00000,1 - runtime.doaddtimer@268:280/281,11000,0
runtime.allgadd runtime/proc.go:618 468 4 40 0 ,1 - runtime.growslice@136:624,,1
runtime.allocm runtime/proc.go:2057 900 20 44 0 000000,11000 -12+4/4:01,-8+8/8:02 runtime.malg@316:2117,011000,10000 runtime.mcommoninit@220:2110/2114,011000,10000 runtime.newobject@148:2108/2109,001000,11000
runtime.bgscavenge runtime/mgcscavenge.go:649 176 4 28 0 ,1 - runtime.(*scavengerState).init@28:650/652,,1 runtime.(*scavengerState).park@96:658/659,,0 runtime.(*scavengerState).park#first@60:653/656,,0 runtime.(*scavengerState).sleep@144:662,,0 runtime.chansend1@48:652/653,,0
runtime.bgsweep runtime/mgcsweep.go:271 484 4 32 0 0,1 - runtime.chansend1@120:277/278,0,0 runtime.gopark@284:408/299~runtime/proc.go^237:318,0,0 runtime.gopark#first@168:408/299~runtime/proc.go^121:278,0,0 runtime.goschedIfBusy@392:302/300,0,0
runtime.block runtime/select.go:102 76 0 20 0 , - runtime.gopark@60:103/104,,
runtime.call16 runtime/asm_arm.s:488 156 28 20 0 ,1110001 - main@76:488,,1110001
runtime.chanrecv runtime/chan.go:457 1712 16 60 0 000000,11 -8+8/8:02 runtime.acquireSudog@680:563,001100,11 runtime.gopark@1200:583/586,010100,00 runtime.gopark#nil@1624:469/470,000000,00
runtime.chanrecv1 runtime/chan.go:441 36 8 20 0 ,11 - runtime.chanrecv@32:442/443,,00
runtime.chanrecv2 runtime/chan.go:446 44 12 20 0 ,11 - runtime.chanrecv@32:447,,00
runtime.chansend runtime/chan.go:160 1632 20 56 0 00000,11 -8+8/8:02 runtime.acquireSudog@372:239,01100,11 runtime.gopanic@1568:206,00000,00 runtime.gopark@888:259/267,10100,11 runtime.gopark#nil@1432:165/166,00000,00
runtime.chansend1 runtime/chan.go:144 44 8 24 0 ,11 - runtime.chansend@40:145/146,,00
runtime.clearpools runtime/mgc.go:1669 476 0 24 0 0, -
runtime.closechan runtime/chan.go:357 808 4 40 0 000000,1 -12+12/8:02 runtime.gopanic@768:359,000000,0
runtime.concatstrings runtime/string.go:25 572 24 60 0 00,11000 -
runtime.createfing runtime/mfinal.go:161 120 0 20 0 , - runtime.newproc@92:164/166,,
runtime.deductSweepCredit runtime/mgcsweep.go:895 584 8 44 0 0, -
runtime.deferproc runtime/panic.go:271 208 4 16 0 0,1 - runtime.newdefer@40:278,1,1
runtime.deferreturn runtime/panic.go:592 120 0 68 0 0000000000000, -52+52/48:6d0d main@80:602/598,1011011010110,
runtime.doaddtimer runtime/time.go:290 520 8 44 0 ,11 - runtime.growslice@152:302,,11
runtime.entersyscallblock_handoff runtime/proc.go:4480 100 0 20 0 0, - runtime.handoffp@84:4487/4488,0,
runtime.evacuate runtime/map.go:1169 1308 12 96 0 0000000000000,11 -52+32/32:dd runtime.(*hmap).newoverflow@832:1242,1011101111111,11
runtime.evacuate_fast32 runtime/map_fast32.go:374 1024 12 88 0 000000000000,11 -48+32/32:dd runtime.(*hmap).newoverflow@632:423,101110111111,11
runtime.evacuate_faststr runtime/map_faststr.go:402 972 12 88 0 000000000000,11 -48+32/32:dd runtime.(*hmap).newoverflow@632:451,101110111111,11
runtime.forcegchelper runtime/proc.go:317 348 0 24 0 0, - runtime.gopark@228:408/328^181:326,0,
runtime.gcAssistAlloc runtime/mgcmark.go:407 1428 4 124 0 00000,1 -16+16/8:02
runtime.gcBgMarkStartWorkers runtime/mgc.go:1227 160 0 20 0 , - runtime.newproc@32:1234/1236,,
runtime.gcBgMarkWorker runtime/mgc.go:1276 1464 0 92 0 000000, -12+12/12:06 runtime.gopark@236:1310/581,110000, runtime.newobject@80:1283/1284,010000,
runtime.gcMarkTinyAllocs runtime/mgcmark.go:1743 224 0 48 0 00, -
runtime.gcStart runtime/mgc.go:595 1872 16 128 0 00000000000, -20+12/12:06,-8+8/8:02
runtime.gcWaitOnMark runtime/mgc.go:507 232 4 20 0 , - runtime.gopark@100:408/510~runtime/proc.go^53:525,,
runtime.gcenable runtime/mgc.go:200 284 0 20 0 0, - runtime.chanrecv1@208:205/206,1, runtime.makechan@36:202,0, runtime.newobject@56:203,1, runtime.newobject#second@128:204,1, runtime.newproc@116:203/204,1,
runtime.gcenable.gowrap1 runtime/mgc.go:203 84 0 8 0 , - runtime.bgsweep@40:203,,
runtime.gcenable.gowrap2 runtime/mgc.go:204 84 0 8 0 , - runtime.bgscavenge@40:204,,
runtime.goPanicIndex runtime/panic.go:112 188 8 32 0 , - runtime.convTnoptr@140:114,, runtime.gopanic@160:114,,
runtime.goPanicSliceAcap runtime/panic.go:138 192 8 32 0 , - runtime.gopanic@164:140,,
runtime.goexit runtime/asm_arm.s:858 16 0 0 0 -, - main@4:859/860,-, runtime.forcegchelper@4:859/860,-, runtime.gcBgMarkWorker@4:859/860,-, runtime.gcenable.gowrap1@4:859/860,-, runtime.gcenable.gowrap2@4:859/860,-, runtime.main@4:859/860,-, runtime.runfinq@4:859/860,-,
runtime.goexit0 runtime/proc.go:4179 48 4 8 0 ,1 - runtime.schedule@32:4181/4182,,0
runtime.gopanic runtime/panic.go:720 796 8 84 0 000000000000000,01 -60+52/48:6d0d main@252:770/766,101101101011000,00
runtime.gopark runtime/proc.go:385 320 16 20 0 00,11 - stop@260:402/403,00,00
runtime.goschedIfBusy runtime/proc.go:358 72 0 12 0 , - runtime.mcall@52:365/366,,
runtime.goschedImpl runtime/proc.go:4039 488 8 24 0 0,1 - runtime.schedule@408:4065/4066,0,0
runtime.gosched_m runtime/proc.go:4069 52 4 12 0 ,1 - runtime.goschedImpl@36:4070/4071,,0
runtime.goyield_m runtime/proc.go:4152 224 4 28 0 00,1 - runtime.schedule@208:4162/4163,00,0
runtime.greyobject runtime/mgcmark.go:1615 820 24 32 0 ,00001 -
runtime.growWork runtime/map.go:1145 144 12 16 0 ,11 - runtime.evacuate@88:1148/1118,,11 runtime.evacuate#second@128:1152/1154,,00
runtime.growWork_fast32 runtime/map_fast32.go:363 144 12 16 0 ,11 - runtime.evacuate_fast32@88:366/1118,,11 runtime.evacuate_fast32#second@128:370/372,,00
runtime.growWork_faststr runtime/map_faststr.go:391 144 12 16 0 ,11 - runtime.evacuate_faststr@88:394/1118,,11 runtime.evacuate_faststr#second@128:398/400,,00
runtime.growslice runtime/slice.go:155 1744 32 40 0 0,100010 -
runtime.handoffp runtime/proc.go:2905 1104 4 36 0 ,1 - runtime.startm@1016:2911/2912,,0 runtime.startm#spinning@932:2928/2929,,0
runtime.hashGrow runtime/map.go:1053 580 8 36 0 00,11 - runtime.makeBucketArray@140:1063/1065,10,01 runtime.newobject@424:1087,01,01
runtime.init.5 runtime/proc.go:313 52 0 8 0 , - runtime.newproc@28:314/315,,
runtime.lock2 runtime/lock_futex.go:55 628 4 72 0 0000000,1 -28+28/4:01
runtime.mProf_Malloc runtime/mprof.go:425 448 8 200 0 000000,1 -12+12/8:02
runtime.main runtime/proc.go:146 1404 0 68 1212 000000, -12+8/8:02 main@764:271/194,000001, runtime.gcenable@412:210/212,000001, runtime.makechan@432:212,000001,
runtime.main.func1 runtime/proc.go:171 76 0 20 0 , - runtime.newm@52:172/173,,
runtime.makeBucketArray runtime/map.go:346 628 20 28 0 ,10100 - runtime.newarray@424:364,,10000
runtime.makechan runtime/chan.go:72 612 12 32 0 00,100 - runtime.newobject@276:106,10,000
runtime.makemap runtime/map.go:305 512 16 40 0 00,1010 - runtime.makeBucketArray@288:330,01,0000 runtime.newobject@164:313,00,1000 runtime.newobject#extra@368:332,11,0000
runtime.makemap_small runtime/map.go:294 80 4 20 0 0,0 - runtime.newobject@28:295,0,0
runtime.makeslice runtime/slice.go:92 364 16 20 0 ,1000 - runtime.gopanic@232:29/101^209:102,,0000
runtime.malg runtime/proc.go:4855 208 8 32 0 0000,00 -12+12/8:02 runtime.newobject@28:4856,0000,00
runtime.mallocgc runtime/malloc.go:971 2924 16 72 0 00000,0100 -
runtime.mapassign runtime/map.go:579 1380 16 64 0 0000000,1110 - runtime.(*hmap).newoverflow@912:665,0000000,1110 runtime.growWork@316:611/613,0000000,1110 runtime.hashGrow@240:659/660,0000000,1110 runtime.mallocgc@164:1390/605~runtime/malloc.go^133:605,0000000,1110 runtime.mallocgc#elem@1120:1390/679~runtime/malloc.go^1093:678,0111000,1110 runtime.mallocgc#key@1004:1390/674~runtime/malloc.go^977:673,0011001,1110
runtime.mapassign_fast32 runtime/map_fast32.go:93 872 16 32 0 0,1100 - runtime.(*hmap).newoverflow@652:163,0,1100 runtime.gopanic@836:95,0,0000 runtime.growWork_fast32@316:116/118,0,1100 runtime.hashGrow@240:157/158,0,1100 runtime.mallocgc@164:1390/110~runtime/malloc.go^133:110,0,1100
runtime.mapassign_faststr runtime/map_faststr.go:203 1112 20 56 0 0000,11100 8+8/4:01 runtime.(*hmap).newoverflow@864:282,0000,11100 runtime.growWork_faststr@316:227/229,0000,11100 runtime.hashGrow@240:276/277,0000,11100 runtime.mallocgc@164:1390/221~runtime/malloc.go^133:221,0000,11100
runtime.mcall runtime/asm_arm.s:244 80 4 8 0 -,1 - *@72:265/266,-,1
runtime.mcommoninit runtime/proc.go:889 516 12 24 0 ,1 - runtime.malg@200:375~runtime/os_linux.go^185:907,,1
runtime.modtimer runtime/time.go:439 1364 40 48 0 00000,10000101 - runtime.doaddtimer@1144:508/509,10101,00000000
runtime.mstart runtime/asm_arm.s:209 16 -2147483648 4 0 -, - runtime.mstart0@8:210/211,-,
runtime.mstart0 runtime/proc.go:1660 140 0 20 0 0, - runtime.mstart1@124:1686/1695,0,
runtime.mstart1 runtime/proc.go:1702 228 0 16 0 0, - *@124:1729/1732,1,
runtime.netpollblock runtime/netpoll.go:546 392 16 24 0 0, - runtime.gopark@256:573/576,1,
runtime.newArenaMayUnlock runtime/mheap.go:2238 232 4 24 0 0, -
runtime.newBucket runtime/mprof.go:217 160 12 20 0 , -
runtime.newMarkBits runtime/mheap.go:2142 448 8 36 0 , -
runtime.newarray runtime/malloc.go:1404 256 12 20 0 ,100 -
runtime.newdefer runtime/panic.go:501 624 4 52 0 000,0 - runtime.newobject@252:525,000,0
runtime.newm runtime/proc.go:2631 452 16 28 0 0,11 - runtime.allocm@76:2644,0,01
runtime.newobject runtime/malloc.go:1389 68 8 20 0 ,10 -
runtime.newproc runtime/proc.go:4874 108 4 24 0 0000,1 -16+16/12:06
runtime.newproc.func1 runtime/proc.go:4877 120 0 20 0 , - runtime.newproc1@44:4878,,
runtime.newproc1 runtime/proc.go:4892 1180 16 52 0 00000,1100 - runtime.allgadd@160:4903/4905,11001,1100 runtime.malg@116:4901,10001,1100
runtime.panicdivide runtime/panic.go:238 108 0 12 0 , - runtime.gopanic@76:240,,
runtime.panicdottypeE runtime/iface.go:261 164 12 16 0 ,111 - runtime.gopanic@104:262,,000 runtime.newobject@28:262,,111
runtime.park_m runtime/proc.go:4007 456 4 32 0 00,1 - *@220:4023/4024,10,1 runtime.schedule@432:4036/4037,00,0
runtime.persistentalloc runtime/malloc.go:1526 120 16 32 0 00000,0010 -20+20/20:12
runtime.profilealloc runtime/malloc.go:1420 184 12 16 0 ,11 -
runtime.resetForSleep runtime/time.go:202 116 12 44 0 ,01 - runtime.modtimer@92:555/205^17:204,,00
runtime.retake runtime/proc.go:6104 884 12 56 0 000, - runtime.handoffp@716:6165/6163,000,
runtime.rt0_go runtime/asm_arm.s:115 192 -2147483648 72 0 -, - runtime.newproc@148:176/177,-,
runtime.runfinq runtime/mfinal.go:177 1472 0 96 0 00000000, - runtime.call16@1080:256/257,00110001, runtime.gopark@272:194/216,00100000, runtime.lock2@148:24/191~runtime/lockrank_off.go^133:52~runtime/lock_futex.go^405:190,00100000,
runtime.schedule runtime/proc.go:3839 832 0 28 0 00, - runtime.stoplockedm@52:3847/3848,10,
runtime.selectgo runtime/select.go:121 4900 32 160 0 0000000000000000000000,110 -28+28/20:12 runtime.acquireSudog@1916:298,0000111100100000000000,100 runtime.gopanic@4272:515/377,0000000000000000000000,000 runtime.gopark@2800:327/328,0000011000000010000000,100
runtime.semacquire1 runtime/sema.go:114 912 20 40 0 000,1 - runtime.acquireSudog@60:131,000,1 runtime.gopark@624:408/161~runtime/proc.go^577:160,101,1
runtime.semrelease1 runtime/sema.go:175 700 12 60 0 000,1 -
runtime.sigpanic runtime/signal_unix.go:862 1132 0 48 0 0000, -12+12/4:01 runtime.gopanic@920:261/880~runtime/panic.go^857:881,0000,
runtime.startTemplateThread runtime/proc.go:2709 252 0 24 0 0, - runtime.newm@172:2721/588,1,
runtime.startm runtime/proc.go:2809 796 8 44 0 000,1 - runtime.newm@492:2870/2809,100,0
runtime.stkbucket runtime/mprof.go:263 1144 28 52 0 0000,001 -
runtime.stoplockedm runtime/proc.go:3013 376 0 24 0 00, - runtime.handoffp@68:3022/3024,01,
runtime.sweepone runtime/mgcsweep.go:353 704 4 60 0 0, -
runtime.sysmon runtime/proc.go:5946 1852 0 92 0 , - runtime.retake@1352:6071,,
runtime.systemstack runtime/asm_arm.s:280 148 4 4 0 -,1 - *@96:317/320,-,1
runtime.systemstack_switch runtime/asm_arm.s:274 16 0 4 0 -, - stop@4:274/275,-,
runtime.unlock2 runtime/lock_futex.go:124 280 4 28 0 0,1 -
runtime/debug.WriteHeapDump runtime/heapdump.go:22 288 4 5572 0 000, -12+12/8:02 runtime.systemstack_switch@188:32/40,000,
sync.(*Cond).Wait sync/cond.go:66 264 4 36 0 000,1 -8+4/4:01 sync.runtime_notifyListWait@188:70/71,000,1
sync.(*Mutex).Lock sync/mutex.go:81 92 4 20 0 ,1 - sync.(*Mutex).lockSlow@76:90/91,,0
sync.(*Mutex).lockSlow sync/mutex.go:117 900 4 52 0 ,1 - sync.runtime_SemacquireMutex@640:171/151,,1
sync.(*Once).Do sync/once.go:48 80 8 12 0 ,11 - sync.(*Once).doSlow@64:65/67,,00
sync.(*Once).doSlow sync/once.go:69 304 8 44 272 0000000,11 -28+8/8:02,-16+8/8:02 main@200:74/73,0000011,00
sync.(*RWMutex).Lock sync/rwmutex.go:140 152 4 16 0 ,1 - sync.(*Mutex).Lock@32:146/88,,1 sync.runtime_SemacquireRWMutex@136:151/158,,0
sync.(*RWMutex).RLock sync/rwmutex.go:63 104 4 16 0 ,1 - sync.runtime_SemacquireRWMutexR@88:70/76,,0
sync.(*WaitGroup).Wait sync/waitgroup.go:91 216 4 28 0 ,1 - sync.runtime_Semacquire@104:116/145,,1
sync.runtime_Semacquire runtime/sema.go:61 76 4 24 0 ,1 - runtime.semacquire1@60:62/63,,0
sync.runtime_SemacquireMutex runtime/sema.go:76 76 12 24 0 ,1 - runtime.semacquire1@60:77/78,,0
sync.runtime_SemacquireRWMutex runtime/sema.go:86 76 12 24 0 ,1 - runtime.semacquire1@60:87/88,,0
sync.runtime_SemacquireRWMutexR runtime/sema.go:81 76 12 24 0 ,1 - runtime.semacquire1@60:82/83,,0
sync.runtime_notifyListWait runtime/sema.go:544 616 8 44 0 000,1 - runtime.acquireSudog@64:554,010,1 runtime.gopark@484:408/570~runtime/proc.go^437:569,100,0
syscall.Syscall syscall/syscall_linux.go:68 116 28 56 0 , - stop@8:69/82,,
syscall.read syscall/zsyscall_linux_arm.go:729 276 28 40 0 0,0100000 -4+4/4:01 syscall.Syscall@72:736,1,0000000
time.NewTimer time/sleep.go:86 256 12 36 0 00,000 - runtime.makechan@36:87,00,000 runtime.newobject@92:88/89,01,000 time.startTimer@212:96/97,10,000
time.Sleep runtime/time.go:178 388 8 28 0 00, - runtime.gopark@344:195/196,00, runtime.newobject@100:186/187,01,
time.startTimer runtime/time.go:211 44 4 8 0 ,1 - runtime.addtimer@28:215/216,,0
`,
  arm64: `
internal/poll.(*FD).Read internal/poll/fd_unix.go:140 816 32 160 736 0000000,11 -24+16/16:02 internal/poll.(*pollDesc).wait@512:89/164~internal/poll/fd_poll_runtime.go^497:164,0110001,11
internal/poll.(*pollDesc).wait internal/poll/fd_poll_runtime.go:80 352 24 48 0 ,1 - internal/poll.runtime_pollWait@40:84,,0
internal/poll.runtime_pollWait runtime/netpoll.go:336 320 16 48 0 0, - runtime.netpollblock@160:345,1,
os.(*File).Read os/file.go:114 224 32 64 0 ,11 - internal/poll.(*FD).Read@112:29~os/file_posix.go^101:118,,10
os.(*file).close os/file_unix.go:306 464 8 96 0 000,1 -
runtime.(*_panic).nextDefer runtime/panic.go:831 544 8 48 0 00,1 -
runtime.(*_panic).nextFrame runtime/panic.go:905 144 8 64 0 0000,1 -32+32/32:0e
runtime.(*atomicHeadTailIndex).incTail runtime/mspanset.go:376 208 8 48 0 ,1 -
runtime.(*gcControllerState).heapGoalInternal runtime/mgcpacer.go:909 176 8 32 0 ,1 -
runtime.(*gcControllerState).revise runtime/mgcpacer.go:490 480 8 80 0 000,1 -
runtime.(*gcControllerState).startCycle runtime/mgcpacer.go:384 784 48 96 0 0,1 -
runtime.(*hmap).newoverflow runtime/map.go:247 672 24 112 0 00,111 - runtime.growslice@448:269,11,011 runtime.mallocgc@208:1390/269~runtime/malloc.go^189:264,00,111 runtime.newobject#extra@268:277^241:268,10,111 runtime.newobject#overflow@340:280^241:268,10,111
runtime.(*mLockProfile).recordUnlock runtime/mprof.go:668 128 16 32 0 ,11 -
runtime.(*mcache).allocLarge runtime/mcache.go:219 544 24 80 0 , -
runtime.(*mcache).nextFree runtime/malloc.go:938 528 16 80 0 0, -
runtime.(*mcache).refill runtime/mcache.go:147 688 16 80 0 0, -
runtime.(*mcentral).cacheSpan runtime/mcentral.go:81 1360 8 144 0 00000, -
runtime.(*mcentral).grow runtime/mcentral.go:250 224 8 64 0 , -
runtime.(*mcentral).uncacheSpan runtime/mcentral.go:204 240 16 48 0 , -
runtime.(*mheap).alloc runtime/mheap.go:953 144 24 80 0 00000, -40+40/32:08
runtime.(*scavengerState).init runtime/mgcscavenge.go:356 480 8 48 0 0,1 - runtime.newobject@88:363,0,1
runtime.(*scavengerState).park runtime/mgcscavenge.go:419 144 8 48 0 ,1 - runtime.gopark@92:408/426~runtime/proc.go^65:425,,0
runtime.(*scavengerState).sleep runtime/mgcscavenge.go:465 608 16 112 0 ,1 - runtime.gopark@280:408/19~runtime/proc.go^253:504,,1 runtime.modtimer@240:555/503~runtime/time.go^205:235~runtime/time.go^161:500,,1
runtime.(*spanSet).push runtime/mspanset.go:74 512 16 128 0 000000,1 -
runtime.(*spanSetBlockAlloc).alloc runtime/mspanset.go:312 208 8 48 0 ,1 -
runtime.(*sweepLocked).sweep runtime/mgcsweep.go:499 3696 16 288 0 0000000000,1 -72+16/8:01,-56+24/8:01,-32+24/8:01
runtime.GC runtime/mgc.go:433 400 0 64 0 0, - runtime.gcStart@72:466/469,0, runtime.gcWaitOnMark@48:461/466,0, runtime.mcall@104:342/475~runtime/proc.go^89:476,0,
runtime.Goexit runtime/panic.go:614 144 0 144 0 0000000000000, -104+104/96:6d0d main@96:626/622,1011011010110,
runtime.LockOSThread runtime/proc.go:5188 128 0 32 0 , - runtime.startTemplateThread@32:5193/5196,,
runtime.SetFinalizer runtime/mfinal.go:410 1584 32 224 0 000000000000,0101 -64+48/48:36,-16+16/16:02,0+16/16:02,16+16/16:02
runtime.acquireSudog runtime/proc.go:418 688 0 112 0 000, - runtime.newobject@512:441,101,
runtime.addtimer runtime/time.go:257 336 8 80 0 0000,1 - runtime.doaddtimer@176:280/281,1100,0
runtime.allgadd runtime/proc.go:618 416 8 96 0 0,1 - runtime.growslice@116:624,0,1
runtime.allocm runtime/proc.go:2057 784 24 96 0 000000,11 -24+8/8:01,-16+16/16:02 runtime.malg@280:2117,011000,10 runtime.mcommoninit@204:2110/2114,011000,10 runtime.newobject@156:2108/2109,001000,11
runtime.bgscavenge runtime/mgcscavenge.go:649 208 8 32 0 ,1 - runtime.(*scavengerState).init@40:650/652,,1 runtime.(*scavengerState).park@172:658/659,,0 runtime.(*scavengerState).park#first@68:653/656,,0 runtime.(*scavengerState).sleep@156:662,,0 runtime.chansend1@56:652/653,,0
runtime.bgsweep runtime/mgcsweep.go:271 448 8 80 0 0,1 - runtime.chansend1@124:277/278,0,0 runtime.gopark@264:408/299~runtime/proc.go^229:318,0,0 runtime.gopark#first@160:408/299~runtime/proc.go^125:278,0,0 runtime.goschedIfBusy@376:302/300,0,0
runtime.block runtime/select.go:102 80 0 48 0 , - runtime.gopark@48:103/104,,
runtime.call16 runtime/asm_arm64.s:503 224 48 32 0 ,111001 - main@120:503,,111001
runtime.call32 runtime/asm_arm64.s:504 224 48 48 0 ,111001 - main@120:504,,111001
runtime.chanrecv runtime/chan.go:457 1552 24 128 0 000000,11 -16+16/16:02 runtime.acquireSudog@644:563/564,001100,11 runtime.gopark@1028:583/586,010100,00 runtime.gopark#nil@416:469/470,000000,00
runtime.chanrecv1 runtime/chan.go:441 32 16 48 0 ,11 - runtime.chanrecv@20:442/443,,00
runtime.chanrecv2 runtime/chan.go:446 48 16 48 0 ,11 - runtime.chanrecv@20:447/448,,00
runtime.chansend runtime/chan.go:160 1440 32 112 0 00000,11 -16+16/16:02 runtime.acquireSudog@560:239/240,01100,11 runtime.gopanic@1388:206,00000,00 runtime.gopark@944:259/267,10100,11 runtime.gopark#nil@240:165/166,00000,00
runtime.chansend1 runtime/chan.go:144 48 16 48 0 ,11 - runtime.chansend@24:145/146,,00
runtime.clearpools runtime/mgc.go:1669 448 0 64 0 00, -
runtime.closechan runtime/chan.go:357 1072 8 96 0 000000,1 -24+24/16:02 runtime.gopanic@1044:359,000000,0
runtime.concatstrings runtime/string.go:25 560 32 112 0 0000,11 -
runtime.createfing runtime/mfinal.go:161 160 0 32 0 , - runtime.newproc@128:164/166,,
runtime.deductSweepCredit runtime/mgcsweep.go:895 672 16 64 0 00, -
runtime.deferproc runtime/panic.go:271 224 8 48 0 0,1 - runtime.newdefer@52:278/279,1,1
runtime.deferreturn runtime/panic.go:592 144 0 144 0 0000000000000, -104+104/96:6d0d main@96:602/598,1011011010110,
runtime.doaddtimer runtime/time.go:290 432 16 96 0 ,11 - runtime.growslice@132:302,,11
runtime.entersyscallblock_handoff runtime/proc.go:4480 224 0 48 0 0, - runtime.handoffp@192:4487/4488,0,
runtime.evacuate runtime/map.go:1169 1280 24 192 0 0000000000000,11 -104+64/64:dd runtime.(*hmap).newoverflow@812:1242,1011101111111,11
runtime.evacuate_fast32 runtime/map_fast32.go:374 912 24 176 0 000000000000,11 -96+64/64:dd runtime.(*hmap).newoverflow@628:423,101110111111,11
runtime.evacuate_fast64 runtime/map_fast64.go:376 992 24 176 0 000000000000,11 -96+64/64:dd runtime.(*hmap).newoverflow@628:425,101110111111,11
runtime.evacuate_faststr runtime/map_faststr.go:402 960 24 176 0 000000000000,11 -96+64/64:dd runtime.(*hmap).newoverflow@628:451,101110111111,11
runtime.forcegchelper runtime/proc.go:317 272 0 64 0 0, - runtime.gopark@184:408/328^149:326,0,
runtime.gcAssistAlloc runtime/mgcmark.go:407 1376 8 96 0 0000000,1 -24+24/16:02
runtime.gcBgMarkStartWorkers runtime/mgc.go:1227 144 0 32 0 , - runtime.newproc@40:1234/1236,,
runtime.gcBgMarkWorker runtime/mgc.go:1276 1232 0 160 0 000000, -24+24/24:06 runtime.gopark@216:1310/581,110000, runtime.newobject@92:1283/1284,010000,
runtime.gcMarkTinyAllocs runtime/mgcmark.go:1743 208 0 112 0 00, -
runtime.gcStart runtime/mgc.go:595 1520 24 208 0 000000000, -40+24/24:06,-16+16/16:02
runtime.gcWaitOnMark runtime/mgc.go:507 224 8 48 0 , - runtime.gopark@100:408/510~runtime/proc.go^65:525,,
runtime.gcenable runtime/mgc.go:200 240 0 48 0 0, - runtime.chanrecv1@184:205/206,1, runtime.makechan@40:202,0, runtime.newobject@56:203,1, runtime.newobject#second@120:204,1, runtime.newproc@108:203/204,1,
runtime.gcenable.gowrap1 runtime/mgc.go:203 96 0 32 0 , - runtime.bgsweep@40:203,,
runtime.gcenable.gowrap2 runtime/mgc.go:204 96 0 32 0 , - runtime.bgscavenge@40:204,,
runtime.goPanicIndex runtime/panic.go:112 160 16 64 0 , - runtime.convTnoptr@108:114,, runtime.gopanic@124:114,,
runtime.goPanicSliceAcap runtime/panic.go:138 160 16 64 0 , - runtime.gopanic@128:140,,
runtime.goexit runtime/asm_arm64.s:1221 16 0 0 0 -, - main@4:1222/1223,-, runtime.forcegchelper@4:1222/1223,-, runtime.gcBgMarkWorker@4:1222/1223,-, runtime.gcenable.gowrap1@4:1222/1223,-, runtime.gcenable.gowrap2@4:1222/1223,-, runtime.main@4:1222/1223,-, runtime.runfinq@4:1222/1223,-,
runtime.goexit0 runtime/proc.go:4179 64 8 32 0 ,1 - runtime.schedule@32:4181/4182,,0
runtime.gopanic runtime/panic.go:720 720 16 176 0 000000000000000,01 -120+104/96:6d0d main@292:770/766,101101101011000,00
runtime.gopark runtime/proc.go:385 288 32 32 0 ,11 - stop@200:402/403,,00
runtime.goschedIfBusy runtime/proc.go:358 80 0 32 0 , - runtime.mcall@52:365/366,,
runtime.goschedImpl runtime/proc.go:4039 784 16 80 0 00,1 - runtime.schedule@484:4065/4066,00,0
runtime.gosched_m runtime/proc.go:4069 64 8 32 0 ,1 - runtime.goschedImpl@32:4070/4071,,0
runtime.goyield_m runtime/proc.go:4152 336 8 64 0 00,1 - runtime.schedule@296:4162/4163,00,0
runtime.greyobject runtime/mgcmark.go:1615 784 48 64 0 ,00001 -
runtime.growWork runtime/map.go:1145 160 24 48 0 ,11 - runtime.evacuate@76:1148/1151,,11 runtime.evacuate#second@104:1152/1154,,00
runtime.growWork_fast32 runtime/map_fast32.go:363 160 24 48 0 ,11 - runtime.evacuate_fast32@76:366/369,,11 runtime.evacuate_fast32#second@104:370/372,,00
runtime.growWork_fast64 runtime/map_fast64.go:365 160 24 48 0 ,11 - runtime.evacuate_fast64@76:368/371,,11 runtime.evacuate_fast64#second@104:372/374,,00
runtime.growWork_faststr runtime/map_faststr.go:391 160 24 48 0 ,11 - runtime.evacuate_faststr@76:394/397,,11 runtime.evacuate_faststr#second@104:398/400,,00
runtime.growslice runtime/slice.go:155 1664 40 96 0 0,10001 -
runtime.handoffp runtime/proc.go:2905 1184 8 48 0 ,1 - runtime.startm@1148:2911/2912,,0 runtime.startm#spinning@572:2928/2929,,0
runtime.hashGrow runtime/map.go:1053 528 16 64 0 00,11 - runtime.makeBucketArray@132:1063/1065,10,01 runtime.newobject@368:1087,01,01
runtime.init.5 runtime/preempt.go:316 192 0 48 0 , -
runtime.lock2 runtime/lock_futex.go:55 624 8 112 0 0000,1 -32+32/8:01
runtime.mProf_Malloc runtime/mprof.go:425 432 16 400 0 000000,1 -24+24/16:02
runtime.main runtime/proc.go:146 1040 0 144 1000 000000, -24+16/16:02 main@652:271/194,000001, runtime.gcenable@364:210/212,000001, runtime.makechan@380:212,000001,
runtime.main.func1 runtime/proc.go:171 80 0 48 0 , - runtime.newm@44:172/173,,
runtime.makeBucketArray runtime/map.go:346 592 24 48 0 ,101 - runtime.newarray@392:364/378,,100
runtime.makechan runtime/chan.go:72 464 16 64 0 00,1 - runtime.newobject@180:106,10,0
runtime.makemap runtime/map.go:305 400 24 64 0 00,101 - runtime.makeBucketArray@184:330,01,000 runtime.newobject@84:313/315,00,100 runtime.newobject#extra@248:332,11,000
runtime.makemap_small runtime/map.go:294 80 0 48 0 0, - runtime.newobject@36:295,0,
runtime.makeslice runtime/slice.go:92 208 24 48 0 ,1 - runtime.gopanic@128:29/101^105:102,,0
runtime.malg runtime/proc.go:4855 208 8 80 0 0000, -24+24/16:02 runtime.newobject@40:4856/4857,0000,
runtime.mallocgc runtime/malloc.go:971 2304 24 144 0 00000,01 -
runtime.mapassign runtime/map.go:579 1216 24 128 0 0000000,111 - runtime.(*hmap).newoverflow@804:665/666,0000000,111 runtime.growWork@272:611/197,0000000,111 runtime.hashGrow@212:659/660,0000000,111 runtime.mallocgc@148:1390/605~runtime/malloc.go^129:605,0000000,111 runtime.mallocgc#elem@972:1390/679~runtime/malloc.go^957:678,0111000,111 runtime.mallocgc#key@880:1390/674~runtime/malloc.go^865:673,0011001,111
runtime.mapassign_fast32 runtime/map_fast32.go:93 816 24 64 0 0,11 - runtime.(*hmap).newoverflow@588:163/172,0,11 runtime.growWork_fast32@268:116/197,0,11 runtime.hashGrow@208:157/158,0,11 runtime.mallocgc@144:1390/110~runtime/malloc.go^125:110,0,11
runtime.mapassign_fast64 runtime/map_fast64.go:93 816 24 64 0 0,11 - runtime.(*hmap).newoverflow@588:163/172,0,11 runtime.gopanic@768:95,0,00 runtime.growWork_fast64@268:116/197,0,11 runtime.hashGrow@208:157/158,0,11 runtime.mallocgc@144:1390/110~runtime/malloc.go^125:110,0,11
runtime.mapassign_faststr runtime/map_faststr.go:203 1024 32 112 0 0000,111 16+16/8:01 runtime.(*hmap).newoverflow@768:282/290,0000,111 runtime.growWork_faststr@272:227/197,0000,111 runtime.hashGrow@212:276/277,0000,111 runtime.mallocgc@148:1390/221~runtime/malloc.go^129:221,0000,111
runtime.mcall runtime/asm_arm64.s:166 96 8 16 0 -,- - *@84:192/193,-,-
runtime.mcommoninit runtime/proc.go:889 464 16 48 0 ,1 - runtime.malg@144:375~runtime/os_linux.go^133:907,,1
runtime.modtimer runtime/time.go:439 1472 56 80 0 0000,100101 - runtime.doaddtimer@948:508/509,1101,000000
runtime.mstart runtime/asm_arm64.s:127 32 -2147483648 16 0 -, - runtime.mstart0@16:128/129,-,
runtime.mstart0 runtime/proc.go:1660 144 0 48 0 0, - runtime.mstart1@104:1686/1663,0,
runtime.mstart1 runtime/proc.go:1702 240 0 48 0 0, - *@136:1729/1732,1,
runtime.netpollblock runtime/netpoll.go:546 512 16 64 0 0, - runtime.gopark@344:573/409,1,
runtime.newArenaMayUnlock runtime/mheap.go:2238 208 0 48 0 0, -
runtime.newBucket runtime/mprof.go:217 176 16 48 0 , -
runtime.newMarkBits runtime/mheap.go:2142 928 8 80 0 , -
runtime.newarray runtime/malloc.go:1404 176 16 48 0 ,1 -
runtime.newdefer runtime/panic.go:501 544 0 112 0 000, - runtime.newobject@232:525/527,000,
runtime.newm runtime/proc.go:2631 400 24 48 0 0,11 - runtime.allocm@68:2644/296,0,01
runtime.newobject runtime/malloc.go:1389 80 8 48 0 ,1 -
runtime.newproc runtime/proc.go:4874 112 8 64 0 0000,1 -32+32/24:06
runtime.newproc.func1 runtime/proc.go:4877 112 0 48 0 , - runtime.newproc1@40:4878/4880,,
runtime.newproc1 runtime/proc.go:4892 1280 24 96 0 0000,11 - runtime.allgadd@132:4903/4905,0111,11 runtime.malg@108:4901,0101,11
runtime.panicdivide runtime/panic.go:238 96 0 32 0 , - runtime.gopanic@72:240,,
runtime.panicdottypeE runtime/iface.go:261 176 24 48 0 ,111 - runtime.gopanic@104:262,,000 runtime.newobject@48:262,,111
runtime.park_m runtime/proc.go:4007 608 8 96 0 000,1 - *@312:4023/4024,001,1 runtime.schedule@576:4036/4037,000,0
runtime.persistentalloc runtime/malloc.go:1526 144 24 80 0 00000,001 -40+40/40:12
runtime.profilealloc runtime/malloc.go:1420 208 24 48 0 ,11 -
runtime.resetForSleep runtime/time.go:202 112 16 80 0 ,01 - runtime.modtimer@60:555/205^25:204,,00
runtime.retake runtime/proc.go:6104 976 8 96 0 00, - runtime.handoffp@760:6165/6163,00,
runtime.rt0_go runtime/asm_arm64.s:11 224 -2147483648 64 0 -, - runtime.newproc@188:93/94,-,
runtime.runfinq runtime/mfinal.go:177 1280 0 592 0 000000000000000000000000000000000000000000000000000000000, -456+392/384:00000000ffff runtime.call16@1000:256/257,000000000000000000000000000000000000000000000000000010011, runtime.call32@1000:256/257,000000000000000000000000000000000000000000000000000010011, runtime.gopark@264:194/216,000000000000000000000000000000000000000000000000000100000, runtime.lock2@160:24/191~runtime/lockrank_off.go^145:52~runtime/lock_futex.go^397:190,000000000000000000000000000000000000000000000000000100000,
runtime.schedule runtime/proc.go:3839 672 0 64 0 00, - runtime.stoplockedm@52:3847/3848,10,
runtime.selectgo runtime/select.go:121 4304 48 272 0 0000000000000000,110 -56+56/40:12 runtime.acquireSudog@928:298/299,0011111000000000,100 runtime.gopanic@2660:515/377,0000000000000000,000 runtime.gopark@1556:327/328,0001100010000000,100
runtime.semacquire1 runtime/sema.go:114 912 40 80 0 00,1 - runtime.acquireSudog@152:131,00,1 runtime.gopark@520:408/161~runtime/proc.go^485:160,11,1
runtime.semrelease1 runtime/sema.go:175 656 24 80 0 0000,1 -
runtime.sigpanic runtime/signal_unix.go:862 912 0 96 0 0000, -24+24/8:01 runtime.gopanic@776:261/880~runtime/panic.go^725:881,0000,
runtime.startTemplateThread runtime/proc.go:2709 288 0 48 0 0, - runtime.newm@216:2721/588,1,
runtime.startm runtime/proc.go:2809 736 16 80 0 000,1 - runtime.newm@328:2870/2866,100,0
runtime.stkbucket runtime/mprof.go:263 1088 48 96 0 00,001 -
runtime.stoplockedm runtime/proc.go:3013 544 0 96 0 0000, - runtime.handoffp@68:3022/3024,0010,
runtime.sweepone runtime/mgcsweep.go:353 784 0 96 0 0, -
runtime.sysmon runtime/proc.go:5946 1280 0 112 0 , - runtime.retake@1020:6071,,
runtime.systemstack runtime/asm_arm64.s:206 176 8 16 0 -,1 - *@108:243/246,-,1
runtime.systemstack_switch runtime/asm_arm64.s:200 32 0 16 0 -, - stop@8:200,-,
runtime.unlock2 runtime/lock_futex.go:124 256 8 48 0 0,1 -
runtime/debug.WriteHeapDump runtime/heapdump.go:22 208 8 5856 0 000, -24+24/16:02 runtime.systemstack_switch@148:32/40,000,
sync.(*Cond).Wait sync/cond.go:66 288 8 64 0 00,1 -8+8/8:01 sync.runtime_notifyListWait@204:70/71,00,1
sync.(*Mutex).lockSlow sync/mutex.go:117 736 8 80 0 ,1 - sync.runtime_SemacquireMutex@372:171/172,,1
sync.(*Once).doSlow sync/once.go:69 384 16 96 328 0000000,11 -48+16/16:02,-32+16/16:02 main@256:74/73,0000011,00
sync.(*RWMutex).Lock sync/rwmutex.go:140 288 8 48 0 ,1 - sync.(*Mutex).lockSlow@112:90/88~sync/mutex.go^25:146,,1 sync.runtime_SemacquireRWMutex@248:151/158,,0
sync.(*WaitGroup).Wait sync/waitgroup.go:91 208 8 32 0 ,1 - sync.runtime_Semacquire@116:116/145,,1
sync.runtime_Semacquire runtime/sema.go:61 80 8 64 0 ,1 - runtime.semacquire1@44:62/63,,0
sync.runtime_SemacquireMutex runtime/sema.go:76 96 24 64 0 ,1 - runtime.semacquire1@40:77/78,,0
sync.runtime_SemacquireRWMutex runtime/sema.go:86 96 24 64 0 ,1 - runtime.semacquire1@40:87/88,,0
sync.runtime_SemacquireRWMutexR runtime/sema.go:81 96 24 64 0 ,1 - runtime.semacquire1@40:82/83,,0
sync.runtime_notifyListWait runtime/sema.go:544 448 16 80 0 000,1 - runtime.acquireSudog@76:554/555,010,1 runtime.gopark@340:408/570~runtime/proc.go^309:569,100,0
syscall.Syscall syscall/syscall_linux.go:68 112 32 96 0 , - stop@32:69/82,,
syscall.read syscall/zsyscall_linux_arm64.go:729 272 32 64 0 0,01 -8+8/8:01 syscall.Syscall@64:736/738,1,00
time.NewTimer time/sleep.go:86 224 8 64 0 00, - runtime.makechan@44:87,00, runtime.newobject@72:88/89,01, time.startTimer@180:96/97,10,
time.Sleep runtime/time.go:178 304 8 64 0 00, - runtime.gopark@252:195/196,00, runtime.newobject@60:186/187,01,
time.startTimer runtime/time.go:211 64 8 32 0 ,1 - runtime.addtimer@28:215/216,,0
`,
  loong64: `
internal/poll.(*FD).Read internal/poll/fd_unix.go:140 912 32 152 884 0000000,11 -24+16/16:02 internal/poll.(*pollDesc).wait@664:89/164~internal/poll/fd_poll_runtime.go^649:164,0110001,11
internal/poll.(*pollDesc).wait internal/poll/fd_poll_runtime.go:80 368 24 40 0 ,1 - internal/poll.runtime_pollWait@76:84,,0
internal/poll.runtime_pollWait runtime/netpoll.go:336 448 16 32 0 0, - runtime.netpollblock@252:345,1,
os.(*File).Read os/file.go:114 224 32 56 0 ,11 - internal/poll.(*FD).Read@156:29~os/file_posix.go^145:118,,10
os.(*file).close os/file_unix.go:306 464 8 80 0 000,1 -
runtime.(*_panic).nextDefer runtime/panic.go:831 608 8 40 0 00,1 -
runtime.(*_panic).nextFrame runtime/panic.go:905 176 8 56 0 0000,1 -32+32/32:0e
runtime.(*atomicHeadTailIndex).incTail runtime/mspanset.go:376 192 8 32 0 ,1 -
runtime.(*gcControllerState).heapGoalInternal runtime/mgcpacer.go:909 208 8 24 0 ,1 -
runtime.(*gcControllerState).revise runtime/mgcpacer.go:490 640 8 88 0 000,1 -
runtime.(*gcControllerState).startCycle runtime/mgcpacer.go:384 944 48 88 0 0,1 -
runtime.(*hmap).newoverflow runtime/map.go:247 672 24 96 0 00,111 - runtime.growslice@488:269,11,011 runtime.mallocgc@248:1390/269~runtime/malloc.go^229:264,00,111 runtime.newobject#extra@308:277^281:268,10,111 runtime.newobject#overflow@380:280^281:268,10,111
runtime.(*mLockProfile).recordUnlock runtime/mprof.go:668 128 16 16 0 ,11 -
runtime.(*mcache).allocLarge runtime/mcache.go:219 528 24 72 0 , -
runtime.(*mcache).nextFree runtime/malloc.go:938 480 16 64 0 0, -
runtime.(*mcache).refill runtime/mcache.go:147 672 16 64 0 0, -
runtime.(*mcentral).cacheSpan runtime/mcentral.go:81 1504 8 120 0 00000, -
runtime.(*mcentral).grow runtime/mcentral.go:250 240 8 56 0 , -
runtime.(*mcentral).uncacheSpan runtime/mcentral.go:204 288 16 32 0 , -
runtime.(*mheap).alloc runtime/mheap.go:953 144 24 64 0 00000, -40+40/32:08
runtime.(*scavengerState).init runtime/mgcscavenge.go:356 432 8 40 0 0,1 - runtime.newobject@108:363,0,1
runtime.(*scavengerState).park runtime/mgcscavenge.go:419 144 8 40 0 ,1 - runtime.gopark@112:408/426~runtime/proc.go^85:425,,0
runtime.(*scavengerState).sleep runtime/mgcscavenge.go:465 640 16 104 0 ,1 - runtime.gopark@324:408/19~runtime/proc.go^297:504,,1 runtime.modtimer@284:555/503~runtime/time.go^249:235~runtime/time.go^205:500,,1
runtime.(*spanSet).push runtime/mspanset.go:74 608 16 112 0 000000,1 -
runtime.(*spanSetBlockAlloc).alloc runtime/mspanset.go:312 224 8 32 0 ,1 -
runtime.(*sweepLocked).sweep runtime/mgcsweep.go:499 3792 16 272 0 0000000000,1 -72+16/8:01,-56+24/8:01,-32+24/8:01
runtime.GC runtime/mgc.go:433 560 0 56 0 0, - runtime.gcStart@92:466/469,0, runtime.gcWaitOnMark@68:461/466,0, runtime.mcall@128:342/475~runtime/proc.go^113:476,0,
runtime.Goexit runtime/panic.go:614 128 0 136 0 0000000000000, -104+104/96:6d0d main@92:626/622,1011011010110,
runtime.LockOSThread runtime/proc.go:5188 144 0 24 0 , - runtime.startTemplateThread@48:5193/5196,,
runtime.SetFinalizer runtime/mfinal.go:410 1904 32 208 0 000000000000,0101 -64+48/48:36,-16+16/16:02,0+16/16:02,16+16/16:02
runtime.acquireSudog runtime/proc.go:418 928 0 104 0 000, - runtime.newobject@692:441,101,
runtime.addtimer runtime/time.go:257 384 8 64 0 0000,1 - runtime.doaddtimer@236:280/281,1100,0
runtime.allgadd runtime/proc.go:618 448 8 88 0 0,1 - runtime.growslice@152:624,0,1
runtime.allocm runtime/proc.go:2057 848 24 88 0 000000,11 -24+8/8:01,-16+16/16:02 runtime.malg@328:2117,011000,10 runtime.mcommoninit@252:2110/2114,011000,10 runtime.newobject@204:2108/2109,001000,11
runtime.bgscavenge runtime/mgcscavenge.go:649 192 8 24 0 ,1 - runtime.(*scavengerState).init@60:650/652,,1 runtime.(*scavengerState).park@124:658/659,,0 runtime.(*scavengerState).park#first@88:653,,0 runtime.(*scavengerState).sleep@180:662,,0 runtime.chansend1@76:652/653,,0
runtime.bgsweep runtime/mgcsweep.go:271 528 8 64 0 0,1 - runtime.chansend1@144:277/278,0,0 runtime.gopark@332:408/299~runtime/proc.go^297:318,0,0 runtime.gopark#first@180:408~runtime/proc.go^145:278,0,0 runtime.goschedIfBusy@460:302/300,0,0
runtime.block runtime/select.go:102 80 0 40 0 , - runtime.gopark@60:103/104,,
runtime.call32 runtime/asm_loong64.s:376 208 48 40 0 ,111001 - main@140:376,,111001
runtime.chanrecv runtime/chan.go:457 1664 24 120 0 000000,11 -16+16/16:02 runtime.acquireSudog@748:563/564,001100,11 runtime.gopark@1156:583/586,010100,00 runtime.gopark#nil@500:469/470,000000,00
runtime.chanrecv1 runtime/chan.go:441 32 16 32 0 ,11 - runtime.chanrecv@20:442/443,,00
runtime.chanrecv2 runtime/chan.go:446 48 16 32 0 ,11 - runtime.chanrecv@20:447/448,,00
runtime.chansend runtime/chan.go:160 1504 32 112 0 00000,11 -16+16/16:02 runtime.acquireSudog@616:239/240,01100,11 runtime.gopanic@1500:206,00000,00 runtime.gopark@1024:259/267,10100,11 runtime.gopark#nil@288:165/166,00000,00
runtime.chansend1 runtime/chan.go:144 48 16 40 0 ,11 - runtime.chansend@24:145/146,,00
runtime.clearpools runtime/mgc.go:1669 464 0 48 0 00, -
runtime.closechan runtime/chan.go:357 1168 8 80 0 000000,1 -24+24/16:02 runtime.gopanic@1164:359,000000,0
runtime.concatstrings runtime/string.go:25 592 32 104 0 0000,11 -
runtime.createfing runtime/mfinal.go:161 160 0 16 0 , - runtime.newproc@140:164/166,,
runtime.deductSweepCredit runtime/mgcsweep.go:895 832 16 56 0 00, -
runtime.deferproc runtime/panic.go:271 224 8 32 0 0,1 - runtime.newdefer@72:278/279,1,1
runtime.deferreturn runtime/panic.go:592 128 0 136 0 0000000000000, -104+104/96:6d0d main@92:602/598,1011011010110,
runtime.doaddtimer runtime/time.go:290 560 16 88 0 ,11 - runtime.growslice@200:302,,11
runtime.entersyscallblock_handoff runtime/proc.go:4480 224 0 32 0 0, - runtime.handoffp@208:4487/4488,0,
runtime.evacuate runtime/map.go:1169 1408 24 176 0 00000000000000,11 -112+64/64:dd runtime.(*hmap).newoverflow@972:1242,10111011111110,11
runtime.evacuate_fast32 runtime/map_fast32.go:374 976 24 160 0 0000000000000,11 -104+64/64:dd runtime.(*hmap).newoverflow@752:423,1011101111110,11
runtime.evacuate_fast64 runtime/map_fast64.go:376 1072 24 160 0 0000000000000,11 -104+64/64:dd runtime.(*hmap).newoverflow@752:425,1011101111110,11
runtime.evacuate_faststr runtime/map_faststr.go:402 1040 24 160 0 0000000000000,11 -104+64/64:dd runtime.(*hmap).newoverflow@752:451,1011101111110,11
runtime.forcegchelper runtime/proc.go:317 288 0 48 0 0, - runtime.gopark@220:408/328^185:326,0,
runtime.gcAssistAlloc runtime/mgcmark.go:407 1520 8 104 0 0000000,1 -24+24/16:02
runtime.gcBgMarkStartWorkers runtime/mgc.go:1227 160 0 24 0 , - runtime.newproc@60:1234/1236,,
runtime.gcBgMarkWorker runtime/mgc.go:1276 1344 0 144 0 000000, -24+24/24:06 runtime.gopark@236:1310/581,110000, runtime.newobject@104:1283/1284,010000,
runtime.gcMarkTinyAllocs runtime/mgcmark.go:1743 192 0 88 0 00, -
runtime.gcStart runtime/mgc.go:595 1648 24 208 0 000000000, -40+24/24:06,-16+16/16:02
runtime.gcWaitOnMark runtime/mgc.go:507 256 8 40 0 , - runtime.gopark@132:408/510~runtime/proc.go^97:525,,
runtime.gcenable runtime/mgc.go:200 240 0 40 0 0, - runtime.chanrecv1@196:205/206,1, runtime.makechan@52:202,0, runtime.newobject@68:203,1, runtime.newobject#second@132:204,1, runtime.newproc@120:203/204,1,
runtime.gcenable.gowrap1 runtime/mgc.go:203 96 0 16 0 , - runtime.bgsweep@72:203,,
runtime.gcenable.gowrap2 runtime/mgc.go:204 96 0 16 0 , - runtime.bgscavenge@72:204,,
runtime.goPanicIndex runtime/panic.go:112 176 16 56 0 , - runtime.convTnoptr@156:114,, runtime.gopanic@172:114,,
runtime.goPanicSliceAcap runtime/panic.go:138 192 16 56 0 , - runtime.gopanic@176:140,,
runtime.goexit runtime/asm_loong64.s:651 16 0 0 0 -, - main@4:652/653,-, runtime.forcegchelper@4:652/653,-, runtime.gcBgMarkWorker@4:652/653,-, runtime.gcenable.gowrap1@4:652/653,-, runtime.gcenable.gowrap2@4:652/653,-, runtime.main@4:652/653,-, runtime.runfinq@4:652/653,-,
runtime.goexit0 runtime/proc.go:4179 64 8 16 0 ,1 - runtime.schedule@52:4181/4182,,0
runtime.gopanic runtime/panic.go:720 720 16 168 0 000000000000000,01 -120+104/96:6d0d main@316:770/766,101101101011000,00
runtime.gopark runtime/proc.go:385 320 32 24 0 ,11 - stop@280:402/403,,00
runtime.goschedIfBusy runtime/proc.go:358 96 0 16 0 , - runtime.mcall@60:365/366,,
runtime.goschedImpl runtime/proc.go:4039 832 16 72 0 00,1 - runtime.schedule@540:4065/4066,00,0
runtime.gosched_m runtime/proc.go:4069 64 8 24 0 ,1 - runtime.goschedImpl@52:4070/4071,,0
runtime.goyield_m runtime/proc.go:4152 336 8 56 0 00,1 - runtime.schedule@324:4162/4163,00,0
runtime.greyobject runtime/mgcmark.go:1615 768 48 56 0 ,00001 -
runtime.growWork runtime/map.go:1145 176 24 32 0 ,11 - runtime.evacuate@132:1148/1118,,11 runtime.evacuate#second@156:1152/1154,,00
runtime.growWork_fast32 runtime/map_fast32.go:363 176 24 32 0 ,11 - runtime.evacuate_fast32@132:366/1118,,11 runtime.evacuate_fast32#second@156:370/372,,00
runtime.growWork_fast64 runtime/map_fast64.go:365 176 24 32 0 ,11 - runtime.evacuate_fast64@132:368/1118,,11 runtime.evacuate_fast64#second@156:372/374,,00
runtime.growWork_faststr runtime/map_faststr.go:391 176 24 32 0 ,11 - runtime.evacuate_faststr@132:394/1118,,11 runtime.evacuate_faststr#second@156:398/400,,00
runtime.growslice runtime/slice.go:155 1936 40 88 0 0,10001 -
runtime.handoffp runtime/proc.go:2905 1424 8 32 0 ,1 - runtime.startm@1408:2911/2912,,0 runtime.startm#spinning@756:2928/2929,,0
runtime.hashGrow runtime/map.go:1053 560 16 56 0 00,11 - runtime.makeBucketArray@180:1063/1065,10,01 runtime.newobject@432:1087,01,01
runtime.init.5 runtime/proc.go:313 64 0 16 0 , - runtime.newproc@48:314/315,,
runtime.lock2 runtime/lock_futex.go:55 704 8 96 0 0000,1 -32+32/8:01
runtime.mProf_Malloc runtime/mprof.go:425 464 16 368 0 00000,1 -24+24/16:02
runtime.main runtime/proc.go:146 1120 0 112 1104 00000, -24+16/16:02 main@680:271/194,00001, runtime.gcenable@388:210/212,00001, runtime.makechan@404:212,00001,
runtime.main.func1 runtime/proc.go:171 80 0 32 0 , - runtime.newm@56:172/173,,
runtime.makeBucketArray runtime/map.go:346 672 24 40 0 ,101 - runtime.newarray@512:364/378,,100
runtime.makechan runtime/chan.go:72 480 16 56 0 00,1 - runtime.newobject@232:106,10,0
runtime.makemap runtime/map.go:305 448 24 56 0 00,101 - runtime.makeBucketArray@264:330,01,000 runtime.newobject@132:313/315,00,100 runtime.newobject#extra@328:332,11,000
runtime.makemap_small runtime/map.go:294 80 0 40 0 0, - runtime.newobject@48:295,0,
runtime.makeslice runtime/slice.go:92 240 24 32 0 ,1 - runtime.gopanic@184:29/101^161:102,,0
runtime.malg runtime/proc.go:4855 256 8 64 0 0000, -24+24/16:02 runtime.newobject@60:4856/4857,0000,
runtime.mallocgc runtime/malloc.go:971 1952 24 144 0 00000,01 -
runtime.mapassign runtime/map.go:579 1424 24 120 0 0000000,111 - runtime.(*hmap).newoverflow@1000:665/666,0000000,111 runtime.growWork@340:611/197,0000000,111 runtime.hashGrow@264:659/660,0000000,111 runtime.mallocgc@192:1390/605~runtime/malloc.go^173:605,0000000,111 runtime.mallocgc#elem@1192:1390/679~runtime/malloc.go^1177:678,0111000,111 runtime.mallocgc#key@1088:1390/674~runtime/malloc.go^1073:673,0011001,111
runtime.mapassign_fast32 runtime/map_fast32.go:93 976 24 56 0 0,11 - runtime.(*hmap).newoverflow@760:163/172,0,11 runtime.growWork_fast32@340:116/197,0,11 runtime.hashGrow@264:157/158,0,11 runtime.mallocgc@188:1390/110~runtime/malloc.go^169:110,0,11
runtime.mapassign_fast64 runtime/map_fast64.go:93 976 24 56 0 0,11 - runtime.(*hmap).newoverflow@760:163/172,0,11 runtime.gopanic@960:95,0,00 runtime.growWork_fast64@340:116/197,0,11 runtime.hashGrow@264:157/158,0,11 runtime.mallocgc@188:1390/110~runtime/malloc.go^169:110,0,11
runtime.mapassign_faststr runtime/map_faststr.go:203 1168 32 104 0 0000,111 16+16/8:01 runtime.(*hmap).newoverflow@936:282/290,0000,111 runtime.growWork_faststr@340:227/197,0000,111 runtime.hashGrow@264:276/277,0000,111 runtime.mallocgc@200:1390/221~runtime/malloc.go^181:221,0000,111
runtime.mcall runtime/asm_loong64.s:126 80 8 16 0 -,- - *@64:150/151,-,-
runtime.mcommoninit runtime/proc.go:889 480 16 48 0 ,1 - runtime.malg@192:375~runtime/os_linux.go^181:907,,1
runtime.modtimer runtime/time.go:439 1552 56 72 0 0000,100101 - runtime.doaddtimer@1124:508/509,1101,000000
runtime.mstart runtime/asm_loong64.s:85 32 -2147483648 8 0 -, - runtime.mstart0@16:86/87,-,
runtime.mstart0 runtime/proc.go:1660 128 0 40 0 0, - runtime.mstart1@108:1686/1695,0,
runtime.mstart1 runtime/proc.go:1702 240 0 32 0 0, - *@148:1729/1732,1,
runtime.netpollblock runtime/netpoll.go:546 528 16 48 0 0, - runtime.gopark@396:573/409,1,
runtime.newArenaMayUnlock runtime/mheap.go:2238 208 0 40 0 0, -
runtime.newBucket runtime/mprof.go:217 176 16 32 0 , -
runtime.newMarkBits runtime/mheap.go:2142 960 8 56 0 , -
runtime.newarray runtime/malloc.go:1404 192 16 32 0 ,1 -
runtime.newdefer runtime/panic.go:501 608 0 104 0 000, - runtime.newobject@284:525/527,000,
runtime.newm runtime/proc.go:2631 432 24 40 0 0,11 - runtime.allocm@104:2644/296,0,01
runtime.newobject runtime/malloc.go:1389 80 8 32 0 ,1 -
runtime.newproc runtime/proc.go:4874 128 8 48 0 0000,1 -32+32/24:06
runtime.newproc.func1 runtime/proc.go:4877 112 0 32 0 , - runtime.newproc1@52:4878/4880,,
runtime.newproc1 runtime/proc.go:4892 1296 24 96 0 00000,11 - runtime.allgadd@168:4903/4905,01101,11 runtime.malg@144:4901,01001,11
runtime.panicdivide runtime/panic.go:238 96 0 24 0 , - runtime.gopanic@84:240,,
runtime.panicdottypeE runtime/iface.go:261 192 24 32 0 ,111 - runtime.gopanic@152:262,,000 runtime.newobject@84:262,,111
runtime.park_m runtime/proc.go:4007 640 8 80 0 000,1 - *@340:4023/4024,001,1 runtime.schedule@616:4036/4037,000,0
runtime.persistentalloc runtime/malloc.go:1526 144 24 64 0 00000,001 -40+40/40:12
runtime.profilealloc runtime/malloc.go:1420 208 24 32 0 ,11 -
runtime.resetForSleep runtime/time.go:202 112 16 64 0 ,01 - runtime.modtimer@88:555/205^53:204,,00
runtime.retake runtime/proc.go:6104 1072 8 88 0 00, - runtime.handoffp@888:6165/6163,00,
runtime.rt0_go runtime/asm_loong64.s:12 192 -2147483648 48 0 -, - runtime.newproc@164:66/67,-,
runtime.runfinq runtime/mfinal.go:177 1232 0 560 0 00000000000000000000000000000000000000000000000000000000, -448+392/384:00000000ffff runtime.call32@996:256/257,00000000000000000000000000000000000000000000000000001001, runtime.gopark@276:194/216,00000000000000000000000000000000000000000000000000010000, runtime.lock2@168:24/191~runtime/lockrank_off.go^153:52~runtime/lock_futex.go^409:190,00000000000000000000000000000000000000000000000000010000,
runtime.schedule runtime/proc.go:3839 720 0 48 0 00, - runtime.stoplockedm@72:3847/3848,10,
runtime.selectgo runtime/select.go:121 4656 48 264 0 00000000000000000,110 -56+56/40:12 runtime.acquireSudog@1184:298/299,00111110010000000,100 runtime.gopanic@3016:515/377,00000000000000000,000 runtime.gopark@1832:327/328,00011000100000000,100
runtime.semacquire1 runtime/sema.go:114 976 40 72 0 000,1 - runtime.acquireSudog@212:131,000,1 runtime.gopark@604:408/161~runtime/proc.go^569:160,101,1
runtime.semrelease1 runtime/sema.go:175 704 24 72 0 0000,1 -
runtime.sigpanic runtime/signal_unix.go:862 1008 0 88 0 0000, -24+24/8:01 runtime.gopanic@884:261/880~runtime/panic.go^833:881,0000,
runtime.startTemplateThread runtime/proc.go:2709 288 0 40 0 0, - runtime.newm@212:2721/588,1,
runtime.startm runtime/proc.go:2809 864 16 72 0 000,1 - runtime.newm@380:2870/2872,100,0
runtime.stkbucket runtime/mprof.go:263 1248 48 80 0 00,001 -
runtime.stoplockedm runtime/proc.go:3013 592 0 80 0 0000, - runtime.handoffp@80:3022/3024,0010,
runtime.sweepone runtime/mgcsweep.go:353 832 0 88 0 0, -
runtime.sysmon runtime/proc.go:5946 1472 0 104 0 , - runtime.retake@1168:6071,,
runtime.systemstack runtime/asm_loong64.s:164 144 8 8 0 -,1 - *@92:197/200,-,1
runtime.systemstack_switch runtime/asm_loong64.s:158 32 0 8 0 -, - stop@8:158,-,
runtime.unlock2 runtime/lock_futex.go:124 272 8 32 0 0,1 -
runtime/debug.WriteHeapDump runtime/heapdump.go:22 320 8 5840 0 000, -24+24/16:02 runtime.systemstack_switch@280:32/40,000,
sync.(*Cond).Wait sync/cond.go:66 272 8 48 0 00,1 -8+8/8:01 sync.runtime_notifyListWait@212:70/71,00,1
sync.(*Mutex).lockSlow sync/mutex.go:117 864 8 80 0 ,1 - sync.runtime_SemacquireMutex@448:171/172,,1
sync.(*Once).doSlow sync/once.go:69 416 16 80 392 0000000,11 -48+16/16:02,-32+16/16:02 main@296:74/73,0000011,00
sync.(*RWMutex).Lock sync/rwmutex.go:140 272 8 32 0 ,1 - sync.(*Mutex).lockSlow@104:90/88~sync/mutex.go^45:146,,1 sync.runtime_SemacquireRWMutex@260:151/158,,0
sync.(*WaitGroup).Wait sync/waitgroup.go:91 224 8 24 0 ,1 - sync.runtime_Semacquire@144:116/145,,1
sync.runtime_Semacquire runtime/sema.go:61 80 8 48 0 ,1 - runtime.semacquire1@64:62/63,,0
sync.runtime_SemacquireMutex runtime/sema.go:76 96 24 48 0 ,1 - runtime.semacquire1@76:77/78,,0
sync.runtime_SemacquireRWMutex runtime/sema.go:86 96 24 48 0 ,1 - runtime.semacquire1@76:87/88,,0
sync.runtime_SemacquireRWMutexR runtime/sema.go:81 96 24 48 0 ,1 - runtime.semacquire1@76:82/83,,0
sync.runtime_notifyListWait runtime/sema.go:544 448 16 72 0 000,1 - runtime.acquireSudog@108:554/555,010,1 runtime.gopark@368:408/570~runtime/proc.go^337:569,100,0
syscall.Syscall syscall/syscall_linux.go:68 112 32 88 0 , - stop@32:69/82,,
syscall.read syscall/zsyscall_linux_loong64.go:729 288 32 56 0 0,01 -8+8/8:01 syscall.Syscall@108:736/738,1,00
time.NewTimer time/sleep.go:86 224 8 56 0 00, - runtime.makechan@64:87,00, runtime.newobject@92:88/89,01, time.startTimer@200:96/97,10,
time.Sleep runtime/time.go:178 320 8 56 0 00, - runtime.gopark@296:195/196,00, runtime.newobject@92:186/187,01,
time.startTimer runtime/time.go:211 64 8 16 0 ,1 - runtime.addtimer@48:215/216,,0
`,
  mips: `
internal/poll.(*FD).Read internal/poll/fd_unix.go:140 984 28 76 960 00000,1100000 -12+8/8:02 internal/poll.(*pollDesc).wait@668:89~internal/poll/fd_poll_runtime.go^637:164,10001,1100001
internal/poll.(*pollDesc).wait internal/poll/fd_poll_runtime.go:80 480 20 20 0 ,10000 - internal/poll.runtime_pollWait@84:84,,00000
internal/poll.runtime_pollWait runtime/netpoll.go:336 484 12 24 0 0, - runtime.netpollblock@272:345,1,
os.(*File).Read os/file.go:114 276 28 36 0 ,1100000 - internal/poll.(*FD).Read@176:29~os/file_posix.go^137:118,,1000000
os.(*file).close os/file_unix.go:306 620 12 40 0 000,100 -
runtime.(*_panic).nextDefer runtime/panic.go:831 740 12 20 0 00,10 -
runtime.(*_panic).nextFrame runtime/panic.go:905 164 8 24 0 0000,1 -16+16/16:0e
runtime.(*atomicHeadTailIndex).incTail runtime/mspanset.go:376 272 12 28 0 ,1 -
runtime.(*gcControllerState).heapGoalInternal runtime/mgcpacer.go:909 432 20 24 0 ,1 -
runtime.(*gcControllerState).revise runtime/mgcpacer.go:490 1692 4 204 0 0000000,1 -
runtime.(*gcControllerState).startCycle runtime/mgcpacer.go:384 1744 32 132 0 00000000,1 -
runtime.(*hmap).newoverflow runtime/map.go:247 864 16 48 0 00,1110 - runtime.growslice@620:269,11,0110 runtime.mallocgc@288:1390~runtime/malloc.go^253:264,00,1110 runtime.newobject#extra@376:277^337:268,10,1110 runtime.newobject#overflow@476:280^337:268,10,1110
runtime.(*mLockProfile).recordUnlock runtime/mprof.go:668 156 8 8 0 ,11 -
runtime.(*mcache).allocLarge runtime/mcache.go:219 596 16 44 0 0, -
runtime.(*mcache).nextFree runtime/malloc.go:938 692 20 28 0 0, -
runtime.(*mcache).refill runtime/mcache.go:147 852 8 52 0 00, -
runtime.(*mcentral).cacheSpan runtime/mcentral.go:81 1896 8 76 0 00000, -
runtime.(*mcentral).grow runtime/mcentral.go:250 288 8 32 0 , -
runtime.(*mcentral).uncacheSpan runtime/mcentral.go:204 344 8 20 0 , -
runtime.(*mheap).alloc runtime/mheap.go:953 164 16 32 0 00000, -20+20/16:08
runtime.(*scavengerState).init runtime/mgcscavenge.go:356 584 4 20 0 0,1 - runtime.newobject@132:363,0,1
runtime.(*scavengerState).park runtime/mgcscavenge.go:419 200 4 20 0 ,1 - runtime.gopark@152:408/426~runtime/proc.go^101:425,,0
runtime.(*scavengerState).sleep runtime/mgcscavenge.go:465 1140 12 92 0 ,1 - runtime.gopark@480:408/19~runtime/proc.go^429:504,,1 runtime.modtimer@416:555/503~runtime/time.go^369:235~runtime/time.go^297:500,,1
runtime.(*spanSet).push runtime/mspanset.go:74 688 8 60 0 000000,1 -
runtime.(*spanSetBlockAlloc).alloc runtime/mspanset.go:312 164 8 20 0 ,10 -
runtime.(*sweepLocked).sweep runtime/mgcsweep.go:499 4428 12 152 0 000000000000,1 -40+8/4:01,-32+12/4:01,-20+12/4:01
runtime.GC runtime/mgc.go:433 572 0 32 0 0, - runtime.gcStart@128:466/469,0, runtime.gcWaitOnMark@88:461/466,0, runtime.mcall@180:342/475~runtime/proc.go^157:476,0,
runtime.Goexit runtime/panic.go:614 192 0 68 0 0000000000000, -52+52/48:6d0d main@140:626/622,1011011010110,
runtime.LockOSThread runtime/proc.go:5188 164 0 12 0 , - runtime.startTemplateThread@48:5193/5196,,
runtime.SetFinalizer runtime/mfinal.go:410 2480 16 112 0 000000000000,0101 -32+24/24:36,-8+8/8:02,0+8/8:02,8+8/8:02
runtime.acquireSudog runtime/proc.go:418 920 4 52 0 000,0 - runtime.newobject@696:441,101,0
runtime.addtimer runtime/time.go:257 484 4 36 0 0000,1 - runtime.doaddtimer@280:280/281,1100,0
runtime.allgadd runtime/proc.go:618 580 4 44 0 0,1 - runtime.growslice@188:624,0,1
runtime.allocm runtime/proc.go:2057 1028 20 44 0 000000,11000 -12+4/4:01,-8+8/8:02 runtime.malg@412:2117,011000,10000 runtime.mcommoninit@296:2110/2114,011000,10000 runtime.newobject@212:2108,001000,11000
runtime.bgscavenge runtime/mgcscavenge.go:649 264 4 20 0 ,1 - runtime.(*scavengerState).init@68:650/652,,1 runtime.(*scavengerState).park@168:658/659,,0 runtime.(*scavengerState).park#first@116:653/656,,0 runtime.(*scavengerState).sleep@256:662,,0 runtime.chansend1@96:652/653,,0
runtime.bgsweep runtime/mgcsweep.go:271 604 4 32 0 0,1 - runtime.chansend1@172:277/278,0,0 runtime.gopark@384:408/299~runtime/proc.go^325:318,0,0 runtime.gopark#first@232:408/299~runtime/proc.go^173:278,0,0 runtime.goschedIfBusy@536:302/300,0,0
runtime.block runtime/select.go:102 104 0 20 0 , - runtime.gopark@88:103/104,,
runtime.call16 runtime/asm_mipsx.s:360 208 28 20 0 ,1110001 - main@152:360,,1110001
runtime.chanrecv runtime/chan.go:457 2100 16 60 0 000000,11 -8+8/8:02 runtime.acquireSudog@956:563,001100,11 runtime.gopark@1456:583/586,010100,00 runtime.gopark#nil@656:469/470,000000,00
runtime.chanrecv1 runtime/chan.go:441 60 8 20 0 ,11 - runtime.chanrecv@44:442/443,,00
runtime.chanrecv2 runtime/chan.go:446 68 12 20 0 ,11 - runtime.chanrecv@44:447,,00
runtime.chansend runtime/chan.go:160 1940 20 56 0 00000,11 -8+8/8:02 runtime.acquireSudog@764:239,01100,11 runtime.gopanic@1936:206,00000,00 runtime.gopark@1260:259/267,10100,11 runtime.gopark#nil@380:165/166,00000,00
runtime.chansend1 runtime/chan.go:144 68 8 24 0 ,11 - runtime.chansend@52:145/146,,00
runtime.clearpools runtime/mgc.go:1669 568 0 24 0 00, -
runtime.closechan runtime/chan.go:357 1328 4 40 0 000000,1 -12+12/8:02 runtime.gopanic@1324:359,000000,0
runtime.concatstrings runtime/string.go:25 712 24 64 0 000,11000 -
runtime.createfing runtime/mfinal.go:161 168 0 8 0 , - runtime.newproc@152:164/166,,
runtime.deductSweepCredit runtime/mgcsweep.go:895 1048 8 44 0 00, -
runtime.deferproc runtime/panic.go:271 256 4 16 0 0,1 - runtime.newdefer@80:278,1,1
runtime.deferreturn runtime/panic.go:592 184 0 68 0 0000000000000, -52+52/48:6d0d main@140:602/598,1011011010110,
runtime.doaddtimer runtime/time.go:290 544 8 44 0 ,11 - runtime.growslice@192:302,,11
runtime.entersyscallblock_handoff runtime/proc.go:4480 276 0 16 0 0, - runtime.handoffp@260:4487/4488,0,
runtime.evacuate runtime/map.go:1169 1520 12 92 0 00000000000000,11 -56+32/32:dd runtime.(*hmap).newoverflow@1032:1242,10111011111110,11
runtime.evacuate_fast32 runtime/map_fast32.go:374 1148 12 84 0 0000000000000,11 -52+32/32:dd runtime.(*hmap).newoverflow@784:423,1011101111110,11
runtime.evacuate_faststr runtime/map_faststr.go:402 1100 12 84 0 0000000000000,11 -52+32/32:dd runtime.(*hmap).newoverflow@784:451,1011101111110,11
runtime.forcegchelper runtime/proc.go:317 396 0 24 0 0, - runtime.gopark@296:408/328^237:326,0,
runtime.gcAssistAlloc runtime/mgcmark.go:407 2172 4 124 0 00000000,1 -16+16/8:02
runtime.gcBgMarkStartWorkers runtime/mgc.go:1227 188 0 20 0 , - runtime.newproc@76:1234/1236,,
runtime.gcBgMarkWorker runtime/mgc.go:1276 1540 0 88 0 000000, -12+12/12:06 runtime.gopark@292:1310/581,110000, runtime.newobject@128:1283/1284,010000,
runtime.gcMarkTinyAllocs runtime/mgcmark.go:1743 240 0 44 0 00, -
runtime.gcStart runtime/mgc.go:595 2056 16 112 0 000000000, -20+12/12:06,-8+8/8:02
runtime.gcWaitOnMark runtime/mgc.go:507 284 4 20 0 , - runtime.gopark@148:408/510~runtime/proc.go^89:525,,
runtime.gcenable runtime/mgc.go:200 344 0 20 0 0, - runtime.chanrecv1@296:205/206,1, runtime.makechan@76:202,0, runtime.newobject@104:203,1, runtime.newobject#second@200:204,1, runtime.newproc@180:203/204,1,
runtime.gcenable.gowrap1 runtime/mgc.go:203 116 0 8 0 , - runtime.bgsweep@100:203,,
runtime.gcenable.gowrap2 runtime/mgc.go:204 116 0 8 0 , - runtime.bgscavenge@100:204,,
runtime.goPanicIndex runtime/panic.go:112 200 8 32 0 , - runtime.convTnoptr@168:114,, runtime.gopanic@196:114,,
runtime.goPanicSliceAcap runtime/panic.go:138 204 8 32 0 , - runtime.gopanic@200:140,,
runtime.goexit runtime/asm_mipsx.s:640 16 0 0 0 -, - main@4:641/642,-, runtime.forcegchelper@4:641/642,-, runtime.gcBgMarkWorker@4:641/642,-, runtime.gcenable.gowrap1@4:641/642,-, runtime.gcenable.gowrap2@4:641/642,-, runtime.main@4:641/642,-, runtime.runfinq@4:641/642,-,
runtime.goexit0 runtime/proc.go:4179 88 4 8 0 ,1 - runtime.schedule@72:4181/4182,,0
runtime.gopanic runtime/panic.go:720 1064 8 84 0 000000000000000,01 -60+52/48:6d0d main@360:770/766,101101101011000,00
runtime.gopark runtime/proc.go:385 344 16 12 0 ,11 - stop@296:402/403,,00
runtime.goschedIfBusy runtime/proc.go:358 104 0 8 0 , - runtime.mcall@72:365/366,,
runtime.goschedImpl runtime/proc.go:4039 1084 8 44 0 00,1 - runtime.schedule@612:4065/4066,00,0
runtime.gosched_m runtime/proc.go:4069 84 4 12 0 ,1 - runtime.goschedImpl@68:4070/4071,,0
runtime.goyield_m runtime/proc.go:4152 396 4 28 0 00,1 - runtime.schedule@380:4162/4163,00,0
runtime.greyobject runtime/mgcmark.go:1615 1072 24 32 0 ,00001 -
runtime.growWork runtime/map.go:1145 188 12 16 0 ,11 - runtime.evacuate@128:1148/1118,,11 runtime.evacuate#second@172:1152/1154,,00
runtime.growWork_fast32 runtime/map_fast32.go:363 188 12 16 0 ,11 - runtime.evacuate_fast32@128:366/1118,,11 runtime.evacuate_fast32#second@172:370/372,,00
runtime.growWork_faststr runtime/map_faststr.go:391 188 12 16 0 ,11 - runtime.evacuate_faststr@128:394/1118,,11 runtime.evacuate_faststr#second@172:398/400,,00
runtime.growslice runtime/slice.go:155 2204 32 40 0 0,100010 -
runtime.handoffp runtime/proc.go:2905 1464 4 32 0 ,1 - runtime.startm@1448:2911/2912,,0 runtime.startm#spinning@664:2928/2929,,0
runtime.hashGrow runtime/map.go:1053 656 8 36 0 00,11 - runtime.makeBucketArray@188:1063/1065,10,01 runtime.newobject@492:1087,01,01
runtime.init.5 runtime/proc.go:313 84 0 8 0 , - runtime.newproc@68:314/315,,
runtime.lock2 runtime/lock_futex.go:55 736 4 68 0 0000000,1 -28+28/4:01
runtime.mProf_Malloc runtime/mprof.go:425 516 8 192 0 00000,1 -12+12/8:02
runtime.main runtime/proc.go:146 1400 0 56 1376 00000, -12+8/8:02 main@820:271/194,00001, runtime.gcenable@444:210/212,00001, runtime.makechan@468:212,00001,
runtime.main.func1 runtime/proc.go:171 104 0 20 0 , - runtime.newm@88:172/173,,
runtime.makeBucketArray runtime/map.go:346 776 20 24 0 ,10100 - runtime.newarray@576:364,,10000
runtime.makechan runtime/chan.go:72 700 12 32 0 00,100 - runtime.newobject@336:106,10,000
runtime.makemap runtime/map.go:305 584 16 36 0 00,1010 - runtime.makeBucketArray@340:330,01,0000 runtime.newobject@196:313,00,1000 runtime.newobject#extra@436:332,11,0000
runtime.makemap_small runtime/map.go:294 116 4 20 0 0,0 - runtime.newobject@68:295,0,0
runtime.makeslice runtime/slice.go:92 424 16 20 0 ,1000 - runtime.gopanic@296:29/101^261:102,,0000
runtime.malg runtime/proc.go:4855 240 8 32 0 0000,00 -12+12/8:02 runtime.newobject@68:4856,0000,00
runtime.mallocgc runtime/malloc.go:971 3212 16 72 0 00000,0100 -
runtime.mapassign runtime/map.go:579 1604 16 64 0 0000000,1110 - runtime.(*hmap).newoverflow@1092:665,0000000,1110 runtime.growWork@392:611/613,0000000,1110 runtime.hashGrow@312:659/660,0000000,1110 runtime.mallocgc@216:1390~runtime/malloc.go^181:605,0000000,1110 runtime.mallocgc#elem@1324:1390/679~runtime/malloc.go^1293:678,0111000,1110 runtime.mallocgc#key@1196:1390/674~runtime/malloc.go^1165:673,0011001,1110
runtime.mapassign_fast32 runtime/map_fast32.go:93 1052 16 32 0 0,1100 - runtime.(*hmap).newoverflow@812:163,0,1100 runtime.gopanic@1048:95,0,0000 runtime.growWork_fast32@392:116/118,0,1100 runtime.hashGrow@312:157/158,0,1100 runtime.mallocgc@216:1390~runtime/malloc.go^181:110,0,1100
runtime.mapassign_faststr runtime/map_faststr.go:203 1304 20 56 0 0000,11100 8+8/4:01 runtime.(*hmap).newoverflow@1036:282,0000,11100 runtime.growWork_faststr@392:227/229,0000,11100 runtime.hashGrow@312:276/277,0000,11100 runtime.mallocgc@216:1390~runtime/malloc.go^181:221,0000,11100
runtime.mcall runtime/asm_mipsx.s:122 88 4 8 0 -,1 - *@80:141/142,-,1
runtime.mcommoninit runtime/proc.go:889 652 12 28 0 ,1 - runtime.malg@276:375~runtime/os_linux.go^257:907,,1
runtime.modtimer runtime/time.go:439 1712 40 44 0 0000,10000101 - runtime.doaddtimer@1460:508/509,1101,00000000
runtime.mstart runtime/asm_mipsx.s:88 36 -2147483648 4 0 -, - runtime.mstart0@20:89/90,-,
runtime.mstart0 runtime/proc.go:1660 156 0 20 0 0, - runtime.mstart1@124:1686/1695,0,
runtime.mstart1 runtime/proc.go:1702 300 0 16 0 0, - *@188:1729/1732,1,
runtime.netpollblock runtime/netpoll.go:546 608 16 24 0 0, - runtime.gopark@440:573/409,1,
runtime.newArenaMayUnlock runtime/mheap.go:2238 276 4 24 0 0, -
runtime.newBucket runtime/mprof.go:217 208 12 20 0 , -
runtime.newMarkBits runtime/mheap.go:2142 1124 8 28 0 , -
runtime.newarray runtime/malloc.go:1404 312 12 20 0 ,100 -
runtime.newdefer runtime/panic.go:501 720 4 52 0 000,0 - runtime.newobject@324:525,000,0
runtime.newm runtime/proc.go:2631 540 16 28 0 0,11 - runtime.allocm@112:2644,0,01
runtime.newobject runtime/malloc.go:1389 104 8 20 0 ,10 -
runtime.newproc runtime/proc.go:4874 128 4 24 0 0000,1 -16+16/12:06
runtime.newproc.func1 runtime/proc.go:4877 156 0 20 0 , - runtime.newproc1@80:4878,,
runtime.newproc1 runtime/proc.go:4892 1432 16 52 0 00000,1100 - runtime.allgadd@212:4903/4905,10101,1100 runtime.malg@164:4901,10001,1100
runtime.panicdivide runtime/panic.go:238 124 0 12 0 , - runtime.gopanic@120:240,,
runtime.panicdottypeE runtime/iface.go:261 184 12 16 0 ,111 - runtime.gopanic@144:262,,000 runtime.newobject@68:262,,111
runtime.park_m runtime/proc.go:4007 784 4 40 0 000,1 - *@412:4023,001,1 runtime.schedule@768:4036/4037,000,0
runtime.persistentalloc runtime/malloc.go:1526 164 16 32 0 00000,0010 -20+20/20:12
runtime.profilealloc runtime/malloc.go:1420 228 12 16 0 ,11 -
runtime.resetForSleep runtime/time.go:202 152 12 44 0 ,01 - runtime.modtimer@128:555/205^49:204,,00
runtime.retake runtime/proc.go:6104 1276 12 44 0 00, - runtime.handoffp@1064:6165/6163,00,
runtime.rt0_go runtime/asm_mipsx.s:14 232 -2147483648 32 0 -, - runtime.newproc@200:69/70,-,
runtime.runfinq runtime/mfinal.go:177 1464 0 88 0 0000000, - runtime.call16@1164:256/257,0001001, runtime.gopark@356:194/216,0010000, runtime.lock2@212:24/191~runtime/lockrank_off.go^189:52~runtime/lock_futex.go^513:190,0010000,
runtime.schedule runtime/proc.go:3839 912 0 28 0 00, - runtime.stoplockedm@88:3847/3848,10,
runtime.selectgo runtime/select.go:121 5696 32 148 0 000000000000000000,110 -28+28/20:12 runtime.acquireSudog@1296:298,001111010010000000,100 runtime.gopanic@3576:515/377,000000000000000000,000 runtime.gopark@2104:327/328,000110000100000000,100
runtime.semacquire1 runtime/sema.go:114 1176 20 40 0 000,1 - runtime.acquireSudog@172:131,000,1 runtime.gopark@736:408/161~runtime/proc.go^681:160,101,1
runtime.semrelease1 runtime/sema.go:175 900 12 64 0 000,1 -
runtime.sigpanic runtime/signal_unix.go:862 1388 0 48 0 0000, -12+12/4:01 runtime.gopanic@1212:261/880~runtime/panic.go^1137:881,0000,
runtime.startTemplateThread runtime/proc.go:2709 312 0 24 0 0, - runtime.newm@244:2721/588,1,
runtime.startm runtime/proc.go:2809 1000 8 44 0 000,1 - runtime.newm@480:2870/2872,100,0
runtime.stkbucket runtime/mprof.go:263 1476 28 44 0 00,001 -
runtime.stoplockedm runtime/proc.go:3013 868 0 48 0 0000, - runtime.handoffp@112:3022/3024,0010,
runtime.sweepone runtime/mgcsweep.go:353 996 4 56 0 0, -
runtime.sysmon runtime/proc.go:5946 2012 0 80 0 , - runtime.retake@1572:6071,,
runtime.systemstack runtime/asm_mipsx.s:155 184 4 4 0 -,1 - *@124:188/191,-,1
runtime.systemstack_switch runtime/asm_mipsx.s:149 40 0 4 0 -, - stop@8:149,-,
runtime.unlock2 runtime/lock_futex.go:124 300 4 16 0 0,1 -
runtime/debug.WriteHeapDump runtime/heapdump.go:22 236 4 5572 0 000, -12+12/8:02 runtime.systemstack_switch@188:32/40,000,
sync.(*Cond).Wait sync/cond.go:66 328 4 24 0 00,1 -4+4/4:01 sync.runtime_notifyListWait@248:70/71,00,1
sync.(*Mutex).lockSlow sync/mutex.go:117 964 4 52 0 ,1 - sync.runtime_SemacquireMutex@500:171/172,,1
sync.(*Once).doSlow sync/once.go:69 416 8 40 392 0000000,11 -24+8/8:02,-16+8/8:02 main@284:74/73,0000011,00
sync.(*RWMutex).Lock sync/rwmutex.go:140 272 4 16 0 ,1 - sync.(*Mutex).lockSlow@120:90/88~sync/mutex.go^49:146,,1 sync.runtime_SemacquireRWMutex@256:151/158,,0
sync.(*WaitGroup).Wait sync/waitgroup.go:91 256 4 28 0 ,1 - sync.runtime_Semacquire@152:116/145,,1
sync.runtime_Semacquire runtime/sema.go:61 104 4 24 0 ,1 - runtime.semacquire1@88:62/63,,0
sync.runtime_SemacquireMutex runtime/sema.go:76 112 12 24 0 ,1 - runtime.semacquire1@96:77/78,,0
sync.runtime_SemacquireRWMutex runtime/sema.go:86 112 12 24 0 ,1 - runtime.semacquire1@96:87/88,,0
sync.runtime_SemacquireRWMutexR runtime/sema.go:81 112 12 24 0 ,1 - runtime.semacquire1@96:82/83,,0
sync.runtime_notifyListWait runtime/sema.go:544 660 8 44 0 000,1 - runtime.acquireSudog@108:554,010,1 runtime.gopark@516:408/570~runtime/proc.go^461:569,100,0
syscall.Syscall syscall/syscall_linux.go:68 144 28 56 0 , - stop@20:69/82,,
syscall.read syscall/zsyscall_linux_mips.go:729 332 28 40 0 0,0100000 -4+4/4:01 syscall.Syscall@116:736,1,0000000
time.NewTimer time/sleep.go:86 312 12 36 0 00,000 - runtime.makechan@76:87,00,000 runtime.newobject@144:88,01,000 time.startTimer@288:96/97,10,000
time.Sleep runtime/time.go:178 440 8 28 0 00, - runtime.gopark@408:195/196,00, runtime.newobject@124:186/187,01,
time.startTimer runtime/time.go:211 80 4 8 0 ,1 - runtime.addtimer@64:215/216,,0
`,
  mips64: `
os.(*file).close os/file_unix.go:306 680 24 80 0 000,100 -
runtime.(*_panic).nextDefer runtime/panic.go:831 800 24 40 0 00,10 -
runtime.(*_panic).nextFrame runtime/panic.go:905 168 16 48 0 0000,1 -32+32/32:0e
runtime.(*atomicHeadTailIndex).incTail runtime/mspanset.go:376 280 16 32 0 ,1 -
runtime.(*gcControllerState).heapGoalInternal runtime/mgcpacer.go:909 240 24 32 0 ,1 -
runtime.(*gcControllerState).revise runtime/mgcpacer.go:490 688 8 88 0 000,1 -
runtime.(*gcControllerState).startCycle runtime/mgcpacer.go:384 1176 48 88 0 0,1 -
runtime.(*hmap).newoverflow runtime/map.go:247 912 32 96 0 00,1110 - runtime.growslice@656:269,11,0110 runtime.mallocgc@300:1390~runtime/malloc.go^265:264,00,1110 runtime.newobject#extra@392:277^349:268,10,1110 runtime.newobject#overflow@504:280^349:268,10,1110
runtime.(*mLockProfile).recordUnlock runtime/mprof.go:668 160 16 16 0 ,11 -
runtime.(*mcache).allocLarge runtime/mcache.go:219 680 32 80 0 , -
runtime.(*mcache).nextFree runtime/malloc.go:938 704 40 64 0 0, -
runtime.(*mcache).refill runtime/mcache.go:147 888 16 64 0 0, -
runtime.(*mcentral).cacheSpan runtime/mcentral.go:81 1968 16 136 0 00000, -
runtime.(*mcentral).grow runtime/mcentral.go:250 312 16 64 0 , -
runtime.(*mcentral).uncacheSpan runtime/mcentral.go:204 384 16 40 0 , -
runtime.(*mheap).alloc runtime/mheap.go:953 160 32 64 0 00000, -40+40/32:08
runtime.(*scavengerState).init runtime/mgcscavenge.go:356 608 8 40 0 0,1 - runtime.newobject@140:363,0,1
runtime.(*scavengerState).park runtime/mgcscavenge.go:419 208 8 40 0 ,1 - runtime.gopark@156:408/426~runtime/proc.go^101:425,,0
runtime.(*scavengerState).sleep runtime/mgcscavenge.go:465 792 16 112 0 ,1 - runtime.gopark@388:408/19~runtime/proc.go^333:504,,1 runtime.modtimer@320:555/503~runtime/time.go^281:235~runtime/time.go^237:500,,1
runtime.(*spanSet).push runtime/mspanset.go:74 712 16 120 0 000000,1 -
runtime.(*spanSetBlockAlloc).alloc runtime/mspanset.go:312 264 16 40 0 ,10 -
runtime.(*sweepLocked).sweep runtime/mgcsweep.go:499 5000 24 264 0 0000000000,1 -72+16/8:01,-56+24/8:01,-32+24/8:01
runtime.GC runtime/mgc.go:433 680 0 56 0 0, - runtime.gcStart@128:466/469,0, runtime.gcWaitOnMark@92:461/466,0, runtime.mcall@184:342/475~runtime/proc.go^157:476,0,
runtime.Goexit runtime/panic.go:614 184 0 136 0 0000000000000, -104+104/96:6d0d main@132:626/622,1011011010110,
runtime.LockOSThread runtime/proc.go:5188 184 0 24 0 , - runtime.startTemplateThread@60:5193/5196,,
runtime.SetFinalizer runtime/mfinal.go:410 2624 32 224 0 000000000000,0101 -64+48/48:36,-16+16/16:02,0+16/16:02,16+16/16:02
runtime.acquireSudog runtime/proc.go:418 992 8 104 0 000,0 - runtime.newobject@752:441,101,0
runtime.addtimer runtime/time.go:257 472 8 64 0 0000,1 - runtime.doaddtimer@252:280/281,1100,0
runtime.allgadd runtime/proc.go:618 672 8 88 0 0,1 - runtime.growslice@216:624,0,1
runtime.allocm runtime/proc.go:2057 1112 32 88 0 000000,1100 -24+8/8:01,-16+16/16:02 runtime.malg@436:2117,011000,1000 runtime.mcommoninit@312:2110/2114,011000,1000 runtime.newobject@232:2108/2109,001000,1100
runtime.bgscavenge runtime/mgcscavenge.go:649 288 8 32 0 ,1 - runtime.(*scavengerState).init@72:650/652,,1 runtime.(*scavengerState).park@188:658/659,,0 runtime.(*scavengerState).park#first@128:653/656,,0 runtime.(*scavengerState).sleep@276:662,,0 runtime.chansend1@104:652/653,,0
runtime.bgsweep runtime/mgcsweep.go:271 688 8 64 0 0,1 - runtime.chansend1@196:277/278,0,0 runtime.gopark@452:408/299~runtime/proc.go^385:318,0,0 runtime.gopark#first@264:408/299~runtime/proc.go^197:278,0,0 runtime.goschedIfBusy@616:302/300,0,0
runtime.block runtime/select.go:102 104 0 40 0 , - runtime.gopark@88:103/104,,
runtime.call16 runtime/asm_mips64x.s:385 208 48 24 0 ,111001 - main@152:385,,111001
runtime.call32 runtime/asm_mips64x.s:386 208 48 40 0 ,111001 - main@152:386,,111001
runtime.chanrecv runtime/chan.go:457 2072 32 112 0 000000,11 -16+16/16:02 runtime.acquireSudog@940:563,001100,11 runtime.gopark@1444:583/586,010100,00 runtime.gopark#nil@632:469/470,000000,00
runtime.chanrecv1 runtime/chan.go:441 64 16 40 0 ,11 - runtime.chanrecv@44:442/443,,00
runtime.chanrecv2 runtime/chan.go:446 72 24 40 0 ,11 - runtime.chanrecv@44:447,,00
runtime.chansend runtime/chan.go:160 1920 40 104 0 00000,11 -16+16/16:02 runtime.acquireSudog@740:239,01100,11 runtime.gopanic@1916:206,00000,00 runtime.gopark@1240:259/267,10100,11 runtime.gopark#nil@344:165/166,00000,00
runtime.chansend1 runtime/chan.go:144 72 16 48 0 ,11 - runtime.chansend@52:145/146,,00
runtime.clearpools runtime/mgc.go:1669 640 0 48 0 00, -
runtime.closechan runtime/chan.go:357 1344 8 80 0 000000,1 -24+24/16:02 runtime.gopanic@1336:359,000000,0
runtime.concatstrings runtime/string.go:25 720 48 128 0 000,11000 -
runtime.createfing runtime/mfinal.go:161 184 0 16 0 , - runtime.newproc@168:164/166,,
runtime.deductSweepCredit runtime/mgcsweep.go:895 960 16 56 0 00, -
runtime.deferproc runtime/panic.go:271 264 8 32 0 0,1 - runtime.newdefer@80:278,1,1
runtime.deferreturn runtime/panic.go:592 176 0 136 0 0000000000000, -104+104/96:6d0d main@132:602/598,1011011010110,
runtime.doaddtimer runtime/time.go:290 560 16 88 0 ,11 - runtime.growslice@208:302,,11
runtime.entersyscallblock_handoff runtime/proc.go:4480 288 0 32 0 0, - runtime.handoffp@272:4487/4488,0,
runtime.evacuate runtime/map.go:1169 1616 24 184 0 00000000000000,11 -112+64/64:dd runtime.(*hmap).newoverflow@1100:1242,10111011111110,11
runtime.evacuate_fast32 runtime/map_fast32.go:374 1104 24 168 0 0000000000000,11 -104+64/64:dd runtime.(*hmap).newoverflow@840:423,1011101111110,11
runtime.evacuate_fast64 runtime/map_fast64.go:376 1224 24 168 0 0000000000000,11 -104+64/64:dd runtime.(*hmap).newoverflow@840:425,1011101111110,11
runtime.evacuate_faststr runtime/map_faststr.go:402 1168 24 168 0 0000000000000,11 -104+64/64:dd runtime.(*hmap).newoverflow@840:451,1011101111110,11
runtime.forcegchelper runtime/proc.go:317 432 0 48 0 0, - runtime.gopark@316:408/328^249:326,0,
runtime.gcAssistAlloc runtime/mgcmark.go:407 1792 8 88 0 0000000,1 -24+24/16:02
runtime.gcBgMarkStartWorkers runtime/mgc.go:1227 208 0 32 0 , - runtime.newproc@80:1234/1236,,
runtime.gcBgMarkWorker runtime/mgc.go:1276 1712 0 144 0 000000, -24+24/24:06 runtime.gopark@320:1310/581,110000, runtime.newobject@144:1283/1284,010000,
runtime.gcMarkTinyAllocs runtime/mgcmark.go:1743 248 0 88 0 00, -
runtime.gcStart runtime/mgc.go:595 2184 24 184 0 000000000, -40+24/24:06,-16+16/16:02
runtime.gcWaitOnMark runtime/mgc.go:507 328 8 40 0 , - runtime.gopark@164:408/510~runtime/proc.go^97:525,,
runtime.gcenable runtime/mgc.go:200 376 0 40 0 0, - runtime.chanrecv1@324:205/206,1, runtime.makechan@80:202,0, runtime.newobject@112:203,1, runtime.newobject#second@220:204,1, runtime.newproc@196:203/204,1,
runtime.gcenable.gowrap1 runtime/mgc.go:203 120 0 16 0 , - runtime.bgsweep@100:203,,
runtime.gcenable.gowrap2 runtime/mgc.go:204 120 0 16 0 , - runtime.bgscavenge@100:204,,
runtime.goPanicIndex runtime/panic.go:112 200 16 56 0 , - runtime.convTnoptr@164:114,, runtime.gopanic@196:114,,
runtime.goPanicSliceAcap runtime/panic.go:138 208 16 56 0 , - runtime.gopanic@200:140,,
runtime.goexit runtime/asm_mips64x.s:670 16 0 0 0 -, - main@4:671/672,-, runtime.forcegchelper@4:671/672,-, runtime.gcBgMarkWorker@4:671/672,-, runtime.gcenable.gowrap1@4:671/672,-, runtime.gcenable.gowrap2@4:671/672,-, runtime.main@4:671/672,-, runtime.runfinq@4:671/672,-,
runtime.goexit0 runtime/proc.go:4179 88 8 16 0 ,1 - runtime.schedule@72:4181/4182,,0
runtime.gopanic runtime/panic.go:720 1136 16 168 0 000000000000000,01 -120+104/96:6d0d main@396:770/766,101101101011000,00
runtime.gopark runtime/proc.go:385 376 32 24 0 ,11 - stop@320:402/403,,00
runtime.goschedIfBusy runtime/proc.go:358 120 0 16 0 , - runtime.mcall@84:365/366,,
runtime.goschedImpl runtime/proc.go:4039 1144 16 72 0 00,1 - runtime.schedule@664:4065/4066,00,0
runtime.gosched_m runtime/proc.go:4069 88 8 24 0 ,1 - runtime.goschedImpl@68:4070/4071,,0
runtime.goyield_m runtime/proc.go:4152 408 8 56 0 00,1 - runtime.schedule@392:4162/4163,00,0
runtime.greyobject runtime/mgcmark.go:1615 1104 48 64 0 ,00001 -
runtime.growWork runtime/map.go:1145 208 24 32 0 ,11 - runtime.evacuate@148:1148/1118,,11 runtime.evacuate#second@192:1152/1154,,00
runtime.growWork_fast32 runtime/map_fast32.go:363 208 24 32 0 ,11 - runtime.evacuate_fast32@148:366/1118,,11 runtime.evacuate_fast32#second@192:370/372,,00
runtime.growWork_fast64 runtime/map_fast64.go:365 208 24 32 0 ,11 - runtime.evacuate_fast64@148:368/1118,,11 runtime.evacuate_fast64#second@192:372/374,,00
runtime.growWork_faststr runtime/map_faststr.go:391 208 24 32 0 ,11 - runtime.evacuate_faststr@148:394/1118,,11 runtime.evacuate_faststr#second@192:398/400,,00
runtime.growslice runtime/slice.go:155 2336 64 80 0 0,100010 -
runtime.handoffp runtime/proc.go:2905 1808 8 40 0 ,1 - runtime.startm@1788:2911/2912,,0 runtime.startm#spinning@924:2928/2929,,0
runtime.hashGrow runtime/map.go:1053 704 16 72 0 00,11 - runtime.makeBucketArray@208:1063/1065,10,01 runtime.newobject@532:1087,01,01
runtime.init.5 runtime/proc.go:313 88 0 16 0 , - runtime.newproc@72:314/315,,
runtime.lock2 runtime/lock_futex.go:55 760 8 96 0 0000,1 -32+32/8:01
runtime.mProf_Malloc runtime/mprof.go:425 536 16 376 0 00000,1 -24+24/16:02
runtime.main runtime/proc.go:146 1576 0 112 1552 00000, -24+16/16:02 main@924:271/194,00001, runtime.gcenable@472:210/212,00001, runtime.makechan@500:212,00001,
runtime.main.func1 runtime/proc.go:171 104 0 32 0 , - runtime.newm@84:172/173,,
runtime.makeBucketArray runtime/map.go:346 848 40 48 0 ,10100 - runtime.newarray@636:364,,10000
runtime.makechan runtime/chan.go:72 688 24 64 0 00,100 - runtime.newobject@296:106,10,000
runtime.makemap runtime/map.go:305 576 32 72 0 00,1010 - runtime.makeBucketArray@316:330,01,0000 runtime.newobject@152:313,00,1000 runtime.newobject#extra@420:332,11,0000
runtime.makemap_small runtime/map.go:294 120 8 40 0 0,0 - runtime.newobject@72:295,0,0
runtime.makeslice runtime/slice.go:92 344 32 40 0 ,1000 - runtime.gopanic@236:29/101^193:102,,0000
runtime.malg runtime/proc.go:4855 256 16 64 0 0000,00 -24+24/16:02 runtime.newobject@72:4856,0000,00
runtime.mallocgc runtime/malloc.go:971 2640 32 144 0 00000,0100 -
runtime.mapassign runtime/map.go:579 1752 32 128 0 0000000,1110 - runtime.(*hmap).newoverflow@1188:665,0000000,1110 runtime.growWork@416:611/613,0000000,1110 runtime.hashGrow@320:659/660,0000000,1110 runtime.mallocgc@224:1390/605~runtime/malloc.go^189:605,0000000,1110 runtime.mallocgc#elem@1440:1390/679~runtime/malloc.go^1409:678,0111000,1110 runtime.mallocgc#key@1300:1390/674~runtime/malloc.go^1269:673,0011001,1110
runtime.mapassign_fast32 runtime/map_fast32.go:93 1136 32 64 0 0,1100 - runtime.(*hmap).newoverflow@876:163,0,1100 runtime.growWork_fast32@416:116/118,0,1100 runtime.hashGrow@320:157/158,0,1100 runtime.mallocgc@224:1390/110~runtime/malloc.go^189:110,0,1100
runtime.mapassign_fast64 runtime/map_fast64.go:93 1136 32 64 0 0,1100 - runtime.(*hmap).newoverflow@876:163,0,1100 runtime.gopanic@1132:95,0,0000 runtime.growWork_fast64@416:116/118,0,1100 runtime.hashGrow@320:157/158,0,1100 runtime.mallocgc@224:1390/110~runtime/malloc.go^189:110,0,1100
runtime.mapassign_faststr runtime/map_faststr.go:203 1400 40 112 0 0000,11100 16+16/8:01 runtime.(*hmap).newoverflow@1104:282,0000,11100 runtime.growWork_faststr@416:227/229,0000,11100 runtime.hashGrow@320:276/277,0000,11100 runtime.mallocgc@224:1390/221~runtime/malloc.go^189:221,0000,11100
runtime.mcall runtime/asm_mips64x.s:123 88 8 16 0 -,1 - *@80:142/143,-,1
runtime.mcommoninit runtime/proc.go:889 648 16 48 0 ,1 - runtime.malg@224:375~runtime/os_linux.go^205:907,,1
runtime.modtimer runtime/time.go:439 1688 64 72 0 0000,100101 - runtime.doaddtimer@1164:508/509,1101,000000
runtime.mstart runtime/asm_mips64x.s:87 40 -2147483648 8 0 -, - runtime.mstart0@20:88/89,-,
runtime.mstart0 runtime/proc.go:1660 160 0 40 0 0, - runtime.mstart1@124:1686/1695,0,
runtime.mstart1 runtime/proc.go:1702 320 0 32 0 0, - *@196:1729/1732,1,
runtime.newArenaMayUnlock runtime/mheap.go:2238 304 8 48 0 0, -
runtime.newBucket runtime/mprof.go:217 216 24 40 0 , -
runtime.newMarkBits runtime/mheap.go:2142 1176 16 56 0 , -
runtime.newarray runtime/malloc.go:1404 272 24 40 0 ,100 -
runtime.newdefer runtime/panic.go:501 776 8 104 0 000,0 - runtime.newobject@348:525,000,0
runtime.newm runtime/proc.go:2631 568 24 48 0 0,11 - runtime.allocm@104:2644,0,01
runtime.newobject runtime/malloc.go:1389 104 16 40 0 ,10 -
runtime.newproc runtime/proc.go:4874 136 8 48 0 0000,1 -32+32/24:06
runtime.newproc.func1 runtime/proc.go:4877 160 0 40 0 , - runtime.newproc1@80:4878,,
runtime.newproc1 runtime/proc.go:4892 1528 32 96 0 00000,1100 - runtime.allgadd@216:4903/4905,01101,1100 runtime.malg@168:4901,01001,1100
runtime.panicdivide runtime/panic.go:238 136 0 24 0 , - runtime.gopanic@132:240,,
runtime.panicdottypeE runtime/iface.go:261 200 24 32 0 ,111 - runtime.gopanic@156:262,,000 runtime.newobject@72:262,,111
runtime.park_m runtime/proc.go:4007 816 8 80 0 000,1 - *@424:4023/4024,001,1 runtime.schedule@796:4036/4037,000,0
runtime.persistentalloc runtime/malloc.go:1526 160 32 64 0 00000,0010 -40+40/40:12
runtime.profilealloc runtime/malloc.go:1420 240 24 32 0 ,11 -
runtime.resetForSleep runtime/time.go:202 136 24 72 0 ,01 - runtime.modtimer@112:555/205^49:204,,00
runtime.retake runtime/proc.go:6104 1280 16 88 0 00, - runtime.handoffp@1056:6165/6163,00,
runtime.rt0_go runtime/asm_mips64x.s:14 248 -2147483648 48 0 -, - runtime.newproc@212:68/69,-,
runtime.runfinq runtime/mfinal.go:177 1608 0 168 0 0000000, - runtime.call16@1276:256/257,0001001, runtime.call32@1276:256/257,0001001, runtime.gopark@408:194/216,0010000, runtime.lock2@240:24/191~runtime/lockrank_off.go^213:52~runtime/lock_futex.go^581:190,0010000,
runtime.schedule runtime/proc.go:3839 992 0 56 0 00, - runtime.stoplockedm@96:3847/3848,10,
runtime.selectgo runtime/select.go:121 5648 64 264 0 00000000000000000,110 -56+56/40:12 runtime.acquireSudog@1252:298,00111110010000000,100 runtime.gopanic@3548:515/377,00000000000000000,000 runtime.gopark@2080:327/328,00011000100000000,100
runtime.semacquire1 runtime/sema.go:114 1112 40 72 0 000,1 - runtime.acquireSudog@184:131,000,1 runtime.gopark@680:408/161~runtime/proc.go^621:160,101,1
runtime.semrelease1 runtime/sema.go:175 848 24 88 0 000,1 -
runtime.sigpanic runtime/signal_unix.go:862 1512 0 96 0 0000, -24+24/8:01 runtime.gopanic@1312:261/880~runtime/panic.go^1225:881,0000,
runtime.startTemplateThread runtime/proc.go:2709 328 0 40 0 0, - runtime.newm@252:2721/588,1,
runtime.startm runtime/proc.go:2809 1088 16 64 0 000,1 - runtime.newm@492:2870/2872,100,0
runtime.stkbucket runtime/mprof.go:263 1528 56 88 0 00,001 -
runtime.stoplockedm runtime/proc.go:3013 888 0 80 0 0000, - runtime.handoffp@112:3022/3024,0010,
runtime.sweepone runtime/mgcsweep.go:353 1080 8 104 0 0, -
runtime.sysmon runtime/proc.go:5946 1904 0 104 0 , - runtime.retake@1512:6071,,
runtime.systemstack runtime/asm_mips64x.s:156 192 8 8 0 -,1 - *@128:189/192,-,1
runtime.systemstack_switch runtime/asm_mips64x.s:150 40 0 8 0 -, - stop@8:150,-,
runtime.unlock2 runtime/lock_futex.go:124 328 8 32 0 0,1 -
runtime/debug.WriteHeapDump runtime/heapdump.go:22 224 8 5848 0 000, -24+24/16:02 runtime.systemstack_switch@184:32/40,000,
sync.(*Cond).Wait sync/cond.go:66 336 8 48 0 00,1 -8+8/8:01 sync.runtime_notifyListWait@248:70/71,00,1
sync.(*Mutex).lockSlow sync/mutex.go:117 1000 8 72 0 ,1 - sync.runtime_SemacquireMutex@516:171/172,,1
sync.(*Once).doSlow sync/once.go:69 440 16 80 416 0000000,11 -48+16/16:02,-32+16/16:02 main@300:74/73,0000011,00
sync.(*RWMutex).Lock sync/rwmutex.go:140 304 8 32 0 ,1 - sync.(*Mutex).lockSlow@120:90/88~sync/mutex.go^49:146,,1 sync.runtime_SemacquireRWMutex@284:151/158,,0
sync.(*WaitGroup).Wait sync/waitgroup.go:91 256 8 24 0 ,1 - sync.runtime_Semacquire@152:116/145,,1
sync.runtime_Semacquire runtime/sema.go:61 104 8 48 0 ,1 - runtime.semacquire1@88:62/63,,0
sync.runtime_SemacquireMutex runtime/sema.go:76 112 24 48 0 ,1 - runtime.semacquire1@96:77/78,,0
sync.runtime_SemacquireRWMutex runtime/sema.go:86 112 24 48 0 ,1 - runtime.semacquire1@96:87/88,,0
sync.runtime_SemacquireRWMutexR runtime/sema.go:81 112 24 48 0 ,1 - runtime.semacquire1@96:82/83,,0
sync.runtime_notifyListWait runtime/sema.go:544 600 16 72 0 000,1 - runtime.acquireSudog@112:554,010,1 runtime.gopark@480:408/570~runtime/proc.go^421:569,100,0
syscall.Syscall syscall/syscall_linux.go:68 144 56 112 0 , - stop@20:69/82,,
syscall.read syscall/zsyscall_linux_mips64.go:729 368 56 80 0 0,0100000 -8+8/8:01 syscall.Syscall@120:736,1,0000000
time.NewTimer time/sleep.go:86 312 16 56 0 00,00 - runtime.makechan@80:87,00,00 runtime.newobject@136:88/89,01,00 time.startTimer@288:96/97,10,00
time.Sleep runtime/time.go:178 408 8 56 0 00, - runtime.gopark@376:195/196,00, runtime.newobject@100:186/187,01,
time.startTimer runtime/time.go:211 80 8 16 0 ,1 - runtime.addtimer@64:215/216,,0
`,
  mips64le: `
os.(*file).close os/file_unix.go:306 680 24 80 0 000,100 -
runtime.(*_panic).nextDefer runtime/panic.go:831 800 24 40 0 00,10 -
runtime.(*_panic).nextFrame runtime/panic.go:905 168 16 48 0 0000,1 -32+32/32:0e
runtime.(*atomicHeadTailIndex).incTail runtime/mspanset.go:376 280 16 32 0 ,1 -
runtime.(*gcControllerState).heapGoalInternal runtime/mgcpacer.go:909 240 24 32 0 ,1 -
runtime.(*gcControllerState).revise runtime/mgcpacer.go:490 688 8 88 0 000,1 -
runtime.(*gcControllerState).startCycle runtime/mgcpacer.go:384 1176 48 88 0 0,1 -
runtime.(*hmap).newoverflow runtime/map.go:247 912 32 96 0 00,1110 - runtime.growslice@656:269,11,0110 runtime.mallocgc@300:1390~runtime/malloc.go^265:264,00,1110 runtime.newobject#extra@392:277^349:268,10,1110 runtime.newobject#overflow@504:280^349:268,10,1110
runtime.(*mLockProfile).recordUnlock runtime/mprof.go:668 160 16 16 0 ,11 -
runtime.(*mcache).allocLarge runtime/mcache.go:219 680 32 80 0 , -
runtime.(*mcache).nextFree runtime/malloc.go:938 704 40 64 0 0, -
runtime.(*mcache).refill runtime/mcache.go:147 888 16 64 0 0, -
runtime.(*mcentral).cacheSpan runtime/mcentral.go:81 1968 16 136 0 00000, -
runtime.(*mcentral).grow runtime/mcentral.go:250 312 16 64 0 , -
runtime.(*mcentral).uncacheSpan runtime/mcentral.go:204 384 16 40 0 , -
runtime.(*mheap).alloc runtime/mheap.go:953 160 32 64 0 00000, -40+40/32:08
runtime.(*scavengerState).init runtime/mgcscavenge.go:356 608 8 40 0 0,1 - runtime.newobject@140:363,0,1
runtime.(*scavengerState).park runtime/mgcscavenge.go:419 208 8 40 0 ,1 - runtime.gopark@156:408/426~runtime/proc.go^101:425,,0
runtime.(*scavengerState).sleep runtime/mgcscavenge.go:465 792 16 112 0 ,1 - runtime.gopark@388:408/19~runtime/proc.go^333:504,,1 runtime.modtimer@320:555/503~runtime/time.go^281:235~runtime/time.go^237:500,,1
runtime.(*spanSet).push runtime/mspanset.go:74 712 16 120 0 000000,1 -
runtime.(*spanSetBlockAlloc).alloc runtime/mspanset.go:312 264 16 40 0 ,10 -
runtime.(*sweepLocked).sweep runtime/mgcsweep.go:499 4992 24 264 0 0000000000,1 -72+16/8:01,-56+24/8:01,-32+24/8:01
runtime.GC runtime/mgc.go:433 680 0 56 0 0, - runtime.gcStart@128:466/469,0, runtime.gcWaitOnMark@92:461/466,0, runtime.mcall@184:342/475~runtime/proc.go^157:476,0,
runtime.Goexit runtime/panic.go:614 184 0 136 0 0000000000000, -104+104/96:6d0d main@132:626/622,1011011010110,
runtime.LockOSThread runtime/proc.go:5188 184 0 24 0 , - runtime.startTemplateThread@60:5193/5196,,
runtime.SetFinalizer runtime/mfinal.go:410 2624 32 224 0 000000000000,0101 -64+48/48:36,-16+16/16:02,0+16/16:02,16+16/16:02
runtime.acquireSudog runtime/proc.go:418 992 8 104 0 000,0 - runtime.newobject@752:441,101,0
runtime.addtimer runtime/time.go:257 472 8 64 0 0000,1 - runtime.doaddtimer@252:280/281,1100,0
runtime.allgadd runtime/proc.go:618 672 8 88 0 0,1 - runtime.growslice@216:624,0,1
runtime.allocm runtime/proc.go:2057 1112 32 88 0 000000,1100 -24+8/8:01,-16+16/16:02 runtime.malg@436:2117,011000,1000 runtime.mcommoninit@312:2110/2114,011000,1000 runtime.newobject@232:2108/2109,001000,1100
runtime.bgscavenge runtime/mgcscavenge.go:649 288 8 32 0 ,1 - runtime.(*scavengerState).init@72:650/652,,1 runtime.(*scavengerState).park@188:658/659,,0 runtime.(*scavengerState).park#first@128:653/656,,0 runtime.(*scavengerState).sleep@276:662,,0 runtime.chansend1@104:652/653,,0
runtime.bgsweep runtime/mgcsweep.go:271 688 8 64 0 0,1 - runtime.chansend1@196:277/278,0,0 runtime.gopark@452:408/299~runtime/proc.go^385:318,0,0 runtime.gopark#first@264:408/299~runtime/proc.go^197:278,0,0 runtime.goschedIfBusy@616:302/300,0,0
runtime.block runtime/select.go:102 104 0 40 0 , - runtime.gopark@88:103/104,,
runtime.call16 runtime/asm_mips64x.s:385 208 48 24 0 ,111001 - main@152:385,,111001
runtime.call32 runtime/asm_mips64x.s:386 208 48 40 0 ,111001 - main@152:386,,111001
runtime.chanrecv runtime/chan.go:457 2072 32 112 0 000000,11 -16+16/16:02 runtime.acquireSudog@940:563,001100,11 runtime.gopark@1444:583/586,010100,00 runtime.gopark#nil@632:469/470,000000,00
runtime.chanrecv1 runtime/chan.go:441 64 16 40 0 ,11 - runtime.chanrecv@44:442/443,,00
runtime.chanrecv2 runtime/chan.go:446 72 24 40 0 ,11 - runtime.chanrecv@44:447,,00
runtime.chansend runtime/chan.go:160 1920 40 104 0 00000,11 -16+16/16:02 runtime.acquireSudog@740:239,01100,11 runtime.gopanic@1916:206,00000,00 runtime.gopark@1240:259/267,10100,11 runtime.gopark#nil@344:165/166,00000,00
runtime.chansend1 runtime/chan.go:144 72 16 48 0 ,11 - runtime.chansend@52:145/146,,00
runtime.clearpools runtime/mgc.go:1669 640 0 48 0 00, -
runtime.closechan runtime/chan.go:357 1344 8 80 0 000000,1 -24+24/16:02 runtime.gopanic@1336:359,000000,0
runtime.concatstrings runtime/string.go:25 720 48 128 0 000,11000 -
runtime.createfing runtime/mfinal.go:161 184 0 16 0 , - runtime.newproc@168:164/166,,
runtime.deductSweepCredit runtime/mgcsweep.go:895 960 16 56 0 00, -
runtime.deferproc runtime/panic.go:271 264 8 32 0 0,1 - runtime.newdefer@80:278,1,1
runtime.deferreturn runtime/panic.go:592 176 0 136 0 0000000000000, -104+104/96:6d0d main@132:602/598,1011011010110,
runtime.doaddtimer runtime/time.go:290 560 16 88 0 ,11 - runtime.growslice@208:302,,11
runtime.entersyscallblock_handoff runtime/proc.go:4480 288 0 32 0 0, - runtime.handoffp@272:4487/4488,0,
runtime.evacuate runtime/map.go:1169 1616 24 184 0 00000000000000,11 -112+64/64:dd runtime.(*hmap).newoverflow@1100:1242,10111011111110,11
runtime.evacuate_fast32 runtime/map_fast32.go:374 1104 24 168 0 0000000000000,11 -104+64/64:dd runtime.(*hmap).newoverflow@840:423,1011101111110,11
runtime.evacuate_fast64 runtime/map_fast64.go:376 1224 24 168 0 0000000000000,11 -104+64/64:dd runtime.(*hmap).newoverflow@840:425,1011101111110,11
runtime.evacuate_faststr runtime/map_faststr.go:402 1168 24 168 0 0000000000000,11 -104+64/64:dd runtime.(*hmap).newoverflow@840:451,1011101111110,11
runtime.forcegchelper runtime/proc.go:317 432 0 48 0 0, - runtime.gopark@316:408/328^249:326,0,
runtime.gcAssistAlloc runtime/mgcmark.go:407 1792 8 88 0 0000000,1 -24+24/16:02
runtime.gcBgMarkStartWorkers runtime/mgc.go:1227 208 0 32 0 , - runtime.newproc@80:1234/1236,,
runtime.gcBgMarkWorker runtime/mgc.go:1276 1712 0 144 0 000000, -24+24/24:06 runtime.gopark@320:1310/581,110000, runtime.newobject@144:1283/1284,010000,
runtime.gcMarkTinyAllocs runtime/mgcmark.go:1743 248 0 88 0 00, -
runtime.gcStart runtime/mgc.go:595 2184 24 184 0 000000000, -40+24/24:06,-16+16/16:02
runtime.gcWaitOnMark runtime/mgc.go:507 328 8 40 0 , - runtime.gopark@164:408/510~runtime/proc.go^97:525,,
runtime.gcenable runtime/mgc.go:200 376 0 40 0 0, - runtime.chanrecv1@324:205/206,1, runtime.makechan@80:202,0, runtime.newobject@112:203,1, runtime.newobject#second@220:204,1, runtime.newproc@196:203/204,1,
runtime.gcenable.gowrap1 runtime/mgc.go:203 120 0 16 0 , - runtime.bgsweep@100:203,,
runtime.gcenable.gowrap2 runtime/mgc.go:204 120 0 16 0 , - runtime.bgscavenge@100:204,,
runtime.goPanicIndex runtime/panic.go:112 200 16 56 0 , - runtime.convTnoptr@164:114,, runtime.gopanic@196:114,,
runtime.goPanicSliceAcap runtime/panic.go:138 208 16 56 0 , - runtime.gopanic@200:140,,
runtime.goexit runtime/asm_mips64x.s:670 16 0 0 0 -, - main@4:671/672,-, runtime.forcegchelper@4:671/672,-, runtime.gcBgMarkWorker@4:671/672,-, runtime.gcenable.gowrap1@4:671/672,-, runtime.gcenable.gowrap2@4:671/672,-, runtime.main@4:671/672,-, runtime.runfinq@4:671/672,-,
runtime.goexit0 runtime/proc.go:4179 88 8 16 0 ,1 - runtime.schedule@72:4181/4182,,0
runtime.gopanic runtime/panic.go:720 1136 16 168 0 000000000000000,01 -120+104/96:6d0d main@396:770/766,101101101011000,00
runtime.gopark runtime/proc.go:385 376 32 24 0 ,11 - stop@320:402/403,,00
runtime.goschedIfBusy runtime/proc.go:358 120 0 16 0 , - runtime.mcall@84:365/366,,
runtime.goschedImpl runtime/proc.go:4039 1144 16 72 0 00,1 - runtime.schedule@664:4065/4066,00,0
runtime.gosched_m runtime/proc.go:4069 88 8 24 0 ,1 - runtime.goschedImpl@68:4070/4071,,0
runtime.goyield_m runtime/proc.go:4152 408 8 56 0 00,1 - runtime.schedule@392:4162/4163,00,0
runtime.greyobject runtime/mgcmark.go:1615 1096 48 64 0 ,00001 -
runtime.growWork runtime/map.go:1145 208 24 32 0 ,11 - runtime.evacuate@148:1148/1118,,11 runtime.evacuate#second@192:1152/1154,,00
runtime.growWork_fast32 runtime/map_fast32.go:363 208 24 32 0 ,11 - runtime.evacuate_fast32@148:366/1118,,11 runtime.evacuate_fast32#second@192:370/372,,00
runtime.growWork_fast64 runtime/map_fast64.go:365 208 24 32 0 ,11 - runtime.evacuate_fast64@148:368/1118,,11 runtime.evacuate_fast64#second@192:372/374,,00
runtime.growWork_faststr runtime/map_faststr.go:391 208 24 32 0 ,11 - runtime.evacuate_faststr@148:394/1118,,11 runtime.evacuate_faststr#second@192:398/400,,00
runtime.growslice runtime/slice.go:155 2336 64 80 0 0,100010 -
runtime.handoffp runtime/proc.go:2905 1808 8 40 0 ,1 - runtime.startm@1788:2911/2912,,0 runtime.startm#spinning@924:2928/2929,,0
runtime.hashGrow runtime/map.go:1053 704 16 72 0 00,11 - runtime.makeBucketArray@208:1063/1065,10,01 runtime.newobject@532:1087,01,01
runtime.init.5 runtime/proc.go:313 88 0 16 0 , - runtime.newproc@72:314/315,,
runtime.lock2 runtime/lock_futex.go:55 760 8 96 0 0000,1 -32+32/8:01
runtime.mProf_Malloc runtime/mprof.go:425 536 16 376 0 00000,1 -24+24/16:02
runtime.main runtime/proc.go:146 1576 0 112 1552 00000, -24+16/16:02 main@924:271/194,00001, runtime.gcenable@472:210/212,00001, runtime.makechan@500:212,00001,
runtime.main.func1 runtime/proc.go:171 104 0 32 0 , - runtime.newm@84:172/173,,
runtime.makeBucketArray runtime/map.go:346 848 40 48 0 ,10100 - runtime.newarray@636:364,,10000
runtime.makechan runtime/chan.go:72 688 24 64 0 00,100 - runtime.newobject@296:106,10,000
runtime.makemap runtime/map.go:305 576 32 72 0 00,1010 - runtime.makeBucketArray@316:330,01,0000 runtime.newobject@152:313,00,1000 runtime.newobject#extra@420:332,11,0000
runtime.makemap_small runtime/map.go:294 120 8 40 0 0,0 - runtime.newobject@72:295,0,0
runtime.makeslice runtime/slice.go:92 344 32 40 0 ,1000 - runtime.gopanic@236:29/101^193:102,,0000
runtime.malg runtime/proc.go:4855 256 16 64 0 0000,00 -24+24/16:02 runtime.newobject@72:4856,0000,00
runtime.mallocgc runtime/malloc.go:971 2640 32 144 0 00000,0100 -
runtime.mapassign runtime/map.go:579 1752 32 128 0 0000000,1110 - runtime.(*hmap).newoverflow@1188:665,0000000,1110 runtime.growWork@416:611/613,0000000,1110 runtime.hashGrow@320:659/660,0000000,1110 runtime.mallocgc@224:1390/605~runtime/malloc.go^189:605,0000000,1110 runtime.mallocgc#elem@1440:1390/679~runtime/malloc.go^1409:678,0111000,1110 runtime.mallocgc#key@1300:1390/674~runtime/malloc.go^1269:673,0011001,1110
runtime.mapassign_fast32 runtime/map_fast32.go:93 1136 32 64 0 0,1100 - runtime.(*hmap).newoverflow@876:163,0,1100 runtime.growWork_fast32@416:116/118,0,1100 runtime.hashGrow@320:157/158,0,1100 runtime.mallocgc@224:1390/110~runtime/malloc.go^189:110,0,1100
runtime.mapassign_fast64 runtime/map_fast64.go:93 1136 32 64 0 0,1100 - runtime.(*hmap).newoverflow@876:163,0,1100 runtime.gopanic@1132:95,0,0000 runtime.growWork_fast64@416:116/118,0,1100 runtime.hashGrow@320:157/158,0,1100 runtime.mallocgc@224:1390/110~runtime/malloc.go^189:110,0,1100
runtime.mapassign_faststr runtime/map_faststr.go:203 1400 40 112 0 0000,11100 16+16/8:01 runtime.(*hmap).newoverflow@1104:282,0000,11100 runtime.growWork_faststr@416:227/229,0000,11100 runtime.hashGrow@320:276/277,0000,11100 runtime.mallocgc@224:1390/221~runtime/malloc.go^189:221,0000,11100
runtime.mcall runtime/asm_mips64x.s:123 88 8 16 0 -,1 - *@80:142/143,-,1
runtime.mcommoninit runtime/proc.go:889 648 16 48 0 ,1 - runtime.malg@224:375~runtime/os_linux.go^205:907,,1
runtime.modtimer runtime/time.go:439 1688 64 72 0 0000,100101 - runtime.doaddtimer@1164:508/509,1101,000000
runtime.mstart runtime/asm_mips64x.s:87 40 -2147483648 8 0 -, - runtime.mstart0@20:88/89,-,
runtime.mstart0 runtime/proc.go:1660 160 0 40 0 0, - runtime.mstart1@124:1686/1695,0,
runtime.mstart1 runtime/proc.go:1702 320 0 32 0 0, - *@196:1729/1732,1,
runtime.newArenaMayUnlock runtime/mheap.go:2238 304 8 48 0 0, -
runtime.newBucket runtime/mprof.go:217 216 24 40 0 , -
runtime.newMarkBits runtime/mheap.go:2142 1176 16 56 0 , -
runtime.newarray runtime/malloc.go:1404 272 24 40 0 ,100 -
runtime.newdefer runtime/panic.go:501 776 8 104 0 000,0 - runtime.newobject@348:525,000,0
runtime.newm runtime/proc.go:2631 568 24 48 0 0,11 - runtime.allocm@104:2644,0,01
runtime.newobject runtime/malloc.go:1389 104 16 40 0 ,10 -
runtime.newproc runtime/proc.go:4874 136 8 48 0 0000,1 -32+32/24:06
runtime.newproc.func1 runtime/proc.go:4877 160 0 40 0 , - runtime.newproc1@80:4878,,
runtime.newproc1 runtime/proc.go:4892 1528 32 96 0 00000,1100 - runtime.allgadd@216:4903/4905,01101,1100 runtime.malg@168:4901,01001,1100
runtime.panicdivide runtime/panic.go:238 136 0 24 0 , - runtime.gopanic@132:240,,
runtime.panicdottypeE runtime/iface.go:261 200 24 32 0 ,111 - runtime.gopanic@156:262,,000 runtime.newobject@72:262,,111
runtime.park_m runtime/proc.go:4007 816 8 80 0 000,1 - *@424:4023/4024,001,1 runtime.schedule@796:4036/4037,000,0
runtime.persistentalloc runtime/malloc.go:1526 160 32 64 0 00000,0010 -40+40/40:12
runtime.profilealloc runtime/malloc.go:1420 240 24 32 0 ,11 -
runtime.resetForSleep runtime/time.go:202 136 24 72 0 ,01 - runtime.modtimer@112:555/205^49:204,,00
runtime.retake runtime/proc.go:6104 1280 16 88 0 00, - runtime.handoffp@1056:6165/6163,00,
runtime.rt0_go runtime/asm_mips64x.s:14 248 -2147483648 48 0 -, - runtime.newproc@212:68/69,-,
runtime.runfinq runtime/mfinal.go:177 1608 0 168 0 0000000, - runtime.call16@1276:256/257,0001001, runtime.call32@1276:256/257,0001001, runtime.gopark@408:194/216,0010000, runtime.lock2@240:24/191~runtime/lockrank_off.go^213:52~runtime/lock_futex.go^581:190,0010000,
runtime.schedule runtime/proc.go:3839 992 0 56 0 00, - runtime.stoplockedm@96:3847/3848,10,
runtime.selectgo runtime/select.go:121 5648 64 264 0 00000000000000000,110 -56+56/40:12 runtime.acquireSudog@1252:298,00111110010000000,100 runtime.gopanic@3548:515/377,00000000000000000,000 runtime.gopark@2080:327/328,00011000100000000,100
runtime.semacquire1 runtime/sema.go:114 1112 40 72 0 000,1 - runtime.acquireSudog@184:131,000,1 runtime.gopark@680:408/161~runtime/proc.go^621:160,101,1
runtime.semrelease1 runtime/sema.go:175 848 24 88 0 000,1 -
runtime.sigpanic runtime/signal_unix.go:862 1512 0 96 0 0000, -24+24/8:01 runtime.gopanic@1312:261/880~runtime/panic.go^1225:881,0000,
runtime.startTemplateThread runtime/proc.go:2709 328 0 40 0 0, - runtime.newm@252:2721/588,1,
runtime.startm runtime/proc.go:2809 1088 16 64 0 000,1 - runtime.newm@492:2870/2872,100,0
runtime.stkbucket runtime/mprof.go:263 1528 56 88 0 00,001 -
runtime.stoplockedm runtime/proc.go:3013 888 0 80 0 0000, - runtime.handoffp@112:3022/3024,0010,
runtime.sweepone runtime/mgcsweep.go:353 1080 8 104 0 0, -
runtime.sysmon runtime/proc.go:5946 1904 0 104 0 , - runtime.retake@1512:6071,,
runtime.systemstack runtime/asm_mips64x.s:156 192 8 8 0 -,1 - *@128:189/192,-,1
runtime.systemstack_switch runtime/asm_mips64x.s:150 40 0 8 0 -, - stop@8:150,-,
runtime.unlock2 runtime/lock_futex.go:124 328 8 32 0 0,1 -
runtime/debug.WriteHeapDump runtime/heapdump.go:22 224 8 5848 0 000, -24+24/16:02 runtime.systemstack_switch@184:32/40,000,
sync.(*Cond).Wait sync/cond.go:66 336 8 48 0 00,1 -8+8/8:01 sync.runtime_notifyListWait@248:70/71,00,1
sync.(*Mutex).lockSlow sync/mutex.go:117 1000 8 72 0 ,1 - sync.runtime_SemacquireMutex@516:171/172,,1
sync.(*Once).doSlow sync/once.go:69 440 16 80 416 0000000,11 -48+16/16:02,-32+16/16:02 main@300:74/73,0000011,00
sync.(*RWMutex).Lock sync/rwmutex.go:140 304 8 32 0 ,1 - sync.(*Mutex).lockSlow@120:90/88~sync/mutex.go^49:146,,1 sync.runtime_SemacquireRWMutex@284:151/158,,0
sync.(*WaitGroup).Wait sync/waitgroup.go:91 256 8 24 0 ,1 - sync.runtime_Semacquire@152:116/145,,1
sync.runtime_Semacquire runtime/sema.go:61 104 8 48 0 ,1 - runtime.semacquire1@88:62/63,,0
sync.runtime_SemacquireMutex runtime/sema.go:76 112 24 48 0 ,1 - runtime.semacquire1@96:77/78,,0
sync.runtime_SemacquireRWMutex runtime/sema.go:86 112 24 48 0 ,1 - runtime.semacquire1@96:87/88,,0
sync.runtime_SemacquireRWMutexR runtime/sema.go:81 112 24 48 0 ,1 - runtime.semacquire1@96:82/83,,0
sync.runtime_notifyListWait runtime/sema.go:544 600 16 72 0 000,1 - runtime.acquireSudog@112:554,010,1 runtime.gopark@480:408/570~runtime/proc.go^421:569,100,0
syscall.Syscall syscall/syscall_linux.go:68 144 56 112 0 , - stop@20:69/82,,
syscall.read syscall/zsyscall_linux_mips64le.go:729 368 56 80 0 0,0100000 -8+8/8:01 syscall.Syscall@120:736,1,0000000
time.NewTimer time/sleep.go:86 312 16 56 0 00,00 - runtime.makechan@80:87,00,00 runtime.newobject@136:88/89,01,00 time.startTimer@288:96/97,10,00
time.Sleep runtime/time.go:178 408 8 56 0 00, - runtime.gopark@376:195/196,00, runtime.newobject@100:186/187,01,
time.startTimer runtime/time.go:211 80 8 16 0 ,1 - runtime.addtimer@64:215/216,,0
`,
  mipsle: `
internal/poll.(*FD).Read internal/poll/fd_unix.go:140 984 28 76 960 00000,1100000 -12+8/8:02 internal/poll.(*pollDesc).wait@668:89~internal/poll/fd_poll_runtime.go^637:164,10001,1100001
internal/poll.(*pollDesc).wait internal/poll/fd_poll_runtime.go:80 480 20 20 0 ,10000 - internal/poll.runtime_pollWait@84:84,,00000
internal/poll.runtime_pollWait runtime/netpoll.go:336 484 12 24 0 0, - runtime.netpollblock@272:345,1,
os.(*File).Read os/file.go:114 276 28 36 0 ,1100000 - internal/poll.(*FD).Read@176:29~os/file_posix.go^137:118,,1000000
os.(*file).close os/file_unix.go:306 620 12 40 0 000,100 -
runtime.(*_panic).nextDefer runtime/panic.go:831 740 12 20 0 00,10 -
runtime.(*_panic).nextFrame runtime/panic.go:905 164 8 24 0 0000,1 -16+16/16:0e
runtime.(*atomicHeadTailIndex).incTail runtime/mspanset.go:376 272 12 28 0 ,1 -
runtime.(*gcControllerState).heapGoalInternal runtime/mgcpacer.go:909 428 20 24 0 ,1 -
runtime.(*gcControllerState).revise runtime/mgcpacer.go:490 1692 4 204 0 0000000,1 -
runtime.(*gcControllerState).startCycle runtime/mgcpacer.go:384 1732 32 128 0 00000000,1 -
runtime.(*hmap).newoverflow runtime/map.go:247 864 16 48 0 00,1110 - runtime.growslice@620:269,11,0110 runtime.mallocgc@288:1390~runtime/malloc.go^253:264,00,1110 runtime.newobject#extra@376:277^337:268,10,1110 runtime.newobject#overflow@476:280^337:268,10,1110
runtime.(*mLockProfile).recordUnlock runtime/mprof.go:668 156 8 8 0 ,11 -
runtime.(*mcache).allocLarge runtime/mcache.go:219 596 16 44 0 0, -
runtime.(*mcache).nextFree runtime/malloc.go:938 692 20 28 0 0, -
runtime.(*mcache).refill runtime/mcache.go:147 852 8 52 0 00, -
runtime.(*mcentral).cacheSpan runtime/mcentral.go:81 1896 8 76 0 00000, -
runtime.(*mcentral).grow runtime/mcentral.go:250 288 8 32 0 , -
runtime.(*mcentral).uncacheSpan runtime/mcentral.go:204 344 8 20 0 , -
runtime.(*mheap).alloc runtime/mheap.go:953 164 16 32 0 00000, -20+20/16:08
runtime.(*scavengerState).init runtime/mgcscavenge.go:356 584 4 20 0 0,1 - runtime.newobject@132:363,0,1
runtime.(*scavengerState).park runtime/mgcscavenge.go:419 200 4 20 0 ,1 - runtime.gopark@152:408/426~runtime/proc.go^101:425,,0
runtime.(*scavengerState).sleep runtime/mgcscavenge.go:465 1140 12 92 0 ,1 - runtime.gopark@480:408/19~runtime/proc.go^429:504,,1 runtime.modtimer@416:555/503~runtime/time.go^369:235~runtime/time.go^297:500,,1
runtime.(*spanSet).push runtime/mspanset.go:74 688 8 60 0 000000,1 -
runtime.(*spanSetBlockAlloc).alloc runtime/mspanset.go:312 164 8 20 0 ,10 -
runtime.(*sweepLocked).sweep runtime/mgcsweep.go:499 4424 12 152 0 000000000000,1 -40+8/4:01,-32+12/4:01,-20+12/4:01
runtime.GC runtime/mgc.go:433 572 0 32 0 0, - runtime.gcStart@128:466/469,0, runtime.gcWaitOnMark@88:461/466,0, runtime.mcall@180:342/475~runtime/proc.go^157:476,0,
runtime.Goexit runtime/panic.go:614 192 0 68 0 0000000000000, -52+52/48:6d0d main@140:626/622,1011011010110,
runtime.LockOSThread runtime/proc.go:5188 164 0 12 0 , - runtime.startTemplateThread@48:5193/5196,,
runtime.SetFinalizer runtime/mfinal.go:410 2480 16 112 0 000000000000,0101 -32+24/24:36,-8+8/8:02,0+8/8:02,8+8/8:02
runtime.acquireSudog runtime/proc.go:418 920 4 52 0 000,0 - runtime.newobject@696:441,101,0
runtime.addtimer runtime/time.go:257 484 4 36 0 0000,1 - runtime.doaddtimer@280:280/281,1100,0
runtime.allgadd runtime/proc.go:618 580 4 44 0 0,1 - runtime.growslice@188:624,0,1
runtime.allocm runtime/proc.go:2057 1028 20 44 0 000000,11000 -12+4/4:01,-8+8/8:02 runtime.malg@412:2117,011000,10000 runtime.mcommoninit@296:2110/2114,011000,10000 runtime.newobject@212:2108,001000,11000
runtime.bgscavenge runtime/mgcscavenge.go:649 264 4 20 0 ,1 - runtime.(*scavengerState).init@68:650/652,,1 runtime.(*scavengerState).park@168:658/659,,0 runtime.(*scavengerState).park#first@116:653/656,,0 runtime.(*scavengerState).sleep@256:662,,0 runtime.chansend1@96:652/653,,0
runtime.bgsweep runtime/mgcsweep.go:271 604 4 32 0 0,1 - runtime.chansend1@172:277/278,0,0 runtime.gopark@384:408/299~runtime/proc.go^325:318,0,0 runtime.gopark#first@232:408/299~runtime/proc.go^173:278,0,0 runtime.goschedIfBusy@536:302/300,0,0
runtime.block runtime/select.go:102 104 0 20 0 , - runtime.gopark@88:103/104,,
runtime.call16 runtime/asm_mipsx.s:360 208 28 20 0 ,1110001 - main@152:360,,1110001
runtime.chanrecv runtime/chan.go:457 2100 16 60 0 000000,11 -8+8/8:02 runtime.acquireSudog@956:563,001100,11 runtime.gopark@1456:583/586,010100,00 runtime.gopark#nil@656:469/470,000000,00
runtime.chanrecv1 runtime/chan.go:441 60 8 20 0 ,11 - runtime.chanrecv@44:442/443,,00
runtime.chanrecv2 runtime/chan.go:446 68 12 20 0 ,11 - runtime.chanrecv@44:447,,00
runtime.chansend runtime/chan.go:160 1940 20 56 0 00000,11 -8+8/8:02 runtime.acquireSudog@764:239,01100,11 runtime.gopanic@1936:206,00000,00 runtime.gopark@1260:259/267,10100,11 runtime.gopark#nil@380:165/166,00000,00
runtime.chansend1 runtime/chan.go:144 68 8 24 0 ,11 - runtime.chansend@52:145/146,,00
runtime.clearpools runtime/mgc.go:1669 568 0 24 0 00, -
runtime.closechan runtime/chan.go:357 1328 4 40 0 000000,1 -12+12/8:02 runtime.gopanic@1324:359,000000,0
runtime.concatstrings runtime/string.go:25 712 24 64 0 000,11000 -
runtime.createfing runtime/mfinal.go:161 168 0 8 0 , - runtime.newproc@152:164/166,,
runtime.deductSweepCredit runtime/mgcsweep.go:895 1048 8 44 0 00, -
runtime.deferproc runtime/panic.go:271 256 4 16 0 0,1 - runtime.newdefer@80:278,1,1
runtime.deferreturn runtime/panic.go:592 184 0 68 0 0000000000000, -52+52/48:6d0d main@140:602/598,1011011010110,
runtime.doaddtimer runtime/time.go:290 544 8 44 0 ,11 - runtime.growslice@192:302,,11
runtime.entersyscallblock_handoff runtime/proc.go:4480 276 0 16 0 0, - runtime.handoffp@260:4487/4488,0,
runtime.evacuate runtime/map.go:1169 1520 12 92 0 00000000000000,11 -56+32/32:dd runtime.(*hmap).newoverflow@1032:1242,10111011111110,11
runtime.evacuate_fast32 runtime/map_fast32.go:374 1148 12 84 0 0000000000000,11 -52+32/32:dd runtime.(*hmap).newoverflow@784:423,1011101111110,11
runtime.evacuate_faststr runtime/map_faststr.go:402 1100 12 84 0 0000000000000,11 -52+32/32:dd runtime.(*hmap).newoverflow@784:451,1011101111110,11
runtime.forcegchelper runtime/proc.go:317 396 0 24 0 0, - runtime.gopark@296:408/328^237:326,0,
runtime.gcAssistAlloc runtime/mgcmark.go:407 2176 4 124 0 00000000,1 -16+16/8:02
runtime.gcBgMarkStartWorkers runtime/mgc.go:1227 188 0 20 0 , - runtime.newproc@76:1234/1236,,
runtime.gcBgMarkWorker runtime/mgc.go:1276 1540 0 88 0 000000, -12+12/12:06 runtime.gopark@292:1310/581,110000, runtime.newobject@128:1283/1284,010000,
runtime.gcMarkTinyAllocs runtime/mgcmark.go:1743 240 0 44 0 00, -
runtime.gcStart runtime/mgc.go:595 2056 16 112 0 000000000, -20+12/12:06,-8+8/8:02
runtime.gcWaitOnMark runtime/mgc.go:507 284 4 20 0 , - runtime.gopark@148:408/510~runtime/proc.go^89:525,,
runtime.gcenable runtime/mgc.go:200 344 0 20 0 0, - runtime.chanrecv1@296:205/206,1, runtime.makechan@76:202,0, runtime.newobject@104:203,1, runtime.newobject#second@200:204,1, runtime.newproc@180:203/204,1,
runtime.gcenable.gowrap1 runtime/mgc.go:203 116 0 8 0 , - runtime.bgsweep@100:203,,
runtime.gcenable.gowrap2 runtime/mgc.go:204 116 0 8 0 , - runtime.bgscavenge@100:204,,
runtime.goPanicIndex runtime/panic.go:112 200 8 32 0 , - runtime.convTnoptr@168:114,, runtime.gopanic@196:114,,
runtime.goPanicSliceAcap runtime/panic.go:138 204 8 32 0 , - runtime.gopanic@200:140,,
runtime.goexit runtime/asm_mipsx.s:640 16 0 0 0 -, - main@4:641/642,-, runtime.forcegchelper@4:641/642,-, runtime.gcBgMarkWorker@4:641/642,-, runtime.gcenable.gowrap1@4:641/642,-, runtime.gcenable.gowrap2@4:641/642,-, runtime.main@4:641/642,-, runtime.runfinq@4:641/642,-,
runtime.goexit0 runtime/proc.go:4179 88 4 8 0 ,1 - runtime.schedule@72:4181/4182,,0
runtime.gopanic runtime/panic.go:720 1064 8 84 0 000000000000000,01 -60+52/48:6d0d main@360:770/766,101101101011000,00
runtime.gopark runtime/proc.go:385 344 16 12 0 ,11 - stop@296:402/403,,00
runtime.goschedIfBusy runtime/proc.go:358 104 0 8 0 , - runtime.mcall@72:365/366,,
runtime.goschedImpl runtime/proc.go:4039 1084 8 44 0 00,1 - runtime.schedule@612:4065/4066,00,0
runtime.gosched_m runtime/proc.go:4069 84 4 12 0 ,1 - runtime.goschedImpl@68:4070/4071,,0
runtime.goyield_m runtime/proc.go:4152 396 4 28 0 00,1 - runtime.schedule@380:4162/4163,00,0
runtime.greyobject runtime/mgcmark.go:1615 1064 24 32 0 ,00001 -
runtime.growWork runtime/map.go:1145 188 12 16 0 ,11 - runtime.evacuate@128:1148/1118,,11 runtime.evacuate#second@172:1152/1154,,00
runtime.growWork_fast32 runtime/map_fast32.go:363 188 12 16 0 ,11 - runtime.evacuate_fast32@128:366/1118,,11 runtime.evacuate_fast32#second@172:370/372,,00
runtime.growWork_faststr runtime/map_faststr.go:391 188 12 16 0 ,11 - runtime.evacuate_faststr@128:394/1118,,11 runtime.evacuate_faststr#second@172:398/400,,00
runtime.growslice runtime/slice.go:155 2204 32 40 0 0,100010 -
runtime.handoffp runtime/proc.go:2905 1464 4 32 0 ,1 - runtime.startm@1448:2911/2912,,0 runtime.startm#spinning@664:2928/2929,,0
runtime.hashGrow runtime/map.go:1053 656 8 36 0 00,11 - runtime.makeBucketArray@188:1063/1065,10,01 runtime.newobject@492:1087,01,01
runtime.init.5 runtime/proc.go:313 84 0 8 0 , - runtime.newproc@68:314/315,,
runtime.lock2 runtime/lock_futex.go:55 736 4 68 0 0000000,1 -28+28/4:01
runtime.mProf_Malloc runtime/mprof.go:425 516 8 192 0 00000,1 -12+12/8:02
runtime.main runtime/proc.go:146 1400 0 56 1376 00000, -12+8/8:02 main@820:271/194,00001, runtime.gcenable@444:210/212,00001, runtime.makechan@468:212,00001,
runtime.main.func1 runtime/proc.go:171 104 0 20 0 , - runtime.newm@88:172/173,,
runtime.makeBucketArray runtime/map.go:346 776 20 24 0 ,10100 - runtime.newarray@576:364,,10000
runtime.makechan runtime/chan.go:72 700 12 32 0 00,100 - runtime.newobject@336:106,10,000
runtime.makemap runtime/map.go:305 584 16 36 0 00,1010 - runtime.makeBucketArray@340:330,01,0000 runtime.newobject@196:313,00,1000 runtime.newobject#extra@436:332,11,0000
runtime.makemap_small runtime/map.go:294 116 4 20 0 0,0 - runtime.newobject@68:295,0,0
runtime.makeslice runtime/slice.go:92 424 16 20 0 ,1000 - runtime.gopanic@296:29/101^261:102,,0000
runtime.malg runtime/proc.go:4855 240 8 32 0 0000,00 -12+12/8:02 runtime.newobject@68:4856,0000,00
runtime.mallocgc runtime/malloc.go:971 3212 16 72 0 00000,0100 -
runtime.mapassign runtime/map.go:579 1604 16 64 0 0000000,1110 - runtime.(*hmap).newoverflow@1092:665,0000000,1110 runtime.growWork@392:611/613,0000000,1110 runtime.hashGrow@312:659/660,0000000,1110 runtime.mallocgc@216:1390~runtime/malloc.go^181:605,0000000,1110 runtime.mallocgc#elem@1324:1390/679~runtime/malloc.go^1293:678,0111000,1110 runtime.mallocgc#key@1196:1390/674~runtime/malloc.go^1165:673,0011001,1110
runtime.mapassign_fast32 runtime/map_fast32.go:93 1052 16 32 0 0,1100 - runtime.(*hmap).newoverflow@812:163,0,1100 runtime.gopanic@1048:95,0,0000 runtime.growWork_fast32@392:116/118,0,1100 runtime.hashGrow@312:157/158,0,1100 runtime.mallocgc@216:1390~runtime/malloc.go^181:110,0,1100
runtime.mapassign_faststr runtime/map_faststr.go:203 1304 20 56 0 0000,11100 8+8/4:01 runtime.(*hmap).newoverflow@1036:282,0000,11100 runtime.growWork_faststr@392:227/229,0000,11100 runtime.hashGrow@312:276/277,0000,11100 runtime.mallocgc@216:1390~runtime/malloc.go^181:221,0000,11100
runtime.mcall runtime/asm_mipsx.s:122 88 4 8 0 -,1 - *@80:141/142,-,1
runtime.mcommoninit runtime/proc.go:889 652 12 28 0 ,1 - runtime.malg@276:375~runtime/os_linux.go^257:907,,1
runtime.modtimer runtime/time.go:439 1712 40 44 0 0000,10000101 - runtime.doaddtimer@1460:508/509,1101,00000000
runtime.mstart runtime/asm_mipsx.s:88 36 -2147483648 4 0 -, - runtime.mstart0@20:89/90,-,
runtime.mstart0 runtime/proc.go:1660 156 0 20 0 0, - runtime.mstart1@124:1686/1695,0,
runtime.mstart1 runtime/proc.go:1702 300 0 16 0 0, - *@188:1729/1732,1,
runtime.netpollblock runtime/netpoll.go:546 608 16 24 0 0, - runtime.gopark@440:573/409,1,
runtime.newArenaMayUnlock runtime/mheap.go:2238 276 4 24 0 0, -
runtime.newBucket runtime/mprof.go:217 208 12 20 0 , -
runtime.newMarkBits runtime/mheap.go:2142 1124 8 28 0 , -
runtime.newarray runtime/malloc.go:1404 312 12 20 0 ,100 -
runtime.newdefer runtime/panic.go:501 720 4 52 0 000,0 - runtime.newobject@324:525,000,0
runtime.newm runtime/proc.go:2631 540 16 28 0 0,11 - runtime.allocm@112:2644,0,01
runtime.newobject runtime/malloc.go:1389 104 8 20 0 ,10 -
runtime.newproc runtime/proc.go:4874 128 4 24 0 0000,1 -16+16/12:06
runtime.newproc.func1 runtime/proc.go:4877 156 0 20 0 , - runtime.newproc1@80:4878,,
runtime.newproc1 runtime/proc.go:4892 1428 16 52 0 00000,1100 - runtime.allgadd@212:4903/4905,10101,1100 runtime.malg@164:4901,10001,1100
runtime.panicdivide runtime/panic.go:238 124 0 12 0 , - runtime.gopanic@120:240,,
runtime.panicdottypeE runtime/iface.go:261 184 12 16 0 ,111 - runtime.gopanic@144:262,,000 runtime.newobject@68:262,,111
runtime.park_m runtime/proc.go:4007 784 4 40 0 000,1 - *@412:4023,001,1 runtime.schedule@768:4036/4037,000,0
runtime.persistentalloc runtime/malloc.go:1526 164 16 32 0 00000,0010 -20+20/20:12
runtime.profilealloc runtime/malloc.go:1420 228 12 16 0 ,11 -
runtime.resetForSleep runtime/time.go:202 152 12 44 0 ,01 - runtime.modtimer@128:555/205^49:204,,00
runtime.retake runtime/proc.go:6104 1276 12 44 0 00, - runtime.handoffp@1064:6165/6163,00,
runtime.rt0_go runtime/asm_mipsx.s:14 232 -2147483648 32 0 -, - runtime.newproc@200:69/70,-,
runtime.runfinq runtime/mfinal.go:177 1464 0 88 0 0000000, - runtime.call16@1164:256/257,0001001, runtime.gopark@356:194/216,0010000, runtime.lock2@212:24/191~runtime/lockrank_off.go^189:52~runtime/lock_futex.go^513:190,0010000,
runtime.schedule runtime/proc.go:3839 912 0 28 0 00, - runtime.stoplockedm@88:3847/3848,10,
runtime.selectgo runtime/select.go:121 5696 32 148 0 000000000000000000,110 -28+28/20:12 runtime.acquireSudog@1296:298,001111010010000000,100 runtime.gopanic@3576:515/377,000000000000000000,000 runtime.gopark@2104:327/328,000110000100000000,100
runtime.semacquire1 runtime/sema.go:114 1176 20 40 0 000,1 - runtime.acquireSudog@172:131,000,1 runtime.gopark@736:408/161~runtime/proc.go^681:160,101,1
runtime.semrelease1 runtime/sema.go:175 900 12 64 0 000,1 -
runtime.sigpanic runtime/signal_unix.go:862 1388 0 48 0 0000, -12+12/4:01 runtime.gopanic@1212:261/880~runtime/panic.go^1137:881,0000,
runtime.startTemplateThread runtime/proc.go:2709 312 0 24 0 0, - runtime.newm@244:2721/588,1,
runtime.startm runtime/proc.go:2809 1000 8 44 0 000,1 - runtime.newm@480:2870/2872,100,0
runtime.stkbucket runtime/mprof.go:263 1476 28 44 0 00,001 -
runtime.stoplockedm runtime/proc.go:3013 868 0 48 0 0000, - runtime.handoffp@112:3022/3024,0010,
runtime.sweepone runtime/mgcsweep.go:353 996 4 56 0 0, -
runtime.sysmon runtime/proc.go:5946 2012 0 80 0 , - runtime.retake@1572:6071,,
runtime.systemstack runtime/asm_mipsx.s:155 184 4 4 0 -,1 - *@124:188/191,-,1
runtime.systemstack_switch runtime/asm_mipsx.s:149 40 0 4 0 -, - stop@8:149,-,
runtime.unlock2 runtime/lock_futex.go:124 300 4 16 0 0,1 -
runtime/debug.WriteHeapDump runtime/heapdump.go:22 236 4 5572 0 000, -12+12/8:02 runtime.systemstack_switch@188:32/40,000,
sync.(*Cond).Wait sync/cond.go:66 328 4 24 0 00,1 -4+4/4:01 sync.runtime_notifyListWait@248:70/71,00,1
sync.(*Mutex).lockSlow sync/mutex.go:117 964 4 52 0 ,1 - sync.runtime_SemacquireMutex@500:171/172,,1
sync.(*Once).doSlow sync/once.go:69 416 8 40 392 0000000,11 -24+8/8:02,-16+8/8:02 main@284:74/73,0000011,00
sync.(*RWMutex).Lock sync/rwmutex.go:140 272 4 16 0 ,1 - sync.(*Mutex).lockSlow@120:90/88~sync/mutex.go^49:146,,1 sync.runtime_SemacquireRWMutex@256:151/158,,0
sync.(*WaitGroup).Wait sync/waitgroup.go:91 256 4 28 0 ,1 - sync.runtime_Semacquire@152:116/145,,1
sync.runtime_Semacquire runtime/sema.go:61 104 4 24 0 ,1 - runtime.semacquire1@88:62/63,,0
sync.runtime_SemacquireMutex runtime/sema.go:76 112 12 24 0 ,1 - runtime.semacquire1@96:77/78,,0
sync.runtime_SemacquireRWMutex runtime/sema.go:86 112 12 24 0 ,1 - runtime.semacquire1@96:87/88,,0
sync.runtime_SemacquireRWMutexR runtime/sema.go:81 112 12 24 0 ,1 - runtime.semacquire1@96:82/83,,0
sync.runtime_notifyListWait runtime/sema.go:544 656 8 44 0 000,1 - runtime.acquireSudog@108:554,010,1 runtime.gopark@512:408/570~runtime/proc.go^457:569,100,0
syscall.Syscall syscall/syscall_linux.go:68 144 28 56 0 , - stop@20:69/82,,
syscall.read syscall/zsyscall_linux_mipsle.go:729 332 28 40 0 0,0100000 -4+4/4:01 syscall.Syscall@116:736,1,0000000
time.NewTimer time/sleep.go:86 312 12 36 0 00,000 - runtime.makechan@76:87,00,000 runtime.newobject@144:88,01,000 time.startTimer@288:96/97,10,000
time.Sleep runtime/time.go:178 440 8 28 0 00, - runtime.gopark@408:195/196,00, runtime.newobject@124:186/187,01,
time.startTimer runtime/time.go:211 80 4 8 0 ,1 - runtime.addtimer@64:215/216,,0
`,
  ppc64: `
internal/poll.(*FD).Read internal/poll/fd_unix.go:140 912 32 168 868 0000000,11 -24+16/16:02 internal/poll.(*pollDesc).wait@632:89/164~internal/poll/fd_poll_runtime.go^617:164,0110001,11
internal/poll.(*pollDesc).wait internal/poll/fd_poll_runtime.go:80 368 24 88 0 ,1 - internal/poll.runtime_pollWait@76:84,,0
internal/poll.runtime_pollWait runtime/netpoll.go:336 432 16 64 0 0, - runtime.netpollblock@244:345,1,
os.(*File).Read os/file.go:114 224 32 80 0 ,11 - internal/poll.(*FD).Read@164:29~os/file_posix.go^153:118,,10
os.(*file).close os/file_unix.go:306 512 8 120 0 000,1 -
runtime.(*_panic).nextDefer runtime/panic.go:831 608 8 64 0 00,1 -
runtime.(*_panic).nextFrame runtime/panic.go:905 160 8 80 0 0000,1 -32+32/32:0e
runtime.(*atomicHeadTailIndex).incTail runtime/mspanset.go:376 192 8 56 0 ,1 -
runtime.(*gcControllerState).heapGoalInternal runtime/mgcpacer.go:909 208 8 48 0 ,1 -
runtime.(*gcControllerState).revise runtime/mgcpacer.go:490 704 8 96 0 000,1 -
runtime.(*gcControllerState).startCycle runtime/mgcpacer.go:384 896 48 104 0 0,1 -
runtime.(*hmap).newoverflow runtime/map.go:247 768 24 144 0 00,111 - runtime.growslice@548:269,11,011 runtime.mallocgc@280:1390/269~runtime/malloc.go^261:264,00,111 runtime.newobject#extra@348:277^325:268,10,111 runtime.newobject#overflow@432:280^325:268,10,111
runtime.(*mLockProfile).recordUnlock runtime/mprof.go:668 128 16 40 0 ,11 -
runtime.(*mcache).allocLarge runtime/mcache.go:219 480 24 88 0 , -
runtime.(*mcache).nextFree runtime/malloc.go:938 496 16 80 0 0, -
runtime.(*mcache).refill runtime/mcache.go:147 640 16 96 0 0, -
runtime.(*mcentral).cacheSpan runtime/mcentral.go:81 1440 8 152 0 00000, -
runtime.(*mcentral).grow runtime/mcentral.go:250 224 8 72 0 , -
runtime.(*mcentral).uncacheSpan runtime/mcentral.go:204 256 16 56 0 , -
runtime.(*mheap).alloc runtime/mheap.go:953 160 24 88 0 00000, -40+40/32:08
runtime.(*scavengerState).init runtime/mgcscavenge.go:356 512 8 88 0 0,1 - runtime.newobject@124:363,0,1
runtime.(*scavengerState).park runtime/mgcscavenge.go:419 160 8 64 0 ,1 - runtime.gopark@112:408/426~runtime/proc.go^85:425,,0
runtime.(*scavengerState).sleep runtime/mgcscavenge.go:465 640 16 128 0 ,1 - runtime.gopark@320:408/19~runtime/proc.go^293:504,,1 runtime.modtimer@280:555/503~runtime/time.go^245:235~runtime/time.go^201:500,,1
runtime.(*spanSet).push runtime/mspanset.go:74 656 16 144 0 000000,1 -
runtime.(*spanSetBlockAlloc).alloc runtime/mspanset.go:312 240 8 56 0 ,1 -
runtime.(*sweepLocked).sweep runtime/mgcsweep.go:499 3680 16 272 0 0000000000,1 -72+16/8:01,-56+24/8:01,-32+24/8:01
runtime.GC runtime/mgc.go:433 512 0 72 0 0, - runtime.gcStart@96:466/469,0, runtime.gcWaitOnMark@72:461/466,0, runtime.mcall@128:342/475~runtime/proc.go^113:476,0,
runtime.Goexit runtime/panic.go:614 160 0 160 0 0000000000000, -104+104/96:6d0d main@120:626/622,1011011010110,
runtime.LockOSThread runtime/proc.go:5188 160 0 48 0 , - runtime.startTemplateThread@48:5193/5196,,
runtime.SetFinalizer runtime/mfinal.go:410 1792 32 232 0 000000000000,0101 -64+48/48:36,-16+16/16:02,0+16/16:02,16+16/16:02
runtime.acquireSudog runtime/proc.go:418 816 0 160 0 0000, - runtime.newobject@616:441,1001,
runtime.addtimer runtime/time.go:257 368 8 80 0 000,1 - runtime.doaddtimer@216:280/281,110,0
runtime.allgadd runtime/proc.go:618 432 8 128 0 ,1 - runtime.growslice@152:624,,1
runtime.allocm runtime/proc.go:2057 944 24 136 0 000000,11 -24+8/8:01,-16+16/16:02 runtime.malg@364:2117,011000,10 runtime.mcommoninit@276:2110/2114,011000,10 runtime.newobject@220:2108/2109,001000,11
runtime.bgscavenge runtime/mgcscavenge.go:649 176 8 48 0 ,1 - runtime.(*scavengerState).init@56:650/652,,1 runtime.(*scavengerState).park@116:658/659,,0 runtime.(*scavengerState).park#first@84:653/656,,0 runtime.(*scavengerState).sleep@164:662,,0 runtime.chansend1@72:652/653,,0
runtime.bgsweep runtime/mgcsweep.go:271 464 8 88 0 0,1 - runtime.chansend1@160:277/278,0,0 runtime.gopark@312:408/299~runtime/proc.go^285:318,0,0 runtime.gopark#first@196:408/299~runtime/proc.go^161:278,0,0 runtime.goschedIfBusy@420:302/300,0,0
runtime.block runtime/select.go:102 80 0 64 0 , - runtime.gopark@56:103/104,,
runtime.call16 runtime/asm_ppc64x.s:509 272 48 48 0 ,111001 - main@200:509,,111001
runtime.call32 runtime/asm_ppc64x.s:510 272 48 64 0 ,111001 - main@200:510,,111001
runtime.chanrecv runtime/chan.go:457 1808 24 152 0 0000000,11 -16+16/16:02 runtime.acquireSudog@840:563/564,0001100,11 runtime.gopark@1268:583/586,0010100,00 runtime.gopark#nil@592:469/470,0000000,00
runtime.chanrecv1 runtime/chan.go:441 32 16 56 0 ,11 - runtime.chanrecv@16:442/443,,00
runtime.chanrecv2 runtime/chan.go:446 48 16 56 0 ,11 - runtime.chanrecv@16:447/448,,00
runtime.chansend runtime/chan.go:160 1632 32 144 0 000000,11 -16+16/16:02 runtime.acquireSudog@684:239/240,001100,11 runtime.gopanic@1624:206,000000,00 runtime.gopark@1136:259/267,010100,11 runtime.gopark#nil@320:165/166,000000,00
runtime.chansend1 runtime/chan.go:144 48 16 64 0 ,11 - runtime.chansend@20:145/146,,00
runtime.clearpools runtime/mgc.go:1669 448 0 64 0 0, -
runtime.closechan runtime/chan.go:357 1168 8 104 0 000000,1 -24+24/16:02 runtime.gopanic@1152:359,000000,0
runtime.concatstrings runtime/string.go:25 576 32 128 0 0000,11 -
runtime.createfing runtime/mfinal.go:161 160 0 40 0 , - runtime.newproc@132:164/166,,
runtime.deductSweepCredit runtime/mgcsweep.go:895 864 16 80 0 00, -
runtime.deferproc runtime/panic.go:271 224 8 56 0 0,1 - runtime.newdefer@72:278/279,1,1
runtime.deferreturn runtime/panic.go:592 160 0 160 0 0000000000000, -104+104/96:6d0d main@120:602/598,1011011010110,
runtime.doaddtimer runtime/time.go:290 464 16 136 0 ,11 - runtime.growslice@184:302,,11
runtime.entersyscallblock_handoff runtime/proc.go:4480 224 0 56 0 0, - runtime.handoffp@208:4487/4488,0,
runtime.evacuate runtime/map.go:1169 1392 24 200 0 00000000000000,11 -112+64/64:dd runtime.(*hmap).newoverflow@936:1242,10111011111110,11
runtime.evacuate_fast32 runtime/map_fast32.go:374 944 24 176 0 000000000000,11 -96+64/64:dd runtime.(*hmap).newoverflow@724:423,101110111111,11
runtime.evacuate_fast64 runtime/map_fast64.go:376 1072 24 184 0 0000000000000,11 -104+64/64:dd runtime.(*hmap).newoverflow@724:425,1011101111110,11
runtime.evacuate_faststr runtime/map_faststr.go:402 1024 24 184 0 0000000000000,11 -104+64/64:dd runtime.(*hmap).newoverflow@724:451,1011101111110,11
runtime.forcegchelper runtime/proc.go:317 304 0 72 0 0, - runtime.gopark@232:408/328^197:326,0,
runtime.gcAssistAlloc runtime/mgcmark.go:407 1520 8 112 0 0000000,1 -24+24/16:02
runtime.gcBgMarkStartWorkers runtime/mgc.go:1227 144 0 48 0 , - runtime.newproc@48:1234/1236,,
runtime.gcBgMarkWorker runtime/mgc.go:1276 1232 0 184 0 000000, -24+24/24:06 runtime.gopark@248:1310/581,110000, runtime.newobject@112:1283/1284,010000,
runtime.gcMarkTinyAllocs runtime/mgcmark.go:1743 192 0 112 0 00, -
runtime.gcStart runtime/mgc.go:595 1648 24 200 0 0000000, -40+24/24:06,-16+16/16:02
runtime.gcWaitOnMark runtime/mgc.go:507 240 8 64 0 , - runtime.gopark@116:408/510~runtime/proc.go^81:525,,
runtime.gcenable runtime/mgc.go:200 256 0 88 0 0, - runtime.chanrecv1@208:205/206,1, runtime.makechan@48:202,0, runtime.newobject@64:203,1, runtime.newobject#second@136:204,1, runtime.newproc@124:203/204,1,
runtime.gcenable.gowrap1 runtime/mgc.go:203 96 0 40 0 , - runtime.bgsweep@76:203,,
runtime.gcenable.gowrap2 runtime/mgc.go:204 96 0 40 0 , - runtime.bgscavenge@76:204,,
runtime.goPanicIndex runtime/panic.go:112 160 16 80 0 , - runtime.convTnoptr@136:114,, runtime.gopanic@152:114,,
runtime.goPanicSliceAcap runtime/panic.go:138 160 16 80 0 , - runtime.gopanic@156:140,,
runtime.goexit runtime/asm_ppc64x.s:1017 16 0 0 0 -, - main@4:1018/1019,-, runtime.forcegchelper@4:1018/1019,-, runtime.gcBgMarkWorker@4:1018/1019,-, runtime.gcenable.gowrap1@4:1018/1019,-, runtime.gcenable.gowrap2@4:1018/1019,-, runtime.main@4:1018/1019,-, runtime.runfinq@4:1018/1019,-,
runtime.goexit0 runtime/proc.go:4179 64 8 40 0 ,1 - runtime.schedule@48:4181/4182,,0
runtime.gopanic runtime/panic.go:720 752 16 192 0 000000000000000,01 -120+104/96:6d0d main@340:770/766,101101101011000,00
runtime.gopark runtime/proc.go:385 320 32 48 0 ,11 - stop@276:402/403,,00
runtime.goschedIfBusy runtime/proc.go:358 112 0 40 0 , - runtime.mcall@72:365/366,,
runtime.goschedImpl runtime/proc.go:4039 816 16 96 0 00,1 - runtime.schedule@524:4065/4066,00,0
runtime.gosched_m runtime/proc.go:4069 64 8 48 0 ,1 - runtime.goschedImpl@48:4070/4071,,0
runtime.goyield_m runtime/proc.go:4152 336 8 80 0 00,1 - runtime.schedule@316:4162/4163,00,0
runtime.greyobject runtime/mgcmark.go:1615 800 48 80 0 ,00001 -
runtime.growWork runtime/map.go:1145 160 24 56 0 ,11 - runtime.evacuate@108:1148/1118,,11 runtime.evacuate#second@140:1152/1154,,00
runtime.growWork_fast32 runtime/map_fast32.go:363 160 24 56 0 ,11 - runtime.evacuate_fast32@108:366/1118,,11 runtime.evacuate_fast32#second@140:370/372,,00
runtime.growWork_fast64 runtime/map_fast64.go:365 160 24 56 0 ,11 - runtime.evacuate_fast64@108:368/1118,,11 runtime.evacuate_fast64#second@140:372/374,,00
runtime.growWork_faststr runtime/map_faststr.go:391 160 24 56 0 ,11 - runtime.evacuate_faststr@108:394/1118,,11 runtime.evacuate_faststr#second@140:398/400,,00
runtime.growslice runtime/slice.go:155 1760 40 112 0 0,10001 -
runtime.handoffp runtime/proc.go:2905 1552 8 56 0 ,1 - runtime.startm@1528:2911/2912,,0 runtime.startm#spinning@844:2928/2929,,0
runtime.hashGrow runtime/map.go:1053 560 16 104 0 00,11 - runtime.makeBucketArray@156:1063/1065,10,01 runtime.newobject@416:1087,01,01
runtime.init.5 runtime/proc.go:313 64 0 40 0 , - runtime.newproc@44:314/315,,
runtime.lock2 runtime/lock_futex.go:55 592 8 120 0 0000,1 -32+32/8:01
runtime.mProf_Malloc runtime/mprof.go:425 448 16 392 0 00000,1 -24+24/16:02
runtime.main runtime/proc.go:146 1200 0 136 1180 00000, -24+16/16:02 main@752:271/194,00001, runtime.gcenable@404:210/212,00001, runtime.makechan@420:212,00001,
runtime.main.func1 runtime/proc.go:171 80 0 56 0 , - runtime.newm@52:172/173,,
runtime.makeBucketArray runtime/map.go:346 608 24 64 0 ,101 - runtime.newarray@432:364/378,,100
runtime.makechan runtime/chan.go:72 576 16 104 0 00,1 - runtime.newobject@288:106,10,0
runtime.makemap runtime/map.go:305 496 24 104 0 00,101 - runtime.makeBucketArray@292:330,01,000 runtime.newobject@188:313/315,00,100 runtime.newobject#extra@368:332,11,000
runtime.makemap_small runtime/map.go:294 80 0 88 0 0, - runtime.newobject@44:295,0,
runtime.makeslice runtime/slice.go:92 336 24 56 0 ,1 - runtime.gopanic@248:29/101^225:102,,0
runtime.malg runtime/proc.go:4855 208 8 112 0 0000, -24+24/16:02 runtime.newobject@56:4856/4857,0000,
runtime.mallocgc runtime/malloc.go:971 2528 24 152 0 00000,01 -
runtime.mapassign runtime/map.go:579 1328 24 144 0 0000000,111 - runtime.(*hmap).newoverflow@912:665/666,0000000,111 runtime.growWork@340:611/197,0000000,111 runtime.hashGrow@272:659/660,0000000,111 runtime.mallocgc@200:1390/605~runtime/malloc.go^181:605,0000000,111 runtime.mallocgc#elem@1096:1390/679~runtime/malloc.go^1081:678,0111000,111 runtime.mallocgc#key@992:1390/674~runtime/malloc.go^977:673,0011001,111
runtime.mapassign_fast32 runtime/map_fast32.go:93 864 24 80 0 0,11 - runtime.(*hmap).newoverflow@660:163/172,0,11 runtime.growWork_fast32@328:116/197,0,11 runtime.hashGrow@260:157/158,0,11 runtime.mallocgc@192:1390/110~runtime/malloc.go^173:110,0,11
runtime.mapassign_fast64 runtime/map_fast64.go:93 864 24 80 0 0,11 - runtime.(*hmap).newoverflow@660:163/172,0,11 runtime.gopanic@852:95,0,00 runtime.growWork_fast64@328:116/197,0,11 runtime.hashGrow@260:157/158,0,11 runtime.mallocgc@192:1390/110~runtime/malloc.go^173:110,0,11
runtime.mapassign_faststr runtime/map_faststr.go:203 1104 32 128 0 0000,111 16+16/8:01 runtime.(*hmap).newoverflow@868:282/290,0000,111 runtime.growWork_faststr@344:227/197,0000,111 runtime.hashGrow@276:276/277,0000,111 runtime.mallocgc@204:1390/221~runtime/malloc.go^185:221,0000,111
runtime.mcall runtime/asm_ppc64x.s:171 96 8 40 0 -,- - *@84:198/199,-,-
runtime.mcommoninit runtime/proc.go:889 448 16 80 0 ,1 - runtime.malg@176:375~runtime/os_linux.go^165:907,,1
runtime.modtimer runtime/time.go:439 1520 56 88 0 0000,100101 - runtime.doaddtimer@1076:508/509,1101,000000
runtime.mstart runtime/asm_ppc64x.s:130 32 -2147483648 32 0 -, - runtime.mstart0@12:131/132,-,
runtime.mstart0 runtime/proc.go:1660 144 0 56 0 , - runtime.mstart1@116:1686/1695,,
runtime.mstart1 runtime/proc.go:1702 240 0 56 0 0, - *@156:1729/1732,1,
runtime.netpollblock runtime/netpoll.go:546 528 16 72 0 0, - runtime.gopark@396:573/409,1,
runtime.newArenaMayUnlock runtime/mheap.go:2238 192 0 64 0 0, -
runtime.newBucket runtime/mprof.go:217 176 16 56 0 , -
runtime.newMarkBits runtime/mheap.go:2142 928 8 80 0 , -
runtime.newarray runtime/malloc.go:1404 256 16 56 0 ,1 -
runtime.newdefer runtime/panic.go:501 656 0 160 0 0000, - runtime.newobject@292:525/527,0000,
runtime.newm runtime/proc.go:2631 448 24 64 0 0,11 - runtime.allocm@104:2644/296,0,01
runtime.newobject runtime/malloc.go:1389 80 8 56 0 ,1 -
runtime.newproc runtime/proc.go:4874 128 8 72 0 0000,1 -32+32/24:06
runtime.newproc.func1 runtime/proc.go:4877 112 0 56 0 , - runtime.newproc1@48:4878/4880,,
runtime.newproc1 runtime/proc.go:4892 1248 24 112 0 0000,11 - runtime.allgadd@176:4903/4905,0111,11 runtime.malg@152:4901,0101,11
runtime.panicdivide runtime/panic.go:238 96 0 48 0 , - runtime.gopanic@84:240,,
runtime.panicdottypeE runtime/iface.go:261 176 24 80 0 ,111 - runtime.gopanic@144:262,,000 runtime.newobject@80:262,,111
runtime.park_m runtime/proc.go:4007 640 8 104 0 000,1 - *@344:4023/4024,001,1 runtime.schedule@616:4036/4037,000,0
runtime.persistentalloc runtime/malloc.go:1526 160 24 88 0 00000,001 -40+40/40:12
runtime.profilealloc runtime/malloc.go:1420 208 24 56 0 ,11 -
runtime.resetForSleep runtime/time.go:202 112 16 88 0 ,01 - runtime.modtimer@84:555/205^49:204,,00
runtime.retake runtime/proc.go:6104 1072 8 120 0 00, - runtime.handoffp@892:6165/6163,00,
runtime.rt0_go runtime/asm_ppc64x.s:19 256 -2147483648 152 0 -, - runtime.newproc@216:96/97,-,
runtime.runfinq runtime/mfinal.go:177 1312 0 488 0 00000000000000000000000000000000000000000000, -352+296/288:000000ff0f runtime.call16@1080:256/257,00000000000000000000000000000000000000001001, runtime.call32@1080:256/257,00000000000000000000000000000000000000001001, runtime.gopark@288:194/216,00000000000000000000000000000000000000010000, runtime.lock2@180:24/191~runtime/lockrank_off.go^165:52~runtime/lock_futex.go^425:190,00000000000000000000000000000000000000010000,
runtime.schedule runtime/proc.go:3839 800 0 72 0 00, - runtime.stoplockedm@72:3847/3848,10,
runtime.selectgo runtime/select.go:121 4960 48 320 0 00000000000000000000,110 -56+56/40:12 runtime.acquireSudog@1092:298/299,00001110100110000000,100 runtime.gopanic@3220:515/377,00000000000000000000,000 runtime.gopark@1816:327/328,00000100010010000000,100
runtime.semacquire1 runtime/sema.go:114 928 40 96 0 000,1 - runtime.acquireSudog@212:131,000,1 runtime.gopark@580:408/161~runtime/proc.go^545:160,101,1
runtime.semrelease1 runtime/sema.go:175 704 24 96 0 0000,1 -
runtime.sigpanic runtime/signal_unix.go:862 960 0 112 0 0000, -24+24/8:01 runtime.gopanic@844:261/880~runtime/panic.go^789:881,0000,
runtime.startTemplateThread runtime/proc.go:2709 288 0 64 0 0, - runtime.newm@208:2721/588,1,
runtime.startm runtime/proc.go:2809 880 16 88 0 000,1 - runtime.newm@392:2870/2827,100,0
runtime.stkbucket runtime/mprof.go:263 1312 48 120 0 0000,001 -
runtime.stoplockedm runtime/proc.go:3013 592 0 104 0 0000, - runtime.handoffp@88:3022/3024,0001,
runtime.sweepone runtime/mgcsweep.go:353 816 0 96 0 0, -
runtime.sysmon runtime/proc.go:5946 1472 0 120 0 , - runtime.retake@1192:6071,,
runtime.systemstack runtime/asm_ppc64x.s:218 192 8 32 0 -,1 - *@104:255/260,-,1
runtime.systemstack_switch runtime/asm_ppc64x.s:207 48 0 32 0 -, - stop@16:212/213,-,
runtime.unlock2 runtime/lock_futex.go:124 240 8 56 0 0,1 -
runtime/debug.WriteHeapDump runtime/heapdump.go:22 208 8 5864 0 000, -24+24/16:02 runtime.systemstack_switch@172:32/40,000,
sync.(*Cond).Wait sync/cond.go:66 272 8 72 0 00,1 -8+8/8:01 sync.runtime_notifyListWait@204:70/71,00,1
sync.(*Mutex).lockSlow sync/mutex.go:117 736 8 88 0 ,1 - sync.runtime_SemacquireMutex@376:171/151,,1
sync.(*Once).doSlow sync/once.go:69 416 16 104 388 0000000,11 -48+16/16:02,-32+16/16:02 main@288:74/73,0000011,00
sync.(*RWMutex).Lock sync/rwmutex.go:140 224 8 56 0 ,1 - sync.(*Mutex).lockSlow@100:90/88~sync/mutex.go^41:146,,1 sync.runtime_SemacquireRWMutex@200:151/158,,0
sync.(*WaitGroup).Wait sync/waitgroup.go:91 224 8 48 0 ,1 - sync.runtime_Semacquire@136:116/145,,1
sync.runtime_Semacquire runtime/sema.go:61 80 8 72 0 ,1 - runtime.semacquire1@60:62/63,,0
sync.runtime_SemacquireMutex runtime/sema.go:76 96 24 72 0 ,1 - runtime.semacquire1@72:77/78,,0
sync.runtime_SemacquireRWMutex runtime/sema.go:86 96 24 72 0 ,1 - runtime.semacquire1@72:87/88,,0
sync.runtime_SemacquireRWMutexR runtime/sema.go:81 96 24 72 0 ,1 - runtime.semacquire1@72:82/83,,0
sync.runtime_notifyListWait runtime/sema.go:544 480 16 96 0 000,1 - runtime.acquireSudog@104:554/555,010,1 runtime.gopark@392:408/570~runtime/proc.go^361:569,100,0
syscall.Syscall syscall/syscall_linux.go:68 112 32 112 0 , - stop@28:69/82,,
syscall.read syscall/zsyscall_linux_ppc64.go:729 272 32 80 0 0,01 -8+8/8:01 syscall.Syscall@108:736/738,1,00
time.NewTimer time/sleep.go:86 224 8 104 0 00, - runtime.makechan@60:87,00, runtime.newobject@88:88/89,01, time.startTimer@204:96/97,10,
time.Sleep runtime/time.go:178 320 8 96 0 00, - runtime.gopark@284:195/196,00, runtime.newobject@84:186/187,01,
time.startTimer runtime/time.go:211 64 8 40 0 ,1 - runtime.addtimer@44:215/216,,0
`,
  ppc64le: `
internal/poll.(*FD).Read internal/poll/fd_unix.go:140 912 32 168 868 0000000,11 -24+16/16:02 internal/poll.(*pollDesc).wait@632:89/164~internal/poll/fd_poll_runtime.go^617:164,0110001,11
internal/poll.(*pollDesc).wait internal/poll/fd_poll_runtime.go:80 368 24 88 0 ,1 - internal/poll.runtime_pollWait@76:84,,0
internal/poll.runtime_pollWait runtime/netpoll.go:336 432 16 64 0 0, - runtime.netpollblock@244:345,1,
os.(*File).Read os/file.go:114 224 32 80 0 ,11 - internal/poll.(*FD).Read@164:29~os/file_posix.go^153:118,,10
os.(*file).close os/file_unix.go:306 512 8 120 0 000,1 -
runtime.(*_panic).nextDefer runtime/panic.go:831 608 8 64 0 00,1 -
runtime.(*_panic).nextFrame runtime/panic.go:905 160 8 80 0 0000,1 -32+32/32:0e
runtime.(*atomicHeadTailIndex).incTail runtime/mspanset.go:376 192 8 56 0 ,1 -
runtime.(*gcControllerState).heapGoalInternal runtime/mgcpacer.go:909 208 8 48 0 ,1 -
runtime.(*gcControllerState).revise runtime/mgcpacer.go:490 704 8 96 0 000,1 -
runtime.(*gcControllerState).startCycle runtime/mgcpacer.go:384 896 48 104 0 0,1 -
runtime.(*hmap).newoverflow runtime/map.go:247 768 24 144 0 00,111 - runtime.growslice@548:269,11,011 runtime.mallocgc@280:1390/269~runtime/malloc.go^261:264,00,111 runtime.newobject#extra@348:277^325:268,10,111 runtime.newobject#overflow@432:280^325:268,10,111
runtime.(*mLockProfile).recordUnlock runtime/mprof.go:668 128 16 40 0 ,11 -
runtime.(*mcache).allocLarge runtime/mcache.go:219 480 24 88 0 , -
runtime.(*mcache).nextFree runtime/malloc.go:938 496 16 80 0 0, -
runtime.(*mcache).refill runtime/mcache.go:147 640 16 96 0 0, -
runtime.(*mcentral).cacheSpan runtime/mcentral.go:81 1440 8 152 0 00000, -
runtime.(*mcentral).grow runtime/mcentral.go:250 224 8 72 0 , -
runtime.(*mcentral).uncacheSpan runtime/mcentral.go:204 256 16 56 0 , -
runtime.(*mheap).alloc runtime/mheap.go:953 160 24 88 0 00000, -40+40/32:08
runtime.(*scavengerState).init runtime/mgcscavenge.go:356 512 8 88 0 0,1 - runtime.newobject@124:363,0,1
runtime.(*scavengerState).park runtime/mgcscavenge.go:419 160 8 64 0 ,1 - runtime.gopark@112:408/426~runtime/proc.go^85:425,,0
runtime.(*scavengerState).sleep runtime/mgcscavenge.go:465 640 16 128 0 ,1 - runtime.gopark@320:408/19~runtime/proc.go^293:504,,1 runtime.modtimer@280:555/503~runtime/time.go^245:235~runtime/time.go^201:500,,1
runtime.(*spanSet).push runtime/mspanset.go:74 656 16 144 0 000000,1 -
runtime.(*spanSetBlockAlloc).alloc runtime/mspanset.go:312 240 8 56 0 ,1 -
runtime.(*sweepLocked).sweep runtime/mgcsweep.go:499 3680 16 272 0 0000000000,1 -72+16/8:01,-56+24/8:01,-32+24/8:01
runtime.GC runtime/mgc.go:433 512 0 72 0 0, - runtime.gcStart@96:466/469,0, runtime.gcWaitOnMark@72:461/466,0, runtime.mcall@128:342/475~runtime/proc.go^113:476,0,
runtime.Goexit runtime/panic.go:614 160 0 160 0 0000000000000, -104+104/96:6d0d main@120:626/622,1011011010110,
runtime.LockOSThread runtime/proc.go:5188 160 0 48 0 , - runtime.startTemplateThread@48:5193/5196,,
runtime.SetFinalizer runtime/mfinal.go:410 1792 32 232 0 000000000000,0101 -64+48/48:36,-16+16/16:02,0+16/16:02,16+16/16:02
runtime.acquireSudog runtime/proc.go:418 816 0 160 0 0000, - runtime.newobject@616:441,1001,
runtime.addtimer runtime/time.go:257 368 8 80 0 000,1 - runtime.doaddtimer@216:280/281,110,0
runtime.allgadd runtime/proc.go:618 432 8 128 0 ,1 - runtime.growslice@152:624,,1
runtime.allocm runtime/proc.go:2057 944 24 136 0 000000,11 -24+8/8:01,-16+16/16:02 runtime.malg@364:2117,011000,10 runtime.mcommoninit@276:2110/2114,011000,10 runtime.newobject@220:2108/2109,001000,11
runtime.bgscavenge runtime/mgcscavenge.go:649 176 8 48 0 ,1 - runtime.(*scavengerState).init@56:650/652,,1 runtime.(*scavengerState).park@116:658/659,,0 runtime.(*scavengerState).park#first@84:653/656,,0 runtime.(*scavengerState).sleep@164:662,,0 runtime.chansend1@72:652/653,,0
runtime.bgsweep runtime/mgcsweep.go:271 464 8 88 0 0,1 - runtime.chansend1@160:277/278,0,0 runtime.gopark@312:408/299~runtime/proc.go^285:318,0,0 runtime.gopark#first@196:408/299~runtime/proc.go^161:278,0,0 runtime.goschedIfBusy@420:302/300,0,0
runtime.block runtime/select.go:102 80 0 64 0 , - runtime.gopark@56:103/104,,
runtime.call16 runtime/asm_ppc64x.s:509 272 48 48 0 ,111001 - main@200:509,,111001
runtime.call32 runtime/asm_ppc64x.s:510 272 48 64 0 ,111001 - main@200:510,,111001
runtime.chanrecv runtime/chan.go:457 1808 24 152 0 0000000,11 -16+16/16:02 runtime.acquireSudog@840:563/564,0001100,11 runtime.gopark@1268:583/586,0010100,00 runtime.gopark#nil@592:469/470,0000000,00
runtime.chanrecv1 runtime/chan.go:441 32 16 56 0 ,11 - runtime.chanrecv@16:442/443,,00
runtime.chanrecv2 runtime/chan.go:446 48 16 56 0 ,11 - runtime.chanrecv@16:447/448,,00
runtime.chansend runtime/chan.go:160 1632 32 144 0 000000,11 -16+16/16:02 runtime.acquireSudog@684:239/240,001100,11 runtime.gopanic@1624:206,000000,00 runtime.gopark@1136:259/267,010100,11 runtime.gopark#nil@320:165/166,000000,00
runtime.chansend1 runtime/chan.go:144 48 16 64 0 ,11 - runtime.chansend@20:145/146,,00
runtime.clearpools runtime/mgc.go:1669 448 0 64 0 0, -
runtime.closechan runtime/chan.go:357 1168 8 104 0 000000,1 -24+24/16:02 runtime.gopanic@1152:359,000000,0
runtime.concatstrings runtime/string.go:25 576 32 128 0 0000,11 -
runtime.createfing runtime/mfinal.go:161 160 0 40 0 , - runtime.newproc@132:164/166,,
runtime.deductSweepCredit runtime/mgcsweep.go:895 864 16 80 0 00, -
runtime.deferproc runtime/panic.go:271 224 8 56 0 0,1 - runtime.newdefer@72:278/279,1,1
runtime.deferreturn runtime/panic.go:592 160 0 160 0 0000000000000, -104+104/96:6d0d main@120:602/598,1011011010110,
runtime.doaddtimer runtime/time.go:290 464 16 136 0 ,11 - runtime.growslice@184:302,,11
runtime.entersyscallblock_handoff runtime/proc.go:4480 224 0 56 0 0, - runtime.handoffp@208:4487/4488,0,
runtime.evacuate runtime/map.go:1169 1392 24 200 0 00000000000000,11 -112+64/64:dd runtime.(*hmap).newoverflow@936:1242,10111011111110,11
runtime.evacuate_fast32 runtime/map_fast32.go:374 944 24 176 0 000000000000,11 -96+64/64:dd runtime.(*hmap).newoverflow@724:423,101110111111,11
runtime.evacuate_fast64 runtime/map_fast64.go:376 1072 24 184 0 0000000000000,11 -104+64/64:dd runtime.(*hmap).newoverflow@724:425,1011101111110,11
runtime.evacuate_faststr runtime/map_faststr.go:402 1024 24 184 0 0000000000000,11 -104+64/64:dd runtime.(*hmap).newoverflow@724:451,1011101111110,11
runtime.forcegchelper runtime/proc.go:317 304 0 72 0 0, - runtime.gopark@232:408/328^197:326,0,
runtime.gcAssistAlloc runtime/mgcmark.go:407 1520 8 112 0 0000000,1 -24+24/16:02
runtime.gcBgMarkStartWorkers runtime/mgc.go:1227 144 0 48 0 , - runtime.newproc@48:1234/1236,,
runtime.gcBgMarkWorker runtime/mgc.go:1276 1232 0 184 0 000000, -24+24/24:06 runtime.gopark@248:1310/581,110000, runtime.newobject@112:1283/1284,010000,
runtime.gcMarkTinyAllocs runtime/mgcmark.go:1743 192 0 112 0 00, -
runtime.gcStart runtime/mgc.go:595 1648 24 200 0 0000000, -40+24/24:06,-16+16/16:02
runtime.gcWaitOnMark runtime/mgc.go:507 240 8 64 0 , - runtime.gopark@116:408/510~runtime/proc.go^81:525,,
runtime.gcenable runtime/mgc.go:200 256 0 88 0 0, - runtime.chanrecv1@208:205/206,1, runtime.makechan@48:202,0, runtime.newobject@64:203,1, runtime.newobject#second@136:204,1, runtime.newproc@124:203/204,1,
runtime.gcenable.gowrap1 runtime/mgc.go:203 96 0 40 0 , - runtime.bgsweep@76:203,,
runtime.gcenable.gowrap2 runtime/mgc.go:204 96 0 40 0 , - runtime.bgscavenge@76:204,,
runtime.goPanicIndex runtime/panic.go:112 160 16 80 0 , - runtime.convTnoptr@136:114,, runtime.gopanic@152:114,,
runtime.goPanicSliceAcap runtime/panic.go:138 160 16 80 0 , - runtime.gopanic@156:140,,
runtime.goexit runtime/asm_ppc64x.s:1017 16 0 0 0 -, - main@4:1018/1019,-, runtime.forcegchelper@4:1018/1019,-, runtime.gcBgMarkWorker@4:1018/1019,-, runtime.gcenable.gowrap1@4:1018/1019,-, runtime.gcenable.gowrap2@4:1018/1019,-, runtime.main@4:1018/1019,-, runtime.runfinq@4:1018/1019,-,
runtime.goexit0 runtime/proc.go:4179 64 8 40 0 ,1 - runtime.schedule@48:4181/4182,,0
runtime.gopanic runtime/panic.go:720 752 16 192 0 000000000000000,01 -120+104/96:6d0d main@340:770/766,101101101011000,00
runtime.gopark runtime/proc.go:385 320 32 48 0 ,11 - stop@276:402/403,,00
runtime.goschedIfBusy runtime/proc.go:358 112 0 40 0 , - runtime.mcall@72:365/366,,
runtime.goschedImpl runtime/proc.go:4039 816 16 96 0 00,1 - runtime.schedule@524:4065/4066,00,0
runtime.gosched_m runtime/proc.go:4069 64 8 48 0 ,1 - runtime.goschedImpl@48:4070/4071,,0
runtime.goyield_m runtime/proc.go:4152 336 8 80 0 00,1 - runtime.schedule@316:4162/4163,00,0
runtime.greyobject runtime/mgcmark.go:1615 800 48 80 0 ,00001 -
runtime.growWork runtime/map.go:1145 160 24 56 0 ,11 - runtime.evacuate@108:1148/1118,,11 runtime.evacuate#second@140:1152/1154,,00
runtime.growWork_fast32 runtime/map_fast32.go:363 160 24 56 0 ,11 - runtime.evacuate_fast32@108:366/1118,,11 runtime.evacuate_fast32#second@140:370/372,,00
runtime.growWork_fast64 runtime/map_fast64.go:365 160 24 56 0 ,11 - runtime.evacuate_fast64@108:368/1118,,11 runtime.evacuate_fast64#second@140:372/374,,00
runtime.growWork_faststr runtime/map_faststr.go:391 160 24 56 0 ,11 - runtime.evacuate_faststr@108:394/1118,,11 runtime.evacuate_faststr#second@140:398/400,,00
runtime.growslice runtime/slice.go:155 1760 40 112 0 0,10001 -
runtime.handoffp runtime/proc.go:2905 1552 8 56 0 ,1 - runtime.startm@1528:2911/2912,,0 runtime.startm#spinning@844:2928/2929,,0
runtime.hashGrow runtime/map.go:1053 560 16 104 0 00,11 - runtime.makeBucketArray@156:1063/1065,10,01 runtime.newobject@416:1087,01,01
runtime.init.5 runtime/proc.go:313 64 0 40 0 , - runtime.newproc@44:314/315,,
runtime.lock2 runtime/lock_futex.go:55 592 8 120 0 0000,1 -32+32/8:01
runtime.mProf_Malloc runtime/mprof.go:425 448 16 392 0 00000,1 -24+24/16:02
runtime.main runtime/proc.go:146 1200 0 136 1180 00000, -24+16/16:02 main@752:271/194,00001, runtime.gcenable@404:210/212,00001, runtime.makechan@420:212,00001,
runtime.main.func1 runtime/proc.go:171 80 0 56 0 , - runtime.newm@52:172/173,,
runtime.makeBucketArray runtime/map.go:346 608 24 64 0 ,101 - runtime.newarray@432:364/378,,100
runtime.makechan runtime/chan.go:72 576 16 104 0 00,1 - runtime.newobject@288:106,10,0
runtime.makemap runtime/map.go:305 496 24 104 0 00,101 - runtime.makeBucketArray@292:330,01,000 runtime.newobject@188:313/315,00,100 runtime.newobject#extra@368:332,11,000
runtime.makemap_small runtime/map.go:294 80 0 88 0 0, - runtime.newobject@44:295,0,
runtime.makeslice runtime/slice.go:92 336 24 56 0 ,1 - runtime.gopanic@248:29/101^225:102,,0
runtime.malg runtime/proc.go:4855 208 8 112 0 0000, -24+24/16:02 runtime.newobject@56:4856/4857,0000,
runtime.mallocgc runtime/malloc.go:971 2528 24 152 0 00000,01 -
runtime.mapassign runtime/map.go:579 1328 24 144 0 0000000,111 - runtime.(*hmap).newoverflow@912:665/666,0000000,111 runtime.growWork@340:611/197,0000000,111 runtime.hashGrow@272:659/660,0000000,111 runtime.mallocgc@200:1390/605~runtime/malloc.go^181:605,0000000,111 runtime.mallocgc#elem@1096:1390/679~runtime/malloc.go^1081:678,0111000,111 runtime.mallocgc#key@992:1390/674~runtime/malloc.go^977:673,0011001,111
runtime.mapassign_fast32 runtime/map_fast32.go:93 864 24 80 0 0,11 - runtime.(*hmap).newoverflow@660:163/172,0,11 runtime.growWork_fast32@328:116/197,0,11 runtime.hashGrow@260:157/158,0,11 runtime.mallocgc@192:1390/110~runtime/malloc.go^173:110,0,11
runtime.mapassign_fast64 runtime/map_fast64.go:93 864 24 80 0 0,11 - runtime.(*hmap).newoverflow@660:163/172,0,11 runtime.gopanic@852:95,0,00 runtime.growWork_fast64@328:116/197,0,11 runtime.hashGrow@260:157/158,0,11 runtime.mallocgc@192:1390/110~runtime/malloc.go^173:110,0,11
runtime.mapassign_faststr runtime/map_faststr.go:203 1104 32 128 0 0000,111 16+16/8:01 runtime.(*hmap).newoverflow@868:282/290,0000,111 runtime.growWork_faststr@344:227/197,0000,111 runtime.hashGrow@276:276/277,0000,111 runtime.mallocgc@204:1390/221~runtime/malloc.go^185:221,0000,111
runtime.mcall runtime/asm_ppc64x.s:171 96 8 40 0 -,- - *@84:198/199,-,-
runtime.mcommoninit runtime/proc.go:889 448 16 80 0 ,1 - runtime.malg@176:375~runtime/os_linux.go^165:907,,1
runtime.modtimer runtime/time.go:439 1520 56 88 0 0000,100101 - runtime.doaddtimer@1076:508/509,1101,000000
runtime.mstart runtime/asm_ppc64x.s:130 32 -2147483648 32 0 -, - runtime.mstart0@12:131/132,-,
runtime.mstart0 runtime/proc.go:1660 144 0 56 0 , - runtime.mstart1@116:1686/1695,,
runtime.mstart1 runtime/proc.go:1702 240 0 56 0 0, - *@156:1729/1732,1,
runtime.netpollblock runtime/netpoll.go:546 528 16 72 0 0, - runtime.gopark@396:573/409,1,
runtime.newArenaMayUnlock runtime/mheap.go:2238 192 0 64 0 0, -
runtime.newBucket runtime/mprof.go:217 176 16 56 0 , -
runtime.newMarkBits runtime/mheap.go:2142 928 8 80 0 , -
runtime.newarray runtime/malloc.go:1404 256 16 56 0 ,1 -
runtime.newdefer runtime/panic.go:501 656 0 160 0 0000, - runtime.newobject@292:525/527,0000,
runtime.newm runtime/proc.go:2631 448 24 64 0 0,11 - runtime.allocm@104:2644/296,0,01
runtime.newobject runtime/malloc.go:1389 80 8 56 0 ,1 -
runtime.newproc runtime/proc.go:4874 128 8 72 0 0000,1 -32+32/24:06
runtime.newproc.func1 runtime/proc.go:4877 112 0 56 0 , - runtime.newproc1@48:4878/4880,,
runtime.newproc1 runtime/proc.go:4892 1248 24 112 0 0000,11 - runtime.allgadd@176:4903/4905,0111,11 runtime.malg@152:4901,0101,11
runtime.panicdivide runtime/panic.go:238 96 0 48 0 , - runtime.gopanic@84:240,,
runtime.panicdottypeE runtime/iface.go:261 176 24 80 0 ,111 - runtime.gopanic@144:262,,000 runtime.newobject@80:262,,111
runtime.park_m runtime/proc.go:4007 640 8 104 0 000,1 - *@344:4023/4024,001,1 runtime.schedule@616:4036/4037,000,0
runtime.persistentalloc runtime/malloc.go:1526 160 24 88 0 00000,001 -40+40/40:12
runtime.profilealloc runtime/malloc.go:1420 208 24 56 0 ,11 -
runtime.resetForSleep runtime/time.go:202 112 16 88 0 ,01 - runtime.modtimer@84:555/205^49:204,,00
runtime.retake runtime/proc.go:6104 1072 8 120 0 00, - runtime.handoffp@892:6165/6163,00,
runtime.rt0_go runtime/asm_ppc64x.s:19 256 -2147483648 152 0 -, - runtime.newproc@208:96/97,-,
runtime.runfinq runtime/mfinal.go:177 1312 0 488 0 00000000000000000000000000000000000000000000, -352+296/288:000000ff0f runtime.call16@1080:256/257,00000000000000000000000000000000000000001001, runtime.call32@1080:256/257,00000000000000000000000000000000000000001001, runtime.gopark@288:194/216,00000000000000000000000000000000000000010000, runtime.lock2@180:24/191~runtime/lockrank_off.go^165:52~runtime/lock_futex.go^425:190,00000000000000000000000000000000000000010000,
runtime.schedule runtime/proc.go:3839 800 0 72 0 00, - runtime.stoplockedm@72:3847/3848,10,
runtime.selectgo runtime/select.go:121 4960 48 320 0 00000000000000000000,110 -56+56/40:12 runtime.acquireSudog@1092:298/299,00001110100110000000,100 runtime.gopanic@3220:515/377,00000000000000000000,000 runtime.gopark@1816:327/328,00000100010010000000,100
runtime.semacquire1 runtime/sema.go:114 928 40 96 0 000,1 - runtime.acquireSudog@212:131,000,1 runtime.gopark@580:408/161~runtime/proc.go^545:160,101,1
runtime.semrelease1 runtime/sema.go:175 704 24 96 0 0000,1 -
runtime.sigpanic runtime/signal_unix.go:862 960 0 112 0 0000, -24+24/8:01 runtime.gopanic@844:261/880~runtime/panic.go^789:881,0000,
runtime.startTemplateThread runtime/proc.go:2709 288 0 64 0 0, - runtime.newm@208:2721/588,1,
runtime.startm runtime/proc.go:2809 880 16 88 0 000,1 - runtime.newm@392:2870/2827,100,0
runtime.stkbucket runtime/mprof.go:263 1312 48 120 0 0000,001 -
runtime.stoplockedm runtime/proc.go:3013 592 0 104 0 0000, - runtime.handoffp@88:3022/3024,0001,
runtime.sweepone runtime/mgcsweep.go:353 816 0 96 0 0, -
runtime.sysmon runtime/proc.go:5946 1472 0 120 0 , - runtime.retake@1192:6071,,
runtime.systemstack runtime/asm_ppc64x.s:218 192 8 32 0 -,1 - *@104:255/260,-,1
runtime.systemstack_switch runtime/asm_ppc64x.s:207 48 0 32 0 -, - stop@16:212/213,-,
runtime.unlock2 runtime/lock_futex.go:124 240 8 56 0 0,1 -
runtime/debug.WriteHeapDump runtime/heapdump.go:22 208 8 5864 0 000, -24+24/16:02 runtime.systemstack_switch@172:32/40,000,
sync.(*Cond).Wait sync/cond.go:66 272 8 72 0 00,1 -8+8/8:01 sync.runtime_notifyListWait@204:70/71,00,1
sync.(*Mutex).lockSlow sync/mutex.go:117 736 8 88 0 ,1 - sync.runtime_SemacquireMutex@376:171/151,,1
sync.(*Once).doSlow sync/once.go:69 416 16 104 388 0000000,11 -48+16/16:02,-32+16/16:02 main@288:74/73,0000011,00
sync.(*RWMutex).Lock sync/rwmutex.go:140 224 8 56 0 ,1 - sync.(*Mutex).lockSlow@100:90/88~sync/mutex.go^41:146,,1 sync.runtime_SemacquireRWMutex@200:151/158,,0
sync.(*WaitGroup).Wait sync/waitgroup.go:91 224 8 48 0 ,1 - sync.runtime_Semacquire@136:116/145,,1
sync.runtime_Semacquire runtime/sema.go:61 80 8 72 0 ,1 - runtime.semacquire1@60:62/63,,0
sync.runtime_SemacquireMutex runtime/sema.go:76 96 24 72 0 ,1 - runtime.semacquire1@72:77/78,,0
sync.runtime_SemacquireRWMutex runtime/sema.go:86 96 24 72 0 ,1 - runtime.semacquire1@72:87/88,,0
sync.runtime_SemacquireRWMutexR runtime/sema.go:81 96 24 72 0 ,1 - runtime.semacquire1@72:82/83,,0
sync.runtime_notifyListWait runtime/sema.go:544 480 16 96 0 000,1 - runtime.acquireSudog@104:554/555,010,1 runtime.gopark@392:408/570~runtime/proc.go^361:569,100,0
syscall.Syscall syscall/syscall_linux.go:68 112 32 112 0 , - stop@28:69/82,,
syscall.read syscall/zsyscall_linux_ppc64le.go:729 272 32 80 0 0,01 -8+8/8:01 syscall.Syscall@108:736/738,1,00
time.NewTimer time/sleep.go:86 224 8 104 0 00, - runtime.makechan@60:87,00, runtime.newobject@88:88/89,01, time.startTimer@204:96/97,10,
time.Sleep runtime/time.go:178 320 8 96 0 00, - runtime.gopark@284:195/196,00, runtime.newobject@84:186/187,01,
time.startTimer runtime/time.go:211 64 8 40 0 ,1 - runtime.addtimer@44:215/216,,0
`,
  riscv64: `
internal/poll.(*FD).Read internal/poll/fd_unix.go:140 808 32 144 780 0000000,11 -24+16/16:02 internal/poll.(*pollDesc).wait@572:89/164~internal/poll/fd_poll_runtime.go^557:164,0110001,11
internal/poll.(*pollDesc).wait internal/poll/fd_poll_runtime.go:80 344 24 40 0 ,1 - internal/poll.runtime_pollWait@68:84,,0
internal/poll.runtime_pollWait runtime/netpoll.go:336 344 16 32 0 0, - runtime.netpollblock@192:345,1,
os.(*File).Read os/file.go:114 208 32 56 0 ,11 - internal/poll.(*FD).Read@148:29~os/file_posix.go^137:118,,10
os.(*file).close os/file_unix.go:306 448 8 80 0 000,1 -
runtime.(*_panic).nextDefer runtime/panic.go:831 568 8 40 0 00,1 -
runtime.(*_panic).nextFrame runtime/panic.go:905 144 8 56 0 0000,1 -32+32/32:0e
runtime.(*atomicHeadTailIndex).incTail runtime/mspanset.go:376 168 8 32 0 ,1 -
runtime.(*gcControllerState).heapGoalInternal runtime/mgcpacer.go:909 168 8 24 0 ,1 -
runtime.(*gcControllerState).revise runtime/mgcpacer.go:490 504 8 96 0 000,1 -
runtime.(*gcControllerState).startCycle runtime/mgcpacer.go:384 824 48 96 0 00,1 -
runtime.(*hmap).newoverflow runtime/map.go:247 656 24 96 0 00,111 - runtime.growslice@472:269,11,011 runtime.mallocgc@236:1390/269~runtime/malloc.go^217:264,00,111 runtime.newobject#extra@296:277^269:268,10,111 runtime.newobject#overflow@372:280^269:268,10,111
runtime.(*mLockProfile).recordUnlock runtime/mprof.go:668 112 16 16 0 ,11 -
runtime.(*mcache).allocLarge runtime/mcache.go:219 432 24 64 0 , -
runtime.(*mcache).nextFree runtime/malloc.go:938 456 16 64 0 0, -
runtime.(*mcache).refill runtime/mcache.go:147 584 16 72 0 0, -
runtime.(*mcentral).cacheSpan runtime/mcentral.go:81 1264 8 128 0 00000, -
runtime.(*mcentral).grow runtime/mcentral.go:250 216 8 56 0 , -
runtime.(*mcentral).uncacheSpan runtime/mcentral.go:204 240 16 32 0 , -
runtime.(*mheap).alloc runtime/mheap.go:953 128 24 64 0 00000, -40+40/32:08
runtime.(*scavengerState).init runtime/mgcscavenge.go:356 440 8 40 0 0,1 - runtime.newobject@108:363,0,1
runtime.(*scavengerState).park runtime/mgcscavenge.go:419 136 8 40 0 ,1 - runtime.gopark@104:408/426~runtime/proc.go^77:425,,0
runtime.(*scavengerState).sleep runtime/mgcscavenge.go:465 576 16 120 0 0,1 - runtime.gopark@284:408/19~runtime/proc.go^257:504,1,1 runtime.modtimer@244:555/503~runtime/time.go^237:235~runtime/time.go^193:500,1,1
runtime.(*spanSet).push runtime/mspanset.go:74 504 16 112 0 000000,1 -
runtime.(*spanSetBlockAlloc).alloc runtime/mspanset.go:312 168 8 32 0 ,1 -
runtime.(*sweepLocked).sweep runtime/mgcsweep.go:499 3440 16 272 0 0000000000,1 -72+16/8:01,-56+24/8:01,-32+24/8:01
runtime.GC runtime/mgc.go:433 456 0 56 0 0, - runtime.gcStart@76:466/469,0, runtime.gcWaitOnMark@52:461/466,0, runtime.mcall@108:342/475~runtime/proc.go^93:476,0,
runtime.Goexit runtime/panic.go:614 112 0 136 0 0000000000000, -104+104/96:6d0d main@80:626/622,1011011010110,
runtime.LockOSThread runtime/proc.go:5188 144 0 24 0 , - runtime.startTemplateThread@40:5193/5196,,
runtime.SetFinalizer runtime/mfinal.go:410 1656 32 208 0 000000000000,0101 -64+48/48:36,-16+16/16:02,0+16/16:02,16+16/16:02
runtime.acquireSudog runtime/proc.go:418 840 0 104 0 000, - runtime.newobject@628:441,101,
runtime.addtimer runtime/time.go:257 336 8 56 0 000,1 - runtime.doaddtimer@196:280/281,110,0
runtime.allgadd runtime/proc.go:618 408 8 88 0 0,1 - runtime.growslice@132:624,0,1
runtime.allocm runtime/proc.go:2057 808 24 88 0 000000,11 -24+8/8:01,-16+16/16:02 runtime.malg@320:2117,011000,10 runtime.mcommoninit@244:2110/2114,011000,10 runtime.newobject@196:2108/2109,001000,11
runtime.bgscavenge runtime/mgcscavenge.go:649 152 8 24 0 ,1 - runtime.(*scavengerState).init@52:650/652,,1 runtime.(*scavengerState).park@108:658/659,,0 runtime.(*scavengerState).park#first@80:653/656,,0 runtime.(*scavengerState).sleep@144:662,,0 runtime.chansend1@68:652/653,,0
runtime.bgsweep runtime/mgcsweep.go:271 448 8 64 0 0,1 - runtime.chansend1@144:277/278,0,0 runtime.gopark@292:408/299~runtime/proc.go^257:318,0,0 runtime.gopark#first@180:408~runtime/proc.go^145:278,0,0 runtime.goschedIfBusy@400:302/300,0,0
runtime.block runtime/select.go:102 64 0 40 0 , - runtime.gopark@52:103/104,,
runtime.call16 runtime/asm_riscv64.s:493 184 48 24 0 ,111001 - main@100:493,,111001
runtime.call32 runtime/asm_riscv64.s:494 184 48 40 0 ,111001 - main@100:494,,111001
runtime.chanrecv runtime/chan.go:457 1504 24 120 0 000000,11 -16+16/16:02 runtime.acquireSudog@664:563/564,001100,11 runtime.gopark@1056:583/586,010100,00 runtime.gopark#nil@436:469/470,000000,00
runtime.chanrecv1 runtime/chan.go:441 32 16 32 0 ,11 - runtime.chanrecv@20:442/443,,00
runtime.chanrecv2 runtime/chan.go:446 40 16 32 0 ,11 - runtime.chanrecv@20:447/448,,00
runtime.chansend runtime/chan.go:160 1400 32 112 0 00000,11 -16+16/16:02 runtime.acquireSudog@560:239/240,01100,11 runtime.gopanic@1396:206,00000,00 runtime.gopark@952:259/267,10100,11 runtime.gopark#nil@276:165/166,00000,00
runtime.chansend1 runtime/chan.go:144 40 16 40 0 ,11 - runtime.chansend@24:145/146,,00
runtime.clearpools runtime/mgc.go:1669 424 0 48 0 00, -
runtime.closechan runtime/chan.go:357 984 8 80 0 000000,1 -24+24/16:02 runtime.gopanic@980:359,000000,0
runtime.concatstrings runtime/string.go:25 520 32 104 0 0000,11 -
runtime.createfing runtime/mfinal.go:161 112 0 16 0 , - runtime.newproc@100:164/166,,
runtime.deductSweepCredit runtime/mgcsweep.go:895 704 16 64 0 00, -
runtime.deferproc runtime/panic.go:271 208 8 32 0 0,1 - runtime.newdefer@64:278/279,1,1
runtime.deferreturn runtime/panic.go:592 112 0 136 0 0000000000000, -104+104/96:6d0d main@80:602/598,1011011010110,
runtime.doaddtimer runtime/time.go:290 496 16 88 0 ,11 - runtime.growslice@180:302,,11
runtime.entersyscallblock_handoff runtime/proc.go:4480 184 0 32 0 0, - runtime.handoffp@172:4487/4488,0,
runtime.evacuate runtime/map.go:1169 1336 24 176 0 00000000000000,11 -112+64/64:dd runtime.(*hmap).newoverflow@896:1242,10111011111110,11
runtime.evacuate_fast32 runtime/map_fast32.go:374 920 24 160 0 0000000000000,11 -104+64/64:dd runtime.(*hmap).newoverflow@688:423,1011101111110,11
runtime.evacuate_fast64 runtime/map_fast64.go:376 1016 24 160 0 0000000000000,11 -104+64/64:dd runtime.(*hmap).newoverflow@688:425,1011101111110,11
runtime.evacuate_faststr runtime/map_faststr.go:402 984 24 160 0 0000000000000,11 -104+64/64:dd runtime.(*hmap).newoverflow@688:451,1011101111110,11
runtime.forcegchelper runtime/proc.go:317 272 0 48 0 0, - runtime.gopark@212:408/328^177:326,0,
runtime.gcAssistAlloc runtime/mgcmark.go:407 1240 8 112 0 0000000,1 -24+24/16:02
runtime.gcBgMarkStartWorkers runtime/mgc.go:1227 128 0 24 0 , - runtime.newproc@44:1234/1236,,
runtime.gcBgMarkWorker runtime/mgc.go:1276 1192 0 144 0 000000, -24+24/24:06 runtime.gopark@228:1310/581,110000, runtime.newobject@100:1283/1284,010000,
runtime.gcMarkTinyAllocs runtime/mgcmark.go:1743 176 0 88 0 00, -
runtime.gcStart runtime/mgc.go:595 1464 24 192 0 0000000, -40+24/24:06,-16+16/16:02
runtime.gcWaitOnMark runtime/mgc.go:507 224 8 40 0 , - runtime.gopark@112:408/510~runtime/proc.go^77:525,,
runtime.gcenable runtime/mgc.go:200 224 0 40 0 0, - runtime.chanrecv1@188:205/206,1, runtime.makechan@44:202,0, runtime.newobject@60:203,1, runtime.newobject#second@124:204,1, runtime.newproc@112:203/204,1,
runtime.gcenable.gowrap1 runtime/mgc.go:203 80 0 16 0 , - runtime.bgsweep@44:203,,
runtime.gcenable.gowrap2 runtime/mgc.go:204 80 0 16 0 , - runtime.bgscavenge@44:204,,
runtime.goPanicIndex runtime/panic.go:112 152 16 56 0 , - runtime.convTnoptr@132:114,, runtime.gopanic@148:114,,
runtime.goPanicSliceAcap runtime/panic.go:138 160 16 56 0 , - runtime.gopanic@152:140,,
runtime.goexit runtime/asm_riscv64.s:539 16 0 0 0 -, - main@4:540/541,-, runtime.forcegchelper@4:540/541,-, runtime.gcBgMarkWorker@4:540/541,-, runtime.gcenable.gowrap1@4:540/541,-, runtime.gcenable.gowrap2@4:540/541,-, runtime.main@4:540/541,-, runtime.runfinq@4:540/541,-,
runtime.goexit0 runtime/proc.go:4179 56 8 16 0 ,1 - runtime.schedule@44:4181/4182,,0
runtime.gopanic runtime/panic.go:720 664 16 168 0 000000000000000,01 -120+104/96:6d0d main@264:770/766,101101101011000,00
runtime.gopark runtime/proc.go:385 296 32 24 0 ,11 - stop@264:402/403,,00
runtime.goschedIfBusy runtime/proc.go:358 80 0 16 0 , - runtime.mcall@56:365/366,,
runtime.goschedImpl runtime/proc.go:4039 760 16 72 0 00,1 - runtime.schedule@488:4065/4066,00,0
runtime.gosched_m runtime/proc.go:4069 56 8 24 0 ,1 - runtime.goschedImpl@44:4070/4071,,0
runtime.goyield_m runtime/proc.go:4152 296 8 56 0 00,1 - runtime.schedule@284:4162/4163,00,0
runtime.greyobject runtime/mgcmark.go:1615 752 48 56 0 ,00001 -
runtime.growWork runtime/map.go:1145 144 24 32 0 ,11 - runtime.evacuate@108:1148/1118,,11 runtime.evacuate#second@132:1152/1154,,00
runtime.growWork_fast32 runtime/map_fast32.go:363 144 24 32 0 ,11 - runtime.evacuate_fast32@108:366/1118,,11 runtime.evacuate_fast32#second@132:370/372,,00
runtime.growWork_fast64 runtime/map_fast64.go:365 144 24 32 0 ,11 - runtime.evacuate_fast64@108:368/1118,,11 runtime.evacuate_fast64#second@132:372/374,,00
runtime.growWork_faststr runtime/map_faststr.go:391 144 24 32 0 ,11 - runtime.evacuate_faststr@108:394/1118,,11 runtime.evacuate_faststr#second@132:398/400,,00
runtime.growslice runtime/slice.go:155 1640 40 88 0 0,10001 -
runtime.handoffp runtime/proc.go:2905 1184 8 32 0 ,1 - runtime.startm@1168:2911/2912,,0 runtime.startm#spinning@596:2928/2929,,0
runtime.hashGrow runtime/map.go:1053 504 16 56 0 00,11 - runtime.makeBucketArray@152:1063/1065,10,01 runtime.newobject@384:1087,01,01
runtime.init.5 runtime/proc.go:313 56 0 16 0 , - runtime.newproc@40:314/315,,
runtime.lock2 runtime/lock_futex.go:55 504 8 96 0 0000,1 -32+32/8:01
runtime.mProf_Malloc runtime/mprof.go:425 408 16 368 0 00000,1 -24+24/16:02
runtime.main runtime/proc.go:146 1032 0 112 1016 00000, -24+16/16:02 main@640:271/194,00001, runtime.gcenable@364:210/212,00001, runtime.makechan@380:212,00001,
runtime.main.func1 runtime/proc.go:171 64 0 32 0 , - runtime.newm@48:172/173,,
runtime.makeBucketArray runtime/map.go:346 568 24 40 0 ,101 - runtime.newarray@436:364/378,,100
runtime.makechan runtime/chan.go:72 456 16 56 0 00,1 - runtime.newobject@204:106,10,0
runtime.makemap runtime/map.go:305 392 24 56 0 00,101 - runtime.makeBucketArray@220:330,01,000 runtime.newobject@120:313/315,00,100 runtime.newobject#extra@284:332,11,000
runtime.makemap_small runtime/map.go:294 72 0 40 0 0, - runtime.newobject@40:295,0,
runtime.makeslice runtime/slice.go:92 216 24 32 0 ,1 - runtime.gopanic@168:29/101^145:102,,0
runtime.malg runtime/proc.go:4855 200 8 64 0 0000, -24+24/16:02 runtime.newobject@52:4856/4857,0000,
runtime.mallocgc runtime/malloc.go:971 1976 24 144 0 00000,01 -
runtime.mapassign runtime/map.go:579 1264 24 120 0 0000000,111 - runtime.(*hmap).newoverflow@872:665/666,0000000,111 runtime.growWork@308:611/613,0000000,111 runtime.hashGrow@244:659/660,0000000,111 runtime.mallocgc@180:1390/605~runtime/malloc.go^161:605,0000000,111 runtime.mallocgc#elem@1048:1390/679~runtime/malloc.go^1033:678,0111000,111 runtime.mallocgc#key@952:1390/674~runtime/malloc.go^937:673,0011001,111
runtime.mapassign_fast32 runtime/map_fast32.go:93 816 24 56 0 0,11 - runtime.(*hmap).newoverflow@620:163/175,0,11 runtime.growWork_fast32@304:116/118,0,11 runtime.hashGrow@240:157/158,0,11 runtime.mallocgc@176:1390/110~runtime/malloc.go^157:110,0,11
runtime.mapassign_fast64 runtime/map_fast64.go:93 816 24 56 0 0,11 - runtime.(*hmap).newoverflow@620:163/175,0,11 runtime.gopanic@812:95,0,00 runtime.growWork_fast64@304:116/118,0,11 runtime.hashGrow@240:157/158,0,11 runtime.mallocgc@176:1390/110~runtime/malloc.go^157:110,0,11
runtime.mapassign_faststr runtime/map_faststr.go:203 1040 32 104 0 0000,111 16+16/8:01 runtime.(*hmap).newoverflow@816:282/293,0000,111 runtime.growWork_faststr@316:227/229,0000,111 runtime.hashGrow@252:276/277,0000,111 runtime.mallocgc@188:1390/221~runtime/malloc.go^169:221,0000,111
runtime.mcall runtime/asm_riscv64.s:289 72 8 16 0 -,- - *@64:310/311,-,-
runtime.mcommoninit runtime/proc.go:889 448 16 40 0 ,1 - runtime.malg@164:375~runtime/os_linux.go^153:907,,1
runtime.modtimer runtime/time.go:439 1336 56 72 0 0000,100101 - runtime.doaddtimer@980:508/509,1101,000000
runtime.mstart runtime/asm_riscv64.s:72 32 -2147483648 8 0 -, - runtime.mstart0@16:73/74,-,
runtime.mstart0 runtime/proc.go:1660 120 0 32 0 , - runtime.mstart1@96:1686/1695,,
runtime.mstart1 runtime/proc.go:1702 216 0 32 0 0, - *@136:1729/1732,1,
runtime.netpollblock runtime/netpoll.go:546 400 16 48 0 0, - runtime.gopark@300:573/409,1,
runtime.newArenaMayUnlock runtime/mheap.go:2238 184 0 40 0 0, -
runtime.newBucket runtime/mprof.go:217 160 16 32 0 , -
runtime.newMarkBits runtime/mheap.go:2142 784 8 56 0 , -
runtime.newarray runtime/malloc.go:1404 176 16 32 0 ,1 -
runtime.newdefer runtime/panic.go:501 536 0 104 0 000, - runtime.newobject@252:525/527,000,
runtime.newm runtime/proc.go:2631 424 24 40 0 0,11 - runtime.allocm@100:2644/296,0,01
runtime.newobject runtime/malloc.go:1389 72 8 32 0 ,1 -
runtime.newproc runtime/proc.go:4874 112 8 48 0 0000,1 -32+32/24:06
runtime.newproc.func1 runtime/proc.go:4877 104 0 32 0 , - runtime.newproc1@44:4878/4880,,
runtime.newproc1 runtime/proc.go:4892 1112 24 96 0 00000,11 - runtime.allgadd@168:4903/4905,01101,11 runtime.malg@144:4901,01001,11
runtime.panicdivide runtime/panic.go:238 80 0 24 0 , - runtime.gopanic@76:240,,
runtime.panicdottypeE runtime/iface.go:261 168 24 32 0 ,111 - runtime.gopanic@136:262,,000 runtime.newobject@76:262,,111
runtime.park_m runtime/proc.go:4007 560 8 80 0 000,1 - *@304:4023/4024,001,1 runtime.schedule@544:4036/4037,000,0
runtime.persistentalloc runtime/malloc.go:1526 128 24 64 0 00000,001 -40+40/40:12
runtime.profilealloc runtime/malloc.go:1420 192 24 32 0 ,11 -
runtime.resetForSleep runtime/time.go:202 96 16 64 0 ,01 - runtime.modtimer@80:555/205^45:204,,00
runtime.retake runtime/proc.go:6104 872 8 88 0 00, - runtime.handoffp@720:6165/6163,00,
runtime.rt0_go runtime/asm_riscv64.s:10 192 -2147483648 48 0 -, - runtime.newproc@164:63/64,-,
runtime.runfinq runtime/mfinal.go:177 1144 0 560 0 00000000000000000000000000000000000000000000000000000000, -448+392/384:00000000ffff runtime.call16@940:256/257,00000000000000000000000000000000000000000000000000001001, runtime.call32@940:256/257,00000000000000000000000000000000000000000000000000001001, runtime.gopark@264:194/216,00000000000000000000000000000000000000000000000000010000, runtime.lock2@160:24/191~runtime/lockrank_off.go^145:52~runtime/lock_futex.go^393:190,00000000000000000000000000000000000000000000000000010000,
runtime.schedule runtime/proc.go:3839 672 0 48 0 00, - runtime.stoplockedm@60:3847/3848,10,
runtime.selectgo runtime/select.go:121 4208 48 264 0 00000000000000000,110 -56+56/40:12 runtime.acquireSudog@980:298/299,00111100110000000,100 runtime.gopanic@2712:515/377,00000000000000000,000 runtime.gopark@1608:327/328,00010001010000000,100
runtime.semacquire1 runtime/sema.go:114 800 40 72 0 000,1 - runtime.acquireSudog@176:131,000,1 runtime.gopark@536:408/161~runtime/proc.go^505:160,101,1
runtime.semrelease1 runtime/sema.go:175 600 24 72 0 0000,1 -
runtime.sigpanic runtime/signal_unix.go:862 936 0 88 0 0000, -24+24/8:01 runtime.gopanic@816:261/880~runtime/panic.go^765:881,0000,
runtime.startTemplateThread runtime/proc.go:2709 248 0 40 0 0, - runtime.newm@184:2721/588,1,
runtime.startm runtime/proc.go:2809 800 16 72 0 000,1 - runtime.newm@380:2870/2872,100,0
runtime.stkbucket runtime/mprof.go:263 1072 48 80 0 00,001 -
runtime.stoplockedm runtime/proc.go:3013 552 0 80 0 0000, - runtime.handoffp@72:3022/3024,0001,
runtime.sweepone runtime/mgcsweep.go:353 688 0 88 0 0, -
runtime.sysmon runtime/proc.go:5946 1288 0 104 0 , - runtime.retake@1008:6071,,
runtime.systemstack runtime/asm_riscv64.s:102 128 8 8 0 -,1 - *@84:133/136,-,1
runtime.systemstack_switch runtime/asm_riscv64.s:96 32 0 8 0 -, - stop@8:96,-,
runtime.unlock2 runtime/lock_futex.go:124 216 8 32 0 0,1 -
runtime/debug.WriteHeapDump runtime/heapdump.go:22 296 8 5840 0 000, -24+24/16:02 runtime.systemstack_switch@256:32/40,000,
sync.(*Cond).Wait sync/cond.go:66 232 8 48 0 00,1 -8+8/8:01 sync.runtime_notifyListWait@176:70/71,00,1
sync.(*Mutex).lockSlow sync/mutex.go:117 712 8 80 0 ,1 - sync.runtime_SemacquireMutex@384:171/172,,1
sync.(*Once).doSlow sync/once.go:69 352 16 80 332 0000000,11 -48+16/16:02,-32+16/16:02 main@252:74/73,0000011,00
sync.(*RWMutex).Lock sync/rwmutex.go:140 168 8 32 0 ,1 - sync.(*Mutex).lockSlow@80:90/88~sync/mutex.go^37:146,,1 sync.runtime_SemacquireRWMutex@156:151/158,,0
sync.(*WaitGroup).Wait sync/waitgroup.go:91 160 8 24 0 ,1 - sync.runtime_Semacquire@100:116/145,,1
sync.runtime_Semacquire runtime/sema.go:61 72 8 48 0 ,1 - runtime.semacquire1@56:62/63,,0
sync.runtime_SemacquireMutex runtime/sema.go:76 80 24 48 0 ,1 - runtime.semacquire1@68:77/78,,0
sync.runtime_SemacquireRWMutex runtime/sema.go:86 80 24 48 0 ,1 - runtime.semacquire1@68:87/88,,0
sync.runtime_SemacquireRWMutexR runtime/sema.go:81 80 24 48 0 ,1 - runtime.semacquire1@68:82/83,,0
sync.runtime_notifyListWait runtime/sema.go:544 440 16 72 0 000,1 - runtime.acquireSudog@100:554/555,010,1 runtime.gopark@364:408/570~runtime/proc.go^333:569,100,0
syscall.Syscall syscall/syscall_linux.go:68 104 32 88 0 , - stop@32:69/82,,
syscall.read syscall/zsyscall_linux_riscv64.go:729 256 32 56 0 0,01 -8+8/8:01 syscall.Syscall@100:736/738,1,00
time.NewTimer time/sleep.go:86 208 8 56 0 00, - runtime.makechan@56:87,00, runtime.newobject@84:88/89,01, time.startTimer@192:96/97,10,
time.Sleep runtime/time.go:178 280 8 56 0 00, - runtime.gopark@256:195/196,00, runtime.newobject@72:186/187,01,
time.startTimer runtime/time.go:211 56 8 16 0 ,1 - runtime.addtimer@40:215/216,,0
`,
  s390x: `
internal/poll.(*FD).Read internal/poll/fd_unix.go:140 944 56 144 908 00000,1100000 -24+16/16:02 internal/poll.(*pollDesc).wait@646:89~internal/poll/fd_poll_runtime.go^613:164,10001,1100001
internal/poll.(*pollDesc).wait internal/poll/fd_poll_runtime.go:80 384 40 40 0 ,10000 - internal/poll.runtime_pollWait@66:84,,00000
internal/poll.runtime_pollWait runtime/netpoll.go:336 480 24 40 0 0, - runtime.netpollblock@254:345,1,
os.(*File).Read os/file.go:114 288 56 72 0 ,1100000 - internal/poll.(*FD).Read@152:29~os/file_posix.go^121:118,,1000000
os.(*file).close os/file_unix.go:306 624 24 88 0 000,100 -
runtime.(*_panic).nextDefer runtime/panic.go:831 784 24 48 0 000,10 -
runtime.(*_panic).nextFrame runtime/panic.go:905 160 16 48 0 0000,1 -32+32/32:0e
runtime.(*atomicHeadTailIndex).incTail runtime/mspanset.go:376 224 16 32 0 ,1 -
runtime.(*gcControllerState).heapGoalInternal runtime/mgcpacer.go:909 224 24 32 0 ,1 -
runtime.(*gcControllerState).revise runtime/mgcpacer.go:490 592 8 96 0 000,1 -
runtime.(*gcControllerState).startCycle runtime/mgcpacer.go:384 1008 48 88 0 0,1 -
runtime.(*hmap).newoverflow runtime/map.go:247 992 32 96 0 00,1110 - runtime.growslice@688:269,11,0110 runtime.mallocgc@296:1390~runtime/malloc.go^263:264,00,1110 runtime.newobject#extra@396:277^359:268,10,1110 runtime.newobject#overflow@512:280^359:268,10,1110
runtime.(*mLockProfile).recordUnlock runtime/mprof.go:668 160 16 16 0 ,11 -
runtime.(*mcache).allocLarge runtime/mcache.go:219 544 32 64 0 , -
runtime.(*mcache).nextFree runtime/malloc.go:938 672 40 64 0 0, -
runtime.(*mcache).refill runtime/mcache.go:147 720 16 64 0 0, -
runtime.(*mcentral).cacheSpan runtime/mcentral.go:81 1792 16 136 0 00000, -
runtime.(*mcentral).grow runtime/mcentral.go:250 288 16 56 0 , -
runtime.(*mcentral).uncacheSpan runtime/mcentral.go:204 352 16 40 0 , -
runtime.(*mheap).alloc runtime/mheap.go:953 144 32 64 0 00000, -40+40/32:08
runtime.(*scavengerState).init runtime/mgcscavenge.go:356 592 8 32 0 ,1 - runtime.newobject@118:363,,1
runtime.(*scavengerState).park runtime/mgcscavenge.go:419 176 8 40 0 ,1 - runtime.gopark@114:408/426~runtime/proc.go^83:425,,0
runtime.(*scavengerState).sleep runtime/mgcscavenge.go:465 768 16 112 0 ,1 - runtime.gopark@372:408/19~runtime/proc.go^341:504,,1 runtime.modtimer@330:555/503~runtime/time.go^283:235~runtime/time.go^215:500,,1
runtime.(*spanSet).push runtime/mspanset.go:74 656 16 120 0 000000,1 -
runtime.(*spanSetBlockAlloc).alloc runtime/mspanset.go:312 208 16 40 0 ,10 -
runtime.(*sweepLocked).sweep runtime/mgcsweep.go:499 4304 24 264 0 0000000000,1 -72+16/8:01,-56+24/8:01,-32+24/8:01
runtime.GC runtime/mgc.go:433 496 0 48 0 0, - runtime.gcStart@96:466/469,0, runtime.gcWaitOnMark@58:461/466,0, runtime.mcall@142:342/475~runtime/proc.go^123:476,0,
runtime.Goexit runtime/panic.go:614 160 0 136 0 0000000000000, -104+104/96:6d0d main@98:626/622,1011011010110,
runtime.LockOSThread runtime/proc.go:5188 176 0 24 0 , - runtime.startTemplateThread@42:5193/5195,,
runtime.SetFinalizer runtime/mfinal.go:410 2256 32 224 0 000000000000,0101 -64+48/48:36,-16+16/16:02,0+16/16:02,16+16/16:02
runtime.acquireSudog runtime/proc.go:418 1008 8 120 0 0000,0 - runtime.newobject@736:441,1001,0
runtime.addtimer runtime/time.go:257 448 8 56 0 000,1 - runtime.doaddtimer@240:280/281,110,0
runtime.allgadd runtime/proc.go:618 528 8 88 0 0,1 - runtime.growslice@146:624,0,1
runtime.allocm runtime/proc.go:2057 1072 32 88 0 000000,1100 -24+8/8:01,-16+16/16:02 runtime.malg@398:2117,011000,1000 runtime.mcommoninit@288:2110/2114,011000,1000 runtime.newobject@210:2108,001000,1100
runtime.bgscavenge runtime/mgcscavenge.go:649 208 8 32 0 ,1 - runtime.(*scavengerState).init@48:650/652,,1 runtime.(*scavengerState).park@138:658/659,,0 runtime.(*scavengerState).park#first@90:653/656,,0 runtime.(*scavengerState).sleep@182:662,,0 runtime.chansend1@72:652/653,,0
runtime.bgsweep runtime/mgcsweep.go:271 512 8 56 0 ,1 - runtime.chansend1@132:277/278,,0 runtime.gopark@272:408/299~runtime/proc.go^235:318,,0 runtime.gopark#first@170:408/299~runtime/proc.go^133:278,,0 runtime.goschedIfBusy@442:302/300,,0
runtime.block runtime/select.go:102 96 0 40 0 , - runtime.gopark@60:103/104,,
runtime.call16 runtime/asm_s390x.s:456 240 48 24 0 ,111001 - main@154:456,,111001
runtime.call32 runtime/asm_s390x.s:457 240 48 40 0 ,111001 - main@154:457,,111001
runtime.chanrecv runtime/chan.go:457 2096 32 120 0 000000,11 -16+16/16:02 runtime.acquireSudog@884:563,011000,11 runtime.gopark@1452:583/586,001100,00 runtime.gopark#nil@586:469/470,000000,00
runtime.chanrecv1 runtime/chan.go:441 64 16 40 0 ,11 - runtime.chanrecv@46:442/443,,00
runtime.chanrecv2 runtime/chan.go:446 80 24 40 0 ,11 - runtime.chanrecv@46:447,,00
runtime.chansend runtime/chan.go:160 1936 40 112 0 00000,11 -16+16/16:02 runtime.acquireSudog@720:239,11000,11 runtime.gopanic@1908:206,00000,00 runtime.gopark@1298:259/267,01100,11 runtime.gopark#nil@324:165/166,00000,00
runtime.chansend1 runtime/chan.go:144 80 16 48 0 ,11 - runtime.chansend@58:145/146,,00
runtime.clearpools runtime/mgc.go:1669 544 0 48 0 00, -
runtime.closechan runtime/chan.go:357 1296 8 80 0 000000,1 -24+24/16:02 runtime.gopanic@1266:359,000000,0
runtime.concatstrings runtime/string.go:25 688 48 128 0 000,11000 -
runtime.createfing runtime/mfinal.go:161 128 0 16 0 , - runtime.newproc@100:164/166,,
runtime.deductSweepCredit runtime/mgcsweep.go:895 688 16 56 0 00, -
runtime.deferproc runtime/panic.go:271 304 8 32 0 0,1 - runtime.newdefer@68:278,1,1
runtime.deferreturn runtime/panic.go:592 160 0 136 0 0000000000000, -104+104/96:6d0d main@98:602/598,1011011010110,
runtime.doaddtimer runtime/time.go:290 528 16 96 0 0,11 - runtime.growslice@162:302,0,11
runtime.entersyscallblock_handoff runtime/proc.go:4480 272 0 32 0 0, - runtime.handoffp@232:4487/4488,0,
runtime.evacuate runtime/map.go:1169 1696 24 176 0 000000000000,11 -96+64/64:dd runtime.(*hmap).newoverflow@1046:1242,101110111111,11
runtime.evacuate_fast32 runtime/map_fast32.go:374 1104 24 160 0 00000000000,11 -88+64/64:dd runtime.(*hmap).newoverflow@770:423,10111011111,11
runtime.evacuate_fast64 runtime/map_fast64.go:376 1248 24 160 0 00000000000,11 -88+64/64:dd runtime.(*hmap).newoverflow@770:425,10111011111,11
runtime.evacuate_faststr runtime/map_faststr.go:402 1216 24 176 0 0000000000000,11 -104+64/64:dd runtime.(*hmap).newoverflow@770:451,1011101111100,11
runtime.forcegchelper runtime/proc.go:317 304 0 40 0 , - runtime.gopark@210:408/328^173:326,,
runtime.gcAssistAlloc runtime/mgcmark.go:407 1440 8 96 0 0000000,1 -24+24/16:02
runtime.gcBgMarkStartWorkers runtime/mgc.go:1227 160 0 32 0 , - runtime.newproc@52:1234/1236,,
runtime.gcBgMarkWorker runtime/mgc.go:1276 1488 0 144 0 000000, -24+24/24:06 runtime.gopark@300:1310/580,110000, runtime.newobject@122:1283/1284,010000,
runtime.gcMarkTinyAllocs runtime/mgcmark.go:1743 256 0 88 0 00, -
runtime.gcStart runtime/mgc.go:595 1776 24 160 0 0000000, -40+24/24:06,-16+16/16:02
runtime.gcWaitOnMark runtime/mgc.go:507 224 8 40 0 , - runtime.gopark@100:408/510~runtime/proc.go^63:525,,
runtime.gcenable runtime/mgc.go:200 368 0 40 0 0, - runtime.chanrecv1@294:205/206,1, runtime.makechan@54:202,0, runtime.newobject@84:203,1, runtime.newobject#second@186:204,1, runtime.newproc@168:203/204,1,
runtime.gcenable.gowrap1 runtime/mgc.go:203 128 0 16 0 , - runtime.bgsweep@94:203,,
runtime.gcenable.gowrap2 runtime/mgc.go:204 128 0 16 0 , - runtime.bgscavenge@94:204,,
runtime.goPanicIndex runtime/panic.go:112 176 16 56 0 , - runtime.convTnoptr@134:114,, runtime.gopanic@158:114,,
runtime.goPanicSliceAcap runtime/panic.go:138 176 16 56 0 , - runtime.gopanic@158:140,,
runtime.goexit runtime/asm_s390x.s:773 16 0 0 0 -, - main@2:774/775,-, runtime.forcegchelper@2:774/775,-, runtime.gcBgMarkWorker@2:774/775,-, runtime.gcenable.gowrap1@2:774/775,-, runtime.gcenable.gowrap2@2:774/775,-, runtime.main@2:774/775,-, runtime.runfinq@2:774/775,-,
runtime.goexit0 runtime/proc.go:4179 80 8 16 0 ,1 - runtime.schedule@54:4181/4182,,0
runtime.gopanic runtime/panic.go:720 928 16 168 0 000000000000000,01 -120+104/96:6d0d main@282:770/766,101101101011000,00
runtime.gopark runtime/proc.go:385 368 32 24 0 ,11 - stop@310:402/403,,00
runtime.goschedIfBusy runtime/proc.go:358 112 0 16 0 , - runtime.mcall@74:365/366,,
runtime.goschedImpl runtime/proc.go:4039 976 16 72 0 00,1 - runtime.schedule@532:4065/4066,00,0
runtime.gosched_m runtime/proc.go:4069 80 8 24 0 ,1 - runtime.goschedImpl@52:4070/4071,,0
runtime.goyield_m runtime/proc.go:4152 384 8 56 0 00,1 - runtime.schedule@352:4162/4163,00,0
runtime.greyobject runtime/mgcmark.go:1615 960 48 64 0 ,00001 -
runtime.growWork runtime/map.go:1145 176 24 32 0 ,11 - runtime.evacuate@108:1148/1118,,11 runtime.evacuate#second@150:1152/1154,,00
runtime.growWork_fast32 runtime/map_fast32.go:363 176 24 32 0 ,11 - runtime.evacuate_fast32@108:366/1118,,11 runtime.evacuate_fast32#second@150:370/372,,00
runtime.growWork_fast64 runtime/map_fast64.go:365 176 24 32 0 ,11 - runtime.evacuate_fast64@108:368/1118,,11 runtime.evacuate_fast64#second@150:372/374,,00
runtime.growWork_faststr runtime/map_faststr.go:391 176 24 32 0 ,11 - runtime.evacuate_faststr@108:394/1118,,11 runtime.evacuate_faststr#second@150:398/400,,00
runtime.growslice runtime/slice.go:155 1984 64 80 0 0,100010 -
runtime.handoffp runtime/proc.go:2905 1264 8 40 0 ,1 - runtime.startm@1230:2911/2912,,0 runtime.startm#spinning@614:2928/2929,,0
runtime.hashGrow runtime/map.go:1053 736 16 72 0 00,11 - runtime.makeBucketArray@164:1063/1065,10,01 runtime.newobject@540:1087,01,01
runtime.init.5 runtime/proc.go:313 80 0 16 0 , - runtime.newproc@48:314/315,,
runtime.lock2 runtime/lock_futex.go:55 656 8 96 0 0000,1 -32+32/8:01
runtime.mProf_Malloc runtime/mprof.go:425 496 16 384 0 00000,1 -24+24/16:02
runtime.main runtime/proc.go:146 1264 0 112 1232 00000, -24+16/16:02 main@754:271/194,00001, runtime.gcenable@410:210/212,00001, runtime.makechan@434:212,00001,
runtime.main.func1 runtime/proc.go:171 96 0 32 0 , - runtime.newm@60:172/173,,
runtime.makeBucketArray runtime/map.go:346 704 40 56 0 0,10100 - runtime.newarray@482:364,0,10000
runtime.makechan runtime/chan.go:72 720 24 64 0 00,100 - runtime.newobject@328:106,10,000
runtime.makemap runtime/map.go:305 624 32 80 0 000,1010 - runtime.makeBucketArray@324:330,001,0000 runtime.newobject@198:313,000,1000 runtime.newobject#extra@436:332,101,0000
runtime.makemap_small runtime/map.go:294 128 8 40 0 0,0 - runtime.newobject@48:295,0,0
runtime.makeslice runtime/slice.go:92 416 32 40 0 ,1000 - runtime.gopanic@280:29/101^255:102,,0000
runtime.malg runtime/proc.go:4855 256 16 64 0 0000,00 -24+24/16:02 runtime.newobject@48:4856,0000,00
runtime.mallocgc runtime/malloc.go:971 2976 32 136 0 00000,0100 -
runtime.mapassign runtime/map.go:579 1744 32 128 0 0000000,1110 - runtime.(*hmap).newoverflow@1128:665,0000000,1110 runtime.growWork@426:611/613,0000000,1110 runtime.hashGrow@320:659/660,0000000,1110 runtime.mallocgc@216:1390~runtime/malloc.go^183:605,0000000,1110 runtime.mallocgc#elem@1412:1390/679~runtime/malloc.go^1377:678,0111000,1110 runtime.mallocgc#key@1258:1390/674~runtime/malloc.go^1223:673,0011001,1110
runtime.mapassign_fast32 runtime/map_fast32.go:93 1040 32 64 0 0,1100 - runtime.(*hmap).newoverflow@770:163,0,1100 runtime.growWork_fast32@424:116/118,0,1100 runtime.hashGrow@318:157/158,0,1100 runtime.mallocgc@214:1390~runtime/malloc.go^181:110,0,1100
runtime.mapassign_fast64 runtime/map_fast64.go:93 1040 32 64 0 0,1100 - runtime.(*hmap).newoverflow@770:163,0,1100 runtime.gopanic@1014:95,0,0000 runtime.growWork_fast64@424:116/118,0,1100 runtime.hashGrow@318:157/158,0,1100 runtime.mallocgc@214:1390~runtime/malloc.go^181:110,0,1100
runtime.mapassign_faststr runtime/map_faststr.go:203 1344 40 112 0 0000,11100 16+16/8:01 runtime.(*hmap).newoverflow@1034:282,0000,11100 runtime.growWork_faststr@424:227/229,0000,11100 runtime.hashGrow@318:276/277,0000,11100 runtime.mallocgc@214:1390~runtime/malloc.go^181:221,0000,11100
runtime.mcall runtime/asm_s390x.s:210 96 8 16 0 -,1 - *@90:230/231,-,1
runtime.mcommoninit runtime/proc.go:889 608 16 48 0 ,1 - runtime.malg@208:375~runtime/os_linux.go^191:907,,1
runtime.modtimer runtime/time.go:439 1440 64 64 0 0000,100101 - runtime.doaddtimer@986:508/509,1101,000000
runtime.mstart runtime/asm_s390x.s:173 48 -2147483648 8 0 -, - runtime.mstart0@24:174/175,-,
runtime.mstart0 runtime/proc.go:1660 176 0 32 0 , - runtime.mstart1@140:1686/1695,,
runtime.mstart1 runtime/proc.go:1702 304 0 32 0 0, - *@178:1729/1732,1,
runtime.netpollblock runtime/netpoll.go:546 528 24 48 0 0, - runtime.gopark@368:573/409,1,
runtime.newArenaMayUnlock runtime/mheap.go:2238 256 8 48 0 0, -
runtime.newBucket runtime/mprof.go:217 208 24 40 0 , -
runtime.newMarkBits runtime/mheap.go:2142 944 16 56 0 , -
runtime.newarray runtime/malloc.go:1404 288 24 40 0 ,100 -
runtime.newdefer runtime/panic.go:501 768 8 120 0 0000,0 - runtime.newobject@326:525,0000,0
runtime.newm runtime/proc.go:2631 496 24 48 0 0,11 - runtime.allocm@96:2644,0,01
runtime.newobject runtime/malloc.go:1389 96 16 40 0 ,10 -
runtime.newproc runtime/proc.go:4874 128 8 48 0 0000,1 -32+32/24:06
runtime.newproc.func1 runtime/proc.go:4877 160 0 40 0 , - runtime.newproc1@60:4878,,
runtime.newproc1 runtime/proc.go:4892 1376 32 96 0 00000,1100 - runtime.allgadd@208:4903/4905,01101,1100 runtime.malg@160:4901,01001,1100
runtime.panicdivide runtime/panic.go:238 128 0 24 0 , - runtime.gopanic@98:240,,
runtime.panicdottypeE runtime/iface.go:261 176 24 32 0 ,111 - runtime.gopanic@128:262,,000 runtime.newobject@48:262,,111
runtime.park_m runtime/proc.go:4007 752 8 80 0 000,1 - *@390:4023,001,1 runtime.schedule@722:4036/4037,000,0
runtime.persistentalloc runtime/malloc.go:1526 144 32 64 0 00000,0010 -40+40/40:12
runtime.profilealloc runtime/malloc.go:1420 224 24 32 0 ,11 -
runtime.resetForSleep runtime/time.go:202 144 24 72 0 ,01 - runtime.modtimer@102:555/205^31:204,,00
runtime.retake runtime/proc.go:6104 1008 16 80 0 00, - runtime.handoffp@812:6165/6163,00,
runtime.rt0_go runtime/asm_s390x.s:87 272 -2147483648 208 0 -, - runtime.newproc@236:154/155,-,
runtime.runfinq runtime/mfinal.go:177 1552 0 192 0 000000000, - runtime.call16@1262:256/257,000100011, runtime.call32@1262:256/257,000100011, runtime.gopark@314:194/216,001000000, runtime.lock2@188:24/191~runtime/lockrank_off.go^169:52~runtime/lock_futex.go^473:190,001000000,
runtime.schedule runtime/proc.go:3839 912 0 56 0 00, - runtime.stoplockedm@84:3847/3848,10,
runtime.selectgo runtime/select.go:121 5968 64 312 0 000000000000000000000,110 -56+56/40:12 runtime.acquireSudog@1226:298,000011101000010000000,100 runtime.gopanic@3834:515/377,000000000000000000000,000 runtime.gopark@2094:327/328,000001100000100000000,100
runtime.semacquire1 runtime/sema.go:114 928 40 80 0 000,1 - runtime.acquireSudog@122:131,000,1 runtime.gopark@580:408/161~runtime/proc.go^525:160,101,1
runtime.semrelease1 runtime/sema.go:175 736 24 88 0 000,1 -
runtime.sigpanic runtime/signal_unix.go:862 1232 0 96 0 0000, -24+24/8:01 runtime.gopanic@1068:261/880~runtime/panic.go^999:881,0000,
runtime.startTemplateThread runtime/proc.go:2709 288 0 40 0 0, - runtime.newm@200:2721/2722,1,
runtime.startm runtime/proc.go:2809 912 16 64 0 000,1 - runtime.newm@430:2870/2872,100,0
runtime.stkbucket runtime/mprof.go:263 1360 56 88 0 00,001 -
runtime.stoplockedm runtime/proc.go:3013 880 0 80 0 0000, - runtime.handoffp@98:3022/3024,0010,
runtime.sweepone runtime/mgcsweep.go:353 896 8 88 0 0, -
runtime.sysmon runtime/proc.go:5946 1456 0 112 0 , - runtime.retake@1108:6071,,
runtime.systemstack runtime/asm_s390x.s:244 176 8 8 0 -,1 - *@114:276/279,-,1
runtime.systemstack_switch runtime/asm_s390x.s:238 48 0 8 0 -, - stop@16:238,-,
runtime.unlock2 runtime/lock_futex.go:124 288 8 32 0 0,1 -
runtime/debug.WriteHeapDump runtime/heapdump.go:22 256 8 5848 0 000, -24+24/16:02 runtime.systemstack_switch@188:32/40,000,
sync.(*Cond).Wait sync/cond.go:66 320 8 48 0 00,1 -8+8/8:01 sync.runtime_notifyListWait@222:70/71,00,1
sync.(*Mutex).lockSlow sync/mutex.go:117 944 8 72 0 ,1 - sync.runtime_SemacquireMutex@530:171/172,,1
sync.(*Once).doSlow sync/once.go:69 400 16 80 356 0000000,11 -48+16/16:02,-32+16/16:02 main@246:74/73,0000011,00
sync.(*RWMutex).Lock sync/rwmutex.go:140 208 8 32 0 ,1 - sync.(*Mutex).lockSlow@82:90/88~sync/mutex.go^31:146,,1 sync.runtime_SemacquireRWMutex@178:151/158,,0
sync.(*WaitGroup).Wait sync/waitgroup.go:91 192 8 24 0 ,1 - sync.runtime_Semacquire@106:116/145,,1
sync.runtime_Semacquire runtime/sema.go:61 96 8 48 0 ,1 - runtime.semacquire1@68:62/63,,0
sync.runtime_SemacquireMutex runtime/sema.go:76 112 24 48 0 ,1 - runtime.semacquire1@80:77/78,,0
sync.runtime_SemacquireRWMutex runtime/sema.go:86 112 24 48 0 ,1 - runtime.semacquire1@80:87/88,,0
sync.runtime_SemacquireRWMutexR runtime/sema.go:81 112 24 48 0 ,1 - runtime.semacquire1@80:82/83,,0
sync.runtime_notifyListWait runtime/sema.go:544 576 16 64 0 00,1 - runtime.acquireSudog@100:554,01,1 runtime.gopark@444:408/570~runtime/proc.go^407:569,10,0
syscall.Syscall syscall/syscall_linux.go:68 176 56 112 0 , - stop@24:69/82,,
syscall.read syscall/zsyscall_linux_s390x.go:729 288 56 80 0 0,0100000 -8+8/8:01 syscall.Syscall@96:736,1,0000000
time.NewTimer time/sleep.go:86 304 16 56 0 00,00 - runtime.makechan@54:87,00,00 runtime.newobject@114:88,01,00 time.startTimer@258:96/97,10,00
time.Sleep runtime/time.go:178 368 8 64 0 00, - runtime.gopark@322:195/196,00, runtime.newobject@82:186/187,01,
time.startTimer runtime/time.go:211 80 8 16 0 ,1 - runtime.addtimer@48:215/216,,0
`,
};
