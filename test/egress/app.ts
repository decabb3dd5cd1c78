/** How the tester knows how far the app has come: the boot writes it on the root element. */
export const APP = {
  ready: "document.documentElement.dataset.boot === 'open'",
  guarded: "['page', 'open'].includes(document.documentElement.dataset.boot)",
};
