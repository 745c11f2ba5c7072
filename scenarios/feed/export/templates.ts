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
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"
)

// allowedFlags are the flags of "may" cases that this reader accepts.
var allowedFlags = map[string]bool{}

// lackedFeatures are those that this reader does not have: dumps with them are skipped.
var lackedFeatures = map[string]bool{}

// read needs, in this package, a function that reads a dump to its end:
//
//	func readDump(data []byte) error
//
// Instead of nil it may give what was found, of which encoding/json makes an object: each name that the facts in the
// manifest have too is compared.
func read(data []byte) (found any, err error) {
	return nil, readDump(data)
}

type dumpCase struct {
	ID, File, Expect, Reason string
	Flags, Features          []string
	Facts                    json.RawMessage
}

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
		var c dumpCase
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
			testDump(t, c, data)
		})
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
}

func testDump(t *testing.T, c dumpCase, data []byte) {
	for _, feature := range c.Features {
		if lackedFeatures[feature] {
			t.Skip("lacks " + feature)
		}
	}
	accept := c.Expect != "reject"
	for _, flag := range c.Flags {
		accept = accept && allowedFlags[flag]
	}
	found, err := read(data)
	var crash runtime.Error
	if errors.As(err, &crash) {
		t.Fatalf("a crash is no refusal: %v", err)
	}
	if !accept {
		if err == nil {
			t.Errorf("want an error: %s", c.Reason)
		}
		return
	}
	if err != nil {
		t.Fatalf("want it read: %s; got %v", c.Reason, err)
	}
	facts, _ := plain(t, c.Facts).(map[string]any)
	text, err := json.Marshal(found)
	if err != nil {
		t.Fatal(err)
	}
	told, _ := plain(t, text).(map[string]any)
	for name, got := range told {
		if want, ok := facts[name]; ok && !same(got, want) {
			t.Errorf("%s: want %v, got %v", name, want, got)
		}
	}
}

// plain is JSON whose numbers keep all their digits.
func plain(t *testing.T, text []byte) (value any) {
	if len(text) == 0 {
		return nil
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&value); err != nil {
		t.Fatal(err)
	}
	return value
}

// same compares the names that both have. A number for a list is its length; large numbers are strings in the manifest.
func same(got, want any) bool {
	switch want := want.(type) {
	case map[string]any:
		if told, ok := got.(map[string]any); ok {
			for name, inner := range told {
				if fact, ok := want[name]; ok && !same(inner, fact) {
					return false
				}
			}
			return true
		}
		// Long lists and texts are summed up.
		switch got := got.(type) {
		case []any:
			return same(json.Number(strconv.Itoa(len(got))), want["count"])
		case string:
			return want["bytes"] == nil || same(json.Number(strconv.Itoa(len(got))), want["bytes"])
		}
		return want["count"] == got
	case []any:
		if told, ok := got.([]any); ok {
			for i := range told {
				if len(told) != len(want) || !same(told[i], want[i]) {
					return false
				}
			}
			return len(told) == len(want)
		}
		return got == json.Number(strconv.Itoa(len(want)))
	case string:
		number, ok := got.(json.Number)
		return got == want || ok && number.String() == want
	}
	return got == want
}
`;
}

/** A table test for vitest that reads the manifest. */
export function tableTestVitest(): string {
  return `// ${notice}
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
// readDump(bytes: Uint8Array) reads a dump to its end, and throws a DumpError if it cannot. What it gives back may be an
// object with what it found: each name that the facts in the manifest have too is compared.
import { DumpError, readDump } from './read-dump';

/** What the reader throws for a dump that it refuses. Any other error is a crash, and fails. */
const REJECTS = DumpError;

/** Flags of "may" cases that this reader accepts. */
const ALLOWED_FLAGS: string[] = [];

/** Features that it does not have: dumps with them are skipped. */
const LACKED_FEATURES: string[] = [];

const read = (path: string) => readFileSync(new URL(path, import.meta.url));

const cases = read('./manifest.jsonl')
  .toString()
  .split('\\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line))
  .filter(({ file }) => file !== undefined);

type Group = Record<string, unknown>;
const isGroup = (value: unknown): value is Group =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Compares the names that both have. A number for a list is its length; large numbers are strings in the manifest. */
function same(got: unknown, want: unknown): boolean {
  if (isGroup(want)) {
    if (isGroup(got)) return Object.keys(got).every((name) => !(name in want) || same(got[name], want[name]));
    // Long lists and texts are summed up.
    if (Array.isArray(got)) return got.length === want.count;
    if (typeof got === 'string') return want.bytes === undefined || Buffer.byteLength(got) === want.bytes;
    return got === want.count;
  }
  if (Array.isArray(want)) {
    if (!Array.isArray(got)) return got === want.length;
    return got.length === want.length && got.every((entry, i) => same(entry, want[i]));
  }
  return got === want || (['number', 'bigint'].includes(typeof got) && String(got) === String(want));
}

describe('heap dumps', () => {
  for (const { id, file, expect: verdict, reason, flags, features, facts = {} } of cases) {
    const isLacked = features.some((feature: string) => LACKED_FEATURES.includes(feature));
    (isLacked ? test.skip : test)(\`\${id}: \${verdict}: \${reason}\`, async () => {
      const accept = verdict !== 'reject' && flags.every((flag: string) => ALLOWED_FLAGS.includes(flag));
      const reading = (async () => readDump(new Uint8Array(read(\`./\${file}\`))))();
      if (!accept) {
        await expect(reading).rejects.toBeInstanceOf(REJECTS);
        return;
      }
      const found: unknown = await reading;
      if (!isGroup(found)) return;
      const wrong = Object.keys(found).filter((name) => name in facts && !same(found[name], facts[name]));
      expect(wrong).toEqual([]);
    });
  }
});
`;
}

/** A table test for pytest that reads the manifest. */
export function tableTestPytest(): string {
  return `# ${notice}
import json
import pathlib

import pytest

# read_dump(data: bytes) reads a dump to its end, and raises a DumpError if it cannot. What it gives back may be a dict
# with what it found: each name that the facts in the manifest have too is compared.
from read_dump import DumpError, read_dump

# What the reader raises for a dump that it refuses. Any other error is a crash, and fails.
REJECTS = DumpError

# Flags of "may" cases that this reader accepts.
ALLOWED_FLAGS: set[str] = set()

# Features that it does not have: dumps with them are skipped.
LACKED_FEATURES: set[str] = set()

FOLDER = pathlib.Path(__file__).parent
with open(FOLDER / "manifest.jsonl", encoding="utf-8") as manifest:
    CASES = [json.loads(line) for line in manifest]


def same(got, want):
    """Compares the names that both have. A number for a list is its length; large numbers are strings in the manifest."""
    if isinstance(want, dict):
        if isinstance(got, dict):
            return all(same(got[name], want[name]) for name in got.keys() & want.keys())
        # Long lists and texts are summed up.
        if isinstance(got, list):
            return len(got) == want.get("count")
        if isinstance(got, (str, bytes)):
            size = len(got if isinstance(got, bytes) else got.encode("utf-8", "surrogateescape"))
            return want.get("bytes", size) == size
        return got == want.get("count")
    if isinstance(want, list):
        if not isinstance(got, list):
            return got == len(want)
        return len(got) == len(want) and all(map(same, got, want))
    return got == want or isinstance(got, int) and str(got) == want


@pytest.mark.parametrize("case", [c for c in CASES if "file" in c], ids=lambda case: case["id"])
def test_dump(case):
    lacked = LACKED_FEATURES.intersection(case["features"])
    if lacked:
        pytest.skip("lacks " + ", ".join(sorted(lacked)))
    data = (FOLDER / case["file"]).read_bytes()
    accept = case["expect"] != "reject" and ALLOWED_FLAGS.issuperset(case["flags"])
    if not accept:
        with pytest.raises(REJECTS):
            read_dump(data)
        return
    found = read_dump(data)
    facts = case.get("facts", {})
    if isinstance(found, dict):
        wrong = [name for name in found if name in facts and not same(found[name], facts[name])]
        assert wrong == []
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
