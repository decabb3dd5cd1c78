import { beforeAll, describe, expect, it } from 'vitest';
import type { Profile } from '../../src/core/profile.ts';
import type { Segment } from '../../src/core/rule.ts';
import { profile } from '../../src/profiles/profile.ts';
import type { RuleContext } from '../../src/segments/context.ts';
import { sizeOf } from '../../src/segments/size.ts';
import { onBoth } from '../engine/both.ts';
import { hasBank, loadBank } from './bank.ts';

const LOAN: Segment = { id: 'loan', name: 'With a loan', rule: { tag: 'loan', is: 'yes' } };
const round = (x: number | null | undefined, digits: number) => (x === null || x === undefined ? x : +x.toFixed(digits));

describe.skipIf(!hasBank)('the bank of the definitions', () => {
  onBoth('profile', (engine) => {
    let ctx: RuleContext;
    let job: Profile;
    beforeAll(async () => {
      ctx = await loadBank(engine());
      job = await profile(engine(), { entity: 'user', segment: LOAN, baseline: { kind: 'everyone' }, weight: 'users', tags: ['job'] }, ctx);
    });
    const of = (value: string) => job.tags[0]!.cells.find((c) => c.value === value)!;
    const numbers = (value: string) => [of(value).tgi, of(value).lo, of(value).hi].map((x) => round(x, 2));

    it('cells of job', () => {
      expect([job.n, job.baseline.n, job.tested]).toEqual([7244, 45211, 11]);
      expect(of('entrepreneur')).toMatchObject({ a: 356, K: 1487, clear: true });
      expect(numbers('entrepreneur')).toEqual([149.42, 136.76, 163.25]);
      expect(of('entrepreneur').q!.toPrecision(2)).toBe('1.4e-16');
      expect(numbers('student')).toEqual([7.98, 4.55, 14]);
      expect(numbers('self-employed')).toEqual([90.51, 80.45, 101.83]);
      expect(round(of('self-employed').p, 3)).toBe(0.094);
      expect(of('self-employed').clear).toBe(false);
      expect(of('unknown')).toMatchObject({ hidden: true, a: 0, K: 0, tgi: null, p: null });
    });
    it('what sets it apart', () => {
      expect(round(job.tags[0]!.D, 5)).toBe(0.13009);
      expect(round(of('student').term, 4)).toBe(0.0611);
      expect(round(of('unemployed').term, 4)).toBe(0.0121);
      expect(job.tags[0]!.cells.at(-1)!.value).toBe('unknown');
    });
    it('numbers', async () => {
      const p = await profile(engine(), { entity: 'user', segment: LOAN, baseline: { kind: 'everyone' }, weight: 'users' }, ctx);
      const balance = p.tags.find((t) => t.id === 'balance')!.numbers!;
      expect(balance).toMatchObject({ median: 258, baseMedian: 448, size: 'small' });
      expect([round(balance.delta, 4), round(balance.z, 2), round(balance.d, 3)]).toEqual([-0.2029, -27.42, -0.231]);
      const age = p.tags.find((t) => t.id === 'age')!.numbers!;
      expect([round(age.delta, 4), round(age.p, 2), age.size]).toEqual([-0.0074, 0.32, 'negligible']);
      const loan = p.tags.at(-1)!;
      expect([loan.id, loan.inRule, loan.cells.every((c) => c.q === null && !c.clear)]).toEqual(['loan', true, true]);
      expect(p.tags.slice(0, -1).every((t, i, all) => i === 0 || all[i - 1]!.D >= t.D)).toBe(true);
    });
    it('a rule of three lines', async () => {
      const size = await sizeOf(
        engine(),
        {
          rule: {
            all: [
              { tag: 'job', is: 'management' },
              { tag: 'balance', gte: 5000 },
              { tag: 'loan', is: 'no' },
            ],
          },
        },
        ctx,
      );
      expect(size.n).toBe(819);
    });
    it('against everyone else the shares are theirs, and the test is the same', async () => {
      const p = await profile(engine(), { entity: 'user', segment: LOAN, baseline: { kind: 'complement' }, weight: 'users', tags: ['job'] }, ctx);
      const cell = p.tags[0]!.cells.find((c) => c.value === 'entrepreneur')!;
      expect([p.baseline.n, cell.K]).toEqual([45211 - 7244, 1487 - 356]);
      expect(cell.p).toBeCloseTo(of('entrepreneur').p!, 25);
      expect(p.tags[0]!.D).toBeCloseTo(job.tags[0]!.D, 12);
    });
  });
});
