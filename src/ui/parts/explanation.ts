/** What "Explain this number" shows, in this order: number, sentence, calculation, how sure, what was counted, SQL. Texts are final. */
export interface Explanation {
  value: string;
  /** What the number is: "TGI of Tier 2 in Flash regulars". */
  of: string;
  /** One or two sentences Tessera writes. */
  sentence: string;
  /** A term of the trade and its definition. */
  term?: string;
  /** Parts joined by `op`: 699 of 1,483 here (47.1 %) ÷ 6,785 of 20,000 in all (33.9 %) × 100. */
  calculation?: { parts: { figure: string; of: string; share?: string; tone: 'seg' | 'base' | 'gold' }[]; ops: string[] };
  sure?: {
    value: number;
    lo: number | null;
    hi: number | null;
    zero?: number;
    log?: boolean;
    model?: boolean;
    format: (x: number) => string;
    note: string;
  };
  counted: [string, string][];
  sql?: string | (() => Promise<string>);
  ms?: number | null;
  acts?: { label: string; run: () => void }[];
}

/** The whole explanation as text, for the clipboard. */
export const explanationText = (e: Explanation): string =>
  [
    `${e.value} ${e.of}`,
    e.sentence,
    e.calculation?.parts.map((p, i) => `${p.figure} ${p.of}${p.share ? ` (${p.share})` : ''} ${e.calculation!.ops[i] ?? ''}`.trim()).join(' '),
    e.sure?.note,
    ...e.counted.map(([k, v]) => `${k}: ${v}`),
    typeof e.sql === 'string' ? e.sql : undefined,
  ]
    .filter(Boolean)
    .join('\n');
