/** The suite as other tools take it: what each format writes into its folder. */
import { downloadZip } from 'client-zip';
import type { FolderWriter } from '../output-folder.ts';
import { suiteCases } from '../suite/index.ts';
import { writeSuite } from '../suite-folder.ts';
import { dictionary } from './dictionary.ts';
import {
  fuzzerOptions,
  fuzzTestGo,
  tableTestGo,
  tableTestPytest,
  tableTestVitest,
} from './templates.ts';

/** What the user calls things. */
interface ExportNames {
  /** Of a fuzz target outside of Go. */
  readonly target: string;
  /** Of the Go package that the test files are for. */
  readonly packageName: string;
}

export interface ExportFormat {
  readonly summary: string;
  /** How to use it, a line each; FOLDER stands for the folder's name. */
  readonly next: readonly string[];
  write(folder: FolderWriter, names: ExportNames): Promise<void>;
}

interface Seed {
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** The small dumps: what a fuzzer begins with. */
function* seeds(): Generator<Seed> {
  for (const { id, content, large } of suiteCases()) {
    if (!large) yield { id, bytes: content.bytes() };
  }
}

/** A file of Go's fuzzer that holds bytes. */
function goFuzzFile(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) {
    const isPlain = byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c;
    text += isPlain ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`;
  }
  return `go test fuzz v1\n[]byte("${text}")\n`;
}

/** A zip archive of the seeds, stored as they are: its bytes depend on neither the time, its zone, nor a compressor. */
async function seedArchive(): Promise<Uint8Array> {
  // An archive has local times, and is made of a local time: the same everywhere.
  const lastModified = new Date(1980, 0, 1);
  const files = Array.from(seeds(), ({ id, bytes }) => ({ name: id, input: bytes, lastModified }));
  return new Uint8Array(await downloadZip(files).arrayBuffer());
}

export const exportFormats: Readonly<Record<string, ExportFormat>> = {
  'go-fuzz': {
    summary: "seeds of Go's own fuzzer and a fuzz target",
    next: [
      'cp -r FOLDER/. my/package && cd my/package',
      'go test -run FuzzReadDump',
      'go test -fuzz FuzzReadDump',
    ],
    async write(folder, { packageName }) {
      folder.write('fuzz_dump_test.go', fuzzTestGo(packageName));
      for (const { id, bytes } of seeds()) {
        folder.write(`testdata/fuzz/FuzzReadDump/${id}`, goFuzzFile(bytes));
      }
    },
  },
  'oss-fuzz': {
    summary: 'for OSS-Fuzz and ClusterFuzzLite: seed corpus, dictionary, options',
    next: ['cp FOLDER/* $OUT/    # in build.sh, beside the target of that name'],
    async write(folder, { target }) {
      folder.write(`${target}_seed_corpus.zip`, await seedArchive());
      folder.write(`${target}.dict`, dictionary());
      folder.write(`${target}.options`, fuzzerOptions(target));
    },
  },
  afl: {
    summary: 'for AFL++: seeds and a dictionary',
    next: ['afl-fuzz -i FOLDER/in -x FOLDER/heapdump.dict -o findings -- ./reader @@'],
    async write(folder) {
      for (const { id, bytes } of seeds()) folder.write(`in/${id}`, bytes);
      folder.write('heapdump.dict', dictionary());
    },
  },
  libfuzzer: {
    summary: 'for libFuzzer: a corpus and a dictionary',
    next: ['./fuzzer -dict=FOLDER/heapdump.dict new-corpus FOLDER/corpus'],
    async write(folder) {
      for (const { id, bytes } of seeds()) folder.write(`corpus/${id}`, bytes);
      folder.write('heapdump.dict', dictionary());
    },
  },
  tests: {
    summary: 'the suite with table tests for Go, vitest and pytest that read its manifest',
    next: [
      'cp -r FOLDER/. my/tests    # keep the test file of your language, and give it your reader',
    ],
    async write(folder, { packageName }) {
      await writeSuite(folder, () => {});
      folder.write('dumps_test.go', tableTestGo(packageName));
      folder.write('dumps.test.ts', tableTestVitest());
      folder.write('test_dumps.py', tableTestPytest());
    },
  },
  recipes: {
    summary: 'the manifest alone: dumps are made when they are needed',
    next: [
      "goheapsim feed run --cases FOLDER -t './reader {}'    # the large ones only with --large",
      "jq -r 'select(.bytes < 2e6) | .id' FOLDER/manifest.jsonl |",
      '  while read -r id; do goheapsim feed make $id -o - | ./reader /dev/stdin; done',
    ],
    async write(folder) {
      await writeSuite(folder, () => {}, false);
    },
  },
};
