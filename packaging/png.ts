/** What the head of a PNG says; undefined: it is none. @see https://www.w3.org/TR/png-3/#11IHDR */
export function readPngHead(
  bytes: Uint8Array,
): { width: number; height: number; isOpaque: boolean } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 33 || view.getUint32(0) !== 0x89504e47) return undefined;
  const colourType = bytes[25]!;
  return {
    width: view.getUint32(16),
    height: view.getUint32(20),
    isOpaque: colourType === 0 || colourType === 2,
  };
}
