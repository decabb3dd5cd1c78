/** Evidence for a role as people read it: names, which it marks with asterisks, in quotes. */
export const readable = (evidence: string): string => evidence.replace(/\*([^*]+)\*/g, '“$1”');
