import {
  AFFLUENT,
  BARGAIN,
  CANNIBAL,
  CHURN,
  DELIVERY,
  EVENING,
  FLASH,
  OUTAGE,
  PAIRS,
  PRAISE,
  REPLENISH,
  RING,
  SHOP,
  SOLD_OUT,
  VOUCHER,
} from './shop-truths.ts';
import { SUBS } from './shop-range.ts';

/** Something planted: what it is, with its parameters, and a query over the files that must find it again. */
export interface Truth {
  demo: 'flash-sale' | 'bank';
  title: string;
  text: string;
  /** One row of numbers. */
  sql: string;
  holds(row: Record<string, number>): boolean;
}
const date = (day: number): string => SHOP.date(day);
const top = `split_part(category, '/', 1)`;
const BUYS = `events JOIN products USING (product_id) JOIN users USING (user_id)`;
const AGE = `date_sub('year', birth_date, DATE '2026-09-01')`;

export const SHOP_TRUTHS: Truth[] = [
  {
    demo: 'flash-sale',
    title: 'Taste differs by gender and age',
    text: `Every one of the ${SUBS.length} goods groups has a factor for women, for men and for six age bands. Make-up: women 2.5, men 0.08; gaming: women 0.25, men 2.4, twice as strong under 25; garden and tea grow with age; goods for small children peak from 25 to 44. On top each user has a taste of their own (log-normal, sd 0.95).`,
    sql: `SELECT avg((gender = 'female')::INT) FILTER (category = 'Beauty/Make-up') AS women_in_make_up, avg((gender = 'female')::INT) FILTER (category = 'Electronics/Gaming') AS women_in_gaming, avg((gender = 'female')::INT) AS women, avg(${AGE}) FILTER (category = 'Home/Garden') AS age_in_garden, avg(${AGE}) FILTER (category = 'Electronics/Gaming') AS age_in_gaming FROM ${BUYS} WHERE event = 'purchase' AND gender IN ('female', 'male')`,
    holds: (r) => r.women_in_make_up! > 0.9 && r.women_in_gaming! < 0.25 && r.age_in_garden! - r.age_in_gaming! > 12,
  },
  {
    demo: 'flash-sale',
    title: 'The flash sale is a channel of its own',
    text: `Channel "flash sale": only Tuesday, Thursday and Sunday from ${FLASH.hour}:00, ${FLASH.deals} deals a day at ${FLASH.depth.map((x) => `${100 * x} %`).join(' to ')} off, drawn by their own mix (${Object.entries(
      FLASH.mix,
    )
      .map(([k, v]) => `${k} ${Math.round(100 * v)} %`)
      .join(
        ', ',
      )}). Who comes: women 18-24 ${FLASH.share.female[0]}, 25-34 ${FLASH.share.female[1]}, men 18-24 ${FLASH.share.male[0]}, falling with age; bargain hunters 2.2 times as often.`,
    sql: `SELECT avg((isodow("at") IN (2, 4, 7) AND hour("at") BETWEEN 20 AND 21)::INT) FILTER (channel = 'flash sale') AS at_its_hours, avg((gender = 'female' AND ${AGE} < 35)::INT) FILTER (channel = 'flash sale' AND event = 'purchase') AS young_women, avg((gender = 'female' AND ${AGE} < 35)::INT) FILTER (channel <> 'flash sale' AND event = 'purchase') AS young_women_elsewhere, avg((${top} IN ('Fashion', 'Beauty'))::INT) FILTER (channel = 'flash sale' AND event = 'purchase') AS fashion_beauty, avg((${top} IN ('Fashion', 'Beauty'))::INT) FILTER (channel <> 'flash sale' AND event = 'purchase') AS fashion_beauty_elsewhere FROM ${BUYS}`,
    holds: (r) => r.at_its_hours! === 1 && r.young_women! > 1.6 * r.young_women_elsewhere! && r.fashion_beauty! > 1.3 * r.fashion_beauty_elsewhere!,
  },
  {
    demo: 'flash-sale',
    title: 'Leaving depends on the first month',
    text: `Users who sign up within the data stay ${CHURN.window} days, then leave for ever with a monthly hazard of ${CHURN.base} x exp(${CHURN.perActiveDay} x (active days - 1, at most ${CHURN.maxDays}) ${CHURN.bought} if they bought ${CHURN.twoCategories} if in two categories + ${CHURN.onlyDiscount} if only at a discount), within ${CHURN.lo} to ${CHURN.hi}. Nobody is told the day.`,
    sql: `WITH f AS (SELECT user_id, signup_at, count(DISTINCT "at"::DATE) FILTER ("at" < signup_at + INTERVAL 30 DAY) AS days, count(DISTINCT ${top}) FILTER (event = 'purchase' AND "at" < signup_at + INTERVAL 30 DAY) AS tops, max("at") AS last FROM events JOIN users USING (user_id) LEFT JOIN products USING (product_id) WHERE signup_at BETWEEN '2025-07-01' AND '2026-02-01' AND event <> 'refund' GROUP BY ALL) SELECT avg((last < signup_at + INTERVAL 90 DAY)::INT) FILTER (days = 1) AS gone_after_one_day, avg((last < signup_at + INTERVAL 90 DAY)::INT) FILTER (days >= 4 AND tops >= 2) AS gone_after_lively_month, count(*) FILTER (days = 1) AS n_one_day, count(*) FILTER (days >= 4 AND tops >= 2) AS n_lively FROM f`,
    holds: (r) => r.gone_after_one_day! > 2 * r.gone_after_lively_month! && r.n_lively! > 100,
  },
  {
    demo: 'flash-sale',
    title: 'A fraud ring',
    text: `${RING.size} accounts opened within ${RING.hours} hours from ${date(RING.opened)}, all in Trier, referred by each other as a tree of threes, paying with ${RING.payments} payment hashes; ${RING.orders.join(' to ')} gift-card orders each between 2 and 5 at night, minutes apart; ${100 * RING.refundShare} % are taken back.`,
    sql: `WITH ring AS (SELECT user_id, signup_at FROM users WHERE payment_hash IN (SELECT payment_hash FROM users GROUP BY 1 HAVING count(*) >= 5)) SELECT count(DISTINCT user_id) AS accounts, date_diff('hour', min(signup_at), max(signup_at)) AS hours, count(*) FILTER (event = 'refund') / count(*) FILTER (event = 'purchase') AS refunded, avg((category = 'Electronics/Gift cards')::INT) FILTER (event = 'purchase') AS gift_cards, avg((hour("at") BETWEEN 2 AND 5)::INT) FILTER (event = 'purchase') AS at_night FROM ring LEFT JOIN events USING (user_id) LEFT JOIN products USING (product_id)`,
    holds: (r) => r.accounts === RING.size && r.hours! <= 20 && r.refunded! > 0.45 && r.gift_cards === 1 && r.at_night! > 0.95,
  },
  {
    demo: 'flash-sale',
    title: 'Bargain hunters',
    text: `${100 * BARGAIN.share} % on average (students 2.2 times, below-average means 1.6 times as often): price elasticity ${BARGAIN.extra} on top of the goods' own, ${BARGAIN.fullPrice} times the usual wish at full price, a 10 % coupon in ${100 * BARGAIN.coupon} % of their orders (others 7 %). The flag itself is in no file.`,
    sql: `WITH o AS (SELECT user_id, order_id, max(coalesce(discount, 0)) > 0 AS off FROM events WHERE event = 'purchase' AND coalesce(channel, '') <> 'flash sale' GROUP BY ALL), s AS (SELECT user_id, avg(off::INT) AS share FROM o GROUP BY 1 HAVING count(*) >= 4) SELECT median(share) AS median_share, quantile_cont(share, .95) AS p95_share, avg((share >= .6)::INT) AS hunters FROM s`,
    holds: (r) => r.p95_share! > 2 * r.median_share! && r.hunters! > 0.04,
  },
  {
    demo: 'flash-sale',
    title: 'Things that run out and are bought again',
    text: `${100 * REPLENISH.users} % of users have a habit: one of 12 consumables every ${[...new Set(REPLENISH.cycles)].sort((a, b) => a - b).join(', ')} days (sd ${100 * REPLENISH.jitter} %), straight through the front door.`,
    sql: `WITH day AS (SELECT DISTINCT user_id, product_id, "at"::DATE AS d FROM events WHERE event = 'purchase'), gap AS (SELECT *, d - lag(d) OVER (PARTITION BY user_id, product_id ORDER BY d) AS g, count(*) OVER (PARTITION BY user_id, product_id) AS n FROM day), c AS (SELECT product_id, median(g) AS cycle, stddev_samp(g) / avg(g) AS cv FROM gap WHERE n >= 4 GROUP BY 1 HAVING count(g) >= 100) SELECT count(*) AS products, min(cycle) AS shortest, max(cycle) AS longest, median(cv) AS cv FROM c`,
    holds: (r) => r.products! >= 10 && r.shortest! >= 20 && r.shortest! <= 23 && r.longest! >= 55,
  },
  {
    demo: 'flash-sale',
    title: 'A launch that eats an older bestseller',
    text: `In ${CANNIBAL.sub} the air fryer of 6 L comes out on ${date(CANNIBAL.launched)}; from then on ${100 * CANNIBAL.share} % of the looks at the one of 4 L go to it.`,
    sql: `WITH o AS (SELECT name LIKE '%air fryer 4 L' AS old, name LIKE '%air fryer 6 L' AS eater, "at"::DATE - DATE '${date(CANNIBAL.launched)}' AS k FROM events JOIN products USING (product_id) WHERE event = 'purchase' AND category LIKE 'Home/%') SELECT count(*) FILTER (old AND k BETWEEN -56 AND -1) AS before, count(*) FILTER (old AND k BETWEEN 0 AND 55) AS after, count(*) FILTER (eater AND k BETWEEN 0 AND 55) AS eater_after, count(*) FILTER (NOT old AND NOT eater AND k BETWEEN 0 AND 55) / count(*) FILTER (NOT old AND NOT eater AND k BETWEEN -56 AND -1) AS rest_ratio FROM o`,
    holds: (r) => r.before! >= 40 && r.eater_after! >= 30 && r.after! / r.before! / r.rest_ratio! < 0.6,
  },
  {
    demo: 'flash-sale',
    title: 'Goods that go together',
    text: `${PAIRS.map(([a, , b, , p]) => `${a} with ${b} (${Math.round(100 * p)} % of its orders)`).join('; ')}: always the first product of the group on the left.`,
    sql: `WITH op AS (SELECT DISTINCT order_id, product_id FROM events WHERE event = 'purchase'), n AS (SELECT product_id, count(*) AS n FROM op GROUP BY 1), t AS (SELECT count(DISTINCT order_id) AS t FROM op), p AS (SELECT a.product_id AS a, b.product_id AS b, count(*) AS c FROM op a JOIN op b ON a.order_id = b.order_id AND a.product_id <> b.product_id GROUP BY ALL HAVING count(*) >= 25) SELECT count(*) FILTER (c / x.n >= .2 AND c * t / (x.n * y.n) > 5) AS pairs, max(c) AS most, max(c * t / (x.n * y.n)) AS top_lift FROM p JOIN n x ON x.product_id = a JOIN n y ON y.product_id = b, t`,
    holds: (r) => r.pairs! >= 4 && r.top_lift! > 10,
  },
  {
    demo: 'flash-sale',
    title: 'Women of 35 to 54 in the largest cities with means are worth most',
    text: `Above ${AFFLUENT.power} of purchasing power they are ${AFFLUENT.rate} times as active and like dearer goods. The audience of the medium "Salon weekly" is theirs; "Bargain mail", "Pocket video" and "Morning radio" reach more people for the money though they are less alike.`,
    sql: `WITH m AS (SELECT user_id, sum(amount) AS money FROM events WHERE event = 'purchase' GROUP BY 1), u AS (SELECT *, gender = 'female' AND ${AGE} BETWEEN 35 AND 54 AND city_tier = 'tier 1' AS g FROM users JOIN m USING (user_id) WHERE gender IS NOT NULL AND birth_date IS NOT NULL AND city_tier IS NOT NULL), c AS (SELECT avg(money) FILTER (g) AS theirs, avg(money) FILTER (NOT g) AS others FROM u), b AS (SELECT name, row_number() OVER (ORDER BY ("mix:gender=female" * ("mix:age_band=35-44" + "mix:age_band=45-54") * "mix:purchasing_power=high") DESC) AS fit, row_number() OVER (ORDER BY (1 + 4 * "mix:gender=female" * ("mix:age_band=35-44" + "mix:age_band=45-54") * "mix:purchasing_power=high") / cpm DESC) AS per_money FROM media) SELECT theirs, others, (SELECT fit FROM b WHERE name = 'Salon weekly') AS salon_fit_rank, (SELECT per_money FROM b WHERE name = 'Salon weekly') AS salon_per_money_rank FROM c`,
    holds: (r) => r.theirs! > 1.3 * r.others! && r.salon_fit_rank === 1 && r.salon_per_money_rank! > 1,
  },
  {
    demo: 'flash-sale',
    title: 'Evening buyers, early birds, night owls',
    text: 'Four rhythms: usual, evening (18 to 23, above all engineers and managers), morning (7 to 11, above all pensioners and homemakers) and night (22 to 3, above all students). Sundays are 1.2 times, Fridays 0.86 times as busy; November and December 1.4 times.',
    sql: `SELECT avg((hour("at") BETWEEN 18 AND 23)::INT) FILTER (occupation IN ('manager', 'engineer')) AS evening_managers, avg((hour("at") BETWEEN 18 AND 23)::INT) FILTER (occupation = 'retired') AS evening_retired, avg((hour("at") < 5)::INT) FILTER (occupation = 'student') AS night_students, avg((hour("at") < 5)::INT) FILTER (occupation <> 'student') AS night_others FROM events JOIN users USING (user_id) WHERE event = 'view' AND channel <> 'flash sale'`,
    holds: (r) => r.evening_managers! > 1.4 * r.evening_retired! && r.night_students! > 2 * r.night_others!,
  },
  {
    demo: 'flash-sale',
    title: 'A voucher that works for some, a message that does nothing',
    text: `"June voucher" (${date(VOUCHER.at)}, ${VOUCHER.users.toLocaleString('en')} users, half of them): ${VOUCHER.off / 100} euros off within ${VOUCHER.days} days; ${100 * VOUCHER.bargain} % of the bargain hunters use it for an extra order, ${100 * VOUCHER.others} % of the others. "evening message" (${date(EVENING.at)}, ${EVENING.users.toLocaleString('en')} users): no effect at all. The value is what a user spent within ${VOUCHER.days} days.`,
    sql: `SELECT avg((value > 0)::INT) FILTER (experiment = 'June voucher' AND variant = 'treatment') - avg((value > 0)::INT) FILTER (experiment = 'June voucher' AND variant = 'control') AS voucher_difference, avg((value > 0)::INT) FILTER (experiment = 'evening message' AND variant = 'treatment') - avg((value > 0)::INT) FILTER (experiment = 'evening message' AND variant = 'control') AS message_difference, count(*) FILTER (experiment = 'June voucher' AND variant = 'control') AS voucher_control, count(*) FILTER (experiment = 'June voucher') AS voucher_n FROM outcomes`,
    holds: (r) => r.voucher_difference! > 0.03 && Math.abs(r.message_difference!) < 0.025 && Math.abs(r.voucher_control! / r.voucher_n! - 0.5) < 0.03,
  },
  {
    demo: 'flash-sale',
    title: 'Free delivery in one country',
    text: `${DELIVERY.country}, from ${date(DELIVERY.from)}: a filled basket ends in an order ${DELIVERY.lift} times as often. Nowhere else.`,
    sql: `WITH s AS (SELECT session_id, any_value(country) = '${DELIVERY.country}' AS there, min("at") >= '${date(DELIVERY.from)}' AS after, bool_or(event = 'cart') AS cart, bool_or(event = 'purchase') AS bought FROM events JOIN users USING (user_id) GROUP BY 1) SELECT avg(bought::INT) FILTER (cart AND there AND NOT after) AS there_before, avg(bought::INT) FILTER (cart AND there AND after) AS there_after, avg(bought::INT) FILTER (cart AND NOT there AND NOT after) AS else_before, avg(bought::INT) FILTER (cart AND NOT there AND after) AS else_after FROM s`,
    holds: (r) => r.there_after! - r.there_before! - (r.else_after! - r.else_before!) > 0.1,
  },
  {
    demo: 'flash-sale',
    title: 'Two odd days',
    text: `On ${date(OUTAGE.day)} the shop is down from ${OUTAGE.from}:00 to ${OUTAGE.to}:00. On ${date(PRAISE.day)} a well-known person praises a cream: ${PRAISE.times} times the visits, half of them by social media into ${PRAISE.sub}.`,
    sql: `WITH day AS (SELECT "at"::DATE AS d, count(*) AS n, count(*) FILTER (hour("at") BETWEEN ${OUTAGE.from + 1} AND ${OUTAGE.to - 1}) AS midday FROM events WHERE channel <> 'flash sale' AND event = 'view' GROUP BY 1) SELECT max(midday) FILTER (d = '${date(OUTAGE.day)}') AS down, max(n) FILTER (d = '${date(PRAISE.day)}') AS praised, median(n) FILTER (d BETWEEN '${date(PRAISE.day - 14)}' AND '${date(PRAISE.day + 14)}') AS usual FROM day`,
    holds: (r) => r.down! < 5 && r.praised! > 1.8 * r.usual!,
  },
  {
    demo: 'flash-sale',
    title: 'Sold out, and still looked at',
    text: `${SOLD_OUT.products} bestsellers have no stock since ${date(SOLD_OUT.from)}; people still look at them and put them into the basket.`,
    sql: `SELECT count(*) FILTER (event = 'purchase' AND "at" >= '${date(SOLD_OUT.from)}') AS sold_since, count(*) FILTER (event = 'view' AND "at" >= '${date(SOLD_OUT.from)}') AS views_since, count(*) FILTER (event = 'purchase' AND "at" < '${date(SOLD_OUT.from)}') AS sold_before, count(DISTINCT product_id) AS products FROM events JOIN products USING (product_id) WHERE stock = 0 AND launched_at < '2025-07-01' AND product_id IN (SELECT product_id FROM events WHERE event = 'purchase' GROUP BY 1 HAVING count(*) >= 60)`,
    holds: (r) => r.sold_since === 0 && r.views_since! > 200 && r.products! === SOLD_OUT.products,
  },
  {
    demo: 'flash-sale',
    title: 'Seasons of goods',
    text: 'Coats sell 6 times as well from October to December, swimwear 9 times from May to July, garden goods 6 times from April to June, toys 3.5 times from October to December.',
    sql: `SELECT avg((month("at") IN (10, 11, 12))::INT) FILTER (category = 'Fashion/Coats') AS coats, avg((month("at") IN (5, 6, 7))::INT) FILTER (category = 'Fashion/Swimwear') AS swimwear, avg((month("at") IN (4, 5, 6))::INT) FILTER (category = 'Home/Garden') AS garden FROM ${BUYS} WHERE event = 'purchase' AND "at" < '2026-07-01'`,
    holds: (r) => r.coats! > 0.5 && r.swimwear! > 0.55 && r.garden! > 0.5,
  },
  {
    demo: 'flash-sale',
    title: 'Demand reacts to price',
    text: `Constant elasticity per group of goods (grocery -1.2 to -1.5, beauty -1.6 to -1.9, home -2, fashion -2.2 to -2.6, electronics -2.8 to -3); the first eight products of each group change their list price every 6 to 11 weeks (0.82 to 1.2 times), without being announced; 9 % of product-weeks have a promotion of 10 to 30 %; four sales weeks. The slope found is flatter, as only weeks with sales show a price.`,
    sql: `WITH w AS (SELECT product_id, date_trunc('week', "at") AS w, ln(sum(quantity)) AS q, ln(median(amount / quantity)) AS p, count(*) AS n FROM events WHERE event = 'purchase' AND channel <> 'flash sale' GROUP BY ALL), k AS (SELECT *, q - avg(q) OVER (PARTITION BY product_id) AS dq, p - avg(p) OVER (PARTITION BY product_id) AS dp, count(*) OVER (PARTITION BY product_id) AS weeks FROM w) SELECT regr_slope(dq, dp) AS slope, count(DISTINCT product_id) AS products FROM k WHERE weeks >= 30`,
    holds: (r) => r.slope! < -0.6 && r.products! > 60,
  },
  {
    demo: 'flash-sale',
    title: 'A few bring very many',
    text: 'Who refers follows a Pareto law of index 1.1; referred users come in through the channel "referral". Users share goods mostly within their city, and more if they refer.',
    sql: `WITH r AS (SELECT referrer_id, count(*) AS n FROM users WHERE referrer_id IS NOT NULL GROUP BY 1) SELECT sum(n) AS referred, max(n) AS most, sum(n) FILTER (n >= 10) / sum(n) AS by_ten_or_more FROM r`,
    holds: (r) => r.referred! > 1500 && r.most! > 30,
  },
  {
    demo: 'flash-sale',
    title: 'Where rivals are cheaper',
    text: 'Rivals ask on average 3 % less in electronics, 6 % more in beauty and 1 % more elsewhere (sd 7 %); 72 % of products have one rival price, 45 % a second one.',
    sql: `SELECT median(competitor_price / price) FILTER (category LIKE 'Electronics/%') AS electronics, median(competitor_price / price) FILTER (category LIKE 'Beauty/%') AS beauty, avg((competitor_price IS NOT NULL)::INT) AS covered FROM products`,
    holds: (r) => r.electronics! < 0.99 && r.beauty! > 1.03 && r.covered! > 0.65,
  },
  {
    demo: 'flash-sale',
    title: 'What is not known',
    text: 'Gender is missing for 7 %, birth date for 11 %, occupation for 13 %, city for 3 % of users, by chance.',
    sql: `SELECT avg((gender IS NULL)::INT) AS gender, avg((birth_date IS NULL)::INT) AS birth_date, avg((occupation IS NULL)::INT) AS occupation, avg((city IS NULL)::INT) AS city FROM users`,
    holds: (r) => Math.abs(r.gender! - 0.07) < 0.01 && Math.abs(r.birth_date! - 0.11) < 0.01 && Math.abs(r.occupation! - 0.13) < 0.01,
  },
];
