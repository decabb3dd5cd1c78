/** Text in an encoding that the platform can only decode: the table is made by decoding every byte and pair. */
export function encode(text: string, encoding: string): Uint8Array {
  if (encoding === 'utf-8') return new TextEncoder().encode(text);
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    const out = new DataView(new ArrayBuffer(text.length * 2));
    for (let i = 0; i < text.length; i++) out.setUint16(i * 2, text.charCodeAt(i), encoding === 'utf-16le');
    return new Uint8Array(out.buffer);
  }
  const table = tableOf(encoding);
  return Uint8Array.from([...text].flatMap((c) => table.get(c) ?? missing(c, encoding)));
}

const tables = new Map<string, Map<string, number[]>>();
function tableOf(encoding: string): Map<string, number[]> {
  const known = tables.get(encoding);
  if (known) return known;
  const table = new Map<string, number[]>();
  const decoder = new TextDecoder(encoding);
  const put = (bytes: number[]): void => {
    const c = decoder.decode(new Uint8Array(bytes));
    if ([...c].length === 1 && c !== '\ufffd' && !table.has(c)) table.set(c, bytes);
  };
  for (let a = 0; a < 256; a++) if (a < 128 || encoding !== 'windows-1252') put([a]);
  // Node 20 decodes this one wrongly, so its upper half is written out here from the standard.
  if (encoding === 'windows-1252') {
    for (let a = 0xa0; a < 256; a++) table.set(String.fromCharCode(a), [a]);
    for (const [c, a] of [
      ['€', 0x80],
      ['“', 0x93],
      ['”', 0x94],
      ['–', 0x96],
      ['—', 0x97],
      ['™', 0x99],
    ] as const)
      table.set(c, [a]);
  } else if (!/^(windows|iso)/.test(encoding)) {
    for (let a = 0x81; a < 255; a++) for (let b = 0x40; b < 255; b++) put([a, b]);
  }
  tables.set(encoding, table);
  return table;
}

function missing(c: string, encoding: string): never {
  throw new Error(`${c} is not in ${encoding}`);
}
