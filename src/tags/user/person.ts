import type { Role } from '../../core/roles.ts';
import type { TagDef, TagMaker } from '../define.ts';
import { defineTag } from '../define.ts';
import { findColumn } from '../needs.ts';

const base = { entity: 'user', dimension: 'demographic', kind: 'static', unit: '' } as const;

/** A column of the users file as it stands. */
const asFiled = (id: Role, title: string, description: string, unknown: string): TagDef =>
  defineTag({ ...base, id, title, description, type: 'enum', needs: [`users.${id}`], plan: { kind: 'attribute', of: `t.${id}` }, nullRule: unknown });
const blank = 'Unknown where the file leaves it empty.';

const AGE = `CASE WHEN t.age BETWEEN 0 AND 120 THEN t.age END`;
const BORN = `CASE WHEN date_sub('year', t.birth_date::DATE, as_of()::DATE) BETWEEN 0 AND 120 THEN date_sub('year', t.birth_date::DATE, as_of()::DATE) END`;

/** Age in full years at asOf: an age column as it stands, else from the date of birth. Ages given as text bands make `age_band` alone. */
const age: TagMaker = ({ facts, basis }) => {
  const column = findColumn(facts, 'users', 'age');
  const asText = column?.type === 'text';
  const years = column && !asText ? AGE : BORN;
  const edges = basis.ageBands;
  const labels = [`under ${edges[0]}`, ...edges.slice(1).map((e, i) => `${edges[i]}-${e - 1}`), `${edges.at(-1)}+`];
  const whens = edges.map((e, i) => `WHEN age < ${e} THEN '${labels[i]}'`).join(' ');
  const band = {
    ...base,
    id: 'age_band',
    title: 'Age band',
    description: 'The age in bands.',
    type: 'enum',
    nullRule: 'Unknown where the age is.',
  } as const;
  if (asText) return [defineTag({ ...band, needs: ['users.age'], plan: { kind: 'attribute', of: 't.age' } })];
  const needs = ['users.age|users.birth_date'];
  return [
    defineTag({
      ...base,
      id: 'age',
      title: 'Age',
      description: 'Full years of age on the as-of day.',
      type: 'int',
      unit: 'year',
      needs,
      plan: { kind: 'attribute', of: years },
      bands: { edges, labels, leftClosed: true },
      nullRule: 'Unknown without an age or a date of birth, and outside 0 to 120.',
    }),
    defineTag({
      ...band,
      needs,
      plan: { kind: 'derive', formula: `CASE ${whens} WHEN age >= ${edges.at(-1)} THEN '${labels.at(-1)}' END`, tags: ['age'] },
      order: labels,
    }),
  ];
};

/** The birthday in the year of the as-of day or `later` years on. Adding years puts 29 February on the 28th where there is none. */
const birthday = (later: number): string =>
  `(t.birth_date::DATE + to_years((year(as_of()::DATE) - year(t.birth_date::DATE) + ${later})::INTEGER))::DATE`;
/** Of dates of birth that are none (tomorrow, 1800), as `age`: unknown. */
const TO_BIRTHDAY =
  `CASE WHEN t.birth_date::DATE <= as_of()::DATE AND date_sub('year', t.birth_date::DATE, as_of()::DATE) <= 120 ` +
  `THEN date_diff('day', as_of()::DATE, CASE WHEN ${birthday(0)} >= as_of()::DATE THEN ${birthday(0)} ELSE ${birthday(1)} END) END`;

/** Stated money: a number, or text bands that stay as they are. */
const stated =
  (id: 'income' | 'deposit', title: string, description: string): TagMaker =>
  ({ facts }) => {
    const asText = findColumn(facts, 'users', id)?.type === 'text';
    return [
      defineTag({
        ...base,
        id,
        title,
        description,
        dimension: 'purchasing power',
        type: asText ? 'enum' : 'money',
        unit: asText ? '' : 'money',
        needs: [`users.${id}`],
        plan: { kind: 'attribute', of: asText ? `t.${id}` : `t.${id}::DOUBLE` },
        bands: asText ? undefined : 'quantiles',
        nullRule: blank,
      }),
    ];
  };

/** Days since signing up, else since the first event seen. */
const tenureDays: TagMaker = ({ facts }) => {
  const signed = findColumn(facts, 'users', 'signup_at');
  const seen = facts.firstEvent !== null;
  const tags = [...(signed ? ['signup_at'] : []), ...(seen || !signed ? ['first_seen'] : [])];
  return [
    defineTag({
      ...base,
      id: 'tenure_days',
      title: 'Days with us',
      description: 'Days since signing up; where that is unknown, since the first event seen.',
      type: 'int',
      unit: 'day',
      needs: ['users.signup_at|at'],
      plan: { kind: 'derive', formula: `ago(coalesce(${tags.join(', ')}))`, tags },
      bands: { edges: [30, 90, 180, 365, 730], labels: ['0-30', '31-90', '91-180', '181-365', '366-730', 'over 730'] },
      nullRule: 'Unknown without a sign-up date and without any event.',
    }),
  ];
};

const REFUSED = "('0', 'f', 'false', 'n', 'no', 'nein', 'non', 'não', 'nao', '否', '不同意', 'opt-out', 'unsubscribed')";
/** Any way to reach the user, and no refusal. Addresses and numbers themselves never become tags. */
const contactable: TagMaker = ({ facts }) => {
  const has = (c: Role) => findColumn(facts, 'users', c) !== undefined;
  const ways = (['email', 'phone'] as const).filter(has).map((c) => `t.${c} IS NOT NULL`);
  const free = has('consent') ? ` AND coalesce(lower(t.consent::VARCHAR) NOT IN ${REFUSED}, true)` : '';
  return [
    defineTag({
      ...base,
      id: 'contactable',
      title: 'Can be contacted',
      description: 'An e-mail address or phone number is known and consent was not refused.',
      type: 'boolean',
      needs: ['users.email|users.phone'],
      plan: { kind: 'attribute', of: `(${ways.join(' OR ') || 'false'})${free}` },
      nullRule: 'Unknown for users who are not in the users file.',
    }),
  ];
};

export const personTags: (TagDef | TagMaker)[] = [
  defineTag({
    ...base,
    id: 'gender',
    title: 'Gender',
    description: 'Gender as given, in the words female, male and other.',
    type: 'enum',
    needs: ['users.gender'],
    plan: { kind: 'attribute', of: 't.gender' },
    nullRule: blank,
  }),
  age,
  defineTag({
    ...base,
    id: 'days_to_birthday',
    title: 'Days to the birthday',
    description: 'Days from the as-of day to the next birthday, 0 on the day; those born on 29 February have it on the 28th in other years.',
    type: 'int',
    unit: 'day',
    needs: ['users.birth_date'],
    plan: { kind: 'attribute', of: TO_BIRTHDAY },
    bands: { edges: [7, 30, 90, 180], labels: ['0-7', '8-30', '31-90', '91-180', 'over 180'] },
    nullRule: 'Unknown without a date of birth, with one after the as-of day, and beyond 120 years.',
  }),
  asFiled('country', 'Country', 'The country of the user.', blank),
  asFiled('region', 'Region', 'The region, state or province of the user.', blank),
  asFiled('city', 'City', 'The city of the user.', blank),
  asFiled('postcode', 'Postcode', 'The postcode of the user.', blank),
  asFiled('occupation', 'Occupation', 'What the user does for a living.', blank),
  asFiled('education', 'Education', 'The highest education of the user.', blank),
  asFiled('marital', 'Marital status', 'Single, married, divorced and so on, as given.', blank),
  asFiled('consent', 'Consent', 'Whether the user agreed to be contacted, as given.', blank),
  stated('income', 'Stated income', 'The income the user or a bureau stated.'),
  stated('deposit', 'Deposit', 'The balance or savings on file.'),
  defineTag({
    ...base,
    id: 'signup_at',
    title: 'Signed up',
    description: 'When the user signed up.',
    type: 'date',
    needs: ['users.signup_at'],
    plan: { kind: 'attribute', of: 't.signup_at' },
    nullRule: blank,
  }),
  defineTag({
    ...base,
    id: 'signup_month',
    order: 'ascending',
    title: 'Sign-up month',
    description: 'The month the user signed up.',
    type: 'enum',
    needs: ['users.signup_at'],
    plan: { kind: 'attribute', of: "strftime(t.signup_at, '%Y-%m')" },
    nullRule: blank,
  }),
  tenureDays,
  defineTag({
    ...base,
    id: 'tenure',
    title: 'Tenure',
    description: 'How long the user has been a customer, in the file’s own unit.',
    type: 'number',
    needs: ['users.tenure'],
    plan: { kind: 'attribute', of: 't.tenure::DOUBLE' },
    bands: 'quantiles',
    nullRule: blank,
  }),
  asFiled('signup_channel', 'Sign-up channel', 'The channel the user signed up through.', blank),
  contactable,
];
