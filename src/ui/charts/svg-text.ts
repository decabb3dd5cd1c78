/** A drawing as plain data, made from the screen and written as a file. */
export interface SvgNode {
  tag: string;
  attributes: Record<string, string>;
  children: (SvgNode | string)[];
}

const TAGS = new Set([
  'svg',
  'g',
  'rect',
  'path',
  'line',
  'text',
  'tspan',
  'circle',
  'polyline',
  'polygon',
  'defs',
  'pattern',
  'title',
  'clipPath',
  'style',
]);
const escape = (t: string): string =>
  t.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`).replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '');
/** Whether a value could fetch anything: only references inside the file and data: URLs may stand in url(). */
const reaches = (value: string): boolean =>
  /@import|javascript:|expression\(/i.test(value) ||
  [...value.matchAll(/url\(\s*['"]?([^'")]*)/gi)].some((m) => !/^(#|data:font\/)/i.test(m[1]!.trim()));

/**
 * Writes a drawing. Elements that can load or run something (image, foreignObject, script, a, use) are left out, as are event
 * handlers, links and references that lead out of the file; every text is escaped.
 */
export function svgText(node: SvgNode): string {
  if (!TAGS.has(node.tag)) return '';
  const attributes = Object.entries(node.attributes)
    .filter(([k, v]) => /^[a-zA-Z][\w:-]*$/.test(k) && !/^on|href|^(xml:)?base$/i.test(k) && !reaches(v))
    .map(([k, v]) => ` ${k}="${escape(v)}"`)
    .join('');
  const inner = node.children
    .map((c) => (typeof c !== 'string' ? svgText(c) : node.tag === 'style' ? (reaches(c) || /[<&]/.test(c) ? '' : c) : escape(c)))
    .join('');
  return inner ? `<${node.tag}${attributes}>${inner}</${node.tag}>` : `<${node.tag}${attributes}/>`;
}

/** Breaks a sentence into lines of at most `chars` letters. */
export function wrap(text: string, chars: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < chars) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
