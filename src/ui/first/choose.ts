import type { DroppedFile } from '../../project/studio-api.ts';

/** Opens the browser's file dialog; [] where it is closed without a choice. */
export function chooseFiles(accept = '.csv,.tsv,.txt,.gz,.parquet'): Promise<DroppedFile[]> {
  return new Promise((done) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    input.accept = accept;
    input.onchange = () => done(asDropped(input.files ?? []));
    input.oncancel = () => done([]);
    input.click();
  });
}

export const asDropped = (files: Iterable<File>): DroppedFile[] => [...files].map((file) => ({ name: file.name, source: file }));

/** Files of a paste; text copied out of a spreadsheet (tabs and lines) counts as a file of its own. */
export function pasted(data: DataTransfer | null): DroppedFile[] {
  if (!data) return [];
  if (data.files.length > 0) return asDropped(data.files);
  const text = data.getData('text/plain');
  const lines = text.split(/\r?\n/).filter((l) => l.trim() !== '');
  const sign = ['\t', ';', ','].find((s) => lines.length > 1 && lines[0]!.includes(s) && lines[1]!.includes(s));
  return sign ? [{ name: sign === '\t' ? 'pasted.tsv' : 'pasted.csv', source: new File([text], 'pasted.csv', { type: 'text/csv' }) }] : [];
}
