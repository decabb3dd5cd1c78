/** Numbers as the sentences of this room write them: '4,372', '99.9 %', 'about 93'. */
export const count = (n: number): string => n.toLocaleString('en-US', { maximumFractionDigits: 0 });

/** Share as '3.1 %'; never 0 or 100 for what is not exactly so. */
export function percent(part: number, of: number): string {
  if (of === 0) return '0 %';
  const p = (100 * part) / of;
  if (part > 0 && p < 0.1) return 'under 0.1 %';
  if (part < of && p > 99.9) return 'over 99.9 %';
  return `${p.toLocaleString('en-US', { maximumFractionDigits: 1 })} %`;
}

/** 'one file' and '3 files'. */
export const plural = (n: number, one: string, many = `${one}s`): string => (n === 1 ? `1 ${one}` : `${count(n)} ${many}`);

/** A number as it stands, without a tail of noise. */
export const number = (x: number): string => x.toLocaleString('en-US', { maximumFractionDigits: 4 });
