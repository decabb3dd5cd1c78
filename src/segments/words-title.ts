/** A title inside a sentence: its first letter small, unless it is an acronym ("RFM group") or another word that keeps its capitals. */
export const titleWords = (title: string): string => (/^\p{Lu}(?=\p{Ll}|\s|$)/u.test(title) ? title[0]!.toLowerCase() + title.slice(1) : title);
