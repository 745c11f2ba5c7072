/** `size`: what becomes of a request, without a program. */
import { bytes, count, percent, wrap } from '../format.ts';
import { type Classing, type ClassingTarget, classing, nextSmaller } from '../timeline/classing.ts';

const width = 80;
const labelWidth = 9;

/** A line `label  text`; what does not fit goes on below, under the text. A number stays with its unit. */
export function labelled(label: string, text: string): string[] {
  const indent = 2 + labelWidth;
  const glued = text.replace(/(?<=\d) (%|B\b)/g, '\0$1');
  const [first = '', ...rest] = wrap(glued, indent, width);
  const lines = [`  ${`${label} `.padEnd(labelWidth)}${first.trimStart()}`, ...rest];
  return lines.map((line) => line.replaceAll('\0', ' '));
}

/** Which way the request goes, and why. */
export function sizeText(c: Classing, type = ''): string {
  const of = type === '' ? '' : ` of type ${type}`;
  const kind = c.pointers ? 'with pointers (scan)' : 'no pointers (noscan)';
  const way = {
    zero: 'no memory: all are at zerobase',
    tiny: 'tiny (< 16)',
    small: c.pointers ? 'so never tiny' : 'not tiny (>= 16)',
    large: 'large',
  }[c.path];
  return `${bytes(c.size).replace(/ bytes?/, ' B')}${of}, ${kind}, ${way}`;
}

/** How the class comes about: `(33+7)/8 = 5 -> size_to_class8[5] = 5 -> 48 B; 15 B unused (31.2 %)`. */
export function classText(c: Classing): string {
  const unused = `${count(c.unused)} B unused (${percent(c.unused, c.slot)})`;
  if (c.path === 'large') {
    return `0 (large): ceil(${c.size}/8192) = ${count(c.spanPages)} pages -> ${count(c.slot)} B; ${unused}`;
  }
  if (c.path === 'tiny')
    return '2 (noscan), the class of tiny blocks -> 16 B, shared with neighbours';
  const request = c.size + c.header;
  const sum = c.table === 'size_to_class8' ? `(${request}+7)/8` : `(${request}-1024+127)/128`;
  return `${sum} = ${c.index} -> ${c.table}[${c.index}] = ${c.sizeclass} -> ${count(c.slot)} B; ${unused}`;
}

/** `spanClass 11 = 5<<1|noscan`. */
export function spanClassText(spanclass: number): string {
  return `spanClass ${spanclass} = ${spanclass >> 1}<<1${(spanclass & 1) !== 0 ? '|noscan' : ''}`;
}

/** The malloc header, if there is one. */
export function headerText(c: Classing, minSize: number): string {
  return `${c.size} B with pointers > ${minSize} B -> 8 B of header before it: ${c.size + c.header} B`;
}

/** What to know besides: a smaller size that wastes less. */
export function seeAlso(target: ClassingTarget, c: Classing): string | undefined {
  const smaller = nextSmaller(target, c);
  if (smaller === 0 || c.unused === 0) return undefined;
  const at = classing(target, smaller, c.pointers);
  const where = at.path === 'large' ? `${count(at.spanPages)} pages` : `class ${at.sizeclass}`;
  const fits =
    smaller === at.slot
      ? `fits ${where} exactly`
      : `is the most that fits ${where} (${count(at.slot)} B)`;
  return `${count(smaller)} B ${fits}`;
}

/** Lines for one size. */
export function sizeLines(target: ClassingTarget, size: number, pointers: boolean): string[] {
  const c = classing(target, size, pointers);
  const lines = labelled('size', sizeText(c));
  if (c.path === 'zero') return lines;
  const { ptrSize } = target.arch;
  if (c.header > 0) lines.push(...labelled('header', headerText(c, ptrSize * ptrSize * 8)));
  lines.push(...labelled('class', classText(c)));
  if (c.path === 'tiny') {
    const align =
      size % 8 === 0 || (ptrSize === 4 && size === 12)
        ? 8
        : size % 4 === 0
          ? 4
          : size % 2 === 0
            ? 2
            : 1;
    lines.push(
      ...labelled(
        'tiny',
        `lies at a multiple of ${align} in a 16 B block that it shares; the block lives while one of them does`,
      ),
    );
  }
  if (c.path === 'large') {
    lines.push(
      ...labelled(
        'span',
        `${spanClassText(c.spanclass)}: a span of its own, ${count(c.spanPages)} pages, lowest place that fits`,
      ),
    );
  } else {
    const rest = [
      ...(c.heapBits > 0 ? [`${c.heapBits} B of pointer bits`] : []),
      ...(c.tail > 0 ? [`${c.tail} B of tail`] : []),
    ];
    lines.push(
      ...labelled(
        'span',
        `${spanClassText(c.spanclass)}: ${c.spanPages === 1 ? '1 page' : `${c.spanPages} pages`}, ` +
          `${c.slots} slots of ${count(c.slot)} B${rest.length > 0 ? `, ${rest.join(', ')}` : ''}`,
      ),
    );
  }
  if (c.path === 'small' && c.unused + c.header > 0) {
    lines.push(
      ...labelled('append', `a slice grown to ${size} B gets ${c.slot - c.header} B of room`),
    );
  }
  const smaller = seeAlso(target, c);
  if (smaller !== undefined) lines.push(...labelled('see also', smaller));
  return lines;
}
