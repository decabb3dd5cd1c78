/** The range of the made-up shop: what kinds of goods there are and who leans to them. */
export interface Sub {
  top: string;
  name: string;
  /** Products in it, their typical price, and the spread of its logarithm. */
  n: number;
  price: number;
  spread: number;
  /** How much more often than usual women, men, and the six age bands (18, 25, 35, 45, 55, 65) look here. */
  women: number;
  men: number;
  ages: readonly number[];
  /** Price elasticity of demand, and share of the price that is left over cost. */
  beta: number;
  margin: number;
  returns: number;
  /** Three calendar months (0 to 11) in which it sells `peak` times as well; none if null. */
  season: readonly [number, number, number] | null;
  peak: number;
  nouns: readonly string[];
}

const ALL = [1, 1, 1, 1, 1, 1];
const YOUNG = [2.2, 1.6, 0.9, 0.6, 0.4, 0.25];
const MIDDLE = [0.4, 1, 1.6, 1.5, 1, 0.7];
const OLDER = [0.3, 0.5, 0.8, 1.3, 1.8, 2];
const PARENT = [0.2, 2.1, 2, 0.6, 0.3, 0.3];

const sub = (
  path: string,
  n: number,
  price: number,
  spread: number,
  women: number,
  men: number,
  ages: readonly number[],
  beta: number,
  margin: number,
  returns: number,
  nouns: string,
  season: Sub['season'] = null,
  peak = 1,
): Sub => {
  const [top, name] = path.split('/') as [string, string];
  return { top, name, n, price, spread, women, men, ages, beta, margin, returns, season, peak, nouns: nouns.split(', ') };
};

export const SUBS: readonly Sub[] = [
  sub('Fashion/Dresses', 68, 49, 0.5, 2.4, 0.12, YOUNG, -2.6, 0.52, 0.24, 'wrap dress, midi dress, shirt dress, maxi dress'),
  sub('Fashion/Shirts', 54, 34, 0.45, 0.5, 1.8, MIDDLE, -2.4, 0.5, 0.14, 'oxford shirt, linen shirt, polo, tee'),
  sub('Fashion/Shoes', 66, 72, 0.5, 1.15, 0.95, ALL, -2.4, 0.45, 0.19, 'sneaker, loafer, ankle boot, sandal'),
  sub('Fashion/Coats', 38, 119, 0.45, 1.1, 0.9, ALL, -2.2, 0.5, 0.16, 'parka, trench coat, wool coat, rain jacket', [9, 10, 11], 6),
  sub('Fashion/Swimwear', 30, 36, 0.4, 1.5, 0.5, YOUNG, -2.2, 0.5, 0.13, 'swimsuit, bikini, swim shorts', [4, 5, 6], 9),
  sub('Fashion/Bags', 44, 64, 0.6, 1.9, 0.3, MIDDLE, -2.3, 0.55, 0.09, 'tote, backpack, crossbody, weekender'),
  sub('Beauty/Skin care', 54, 24, 0.55, 1.9, 0.35, MIDDLE, -1.8, 0.6, 0.03, 'day cream, serum, cleanser, sun fluid'),
  sub('Beauty/Make-up', 62, 17, 0.45, 2.5, 0.08, YOUNG, -1.9, 0.62, 0.03, 'lipstick, mascara, foundation, eye palette'),
  sub('Beauty/Fragrance', 34, 58, 0.5, 1.2, 0.85, ALL, -1.7, 0.55, 0.03, 'eau de parfum, cologne, body mist'),
  sub('Beauty/Hair care', 34, 13, 0.4, 1.5, 0.55, ALL, -1.6, 0.5, 0.02, 'shampoo, hair mask, styling cream'),
  sub('Beauty/Shaving', 24, 19, 0.5, 0.2, 2.2, ALL, -1.6, 0.5, 0.02, 'razor, blade refill, beard oil'),
  sub('Electronics/Phones', 36, 389, 0.5, 0.8, 1.3, YOUNG, -3, 0.16, 0.06, 'smartphone, smartphone plus'),
  sub('Electronics/Headphones', 42, 99, 0.6, 0.85, 1.25, YOUNG, -3, 0.28, 0.07, 'earbuds, over-ear headphones, sport earphones'),
  sub('Electronics/Gaming', 44, 49, 0.6, 0.25, 2.4, YOUNG, -2.8, 0.25, 0.05, 'gamepad, racing wheel, gaming mouse, headset'),
  sub('Electronics/Smart home', 38, 59, 0.6, 0.7, 1.4, MIDDLE, -2.8, 0.28, 0.06, 'smart bulb, thermostat, door camera, speaker'),
  sub('Electronics/Gift cards', 6, 100, 0.5, 1, 1, ALL, -1, 0.04, 0, 'gift card'),
  sub('Home/Kitchen', 68, 45, 0.65, 1.3, 0.8, MIDDLE, -2, 0.38, 0.05, 'pan, knife set, air fryer, coffee maker'),
  sub('Home/Bedding', 40, 52, 0.45, 1.4, 0.7, MIDDLE, -1.9, 0.45, 0.06, 'duvet cover, pillow, fitted sheet'),
  sub('Home/Decor', 46, 28, 0.6, 1.7, 0.5, MIDDLE, -2.1, 0.55, 0.05, 'vase, candle, wall print, mirror'),
  sub('Home/Garden', 40, 39, 0.6, 0.9, 1.2, OLDER, -1.9, 0.4, 0.04, 'planter, pruner, garden chair, hose', [3, 4, 5], 6),
  sub('Home/Lighting', 34, 49, 0.55, 1, 1, MIDDLE, -2, 0.45, 0.05, 'floor lamp, desk lamp, pendant'),
  sub('Grocery/Coffee', 34, 12, 0.35, 0.95, 1.1, MIDDLE, -1.3, 0.3, 0.005, 'whole beans, ground coffee, espresso capsules, filter papers'),
  sub('Grocery/Tea', 30, 8, 0.4, 1.3, 0.7, OLDER, -1.3, 0.4, 0.005, 'green tea, herbal tea, black tea'),
  sub('Grocery/Snacks', 44, 5, 0.4, 1, 1, YOUNG, -1.4, 0.35, 0.005, 'oat cookies, dark chocolate, nut mix, crisps'),
  sub('Grocery/Wine', 40, 13, 0.55, 0.85, 1.2, OLDER, -1.5, 0.3, 0.01, 'red wine, white wine, sparkling wine', [10, 11, 0], 2),
  sub('Grocery/Pantry', 42, 7, 0.5, 1.1, 0.9, OLDER, -1.2, 0.3, 0.005, 'olive oil, pasta, honey, sea salt'),
  sub('Sports/Running', 42, 64, 0.55, 0.9, 1.2, [1.2, 1.7, 1.3, 0.8, 0.5, 0.2], -2.3, 0.42, 0.12, 'running shoe, running tights, running belt'),
  sub('Sports/Yoga', 30, 29, 0.45, 2.1, 0.25, MIDDLE, -2, 0.5, 0.05, 'yoga mat, yoga block, leggings', [0, 1, 2], 2),
  sub('Sports/Cycling', 36, 54, 0.65, 0.45, 1.9, MIDDLE, -2.1, 0.4, 0.06, 'helmet, bike light, jersey, pump'),
  sub('Sports/Outdoor', 40, 69, 0.6, 0.8, 1.3, MIDDLE, -2.1, 0.42, 0.07, 'tent, sleeping bag, trekking poles, bottle', [5, 6, 7], 2.5),
  sub('Kids/Toys', 54, 22, 0.5, 1.3, 0.8, PARENT, -2, 0.45, 0.04, 'building blocks, plush bear, puzzle, wooden train', [9, 10, 11], 3.5),
  sub('Kids/Nappies', 16, 19, 0.25, 1.4, 0.8, PARENT, -1.2, 0.2, 0.005, 'nappies newborn, nappies size 3, nappies size 5'),
  sub('Kids/Baby food', 28, 6, 0.35, 1.4, 0.8, PARENT, -1.2, 0.3, 0.005, 'fruit puree, porridge, baby milk'),
  sub('Kids/Clothing', 42, 21, 0.4, 1.5, 0.6, PARENT, -2.1, 0.5, 0.1, 'bodysuit, rain boots, dungarees'),
  sub('Pets/Dog food', 28, 34, 0.45, 1, 1, MIDDLE, -1.3, 0.28, 0.01, 'dry dog food, dog treats'),
  sub('Pets/Cat care', 30, 14, 0.4, 1.3, 0.75, ALL, -1.3, 0.32, 0.01, 'cat litter, cat food, scratching post'),
  sub('Health/Vitamins', 34, 16, 0.4, 1.1, 0.9, OLDER, -1.4, 0.55, 0.01, 'vitamin D, magnesium, omega 3'),
  sub('Health/Fitness', 28, 39, 0.6, 0.7, 1.4, [1.3, 1.6, 1.2, 0.8, 0.5, 0.3], -2.1, 0.42, 0.05, 'dumbbells, resistance band, protein powder'),
];

/** Popularity of a sub beside others of the same size. */
export const SUB_WEIGHT: Readonly<Record<string, number>> = {
  'Fashion/Dresses': 1.6,
  'Fashion/Shoes': 1.4,
  'Beauty/Skin care': 1.4,
  'Beauty/Make-up': 1.5,
  'Electronics/Phones': 0.7,
  'Electronics/Gift cards': 0.06,
  'Electronics/Headphones': 1.1,
  'Home/Kitchen': 1.3,
  'Grocery/Coffee': 1.2,
  'Grocery/Snacks': 1.1,
  'Kids/Nappies': 0.6,
  'Home/Lighting': 0.7,
};

export const BRANDS: Readonly<Record<string, readonly string[]>> = {
  Fashion: ['Alto', 'Bravura', 'Corsa', 'Denna', 'Esker', 'Fjord & Co', 'Galena', 'Hollis', 'Ines', 'Jura', 'Kestrel', 'Lumen'],
  Beauty: ['Aurea', 'Belize', 'Clair', 'Dewy', 'Eluna', 'Flora No 5', 'Glaze', 'Hedera', 'Iris Lab'],
  Electronics: ['Axon', 'Bitwave', 'Cobalt', 'Dynex', 'Echoic', 'Faro', 'Gridline', 'Helio'],
  Home: ['Arbor', 'Birke', 'Casa Norte', 'Domus', 'Elm', 'Fornello', 'Grano', 'Haven', 'Isla'],
  Grocery: ['Alba', 'Bruma', 'Cima', 'Dolce Riva', 'Espiga', 'Finca Roja', 'Grano Fino', 'Hof'],
  Sports: ['Apex', 'Brio', 'Cadence', 'Drift', 'Everst', 'Fleet', 'Gradient'],
  Kids: ['Anouk', 'Bimbo', 'Cucu', 'Dodo', 'Elfin', 'Flip'],
  Pets: ['Argos', 'Bello', 'Catalina', 'Dingo', 'Fidel'],
  Health: ['Actif', 'Balance', 'Corpus', 'Dayli', 'Essen'],
};

export const STYLES: Readonly<Record<string, readonly string[]>> = {
  Fashion: ['minimal', 'classic', 'street', 'boho', 'sport'],
  Beauty: ['natural', 'clinical', 'glamour', 'everyday'],
  Electronics: ['compact', 'pro', 'gaming', 'everyday'],
  Home: ['nordic', 'rustic', 'industrial', 'classic'],
  Grocery: ['organic', 'regional', 'classic', 'premium'],
  Sports: ['performance', 'casual', 'retro'],
  Kids: ['playful', 'pastel', 'wooden'],
  Pets: ['natural', 'classic', 'grain-free'],
  Health: ['vegan', 'classic', 'high dose'],
};

export const FLAVOURS = [
  'No 1',
  'Plus',
  'Light',
  'Studio',
  'Nova',
  'Prime',
  'Terra',
  'Mare',
  'Solo',
  'Duo',
  'Vita',
  'Piano',
  'Alba',
  'Sera',
  'Onda',
  'Pico',
] as const;

/** Words people type; the last three of the list find nothing in this shop. */
export const QUERY_EXTRA: Readonly<Record<string, readonly string[]>> = {
  'Fashion/Dresses': ['summer dress', 'red dress', 'dres'],
  'Fashion/Shoes': ['snekers', 'white sneakers', 'vegan leather boots'],
  'Beauty/Skin care': ['retinol', 'sunscreen'],
  'Beauty/Make-up': ['lip stick', 'nude lipstick'],
  'Electronics/Headphones': ['noise cancelling', 'earbuds case'],
  'Electronics/Gaming': ['controller', 'console stand'],
  'Home/Kitchen': ['airfryer', 'cast iron pan'],
  'Grocery/Coffee': ['cofee', 'espresso'],
  'Kids/Toys': ['gift for 3 year old', 'train set'],
  'Sports/Running': ['trail shoes'],
};
export const NOT_SOLD = ['espresso machine repair', 'garden shed', 'bluetooth typewriter', 'hamster cage', 'standing desk'] as const;
