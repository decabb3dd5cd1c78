/** Widths of IBM Plex Sans in em, by kind of letter: close enough to decide what fits, the same everywhere, and testable without a screen. */
const WIDE = /[mwMW@%—…€£]/,
  NARROW = /[iljtfrI.,:;|'’!()[\]\s\u202f-]/,
  CAPITAL = /[A-Z&]/,
  DIGIT = /[0-9≈+−–]/;

export function textWidth(text: string, size = 11, bold = false): number {
  let em = 0;
  for (const c of text)
    em += WIDE.test(c) ? 0.88 : NARROW.test(c) ? 0.32 : CAPITAL.test(c) ? 0.65 : DIGIT.test(c) ? 0.6 : c.charCodeAt(0) > 0x2e80 ? 1 : 0.56;
  return em * size * (bold ? 1.05 : 1);
}

/** The text, or as much of it as fits with "…"; '' where not even two letters would. */
export function fit(text: string, width: number, size = 11, bold = false): string {
  if (textWidth(text, size, bold) <= width) return text;
  let cut = text;
  while (cut.length > 1 && textWidth(`${cut}…`, size, bold) > width) cut = cut.slice(0, -1);
  return cut.length > 2 ? `${cut.trimEnd()}…` : '';
}
