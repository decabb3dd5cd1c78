import { column, type Frame } from '../core/frame.ts';

/** Counts of one group as the engine answered them, and the returned and eligible of any cohort and period made from them. */
export class Cube {
  readonly #entered = new Map<number, Map<number, number>>();
  readonly #on = new Map<string, { k: number; k2: number }>();
  readonly #last = new Map<string, number>();
  readonly #horizon: number;

  constructor(horizon: number) {
    this.#horizon = horizon;
  }

  add(what: string, c: number, f: number, n: number, k: number, k2: number): void {
    if (what === 'entered') {
      if (!this.#entered.has(c)) this.#entered.set(c, new Map());
      this.#entered.get(c)!.set(f, k);
    } else if (what === 'on') this.#on.set(`${c} ${f} ${n}`, { k, k2 });
    else if (what === 'last') this.#last.set(`${c} ${f} ${n}`, k);
  }

  /** Cohorts in calendar order. */
  get cohorts(): number[] {
    return [...this.#entered.keys()].sort((a, b) => a - b);
  }
  size(c: number): number {
    return this.#sum(c, -Infinity, (f) => this.#entered.get(c)!.get(f)!);
  }
  get total(): number {
    return this.cohorts.reduce((s, c) => s + this.size(c), 0);
  }
  /** The last period that has fully ended for anyone of the cohort. */
  ended(c: number): number {
    return Math.max(...this.#entered.get(c)!.keys());
  }

  /** Of cohort c in period n, among those whose period `from` has fully ended (n, or n − 1 for the running period). */
  cell(c: number, n: number, from: number, after: boolean, previous: boolean): { returned: number; eligible: number } {
    const active = (f: number, m: number): number => (after ? this.#from(c, f, m) : (this.#on.get(`${c} ${f} ${m}`)?.k ?? 0));
    const twice = (f: number): number => (after ? this.#from(c, f, n) : (this.#on.get(`${c} ${f} ${n}`)?.k2 ?? 0));
    const chained = previous && n > 0;
    return {
      returned: this.#sum(c, from, (f) => (chained ? twice(f) : active(f, n))),
      eligible: this.#sum(c, from, (f) => (chained ? active(f, n - 1) : this.#entered.get(c)!.get(f)!)),
    };
  }

  /** Over all cohorts: those whose period n has fully ended. */
  pooled(n: number, after: boolean, previous: boolean): { returned: number; eligible: number } {
    const sum = { returned: 0, eligible: 0 };
    for (const c of this.cohorts) {
      const cell = this.cell(c, n, n, after, previous);
      sum.returned += cell.returned;
      sum.eligible += cell.eligible;
    }
    return sum;
  }

  #from(c: number, f: number, n: number): number {
    let k = 0;
    for (let m = n; m <= this.#horizon; m++) k += this.#last.get(`${c} ${f} ${m}`) ?? 0;
    return k;
  }
  #sum(c: number, from: number, of: (f: number) => number): number {
    let s = 0;
    for (const f of this.#entered.get(c)?.keys() ?? []) if (f >= from) s += of(f);
    return s;
  }
}

/** A cube per group, and the brackets, from the frame of `retentionSql`. */
export function cubesOf(
  frame: Frame,
  horizon: number,
): { cubes: Map<string, Cube>; brackets: { g: string; i: number; eligible: number; returned: number }[] } {
  const [what, g] = [column(frame, 'what') as ArrayLike<string>, column(frame, 'g') as ArrayLike<string>];
  const [c, f, n, k, k2] = ['c', 'f', 'n', 'k', 'k2'].map((name) => column(frame, name) as ArrayLike<number>) as [
    ArrayLike<number>,
    ArrayLike<number>,
    ArrayLike<number>,
    ArrayLike<number>,
    ArrayLike<number>,
  ];
  const cubes = new Map<string, Cube>();
  const brackets: { g: string; i: number; eligible: number; returned: number }[] = [];
  for (let r = 0; r < frame.n; r++) {
    if (what[r] === 'bracket') {
      brackets.push({ g: g[r]!, i: n[r]!, eligible: k[r]!, returned: k2[r]! });
      continue;
    }
    if (!cubes.has(g[r]!)) cubes.set(g[r]!, new Cube(horizon));
    cubes.get(g[r]!)!.add(what[r]!, c[r]!, f[r]!, n[r]!, k[r]!, k2[r]!);
  }
  return { cubes, brackets };
}
