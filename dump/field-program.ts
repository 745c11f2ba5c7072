/**
 * The record table compiled for the field cursor: one short program of steps for each record kind.
 */

import type { FieldSpec, RecordKind, RecordSpec, ScalarSpec } from './records.ts';
import { dumpHeaders, recordTable } from './records.ts';

/** What a step reads. Only `loop` reads nothing. */
export const step = {
  header: 0,
  tag: 1,
  uvarint: 2,
  bool: 3,
  /** The uvarint before a string or memory. */
  length: 4,
  bytes: 5,
  fieldKind: 6,
  fieldOffset: 7,
  /** The uvarint before a repeated group. */
  count: 8,
  loop: 9,
  /** Bytes after the EOF record. */
  trailing: 10,
} as const;

type StepCode = (typeof step)[keyof typeof step];

export interface Step {
  readonly code: StepCode;
  /** Key of the value in its record, or in an element of its group. */
  readonly name: string;
  /** The repeated field that this step belongs to; '' outside. */
  readonly group: string;
  /** The format's type of the value: how to show it. */
  readonly type: ScalarSpec['type'] | 'header' | 'tag' | 'count' | 'trailing';
  /** count and loop: where the group's first step is. */
  readonly target: number;
  /** loop: rounds, -1 if a count was read. */
  readonly rounds: number;
  /** Whether a number stands where newer formats have a string. */
  readonly asText: boolean;
  readonly doc: string;
  readonly go: string;
}

export interface RecordProgram {
  readonly tag: number;
  readonly kind: RecordKind;
  readonly steps: readonly Step[];
}

const scalarSteps: Record<ScalarSpec['type'], readonly StepCode[]> = {
  uvarint: [step.uvarint],
  address: [step.uvarint],
  bool: [step.bool],
  string: [step.length, step.bytes],
  memory: [step.length, step.bytes],
  fieldList: [step.fieldKind, step.fieldOffset],
};

function compileScalar(spec: ScalarSpec, group: string, header: string): Step[] {
  const type = spec.formerly?.[header] ?? spec.type;
  return scalarSteps[type].map((code) => ({
    code,
    name: spec.name,
    group,
    type,
    target: 0,
    rounds: 0,
    asText: spec.type === 'string' && type === 'uvarint',
    doc: spec.doc,
    go: spec.go,
  }));
}

function compileField(spec: FieldSpec, at: number, header: string): Step[] {
  if (spec.type !== 'repeat') return compileScalar(spec, '', header);
  const common = {
    name: spec.name,
    group: spec.name,
    type: 'count',
    asText: false,
    doc: spec.doc,
    go: spec.go,
  } as const;
  const declared = spec.count === 'declared';
  const target = at + (declared ? 1 : 0);
  const body = spec.of.flatMap((of) => compileScalar(of, spec.name, header));
  const loop = {
    ...common,
    code: step.loop,
    target,
    rounds: declared ? -1 : (spec.count as number),
  } as const;
  if (!declared) return [...body, loop];
  const afterLoop = target + body.length + 1;
  return [{ ...common, code: step.count, target: afterLoop, rounds: 0 } as Step, ...body, loop];
}

function compileRecord(spec: RecordSpec, header: string): Step[] {
  const steps: Step[] = [
    {
      code: step.tag,
      name: 'tag',
      group: '',
      type: 'tag',
      target: 0,
      rounds: 0,
      asText: false,
      doc: `the record's kind: ${spec.title}`,
      go: spec.go,
    },
  ];
  for (const field of spec.fields) steps.push(...compileField(field, steps.length, header));
  return steps;
}

const lone = (code: StepCode, type: 'header' | 'trailing', doc: string): Step => ({
  code,
  name: type,
  group: '',
  type,
  target: 0,
  rounds: 0,
  asText: false,
  doc,
  go: 'mdump',
});

/** The step of the file's first 16 bytes. */
export const headerStep: Step = lone(step.header, 'header', 'magic and version of the format');

/** The step of bytes after the EOF record. */
export const trailingStep: Step = lone(step.trailing, 'trailing', 'bytes that belong to no record');

/** Stands for a record whose kind is not known yet. */
export const tagStep: Step = {
  ...lone(step.tag, 'header', "the record's kind"),
  name: 'tag',
  type: 'tag',
};

function compileTable(header: string): readonly RecordProgram[] {
  return recordTable.map((spec) => ({
    tag: spec.tag,
    kind: spec.kind,
    steps: compileRecord(spec, header),
  }));
}

const programs = new Map<string, readonly RecordProgram[]>(
  dumpHeaders.map((header) => [header, compileTable(header)]),
);

/** The table compiled for a known header; programs are indexed by tag. */
export function programsOf(
  header: (typeof dumpHeaders)[number] = dumpHeaders[3],
): readonly RecordProgram[] {
  return programs.get(header)!;
}
