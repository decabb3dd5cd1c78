import type { Cut, Deciles, Histogram, NumberFigures, TagType, ValueShare } from '../core/tag.ts';
import { tally, tallyQuantile, tallyRank } from '../stats/tally.ts';
import { quantileCut } from './bands.ts';
import type { BandsSpec } from './define.ts';
import { binsOf } from './histogram.ts';

export interface Summary {
  known: number;
  distinct: number;
  figures: NumberFigures | null;
  bands: Cut | null;
  /** Counts by band, in band order, empty bands included. */
  values: ValueShare[];
  histogram: Histogram | null;
  deciles?: Deciles;
}

/** All that the catalogue says of a number, from its values (NaN: unknown). May sort `values` in place. Bands: its own, cut at its quantiles, or none. */
export function summarise(values: Float64Array, type: TagType, spec: BandsSpec | undefined): Summary {
  const all = tally(values);
  const { known } = all;
  const distinct = all.values.length;
  if (known === 0) return { known, distinct, figures: null, bands: null, values: [], histogram: null };
  const q = (p: number) => tallyQuantile(all, p);
  const [min, max] = [all.values[0]!, all.values[distinct - 1]!];
  let sum = 0;
  for (let i = 0; i < distinct; i++) sum += all.values[i]! * (all.upTo[i]! - (all.upTo[i - 1] ?? 0));
  // A plain number that is whole throughout (pieces, days of a file) is cut and named like one.
  const whole = type === 'int' || (type === 'number' && all.values.every((x) => Number.isInteger(x)));
  const bands =
    spec === undefined
      ? null
      : spec === 'quantiles'
        ? quantileCut([q(0.2), q(0.4), q(0.6), q(0.8)], min, max, whole ? 'int' : type)
        : { edges: spec.edges, labels: spec.labels, leftClosed: spec.leftClosed ?? false };
  const cuts = [...new Set([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9].map(q))];
  const bins = binsOf({ min, p01: q(0.01), p99: q(0.99), max }, whole);
  return {
    known,
    distinct,
    figures: { min, q1: q(0.25), median: q(0.5), q3: q(0.75), max, mean: sum / known },
    bands,
    values: bands
      ? between(
          bands.edges.map((e) => tallyRank(all, e, bands.leftClosed)),
          known,
        ).map((n, i) => ({ value: bands.labels[i]!, n }))
      : [],
    histogram: bins && {
      edges: bins,
      counts: between(
        bins.slice(1, -1).map((e) => tallyRank(all, e, true)),
        known,
      ),
    },
    deciles: {
      cuts,
      counts: between(
        cuts.map((c) => tallyRank(all, c, false)),
        known,
      ),
    },
  };
}

/** Counts between cumulative counts, from 0 to `all`. */
const between = (cumulative: number[], all: number): number[] => [...cumulative, all].map((n, i) => n - (cumulative[i - 1] ?? 0));
