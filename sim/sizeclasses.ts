/**
 * The 68 size classes: class 0 stands for large objects, the others for small ones of up to 32 KiB.
 *
 * The numbers are those that Go's mksizeclasses chose; tests hold them against real Go's.
 *
 * @go runtime/sizeclasses.go
 */

export const maxSmallSize = 32768;
const smallSizeDiv = 8;
export const smallSizeMax = 1024;
const largeSizeDiv = 128;
export const numSizeClasses = 68;
export const numSpanClasses = numSizeClasses << 1;

/** Sizes below this without pointers share a block. @go runtime/malloc.go maxTinySize */
export const maxTinySize = 16;
const tinySizeClass = 2;
/** @go runtime/mheap.go tinySpanClass */
export const tinySpanClass = (tinySizeClass << 1) | 1;

/** Bytes of an object of each class. */
export const classToSize: Readonly<Uint16Array> = Uint16Array.from([
  0, 8, 16, 24, 32, 48, 64, 80, 96, 112, 128, 144, 160, 176, 192, 208, 224, 240, 256, 288, 320, 352,
  384, 416, 448, 480, 512, 576, 640, 704, 768, 896, 1024, 1152, 1280, 1408, 1536, 1792, 2048, 2304,
  2688, 3072, 3200, 3456, 4096, 4864, 5376, 6144, 6528, 6784, 6912, 8192, 9472, 9728, 10240, 10880,
  12288, 13568, 14336, 16384, 18432, 19072, 20480, 21760, 24576, 27264, 28672, 32768,
]);

/** Pages of a span of each class. */
export const classToAllocnpages: Readonly<Uint8Array> = Uint8Array.from([
  0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
  1, 1, 2, 1, 2, 1, 2, 1, 3, 2, 3, 1, 3, 2, 3, 4, 5, 6, 1, 7, 6, 5, 4, 3, 5, 7, 2, 9, 7, 5, 8, 3,
  10, 7, 4,
]);

/** ceil(2^32 / size): multiply and take the high word to divide an offset by the size. */
export const classToDivmagic: readonly number[] = [
  0, 536870912, 268435456, 178956971, 134217728, 89478486, 67108864, 53687092, 44739243, 38347923,
  33554432, 29826162, 26843546, 24403224, 22369622, 20648882, 19173962, 17895698, 16777216,
  14913081, 13421773, 12201612, 11184811, 10324441, 9586981, 8947849, 8388608, 7456541, 6710887,
  6100806, 5592406, 4793491, 4194304, 3728271, 3355444, 3050403, 2796203, 2396746, 2097152, 1864136,
  1597831, 1398102, 1342178, 1242757, 1048576, 883012, 798916, 699051, 657931, 633103, 621379,
  524288, 453439, 441506, 419431, 394759, 349526, 316552, 299594, 262144, 233017, 225198, 209716,
  197380, 174763, 157533, 149797, 131072,
];

/** Class by ceil(size / 8), for sizes up to 1016. */
export const sizeToClass8: Readonly<Uint8Array> = Uint8Array.from([
  0, 1, 2, 3, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13, 14, 14, 15, 15, 16,
  16, 17, 17, 18, 18, 19, 19, 19, 19, 20, 20, 20, 20, 21, 21, 21, 21, 22, 22, 22, 22, 23, 23, 23,
  23, 24, 24, 24, 24, 25, 25, 25, 25, 26, 26, 26, 26, 27, 27, 27, 27, 27, 27, 27, 27, 28, 28, 28,
  28, 28, 28, 28, 28, 29, 29, 29, 29, 29, 29, 29, 29, 30, 30, 30, 30, 30, 30, 30, 30, 31, 31, 31,
  31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32,
  32, 32, 32, 32, 32,
]);

/** Class by ceil((size - 1024) / 128), for the greater small sizes. */
export const sizeToClass128: Readonly<Uint8Array> = Uint8Array.from([
  32, 33, 34, 35, 36, 37, 37, 38, 38, 39, 39, 40, 40, 40, 41, 41, 41, 42, 43, 43, 44, 44, 44, 44,
  44, 45, 45, 45, 45, 45, 45, 46, 46, 46, 46, 47, 47, 47, 47, 47, 47, 48, 48, 48, 49, 49, 50, 51,
  51, 51, 51, 51, 51, 51, 51, 51, 51, 52, 52, 52, 52, 52, 52, 52, 52, 52, 52, 53, 53, 54, 54, 54,
  54, 55, 55, 55, 55, 55, 56, 56, 56, 56, 56, 56, 56, 56, 56, 56, 56, 57, 57, 57, 57, 57, 57, 57,
  57, 57, 57, 58, 58, 58, 58, 58, 58, 59, 59, 59, 59, 59, 59, 59, 59, 59, 59, 59, 59, 59, 59, 59,
  59, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 61, 61, 61, 61, 61, 62, 62,
  62, 62, 62, 62, 62, 62, 62, 62, 62, 63, 63, 63, 63, 63, 63, 63, 63, 63, 63, 64, 64, 64, 64, 64,
  64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 65, 65, 65, 65, 65, 65, 65,
  65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 65, 66, 66, 66, 66, 66, 66, 66, 66, 66, 66,
  66, 67, 67, 67, 67, 67, 67, 67, 67, 67, 67, 67, 67, 67, 67, 67, 67, 67, 67, 67, 67, 67, 67, 67,
  67, 67, 67, 67, 67, 67, 67, 67, 67,
]);

/** Class of a small size, 1 to 32768 bytes. @go runtime/malloc.go mallocgc */
export function sizeToClass(size: number): number {
  return size <= smallSizeMax - 8
    ? sizeToClass8[(size + smallSizeDiv - 1) >>> 3]!
    : sizeToClass128[(size - smallSizeMax + largeSizeDiv - 1) >>> 7]!;
}

/** Size class and noscan bit in one: `sizeclass << 1 | noscan`. @go runtime/mheap.go makeSpanClass */
export function makeSpanClass(sizeclass: number, noscan: boolean): number {
  return (sizeclass << 1) | (noscan ? 1 : 0);
}
