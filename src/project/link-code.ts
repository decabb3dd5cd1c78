import { TesseraError } from '../core/errors.ts';

/** Longest payload of a link: it must pass through mail and chat whole. */
export const LINK_MOST = 8000;
/** Most that a payload may unfold to. */
const UNFOLDED = 1_000_000;

const broken = (cause?: unknown): TesseraError =>
  new TesseraError('LINK_INVALID', 'This link is not whole: part of it was lost on the way.', {
    next: 'Copy it again from where it was made, in one piece.',
    ...(cause === undefined ? {} : { cause }),
  });

/** JSON as raw deflate in base64url. Throws LINK_INVALID where it would be longer than a link may be. */
export async function pack(json: unknown): Promise<string> {
  const stream = new Blob([JSON.stringify(json)]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  let text = '';
  for (const b of bytes) text += String.fromCharCode(b);
  const packed = btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  if (packed.length > LINK_MOST)
    throw new TesseraError('LINK_INVALID', `This is too long for a link: ${packed.length} signs, and ${LINK_MOST} fit.`, {
      next: 'Shorten its lists of values, or save the project’s definitions as a file.',
    });
  return packed;
}

/** What `pack` made, read again. Throws LINK_INVALID where it is no such text, is cut off, or unfolds without end. */
export async function unpack(text: string): Promise<unknown> {
  if (!/^[A-Za-z0-9_-]+$/.test(text) || text.length > LINK_MOST) throw broken();
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
    const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
    const parts: Uint8Array<ArrayBuffer>[] = [];
    for (let size = 0; ;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      if (size > UNFOLDED) throw broken();
      parts.push(value);
    }
    return JSON.parse(await new Blob(parts).text());
  } catch (e) {
    throw e instanceof TesseraError ? e : broken(e);
  }
}
