import { encodeLink, type Link } from '../../project/link.ts';
import { toastNote } from '../parts/toast.ts';
import { hashOf } from '../state/route.ts';
import { linkWords as w } from '../words/en-link.ts';

/** Puts the address of a link on the clipboard. Everything stands after the '#', which no browser sends. Throws LINK_INVALID. */
export async function copyLink(link: Link): Promise<void> {
  const address = new URL(hashOf({ place: 'link', object: await encodeLink(link) }), location.href);
  await navigator.clipboard.writeText(address.href);
  void toastNote(w.copied);
}
