import { calendar } from './calendar.ts';

/** The parameters of everything planted in the bank. */
export const BANK = calendar('2025-03-01', '2026-09-01');
const on = (date: string): number => BANK.day(date);

export const APPETITE = ['cautious', 'balanced', 'growth', 'daring'] as const;
/** Where the hidden wish for risk is cut into the four words. */
export const APPETITE_CUTS = [-0.62, 0.42, 1.35] as const;

/** Product families that suit a kind of work or age: factor on the wish to buy. */
export const SUITS: readonly { work: readonly string[]; from: number; to: number; family: string; times: number }[] = [
  { work: ['management', 'self-employed', 'entrepreneur'], from: 30, to: 60, family: 'Funds/Equity', times: 3 },
  { work: ['management', 'entrepreneur'], from: 35, to: 64, family: 'Certificates/Bonus', times: 2.6 },
  { work: ['technician', 'admin', 'services'], from: 25, to: 54, family: 'Funds/Mixed', times: 2.2 },
  { work: ['student'], from: 18, to: 30, family: 'Funds/Index plan', times: 4.5 },
  { work: ['retired'], from: 55, to: 99, family: 'Deposits/Term', times: 2.8 },
  { work: ['retired', 'housemaid'], from: 55, to: 99, family: 'Bonds/Government', times: 2.4 },
  { work: ['blue-collar', 'services', 'unemployed'], from: 18, to: 64, family: 'Deposits/Term', times: 1.6 },
];

/** Sold against the rules: certificates of risk 5 to cautious pensioners of one region, in its branches. */
export const MISSOLD = { region: 'North', share: 0.16, from: on('2025-09-01'), to: on('2026-02-01') };

/** Money leaves before people do: three months in which the balance falls by this share each, then silence. */
export const LEAVING = { base: 0.011, digitalOnly: 1.5, perHolding: 0.6, nagged: 2.4, fall: 0.38, months: 3 };

/** Most purchases follow a look at the product and a talk with the bank. */
export const PATH = { view: 0.82, contact: 0.58, days: 10 };

/** A new short deposit takes over from the old one. */
export const FLEX = { launched: on('2026-02-02'), share: 0.7 };

/** The bond mailing works for savers of 45 to 64 with money, and puts young customers off. */
export const MAILING = { at: on('2026-03-16'), customers: 5000, days: 30, base: 0.05, lift: 0.17, young: -0.035 };

/** Default: logit of base, no work, low balance, education. */
export const DEFAULT = { base: -4.6, unemployed: 1.7, poor: 1.3, tertiary: -0.6 };

export const BANK_SEASON = [1.25, 1.05, 1, 0.95, 0.9, 1, 0.85, 0.75, 1, 1.1, 1.1, 1.35] as const;
