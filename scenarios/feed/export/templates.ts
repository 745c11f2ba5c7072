/** Test files that people take into their project: each asks for one function, and calls the reader by it. */

const notice = 'Written by goheapsim feed export.';

/** A fuzz target of Go's own fuzzer. */
export function fuzzTestGo(packageName: string): string {
  return `// ${notice}

package ${packageName}

import "testing"

// FuzzReadDump needs, in this package, a function that reads a dump to its end:
//
//	func readDump(data []byte) error
//
// The seeds are in testdata/fuzz/FuzzReadDump; go test runs them, go test -fuzz=FuzzReadDump goes on from them.
func FuzzReadDump(f *testing.F) {
	f.Fuzz(func(t *testing.T, data []byte) {
		_ = readDump(data)
	})
}
`;
}

/** A table test in Go that reads the manifest. */
export function tableTestGo(packageName: string): string {
  return `// ${notice}

package ${packageName}

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// allowedFlags are the flags of "may" cases that this reader accepts.
var allowedFlags = map[string]bool{}

// TestDumps needs, in this package, a function that reads a dump to its end:
//
//	func readDump(data []byte) error
func TestDumps(t *testing.T) {
	const folder = "."
	manifest, err := os.Open(filepath.Join(folder, "manifest.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer manifest.Close()
	lines := bufio.NewScanner(manifest)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var c struct {
			ID, File, Expect, Reason string
			Flags                    []string
		}
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		if c.File == "" {
			continue
		}
		t.Run(c.ID, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join(folder, c.File))
			if err != nil {
				t.Fatal(err)
			}
			accept := c.Expect != "reject"
			for _, flag := range c.Flags {
				accept = accept && allowedFlags[flag]
			}
			err = readDump(data)
			if accept && err != nil {
				t.Errorf("want it read: %s; got %v", c.Reason, err)
			}
			if !accept && err == nil {
				t.Errorf("want an error: %s", c.Reason)
			}
		})
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
}
`;
}

/** A table test for vitest that reads the manifest. */
export function tableTestVitest(): string {
  return `// ${notice}
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
// A function that reads a dump to its end and throws if it cannot: readDump(bytes: Uint8Array).
import { readDump } from './read-dump';

/** Flags of "may" cases that this reader accepts. */
const allowedFlags: string[] = [];

const read = (path: string) => readFileSync(new URL(path, import.meta.url));

const cases = read('./manifest.jsonl')
  .toString()
  .split('\\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line))
  .filter(({ file }) => file !== undefined);

describe('heap dumps', () => {
  test.each(cases)('$id: $expect: $reason', async ({ file, expect: verdict, flags }) => {
    const accept = verdict !== 'reject' && flags.every((flag: string) => allowedFlags.includes(flag));
    const reading = (async () => readDump(read(\`./\${file}\`)))();
    if (accept) await reading;
    else await expect(reading).rejects.toThrow();
  });
});
`;
}

/** A table test for pytest that reads the manifest. */
export function tableTestPytest(): string {
  return `# ${notice}
import json
import pathlib

import pytest

# A function that reads a dump to its end and raises if it cannot: read_dump(data: bytes).
from read_dump import read_dump

# Flags of "may" cases that this reader accepts.
ALLOWED_FLAGS: set[str] = set()

FOLDER = pathlib.Path(__file__).parent
with open(FOLDER / "manifest.jsonl", encoding="utf-8") as manifest:
    CASES = [json.loads(line) for line in manifest]


@pytest.mark.parametrize("case", [c for c in CASES if "file" in c], ids=lambda case: case["id"])
def test_dump(case):
    data = (FOLDER / case["file"]).read_bytes()
    accept = case["expect"] != "reject" and ALLOWED_FLAGS.issuperset(case["flags"])
    if accept:
        read_dump(data)
    else:
        with pytest.raises(Exception):
            read_dump(data)
`;
}

/** Settings of a libFuzzer target for OSS-Fuzz and ClusterFuzzLite. */
export function fuzzerOptions(name: string): string {
  return `[libfuzzer]
dict = ${name}.dict
max_len = 65536
timeout = 10
rss_limit_mb = 512
`;
}
