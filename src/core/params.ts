import type { Analysis, Param, Params, ParamValue } from './analysis.ts';
import { TesseraError } from './errors.ts';

/**
 * All parameters of an analysis: those given, defaults for the rest. Throws PARAM_INVALID in a sentence for an unknown name or a value that cannot
 * stand there. Texts of numbers are taken as numbers, as the command line gives texts.
 */
export function completeParams<P extends Params>(analysis: Pick<Analysis<P>, 'id' | 'params' | 'check'>, given: Params): P {
  const known = new Map(analysis.params.map((p) => [p.id, p]));
  for (const id of Object.keys(given))
    if (!known.has(id)) throw invalid(`${analysis.id} has no parameter ${id}.`, `It has: ${[...known.keys()].join(', ')}.`);
  const params = Object.fromEntries(analysis.params.map((p) => [p.id, given[p.id] === undefined ? p.default : valueOf(p, given[p.id]!)])) as P;
  const why = analysis.check?.(params);
  if (why) throw invalid(why, 'Change one of them.');
  return params;
}

function valueOf(param: Param, value: ParamValue): ParamValue {
  const { title, id } = param;
  switch (param.kind) {
    case 'choice':
      if (param.options.some((o) => o.value === value)) return value;
      throw invalid(`${title} (${id}) cannot be “${String(value)}”.`, `It is one of: ${param.options.map((o) => o.value).join(', ')}.`);
    case 'number': {
      if ((value === null || value === '') && (param.optional || param.default === null)) return null;
      const n = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
      if (typeof n === 'number' && Number.isFinite(n) && n >= param.min && n <= param.max && (!param.whole || Number.isInteger(n))) return n;
      throw invalid(
        `${title} (${id}) cannot be “${String(value)}”.`,
        `Give a ${param.whole ? 'whole ' : ''}number from ${param.min} to ${param.max}.`,
      );
    }
    case 'text':
      if (typeof value === 'string' && new RegExp(`^(?:${param.pattern})$`).test(value.trim())) return value.trim();
      throw invalid(`${title} (${id}) cannot be “${String(value)}”.`, `Write it like ${param.example}.`);
    default:
      if (typeof value === 'string') return value;
      throw invalid(`${title} (${id}) must be a text.`, '');
  }
}

const invalid = (message: string, next: string): TesseraError => new TesseraError('PARAM_INVALID', message, { next });
