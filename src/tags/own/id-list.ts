/** A pasted or dropped list, read. `rows` has each id once, the first time it stands there. */
export interface IdList {
  rows: { id: string; value: string | null }[];
  doubled: number;
  /** Some line has a value beside the id. */
  valued: boolean;
}
const SIGNS = ['\t', ';', ','];
const HEADS = /^(user|product|customer|client|member|account|item|sku)?[ _-]?id$/i;
const bare = (cell: string): string => {
  const text = cell.trim();
  return text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1).replaceAll('""', '"').trim() : text;
};

/** Lines of an id, or of an id and a value after a tab, semicolon or comma. A first line that only names the columns is left out. */
export function readIdList(text: string): IdList {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .filter((l) => l.trim() !== '');
  const sign = SIGNS.find((s) => lines.length > 0 && lines.filter((l) => l.includes(s)).length * 2 >= lines.length);
  const rows = new Map<string, string | null>();
  let doubled = 0;
  for (const [i, line] of lines.entries()) {
    const at = sign === undefined ? -1 : line.indexOf(sign);
    const id = bare(at < 0 ? line : line.slice(0, at)).normalize('NFC');
    if (id === '' || (i === 0 && HEADS.test(id))) continue;
    const value = at < 0 ? '' : bare(line.slice(at + 1));
    if (rows.has(id)) doubled++;
    else rows.set(id, value === '' ? null : value);
  }
  return { rows: [...rows].map(([id, value]) => ({ id, value })), doubled, valued: [...rows.values()].some((v) => v !== null) };
}

/** The list as an own tag keeps it. */
export const writeIdList = ({ rows }: IdList): string => rows.map(({ id, value }) => (value === null ? id : `${id}\t${value}`)).join('\n');
