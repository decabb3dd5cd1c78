import { describe, expect, it } from 'vitest';
import { Ledger } from '../../../src/ui/boot/ledger.ts';

const home = 'https://app.example';

describe('the ledger', () => {
  it('tells own files from all else, by origin and not by name', () => {
    const ledger = new Ledger(home);
    ledger.requested('page', [
      { url: `${home}/a.js`, at: 1, bytes: 10 },
      { url: `${home}.evil.example/a.js`, at: 2, bytes: null },
      { url: 'http://app.example/a.js', at: 3, bytes: 5 },
    ]);
    expect(ledger.sums).toEqual({ own: 1, ownBytes: 10, foreign: 2, blocked: 0 });
    expect(ledger.requests.map((request) => request.own)).toEqual([true, false, false]);
  });

  it('counts what the policy refused as blocked, not as sent', () => {
    const ledger = new Ledger(home);
    ledger.requested('studio', [{ url: 'https://other.example/x?y', at: 1, bytes: null }]);
    ledger.violated('studio', { blocked: 'https://other.example/x', directive: 'connect-src', at: 1 });
    expect(ledger.sums).toMatchObject({ foreign: 0, blocked: 1 });
    expect(ledger.violations[0]?.from).toBe('studio');
  });

  it('tells its readers at once and after each change, until they leave', () => {
    const ledger = new Ledger(home);
    const seen: number[] = [];
    const leave = ledger.subscribe(({ sums }) => seen.push(sums.own));
    ledger.requested('page', [{ url: `${home}/a`, at: 1, bytes: 1 }]);
    leave();
    ledger.requested('page', [{ url: `${home}/b`, at: 2, bytes: 1 }]);
    expect(seen).toEqual([0, 1]);
  });
});
