/** Who shops: places, work and the shares they are drawn by. */
export interface Place {
  country: string;
  city: string;
  tier: 'tier 1' | 'tier 2' | 'tier 3';
  weight: number;
}

const place = (country: string, tier1: string, tier2: string, tier3: string, weight: number): Place[] =>
  (
    [
      ['tier 1', tier1, 0.5],
      ['tier 2', tier2, 0.32],
      ['tier 3', tier3, 0.18],
    ] as const
  ).flatMap(([tier, names, share]) => {
    const list = names.split(', ');
    return list.map((city) => ({ country, city, tier, weight: (weight * share) / list.length }));
  });

export const PLACES: readonly Place[] = [
  ...place('Germany', 'Berlin, Hamburg, Munich', 'Leipzig, Nuremberg, Bremen', 'Ulm, Trier', 26),
  ...place('France', 'Paris, Lyon, Marseille', 'Nantes, Lille, Rennes', 'Annecy, Pau', 22),
  ...place('Spain', 'Madrid, Barcelona', 'Valencia, Seville, Bilbao', 'Girona, Cadiz', 17),
  ...place('Italy', 'Milan, Rome', 'Turin, Bologna, Naples', 'Lecce, Trento', 15),
  ...place('Netherlands', 'Amsterdam, Rotterdam', 'Utrecht, Eindhoven', 'Zwolle', 8),
  ...place('Portugal', 'Lisbon', 'Porto, Braga', 'Evora', 5),
  ...place('Austria', 'Vienna', 'Graz, Linz', 'Villach', 4),
  ...place('Poland', 'Warsaw', 'Krakow, Gdansk', 'Torun', 3),
];

/** Occupation: weight by age band (18, 25, 35, 45, 55, 65) and its part in what a household can spend. */
export const WORK: readonly { name: string; ages: readonly number[]; power: number; evening: number }[] = [
  { name: 'student', ages: [60, 8, 1, 0, 0, 0], power: -0.7, evening: 0.3 },
  { name: 'office clerk', ages: [9, 18, 18, 18, 17, 1], power: 0, evening: 0.35 },
  { name: 'engineer', ages: [3, 14, 14, 11, 9, 1], power: 0.7, evening: 0.5 },
  { name: 'nurse', ages: [5, 9, 9, 9, 8, 1], power: 0, evening: 0.2 },
  { name: 'teacher', ages: [1, 8, 10, 11, 10, 1], power: 0.25, evening: 0.3 },
  { name: 'sales', ages: [11, 13, 11, 10, 8, 1], power: -0.05, evening: 0.35 },
  { name: 'manager', ages: [0, 6, 12, 15, 14, 1], power: 0.95, evening: 0.55 },
  { name: 'tradesperson', ages: [8, 10, 9, 9, 9, 1], power: -0.1, evening: 0.3 },
  { name: 'self-employed', ages: [2, 8, 10, 10, 9, 3], power: 0.35, evening: 0.4 },
  { name: 'homemaker', ages: [1, 4, 5, 5, 6, 3], power: -0.2, evening: 0.1 },
  { name: 'retired', ages: [0, 0, 0, 1, 8, 86], power: -0.15, evening: 0.05 },
  { name: 'unemployed', ages: [5, 4, 3, 3, 4, 0], power: -0.9, evening: 0.2 },
];

export const AGE_FROM = [18, 25, 35, 45, 55, 65] as const;
export const AGE_TO = [24, 34, 44, 54, 64, 82] as const;
export const AGE_WEIGHT = [17, 29, 23, 15, 10, 6] as const;

/** Hours 0 to 23, for four kinds of day. */
export const HOURS = {
  usual: [1, 0.5, 0.3, 0.2, 0.2, 0.5, 1.5, 3, 4, 5, 5.5, 6, 7.5, 7, 5, 4.5, 5, 6, 7, 8.5, 9.5, 9, 6, 3],
  evening: [1.5, 0.5, 0.2, 0.1, 0.1, 0.1, 0.3, 0.5, 0.7, 0.8, 0.8, 1, 2, 1.5, 0.8, 0.8, 1, 2, 5, 13, 20, 20, 14, 6],
  morning: [0.1, 0, 0, 0, 0.2, 1, 4, 9, 14, 15, 12, 8, 5, 4, 4, 4, 3, 2, 2, 2, 1.5, 1, 0.5, 0.2],
  night: [13, 12, 9, 5, 2, 1, 0.5, 0.5, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 3, 4, 6, 8, 12, 14],
} as const;
export type Rhythm = keyof typeof HOURS;

export const DEVICES = ['mobile', 'desktop', 'tablet'] as const;
export const SYSTEMS = ['iOS', 'Android', 'Windows', 'macOS', 'Linux', 'iPadOS'] as const;
