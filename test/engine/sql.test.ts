import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ident, join, list, raw, sql } from '../../src/engine/sql.ts';
import { statements } from '../../src/engine/statements.ts';
import { onBoth } from './both.ts';

it('quotes by type', () => {
  expect(sql`SELECT ${ident('a"b')} FROM ${ident('z', 'events')} WHERE x IN ${list(["it's", 1, null])} AND y = ${true}`.text).toBe(
    `SELECT "a""b" FROM "z"."events" WHERE x IN ('it''s', 1, NULL) AND y = TRUE`,
  );
  expect(sql`${join([raw('a'), raw('b')], ' AND ')}, ${[1, 'x']}`.text).toBe(`a AND b, [1, 'x']`);
  expect(list([]).text).toBe('(NULL)');
});

it('cuts statements at semicolons outside of text', () => {
  expect(statements(`SELECT ';', "a;b" -- c;\n; /* ; */ ; SELECT $$;$$; SELECT $x$ ; $x$ ;;`)).toEqual([
    `SELECT ';', "a;b" -- c;`, 'SELECT $$;$$', 'SELECT $x$ ; $x$',
  ]); // prettier-ignore
});

onBoth('quoting', (engine) => {
  const text = fc.string({ unit: 'binary', maxLength: 40 }).filter((s) => !/\p{Surrogate}/u.test(s));
  it('brings back any text, number and name', async () => {
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.double({ noNaN: true }).map((x) => x + 0),
        text.filter((s) => !s.includes('\0') && s.length > 0),
        async (s, x, name) => {
          const f = await engine().query(sql`SELECT ${s} AS a, ${x}::DOUBLE AS b, 1 AS ${ident(name)}`.text);
          expect(f.columns[0]![0]).toBe(s);
          expect(f.columns[1]![0]).toBe(x);
          expect(f.names[2]).toBe(name);
        },
      ),
      { numRuns: 60 },
    );
  });
});
