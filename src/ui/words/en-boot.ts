/** What the boot and the privacy lamp say. `where` is "This page" or the name of a worker. */
export const boot = {
  page: 'This page',
  engine: 'DuckDB’s own worker',
  ok: {
    eval: (where: string) => `${where}: text cannot become code, so the policy is in force.`,
    isolated: (where: string) => `${where}: shut off from every other site.`,
    opener: (where: string) => `${where}: no other page opened it or can talk to it.`,
    foreign: (where: string) => `${where}: a request to another host was refused by the policy.`,
    answers: (where: string) => `${where}: answered the self-test.`,
    script: (where: string) => `${where}: its file carries the policy.`,
    navigation: (where: string) => `${where}: may not be sent to another address.`,
    allowlist: (where: string) => `${where}: the browser keeps every connection to this host, the ones of WebRTC and DNS included.`,
  },
  failed: {
    eval: (where: string) => `${where}: text can become code, so the policy is not in force.`,
    isolated: (where: string) => `${where}: not shut off from other sites, so the policy's headers did not arrive.`,
    opener: (where: string) => `${where}: another page opened it and could talk to it.`,
    foreign: (where: string) => `${where}: a request to another host was not refused by the policy.`,
    answers: (where: string) => `${where}: did not answer the self-test.`,
    script: (where: string) => `${where}: its file came without the policy.`,
    navigation: (where: string) => `${where}: this browser is too old for the guard that keeps code from leaving by an address.`,
    allowlist: (where: string) => `${where}: this browser does not know Connection-Allowlist; what it leaves open is on the privacy page.`,
  },
  open: { sentence: 'Nothing leaves this tab: every check passed.', next: '' },
  closed: {
    framed: { sentence: 'Tessera does not run inside another page.', next: 'Open its address in a tab of its own.' },
    unsupported: {
      sentence: 'This host sends no policy, and this browser offers no service worker to add it.',
      next: 'Leave the private window, open the address by https, or use a current browser.',
    },
    worker: {
      sentence: 'The service worker that guards this page could not be installed.',
      next: 'Check that the host serves all files of the release unchanged, then reload. Until then no file can be opened.',
    },
    unguarded: {
      sentence: 'The page still comes without its policy after two reloads.',
      next: 'Reload without holding Shift, or try another browser.',
    },
    failed: {
      sentence: 'The privacy self-test failed, so Tessera stays closed.',
      next: 'Reload. If it fails again, do not use this copy of Tessera.',
    },
  },
};
