/**
 * Why a goroutine waits, and what dumps and tracebacks say of it.
 *
 * @go runtime/runtime2.go waitReason
 */
export const waitReasonChanReceiveNilChan = 3;
export const waitReasonChanSendNilChan = 4;
export const waitReasonDumpingHeap = 5;
export const waitReasonSelect = 9;
export const waitReasonSelectNoCases = 10;
export const waitReasonGCSweepWait = 12;
export const waitReasonGCScavengeWait = 13;
export const waitReasonChanReceive = 14;
export const waitReasonChanSend = 15;
export const waitReasonFinalizerWait = 16;
export const waitReasonForceGCIdle = 17;
export const waitReasonSemacquire = 18;
export const waitReasonSleep = 19;
export const waitReasonSyncCondWait = 20;
export const waitReasonSyncMutexLock = 21;
export const waitReasonSyncRWMutexRLock = 22;
export const waitReasonSyncRWMutexLock = 23;
export const waitReasonWaitForGCCycle = 25;
export const waitReasonGCWorkerIdle = 26;

/** Text of each wait reason. */
export const waitReasonStrings: readonly string[] = [
  '',
  'GC assist marking',
  'IO wait',
  'chan receive (nil chan)',
  'chan send (nil chan)',
  'dumping heap',
  'garbage collection',
  'garbage collection scan',
  'panicwait',
  'select',
  'select (no cases)',
  'GC assist wait',
  'GC sweep wait',
  'GC scavenge wait',
  'chan receive',
  'chan send',
  'finalizer wait',
  'force gc (idle)',
  'semacquire',
  'sleep',
  'sync.Cond.Wait',
  'sync.Mutex.Lock',
  'sync.RWMutex.RLock',
  'sync.RWMutex.Lock',
  'trace reader (blocked)',
  'wait for GC cycle',
  'GC worker (idle)',
  'GC worker (active)',
  'preempted',
  'debug call',
  'GC mark termination',
  'stopping the world',
  'flushing proc caches',
  'trace goroutine status',
  'trace proc status',
  'page trace flush',
  'coroutine',
];
