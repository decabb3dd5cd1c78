// The navigation guard. First script of the page, before any module: it takes private copies of what it needs, so that code which runs
// later and patches prototypes cannot switch it off. It lets pass: the same address but for its hash, and downloads of our own blobs.
(() => {
  if (!self.navigation) return; // an older browser: the privacy lamp says so
  const uncurry = (f) => Function.prototype.call.bind(f);
  const getter = (o, key) => uncurry(Object.getOwnPropertyDescriptor(o, key).get);
  const destination = getter(NavigateEvent.prototype, 'destination');
  const download = getter(NavigateEvent.prototype, 'downloadRequest');
  const url = getter(NavigationDestination.prototype, 'url');
  const prevent = uncurry(Event.prototype.preventDefault);
  const stop = uncurry(Event.prototype.stopImmediatePropagation);
  const starts = uncurry(String.prototype.startsWith);
  const split = uncurry(String.prototype.split);
  const home = split(location.href, '#')[0];
  const own = 'blob:' + location.origin + '/';
  navigation.addEventListener('navigate', (event) => {
    const to = url(destination(event));
    if (download(event) !== null ? starts(to, own) : split(to, '#')[0] === home) return;
    prevent(event);
    stop(event);
  });
})();
