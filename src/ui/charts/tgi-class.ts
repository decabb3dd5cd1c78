/** The seven classes of TGI and their colours: `var(--div-n)` with text in `var(--on-div-n)`. A difference that is not clear is class 4. */
export type TgiClass = 1 | 2 | 3 | 4 | 5 | 6 | 7;
const LIMITS = [50, 80, 95, 105, 125, 200];

export function tgiClass(tgi: number | null, clear: boolean): TgiClass {
  if (tgi === null || !clear) return 4;
  return (LIMITS.filter((l, i) => (i < 3 ? tgi >= l : tgi > l)).length + 1) as TgiClass;
}
