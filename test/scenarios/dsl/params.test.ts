import { describe, expect, test } from 'vitest';
import {
  boolParam,
  enumParam,
  floatParam,
  intParam,
  ParamError,
  parseParam,
  resolveParams,
  stringParam,
} from '../../../scenarios/dsl/params.ts';

const specs = {
  n: intParam(10, { min: 1, max: 1_000, help: 'how many' }),
  share: floatParam(0.5, { help: 'share' }),
  deep: boolParam(false, { help: 'deep' }),
  label: stringParam('x', { maxLength: 3, help: 'label' }),
  order: enumParam('up', { choices: ['up', 'down'], help: 'order' }),
};

describe('a value is read from its text', () => {
  test.each([
    ['n', '7', 7],
    ['n', '1_000', 1000],
    ['n', '+3', 3],
    ['n', '1e2', 100],
    ['share', '.25', 0.25],
    ['share', '1', 1],
    ['deep', 'true', true],
    ['deep', 'false', false],
    ['label', '', ''],
    ['order', 'down', 'down'],
  ] as const)('%s=%s', (name, text, value) => {
    expect(parseParam(name, specs[name], text)).toBe(value);
  });
});

describe('what does not fit the declaration is refused with what is wanted', () => {
  test.each([
    ['n', '0', 'parameter n: want a whole number from 1 to 1000, got 0'],
    ['n', '1001', 'parameter n: want a whole number from 1 to 1000, got 1001'],
    ['n', '2.5', 'parameter n: want a whole number from 1 to 1000, got 2.5'],
    ['n', '0x10', 'parameter n: want a whole number from 1 to 1000, got "0x10"'],
    ['n', '', 'parameter n: want a whole number from 1 to 1000, got ""'],
    ['n', '1__0', 'parameter n: want a whole number from 1 to 1000, got "1__0"'],
    ['share', '1.5', 'parameter share: want a number from 0 to 1, got 1.5'],
    ['share', 'NaN', 'parameter share: want a number from 0 to 1, got "NaN"'],
    ['deep', 'yes', 'parameter deep: want true or false, got "yes"'],
    ['label', 'long', 'parameter label: want a string of at most 3 characters, got "long"'],
    ['order', 'left', 'parameter order: want one of up, down, got "left"'],
  ] as const)('%s=%s', (name, text, message) => {
    expect(() => parseParam(name, specs[name], text)).toThrow(new ParamError(name, message));
  });
});

test('parameters not given have their defaults', () => {
  expect(resolveParams(specs, { n: 3 })).toEqual({
    n: 3,
    share: 0.5,
    deep: false,
    label: 'x',
    order: 'up',
  });
});

test('given values are checked, unknown names refused', () => {
  expect(() => resolveParams(specs, { n: '3' })).toThrow('want a whole number');
  expect(() => resolveParams(specs, { m: 3 })).toThrow(
    'unknown parameter m; known: n, share, deep, label, order',
  );
  expect(() => resolveParams({}, { m: 3 })).toThrow('unknown parameter m; known: (none)');
});
