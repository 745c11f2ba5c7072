/** Go heap dumps: reading, verifying, comparing, loading and writing them. */

export type {
  ChangedObject,
  DiffObject,
  DiffOptions,
  DiffValue,
  DumpDiff,
  FieldChange,
  GoroutineChange,
  MovedObject,
  RecordChange,
  RootChange,
  StatChange,
  Tally,
} from './diff.ts';
export { diffDumps, diffDumpsAsync } from './diff.ts';
export type { Defect, DefectPlace, Severity } from './dump-error.ts';
export { DumpError } from './dump-error.ts';
export type { Base } from './feed/base.ts';
export { feedBase } from './feed/base.ts';
export { operations } from './feed/catalogue.ts';
export type { Content } from './feed/content.ts';
export type { Mutant, Operation } from './feed/operation.ts';
export type { ScrubOptions, ScrubReport } from './feed/scrub.ts';
export { newScrubReport, scrub, scrubAsync } from './feed/scrub.ts';
export type { Candidate, ShrinkOptions, ShrinkResult } from './feed/shrink.ts';
export { shrink, shrinkSteps } from './feed/shrink.ts';
export { allMutants, MutantStream, mutantAt, mutantOf } from './feed/stream.ts';
export type { RecipeStep, Verdict } from './feed/verdict.ts';
export { dumpDone, FieldCursor, fieldReady, needInput } from './field-cursor.ts';
export type { DumpField } from './field-index.ts';
export { FieldIndex } from './field-index.ts';
export { step } from './field-program.ts';
export type { RootChain } from './graph.ts';
export { graphOfDump, graphOfDumpAsync, ObjectGraph } from './graph.ts';
export type { GraphRoot } from './graph-roots.ts';
export { RootReader } from './graph-roots.ts';
export type { DumpSink, HeapdumpOptions } from './heapdump.ts';
export { newHeapdump, writeheapdumpM } from './heapdump.ts';
export type { HexdumpOptions, HexLine } from './hexdump.ts';
export { formatHexLine, hexdump } from './hexdump.ts';
export type { ItabType } from './itab-types.ts';
export { itabTypes } from './itab-types.ts';
export { loadDump, loadDumpAsync } from './load.ts';
export { ObjectIndex } from './object-index.ts';
export type {
  AsyncDumpInput,
  DumpInput,
  DumpVisitor,
  ObjectView,
  ReadOptions,
  RecordsOptions,
} from './reader.ts';
export {
  DumpReader,
  decodeText,
  ownObject,
  readDump,
  readDumpAsync,
  visitDump,
  visitDumpAsync,
} from './reader.ts';
export type { DumpRecord, RecordKind, RecordOfKind, RecordPlace, Text, Uint64 } from './records.ts';
export { dumpHeaders, recordSpecOf, recordTable } from './records.ts';
export type { VerifyOptions, VerifyResult } from './verify.ts';
export { verifyDump, verifyDumpAsync } from './verify.ts';
export type { VerifyRuleId } from './verify-rules.ts';
export { verifyRules } from './verify-rules.ts';
export { writeBufferBytes } from './write-rule.ts';
