/** The colours of the sign of Tessera, three rows of three tiles; each stands on a grid of 7 in a box of 20. */
export const MARK = ['accent', 'accent', 'accent', 'base-soft', 'gold-fill', 'base-soft', 'base-soft', 'accent', 'base-soft'];
