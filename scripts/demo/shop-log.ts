export const KINDS = ['view', 'search', 'cart', 'purchase', 'refund'] as const;
export type Kind = (typeof KINDS)[number];

export interface Entry {
  user: number;
  /** Seconds from the first day. */
  at: number;
  kind: Kind;
  product: number | null;
  quantity: number | null;
  /** Cents. */
  amount: number | null;
  discount: number | null;
  order: number | null;
  session: number | null;
  device: number | null;
  system: number | null;
  channel: string | null;
  campaign: string | null;
  query: string | null;
}

/** What a session writes: its rows share user, device and channel. */
export interface Session {
  user: number;
  id: number;
  device: number;
  system: number;
  channel: string;
  campaign: string | null;
}

export class ShopLog {
  entries: Entry[] = [];
  sessions = 0;
  orders = 0;

  add(s: Session, at: number, kind: Kind, more: Partial<Entry> = {}): Entry {
    const entry: Entry = {
      user: s.user,
      at,
      kind,
      product: null,
      quantity: null,
      amount: null,
      discount: null,
      order: null,
      session: s.id,
      device: s.device,
      system: s.system,
      channel: s.channel,
      campaign: s.campaign,
      query: null,
      ...more,
    };
    this.entries.push(entry);
    return entry;
  }

  /** Drops what a last evening carried over the end of the data. */
  end(second: number): void {
    this.entries = this.entries.filter((e) => e.at < second);
  }
}
