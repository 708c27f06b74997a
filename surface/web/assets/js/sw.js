// @ts-check
/// <reference lib="webworker" />
// The service worker. It shows a notification when a push arrives, and opens
// the page it leads to. What is kept for when there is no network: offline.js.
(() => {
  "use strict";
  const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

  /** @param {PushMessageData | null} data @returns {{text: string, link: string, tag: string}} */
  const read = (data) => {
    try {
      return data ? data.json() : { text: "", link: "/", tag: "" };
    } catch {
      return { text: "", link: "/", tag: "" };
    }
  };

  // A second push with the same tag takes the first one's place, in silence.
  worker.addEventListener("push", (event) => {
    const note = read(event.data);
    const shown = worker.registration.showNotification("Alongside", {
      body: note.text, tag: note.tag, data: { link: note.link },
    });
    event.waitUntil(shown);
  });

  // Only a page of our own is opened, whatever the push said.
  worker.addEventListener("notificationclick", (event) => {
    event.notification.close();
    const to = new URL(event.notification.data.link, worker.location.origin);
    const path = to.origin === worker.location.origin ? to.pathname : "/";
    event.waitUntil(worker.clients.openWindow(path));
  });

  worker.addEventListener("install", () => worker.skipWaiting());
  worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));
})();
