/**
 * Long lists of ids cross to a worker once. A rule with a hundred thousand ids goes along with every question about any segment, and copying it each time
 * holds up the page: so the page sends a list the first time only, and its number from then on. Both sides keep the same few lists in the same slots.
 */
const LONG = 500;
const SLOTS = 8;
/** A list as it travels: its slot, and the list itself the first time, as one text where it can be: that is copied some twenty times faster. */
interface Sent {
  '\u0000list': number;
  of?: string | readonly string[];
}
const SIGN = '\u0001';
const joined = (ids: readonly string[]): string | readonly string[] =>
  ids.some((id) => typeof id !== 'string' || id.includes(SIGN)) ? ids : ids.join(SIGN);
const parted = (of: string | readonly string[]): readonly string[] => (typeof of === 'string' ? of.split(SIGN) : of);
const isSent = (x: object): x is Sent => '\u0000list' in x;
const isPlain = (x: unknown): x is Record<string, unknown> | unknown[] => {
  if (typeof x !== 'object' || x === null) return false;
  const proto: unknown = Object.getPrototypeOf(x);
  return Array.isArray(x) || proto === Object.prototype || proto === null;
};
const isLong = (x: unknown): x is readonly string[] => Array.isArray(x) && x.length > LONG && typeof x[0] === 'string';

/** The same value with some parts replaced; the very same object where nothing is, and lists of texts or numbers are not looked through. */
function replaced(x: unknown, by: (x: unknown) => unknown): unknown {
  const own = by(x);
  if (own !== x || !isPlain(x)) return own;
  if (Array.isArray(x)) {
    if (typeof x[0] !== 'object') return x;
    let copy: unknown[] | null = null;
    x.forEach((v, i) => {
      const next = replaced(v, by);
      if (next !== v) (copy ??= [...x])[i] = next;
    });
    return copy ?? x;
  }
  let copy: Record<string, unknown> | null = null;
  for (const [k, v] of Object.entries(x)) {
    const next = typeof v === 'object' && v !== null ? replaced(v, by) : v;
    if (next !== v) (copy ??= { ...x })[k] = next;
  }
  return copy ?? x;
}

/** The page's side: which list is in which slot of the worker. */
class Sender {
  readonly #slots: (readonly string[])[] = [];
  readonly #at = new Map<readonly string[], number>();
  #next = 0;

  forget(): void {
    this.#at.clear();
  }
  pack(args: unknown[]): unknown[] {
    return args.map((a) =>
      replaced(a, (x): unknown => {
        if (!isLong(x)) return x;
        const there = this.#at.get(x);
        if (there !== undefined) return { '\u0000list': there } satisfies Sent;
        const slot = this.#next;
        this.#next = (slot + 1) % SLOTS;
        const old = this.#slots[slot];
        if (old) this.#at.delete(old);
        this.#slots[slot] = x;
        this.#at.set(x, slot);
        return { '\u0000list': slot, of: joined(x) } satisfies Sent;
      }),
    );
  }
}
/** The worker's side. */
class Receiver {
  readonly #slots: (readonly string[])[] = [];

  unpack(args: unknown[]): unknown[] {
    return args.map((a) =>
      replaced(a, (x): unknown => {
        if (typeof x !== 'object' || x === null || !isSent(x)) return x;
        if (x.of !== undefined) this.#slots[x['\u0000list']] = parted(x.of);
        return this.#slots[x['\u0000list']];
      }),
    );
  }
}

type Verb = (...args: unknown[]) => unknown;
/** An object whose verbs are called with their arguments changed. A promise is looked for in whatever is awaited; a remote has none. */
const calling = <T extends object>(target: T, change: (args: unknown[]) => unknown[], watch: (answer: unknown) => void = () => undefined): T =>
  new Proxy(target, {
    get: (of, name) => {
      const verb: unknown = name === 'then' ? undefined : Reflect.get(of, name);
      if (typeof verb !== 'function') return verb;
      return (...args: unknown[]): unknown => {
        const answer: unknown = Reflect.apply(verb as Verb, of, change(args));
        watch(answer);
        return answer;
      };
    },
  });

/** A remote of the page that is sent each long list once. One for each worker, as its slots are those of that worker. */
export function sendingOnce<T extends object>(remote: T): T {
  const sender = new Sender();
  return calling(
    remote,
    (args) => sender.pack(args),
    (answer) =>
      void Promise.resolve(answer).catch((e: unknown) => {
        // Arguments that cannot be cloned were never sent, nor were the lists among them.
        if (e instanceof DOMException) sender.forget();
      }),
  );
}
/** What a worker serves to such a remote. */
export function receivingOnce<T extends object>(served: T): T {
  const receiver = new Receiver();
  return calling(served, (args) => receiver.unpack(args));
}
