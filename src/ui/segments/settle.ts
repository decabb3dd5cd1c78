type Node = Record<string, unknown> | unknown[];
const isNode = (x: unknown): x is Node => typeof x === 'object' && x !== null;

/**
 * Brings a draft of `old` to `next` by changing only what differs, so that a step of undo holds the change and not a list of a hundred thousand ids
 * that stands beside it. Parts that are the same object in both are left alone. False where the two are not of one kind: the caller replaces it whole.
 */
export function settle(draft: unknown, old: unknown, next: unknown): boolean {
  if (old === next) return true;
  if (!isNode(draft) || !isNode(old) || !isNode(next) || Array.isArray(old) !== Array.isArray(next)) return false;
  if (Array.isArray(old) && Array.isArray(next)) {
    let start = 0;
    while (start < old.length && start < next.length && old[start] === next[start]) start++;
    let end = 0;
    while (end < old.length - start && end < next.length - start && old[old.length - 1 - end] === next[next.length - 1 - end]) end++;
    const own = draft as unknown[];
    if (old.length === next.length) for (let i = start; i < old.length - end; i++) put(own, i, old[i], next[i]);
    else own.splice(start, old.length - end - start, ...next.slice(start, next.length - end));
    return true;
  }
  const keys = Object.keys(next);
  const own = draft as Record<string, unknown>;
  const [was, becomes] = [old as Record<string, unknown>, next as Record<string, unknown>];
  for (const key of Object.keys(was)) if (!keys.includes(key)) delete own[key];
  for (const key of keys) put(own, key, was[key], becomes[key]);
  return true;
}

function put(draft: Node, key: string | number, old: unknown, next: unknown): void {
  const own = draft as Record<string | number, unknown>;
  if (old === next) return;
  if (!isNode(old) || !settle(own[key], old, next)) own[key] = next;
}
