import { BANK, FLEX, LEAVING, MAILING, MISSOLD, PATH, SUITS } from './bank-truths.ts';
import type { Truth } from './truths-shop.ts';

const date = (day: number): string => BANK.date(day);
const BUYS = `events JOIN products USING (product_id) JOIN customers USING (customer_id)`;

export const BANK_TRUTHS: Truth[] = [
  {
    demo: 'bank',
    title: 'The wish for risk follows work, age and school',
    text: 'cautious, balanced, growth or daring, cut from a hidden score: work (entrepreneur +0.6, self-employed +0.45, retired -0.7), age (under 25 +0.35, 65 and over -0.75), school (tertiary +0.25), and chance (sd 0.75). 14 % have not told. Customers seldom buy above it (0.03 times as often).',
    sql: `SELECT avg((risk_appetite = 'cautious')::INT) FILTER (age >= 65) AS cautious_old, avg((risk_appetite = 'cautious')::INT) FILTER (age < 35) AS cautious_young, avg(risk_level) FILTER (event = 'purchase' AND risk_appetite = 'cautious') AS risk_of_cautious, avg(risk_level) FILTER (event = 'purchase' AND risk_appetite = 'daring') AS risk_of_daring FROM ${BUYS}`,
    holds: (r) => r.cautious_old! > 2 * r.cautious_young! && r.risk_of_daring! - r.risk_of_cautious! > 1.2,
  },
  {
    demo: 'bank',
    title: 'Which product suits whom',
    text: SUITS.map((s) => `${s.work.join(', ')} of ${s.from} to ${s.to}: ${s.family} ${s.times} times`).join('; ') + '.',
    sql: `WITH b AS (SELECT * FROM ${BUYS} WHERE event = 'purchase') SELECT avg((category = 'Funds/Index plan')::INT) FILTER (occupation = 'student') / avg((category = 'Funds/Index plan')::INT) AS plan_student, avg((category = 'Deposits/Term')::INT) FILTER (occupation = 'retired') / avg((category = 'Deposits/Term')::INT) AS term_retired, avg((category = 'Funds/Equity')::INT) FILTER (occupation = 'management' AND age BETWEEN 30 AND 60) / avg((category = 'Funds/Equity')::INT) AS equity_management FROM b`,
    holds: (r) => r.plan_student! > 2 && r.term_retired! > 1.3 && r.equity_management! > 1.3,
  },
  {
    demo: 'bank',
    title: 'Sold against the rules',
    text: `In the branches of ${MISSOLD.region}, from ${date(MISSOLD.from)} to ${date(MISSOLD.to)}, "Turbo certificate" (risk 5) is sold to about ${Math.round(100 * MISSOLD.share * 1.67)} % of the cautious pensioners.`,
    sql: `SELECT count(*) AS sold, count(*) FILTER (region = '${MISSOLD.region}') AS in_north, count(*) FILTER (channel = 'branch') AS in_branch FROM ${BUYS} WHERE event = 'purchase' AND name = 'Turbo certificate' AND occupation = 'retired' AND (risk_appetite = 'cautious')`,
    holds: (r) => r.in_north! / r.sold! > 0.8 && r.sold! > 15,
  },
  {
    demo: 'bank',
    title: 'Money leaves before people do',
    text: `Monthly hazard ${LEAVING.base}; ${LEAVING.digitalOnly} times for digital customers without a holding, ${LEAVING.perHolding} times per holding, ${LEAVING.nagged} times after three contacts in a month. From then on the balance falls to ${100 * LEAVING.fall} % each month for ${LEAVING.months} months and log-ins stop; then nothing more is heard.`,
    sql: `WITH b AS (SELECT customer_id, "at", amount / nullif(lag(amount, 3) OVER (PARTITION BY customer_id ORDER BY "at"), 0) AS r, lead("at") OVER (PARTITION BY customer_id ORDER BY "at") IS NULL AS final FROM events WHERE event = 'balance') SELECT avg(final::INT) FILTER (r < .12) AS gone_after_fall, avg(final::INT) FILTER (r >= .5) AS gone_otherwise, count(*) FILTER (r < .12) AS falls FROM b WHERE "at" < '2026-07-01'`,
    holds: (r) => r.gone_after_fall! > 20 * r.gone_otherwise! && r.falls! > 300,
  },
  {
    demo: 'bank',
    title: 'A look, a talk, a purchase',
    text: `${100 * PATH.view} % of purchases follow a look at the product 2 to ${PATH.days} days before, ${100 * PATH.contact} % a talk the day before.`,
    sql: `WITH p AS (SELECT row_number() OVER () AS i, * FROM events WHERE event = 'purchase' AND "at" > '2025-04-01' AND campaign IS NULL) SELECT avg((EXISTS (FROM events e WHERE e.customer_id = p.customer_id AND e.product_id = p.product_id AND e.event = 'view' AND e."at" < p."at" AND e."at" > p."at" - INTERVAL 11 DAY))::INT) AS looked, avg((EXISTS (FROM events e WHERE e.customer_id = p.customer_id AND e.event = 'contact' AND e."at" < p."at" AND e."at" > p."at" - INTERVAL 3 DAY))::INT) AS talked FROM p`,
    holds: (r) => r.looked! > 0.7 && r.talked! > 0.5,
  },
  {
    demo: 'bank',
    title: 'A new deposit takes over',
    text: `"Flex deposit" comes out on ${date(FLEX.launched)} and takes ${100 * FLEX.share} % of the purchases of "Day deposit".`,
    sql: `SELECT count(*) FILTER (name = 'Day deposit' AND "at" < '${date(FLEX.launched)}' AND "at" >= '${date(FLEX.launched - 112)}') AS old_before, count(*) FILTER (name = 'Day deposit' AND "at" >= '${date(FLEX.launched)}' AND "at" < '${date(FLEX.launched + 112)}') AS old_after, count(*) FILTER (name = 'Flex deposit' AND "at" < '${date(FLEX.launched + 112)}') AS new_after FROM ${BUYS} WHERE event = 'purchase'`,
    holds: (r) => r.old_after! < 0.6 * r.old_before! && r.new_after! > 40,
  },
  {
    demo: 'bank',
    title: 'A mailing that works for some and harms others',
    text: `"bond mailing" (${date(MAILING.at)}, ${MAILING.customers.toLocaleString('en')} customers who agreed to be written to, half of them): within ${MAILING.days} days ${100 * MAILING.base} % buy the 3-year state bond anyway; cautious or balanced savers of 45 to 64 with more than 9,000 euros ${100 * MAILING.lift} points more, customers under 35 ${-100 * MAILING.young} points less, all others the same.`,
    sql: `WITH o AS (SELECT *, subscribed = 'yes' AS y, variant = 'treatment' AS t FROM outcomes JOIN customers USING (customer_id)) SELECT avg(y::INT) FILTER (t AND age BETWEEN 45 AND 64) - avg(y::INT) FILTER (NOT t AND age BETWEEN 45 AND 64) AS lift_45_64, avg(y::INT) FILTER (t AND age < 35) - avg(y::INT) FILTER (NOT t AND age < 35) AS lift_under_35, avg(y::INT) FILTER (t) - avg(y::INT) FILTER (NOT t) AS lift, avg(t::INT) AS treated FROM o`,
    holds: (r) => r.lift_45_64! > 0.05 && r.lift_under_35! < -0.01 && Math.abs(r.treated! - 0.5) < 0.03,
  },
  {
    demo: 'bank',
    title: 'Who defaults',
    text: 'Logit of -4.6, +1.7 without work, +1.3 below 2,500 euros at the start, -0.6 with tertiary school.',
    sql: `SELECT avg((in_default = 'yes')::INT) FILTER (occupation = 'unemployed') AS unemployed, avg((in_default = 'yes')::INT) FILTER (occupation <> 'unemployed') AS others, count(*) FILTER (in_default = 'yes') AS n FROM customers`,
    holds: (r) => r.unemployed! > 2.5 * r.others! && r.n! > 60,
  },
];
