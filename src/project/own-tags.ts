import type { Rule } from '../core/rule.ts';
import type { Basis } from '../core/settings.ts';
import type { DataFacts } from '../core/tables.ts';
import type { TagInfo } from '../core/tag.ts';
import { ident } from '../engine/sql.ts';
import { dateOf, whereColumn, type RuleContext } from '../segments/context.ts';
import { countSql, matchSql, rowsOf } from '../segments/did-sql.ts';
import { ruleExpr } from '../segments/sql.ts';
import { validate } from '../segments/validate.ts';
import type { RuleSql } from '../tags/own/compile.ts';

/** The rule language as own tags borrow it. A rule of an own tag holds its own lines: it cannot name a segment, whose change would change it unseen. */
export function rulesFor(facts: DataFacts, basis: Basis): RuleSql {
  const context = (tags: TagInfo[]): RuleContext => ({ tags, facts, basis, segments: [] });
  return {
    rule(rule, entity, tags) {
      const ctx = context(tags);
      validate({ id: 'own', name: 'own', rule, entity }, ctx);
      return ruleExpr(rule, ctx, entity);
    },
    rows(did, _entity, tags) {
      const ctx = context(tags);
      validate({ rule: { did } }, ctx);
      const { from, where } = rowsOf(did, ctx);
      const after = did.within && 'after' in did.within ? did.within.after : null;
      const x = ident(after ?? '');
      const started =
        after === null ? null : dateOf(ctx, after)?.of === 'users' ? `t.u IN (SELECT u FROM user_base WHERE ${x} IS NOT NULL)` : `t.${x} IS NOT NULL`;
      return { from, where, started };
    },
    match(did, tags) {
      const ctx = context(tags);
      validate({ rule: { did } }, ctx);
      return matchSql(did, ctx);
    },
    count: countSql,
    column(name) {
      const found = whereColumn(context([]), name);
      return found && (found.of === 'id' ? { of: 'id', type: 'text' } : { of: found.of, type: found.column.type });
    },
    tagsOf: (of) => {
      const into = new Set<string>();
      if ('did' in of) windowTag(of.did, into, facts);
      else read(of.rule, into, facts);
      return [...into];
    },
  };
}

function windowTag({ within }: { within?: unknown }, into: Set<string>, facts: DataFacts): void {
  if (typeof within !== 'object' || within === null || !('after' in within) || typeof within.after !== 'string') return;
  const { after } = within;
  if (!facts.tables.users?.columns.some((c) => c.name === after)) into.add(after);
}
function read(rule: Rule, into: Set<string>, facts: DataFacts): void {
  const each = (rules: Rule[]): void => rules.forEach((r) => read(r, into, facts));
  if ('all' in rule) each(rule.all);
  else if ('any' in rule) each(rule.any);
  else if ('not' in rule) read(rule.not, into, facts);
  else if ('tag' in rule) into.add(rule.tag);
  else if ('did' in rule) windowTag(rule.did, into, facts);
  else if ('didNot' in rule) windowTag(rule.didNot, into, facts);
}
