import { en } from './en.ts';

/** The words in use. Another language is one more file that satisfies `Words`, chosen here before the app is mounted. */
export const words = en;
